import { beforeEach, describe, expect, test } from 'vitest';

import { ApiError, CANDLES_LIMIT_MAX, type CandlesQuery, type MarketReads } from '../../src/market/api.ts';
import type { Candle } from '../../src/market/candle.ts';
import type { SeriesListener, SeriesRequest } from '../../src/market/subscription.ts';
import {
    GAP_RETRY_MS,
    GAP_TRIES_MAX,
    REREAD_SPREAD_MS,
    SeriesWatch,
    type WatchNotice,
} from '../../src/market/watch.ts';
import { candle, candles, timesOf } from './candle-samples.ts';
import { FakeClock } from './fake-clock.ts';

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

class FakeFeed {
    request: SeriesRequest | null = null;
    listener: SeriesListener | null = null;

    subscribe(request: SeriesRequest, listener: SeriesListener): () => void {
        this.request = request;
        this.listener = listener;
        return () => (this.listener = null);
    }
}

let reads: FakeReads;
let feed: FakeFeed;
let clock: FakeClock;
let notices: WatchNotice[];
let watch: SeriesWatch;

beforeEach(() => {
    reads = new FakeReads();
    feed = new FakeFeed();
    clock = new FakeClock();
    notices = [];
    watch = new SeriesWatch(
        SERIES,
        60,
        { api: reads, feed, clock, random: () => 0.5 },
        { onReady: () => {}, onChange: () => {}, onUpdate: () => {}, onNotice: (notice) => notices.push(notice) },
    );
});

/** Lets promises settle; no time passes. */
async function settle(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

async function startWith(...times: number[]): Promise<SeriesListener> {
    reads.stored = candles(...times);
    await watch.start();
    reads.queries.length = 0;
    return feed.listener!;
}

describe('starting', () => {
    test('loads the newest candles, then follows from the last one', async () => {
        reads.stored = candles(100, 160);
        await watch.start();
        expect(reads.queries).toEqual([{ seriesId: SERIES, limit: 2_000 }]);
        expect(feed.request).toEqual({ seriesId: SERIES, timeframeSeconds: 60, since: 160 });
        expect(timesOf(watch.book.closed)).toEqual([100, 160]);
    });

    test('of an empty series follows from nothing', async () => {
        await watch.start();
        expect(feed.request?.since).toBeNull();
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
        expect(feed.request?.since).toBe(100);
    });

    test('ends quietly when stopped meanwhile', async () => {
        reads.failures = 1;
        const started = watch.start();
        await settle();
        watch.stop();
        await started;
        expect(feed.listener).toBeNull();
        expect(clock.waitingTasks).toBe(0);
    });
});

describe('a gap', () => {
    test('is read from the store and filled without a word', async () => {
        const listener = await startWith(100);
        reads.stored = candles(100, 160, 220, 280);
        listener.onGap(160, 280);
        listener.onClosed(candles(280));
        await settle();
        expect(reads.queries).toEqual([{ seriesId: SERIES, since: 100, limit: CANDLES_LIMIT_MAX }]);
        expect(timesOf(watch.book.closed)).toEqual([100, 160, 220, 280]);
        expect(watch.book.holes).toEqual([]);
        expect(notices).toEqual([]);
    });

    test('that the store cannot fill is announced once and stays a hole', async () => {
        const listener = await startWith(100);
        reads.stored = candles(100, 160, 400);
        listener.onGap(160, 400);
        listener.onClosed(candles(400));
        await settle();
        expect(notices).toEqual([{ kind: 'gap', afterTime: 160, beforeTime: 400, missing: 3 }]);
        expect(watch.book.holes).toHaveLength(1);
    });

    test('inside a batch is noticed although the server says nothing', async () => {
        const listener = await startWith(100);
        reads.stored = candles(100, 160, 220, 280, 340);
        listener.onClosed(candles(160, 340));
        await settle();
        expect(reads.queries).toEqual([{ seriesId: SERIES, since: 160, limit: CANDLES_LIMIT_MAX }]);
        expect(watch.book.holes).toEqual([]);
    });

    test('of the history is not asked for again', async () => {
        const listener = await startWith(100, 400);
        listener.onClosed(candles(460));
        await settle();
        expect(reads.queries).toEqual([]);
        expect(notices).toEqual([]);
    });

    test('never asks for a time before zero', async () => {
        const listener = await startWith();
        listener.onGap(30, 100);
        await settle();
        expect(reads.queries[0]?.since).toBe(0);
    });

    test('longer than a page is read page by page', async () => {
        const listener = await startWith(0);
        const count = CANDLES_LIMIT_MAX + 10;
        reads.stored = candles(...Array.from({ length: count }, (_, index) => index * 60));
        const lastTime = (count - 1) * 60;
        listener.onGap(60, lastTime);
        listener.onClosed(candles(lastTime));
        await settle();
        expect(reads.queries.map((query) => query.since)).toEqual([0, CANDLES_LIMIT_MAX * 60]);
        expect(watch.book.holes).toEqual([]);
    });

    test('is tried again when reading fails, and told when it fails for good', async () => {
        const listener = await startWith(100);
        reads.failures = GAP_TRIES_MAX;
        listener.onGap(160, 280);
        listener.onClosed(candles(280));
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
        const listener = await startWith(100, 280);
        reads.stored = [candle(100, 11), ...candles(160, 220, 280)];
        listener.onSystem('factor.rebuild', 'rebuilt');
        listener.onSystem('factor.rebuild', 'rebuilt');
        expect(notices).toHaveLength(2);
        expect(reads.queries).toEqual([]);
        clock.advance(REREAD_SPREAD_MS);
        await settle();
        expect(reads.queries).toHaveLength(1);
        expect(watch.book.closed[0]?.close).toBe(11);
        expect(watch.book.holes).toEqual([]);
    });

    test('of another kind read nothing', async () => {
        const listener = await startWith(100);
        listener.onSystem('maintenance', 'soon');
        clock.advance(REREAD_SPREAD_MS);
        await settle();
        expect(reads.queries).toEqual([]);
    });
});

test('a stopped watch tells nothing of a read that was under way', async () => {
    const listener = await startWith(100);
    reads.stored = candles(100, 400);
    listener.onGap(160, 400);
    watch.stop();
    await settle();
    expect(feed.listener).toBeNull();
    expect(notices).toEqual([]);
});
