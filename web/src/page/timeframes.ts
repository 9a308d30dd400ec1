/** Links to the other offered timeframes of the same symbol. */

import { parseSeriesId, sameInstrument, type SeriesId } from '@trade-canvas/client';

import { element } from './elements.ts';
import { addressOf } from './location.ts';

export class Timeframes {
    readonly #root = element('timeframes', HTMLElement);
    readonly #onPick: (seriesId: string) => void;

    constructor(onPick: (seriesId: string) => void) {
        this.#onPick = onPick;
    }

    show(current: string, offered: readonly string[]): void {
        const siblings = siblingsOf(current, offered);
        this.#root.hidden = siblings.length < 2;
        this.#root.replaceChildren(...siblings.map((series) => this.#link(series, series.text === current)));
    }

    #link(series: SeriesId, isCurrent: boolean): HTMLAnchorElement {
        const link = document.createElement('a');
        link.href = addressOf(series.text);
        link.textContent = series.timeframe;
        if (isCurrent) link.setAttribute('aria-current', 'true');
        link.addEventListener('click', (event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            this.#onPick(series.text);
        });
        return link;
    }
}

function siblingsOf(current: string, offered: readonly string[]): SeriesId[] {
    const own = parseSeriesId(current);
    if (own === null) return [];
    return [...new Set([current, ...offered])]
        .map(parseSeriesId)
        .filter((series): series is SeriesId => series !== null && sameInstrument(series, own))
        .sort((left, right) => left.timeframeSeconds - right.timeframeSeconds);
}
