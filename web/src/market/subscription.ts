/** One watched series: what its listener hears of the feed's messages, in order and without repetition. */

import type { Candle } from './candle.ts';
import type { Push } from './messages.ts';

export interface SeriesRequest {
    readonly seriesId: string;
    readonly timeframeSeconds: number;
    /** Newest closed time already known, or null. */
    readonly since: number | null;
}

/** What one subscription hears. Closed candles arrive in strictly increasing time, each once. */
export interface SeriesListener {
    onClosed(candles: readonly Candle[]): void;
    onForming(candle: Candle): void;
    /** Candles from `expectedNextTime` up to, not including, `actualTime` are missing; the candle after comes next. */
    onGap(expectedNextTime: number, actualTime: number): void;
    onSystem(event: string, message: string): void;
    onError(code: string, message: string): void;
}

/** One watched series of a feed; the feed owns it. */
export interface Subscription {
    readonly request: SeriesRequest;
    readonly listener: SeriesListener;
    lastClosedTime: number | null;
}

/** Hands a message to its subscription unless it repeats what was delivered before. */
export function deliver(push: Push, subscription: Subscription): void {
    const { listener } = subscription;
    const lastTime = subscription.lastClosedTime ?? -Infinity;
    switch (push.type) {
        case 'candle_closed':
            deliverClosed([push.candle], subscription);
            return;
        case 'candles_batch':
            deliverClosed(push.candles, subscription);
            return;
        case 'candle_forming':
            if (push.candle.candle_time > lastTime) listener.onForming(push.candle);
            return;
        case 'gap':
            if (push.actualTime > lastTime) listener.onGap(push.expectedNextTime, push.actualTime);
            return;
        case 'system':
            listener.onSystem(push.event, push.message);
            return;
        case 'error':
            listener.onError(push.code, push.message);
            return;
    }
}

function deliverClosed(candles: readonly Candle[], subscription: Subscription): void {
    const fresh: Candle[] = [];
    for (const candle of candles) {
        if (candle.candle_time <= (subscription.lastClosedTime ?? -Infinity)) continue;
        subscription.lastClosedTime = candle.candle_time;
        fresh.push(candle);
    }
    if (fresh.length > 0) subscription.listener.onClosed(fresh);
}
