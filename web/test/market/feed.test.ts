import { beforeEach, describe, expect, test } from 'vitest';

import type { Candle } from '../../src/market/candle.ts';
import { FEED_LIMITS, MarketFeed, type FeedStatus } from '../../src/market/feed.ts';
import type { SeriesListener } from '../../src/market/subscription.ts';
import { candle, candles, timesOf } from './candle-samples.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeNetwork } from './fake-socket.ts';

const SERIES = 'binance:spot:BTC/USDT:1m';
const QUIET_MS = 150_000; // Two and a half timeframes of a minute.

class Heard implements SeriesListener {
    readonly closed: Candle[] = [];
    readonly forming: Candle[] = [];
    readonly other: string[] = [];

    onClosed(list: readonly Candle[]): void {
        this.closed.push(...list);
    }

    onForming(each: Candle): void {
        this.forming.push(each);
    }

    onGap(expectedNextTime: number, actualTime: number): void {
        this.other.push(`gap ${expectedNextTime} ${actualTime}`);
    }

    onSystem(event: string, message: string): void {
        this.other.push(`system ${event} ${message}`);
    }

    onError(code: string, message: string): void {
        this.other.push(`error ${code} ${message}`);
    }
}

let clock: FakeClock;
let network: FakeNetwork;
let random: number;
let statuses: FeedStatus[];
let errors: string[];
let feed: MarketFeed;
let heard: Heard;

beforeEach(() => {
    clock = new FakeClock();
    network = new FakeNetwork();
    random = 0.5;
    statuses = [];
    errors = [];
    heard = new Heard();
    feed = new MarketFeed(
        'ws://here/ws/market',
        { socket: network.socket, clock, random: () => random },
        {
            onStatus: (status) => statuses.push(status),
            onError: (code, message) => errors.push(`${code} ${message}`),
        },
    );
});

const watch = (since: number | null = 100): (() => void) =>
    feed.subscribe({ seriesId: SERIES, timeframeSeconds: 60, since }, heard);

const subscribeOf = (since: number | null): unknown => ({
    type: 'subscribe',
    series_id: SERIES,
    since,
    supports_batch: true,
});

const closedMessage = (time: number): unknown => ({ type: 'candle_closed', series_id: SERIES, candle: candle(time) });

function goLive(since: number | null = 100): void {
    feed.connect();
    watch(since);
    network.last.accept();
}

describe('subscribing', () => {
    test('waits for the connection', () => {
        feed.connect();
        watch(100);
        expect(feed.status.state).toBe('connecting');
        expect(network.last.sent).toEqual([]);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(100)]);
        expect(feed.status.state).toBe('live');
    });

    test('happens at once on an open connection', () => {
        feed.connect();
        network.last.accept();
        watch(null);
        expect(network.last.sent).toEqual([subscribeOf(null)]);
    });

    test('ends with an unsubscribe, and late messages are ignored', () => {
        feed.connect();
        network.last.accept();
        const end = watch(100);
        end();
        expect(network.last.sent.at(-1)).toEqual({ type: 'unsubscribe', series_id: SERIES });
        network.last.push(closedMessage(160));
        expect(heard.closed).toEqual([]);
    });

    test('connecting twice opens one socket', () => {
        feed.connect();
        feed.connect();
        expect(network.sockets).toHaveLength(1);
    });
});

