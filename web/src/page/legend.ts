/** Values of the bar under the pointer, or of the newest one. */

import type { Candle } from '@trade-canvas/client';

import { rises } from '../chart/candle-chart.ts';
import { formatPrice } from '../chart/price.ts';
import { element } from './elements.ts';
import { formatDayAndTime, formatPercent, formatVolume } from './format.ts';

export class Legend {
    readonly #root = element('legend', HTMLElement);

    show(candle: Candle | null, decimals: number): void {
        if (candle === null) {
            this.#root.replaceChildren();
            return;
        }
        const tone = rises(candle) ? 'up' : 'down';
        const price = (value: number): string => formatPrice(value, decimals);
        const change = candle.open === 0 ? '–' : formatPercent(candle.close / candle.open - 1);
        this.#root.replaceChildren(
            entry('', formatDayAndTime(candle.candle_time), ''),
            entry('O', price(candle.open), tone),
            entry('H', price(candle.high), tone),
            entry('L', price(candle.low), tone),
            entry('C', price(candle.close), tone),
            entry('', change, tone),
            entry('V', formatVolume(candle.volume), ''),
        );
    }
}

function entry(name: string, value: string, tone: string): HTMLElement {
    const group = document.createElement('div');
    if (name !== '') {
        const term = document.createElement('dt');
        term.textContent = name;
        group.append(term);
    }
    const definition = document.createElement('dd');
    definition.textContent = value;
    if (tone !== '') definition.className = tone;
    group.append(definition);
    return group;
}
