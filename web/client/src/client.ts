/**
 * One socket to `/ws/market` that stays connected: it reconnects, resumes every subscription where it ended and
 * notices when the server has gone silent. It keeps a position for each series and no candle.
 */

import { Backoff } from './backoff.ts';
import { systemClock, type Clock } from './clock.ts';
import {
    PING_FRAME,
    isPingAnswer,
    parsePush,
    subscribeFrame,
    unsubscribeFrame,
    type ErrorMessage,
    type Push,
} from './messages.ts';
import {
    Subscription,
    type ConnectionState,
    type ConnectionStatus,
    type SeriesOptions,
    type SeriesSubscription,
} from './subscription.ts';

/** The part of a WebSocket that the client uses. */
export interface ClientSocket {
    onopen: ((event: never) => void) | null;
    // The event types of implementations are narrower than what is used of them, which only `any` can say here.
    onmessage: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
    onerror: ((event: never) => void) | null;
    send(frame: string): void;
    close(): void;
}

export type ClientSocketConstructor = new (url: string) => ClientSocket;

/** Times in milliseconds. */
export interface ClientLimits {
    /** Before attempt n the client waits a random part of `backoffBaseMs * 2^n`, at most of `backoffCapMs`. */
    readonly backoffBaseMs: number;
    readonly backoffCapMs: number;
    /** After a close that reaches many clients at once (1001, 1012, 1013) it is a random part of this at least. */
    readonly spreadMs: number;
    /** A connection attempt without an answer is given up after this time. */
    readonly connectTimeoutMs: number;
    /** Only a connection that lasted this long starts the backoff anew: a server may accept and close at once. */
    readonly stableAfterMs: number;
    /** Failed attempts in a row before the state is called offline. */
    readonly offlineAfterAttempts: number;
    /** After this long without a message the server is asked for a sign of life; null never asks. */
    readonly silenceMs: number | null;
    /** A sign of life that does not come in this time ends the connection. */
    readonly answerTimeoutMs: number;
    /** On waking up, a socket that was heard from within this time is trusted without asking. */
    readonly wakeTrustMs: number;
}

export const CLIENT_LIMITS: ClientLimits = {
    backoffBaseMs: 250,
    backoffCapMs: 10_000,
    spreadMs: 1_000,
    connectTimeoutMs: 10_000,
    stableAfterMs: 5_000,
    // On average eight seconds: longer than a server needs for a restart.
    offlineAfterAttempts: 7,
    // Together a minute: a dead connection is noticed before the second missing candle of the shortest timeframe.
    silenceMs: 45_000,
    // Longer than a server may read history for (10 s), during which it answers nothing else.
    answerTimeoutMs: 15_000,
    wakeTrustMs: 5_000,
};

export interface ClientOptions {
    /** The WebSocket to use; the runtime's own if absent. */
    readonly socket?: ClientSocketConstructor | undefined;
    readonly clock?: Clock | undefined;
    /** Random numbers in [0, 1). */
    readonly random?: (() => number) | undefined;
    readonly limits?: Partial<ClientLimits> | undefined;
    readonly onState?: ((status: ConnectionStatus) => void) | undefined;
    /** A refusal that belongs to no subscription. */
    readonly onError?: ((error: ErrorMessage) => void) | undefined;
}

/** Going away, service restart, try again later: a server says these to all of its clients, or to many. */
const CLOSES_OF_MANY: readonly unknown[] = [1001, 1012, 1013];

const nothing = (): void => {};

export class MarketClient {
    readonly #url: string;
    readonly #socketConstructor: ClientSocketConstructor;
    readonly #clock: Clock;
    readonly #limits: ClientLimits;
    readonly #options: ClientOptions;
    readonly #backoff: Backoff;
    readonly #subscriptions = new Map<string, Subscription>();

    #socket: ClientSocket | null = null;
    #open = false;
    #wasOpen = false;
    #closed = false;
    #networkUp = true;
    #retryAtMs: number | null = null;
    #lastHeardMs = 0;

    // Of the current connection: pings that are under way, series that ended, and series that wait for a ping.
    #pingsSent = 0;
    #pingsAnswered = 0;
    readonly #endedSeries = new Set<string>();
    readonly #fences = new Map<string, number>();

