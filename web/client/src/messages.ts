/** Messages of `/ws/market`: what the server may push and what a client may send. */

import { candleFrom, candlesFrom, type Candle } from './candle.ts';

/** Candles from `expectedNextTime` up to, not including, `actualTime` are missing. Unix seconds. */
export interface Gap {
    readonly expectedNextTime: number;
    readonly actualTime: number;
}

/** News about a series, such as the event `factor.rebuild`. */
export interface SystemMessage {
    readonly event: string;
    readonly message: string;
    readonly data: Readonly<Record<string, unknown>>;
}

/** The server's refusal of something that the client sent. */
export interface ErrorMessage {
    /** Null when the refusal names no series. */
    readonly seriesId: string | null;
    readonly code: string;
    readonly message: string;
}

export type Push =
    | { readonly type: 'candle_closed'; readonly seriesId: string; readonly candle: Candle }
    | { readonly type: 'candles_batch'; readonly seriesId: string; readonly candles: readonly Candle[] }
    | { readonly type: 'candle_forming'; readonly seriesId: string; readonly candle: Candle }
    | { readonly type: 'gap'; readonly seriesId: string; readonly gap: Gap }
    | { readonly type: 'system'; readonly seriesId: string; readonly system: SystemMessage }
    | { readonly type: 'error'; readonly seriesId: string | null; readonly error: ErrorMessage };

/**
 * No message of the protocol: a server answers it with an error, after everything it sent for earlier messages. That
 * makes it a sign of life and a fence, in a protocol that has neither.
 */
export const PING_FRAME = '{"type":"ping"}';
const PING_ANSWER = 'unknown message type: ping';

export function isPingAnswer(push: Push): boolean {
    return push.type === 'error' && push.seriesId === null && push.error.message === PING_ANSWER;
}

/** A subscription request. `since` is strict: only candles after it are sent; null asks for the newest. */
export function subscribeFrame(seriesId: string, since: number | null): string {
    return JSON.stringify({ type: 'subscribe', series_id: seriesId, since, supports_batch: true });
}

export function unsubscribeFrame(seriesId: string): string {
    return JSON.stringify({ type: 'unsubscribe', series_id: seriesId });
}

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
        case 'gap': {
            const gap = gapFrom(fields['expected_next_time'], fields['actual_time']);
            return gap && { type, seriesId, gap };
        }
        case 'system':
            return { type, seriesId, system: systemFrom(fields) };
        default:
            return null;
    }
}

function objectIn(frame: unknown): Record<string, unknown> | null {
    if (typeof frame !== 'string') return null;
    try {
        return objectOf(JSON.parse(frame));
    } catch {
        return null; // A broken frame is treated like an unknown message: skipped, the next one may be fine.
    }
}

function gapFrom(expectedNextTime: unknown, actualTime: unknown): Gap | null {
    if (typeof expectedNextTime !== 'number' || typeof actualTime !== 'number') return null;
    return expectedNextTime < actualTime ? { expectedNextTime, actualTime } : null;
}

function systemFrom(fields: Record<string, unknown>): SystemMessage {
    return { event: textOf(fields['event']), message: textOf(fields['message']), data: objectOf(fields['data']) ?? {} };
}

function errorFrom(fields: Record<string, unknown>): Push {
    const seriesId = typeof fields['series_id'] === 'string' ? fields['series_id'] : null;
    const error = { seriesId, code: textOf(fields['code']), message: textOf(fields['message']) };
    return { type: 'error', seriesId, error };
}

function objectOf(value: unknown): Record<string, unknown> | null {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function textOf(value: unknown): string {
    return typeof value === 'string' ? value : '';
}
