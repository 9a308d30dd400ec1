import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { LAST_TIME, MINUTE, candleAt, candlesUntil } from './candle-samples.ts';
import { Gate } from './gate.ts';
import { TestServer } from './server.ts';
import { PHONE, drawingOf, factsOf, launchBrowser, openWatch, untilFacts } from './watch.ts';

const WHITELIST = ['binance:futures:BTC/USDT:1m', 'binance:futures:BTC/USDT:5m', 'binance:spot:ETH/USDT:1m'];
const HISTORY = 200;

let server: TestServer;
let browser: Browser;
let series: string;
let count = 0;

beforeAll(async () => {
    server = await TestServer.create(WHITELIST);
    browser = await launchBrowser();
});

afterAll(async () => {
    await browser?.close();
    await server?.remove();
});

/** Every test has a series of its own with some history. */
beforeEach(async () => {
    count += 1;
    series = `test:spot:S${count}/USDT:1m`;
    await server.postBatch(series, candlesUntil(LAST_TIME, HISTORY));
});

afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
});

const open = (seriesId = series): Promise<Page> => openWatch(browser, server.url, seriesId);

describe('candles', () => {
    test('of the history are drawn', async () => {
        const page = await open();
        await untilFacts(page, { candles: String(HISTORY), lastClosed: String(LAST_TIME), gaps: '0' });
        const drawing = await drawingOf(page);
        expect(drawing.colours).toBeGreaterThan(10);
        expect(drawing.up).toBeGreaterThan(200);
        expect(drawing.down).toBeGreaterThan(200);
        expect(drawing.gap).toBe(0);
    });

    test('that close appear within a second', async () => {
        const page = await open();
        const next = LAST_TIME + MINUTE;
        await server.postClosed(series, candleAt(next));
        await untilFacts(page, { candles: String(HISTORY + 1), lastClosed: String(next) }, 1_000);
    });

    test('that form move the last bar until they close', async () => {
        const page = await open();
        const before = await drawingOf(page);
        const next = LAST_TIME + MINUTE;
        for (const close of [27_100, 27_111]) {
            await server.postForming(series, candleAt(next, close));
            await untilFacts(page, { forming: String(next), formingClose: String(close) }, 1_000);
        }
        expect((await factsOf(page)).candles).toBe(String(HISTORY));
        expect(await drawingOf(page)).not.toEqual(before);
        expect(await page.locator('#quote-price').textContent()).toBe('27,111.0');
        await server.postClosed(series, candleAt(next, 27_105));
        await untilFacts(page, { lastClosed: String(next), lastClose: '27105', candles: String(HISTORY + 1) });
        expect((await factsOf(page)).forming).toBeUndefined();
    });

    test('of a series that had none appear with the first one', async () => {
        const fresh = `${series.slice(0, -2)}5m`;
        const page = await open(fresh);
        expect(await page.locator('#empty').textContent()).toContain('No candles');
        await server.postClosed(fresh, candleAt(LAST_TIME));
        await untilFacts(page, { candles: '1', lastClosed: String(LAST_TIME) });
        expect(await page.locator('#empty').isHidden()).toBe(true);
    });
});

describe('a server that goes away and comes back', () => {
    test.each(['SIGTERM', 'SIGKILL'] as const)('by %s leaves no hole', async (signal) => {
        const gate = await Gate.before(server.port);
        try {
            const page = await openWatch(browser, gate.url, series);
            await server.stop(signal);
            await page.waitForFunction(() => document.documentElement.dataset['state'] !== 'live');
            gate.shut(); // The page stays away until the candles below are stored.
            await server.start();
            for (let minute = 1; minute <= 3; minute += 1) {
                await server.postClosed(series, candleAt(LAST_TIME + minute * MINUTE));
            }
            expect((await factsOf(page)).lastClosed).toBe(String(LAST_TIME));
            gate.unlock();
            const lastClosed = String(LAST_TIME + 3 * MINUTE);
            await untilFacts(page, { state: 'live', lastClosed, candles: String(HISTORY + 3), gaps: '0' });
            await server.postClosed(series, candleAt(LAST_TIME + 4 * MINUTE));
            await untilFacts(page, { candles: String(HISTORY + 4), gaps: '0' });
        } finally {
            await gate.remove();
        }
    });

    test('is retried at once when the network comes back', async () => {
        const gate = await Gate.before(server.port);
        try {
            const page = await openWatch(browser, gate.url, series);
            gate.shut();
            await page.waitForFunction(() => document.documentElement.dataset['state'] !== 'live');
            await server.postClosed(series, candleAt(LAST_TIME + MINUTE));
            gate.unlock();
            await page.evaluate(() => window.dispatchEvent(new Event('online')));
            await untilFacts(page, { state: 'live', lastClosed: String(LAST_TIME + MINUTE) }, 2_000);
        } finally {
            await gate.remove();
        }
    });
});

