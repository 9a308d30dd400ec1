/** The line below the chart: how many candles, which gaps, from when to when. */

import { zoneName } from '../chart/local-time.ts';
import type { CandleBook, Hole } from '../market/candles.ts';
import { element } from './elements.ts';
import { formatDayAndTime, plural } from './format.ts';

export class Facts {
    readonly #candles = element('foot-candles', HTMLElement);
    readonly #gaps = element('foot-gaps', HTMLButtonElement);
    readonly #range = element('foot-range', HTMLElement);
    readonly #zone = element('foot-zone', HTMLElement);
    #holes: readonly Hole[] = [];
    #nextHole = -1;

    /** A click on the gaps goes through them from the newest to the oldest. */
    constructor(onGap: (hole: Hole) => void) {
        this.#gaps.addEventListener('click', () => {
            const hole = this.#holes.at(this.#nextHole);
            if (hole === undefined) return;
            this.#nextHole = -this.#nextHole >= this.#holes.length ? -1 : this.#nextHole - 1;
            onGap(hole);
        });
    }

    show(book: CandleBook): void {
        const { closed, holes } = book;
        this.#candles.textContent = closed.length === 0 ? 'no candles' : plural(closed.length, 'candle');
        this.#range.textContent =
            closed.length === 0
                ? ''
                : `${formatDayAndTime(closed[0]!.candle_time)} – ${formatDayAndTime(closed.at(-1)!.candle_time)}`;
        this.#zone.textContent = `local time, ${zoneName(new Date())}`;
        if (holes.length !== this.#holes.length) this.#nextHole = -1;
        this.#holes = holes;
        const missing = holes.reduce((sum, hole) => sum + hole.missing, 0);
        this.#gaps.hidden = holes.length === 0;
        this.#gaps.textContent = `${plural(holes.length, 'gap')}, ${plural(missing, 'candle')} missing`;
        this.#gaps.title = 'Show the gaps one after the other';
    }
}
