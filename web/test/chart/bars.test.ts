import { expect, test } from 'vitest';

import { EMPTY_SLOTS_MAX, slotsOf } from '../../src/chart/bars.ts';
import { CandleBook } from '../../src/market/candles.ts';
import { candle, candles } from '../../client/test/candle-samples.ts';

function slotTimes(book: CandleBook): string[] {
    return slotsOf(book.closed, book.forming, book.holes).map((slot) => `${slot.time}${slot.candle ? '' : ' empty'}`);
}

test('a hole gets one empty place for each missing candle', () => {
    const book = new CandleBook(60);
    book.merge(candles(100, 280));
    book.form(candle(340));
    expect(slotTimes(book)).toEqual(['100', '160 empty', '220 empty', '280', '340']);
});

test('a very wide hole is narrowed, still ascending', () => {
    const book = new CandleBook(60);
    book.merge(candles(0, 6_000_000));
    const times = slotsOf(book.closed, null, book.holes).map((slot) => slot.time);
    expect(times).toHaveLength(EMPTY_SLOTS_MAX + 2);
    expect(times).toEqual([...new Set(times)].sort((left, right) => left - right));
});

test('a hole of less than two timeframes gets one place', () => {
    const book = new CandleBook(60);
    book.merge(candles(0, 90));
    expect(slotTimes(book)).toEqual(['0', '45 empty', '90']);
});
