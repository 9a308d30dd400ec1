/** One bar. `candle_time` is its open time in Unix seconds; the names are those of the wire. */
export interface Candle {
    readonly candle_time: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    readonly volume: number;
}

const VALUES = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The candle in a decoded JSON value, or null when a field is missing or not a finite number. */
export function candleFrom(value: unknown): Candle | null {
    if (typeof value !== 'object' || value === null) return null;
    const fields = value as Record<string, unknown>;
    if (!Number.isSafeInteger(fields['candle_time'])) return null;
    if (!VALUES.every((name) => Number.isFinite(fields[name]))) return null;
    const { candle_time, open, high, low, close, volume } = value as Candle;
    return { candle_time, open, high, low, close, volume };
}

/** All candles of a decoded JSON list, or null when it is no list or one of them is bad. */
export function candlesFrom(value: unknown): Candle[] | null {
    if (!Array.isArray(value)) return null;
    const candles: Candle[] = [];
    for (const item of value) {
        const candle = candleFrom(item);
        if (candle === null) return null;
        candles.push(candle);
    }
    return candles;
}
