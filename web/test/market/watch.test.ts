import type { Candle, SeriesOptions, SeriesSubscription } from '@trade-canvas/client';
import { beforeEach, describe, expect, test } from 'vitest';

import { ApiError, CANDLES_LIMIT_MAX, type CandlesQuery, type MarketReads } from '../../src/market/api.ts';
import {
    GAP_RETRY_MS,
    GAP_TRIES_MAX,
    REREAD_SPREAD_MS,
    SeriesWatch,
    type WatchNotice,
} from '../../src/market/watch.ts';
import { Subscription } from '../../client/src/subscription.ts';
import { candle, candles, timesOf } from '../../client/test/candle-samples.ts';
import { FakeClock } from '../../client/test/fake-clock.ts';

const SERIES = 'binance:spot:BTC/USDT:1m';

/** A store that answers like the HTTP reads do, and fails as often as told. */
class FakeReads implements MarketReads {
    stored: Candle[] = [];
    failures = 0;
    readonly queries: CandlesQuery[] = [];

    async candles(query: CandlesQuery): Promise<Candle[]> {
        this.queries.push(query);
        if (this.failures > 0) {
            this.failures -= 1;
            throw new ApiError(500, 'internal_error');
        }
        const { since, limit } = query;
        if (since === undefined) return this.stored.slice(-limit);
        return this.stored.filter((each) => each.candle_time > since).slice(0, limit);
    }
}

/** Takes one subscription, to which the test speaks as the server would. */
class FakeClient {
    seriesId: string | null = null;
    since: number | null | undefined = undefined;
    subscription: Subscription | null = null;

    subscribe(seriesId: string, options: SeriesOptions): SeriesSubscription {
        this.seriesId = seriesId;
        this.since = options.since;
        this.subscription = new Subscription(seriesId, options, () => (this.subscription = null));
        return this.subscription;
    }

    closed(...times: number[]): void {
        this.subscription!.receive({ type: 'candles_batch', seriesId: SERIES, candles: candles(...times) });
    }

    gap(expectedNextTime: number, actualTime: number): void {
        this.subscription!.receive({ type: 'gap', seriesId: SERIES, gap: { expectedNextTime, actualTime } });
    }

    system(event: string, message: string): void {
        this.subscription!.receive({ type: 'system', seriesId: SERIES, system: { event, message, data: {} } });
    }
}

let reads: FakeReads;
let client: FakeClient;
let clock: FakeClock;
let notices: WatchNotice[];
let watch: SeriesWatch;

beforeEach(() => {
    reads = new FakeReads();
    client = new FakeClient();
    clock = new FakeClock();
    notices = [];
    watch = new SeriesWatch(
        SERIES,
        60,
        { api: reads, client, clock, random: () => 0.5 },
        { onReady: () => {}, onChange: () => {}, onUpdate: () => {}, onNotice: (notice) => notices.push(notice) },
    );
});

/** Lets promises settle; no time passes. */
async function settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

async function startWith(...times: number[]): Promise<void> {
    reads.stored = candles(...times);
    await watch.start();
    reads.queries.length = 0;
}

describe('starting', () => {
    test('loads the newest candles, then follows from the last one', async () => {
        reads.stored = candles(100, 160);
        await watch.start();
        expect(reads.queries).toEqual([{ seriesId: SERIES, limit: 2_000 }]);
        expect(client).toMatchObject({ seriesId: SERIES, since: 160 });
        expect(timesOf(watch.book.closed)).toEqual([100, 160]);
    });

    test('of an empty series follows from nothing', async () => {
        await watch.start();
        expect(client.since).toBeNull();
    });

    test('tries again until the history can be read', async () => {
        reads.failures = 2;
        reads.stored = candles(100);
        const started = watch.start();
        await settle();
        expect(notices).toEqual([{ kind: 'history-failed', reason: '500 internal_error', retryMs: 250 }]);
        clock.advance(250);
        await settle();
        clock.advance(500);
        await started;
        expect(client.since).toBe(100);
    });

    test('ends quietly when stopped meanwhile', async () => {
        reads.failures = 1;
        const started = watch.start();
        await settle();
        watch.stop();
        await started;
        expect(client.subscription).toBeNull();
        expect(clock.waitingTasks).toBe(0);
    });
});