describe('delivery', () => {
    beforeEach(() => goLive(100));

    test('closed candles come once and in order', () => {
        network.last.push({ type: 'candles_batch', series_id: SERIES, candles: candles(100, 160, 220) });
        network.last.push(closedMessage(220));
        network.last.push(closedMessage(160));
        network.last.push(closedMessage(280));
        expect(timesOf(heard.closed)).toEqual([160, 220, 280]);
    });

    test('a forming bar behind the newest closed candle is dropped', () => {
        network.last.push({ type: 'candle_forming', series_id: SERIES, candle: candle(100) });
        network.last.push({ type: 'candle_forming', series_id: SERIES, candle: candle(160, 11) });
        expect(timesOf(heard.forming)).toEqual([160]);
    });

    test('gap, system and error reach the listener', () => {
        network.last.push({ type: 'gap', series_id: SERIES, expected_next_time: 160, actual_time: 280 });
        network.last.push({ type: 'gap', series_id: SERIES, expected_next_time: 40, actual_time: 100 });
        network.last.push({ type: 'system', series_id: SERIES, event: 'factor.rebuild', message: 'done', data: {} });
        network.last.push({ type: 'error', code: 'capacity', message: 'ondemand_ingest_capacity', series_id: SERIES });
        expect(heard.other).toEqual([
            'gap 160 280',
            'system factor.rebuild done',
            'error capacity ondemand_ingest_capacity',
        ]);
    });

    test('an error of no series reaches the feed listener', () => {
        network.last.push({ type: 'error', code: 'bad_request', message: 'invalid since' });
        expect(errors).toEqual(['bad_request invalid since']);
    });

    test('what is not understood is skipped', () => {
        network.last.push('{');
        network.last.push({ type: 'news', series_id: SERIES });
        network.last.push(closedMessage(160));
        expect(timesOf(heard.closed)).toEqual([160]);
    });
});

describe('reconnecting', () => {
    test.each([1001, 1006, 1012, 1013])('follows a close with %i and resumes after the last closed candle', (code) => {
        goLive(100);
        clock.advance(FEED_LIMITS.stableAfterMs);
        network.last.push(closedMessage(160));
        network.last.push({ type: 'candle_forming', series_id: SERIES, candle: candle(220) });
        network.last.drop(code);
        expect(feed.status).toEqual({ state: 'reconnecting', retryAtMs: clock.nowMs() + 125 });
        clock.advance(125);
        expect(network.sockets).toHaveLength(2);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(160)]);
        expect(feed.status).toEqual({ state: 'live', retryAtMs: null });
    });

    test('drops what the new connection repeats', () => {
        goLive(100);
        network.last.push(closedMessage(160));
        network.last.drop();
        clock.advance(10_000);
        network.last.accept();
        network.last.push({ type: 'candles_batch', series_id: SERIES, candles: candles(100, 160, 220) });
        expect(timesOf(heard.closed)).toEqual([160, 220]);
    });

    test('waits longer after each failure, up to the cap', () => {
        random = 1;
        goLive();
        clock.advance(FEED_LIMITS.stableAfterMs);
        const delays = Array.from({ length: 8 }, () => {
            network.last.drop();
            const delayMs = feed.status.retryAtMs! - clock.nowMs();
            clock.advance(delayMs);
            return delayMs;
        });
        expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    });

    test('does not start anew with a server that accepts and closes at once', () => {
        random = 1;
        goLive();
        network.last.drop(1013);
        clock.advance(250);
        network.last.accept();
        network.last.drop(1013);
        expect(feed.status.retryAtMs! - clock.nowMs()).toBe(500);
    });

    test('starts anew after a connection that lasted', () => {
        random = 1;
        goLive();
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        clock.advance(FEED_LIMITS.stableAfterMs);
        network.last.drop();
        expect(feed.status.retryAtMs! - clock.nowMs()).toBe(250);
    });

    test('is called offline after many failures, and live again afterwards', () => {
        goLive();
        for (let attempt = 0; attempt < FEED_LIMITS.offlineAfterAttempts; attempt += 1) {
            expect(feed.status.state).not.toBe('offline');
            network.last.drop();
            if (attempt < FEED_LIMITS.offlineAfterAttempts - 1) clock.advance(FEED_LIMITS.backoffCapMs);
        }
        expect(feed.status.state).toBe('offline');
        clock.advance(FEED_LIMITS.backoffCapMs);
        network.last.accept();
        expect(feed.status.state).toBe('live');
    });

    test('gives up an attempt that is never answered', () => {
        goLive();
        network.last.drop();
        clock.advance(125);
        const stuck = network.last;
        clock.advance(FEED_LIMITS.connectTimeoutMs);
        expect(stuck.closedByClient).toBe(true);
        expect(feed.status.retryAtMs).not.toBeNull();
    });

    test('happens at once when the page or the network comes back', () => {
        random = 1;
        goLive();
        network.last.drop();
        clock.advance(100);
        feed.wake();
        expect(network.sockets).toHaveLength(2);
        network.last.drop();
        feed.setNetworkUp(true);
        expect(network.sockets).toHaveLength(3);
        clock.advance(9_999);
        expect(network.sockets).toHaveLength(3);
    });

    test('a network that is down makes a lost connection offline', () => {
        goLive();
        feed.setNetworkUp(false);
        expect(feed.status.state).toBe('live');
        network.last.drop();
        expect(feed.status.state).toBe('offline');
    });
});

