/** What the page knows, as `data-` attributes of the root element: for tests and scripts that watch the page. */

import type { ConnectionState } from '@trade-canvas/client';

import type { CandleBook } from '../market/candles.ts';

const root = document.documentElement;

export function publishState(state: ConnectionState): void {
    root.dataset['state'] = state;
}

/** `ready` tells that the history is loaded and the series is subscribed. */
export function publishBook(seriesId: string, ready: boolean, book: CandleBook): void {
    const { closed, forming, holes } = book;
    set('series', seriesId);
    set('ready', String(ready));
    set('candles', String(closed.length));
    set('lastClosed', textOf(book.lastClosedTime));
    set('lastClose', textOf(closed.at(-1)?.close));
    set('forming', textOf(forming?.candle_time));
    set('formingClose', textOf(forming?.close));
    set('gaps', String(holes.length));
    set('missing', String(holes.reduce((sum, hole) => sum + hole.missing, 0)));
}

function textOf(value: number | null | undefined): string | undefined {
    return value === null || value === undefined ? undefined : String(value);
}

function set(name: string, value: string | undefined): void {
    if (value === undefined) delete root.dataset[name];
    else if (root.dataset[name] !== value) root.dataset[name] = value;
}
