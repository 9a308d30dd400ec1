/** Draws the holes of a series behind its candles: a hatched band that says how many candles are missing. */

import type {
    IPrimitivePaneRenderer,
    IPrimitivePaneView,
    ISeriesPrimitive,
    PrimitivePaneViewZOrder,
    SeriesAttachedParameter,
    Time,
} from 'lightweight-charts';

import type { Hole } from '../market/candles.ts';
import type { Palette } from './palette.ts';

type Target = Parameters<IPrimitivePaneRenderer['draw']>[0];
type Scope = Parameters<Parameters<Target['useBitmapCoordinateSpace']>[0]>[0];

interface Band {
    readonly left: number;
    readonly right: number;
    readonly label: string;
}

const HATCH_PX = 7;
const LABEL_PX = 11;
const LABEL_TOP_PX = 54;
/** Too narrow for a line of text, a band gets its label upright; narrower still, none. */
const UPRIGHT_WIDTH_PX = 14;

export class GapShading implements ISeriesPrimitive<Time> {
    #attached: SeriesAttachedParameter<Time> | null = null;
    #holes: readonly Hole[] = [];
    #palette: Palette;
    readonly #views: readonly IPrimitivePaneView[];

    constructor(palette: Palette) {
        this.#palette = palette;
        this.#views = [
            viewAt('bottom', (target) => this.#drawBands(target, (scope, band) => this.#band(scope, band))),
            viewAt('top', (target) => this.#drawBands(target, (scope, band) => this.#label(scope, band))),
        ];
    }

    show(holes: readonly Hole[], palette: Palette): void {
        this.#holes = holes;
        this.#palette = palette;
        this.#attached?.requestUpdate();
    }

    attached(parameter: SeriesAttachedParameter<Time>): void {
        this.#attached = parameter;
    }

    detached(): void {
        this.#attached = null;
    }

    paneViews(): readonly IPrimitivePaneView[] {
        return this.#views;
    }

    #drawBands(target: Target, drawBand: (scope: Scope, band: Band) => void): void {
        const bands = this.#bands();
        if (bands.length === 0) return;
        target.useBitmapCoordinateSpace((scope) => {
            for (const band of bands) drawBand(scope, inBitmap(band, scope));
        });
    }

    #bands(): Band[] {
        if (this.#attached === null) return [];
        const scale = this.#attached.chart.timeScale();
        const half = scale.options().barSpacing / 2;
        const bands: Band[] = [];
        for (const hole of this.#holes) {
            const after = scale.timeToCoordinate(hole.afterTime as Time);
            const before = scale.timeToCoordinate(hole.beforeTime as Time);
            if (after === null || before === null || before < 0 || after > scale.width()) continue;
            bands.push({ left: after + half, right: before - half, label: `${hole.missing} missing` });
        }
        return bands;
    }

    #band(scope: Scope, { left, right }: Band): void {
        const { context, bitmapSize } = scope;
        context.save();
        context.beginPath();
        context.rect(left, 0, right - left, bitmapSize.height);
        context.clip();
        context.fillStyle = this.#palette.gapFill;
        context.fillRect(left, 0, right - left, bitmapSize.height);
        this.#hatch(scope, left, right);
        this.#edges(scope, left, right);
        context.restore();
    }

    #hatch({ context, horizontalPixelRatio: ratio, bitmapSize }: Scope, left: number, right: number): void {
        context.strokeStyle = this.#palette.gap;
        context.globalAlpha = 0.16;
        context.lineWidth = ratio;
        context.beginPath();
        // Anchored at the canvas, not at the band, so that the pattern of neighbouring bands lines up.
        const step = HATCH_PX * ratio;
        const start = Math.floor((left - bitmapSize.height) / step) * step;
        for (let x = start; x < right; x += step) {
            context.moveTo(x, bitmapSize.height);
            context.lineTo(x + bitmapSize.height, 0);
        }
        context.stroke();
    }

    #edges({ context, horizontalPixelRatio: ratio, bitmapSize }: Scope, left: number, right: number): void {
        context.globalAlpha = 0.7;
        context.setLineDash([3 * ratio, 3 * ratio]);
        context.beginPath();
        for (const x of [left + ratio / 2, right - ratio / 2]) {
            context.moveTo(x, 0);
            context.lineTo(x, bitmapSize.height);
        }
        context.stroke();
    }

    #label(scope: Scope, { left, right, label }: Band): void {
        const { context, horizontalPixelRatio: ratio } = scope;
        context.save();
        context.font = `600 ${LABEL_PX * ratio}px ${this.#palette.font}`;
        context.fillStyle = this.#palette.gap;
        context.textBaseline = 'middle';
        const width = right - left;
        context.translate(left + width / 2, LABEL_TOP_PX * ratio);
        if (width >= context.measureText(label).width + 8 * ratio) {
            context.textAlign = 'center';
            context.fillText(label, 0, 0);
        } else if (width >= UPRIGHT_WIDTH_PX * ratio) {
            context.textAlign = 'right';
            context.rotate(-Math.PI / 2);
            context.fillText(label, 0, 0);
        }
        context.restore();
    }
}

/** In device pixels and cut to the canvas; at least one pixel wide. */
function inBitmap(band: Band, { horizontalPixelRatio: ratio, bitmapSize }: Scope): Band {
    const left = Math.max(0, Math.round(band.left * ratio));
    const right = Math.min(bitmapSize.width, Math.max(left + 1, Math.round(band.right * ratio)));
    return { left, right, label: band.label };
}

function viewAt(zOrder: PrimitivePaneViewZOrder, draw: IPrimitivePaneRenderer['draw']): IPrimitivePaneView {
    const renderer: IPrimitivePaneRenderer = { draw };
    return { zOrder: () => zOrder, renderer: () => renderer };
}
