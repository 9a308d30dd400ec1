/** The published client package, in Node, against a real server. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { MarketClient, type Candle, type ErrorMessage, type Gap, type SeriesListener } from '@trade-canvas/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { LAST_TIME, MINUTE, candleAt, candlesUntil } from './candle-samples.ts';
import { TestServer } from './server.ts';

const CLIENT_FOLDER = fileURLToPath(new URL('../client', import.meta.url));
const HISTORY = 200;
const WAIT = { timeout: 20_000, interval: 20 };

class Heard implements SeriesListener {
    readonly calls: Candle[][] = [];
    readonly forming: Candle[] = [];
    readonly gaps: Gap[] = [];
    readonly errors: ErrorMessage[] = [];
    readonly states: string[] = [];

    readonly onClosed = (candles: readonly Candle[]): number => this.calls.push([...candles]);
    readonly onForming = (candle: Candle): number => this.forming.push(candle);
    readonly onGap = (gap: Gap): number => this.gaps.push(gap);
    readonly onError = (error: ErrorMessage): number => this.errors.push(error);
    readonly onState = ({ state }: { state: string }): number => this.states.push(state);

    get closed(): Candle[] {
        return this.calls.flat();
    }
}

let server: TestServer;
let client: MarketClient;
let clientErrors: ErrorMessage[];
let series: string;
let heard: Heard;
let count = 0;

beforeAll(async () => {
    server = await TestServer.create([]);
});

afterAll(async () => {
    await server?.remove();
});

/** Every test has a series of its own with some history, and a client of its own. */
beforeEach(async () => {
    count += 1;
    series = `test:spot:C${count}/USDT:1m`;
    heard = new Heard();
    clientErrors = [];
    client = newClient();
    await server.postBatch(series, candlesUntil(LAST_TIME, HISTORY));
});

afterEach(() => client.close());

function newClient(silenceMs = 45_000): MarketClient {
    return new MarketClient(`${server.url.replace('http', 'ws')}/ws/market`, {
        limits: { silenceMs },
        onError: (error) => clientErrors.push(error),
    });
}

async function storedCandles(): Promise<Candle[]> {
    const parameters = new URLSearchParams({ series_id: series, limit: '5000' });
    const response = await fetch(`${server.url}/api/market/candles?${parameters}`);
    return ((await response.json()) as { candles: Candle[] }).candles;
}

const minute = (number: number): Candle => candleAt(LAST_TIME + number * MINUTE);

/** Posts until the server has taken it; a server that is away is asked again. */
async function postUntilTaken(candle: Candle): Promise<void> {
    await vi.waitFor(() => server.postClosed(series, candle), WAIT);
}

