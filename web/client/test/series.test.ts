import { describe, expect, test } from 'vitest';

import { parseSeriesId, sameInstrument, timeframeSeconds, timeframeSecondsOf } from '../src/series.ts';

describe('timeframe', () => {
    test.each([
        ['1m', 60],
        ['15m', 900],
        ['4h', 14_400],
        ['1d', 86_400],
        [' 5m ', 300],
    ])('%j is %i seconds', (text, seconds) => {
        expect(timeframeSeconds(text)).toBe(seconds);
    });

    test.each(['', 'm', '0m', '-1m', '1.5h', '1M', '1w', '1H', 'foo', '1 m'])('%j is none', (text) => {
        expect(timeframeSeconds(text)).toBeNull();
    });

    test('comes from the last part of an id, whatever the rest is', () => {
        expect(timeframeSecondsOf('a:b:c:1m')).toBe(60);
        expect(timeframeSecondsOf('x:1h')).toBe(3_600);
        expect(timeframeSecondsOf('foo')).toBeNull();
    });
});

describe('series id', () => {
    test('gives its parts', () => {
        expect(parseSeriesId('binance:futures:BTC/USDT:5m')).toEqual({
            text: 'binance:futures:BTC/USDT:5m',
            exchange: 'binance',
            market: 'futures',
            symbol: 'BTC/USDT',
            timeframe: '5m',
            timeframeSeconds: 300,
        });
    });

    test('may have colons in its symbol', () => {
        expect(parseSeriesId('binance:futures:BTC/USDT:USDT:1h')?.symbol).toBe('BTC/USDT:USDT');
    });

    test.each(['', 'binance:futures:1m', 'binance::BTC:1m', 'binance:spot:BTC:', 'binance:spot:BTC:7x'])(
        'is refused: %j',
        (text) => {
            expect(parseSeriesId(text)).toBeNull();
        },
    );

    test('of another timeframe names the same instrument', () => {
        const minute = parseSeriesId('binance:spot:BTC/USDT:1m')!;
        expect(sameInstrument(minute, parseSeriesId('binance:spot:BTC/USDT:4h')!)).toBe(true);
        expect(sameInstrument(minute, parseSeriesId('binance:futures:BTC/USDT:1m')!)).toBe(false);
    });
});
