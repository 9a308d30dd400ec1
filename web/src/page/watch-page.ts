/** The page around one watched series at a time: owns the watch and tells every part of the page what to show. */

import { timeframeSecondsOf, type Clock, type ConnectionStatus, type MarketClient } from '@trade-canvas/client';

import { CandleChart } from '../chart/candle-chart.ts';
import { paletteOf } from '../chart/palette.ts';
import { formatPrice } from '../chart/price.ts';
import type { MarketApi } from '../market/api.ts';
import type { CandleBook, Change } from '../market/candles.ts';
import { SeriesWatch, type WatchNotice } from '../market/watch.ts';
import { Connection } from './connection.ts';
import { element } from './elements.ts';
import { Facts } from './facts.ts';

import { publishBook, publishState } from './hook.ts';
import { Legend } from './legend.ts';
import { textOf } from './notice-text.ts';
import { Notices } from './notices.ts';
import { Quote } from './quote.ts';
import { ThemeToggle } from './theme.ts';

const TICK_MS = 1_000;

export interface PageDependencies {
    readonly api: MarketApi;
    readonly client: MarketClient;
    readonly clock: Clock;
    readonly random: () => number;
}

export class WatchPage {
    readonly #dependencies: PageDependencies;
    readonly #chartBox = element('chart', HTMLElement);
    readonly #empty = element('empty', HTMLElement);
    readonly #latest = element('latest', HTMLButtonElement);
    readonly #chart: CandleChart;
    readonly #quote = new Quote();
    readonly #legend = new Legend();
    readonly #notices = new Notices();
    readonly #facts: Facts;
    readonly #connection: Connection;

    #watch: SeriesWatch | null = null;
    #ready = false;
    #updatedAtMs: number | null = null;
    #hoveredTime: number | null = null;
    #pending: Change = 'none';
    #frameRequested = false;

    constructor(dependencies: PageDependencies) {
        this.#dependencies = dependencies;
        const { client } = dependencies;
        this.#connection = new Connection(() => client.wake());
        new ThemeToggle(() => this.#chart.setPalette(paletteOf(document.documentElement), this.#book));
        this.#chart = new CandleChart(this.#chartBox, paletteOf(document.documentElement), {
            onHover: (time) => this.#hover(time),
            onScrolledAway: (away) => (this.#latest.hidden = !away),
        });
        this.#latest.addEventListener('click', () => this.#chart.showLatest());
        this.#facts = new Facts((hole) => this.#chart.showHole(hole));
        window.setInterval(() => this.#tick(), TICK_MS);
        this.#tick();
    }

    /** Leaves the current series and watches another one. */
    watch(seriesId: string): void {
        this.#watch?.stop();
        this.#watch = null;
        this.#ready = false;
        this.#updatedAtMs = null;
        this.#hoveredTime = null;
        this.#pending = 'none';
        this.#chart.clear();
        this.#notices.clear();
        this.#legend.show(null, this.#chart.decimals);
        const timeframeSeconds = timeframeSecondsOf(seriesId);
        if (timeframeSeconds === null) {
            this.#explain(`“${seriesId}” is no series id: it has to end in a timeframe such as :1m, :4h or :1d.`);
            return;
        }
        this.#explain('Loading candles…');
        const watch: SeriesWatch = new SeriesWatch(seriesId, timeframeSeconds, this.#dependencies, {
            onReady: () => this.#onReady(watch),
            onChange: (change) => this.#onChange(watch, change),
            onUpdate: () => this.#onUpdate(watch),
            onNotice: (notice) => this.#onNotice(watch, notice),
        });
        this.#watch = watch;
        this.#refresh(watch);
        void watch.start();
    }

    /** Shown while no series is watched. */
    explainNothingWatched(): void {
        this.#explain('No series chosen. Pick one above, or type a series id such as binance:futures:BTC/USDT:1m.');
    }

