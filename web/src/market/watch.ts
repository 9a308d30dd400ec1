/**
 * Watches one series: loads its history, subscribes, and asks the store for whatever the socket could not deliver.
 * The candles end up in one book; the listener hears when it changed and what is worth telling a person.
 */

import {
    Backoff,
    type Candle,
    type Clock,
    type MarketClient,
    type SeriesListener,
    type SeriesSubscription,
} from '@trade-canvas/client';

import { ApiError, CANDLES_LIMIT_MAX, type MarketReads } from './api.ts';
import { CandleBook, type Change } from './candles.ts';

export type WatchNotice =
    /** A gap that the store could not fill. */
    | { readonly kind: 'gap'; readonly afterTime: number; readonly beforeTime: number; readonly missing: number }
    /** A later read failed for good; what was on the page stays. */
    | { readonly kind: 'read-failed'; readonly reason: string }
    | { readonly kind: 'history-failed'; readonly reason: string; readonly retryMs: number }
    | { readonly kind: 'system'; readonly event: string; readonly message: string }
    | { readonly kind: 'error'; readonly code: string; readonly message: string };

export interface WatchListener {
    /** The history is there and the series is subscribed. */
    onReady(): void;
    onChange(change: Change): void;
    /** The server sent something about this series that moved it. */
    onUpdate(): void;
    onNotice(notice: WatchNotice): void;
}

export interface WatchDependencies {
    readonly api: MarketReads;
    readonly client: Pick<MarketClient, 'subscribe'>;
    readonly clock: Clock;
    readonly random: () => number;
}

export const HISTORY_CANDLES = 2_000;
export const HISTORY_RETRY_BASE_MS = 500;
export const HISTORY_RETRY_CAP_MS = 10_000;
/** Pages read for one gap; what lies beyond is announced as missing. */
export const GAP_PAGES_MAX = 10;
export const GAP_TRIES_MAX = 3;
export const GAP_RETRY_MS = 1_000;
/** A rebuild reaches all watchers at once; each waits a random part of this before it reads again. */
export const REREAD_SPREAD_MS = 2_000;

export class SeriesWatch {
    readonly seriesId: string;
    readonly book: CandleBook;
    readonly #dependencies: WatchDependencies;
    readonly #listener: WatchListener;
    readonly #abort = new AbortController();
    readonly #gapsBeingRead = new Set<number>();
    #subscription: SeriesSubscription | null = null;
    #rereadPlanned = false;

    constructor(
        seriesId: string,
        timeframeSeconds: number,
        dependencies: WatchDependencies,
        listener: WatchListener,
    ) {
        this.seriesId = seriesId;
        this.book = new CandleBook(timeframeSeconds);
        this.#dependencies = dependencies;
        this.#listener = listener;
    }

    /** Loads and follows until `stop`; settles when the history is loaded or the watch has been stopped. */
    async start(): Promise<void> {
        if (!(await this.#loadHistory())) return;
        this.#subscription = this.#dependencies.client.subscribe(this.seriesId, {
            since: this.book.lastClosedTime,
            ...this.#listeners(),
        });
        this.#listener.onReady();
    }

    stop(): void {
        this.#abort.abort();
        this.#subscription?.unsubscribe();
        this.#subscription = null;
    }

