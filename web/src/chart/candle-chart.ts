/** The chart: candles, volume and shaded holes of one book. Owns the library's objects; everything else sees this. */

import {
    CandlestickSeries,
    ColorType,
    CrosshairMode,
    HistogramSeries,
    LineStyle,
    createChartEx,
    type CandlestickData,
    type DeepPartial,
    type HistogramData,
    type IChartApiBase,
    type ISeriesApi,
    type Time,
    type TimeChartOptions,
    type WhitespaceData,
} from 'lightweight-charts';
import type { Candle } from '@trade-canvas/client';

import type { CandleBook, Change, Hole } from '../market/candles.ts';
import { slotsOf, type Slot } from './bars.ts';
import { GapShading } from './gap-shading.ts';
import { LocalTimeScale, formatMoment, formatTick } from './local-time.ts';
import type { Palette } from './palette.ts';
import { decimalsOf, formatPrice } from './price.ts';

export interface CandleChartListener {
    /** Open time of the bar under the pointer, or null. */
    onHover(candleTime: number | null): void;
    /** True while the newest bar is out of sight. */
    onScrolledAway(away: boolean): void;
}

const BAR_SPACING_PX = 8;
const BARS_RIGHT_OF_LAST = 6;
const BARS_AROUND_HOLE = 30;
/** Share of the height for the volume at the bottom. */
const VOLUME_SHARE = 0.18;

const CHART_OPTIONS: DeepPartial<TimeChartOptions> = {
    autoSize: true,
    crosshair: { mode: CrosshairMode.Normal },
    localization: { timeFormatter: (time: Time) => formatMoment(Number(time)) },
    timeScale: {
        barSpacing: BAR_SPACING_PX,
        rightOffset: BARS_RIGHT_OF_LAST,
        timeVisible: true,
        secondsVisible: false,
        tickMarkFormatter: formatTick,
    },
    rightPriceScale: { scaleMargins: { top: 0.1, bottom: VOLUME_SHARE + 0.06 } },
};

/** What of a book is on the canvas, to tell an update at the end from a redraw. */
interface Drawn {
    readonly closedTime: number;
    readonly formingTime: number | null;
    readonly holes: number;
}

export class CandleChart {
    readonly #chart: IChartApiBase<Time>;
    readonly #candles: ISeriesApi<'Candlestick', Time>;
    readonly #volume: ISeriesApi<'Histogram', Time>;
    readonly #gaps: GapShading;
    #palette: Palette;
    #drawn: Drawn | null = null;
    #decimals = 2;

