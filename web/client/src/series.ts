/** Grammar of series ids: `{exchange}:{market}:{symbol}:{timeframe}`, where the symbol may itself contain colons. */

export interface SeriesId {
    readonly text: string;
    readonly exchange: string;
    readonly market: string;
    readonly symbol: string;
    readonly timeframe: string;
    readonly timeframeSeconds: number;
}

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };
const TIMEFRAME = /^([1-9][0-9]{0,8})([mhd])$/;

/** Seconds of a timeframe such as `5m`, or null when it is none. Case matters: `M` is not a minute. */
export function timeframeSeconds(text: string): number | null {
    const match = TIMEFRAME.exec(text.trim());
    if (match === null) return null;
    const [, count = '', unit = ''] = match;
    return Number(count) * (SECONDS_BY_UNIT[unit] ?? 0);
}

/** Timeframe of any id whose last part is one; this is all that watching a series needs. */
export function timeframeSecondsOf(seriesId: string): number | null {
    return timeframeSeconds(seriesId.slice(seriesId.lastIndexOf(':') + 1));
}

/** The parts of a well-formed id, or null. */
export function parseSeriesId(text: string): SeriesId | null {
    const parts = text.split(':').map((part) => part.trim());
    if (parts.length < 4 || parts.includes('')) return null;
    const timeframe = parts.at(-1) ?? '';
    const seconds = timeframeSeconds(timeframe);
    if (seconds === null) return null;
    const [exchange = '', market = ''] = parts;
    return { text, exchange, market, symbol: parts.slice(2, -1).join(':'), timeframe, timeframeSeconds: seconds };
}

/** True when both ids name the same symbol on the same market and differ at most in the timeframe. */
export function sameInstrument(left: SeriesId, right: SeriesId): boolean {
    return left.exchange === right.exchange && left.market === right.market && left.symbol === right.symbol;
}
