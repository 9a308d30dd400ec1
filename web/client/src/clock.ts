/** Time as a dependency, so that tests can turn it by hand. */
export interface Clock {
    nowMs(): number;
    /** Runs the task once after the delay; the returned function cancels it and may be called at any time. */
    after(delayMs: number, task: () => void): () => void;
}

export const systemClock: Clock = {
    nowMs: () => Date.now(),
    after(delayMs, task) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
    },
};
