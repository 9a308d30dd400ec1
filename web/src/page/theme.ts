/** Dark or light: what the system prefers, until the toggle is used. The choice lasts as long as the page. */

import { element } from './elements.ts';

type Theme = 'dark' | 'light';

export class ThemeToggle {
    readonly #button = element('theme', HTMLButtonElement);
    readonly #prefersLight = window.matchMedia('(prefers-color-scheme: light)');
    readonly #onChange: () => void;
    #chosen: Theme | null = null;

    constructor(onChange: () => void) {
        this.#onChange = onChange;
        this.#apply();
        this.#prefersLight.addEventListener('change', () => this.#set(this.#chosen));
        this.#button.addEventListener('click', () => this.#set(this.#theme() === 'dark' ? 'light' : 'dark'));
    }

    #set(chosen: Theme | null): void {
        this.#chosen = chosen;
        this.#apply();
        this.#onChange();
    }

    #theme(): Theme {
        return this.#chosen ?? (this.#prefersLight.matches ? 'light' : 'dark');
    }

    #apply(): void {
        const theme = this.#theme();
        const root = document.documentElement;
        root.dataset['theme'] = theme;
        this.#button.setAttribute('aria-label', `Switch to ${theme === 'dark' ? 'light' : 'dark'} colours`);
        const panel = getComputedStyle(root).getPropertyValue('--panel').trim();
        document.querySelector('meta[name="theme-color"]')?.setAttribute('content', panel);
    }
}