describe('a subscriber', () => {
    test('catches up in one batch, then hears forming and closed candles', async () => {
        client.subscribe(series, { since: LAST_TIME - 50 * MINUTE, ...heard });
        await vi.waitFor(() => expect(heard.closed).toHaveLength(50), WAIT);
        expect(heard.calls).toHaveLength(1);
        await server.postForming(series, minute(1));
        await server.postClosed(series, minute(1));
        await vi.waitFor(() => expect(heard.closed.at(-1)).toEqual(minute(1)), WAIT);
        expect(heard.forming).toEqual([minute(1)]);
        expect(heard.closed).toEqual((await storedCandles()).slice(-51));
        expect(heard.gaps).toEqual([]);
    });

    test('without a time starts with the newest candles', async () => {
        client.subscribe(series, heard);
        await vi.waitFor(() => expect(heard.closed).toHaveLength(HISTORY), WAIT);
        expect(heard.closed).toEqual(await storedCandles());
    });

    test('hears of a gap that nobody can fill, also of one inside the history', async () => {
        await server.postBatch(series, [minute(5)]);
        client.subscribe(series, { since: LAST_TIME - MINUTE, ...heard });
        await vi.waitFor(() => expect(heard.closed).toHaveLength(2), WAIT);
        await server.postClosed(series, minute(8));
        await vi.waitFor(() => expect(heard.closed).toHaveLength(3), WAIT);
        const gap = (from: number, to: number): Gap => ({
            expectedNextTime: minute(from).candle_time,
            actualTime: minute(to).candle_time,
        });
        expect(heard.gaps).toEqual([gap(1, 5), gap(6, 8)]);
    });

    test('that left hears nothing more, while another series goes on', async () => {
        const other = new Heard();
        const left = client.subscribe(series, { since: LAST_TIME, ...heard });
        client.subscribe(`${series}:1m`, other);
        await server.postClosed(series, minute(1));
        await vi.waitFor(() => expect(heard.closed).toHaveLength(1), WAIT);
        left.unsubscribe();
        await server.postClosed(series, minute(2));
        await server.postClosed(`${series}:1m`, minute(2));
        await vi.waitFor(() => expect(other.closed).toHaveLength(1), WAIT);
        expect(heard.closed).toEqual([minute(1)]);
        expect(clientErrors).toEqual([]);
    });

    test('that left and comes back has the whole history again', async () => {
        const first = client.subscribe(series, { since: LAST_TIME, ...heard });
        await server.postClosed(series, minute(1));
        await vi.waitFor(() => expect(heard.closed).toHaveLength(1), WAIT);
        const posted = server.postClosed(series, minute(2)); // May be under way to the subscriber that leaves.
        first.unsubscribe();
        const again = new Heard();
        client.subscribe(series, again);
        await posted;
        await vi.waitFor(() => expect(again.closed.at(-1)).toEqual(minute(2)), WAIT);
        expect(again.closed).toEqual(await storedCandles());
        expect(clientErrors).toEqual([]);
    });

    test('of an id that is no series is told so, and the others go on', async () => {
        const refused = new Heard();
        client.subscribe('nonsense', refused);
        client.subscribe(series, heard);
        await vi.waitFor(() => expect(heard.closed).toHaveLength(HISTORY), WAIT);
        expect(refused.errors).toEqual([
            { seriesId: 'nonsense', code: 'bad_request', message: 'invalid series_id' },
        ]);
    });

    test('of a quiet series stays connected, as the server answers when it is asked', async () => {
        client.close();
        client = newClient(100);
        client.subscribe(`${series}:5m`, heard);
        await vi.waitFor(() => expect(client.status.state).toBe('live'), WAIT);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        expect(heard.states).toEqual(['live']);
        expect([...clientErrors, ...heard.errors]).toEqual([]);
    });
});

describe('a server that goes away and comes back while candles are posted', () => {
    test.each(['SIGTERM', 'SIGKILL'] as const)('by %s leaves what the store has', async (signal) => {
        client.subscribe(series, heard);
        await vi.waitFor(() => expect(heard.closed).toHaveLength(HISTORY), WAIT);
        const candles = Array.from({ length: 60 }, (_, index) => minute(index + 1));
        const posting = (async () => {
            for (const candle of candles) await postUntilTaken(candle);
        })();
        await vi.waitFor(() => expect(heard.closed.length).toBeGreaterThan(HISTORY + 5), WAIT);
        await server.stop(signal);
        await server.start();
        await posting;
        const newest = candles.at(-1);
        await vi.waitFor(() => expect(heard.closed.at(-1)).toEqual(newest), WAIT);
        const stored = await storedCandles();
        expect(stored).toHaveLength(HISTORY + candles.length);
        expect(heard.closed).toEqual(stored); // All, ascending, none twice.
        expect(heard.gaps).toEqual([]);
        expect(heard.states).toContain('reconnecting');
    });
});

test('the package holds its code, its types and what describes it', async () => {
    const packed = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: CLIENT_FOLDER,
    });
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
    const others = files.map((file) => file.path).filter((path) => !/^dist\/[a-z-]+(\.d\.ts|\.js)$/.test(path));
    expect(others.sort()).toEqual(['README.md', 'package.json']);
});
