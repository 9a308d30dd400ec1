/** A short stack of notices that go by themselves and never block the page. */

import { element } from './elements.ts';

export type Tone = 'info' | 'warn' | 'bad';

export const NOTICES_MAX = 4;
export const NOTICE_MS = 9_000;

export class Notices {
    readonly #root = element('notices', HTMLElement);
    readonly #shown = new Map<string, { readonly box: HTMLElement; timer: number }>();

    /** A text that is already shown stays longer; beyond the bound the oldest gives way. */
    show(text: string, tone: Tone): void {
        const present = this.#shown.get(text);
        if (present !== undefined) {
            window.clearTimeout(present.timer);
            present.timer = this.#startTimer(text);
            return;
        }
        const box = this.#box(text, tone);
        this.#root.append(box);
        this.#shown.set(text, { box, timer: this.#startTimer(text) });
        const oldest = this.#shown.keys().next().value;
        if (this.#shown.size > NOTICES_MAX && oldest !== undefined) this.#remove(oldest);
    }

    clear(): void {
        for (const text of [...this.#shown.keys()]) this.#remove(text);
    }

    #box(text: string, tone: Tone): HTMLElement {
        const box = document.createElement('div');
        box.className = 'notice';
        box.dataset['tone'] = tone;
        const paragraph = document.createElement('p');
        paragraph.textContent = text;
        const dismiss = document.createElement('button');
        dismiss.type = 'button';
        dismiss.textContent = '×';
        dismiss.setAttribute('aria-label', 'Dismiss');
        dismiss.addEventListener('click', () => this.#remove(text));
        box.append(paragraph, dismiss);
        return box;
    }

    #startTimer(text: string): number {
        return window.setTimeout(() => this.#remove(text), NOTICE_MS);
    }

    #remove(text: string): void {
        const notice = this.#shown.get(text);
        if (notice === undefined) return;
        window.clearTimeout(notice.timer);
        notice.box.remove();
        this.#shown.delete(text);
    }
}
