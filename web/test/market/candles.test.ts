import { describe, expect, test } from 'vitest';

import { CandleBook } from '../../src/market/candles.ts';
import { candle, candles, timesOf } from '../../client/test/candle-samples.ts';

function bookOf(...times: number[]): CandleBook {
    const book = new CandleBook(60);
    book.merge(candles(...times));
    return book;
}

describe('merging history', () => {
    test('sorts and keeps the last of equal times', () => {
        const book = new CandleBook(60);
        book.merge([candle(160), candle(100), candle(160, 12)]);
        expect(timesOf(book.closed)).toEqual([100, 160]);
        expect(book.closed[1]?.close).toBe(12);
    });

    test('fills in between, replaces corrected values, and says so', () => {
        const book = bookOf(100, 280);
        expect(book.merge([candle(100, 11), candle(160)])).toBe('all');
        expect(timesOf(book.closed)).toEqual([100, 160, 280]);
        expect(book.closed[0]?.close).toBe(11);
    });

    test('of what is known changes nothing', () => {
        expect(bookOf(100, 160).merge(candles(100, 160))).toBe('none');
    });

    test('that only goes on is a change at the end', () => {
        expect(bookOf(100).merge(candles(100, 160, 220))).toBe('tail');
    });

    test('of nothing into nothing is no change', () => {
        expect(new CandleBook(60).merge([])).toBe('none');
    });
});

describe('closed candles', () => {
    test('append', () => {
        const book = bookOf(100);
        expect(book.add(candles(160, 220))).toBe('tail');
        expect(book.lastClosedTime).toBe(220);
    });

    test('are final: a repeated time keeps its values', () => {
        const book = bookOf(100, 160);
        expect(book.add([candle(160, 99)])).toBe('none');
        expect(book.closed[1]?.close).toBe(10);
    });

    test('that were missing find their place', () => {
        const book = bookOf(100, 220);
        expect(book.add(candles(160))).toBe('all');
        expect(timesOf(book.closed)).toEqual([100, 160, 220]);
    });

    test('are the newest ones only, beyond the bound', () => {
        const book = new CandleBook(60, 10);
        book.merge(candles(...Array.from({ length: 10 }, (_, index) => index * 60)));
        expect(book.add(candles(600))).toBe('all');
        expect(timesOf(book.closed)).toEqual([120, 180, 240, 300, 360, 420, 480, 540, 600]);
    });
});

describe('the forming bar', () => {
    test('appends and then moves', () => {
        const book = bookOf(100);
        expect(book.form(candle(160, 11))).toBe('tail');
        book.form(candle(160, 12));
        expect(book.last?.close).toBe(12);
        expect(timesOf(book.closed)).toEqual([100]);
    });

    test('ends when its candle closes', () => {
        const book = bookOf(100);
        book.form(candle(160, 11));
        book.add([candle(160, 12)]);
        expect(book.forming).toBeNull();
        expect(book.last?.close).toBe(12);
    });

    test('outlives the close of an earlier candle', () => {
        const book = bookOf(100);
        book.form(candle(220));
        book.add(candles(160));
        expect(book.forming?.candle_time).toBe(220);
    });

    test.each([100, 40])('is refused at %i, where candles are closed', (time) => {
        const book = bookOf(100);
        expect(book.form(candle(time))).toBe('none');
        expect(book.forming).toBeNull();
    });

    test('does not go back in time', () => {
        const book = bookOf(100);
        book.form(candle(220));
        expect(book.form(candle(160))).toBe('none');
    });

    test('makes no hole', () => {
        const book = bookOf(100);
        book.form(candle(400));
        expect(book.holes).toEqual([]);
    });
});

describe('holes', () => {
    test('lie between neighbours more than a timeframe apart', () => {
        expect(bookOf(100, 160, 400, 460, 640).holes).toEqual([
            { afterTime: 160, beforeTime: 400, missing: 3 },
            { afterTime: 460, beforeTime: 640, missing: 2 },
        ]);
    });

    test('do not need times at multiples of the timeframe', () => {
        expect(bookOf(100, 160, 220).holes).toEqual([]);
        expect(bookOf(100, 190).holes).toEqual([{ afterTime: 100, beforeTime: 190, missing: 1 }]);
    });

    test('shrink and vanish as candles are merged', () => {
        const book = bookOf(100, 340);
        book.merge(candles(220));
        expect(book.holes.map((hole) => hole.missing)).toEqual([1, 1]);
        book.merge(candles(160, 280));
        expect(book.holes).toEqual([]);
    });

    test('open when a pushed candle jumps', () => {
        const book = bookOf(100);
        book.add(candles(280));
        expect(book.holes).toEqual([{ afterTime: 100, beforeTime: 280, missing: 2 }]);
    });
});

test('random order of arrival gives the same book', () => {
    const seed = Date.now();
    let state = seed % 2_147_483_647 || 1;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 50; round += 1) {
        const times = Array.from({ length: 40 }, () => Math.floor(random() * 60) * 60);
        const book = new CandleBook(60);
        for (const time of times) {
            if (random() < 0.5) book.add([candle(time)]);
            else book.merge([candle(time)]);
        }
        const expected = [...new Set(times)].sort((left, right) => left - right);
        expect(timesOf(book.closed), `seed ${seed}`).toEqual(expected);
        const apart = expected.slice(1).filter((time, index) => time - expected[index]! > 60).length;
        expect(book.holes.length, `seed ${seed}`).toBe(apart);
    }
});
