/** The HTTP reads that a watcher needs. */

import { candlesFrom, type Candle } from '@trade-canvas/client';

/** Most candles that one request may ask for. */
export const CANDLES_LIMIT_MAX = 5_000;

export const REQUEST_TIMEOUT_MS = 15_000;

/** An answer that is not a success. `status` is 0 when there was no answer or it made no sense. */
export class ApiError extends Error {
    readonly status: number;

    constructor(status: number, message: string) {
        super(message);
        this.name = 'ApiError';
        this.status = status;
    }
}

export interface CandlesQuery {
    readonly seriesId: string;
    /** Only candles strictly after this time, the oldest first; absent asks for the newest. */
    readonly since?: number;
    readonly limit: number;
}

export interface MarketReads {
    candles(query: CandlesQuery, signal: AbortSignal): Promise<Candle[]>;
}

export class MarketApi implements MarketReads {
    readonly #base: string;
    readonly #fetch: typeof fetch;

    /** `base` is the address under which `api/` lies and ends with a slash. */
    constructor(base: string, fetchFunction: typeof fetch) {
        this.#base = base;
        this.#fetch = fetchFunction;
    }

    async candles(query: CandlesQuery, signal: AbortSignal): Promise<Candle[]> {
        const parameters = new URLSearchParams({ series_id: query.seriesId, limit: String(query.limit) });
        if (query.since !== undefined) parameters.set('since', String(query.since));
        const body = await this.#get(`api/market/candles?${parameters}`, signal);
        const candles = candlesFrom(body['candles']);
        if (candles === null) throw new ApiError(0, 'the answer holds no valid candles');
        return candles;
    }

    async whitelist(signal: AbortSignal): Promise<string[]> {
        const body = await this.#get('api/market/whitelist', signal);
        const ids = body['series_ids'];
        if (!Array.isArray(ids)) throw new ApiError(0, 'the answer holds no list of series');
        return ids.filter((id): id is string => typeof id === 'string');
    }

    async #get(path: string, signal: AbortSignal): Promise<Record<string, unknown>> {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
        const fetchFunction = this.#fetch; // Called as a plain function: browsers refuse `fetch` with another receiver.
        const response = await fetchFunction(new URL(path, this.#base), {
            signal: limit,
            headers: { accept: 'application/json' },
        });
        const body: unknown = await response.json().catch(() => null);
        if (!response.ok) throw new ApiError(response.status, detailOf(body) ?? `HTTP ${response.status}`);
        if (typeof body !== 'object' || body === null) throw new ApiError(0, 'the answer is not a JSON object');
        return body as Record<string, unknown>;
    }
}

function detailOf(body: unknown): string | null {
    if (typeof body !== 'object' || body === null) return null;
    const detail = (body as Record<string, unknown>)['detail'];
    return typeof detail === 'string' ? detail : null;
}
