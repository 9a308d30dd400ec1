import { expect, test } from 'vitest';

import { decimalsOf } from '../../src/chart/price.ts';
import { candle } from '../../client/test/candle-samples.ts';

test.each([
    [68_250.5, 1],
    [0.1 + 0.2, 1],
    [0.00001234, 8],
    [27_000, 0],
    [1.5e-9, 10],
])('a price of %d needs %i decimals', (price, decimals) => {
    expect(decimalsOf([{ ...candle(0), open: price, high: price, low: price, close: price }])).toBe(decimals);
});

test('without candles there are two', () => {
    expect(decimalsOf([])).toBe(2);
});
