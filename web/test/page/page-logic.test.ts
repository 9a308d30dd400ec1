import { describe, expect, test } from 'vitest';

import { CandleBook } from '../../src/market/candles.ts';
import { changeOf } from '../../src/page/change.ts';
import { formatSpan } from '../../src/page/format.ts';
import { freshnessOf } from '../../src/page/freshness.ts';
import { optionsFor } from '../../src/page/picker.ts';
import { candle } from '../../client/test/candle-samples.ts';

test.each([
    [0, '0s'],
    [7.9, '7s'],
    [60, '1m'],
    [187, '3m 07s'],
    [3_600, '1h'],
    [9_000, '2h 30m'],
    [86_400 * 12, '12d'],
])('%d seconds read %j', (span, text) => {
    expect(formatSpan(span)).toBe(text);
});

test('an update is late after one and a half timeframes and stale after three', () => {
    expect([60, 91, 181].map((age) => freshnessOf(age, 60))).toEqual(['fresh', 'late', 'stale']);
});

describe('the change', () => {
    test('compares with a day before when that is loaded', () => {
        const book = new CandleBook(3_600);
        book.merge(Array.from({ length: 30 }, (_, hour) => candle(hour * 3_600, 10 + hour)));
        expect(changeOf(book)).toEqual({ ratio: 39 / 15 - 1, spanSeconds: 86_400 });
    });

    test('compares with the first open otherwise', () => {
        const book = new CandleBook(60);
        book.merge([candle(0), candle(60, 12)]);
        expect(changeOf(book)).toEqual({ ratio: 12 / 10 - 1, spanSeconds: 120 });
    });

    test('of nothing is nothing', () => {
        expect(changeOf(new CandleBook(60))).toBeNull();
    });
});

describe('options of the picker', () => {
    const offered = ['binance:spot:BTC/USDT:1m', 'binance:futures:BTC/USDT:5m', 'binance:spot:ETH/USDT:1m'];

    test('hold every word that was typed', () => {
        expect(optionsFor('btc spot', offered)).toEqual(['binance:spot:BTC/USDT:1m']);
        expect(optionsFor('', offered)).toEqual(offered);
    });

    test('start with an id that was typed in full', () => {
        expect(optionsFor('binance:spot:SOL/USDT:1m', offered)).toEqual(['binance:spot:SOL/USDT:1m']);
        expect(optionsFor('x:1m', offered)).toEqual(['x:1m']);
        expect(optionsFor('nothing', offered)).toEqual([]);
    });
});
