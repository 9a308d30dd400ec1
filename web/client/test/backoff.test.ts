import { expect, test } from 'vitest';

import { Backoff } from '../src/backoff.ts';

test('the ceiling doubles from the base to the cap', () => {
    const backoff = new Backoff(250, 10_000, () => 1);
    const delays = Array.from({ length: 8 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('jitter takes any part of the ceiling', () => {
    const parts = [0, 0.5, 0.25];
    const backoff = new Backoff(250, 10_000, () => parts.shift()!);
    expect([backoff.nextDelayMs(), backoff.nextDelayMs(), backoff.nextDelayMs()]).toEqual([0, 250, 250]);
});

test('a reset starts at the base again', () => {
    const backoff = new Backoff(250, 10_000, () => 1);
    backoff.nextDelayMs();
    backoff.nextDelayMs();
    backoff.reset();
    expect(backoff.attempts).toBe(0);
    expect(backoff.nextDelayMs()).toBe(250);
});

test('a wanted minimum lifts the ceiling, also above the cap, and counts as an attempt', () => {
    const backoff = new Backoff(250, 500, () => 1);
    expect([backoff.nextDelayMs(1_000), backoff.nextDelayMs(), backoff.nextDelayMs(100)]).toEqual([1_000, 500, 500]);
});