    showStatus(status: ConnectionStatus): void {
        publishState(status.state);
        this.#connection.showStatus(status, this.#dependencies.clock.nowMs());
    }

    notify(text: string): void {
        this.#notices.show(text, 'bad');
    }

    get #book(): CandleBook | null {
        return this.#watch?.book ?? null;
    }

    #onReady(watch: SeriesWatch): void {
        if (watch !== this.#watch) return;
        this.#ready = true;
        this.#refresh(watch);
        this.#showEmptiness(watch);
    }

    #onChange(watch: SeriesWatch, change: Change): void {
        if (watch !== this.#watch) return;
        if (this.#pending !== 'all') this.#pending = change;
        this.#showEmptiness(watch);
        this.#refresh(watch);
        if (this.#frameRequested) return;
        this.#frameRequested = true;
        window.requestAnimationFrame(() => this.#drawFrame());
    }

    #onUpdate(watch: SeriesWatch): void {
        if (watch !== this.#watch) return;
        this.#updatedAtMs = this.#dependencies.clock.nowMs();
        this.#showAge();
    }

    #onNotice(watch: SeriesWatch, notice: WatchNotice): void {
        if (watch !== this.#watch) return;
        const [text, tone] = textOf(notice);
        this.#notices.show(text, tone);
    }

    /** Everything but the canvas; cheap enough for every message, and right even while the tab is hidden. */
    #refresh(watch: SeriesWatch): void {
        const { book, seriesId } = watch;
        publishBook(seriesId, this.#ready, book);
        this.#facts.show(book);
        this.#quote.show(seriesId, book, this.#chart.decimals);
    }

    /** Browsers run this once per picture at most, so that a burst of messages costs one redraw. */
    #drawFrame(): void {
        this.#frameRequested = false;
        const watch = this.#watch;
        const change = this.#pending;
        this.#pending = 'none';
        if (watch === null) return;
        this.#chart.draw(watch.book, change);
        if (change === 'all') this.#quote.show(watch.seriesId, watch.book, this.#chart.decimals);
        this.#showLegend();
        this.#describe(watch);
    }

    #hover(time: number | null): void {
        this.#hoveredTime = time;
        this.#showLegend();
    }

    #showLegend(): void {
        const book = this.#book;
        const hovered = book?.closed.findLast((candle) => candle.candle_time === this.#hoveredTime);
        this.#legend.show(hovered ?? book?.last ?? null, this.#chart.decimals);
    }

    #describe(watch: SeriesWatch): void {
        const { book, seriesId } = watch;
        const last = book.closed.at(-1);
        const price = last === undefined ? '' : `, last close ${formatPrice(last.close, this.#chart.decimals)}`;
        this.#chartBox.setAttribute('aria-label', `Candles of ${seriesId}${price}`);
    }

    #showEmptiness(watch: SeriesWatch): void {
        if (watch.book.last !== null) this.#empty.hidden = true;
        else if (this.#ready) this.#explain(`No candles of ${watch.seriesId} yet. The first appears here by itself.`);
    }

    #explain(text: string): void {
        this.#empty.textContent = text;
        this.#empty.hidden = false;
    }

    #tick(): void {
        this.showStatus(this.#dependencies.client.status);
        this.#showAge();
    }

    #showAge(): void {
        const book = this.#book;
        this.#connection.showAge(book === null ? null : this.#ageSeconds(book), book?.timeframeSeconds ?? 0);
    }

    /** Until something arrives, the end of the newest closed candle counts as the last update. */
    #ageSeconds(book: CandleBook): number | null {
        const nowMs = this.#dependencies.clock.nowMs();
        if (this.#updatedAtMs !== null) return (nowMs - this.#updatedAtMs) / 1_000;
        if (book.lastClosedTime === null) return null;
        return Math.max(0, nowMs / 1_000 - book.lastClosedTime - book.timeframeSeconds);
    }
}
