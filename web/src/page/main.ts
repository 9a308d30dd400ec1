/** Start of the page: builds the parts, joins them, and follows the address. */

import { MarketClient, systemClock } from '@trade-canvas/client';

import { MarketApi } from '../market/api.ts';
import { putInLocation, seriesInLocation } from './location.ts';
import { SeriesPicker } from './picker.ts';
import { Timeframes } from './timeframes.ts';
import { WatchPage } from './watch-page.ts';

const base = new URL('.', document.baseURI);
const socketUrl = new URL('ws/market', base);
socketUrl.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';

const api = new MarketApi(base.href, fetch);
const client = new MarketClient(socketUrl.href, {
    onState: (status) => page.showStatus(status),
    onError: ({ code, message }) => page.notify(`The server refused: ${message} (${code})`),
});
const page: WatchPage = new WatchPage({ api, client, clock: systemClock, random: Math.random });
const picker = new SeriesPicker(choose);
const timeframes = new Timeframes(choose);

let offered: readonly string[] = [];
let current: string | null = null;

function choose(seriesId: string): void {
    if (seriesId !== current) putInLocation(seriesId, 'push');
    show(seriesId);
}

function show(seriesId: string): void {
    if (seriesId === current) return;
    current = seriesId;
    picker.setCurrent(seriesId);
    timeframes.show(seriesId, offered);
    page.watch(seriesId);
}

async function loadOffered(): Promise<void> {
    try {
        offered = await api.whitelist(AbortSignal.timeout(30_000));
    } catch (failure) {
        page.notify(`The list of series could not be read: ${failure instanceof Error ? failure.message : failure}`);
        return;
    }
    picker.setOffered(offered);
    if (current !== null) timeframes.show(current, offered);
}

async function start(): Promise<void> {
    client.connect();
    const wanted = seriesInLocation();
    if (wanted !== null) show(wanted);
    await loadOffered();
    if (current !== null) return;
    const first = offered[0];
    if (first === undefined) {
        page.explainNothingWatched();
        return;
    }
    putInLocation(first, 'replace');
    show(first);
}

window.addEventListener('popstate', () => {
    const wanted = seriesInLocation() ?? offered[0];
    if (wanted !== undefined) show(wanted);
});
window.addEventListener('online', () => client.setNetworkUp(true));
window.addEventListener('offline', () => client.setNetworkUp(false));
document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') client.wake();
});

void start();
