import type { Clock } from '../src/clock.ts';

interface Task {
    readonly dueMs: number;
    readonly order: number;
    readonly run: () => void;
}

/** A clock that stands still until a test turns it; due tasks run in the order of their times. */
export class FakeClock implements Clock {
    #nowMs: number;
    #order = 0;
    readonly #tasks = new Set<Task>();

    constructor(startMs = 1_000_000) {
        this.#nowMs = startMs;
    }

    nowMs(): number {
        return this.#nowMs;
    }

    after(delayMs: number, run: () => void): () => void {
        const task: Task = { dueMs: this.#nowMs + delayMs, order: this.#order++, run };
        this.#tasks.add(task);
        return () => this.#tasks.delete(task);
    }

    get waitingTasks(): number {
        return this.#tasks.size;
    }

    advance(milliseconds: number): void {
        const untilMs = this.#nowMs + milliseconds;
        for (let task = this.#nextUntil(untilMs); task !== undefined; task = this.#nextUntil(untilMs)) {
            this.#tasks.delete(task);
            this.#nowMs = task.dueMs;
            task.run();
        }
        this.#nowMs = untilMs;
    }

    #nextUntil(untilMs: number): Task | undefined {
        return [...this.#tasks]
            .filter((task) => task.dueMs <= untilMs)
            .sort((left, right) => left.dueMs - right.dueMs || left.order - right.order)[0];
    }
}
