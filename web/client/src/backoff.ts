/** Exponential backoff with full jitter: clients that lost one server do not come back at the same moment. */
export class Backoff {
    readonly #baseMs: number;
    readonly #capMs: number;
    readonly #random: () => number;
    #attempts = 0;

    /** `random` returns values in [0, 1). */
    constructor(baseMs: number, capMs: number, random: () => number) {
        this.#baseMs = baseMs;
        this.#capMs = capMs;
        this.#random = random;
    }

    /** Delays handed out since the last reset. */
    get attempts(): number {
        return this.#attempts;
    }

    /** Any part of the ceiling, which doubles with each attempt and is never below `ceilingMsMin`. */
    nextDelayMs(ceilingMsMin = 0): number {
        const ceilingMs = Math.min(this.#capMs, this.#baseMs * 2 ** this.#attempts);
        this.#attempts += 1;
        return this.#random() * Math.max(ceilingMs, ceilingMsMin);
    }

    reset(): void {
        this.#attempts = 0;
    }
}