    constructor(container: HTMLElement, palette: Palette, listener: CandleChartListener) {
        this.#palette = palette;
        this.#chart = createChartEx<Time, LocalTimeScale>(container, new LocalTimeScale(), CHART_OPTIONS);
        this.#volume = this.#chart.addSeries(HistogramSeries, {
            priceScaleId: 'volume',
            priceFormat: { type: 'volume' },
            lastValueVisible: false,
            priceLineVisible: false,
        });
        this.#volume.priceScale().applyOptions({ scaleMargins: { top: 1 - VOLUME_SHARE, bottom: 0 } });
        this.#candles = this.#chart.addSeries(CandlestickSeries, {});
        this.#gaps = new GapShading(palette);
        this.#candles.attachPrimitive(this.#gaps);
        this.#applyPalette();
        this.#listen(listener);
    }

    /** Decimals with which the prices of the drawn series are shown. */
    get decimals(): number {
        return this.#decimals;
    }

    /** Forgets the series; the next draw starts at the newest bar again. */
    clear(): void {
        this.#drawn = null;
        this.#candles.setData([]);
        this.#volume.setData([]);
        this.#gaps.show([], this.#palette);
        // Without bars the axis would keep the prices of the series before.
        this.#chart.applyOptions({ rightPriceScale: { visible: false } });
    }

    draw(book: CandleBook, change: Change): void {
        if (change === 'none') return;
        const first = this.#drawn === null;
        const appended = change === 'tail' ? this.#appended(book) : null;
        if (appended === null) this.#drawAll(book);
        else for (const slot of appended) this.#update(slot);
        this.#drawn = {
            closedTime: book.lastClosedTime ?? -Infinity,
            formingTime: book.forming?.candle_time ?? null,
            holes: book.holes.length,
        };
        if (!first) return;
        this.#chart.applyOptions({ rightPriceScale: { visible: true } });
        this.showLatest();
    }

    setPalette(palette: Palette, book: CandleBook | null): void {
        this.#palette = palette;
        this.#applyPalette();
        if (book !== null) this.#drawAll(book);
    }

    showLatest(): void {
        this.#chart.timeScale().applyOptions({ barSpacing: BAR_SPACING_PX });
        this.#chart.timeScale().scrollToPosition(BARS_RIGHT_OF_LAST, false);
        this.#chart.priceScale('right').applyOptions({ autoScale: true });
    }

    showHole(hole: Hole): void {
        const scale = this.#chart.timeScale();
        const from = scale.timeToIndex(hole.afterTime as Time);
        const to = scale.timeToIndex(hole.beforeTime as Time);
        if (from === null || to === null) return;
        scale.setVisibleLogicalRange({ from: from - BARS_AROUND_HOLE, to: to + BARS_AROUND_HOLE });
    }

    /** The bars that a change at the end of the book adds to the canvas, or null when it needs a full redraw. */
    #appended(book: CandleBook): Slot[] | null {
        const drawn = this.#drawn;
        if (drawn === null || drawn.holes !== book.holes.length) return null;
        const slots: Slot[] = [];
        for (let index = book.closed.length - 1; index >= 0; index -= 1) {
            const candle = book.closed[index]!;
            if (candle.candle_time <= drawn.closedTime) break;
            slots.unshift({ time: candle.candle_time, candle });
        }
        if (book.forming !== null) slots.push({ time: book.forming.candle_time, candle: book.forming });
        // A drawn forming bar that is neither closed nor forming now, or lies behind a new bar, cannot be taken back.
        const firstTime = slots[0]?.time ?? Infinity;
        if (drawn.formingTime !== null && drawn.formingTime !== firstTime) return null;
        // A finer price than any before changes how all of them are written.
        const candles = slots.flatMap((slot) => slot.candle ?? []);
        return candles.length > 0 && decimalsOf(candles) > this.#decimals ? null : slots;
    }

    #update(slot: Slot): void {
        this.#candles.update(candleBar(slot));
        this.#volume.update(this.#volumeBar(slot));
    }

    #drawAll(book: CandleBook): void {
        this.#decimals = decimalsOf(book.forming === null ? book.closed : [...book.closed, book.forming]);
        this.#candles.applyOptions({
            priceFormat: {
                type: 'custom',
                minMove: 10 ** -this.#decimals,
                formatter: (price: number) => formatPrice(price, this.#decimals),
            },
        });
        const slots = slotsOf(book.closed, book.forming, book.holes);
        this.#candles.setData(slots.map(candleBar));
        this.#volume.setData(slots.map((slot) => this.#volumeBar(slot)));
        this.#gaps.show(book.holes, this.#palette);
    }

    #volumeBar(slot: Slot): HistogramData<Time> | WhitespaceData<Time> {
        const time = slot.time as Time;
        if (slot.candle === null) return { time };
        const { volume: value } = slot.candle;
        return { time, value, color: rises(slot.candle) ? this.#palette.volumeUp : this.#palette.volumeDown };
    }

    #applyPalette(): void {
        const { background, text, grid, border, crosshair, label, up, down, font } = this.#palette;
        const crosshairLine = { color: crosshair, style: LineStyle.Dashed, labelBackgroundColor: label };
        this.#chart.applyOptions({
            layout: {
                background: { type: ColorType.Solid, color: background },
                textColor: text,
                fontFamily: font,
                fontSize: 11,
            },
            grid: { vertLines: { color: grid }, horzLines: { color: grid } },
            crosshair: { vertLine: crosshairLine, horzLine: crosshairLine },
            rightPriceScale: { borderColor: border },
            timeScale: { borderColor: border },
        });
        this.#candles.applyOptions({
            upColor: up,
            downColor: down,
            wickUpColor: up,
            wickDownColor: down,
            borderVisible: false,
        });
    }

    #listen(listener: CandleChartListener): void {
        this.#chart.subscribeCrosshairMove(({ time }) => listener.onHover(time === undefined ? null : Number(time)));
        const scale = this.#chart.timeScale();
        scale.subscribeVisibleLogicalRangeChange(() => listener.onScrolledAway(scale.scrollPosition() < -1));
    }
}

export function rises(candle: Candle): boolean {
    return candle.close >= candle.open;
}

function candleBar(slot: Slot): CandlestickData<Time> | WhitespaceData<Time> {
    const time = slot.time as Time;
    if (slot.candle === null) return { time };
    const { open, high, low, close } = slot.candle;
    return { time, open, high, low, close };
}