    #cancelRetry = nothing;
    #cancelConnectTimeout = nothing;
    #cancelStable = nothing;
    #cancelWatchdog = nothing;
    #cancelAnswerTimeout: (() => void) | null = null;

    /** Nothing is opened before the first `subscribe` or `connect`. */
    constructor(url: string, options: ClientOptions = {}) {
        const socket = options.socket ?? (globalThis as { WebSocket?: ClientSocketConstructor }).WebSocket;
        if (socket === undefined) throw new TypeError('this runtime has no WebSocket: pass one as options.socket');
        this.#url = url;
        this.#socketConstructor = socket;
        this.#clock = options.clock ?? systemClock;
        this.#limits = { ...CLIENT_LIMITS, ...options.limits };
        this.#options = options;
        const { backoffBaseMs, backoffCapMs } = this.#limits;
        this.#backoff = new Backoff(backoffBaseMs, backoffCapMs, options.random ?? Math.random);
    }

    get status(): ConnectionStatus {
        return { state: this.#state(), retryAtMs: this.#retryAtMs };
    }

    /** Opens the socket ahead of the first subscription; further calls do nothing. */
    connect(): void {
        if (this.#closed || this.#socket !== null || this.#retryAtMs !== null) return;
        this.#connect();
    }

    /** Watches a series until it is unsubscribed. A series can be watched once at a time; a second call throws. */
    subscribe(seriesId: string, options: SeriesOptions): SeriesSubscription {
        if (this.#closed) throw new Error('the client is closed');
        if (this.#subscriptions.has(seriesId)) throw new Error(`${seriesId} is subscribed already`);
        const since = options.since ?? null;
        if (since !== null && !Number.isSafeInteger(since)) throw new RangeError(`since ${since} is no integer`);
        this.connect(); // Before anything is kept: it throws when the address is none.
        const subscription = new Subscription(seriesId, options, (ended) => this.#unsubscribe(ended));
        this.#subscriptions.set(seriesId, subscription);
        if (this.#open) {
            if (this.#endedSeries.delete(seriesId)) this.#fences.set(seriesId, this.#ping());
            this.#sendSubscribe(subscription);
        }
        return subscription;
    }

    /** The page or the network came back: retries at once, or asks an open but quiet connection for a sign of life. */
    wake(): void {
        if (this.#retryAtMs !== null) {
            this.#cancelRetry();
            this.#connect();
        } else if (this.#open && this.#subscriptions.size > 0 && this.#quietMs() > this.#limits.wakeTrustMs) {
            this.#ping();
        }
    }

    /** What the browser believes about the network. It only names the state: attempts go on, for it is often wrong. */
    setNetworkUp(up: boolean): void {
        if (this.#closed) return;
        this.#networkUp = up;
        this.#report();
        this.wake();
    }

    /** Ends the client and all its subscriptions for good. */
    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        this.#cancelRetry();
        this.#retryAtMs = null;
        this.#dropSocket();
        const ended = [...this.#subscriptions.values()];
        this.#report();
        for (const subscription of ended) subscription.unsubscribe();
    }

    #connect(): void {
        this.#retryAtMs = null;
        const socket = new this.#socketConstructor(this.#url);
        this.#socket = socket;
        socket.onopen = () => this.#onOpen();
        socket.onmessage = (event: { readonly data: unknown }) => this.#onMessage(event.data);
        socket.onclose = (event?: { readonly code?: unknown }) => this.#onLost(event?.code);
        socket.onerror = () => this.#onError();
        this.#cancelConnectTimeout = this.#after(this.#limits.connectTimeoutMs, () => this.#onLost());
        this.#report();
    }

    #onOpen(): void {
        this.#cancelConnectTimeout();
        this.#open = true;
        this.#wasOpen = true;
        this.#lastHeardMs = this.#clock.nowMs();
        this.#cancelStable = this.#after(this.#limits.stableAfterMs, () => this.#backoff.reset());
        for (const subscription of this.#subscriptions.values()) this.#sendSubscribe(subscription);
        this.#watchSilence(this.#limits.silenceMs);
        this.#report();
    }

    /** A close should follow, and it has the code. But the WebSocket of Node 20 has none after a failed attempt. */
    #onError(): void {
        if (!this.#open) this.#onLost();
    }

    #onLost(closeCode?: unknown): void {
        this.#dropSocket();
        const delayMs = this.#backoff.nextDelayMs(CLOSES_OF_MANY.includes(closeCode) ? this.#limits.spreadMs : 0);
        this.#retryAtMs = this.#clock.nowMs() + delayMs;
        this.#cancelRetry = this.#after(delayMs, () => this.#connect());
        this.#report();
    }

    /** Forgets the socket without waiting for its close handshake, which a dead peer never finishes. */
    #dropSocket(): void {
        this.#cancelConnectTimeout();
        this.#cancelStable();
        this.#cancelWatchdog();
        this.#stopAwaitingAnswer();
        this.#open = false;
        this.#pingsSent = 0;
        this.#pingsAnswered = 0;
        this.#endedSeries.clear();
        this.#fences.clear();
        const socket = this.#socket;
        this.#socket = null;
        if (socket === null) return;
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.onerror = nothing; // Closed early, some report an error, and throw it when nobody listens.
        socket.close();
    }

    #unsubscribe(subscription: Subscription): void {
        const { seriesId } = subscription;
        this.#subscriptions.delete(seriesId);
        if (!this.#open) return;
        this.#socket?.send(unsubscribeFrame(seriesId));
        this.#endedSeries.add(seriesId);
    }

    #sendSubscribe(subscription: Subscription): void {
        this.#socket?.send(subscribeFrame(subscription.seriesId, subscription.lastClosedTime));
    }

    #onMessage(frame: unknown): void {
        this.#lastHeardMs = this.#clock.nowMs();
        if (this.#fences.size === 0) this.#stopAwaitingAnswer(); // Any message is a sign of life.
        const push = parsePush(frame);
        if (push === null) return;
        if (this.#pingsAnswered < this.#pingsSent && isPingAnswer(push)) this.#onPingAnswered();
        else this.#dispatch(push);
    }

    #dispatch(push: Push): void {
        const subscription = push.seriesId === null ? undefined : this.#subscriptions.get(push.seriesId);
        if (subscription === undefined) {
            // Anything else for an unknown series was under way while its subscription ended.
            if (push.type === 'error') this.#options.onError?.(push.error);
            return;
        }
        // Meant for an earlier subscription of the series: taken for the new one, it would hide that one's history.
        if (this.#fences.has(subscription.seriesId)) return;
        subscription.receive(push);
    }

    /**
     * Asks for an answer and returns the number of the question. Protocol pings would do, but they are invisible to
     * scripts in a browser, and a subscribe has no answer when there is nothing new.
     */
    #ping(): number {
        this.#socket?.send(PING_FRAME);
        this.#cancelAnswerTimeout ??= this.#after(this.#limits.answerTimeoutMs, () => this.#onLost());
        this.#pingsSent += 1;
        return this.#pingsSent;
    }

    #onPingAnswered(): void {
        this.#pingsAnswered += 1;
        for (const [seriesId, ping] of this.#fences) {
            if (ping <= this.#pingsAnswered) this.#fences.delete(seriesId);
        }
        if (this.#fences.size === 0) this.#stopAwaitingAnswer();
    }

    #stopAwaitingAnswer(): void {
        this.#cancelAnswerTimeout?.();
        this.#cancelAnswerTimeout = null;
    }

    #watchSilence(delayMs: number | null): void {
        const { silenceMs } = this.#limits;
        if (silenceMs === null || delayMs === null) return;
        this.#cancelWatchdog = this.#after(delayMs, () => {
            const remainingMs = silenceMs - this.#quietMs();
            if (remainingMs <= 0 && this.#subscriptions.size > 0) this.#ping();
            this.#watchSilence(remainingMs > 0 ? remainingMs : silenceMs);
        });
    }

    #quietMs(): number {
        return this.#clock.nowMs() - this.#lastHeardMs;
    }

    #state(): ConnectionState {
        if (this.#closed) return 'closed';
        if (this.#open) return 'live';
        if (!this.#networkUp || this.#backoff.attempts >= this.#limits.offlineAfterAttempts) return 'offline';
        return this.#wasOpen ? 'reconnecting' : 'connecting';
    }

    #report(): void {
        const { status } = this;
        this.#options.onState?.(status);
        for (const { listener } of [...this.#subscriptions.values()]) listener.onState?.(status);
    }

    #after(delayMs: number, task: () => void): () => void {
        return this.#clock.after(delayMs, task);
    }
}
