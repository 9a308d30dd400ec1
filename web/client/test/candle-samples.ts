import type { Candle } from '../src/candle.ts';

export function candle(time: number, close = 10): Candle {
    return { candle_time: time, open: 10, high: Math.max(10, close), low: Math.min(10, close), close, volume: 1 };
}

export const candles = (...times: number[]): Candle[] => times.map((time) => candle(time));

export const timesOf = (list: readonly Candle[]): number[] => list.map((each) => each.candle_time);
