/** One watched series: what its listener hears of the server's messages, in order and without repetition. */

import type { Candle } from './candle.ts';
import type { ErrorMessage, Gap, Push, SystemMessage } from './messages.ts';
import { timeframeSecondsOf } from './series.ts';

/** `offline` is a `reconnecting` that has gone on for long; `closed` is for good. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'closed';

export interface ConnectionStatus {
    readonly state: ConnectionState;
    /** When the next connection will be tried, on the client's clock; null while none is planned. */
    readonly retryAtMs: number | null;
}

/** What the subscriber of one series hears. */
export interface SeriesListener {
    /** Closed candles: times strictly increase from call to call, each comes once and is final. */
    onClosed?(candles: readonly Candle[]): void;
    /** The bar that still moves; always later than the newest closed candle. */
    onForming?(candle: Candle): void;
    /** Candles are missing, and the closed candle that comes next does not follow the one before. */
    onGap?(gap: Gap): void;
    onSystem?(message: SystemMessage): void;
    /** The server refused this series. Nothing comes until the next connection, which asks again. */
    onError?(error: ErrorMessage): void;
    /** The connection changed; the same for all series of a client, whose `status` has what it was before. */
    onState?(status: ConnectionStatus): void;
}

export interface SeriesOptions extends SeriesListener {
    /** Newest closed `candle_time` that is already known: only later candles come. Without it, the newest come. */
    readonly since?: number | null | undefined;
}

/** The subscriber's end of a subscription. */
export interface SeriesSubscription {
    readonly seriesId: string;
    /** Newest closed time that the listener was given, or `since` before that. A later run resumes here. */
    readonly lastClosedTime: number | null;
    /** After this the listener hears nothing more. */
    unsubscribe(): void;
}

export class Subscription implements SeriesSubscription {
    readonly seriesId: string;
    readonly listener: SeriesListener;
    readonly #timeframeSeconds: number | null;
    readonly #onEnd: (ended: Subscription) => void;
    #lastClosedTime: number | null;
    #lastGap: Gap | null = null;
    #ended = false;

    constructor(seriesId: string, options: SeriesOptions, onEnd: (ended: Subscription) => void) {
        this.seriesId = seriesId;
        this.listener = options;
        this.#timeframeSeconds = timeframeSecondsOf(seriesId);
        this.#onEnd = onEnd;
        this.#lastClosedTime = options.since ?? null;
    }

    get lastClosedTime(): number | null {
        return this.#lastClosedTime;
    }

    unsubscribe(): void {
        if (this.#ended) return;
        this.#ended = true;
        this.#onEnd(this);
    }

    /** Hands a message to the listener unless it repeats what was delivered before. */
    receive(push: Push): void {
        switch (push.type) {
            case 'candle_closed':
                this.#receiveClosed([push.candle]);
                return;
            case 'candles_batch':
                this.#receiveClosed(push.candles);
                return;
            case 'candle_forming':
                if (this.#isNew(push.candle.candle_time)) this.listener.onForming?.(push.candle);
                return;
            case 'gap':
                this.#receiveGap(push.gap);
                return;
            case 'system':
                this.listener.onSystem?.(push.system);
                return;
            case 'error':
                this.listener.onError?.(push.error);
                return;
        }
    }

    /** A gap does not move the position: what fills it before the candle behind it comes is delivered as usual. */
    #receiveGap(gap: Gap): void {
        if (!this.#isNew(gap.actualTime)) return;
        const last = this.#lastGap;
        if (gap.expectedNextTime === last?.expectedNextTime && gap.actualTime === last.actualTime) return;
        this.#lastGap = gap;
        this.listener.onGap?.(gap);
    }

    #receiveClosed(candles: readonly Candle[]): void {
        let run: Candle[] = [];
        for (const candle of candles) {
            if (!this.#isNew(candle.candle_time)) continue;
            const gap = this.#unannouncedGapBefore(candle.candle_time);
            if (gap !== null) {
                this.#deliver(run);
                run = [];
                if (!this.#ended) this.#receiveGap(gap);
            }
            if (this.#ended) return;
            this.#lastClosedTime = candle.candle_time;
            run.push(candle);
        }
        this.#deliver(run);
    }

    #deliver(run: readonly Candle[]): void {
        if (run.length > 0) this.listener.onClosed?.(run);
    }

    #isNew(time: number): boolean {
        return this.#lastClosedTime === null || time > this.#lastClosedTime;
    }

    /** Servers announce no gap inside a batch, and none at the start of a series that is asked for as a whole. */
    #unannouncedGapBefore(time: number): Gap | null {
        if (this.#timeframeSeconds === null || this.#lastClosedTime === null || this.#lastClosedTime <= 0) return null;
        const expectedNextTime = this.#lastClosedTime + this.#timeframeSeconds;
        if (time <= expectedNextTime || this.#lastGap?.actualTime === time) return null;
        return { expectedNextTime, actualTime: time };
    }
}