describe('silence', () => {
    beforeEach(() => goLive(100));

    test('of two and a half timeframes calls for a probe that a living server answers', () => {
        network.last.push(closedMessage(160));
        clock.advance(QUIET_MS - 1);
        expect(network.last.sent).toHaveLength(1);
        clock.advance(1);
        // One second back, so that the newest candle is sent once more.
        expect(network.last.sent.at(-1)).toEqual(subscribeOf(159));
        network.last.push(closedMessage(160));
        clock.advance(FEED_LIMITS.probeTimeoutMs);
        expect(network.sockets).toHaveLength(1);
        expect(feed.status.state).toBe('live');
        expect(timesOf(heard.closed)).toEqual([160]);
    });

    test('after the probe ends the connection', () => {
        const stalled = network.last;
        clock.advance(QUIET_MS + FEED_LIMITS.probeTimeoutMs);
        expect(stalled.closedByClient).toBe(true);
        expect(feed.status.state).toBe('reconnecting');
        clock.advance(250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(100)]);
    });

    test('is broken by any message', () => {
        clock.advance(QUIET_MS - 1);
        network.last.push({ type: 'candle_forming', series_id: SERIES, candle: candle(160) });
        clock.advance(QUIET_MS - 1);
        expect(network.last.sent).toHaveLength(1);
        clock.advance(1);
        expect(network.last.sent).toHaveLength(2);
    });

    test('is watched again after an answered probe', () => {
        clock.advance(QUIET_MS);
        network.last.push(closedMessage(160));
        clock.advance(QUIET_MS);
        expect(network.last.sent.at(-1)).toEqual(subscribeOf(159));
    });

    test('of a socket that was just heard is trusted on waking up, of a quiet one it is not', () => {
        feed.wake();
        expect(network.last.sent).toHaveLength(1);
        clock.advance(FEED_LIMITS.wakeTrustMs + 1);
        feed.wake();
        expect(network.last.sent.at(-1)).toEqual(subscribeOf(99));
    });

    test('of a long timeframe is probed after the upper bound', () => {
        const other = new Heard();
        feed.close();
        feed = new MarketFeed(
            'ws://here',
            { socket: network.socket, clock, random: () => 0 },
            { onStatus: () => {}, onError: () => {} },
        );
        feed.connect();
        feed.subscribe({ seriesId: 'a:b:c:1d', timeframeSeconds: 86_400, since: 0 }, other);
        network.last.accept();
        clock.advance(FEED_LIMITS.quietMsMax);
        expect(network.last.sent).toHaveLength(2);
    });
});

test('a closed feed leaves nothing behind', () => {
    goLive();
    feed.close();
    expect(network.last.closedByClient).toBe(true);
    expect(clock.waitingTasks).toBe(0);
    feed.connect();
    expect(network.sockets).toHaveLength(1);
});

test('every subscription of a feed resumes where it ended', () => {
    goLive(100);
    feed.subscribe({ seriesId: 'a:b:c:5m', timeframeSeconds: 300, since: 900 }, new Heard());
    network.last.push({ type: 'candle_closed', series_id: 'a:b:c:5m', candle: candle(1_200) });
    network.last.drop();
    clock.advance(250);
    network.last.accept();
    expect(network.last.sent).toEqual([
        subscribeOf(100),
        { type: 'subscribe', series_id: 'a:b:c:5m', since: 1_200, supports_batch: true },
    ]);
});
