/** Messages of `/ws/market`: what the server may push and what a client may send. */

import { candleFrom, candlesFrom, type Candle } from './candle.ts';

export type Push =
    | { readonly type: 'candle_closed'; readonly seriesId: string; readonly candle: Candle }
    | { readonly type: 'candles_batch'; readonly seriesId: string; readonly candles: readonly Candle[] }
    | { readonly type: 'candle_forming'; readonly seriesId: string; readonly candle: Candle }
    | {
          readonly type: 'gap';
          readonly seriesId: string;
          readonly expectedNextTime: number;
          readonly actualTime: number;
      }
    | { readonly type: 'system'; readonly seriesId: string; readonly event: string; readonly message: string }
    | { readonly type: 'error'; readonly seriesId: string | null; readonly code: string; readonly message: string };

/** Decodes one text frame; null for anything that is not a message this client knows. */
export function parsePush(frame: unknown): Push | null {
    const fields = objectIn(frame);
    if (fields === null) return null;
    const type = fields['type'];
    if (type === 'error') return errorFrom(fields);
    const seriesId = fields['series_id'];
    if (typeof seriesId !== 'string') return null;
    switch (type) {
        case 'candle_closed':
        case 'candle_forming': {
            const candle = candleFrom(fields['candle']);
            return candle && { type, seriesId, candle };
        }
        case 'candles_batch': {
            const candles = candlesFrom(fields['candles']);
            return candles && { type, seriesId, candles };
        }
        case 'gap':
            return gapFrom(seriesId, fields['expected_next_time'], fields['actual_time']);
        case 'system':
            return { type, seriesId, event: textOf(fields['event']), message: textOf(fields['message']) };
        default:
            return null;
    }
}

/** A subscription request. `since` is strict: only candles after it are sent; null asks for the newest. */
export function subscribeFrame(seriesId: string, since: number | null): string {
    return JSON.stringify({ type: 'subscribe', series_id: seriesId, since, supports_batch: true });
}

export function unsubscribeFrame(seriesId: string): string {
    return JSON.stringify({ type: 'unsubscribe', series_id: seriesId });
}

function objectIn(frame: unknown): Record<string, unknown> | null {
    if (typeof frame !== 'string') return null;
    try {
        const value: unknown = JSON.parse(frame);
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
    } catch {
        return null; // A broken frame is treated like an unknown message: skipped, the next one may be fine.
    }
}

function gapFrom(seriesId: string, expectedNextTime: unknown, actualTime: unknown): Push | null {
    if (typeof expectedNextTime !== 'number' || typeof actualTime !== 'number') return null;
    return { type: 'gap', seriesId, expectedNextTime, actualTime };
}

function errorFrom(fields: Record<string, unknown>): Push {
    const seriesId = fields['series_id'];
    return {
        type: 'error',
        seriesId: typeof seriesId === 'string' ? seriesId : null,
        code: textOf(fields['code']),
        message: textOf(fields['message']),
    };
}

function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
