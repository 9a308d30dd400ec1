/** Last price and change, in the bar and in the title of the tab. */

import { parseSeriesId } from '@trade-canvas/client';

import { formatPrice } from '../chart/price.ts';
import type { CandleBook } from '../market/candles.ts';
import { changeOf } from './change.ts';
import { element } from './elements.ts';
import { formatPercent, formatSpan } from './format.ts';

export class Quote {
    readonly #root = element('quote', HTMLElement);
    readonly #price = element('quote-price', HTMLElement);
    readonly #change = element('quote-change', HTMLElement);

    show(seriesId: string, book: CandleBook, decimals: number): void {
        const last = book.last;
        const series = parseSeriesId(seriesId);
        const name = series === null ? seriesId : `${series.symbol} ${series.timeframe}`;
        document.title = last === null ? `${name} – trade-canvas` : `${formatPrice(last.close, decimals)} ${name}`;
        this.#price.textContent = last === null ? '–' : formatPrice(last.close, decimals);
        const change = changeOf(book);
        if (change === null) {
            this.#root.dataset['direction'] = 'flat';
            this.#change.replaceChildren();
            return;
        }
        this.#root.dataset['direction'] = change.ratio > 0 ? 'up' : change.ratio < 0 ? 'down' : 'flat';
        const span = document.createElement('small');
        span.textContent = change.spanSeconds === 86_400 ? '24h' : formatSpan(change.spanSeconds);
        const arrow = change.ratio > 0 ? '▲ ' : change.ratio < 0 ? '▼ ' : '';
        this.#change.replaceChildren(`${arrow}${formatPercent(change.ratio)} `, span);
    }
}
