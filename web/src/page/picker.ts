/** The series picker: a combobox over the offered series that also takes any other series id. */

import { parseSeriesId, timeframeSecondsOf } from '@trade-canvas/client';

import { element } from './elements.ts';

/** A long list is no help while typing; the text narrows it. */
const OPTIONS_MAX = 100;

export class SeriesPicker {
    readonly #input = element('picker-input', HTMLInputElement);
    readonly #list = element('picker-list', HTMLElement);
    readonly #onPick: (seriesId: string) => void;
    #offered: readonly string[] = [];
    #current = '';
    #options: readonly string[] = [];
    #active = -1;

    constructor(onPick: (seriesId: string) => void) {
        this.#onPick = onPick;
        this.#input.addEventListener('focus', () => this.#edit());
        this.#input.addEventListener('blur', () => this.#leave());
        this.#input.addEventListener('input', () => this.#narrow(this.#input.value));
        this.#input.addEventListener('keydown', (event) => this.#onKey(event));
        // Keeps the focus in the field, so that a click on an option is not a blur first.
        this.#list.addEventListener('pointerdown', (event) => event.preventDefault());
        document.addEventListener('keydown', (event) => this.#onShortcut(event));
    }

    setOffered(seriesIds: readonly string[]): void {
        this.#offered = seriesIds;
        if (document.activeElement === this.#input) this.#narrow('');
    }

    setCurrent(seriesId: string): void {
        this.#current = seriesId;
        if (document.activeElement !== this.#input) this.#input.value = titleOf(seriesId);
        this.#input.title = seriesId;
    }

    #edit(): void {
        this.#input.value = this.#current;
        this.#input.select();
        this.#narrow('');
    }

    #leave(): void {
        this.#list.hidden = true;
        this.#input.setAttribute('aria-expanded', 'false');
        this.#input.removeAttribute('aria-invalid');
        this.#input.value = this.#current === '' ? '' : titleOf(this.#current);
    }

    #narrow(text: string): void {
        this.#input.removeAttribute('aria-invalid');
        this.#options = optionsFor(text.trim(), this.#offered);
        this.#active = text === '' ? this.#options.indexOf(this.#current) : this.#options.length > 0 ? 0 : -1;
        this.#draw();
    }

    #draw(): void {
        const options = this.#options.map((seriesId, index) => this.#option(seriesId, index));
        this.#list.replaceChildren(...options);
        if (options.length === 0) this.#list.append(hint(this.#input.value));
        this.#list.hidden = false;
        this.#input.setAttribute('aria-expanded', 'true');
        const active = options[this.#active];
        this.#input.setAttribute('aria-activedescendant', active?.id ?? '');
        active?.scrollIntoView({ block: 'nearest' });
    }

    #option(seriesId: string, index: number): HTMLElement {
        const option = document.createElement('div');
        option.id = `picker-option-${index}`;
        option.className = 'picker-option';
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', String(index === this.#active));
        option.append(...labelsOf(seriesId));
        option.addEventListener('click', () => this.#pick(seriesId));
        return option;
    }

    #onKey(event: KeyboardEvent): void {
        if (event.isComposing) return;
        switch (event.key) {
            case 'ArrowDown':
            case 'ArrowUp':
                event.preventDefault();
                this.#move(event.key === 'ArrowDown' ? 1 : -1);
                return;
            case 'Enter':
                event.preventDefault();
                this.#enter();
                return;
            case 'Escape':
                this.#input.blur();
                return;
        }
    }

    #onShortcut(event: KeyboardEvent): void {
        const typing = event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey;
        if (event.key !== '/' || typing) return;
        event.preventDefault();
        this.#input.focus();
    }

    #move(step: number): void {
        if (this.#options.length === 0) return;
        this.#active = (this.#active + step + this.#options.length) % this.#options.length;
        this.#draw();
    }

    #enter(): void {
        const chosen = this.#options[this.#active] ?? this.#input.value.trim();
        if (timeframeSecondsOf(chosen) === null) this.#input.setAttribute('aria-invalid', 'true');
        else this.#pick(chosen);
    }

    #pick(seriesId: string): void {
        this.setCurrent(seriesId);
        this.#input.blur();
        this.#onPick(seriesId);
    }
}

/** Offered ids that hold every word of the text; an id typed in full comes first even when nobody offers it. */
export function optionsFor(text: string, offered: readonly string[]): string[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = offered.filter((id) => words.every((word) => id.toLowerCase().includes(word)));
    const typed = parseSeriesId(text) !== null || (matching.length === 0 && timeframeSecondsOf(text) !== null);
    if (typed && !offered.includes(text)) matching.unshift(text);
    return matching.slice(0, OPTIONS_MAX);
}

function titleOf(seriesId: string): string {
    const series = parseSeriesId(seriesId);
    if (series === null) return seriesId;
    return `${series.symbol} · ${series.timeframe} · ${series.exchange} ${series.market}`;
}

function labelsOf(seriesId: string): HTMLElement[] {
    const series = parseSeriesId(seriesId);
    const symbol = document.createElement('strong');
    symbol.textContent = series?.symbol ?? seriesId;
    if (series === null) return [symbol];
    const timeframe = document.createElement('span');
    timeframe.textContent = series.timeframe;
    const place = document.createElement('span');
    place.textContent = `${series.exchange} ${series.market}`;
    return [symbol, timeframe, place];
}

function hint(text: string): HTMLElement {
    const paragraph = document.createElement('p');
    paragraph.className = 'picker-hint';
    paragraph.textContent =
        text.trim() === ''
            ? 'No series is offered. Type an id such as binance:futures:BTC/USDT:1m'
            : 'No offered series matches. A series id ends in a timeframe: …:5m, …:4h, …:1d';
    return paragraph;
}