    get #stopped(): boolean {
        return this.#abort.signal.aborted;
    }

    /** Tries until it succeeds; false when the watch was stopped meanwhile. */
    async #loadHistory(): Promise<boolean> {
        const backoff = new Backoff(HISTORY_RETRY_BASE_MS, HISTORY_RETRY_CAP_MS, this.#dependencies.random);
        while (!this.#stopped) {
            try {
                this.#merge(await this.#read({ limit: HISTORY_CANDLES }));
                return !this.#stopped;
            } catch (failure) {
                if (this.#stopped) return false;
                const retryMs = backoff.nextDelayMs();
                this.#listener.onNotice({ kind: 'history-failed', reason: reasonOf(failure), retryMs });
                await this.#pause(retryMs);
            }
        }
        return false;
    }

    #listeners(): SeriesListener {
        return {
            onClosed: (candles) => this.#changed(this.book.add(candles)),
            onForming: (candle) => this.#changed(this.book.form(candle)),
            onGap: ({ expectedNextTime, actualTime }) => {
                this.#listener.onUpdate();
                void this.#fillGap(expectedNextTime - this.book.timeframeSeconds, actualTime);
            },
            onSystem: ({ event, message }) => {
                this.#listener.onNotice({ kind: 'system', event, message });
                if (event === 'factor.rebuild') void this.#reread();
            },
            onError: ({ code, message }) => this.#listener.onNotice({ kind: 'error', code, message }),
        };
    }

    #changed(change: Change): void {
        if (change !== 'none') this.#listener.onChange(change);
        this.#listener.onUpdate();
    }

    #merge(candles: readonly Candle[]): void {
        const change = this.book.merge(candles);
        if (change !== 'none') this.#listener.onChange(change);
    }

    /** Reads what lies between the two times; whatever is still missing then is announced, once. */
    async #fillGap(afterTime: number, beforeTime: number): Promise<void> {
        if (this.#gapsBeingRead.has(beforeTime)) return;
        this.#gapsBeingRead.add(beforeTime);
        const failure = await this.#readGap(afterTime, beforeTime);
        this.#gapsBeingRead.delete(beforeTime);
        if (this.#stopped) return;
        if (failure !== null) this.#listener.onNotice({ kind: 'read-failed', reason: failure });
        for (const hole of this.book.holes) {
            if (hole.beforeTime > afterTime && hole.afterTime < beforeTime) {
                this.#listener.onNotice({ kind: 'gap', ...hole });
            }
        }
    }

    /** The reason why the gap could not be read, or null when it was. */
    async #readGap(afterTime: number, beforeTime: number): Promise<string | null> {
        let reason = '';
        for (let attempt = 1; attempt <= GAP_TRIES_MAX && !this.#stopped; attempt += 1) {
            try {
                await this.#readGapPages(afterTime, beforeTime);
                return null;
            } catch (failure) {
                reason = reasonOf(failure);
                if (attempt < GAP_TRIES_MAX && !this.#stopped) await this.#pause(GAP_RETRY_MS * attempt);
            }
        }
        return reason;
    }

    async #readGapPages(afterTime: number, beforeTime: number): Promise<void> {
        let since = Math.max(0, afterTime);
        for (let page = 0; page < GAP_PAGES_MAX && !this.#stopped; page += 1) {
            const candles = await this.#read({ since, limit: CANDLES_LIMIT_MAX });
            this.#merge(candles);
            const lastTime = candles.at(-1)?.candle_time ?? beforeTime;
            if (candles.length < CANDLES_LIMIT_MAX || lastTime >= beforeTime) return;
            since = lastTime;
        }
    }

    /** After a rebuild closed candles may have been added or corrected anywhere, and those are not pushed. */
    async #reread(): Promise<void> {
        if (this.#rereadPlanned) return;
        this.#rereadPlanned = true;
        await this.#pause(this.#dependencies.random() * REREAD_SPREAD_MS);
        this.#rereadPlanned = false;
        if (this.#stopped) return;
        try {
            this.#merge(await this.#read({ limit: HISTORY_CANDLES }));
        } catch (failure) {
            if (!this.#stopped) this.#listener.onNotice({ kind: 'read-failed', reason: reasonOf(failure) });
        }
    }

    #read(range: { since?: number; limit: number }): Promise<Candle[]> {
        return this.#dependencies.api.candles({ seriesId: this.seriesId, ...range }, this.#abort.signal);
    }

    /** Waits; ends early, without failing, when the watch is stopped. */
    #pause(delayMs: number): Promise<void> {
        return new Promise((resolve) => {
            const cancel = this.#dependencies.clock.after(delayMs, resolve);
            this.#abort.signal.addEventListener('abort', () => {
                cancel();
                resolve();
            });
        });
    }
}

function reasonOf(failure: unknown): string {
    if (failure instanceof ApiError && failure.status > 0) return `${failure.status} ${failure.message}`;
    return failure instanceof Error ? failure.message : String(failure);
}