describe('a gap', () => {
    test('in the history is shaded', async () => {
        await server.postBatch(series, candlesUntil(LAST_TIME + 40 * MINUTE, 20));
        const page = await open();
        await untilFacts(page, { gaps: '1', missing: '20' });
        expect((await drawingOf(page)).gap).toBeGreaterThan(50);
        expect(await page.locator('#foot-gaps').textContent()).toBe('1 gap, 20 candles missing');
    });

    test('that nobody can fill is announced and shaded', async () => {
        const page = await open();
        await server.postClosed(series, candleAt(LAST_TIME + 6 * MINUTE));
        await untilFacts(page, { gaps: '1', missing: '5' });
        await page.locator('.notice', { hasText: 'Gap: 5 candles missing' }).waitFor();
        expect((await drawingOf(page)).gap).toBeGreaterThan(20);
    });

    test('whose candles were stored without being pushed is filled', async () => {
        const page = await open();
        await server.postBatch(series, candlesUntil(LAST_TIME + 5 * MINUTE, 5));
        await server.postClosed(series, candleAt(LAST_TIME + 6 * MINUTE));
        await untilFacts(page, { candles: String(HISTORY + 6), gaps: '0' });
    });
});

describe('the page', () => {
    test('asks nobody but its own origin, and every request succeeds', async () => {
        const context = await browser.newContext();
        const page = await context.newPage();
        const addresses: string[] = [];
        const problems: string[] = [];
        page.on('request', (request) => addresses.push(request.url()));
        page.on('websocket', (socket) => addresses.push(socket.url().replace(/^ws/, 'http')));
        page.on('response', (response) => response.status() >= 400 && problems.push(response.url()));
        page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(error.message));
        await page.goto(`${server.url}/?series=${encodeURIComponent(series)}`, { waitUntil: 'networkidle' });
        await untilFacts(page, { ready: 'true' });
        expect(addresses.length).toBeGreaterThan(4);
        const strangers = addresses.filter((address) => new URL(address).origin !== server.url);
        expect(strangers.filter((address) => !address.startsWith('data:'))).toEqual([]);
        expect(problems).toEqual([]);
    });

    test('starts with the first offered series and keeps the address up to date', async () => {
        const page = await (await browser.newContext()).newPage();
        await page.goto(server.url);
        await untilFacts(page, { series: WHITELIST[0]!, ready: 'true' });
        await page.locator('#picker-input').focus();
        await page.locator('#picker-input').fill(series);
        await page.keyboard.press('Enter');
        await untilFacts(page, { series, candles: String(HISTORY) });
        expect(new URL(page.url()).searchParams.get('series')).toBe(series);
        await page.goBack();
        await untilFacts(page, { series: WHITELIST[0]! });
        await page.getByRole('link', { name: '5m' }).click();
        await untilFacts(page, { series: WHITELIST[1]! });
    });

    test('refuses an id that is no series', async () => {
        const page = await open();
        await page.locator('#picker-input').fill('nonsense');
        await page.keyboard.press('Enter');
        expect(await page.locator('#picker-input').getAttribute('aria-invalid')).toBe('true');
        expect((await factsOf(page)).series).toBe(series);
    });

    test('changes its colours by system preference and by the toggle', async () => {
        const page = await open();
        expect((await factsOf(page)).theme).toBe('dark');
        await page.emulateMedia({ colorScheme: 'light' });
        await untilFacts(page, { theme: 'light' });
        expect((await drawingOf(page)).up).toBeGreaterThan(200);
        await page.locator('#theme').click();
        await untilFacts(page, { theme: 'dark' });
    });

    test('fits a phone without scrolling sideways', async () => {
        const page = await openWatch(browser, server.url, WHITELIST[0]!, PHONE);
        await server.postBatch(WHITELIST[0]!, candlesUntil(LAST_TIME, 50), true);
        await untilFacts(page, { candles: '50' });
        const overflow = await page.evaluate(() => ({
            page: document.documentElement.scrollWidth - window.innerWidth,
            outside: [...document.querySelectorAll('.bar > *, .foot > *, .stage')]
                .filter((each) => each.getClientRects().length > 0)
                .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5)
                .map((each) => each.className),
        }));
        expect(overflow).toEqual({ page: 0, outside: [] });
        await page.locator('#picker-input').tap();
        const list = await page.locator('#picker-list').boundingBox();
        expect(list!.x + list!.width).toBeLessThanOrEqual(360);
    });

    test('says the state of its connection to everybody', async () => {
        const page = await open();
        const state = page.getByRole('status');
        expect(await state.textContent()).toBe('Connection live');
        expect(await state.getAttribute('aria-live')).toBe('polite');
        expect(await page.getByRole('combobox').count()).toBe(1);
    });
});
