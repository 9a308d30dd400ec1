/** The change of the price over a day, or over what is loaded when that is less. */

import type { CandleBook } from '../market/candles.ts';

const DAY_SECONDS = 86_400;

export interface PriceChange {
    readonly ratio: number;
    readonly spanSeconds: number;
}

/** Null while there is nothing to compare with. */
export function changeOf(book: CandleBook): PriceChange | null {
    const last = book.last;
    const first = book.closed[0];
    if (last === null || first === undefined) return null;
    const dayAgo = last.candle_time - DAY_SECONDS;
    const reference = book.closed.findLast((candle) => candle.candle_time <= dayAgo);
    const from = reference === undefined ? first.open : reference.close;
    if (from === 0) return null;
    const spanSeconds =
        reference === undefined ? last.candle_time + book.timeframeSeconds - first.candle_time : DAY_SECONDS;
    return { ratio: last.close / from - 1, spanSeconds };
}
