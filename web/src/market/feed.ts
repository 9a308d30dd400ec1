/**
 * One socket to `/ws/market` that stays connected: it reconnects, resumes every subscription where it ended and
 * notices when the server has gone silent. It knows neither page nor chart; time, randomness and the socket are given.
 */

import { Backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { parsePush, subscribeFrame, unsubscribeFrame, type Push } from './messages.ts';
import { deliver, type SeriesListener, type SeriesRequest, type Subscription } from './subscription.ts';

export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface FeedStatus {
    readonly state: FeedState;
    /** When the next connection will be tried, on the feed's clock; null while none is planned. */
    readonly retryAtMs: number | null;
}

/** The part of a browser's WebSocket that the feed uses. */
export interface FeedSocket {
    onopen: ((event: never) => void) | null;
    // A browser's event type is narrower than what is used of it, which only `any` can say for a property.
    onmessage: ((event: any) => void) | null;
    onclose: ((event: never) => void) | null;
    send(frame: string): void;
    close(): void;
}

export type FeedSocketConstructor = new (url: string) => FeedSocket;

export interface FeedListener {
    onStatus(status: FeedStatus): void;
    /** An error message that belongs to no series. */
    onError(code: string, message: string): void;
}

export interface FeedLimits {
    readonly backoffBaseMs: number;
    readonly backoffCapMs: number;
    /** A connection attempt without an answer is given up after this time. */
    readonly connectTimeoutMs: number;
    /** Only a connection that lasted this long starts the backoff anew: a server may accept and close at once. */
    readonly stableAfterMs: number;
    /** Failed attempts in a row before the state is called offline. */
    readonly offlineAfterAttempts: number;
    /** A silence of `quietTimeframes` timeframes, kept between these two bounds, calls for a probe. */
    readonly quietTimeframes: number;
    readonly quietMsMin: number;
    readonly quietMsMax: number;
    /** A probe without an answer in this time ends the connection. */
    readonly probeTimeoutMs: number;
    /** On waking up, a socket that was heard from within this time is trusted without a probe. */
    readonly wakeTrustMs: number;
}

export const FEED_LIMITS: FeedLimits = {
    backoffBaseMs: 250,
    backoffCapMs: 10_000,
    connectTimeoutMs: 10_000,
    stableAfterMs: 5_000,
    // On average eight seconds: longer than a server needs for a restart.
    offlineAfterAttempts: 7,
    quietTimeframes: 2.5,
    quietMsMin: 30_000,
    // Long timeframes would leave a dead socket unnoticed for hours; a probe every five minutes costs one candle.
    quietMsMax: 300_000,
    probeTimeoutMs: 5_000,
    wakeTrustMs: 5_000,
};

export interface FeedDependencies {
    readonly socket: FeedSocketConstructor;
    readonly clock: Clock;
    readonly random: () => number;
}

const nothing = (): void => {};

export class MarketFeed {
    readonly #url: string;
    readonly #dependencies: FeedDependencies;
    readonly #listener: FeedListener;
    readonly #limits: FeedLimits;
    readonly #backoff: Backoff;
    readonly #subscriptions = new Map<string, Subscription>();

    #socket: FeedSocket | null = null;
    #open = false;
    #wasOpen = false;
    #closed = false;
    #networkUp = true;
    #retryAtMs: number | null = null;
    #lastHeardMs = 0;
    #probing = false;

    #cancelRetry = nothing;
    #cancelConnectTimeout = nothing;
    #cancelStable = nothing;
    #cancelWatchdog = nothing;
    #cancelProbe = nothing;

    constructor(url: string, dependencies: FeedDependencies, listener: FeedListener, limits: FeedLimits = FEED_LIMITS) {
        this.#url = url;
        this.#dependencies = dependencies;
        this.#listener = listener;
        this.#limits = limits;
        this.#backoff = new Backoff(limits.backoffBaseMs, limits.backoffCapMs, dependencies.random);
    }

    get status(): FeedStatus {
        return { state: this.#state(), retryAtMs: this.#retryAtMs };
    }

    /** Opens the socket; further calls do nothing. */
    connect(): void {
        if (this.#closed || this.#socket !== null || this.#retryAtMs !== null) return;
        this.#connect();
    }

    /** Watches a series after `since`; the returned function ends it. A second watch of a series replaces the first. */
    subscribe(request: SeriesRequest, listener: SeriesListener): () => void {
        const subscription: Subscription = { request, listener, lastClosedTime: request.since };
        this.#subscriptions.set(request.seriesId, subscription);
        if (this.#open) {
            this.#sendSubscribe(subscription, subscription.lastClosedTime);
            this.#watchSilence();
        }
        return () => this.#unsubscribe(subscription);
    }

    /** The page or the network came back: retries at once, or asks an open but quiet connection for a sign of life. */
    wake(): void {
        if (this.#retryAtMs !== null) {
            this.#cancelRetry();
            this.#connect();
        } else if (this.#open && this.#quietMs() > this.#limits.wakeTrustMs) {
            this.#probe();
        }
    }

    /** What the browser believes about the network. It only names the state: attempts go on, for it is often wrong. */
    setNetworkUp(up: boolean): void {
        this.#networkUp = up;
        this.#report();
        this.wake();
    }

    /** Ends the feed for good. */
    close(): void {
        this.#closed = true;
        this.#subscriptions.clear();
        this.#cancelRetry();
        this.#retryAtMs = null;
        this.#dropSocket();
    }

    #connect(): void {
        this.#retryAtMs = null;
        const socket = new this.#dependencies.socket(this.#url);
        this.#socket = socket;
        socket.onopen = () => this.#onOpen();
        socket.onmessage = (event: { readonly data: unknown }) => this.#onMessage(event.data);
        socket.onclose = () => this.#onLost();
        this.#cancelConnectTimeout = this.#after(this.#limits.connectTimeoutMs, () => this.#onLost());
        this.#report();
    }

    #onOpen(): void {
        this.#cancelConnectTimeout();
        this.#open = true;
        this.#wasOpen = true;
        this.#lastHeardMs = this.#dependencies.clock.nowMs();
        this.#cancelStable = this.#after(this.#limits.stableAfterMs, () => this.#backoff.reset());
        for (const subscription of this.#subscriptions.values()) {
            this.#sendSubscribe(subscription, subscription.lastClosedTime);
        }
        this.#watchSilence();
        this.#report();
    }

    #onLost(): void {
        this.#dropSocket();
        if (this.#closed) return;
        const delayMs = this.#backoff.nextDelayMs();
        this.#retryAtMs = this.#dependencies.clock.nowMs() + delayMs;
        this.#cancelRetry = this.#after(delayMs, () => this.#connect());
        this.#report();
    }

    /** Forgets the socket without waiting for its close handshake, which a dead peer never finishes. */
    #dropSocket(): void {
        this.#cancelConnectTimeout();
        this.#cancelStable();
        this.#cancelWatchdog();
        this.#cancelProbe();
        this.#probing = false;
        this.#open = false;
        const socket = this.#socket;
        this.#socket = null;
        if (socket === null) return;
        socket.onopen = null;
        socket.onmessage = null;
        socket.onclose = null;
        socket.close();
    }

    #unsubscribe(subscription: Subscription): void {
        const { seriesId } = subscription.request;
        if (this.#subscriptions.get(seriesId) !== subscription) return;
        this.#subscriptions.delete(seriesId);
        if (this.#open) this.#socket?.send(unsubscribeFrame(seriesId));
    }

    #sendSubscribe(subscription: Subscription, since: number | null): void {
        this.#socket?.send(subscribeFrame(subscription.request.seriesId, since));
    }

    #onMessage(frame: unknown): void {
        this.#lastHeardMs = this.#dependencies.clock.nowMs();
        this.#cancelProbe();
        this.#probing = false;
        const push = parsePush(frame);
        if (push !== null) this.#dispatch(push);
    }

    #dispatch(push: Push): void {
        const subscription = push.seriesId === null ? undefined : this.#subscriptions.get(push.seriesId);
        if (subscription === undefined) {
            // Anything else for an unknown series was under way while its subscription ended.
            if (push.type === 'error') this.#listener.onError(push.code, push.message);
            return;
        }
        deliver(push, subscription);
    }

    #watchSilence(): void {
        this.#cancelWatchdog();
        const remainingMs = this.#quietLimitMs() - this.#quietMs();
        this.#cancelWatchdog = this.#after(Math.max(0, remainingMs), () => {
            if (this.#quietMs() >= this.#quietLimitMs()) this.#probe();
            else this.#watchSilence();
        });
    }

    /**
     * Asks again for the newest candle of each series. A silent answer would prove nothing, so the request goes back
     * by one second: a server that is there repeats that candle, and the repetition is dropped here.
     */
    #probe(): void {
        if (this.#probing || this.#subscriptions.size === 0) return;
        this.#probing = true;
        for (const subscription of this.#subscriptions.values()) {
            const { lastClosedTime } = subscription;
            this.#sendSubscribe(subscription, lastClosedTime === null ? null : lastClosedTime - 1);
        }
        this.#cancelProbe = this.#after(this.#limits.probeTimeoutMs, () => this.#onLost());
        this.#cancelWatchdog();
        this.#cancelWatchdog = this.#after(this.#quietLimitMs(), () => this.#watchSilence());
    }

    #quietMs(): number {
        return this.#dependencies.clock.nowMs() - this.#lastHeardMs;
    }

    #quietLimitMs(): number {
        const shortest = Math.min(...[...this.#subscriptions.values()].map((each) => each.request.timeframeSeconds));
        const { quietMsMin, quietMsMax, quietTimeframes } = this.#limits;
        return Math.min(quietMsMax, Math.max(quietMsMin, shortest * 1_000 * quietTimeframes));
    }

    #state(): FeedState {
        if (this.#open) return 'live';
        if (!this.#networkUp || this.#backoff.attempts >= this.#limits.offlineAfterAttempts) return 'offline';
        return this.#wasOpen ? 'reconnecting' : 'connecting';
    }

    #report(): void {
        this.#listener.onStatus(this.status);
    }

    #after(delayMs: number, task: () => void): () => void {
        return this.#dependencies.clock.after(delayMs, task);
    }
}