describe('a gap', () => {
    test('is read from the store and filled without a word', async () => {
        await startWith(100);
        reads.stored = candles(100, 160, 220, 280);
        client.gap(160, 280);
        client.closed(280);
        await settle();
        expect(reads.queries).toEqual([{ seriesId: SERIES, since: 100, limit: CANDLES_LIMIT_MAX }]);
        expect(timesOf(watch.book.closed)).toEqual([100, 160, 220, 280]);
        expect(watch.book.holes).toEqual([]);
        expect(notices).toEqual([]);
    });

    test('that the store cannot fill is announced once and stays a hole', async () => {
        await startWith(100);
        reads.stored = candles(100, 160, 400);
        client.gap(160, 400);
        client.closed(400);
        await settle();
        expect(notices).toEqual([{ kind: 'gap', afterTime: 160, beforeTime: 400, missing: 3 }]);
        expect(watch.book.holes).toHaveLength(1);
    });

    test('inside a batch is read although the server says nothing', async () => {
        await startWith(100);
        reads.stored = candles(100, 160, 220, 280, 340);
        client.closed(160, 340);
        await settle();
        expect(reads.queries).toEqual([{ seriesId: SERIES, since: 160, limit: CANDLES_LIMIT_MAX }]);
        expect(watch.book.holes).toEqual([]);
    });

    test('of the history is not asked for again', async () => {
        await startWith(100, 400);
        client.closed(460);
        await settle();
        expect(reads.queries).toEqual([]);
        expect(notices).toEqual([]);
    });

    test('never asks for a time before zero', async () => {
        await startWith();
        client.gap(30, 100);
        await settle();
        expect(reads.queries[0]?.since).toBe(0);
    });

    test('longer than a page is read page by page', async () => {
        await startWith(0);
        const count = CANDLES_LIMIT_MAX + 10;
        reads.stored = candles(...Array.from({ length: count }, (_, index) => index * 60));
        const lastTime = (count - 1) * 60;
        client.gap(60, lastTime);
        client.closed(lastTime);
        await settle();
        expect(reads.queries.map((query) => query.since)).toEqual([0, CANDLES_LIMIT_MAX * 60]);
        expect(watch.book.holes).toEqual([]);
    });

    test('is tried again when reading fails, and told when it fails for good', async () => {
        await startWith(100);
        reads.failures = GAP_TRIES_MAX;
        client.gap(160, 280);
        client.closed(280);
        for (let attempt = 1; attempt <= GAP_TRIES_MAX; attempt += 1) {
            await settle();
            clock.advance(GAP_RETRY_MS * attempt);
        }
        await settle();
        expect(notices.map((notice) => notice.kind)).toEqual(['read-failed', 'gap']);
    });
});

describe('system messages', () => {
    test('are told, and a rebuild reads the history again after a while', async () => {
        await startWith(100, 280);
        reads.stored = [candle(100, 11), ...candles(160, 220, 280)];
        client.system('factor.rebuild', 'rebuilt');
        client.system('factor.rebuild', 'rebuilt');
        expect(notices).toHaveLength(2);
        expect(reads.queries).toEqual([]);
        clock.advance(REREAD_SPREAD_MS);
        await settle();
        expect(reads.queries).toHaveLength(1);
        expect(watch.book.closed[0]?.close).toBe(11);
        expect(watch.book.holes).toEqual([]);
    });

    test('of another kind read nothing', async () => {
        await startWith(100);
        client.system('maintenance', 'soon');
        clock.advance(REREAD_SPREAD_MS);
        await settle();
        expect(reads.queries).toEqual([]);
    });
});

test('a stopped watch tells nothing of a read that was under way', async () => {
    await startWith(100);
    reads.stored = candles(100, 400);
    client.gap(160, 400);
    watch.stop();
    await settle();
    expect(client.subscription).toBeNull();
    expect(notices).toEqual([]);
});
