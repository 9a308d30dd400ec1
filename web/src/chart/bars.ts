/** What the chart draws for a book: bars, and in every hole some empty places so that it keeps its width. */

import type { Candle } from '@trade-canvas/client';

import type { Hole } from '../market/candles.ts';

/** A bar at a time, or an empty place. */
export interface Slot {
    readonly time: number;
    readonly candle: Candle | null;
}

/** A wider hole is drawn with this many empty places; its label still says how many candles are missing. */
export const EMPTY_SLOTS_MAX = 40;

/** All slots in ascending time. */
export function slotsOf(closed: readonly Candle[], forming: Candle | null, holes: readonly Hole[]): Slot[] {
    const holesByStart = new Map(holes.map((hole) => [hole.afterTime, hole]));
    const slots: Slot[] = [];
    for (const candle of closed) {
        slots.push({ time: candle.candle_time, candle });
        const hole = holesByStart.get(candle.candle_time);
        if (hole !== undefined) slots.push(...emptySlots(hole));
    }
    if (forming !== null) slots.push({ time: forming.candle_time, candle: forming });
    return slots;
}

function emptySlots(hole: Hole): Slot[] {
    const count = Math.min(hole.missing, EMPTY_SLOTS_MAX);
    const step = (hole.beforeTime - hole.afterTime) / (count + 1);
    return Array.from({ length: count }, (_, index) => ({
        time: hole.afterTime + Math.round(step * (index + 1)),
        candle: null,
    }));
}
