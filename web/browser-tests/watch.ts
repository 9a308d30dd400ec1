/** Opens the watch page in a real browser and reads what it publishes about itself. */

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const EXECUTABLE = process.env['TRADE_CANVAS_CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
];

/** The `data-` attributes of the page's root element. */
export interface Facts {
    readonly state: string;
    readonly series?: string;
    readonly ready?: string;
    readonly candles: string;
    readonly lastClosed?: string;
    readonly lastClose?: string;
    readonly forming?: string;
    readonly formingClose?: string;
    readonly gaps: string;
    readonly missing?: string;
    readonly theme?: string;
}

export function launchBrowser(): Promise<Browser> {
    return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 760 }, colorScheme: 'dark' };
export const PHONE: BrowserContextOptions = {
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
};

/** A page that watches the series, with its history loaded and its connection open. */
export async function openWatch(browser: Browser, url: string, seriesId: string, options = DESKTOP): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(`${url}/?series=${encodeURIComponent(seriesId)}`);
    await untilFacts(page, { ready: 'true', state: 'live' });
    return page;
}

export function factsOf(page: Page): Promise<Facts> {
    return page.evaluate(() => ({ ...document.documentElement.dataset }) as unknown as Facts);
}

/** Waits until the page publishes all the given facts. */
export async function untilFacts(page: Page, wanted: Partial<Facts>, timeoutMs = 20_000): Promise<void> {
    const holds = (facts: Partial<Facts>): boolean =>
        Object.entries(facts).every(([name, value]) => document.documentElement.dataset[name] === value);
    try {
        await page.waitForFunction(holds, wanted, { timeout: timeoutMs, polling: 20 });
    } catch {
        const facts = JSON.stringify(await factsOf(page));
        throw new Error(`the page did not reach ${JSON.stringify(wanted)} in ${timeoutMs} ms; it has ${facts}`);
    }
}

export interface Drawing {
    readonly colours: number;
    readonly up: number;
    readonly down: number;
    readonly gap: number;
}

/** Counts what the biggest canvases show: different colours, and pixels close to the colours of the style sheet. */
export async function drawingOf(page: Page): Promise<Drawing> {
    // Two frames: one in which the page draws what it was told, one in which the chart library does.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        const rgbOf = (name: string): number[] => {
            const hex = style.getPropertyValue(name).trim().slice(1);
            return [0, 2, 4].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
        };
        const wanted = { up: rgbOf('--up'), down: rgbOf('--down'), gap: rgbOf('--gap') };
        const counts = { up: 0, down: 0, gap: 0 };
        const colours = new Set<number>();
        for (const canvas of document.querySelectorAll<HTMLCanvasElement>('#chart canvas')) {
            if (canvas.clientWidth < 200 || canvas.clientHeight < 200) continue;
            const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
            for (let index = 0; index < data.length; index += 4) {
                const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(index, index + 4);
                if (alpha < 255) continue;
                colours.add((red << 16) | (green << 8) | blue);
                for (const name of ['up', 'down', 'gap'] as const) {
                    const [r = 0, g = 0, b = 0] = wanted[name];
                    if (Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) < 30) counts[name] += 1;
                }
            }
        }
        return { colours: colours.size, ...counts };
    });
}
