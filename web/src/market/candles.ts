/** The candles of one series in order: closed ones are final, at most one forming bar lies behind them. */

import type { Candle } from '@trade-canvas/client';

/** Neighbouring closed candles that are more than one timeframe apart. */
export interface Hole {
    readonly afterTime: number;
    readonly beforeTime: number;
    readonly missing: number;
}

/** How much a change touched: nothing, bars at the end only, or bars anywhere. */
export type Change = 'none' | 'tail' | 'all';

/** At the bound the oldest tenth is forgotten, so that a page left open for weeks keeps its size. */
export const CLOSED_CANDLES_MAX = 10_000;

export class CandleBook {
    readonly timeframeSeconds: number;
    readonly #closedMax: number;
    #closed: Candle[] = [];
    #forming: Candle | null = null;
    #holes: Hole[] | null = null;

    constructor(timeframeSeconds: number, closedMax: number = CLOSED_CANDLES_MAX) {
        this.timeframeSeconds = timeframeSeconds;
        this.#closedMax = closedMax;
    }

    get closed(): readonly Candle[] {
        return this.#closed;
    }

    get forming(): Candle | null {
        return this.#forming;
    }

    /** The forming bar, or else the newest closed candle. */
    get last(): Candle | null {
        return this.#forming ?? this.#closed.at(-1) ?? null;
    }

    get lastClosedTime(): number | null {
        return this.#closed.at(-1)?.candle_time ?? null;
    }

    /** Holes in ascending order. A hole before a forming bar does not count: its closed candle may be on its way. */
    get holes(): readonly Hole[] {
        this.#holes ??= findHoles(this.#closed, this.timeframeSeconds);
        return this.#holes;
    }

    /** Merges candles read from the store: they may lie anywhere and replace what is known at their time. */
    merge(candles: readonly Candle[]): Change {
        return this.#put(candles, true);
    }

    /** Adds pushed closed candles. A time that is already known keeps its candle: closed is final. */
    add(candles: readonly Candle[]): Change {
        return this.#put(candles, false);
    }

    /** Moves the forming bar. Anything at or before the newest closed candle or before the forming bar is dropped. */
    form(candle: Candle): Change {
        if (candle.candle_time <= (this.lastClosedTime ?? -Infinity)) return 'none';
        if (this.#forming !== null && candle.candle_time < this.#forming.candle_time) return 'none';
        this.#forming = candle;
        return 'tail';
    }

    #put(candles: readonly Candle[], replaces: boolean): Change {
        const headTime = this.lastClosedTime ?? -Infinity;
        const byTime = new Map<number, Candle>();
        for (const candle of candles) byTime.set(candle.candle_time, candle);
        const incoming = [...byTime.values()].sort((left, right) => left.candle_time - right.candle_time);
        const later = incoming.filter((candle) => candle.candle_time > headTime);
        const touchedInside = this.#putInside(incoming.slice(0, incoming.length - later.length), replaces);
        this.#closed.push(...later);
        if (!touchedInside && later.length === 0) return 'none';
        this.#holes = null;
        const trimmed = this.#trim();
        this.#dropOvertakenForming();
        return touchedInside || trimmed || headTime === -Infinity ? 'all' : 'tail';
    }

    /** Puts candles at or before the head; `candles` ascend. */
    #putInside(candles: readonly Candle[], replaces: boolean): boolean {
        if (candles.length === 0) return false;
        const known = new Map(this.#closed.map((candle) => [candle.candle_time, candle]));
        const changes = candles.filter((candle) => {
            const current = known.get(candle.candle_time);
            return current === undefined || (replaces && !sameValues(current, candle));
        });
        if (changes.length === 0) return false;
        for (const candle of changes) known.set(candle.candle_time, candle);
        this.#closed = [...known.values()].sort((left, right) => left.candle_time - right.candle_time);
        return true;
    }

    #trim(): boolean {
        if (this.#closed.length <= this.#closedMax) return false;
        this.#closed = this.#closed.slice(-Math.ceil(this.#closedMax * 0.9));
        return true;
    }

    #dropOvertakenForming(): void {
        if (this.#forming !== null && this.#forming.candle_time <= (this.lastClosedTime ?? -Infinity)) {
            this.#forming = null;
        }
    }
}

function findHoles(closed: readonly Candle[], timeframeSeconds: number): Hole[] {
    const holes: Hole[] = [];
    for (let index = 1; index < closed.length; index += 1) {
        const afterTime = closed[index - 1]!.candle_time;
        const beforeTime = closed[index]!.candle_time;
        const distance = beforeTime - afterTime;
        if (distance <= timeframeSeconds) continue;
        // A distance between one and two timeframes lacks no whole candle, yet it is not continuous: it counts as one.
        const missing = Math.max(1, Math.floor(distance / timeframeSeconds) - 1);
        holes.push({ afterTime, beforeTime, missing });
    }
    return holes;
}

function sameValues(left: Candle, right: Candle): boolean {
    return (
        left.open === right.open &&
        left.high === right.high &&
        left.low === right.low &&
        left.close === right.close &&
        left.volume === right.volume
    );
}
