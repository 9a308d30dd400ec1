/** State of the connection and age of the last update. */

import type { ConnectionStatus } from '@trade-canvas/client';

import { element } from './elements.ts';
import { formatSpan } from './format.ts';
import { freshnessOf } from './freshness.ts';

const EXPLANATIONS = {
    connecting: 'Opening the connection',
    live: 'Candles arrive as they move',
    reconnecting: 'The connection was lost and is being restored. Click to try now.',
    offline: 'The server cannot be reached; the page keeps trying. Click to try now.',
    closed: 'The connection has been closed',
} as const;

export class Connection {
    readonly #button = element('state', HTMLButtonElement);
    readonly #text = element('state-text', HTMLElement);
    readonly #announced = element('state-announced', HTMLElement);
    readonly #retry = element('state-retry', HTMLElement);
    readonly #age = element('age', HTMLElement);

    constructor(onRetry: () => void) {
        this.#button.addEventListener('click', onRetry);
    }

    showStatus(status: ConnectionStatus, nowMs: number): void {
        const { state, retryAtMs } = status;
        if (this.#button.dataset['state'] !== state || this.#announced.textContent === '') {
            this.#button.dataset['state'] = state;
            this.#button.title = EXPLANATIONS[state];
            this.#text.textContent = state;
            // A status region of its own: what changes inside a button is not announced everywhere.
            this.#announced.textContent = `Connection ${state}`;
        }
        const waitSeconds = retryAtMs === null ? 0 : Math.ceil((retryAtMs - nowMs) / 1_000);
        this.#retry.textContent = waitSeconds > 1 ? `in ${waitSeconds}s` : '';
    }

    /** `ageSeconds` is null while nothing is known about the series. */
    showAge(ageSeconds: number | null, timeframeSeconds: number): void {
        this.#age.textContent = ageSeconds === null ? '–' : formatSpan(ageSeconds);
        this.#age.dataset['freshness'] = ageSeconds === null ? 'fresh' : freshnessOf(ageSeconds, timeframeSeconds);
    }
}
