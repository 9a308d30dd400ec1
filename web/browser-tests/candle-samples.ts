import type { Candle } from '@trade-canvas/client';

export const MINUTE = 60;
/** Open time of the newest sample: recent, so that the page looks as it does for a trader. */
export const LAST_TIME = Math.floor(Date.now() / 1_000 / MINUTE) * MINUTE - 10 * MINUTE;

/** A plausible candle; the same time always gives the same one. */
export function candleAt(time: number, close = priceAt(time)): Candle {
    const open = priceAt(time - MINUTE);
    return {
        candle_time: time,
        open,
        high: Math.max(open, close) + 6,
        low: Math.min(open, close) - 5,
        close,
        volume: 40 + 30 * Math.sin(time / 300) ** 2,
    };
}

/** `count` candles that end with the one at `lastTime`. */
export function candlesUntil(lastTime: number, count: number): Candle[] {
    return Array.from({ length: count }, (_, index) => candleAt(lastTime - (count - 1 - index) * MINUTE));
}

function priceAt(time: number): number {
    const minutes = time / MINUTE;
    return Math.round((27_000 + 60 * Math.sin(minutes / 17) + 25 * Math.sin(minutes / 3)) * 10) / 10;
}
