import { expect, test } from 'vitest';

import { weightBetween } from '../../src/chart/local-time.ts';

const seconds = (...parts: [number, number, number, number, number]): number => new Date(...parts).getTime() / 1_000;

test('the largest unit that begins in local time decides', () => {
    expect(weightBetween(seconds(2025, 11, 31, 23, 59), seconds(2026, 0, 1, 0, 0))).toBe(70);
    expect(weightBetween(seconds(2026, 0, 31, 23, 59), seconds(2026, 1, 1, 0, 0))).toBe(60);
    expect(weightBetween(seconds(2026, 4, 4, 23, 59), seconds(2026, 4, 5, 0, 0))).toBe(50);
    expect(weightBetween(seconds(2026, 4, 4, 11, 59), seconds(2026, 4, 4, 12, 0))).toBe(33);
    expect(weightBetween(seconds(2026, 4, 4, 10, 4), seconds(2026, 4, 4, 10, 5))).toBe(21);
    expect(weightBetween(seconds(2026, 4, 4, 10, 5), seconds(2026, 4, 4, 10, 5))).toBe(0);
});
