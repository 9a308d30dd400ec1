import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Candle } from '../src/candle.ts';
import { CLIENT_LIMITS, MarketClient, type ClientLimits, type ClientOptions } from '../src/client.ts';
import type { ErrorMessage, Gap, SystemMessage } from '../src/messages.ts';
import type { ConnectionStatus, SeriesListener, SeriesSubscription } from '../src/subscription.ts';
import { candle, candles, timesOf } from './candle-samples.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeNetwork } from './fake-socket.ts';

const SERIES = 'binance:spot:BTC/USDT:1m';
const OTHER = 'binance:spot:ETH/USDT:5m';
const SILENCE_MS = 45_000;
const PING = { type: 'ping' };
const PING_ANSWER = { type: 'error', code: 'bad_request', message: 'unknown message type: ping' };

/** Writes down what it hears; candles by their times. */
class Heard implements SeriesListener {
    readonly closed: Candle[] = [];
    readonly forming: Candle[] = [];
    readonly log: string[] = [];
    readonly states: string[] = [];

    onClosed(list: readonly Candle[]): void {
        this.closed.push(...list);
        this.log.push(`closed ${timesOf(list).join(' ')}`);
    }

    onForming(each: Candle): void {
        this.forming.push(each);
    }

    onGap({ expectedNextTime, actualTime }: Gap): void {
        this.log.push(`gap ${expectedNextTime} ${actualTime}`);
    }

    onSystem({ event, message }: SystemMessage): void {
        this.log.push(`system ${event} ${message}`);
    }

    onError({ code, message }: ErrorMessage): void {
        this.log.push(`error ${code} ${message}`);
    }

    onState({ state }: ConnectionStatus): void {
        this.states.push(state);
    }
}

let clock: FakeClock;
let network: FakeNetwork;
let random: number;
let statuses: ConnectionStatus[];
let errors: ErrorMessage[];
let client: MarketClient;
let heard: Heard;

beforeEach(() => {
    clock = new FakeClock();
    network = new FakeNetwork();
    random = 0.5;
    heard = new Heard();
    statuses = [];
    errors = [];
    client = newClient();
});

function newClient(limits?: Partial<ClientLimits>): MarketClient {
    const options: ClientOptions = {
        socket: network.socket,
        clock,
        random: () => random,
        limits,
        onState: (status) => statuses.push(status),
        onError: (error) => errors.push(error),
    };
    return new MarketClient('ws://here/ws/market', options);
}

function subscribe(since: number | null = 100, seriesId = SERIES, listener: Heard = heard): SeriesSubscription {
    return client.subscribe(seriesId, Object.assign(listener, { since }));
}

const subscribeOf = (since: number | null, seriesId = SERIES): unknown => ({
    type: 'subscribe',
    series_id: seriesId,
    since,
    supports_batch: true,
});

const closedMessage = (time: number, seriesId = SERIES): unknown => ({
    type: 'candle_closed',
    series_id: seriesId,
    candle: candle(time),
});

const batchMessage = (...times: number[]): unknown => ({
    type: 'candles_batch',
    series_id: SERIES,
    candles: candles(...times),
});

const gapMessage = (expectedNextTime: number, actualTime: number): unknown => ({
    type: 'gap',
    series_id: SERIES,
    expected_next_time: expectedNextTime,
    actual_time: actualTime,
});

function goLive(since: number | null = 100): SeriesSubscription {
    const subscription = subscribe(since);
    network.last.accept();
    return subscription;
}

const retryDelayMs = (): number => client.status.retryAtMs! - clock.nowMs();

describe('subscribing', () => {
    test('opens the socket and waits for it', () => {
        expect(network.sockets).toHaveLength(0);
        subscribe(100);
        expect(client.status.state).toBe('connecting');
        expect(network.last.url).toBe('ws://here/ws/market');
        expect(network.last.sent).toEqual([]);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(100)]);
        expect(client.status.state).toBe('live');
    });

    test('happens at once on a socket that is open', () => {
        client.connect();
        network.last.accept();
        subscribe(null);
        expect(network.last.sent).toEqual([subscribeOf(null)]);
    });

    test('to many series takes one socket', () => {
        client.connect();
        client.connect();
        const other = new Heard();
        subscribe(100);
        subscribe(900, OTHER, other);
        network.last.accept();
        expect(network.sockets).toHaveLength(1);
        expect(network.last.sent).toEqual([subscribeOf(100), subscribeOf(900, OTHER)]);
        network.last.push(closedMessage(1_200, OTHER));
        network.last.push(closedMessage(160));
        expect([timesOf(heard.closed), timesOf(other.closed)]).toEqual([[160], [1_200]]);
    });

    test('to one series twice is refused', () => {
        subscribe();
        expect(() => subscribe()).toThrow(`${SERIES} is subscribed already`);
    });

    test('at an address that is none is refused each time, and nothing is kept', () => {
        const refuse = vi.fn(() => {
            throw new SyntaxError('no address');
        });
        client = new MarketClient('nowhere', { socket: refuse as never, clock });
        for (let call = 1; call <= 2; call += 1) expect(() => subscribe()).toThrow('no address');
        expect(clock.waitingTasks).toBe(0);
    });

    test('after a time that is no integer is refused', () => {
        expect(() => subscribe(1.5)).toThrow('since 1.5 is no integer');
        expect(network.sockets).toHaveLength(0);
    });

    test('without a WebSocket in the runtime says what to do', () => {
        vi.stubGlobal('WebSocket', undefined);
        try {
            expect(() => new MarketClient('ws://here')).toThrow('pass one as options.socket');
        } finally {
            vi.unstubAllGlobals();
        }
    });
});

describe('unsubscribing', () => {
    test('tells the server, and late messages are ignored', () => {
        goLive().unsubscribe();
        expect(network.last.sent.at(-1)).toEqual({ type: 'unsubscribe', series_id: SERIES });
        network.last.push(closedMessage(160));
        expect(heard.log).toEqual([]);
        expect(errors).toEqual([]);
    });

    test('twice tells the server once', () => {
        const subscription = goLive();
        subscription.unsubscribe();
        subscription.unsubscribe();
        expect(network.last.sent).toHaveLength(2);
    });

    test('between two candles of a batch ends it there', () => {
        const subscription = client.subscribe(SERIES, {
            since: 100,
            onClosed: (list) => heard.onClosed(list),
            onGap: (gap) => {
                heard.onGap(gap);
                subscription.unsubscribe();
            },
        });
        network.last.accept();
        network.last.push(batchMessage(160, 280));
        expect(heard.log).toEqual(['closed 160', 'gap 220 280']);
    });

    test('leaves the other series alone', () => {
        const subscription = goLive();
        subscribe(null, OTHER, new Heard());
        subscription.unsubscribe();
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(null, OTHER)]);
    });

    test('and subscribing again takes nothing that was sent for the first time', () => {
        goLive(1_000).unsubscribe();
        const again = new Heard();
        subscribe(100, SERIES, again);
        expect(network.last.sent.slice(2)).toEqual([PING, subscribeOf(100)]);
        network.last.push(closedMessage(1_060)); // Sent before the server knew of any of this.
        network.last.push(PING_ANSWER);
        network.last.push(batchMessage(160, 220));
        expect(again.log).toEqual(['closed 160 220']);
        expect(errors).toEqual([]);
    });

    test('and subscribing again reconnects when the server never gets to it', () => {
        goLive(1_000).unsubscribe();
        const again = new Heard();
        subscribe(100, SERIES, again);
        network.last.push(closedMessage(1_060));
        clock.advance(CLIENT_LIMITS.answerTimeoutMs + 250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(100)]);
        network.last.push(closedMessage(160));
        expect(again.log).toEqual(['closed 160']);
    });
});

describe('closed candles', () => {
    test('come once and strictly ascending, whatever the server sends', () => {
        const subscription = goLive(100);
        for (const message of [batchMessage(100, 160, 220), closedMessage(220), closedMessage(160)]) {
            network.last.push(message);
        }
        network.last.push(batchMessage(220, 340, 280, 340));
        network.last.push(closedMessage(400));
        expect(timesOf(heard.closed)).toEqual([160, 220, 340, 400]);
        expect(subscription.lastClosedTime).toBe(400);
    });

    test('move forming bars on: one that is not later is dropped', () => {
        goLive(100);
        const forming = (time: number): unknown => ({
            type: 'candle_forming',
            series_id: SERIES,
            candle: candle(time),
        });
        network.last.push(forming(100));
        network.last.push(forming(160));
        network.last.push(closedMessage(160));
        network.last.push(forming(160));
        network.last.push(forming(220));
        expect(timesOf(heard.forming)).toEqual([160, 220]);
        expect(heard.log).toEqual(['closed 160']);
    });
});

describe('a gap', () => {
    beforeEach(() => {
        goLive(100);
    });

    test('is reported before the candle behind it', () => {
        network.last.push(gapMessage(160, 280));
        network.last.push(closedMessage(280));
        expect(heard.log).toEqual(['gap 160 280', 'closed 280']);
    });

    test('is healed by candles that come before the one behind it', () => {
        network.last.push(gapMessage(160, 280));
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(100)]);
        network.last.push(batchMessage(160, 220, 280));
        expect(heard.log).toEqual(['gap 160 280', 'closed 160 220 280']);
    });

    test('that is announced again is reported once', () => {
        network.last.push(gapMessage(160, 280));
        network.last.push(gapMessage(160, 280));
        network.last.push(gapMessage(40, 100));
        expect(heard.log).toEqual(['gap 160 280']);
    });

    test('that the server does not announce is reported where it is', () => {
        network.last.push(batchMessage(160, 280, 340));
        network.last.push(closedMessage(460));
        expect(heard.log).toEqual(['closed 160', 'gap 220 280', 'closed 280 340', 'gap 400 460', 'closed 460']);
    });
});

test('no gap is seen at the start of a series that is asked for as a whole', () => {
    goLive(0);
    subscribe(null, OTHER, new Heard());
    network.last.push(batchMessage(6_000, 6_060));
    expect(heard.log).toEqual(['closed 6000 6060']);
});

test('no gap is seen in a series whose timeframe is not known', () => {
    subscribe(100, 'series-of-nothing');
    network.last.accept();
    network.last.push(closedMessage(1_000, 'series-of-nothing'));
    expect(heard.log).toEqual(['closed 1000']);
});

describe('messages', () => {
    beforeEach(() => {
        goLive(100);
    });

    test('about the system and refusals of a series reach its listener', () => {
        network.last.push({ type: 'system', series_id: SERIES, event: 'factor.rebuild', message: 'done', data: {} });
        network.last.push({ type: 'error', code: 'capacity', message: 'series_per_socket_max', series_id: SERIES });
        expect(heard.log).toEqual(['system factor.rebuild done', 'error capacity series_per_socket_max']);
        expect(errors).toEqual([]);
    });

    test('that refuse no series of ours reach the client', () => {
        network.last.push({ type: 'error', code: 'bad_request', message: 'invalid since' });
        network.last.push(PING_ANSWER); // Nothing was asked.
        expect(errors.map((error) => error.message)).toEqual(['invalid since', 'unknown message type: ping']);
    });

    test('that are not understood are skipped', () => {
        network.last.push('{');
        network.last.push({ type: 'news', series_id: SERIES });
        network.last.push(closedMessage(160));
        expect(heard.log).toEqual(['closed 160']);
    });
});

test('a series that was refused is asked for again on the next connection', () => {
    goLive(100);
    network.last.push({ type: 'error', code: 'capacity', message: 'series_per_socket_max', series_id: SERIES });
    network.last.drop();
    clock.advance(250);
    network.last.accept();
    expect(network.last.sent).toEqual([subscribeOf(100)]);
});

describe('reconnecting', () => {
    test.each([1000, 1001, 1006, 1011, 1012, 1013])('follows a close with %i, and every series resumes', (code) => {
        goLive(100);
        subscribe(900, OTHER, new Heard());
        network.last.push(closedMessage(160));
        network.last.push({ type: 'candle_forming', series_id: SERIES, candle: candle(220) });
        network.last.push(closedMessage(1_200, OTHER));
        network.last.drop(code);
        expect(client.status.state).toBe('reconnecting');
        clock.advance(CLIENT_LIMITS.spreadMs);
        expect(network.sockets).toHaveLength(2);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(160), subscribeOf(1_200, OTHER)]);
        expect(client.status).toEqual({ state: 'live', retryAtMs: null });
    });

    test('resumes from the start while nothing is known', () => {
        goLive(null);
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(null)]);
    });

    test('drops what the new connection repeats', () => {
        goLive(100);
        network.last.push(closedMessage(160));
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        network.last.push(batchMessage(100, 160, 220));
        expect(timesOf(heard.closed)).toEqual([160, 220]);
    });

    test('waits longer after each failure, up to the cap', () => {
        random = 1;
        goLive();
        const delays = Array.from({ length: 8 }, () => {
            network.last.drop();
            const delayMs = retryDelayMs();
            clock.advance(delayMs);
            return delayMs;
        });
        expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    });

    test.each([1001, 1012, 1013])('after a close of many clients with %i is spread over a second', (code) => {
        goLive();
        random = 0.999;
        network.last.drop(code);
        expect(retryDelayMs()).toBe(999);
        clock.advance(999);
        random = 0;
        network.last.drop(code);
        expect(retryDelayMs()).toBe(0);
    });

    test('after repeated closes of many clients waits longer, too', () => {
        random = 1;
        goLive();
        const delays = Array.from({ length: 5 }, () => {
            network.last.drop(1001);
            const delayMs = retryDelayMs();
            clock.advance(delayMs);
            return delayMs;
        });
        expect(delays).toEqual([1_000, 1_000, 1_000, 2_000, 4_000]);
    });

    test('does not start anew with a server that accepts and closes at once', () => {
        random = 1;
        goLive();
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        clock.advance(CLIENT_LIMITS.stableAfterMs - 1);
        network.last.drop();
        expect(retryDelayMs()).toBe(500);
    });

    test('starts anew after a connection that lasted', () => {
        random = 1;
        goLive();
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        clock.advance(CLIENT_LIMITS.stableAfterMs);
        network.last.drop();
        expect(retryDelayMs()).toBe(250);
    });

    test('is called offline after many failures, and live again afterwards', () => {
        goLive();
        for (let attempt = 0; attempt < CLIENT_LIMITS.offlineAfterAttempts; attempt += 1) {
            expect(client.status.state).not.toBe('offline');
            network.last.drop();
            if (attempt < CLIENT_LIMITS.offlineAfterAttempts - 1) clock.advance(CLIENT_LIMITS.backoffCapMs);
        }
        expect(client.status.state).toBe('offline');
        clock.advance(CLIENT_LIMITS.backoffCapMs);
        network.last.accept();
        expect(client.status.state).toBe('live');
    });

    test('is told to the client and to every series', () => {
        goLive();
        network.last.drop();
        clock.advance(250);
        network.last.accept();
        const states = ['live', 'reconnecting', 'reconnecting', 'live'];
        expect(heard.states).toEqual(states);
        expect(statuses.map((status) => status.state)).toEqual(['connecting', ...states]);
    });

    test('gives up an attempt that is never answered', () => {
        goLive();
        network.last.drop();
        clock.advance(125);
        const stuck = network.last;
        clock.advance(CLIENT_LIMITS.connectTimeoutMs);
        expect(stuck.closedByClient).toBe(true);
        expect(stuck.onerror).not.toBeNull(); // Closed early, some sockets report an error to whoever listens.
        expect(client.status.retryAtMs).not.toBeNull();
    });

    test('follows a failed attempt of which there is an error and no close', () => {
        subscribe();
        network.last.error();
        network.last.drop();
        expect(retryDelayMs()).toBe(125);
        clock.advance(125);
        expect(network.sockets).toHaveLength(2);
    });

    test('waits for the close of an open connection that had an error', () => {
        goLive();
        network.last.error();
        expect(client.status.state).toBe('live');
        network.last.drop(1013);
        expect(retryDelayMs()).toBe(500);
    });

    test('happens at once when the page or the network comes back', () => {
        random = 1;
        goLive();
        network.last.drop();
        clock.advance(100);
        client.wake();
        expect(network.sockets).toHaveLength(2);
        network.last.drop();
        client.setNetworkUp(true);
        expect(network.sockets).toHaveLength(3);
        clock.advance(9_999);
        expect(network.sockets).toHaveLength(3);
    });

    test('that is planned is not disturbed by another subscription', () => {
        goLive();
        network.last.drop();
        subscribe(900, OTHER, new Heard());
        expect(network.sockets).toHaveLength(1);
        clock.advance(125);
        expect(network.sockets).toHaveLength(2);
    });

    test('a network that is down makes a lost connection offline', () => {
        goLive();
        client.setNetworkUp(false);
        expect(client.status.state).toBe('live');
        network.last.drop();
        expect(client.status.state).toBe('offline');
    });
});

describe('silence', () => {
    test('is broken by a ping that a living server answers', () => {
        goLive();
        clock.advance(SILENCE_MS - 1);
        expect(network.last.sent).toHaveLength(1);
        clock.advance(1);
        expect(network.last.sent.at(-1)).toEqual(PING);
        network.last.push(PING_ANSWER);
        clock.advance(CLIENT_LIMITS.answerTimeoutMs);
        expect(client.status.state).toBe('live');
        expect(heard.log).toEqual([]);
        expect(errors).toEqual([]);
    });

    test('after a ping ends the connection', () => {
        goLive();
        network.last.push(closedMessage(160));
        const stalled = network.last;
        clock.advance(SILENCE_MS + CLIENT_LIMITS.answerTimeoutMs);
        expect(stalled.closedByClient).toBe(true);
        expect(client.status.state).toBe('reconnecting');
        clock.advance(250);
        network.last.accept();
        expect(network.last.sent).toEqual([subscribeOf(160)]);
    });

    test('is broken by any message, before and after the ping', () => {
        goLive();
        clock.advance(SILENCE_MS - 1);
        network.last.push({ type: 'news' });
        clock.advance(SILENCE_MS - 1);
        expect(network.last.sent).toHaveLength(1);
        clock.advance(1);
        network.last.push(closedMessage(160));
        clock.advance(SILENCE_MS - 1);
        expect(network.last.sent).toHaveLength(2);
        expect(network.sockets).toHaveLength(1);
    });

    test('is watched again after an answer', () => {
        goLive();
        for (let ping = 1; ping <= 3; ping += 1) {
            clock.advance(SILENCE_MS);
            network.last.push(PING_ANSWER);
        }
        expect(network.last.sent).toEqual([subscribeOf(100), PING, PING, PING]);
        clock.advance(SILENCE_MS + CLIENT_LIMITS.answerTimeoutMs);
        expect(client.status.state).toBe('reconnecting');
    });

    test('of a socket that was just heard is trusted on waking up, of a quiet one it is not', () => {
        goLive();
        client.wake();
        expect(network.last.sent).toHaveLength(1);
        clock.advance(CLIENT_LIMITS.wakeTrustMs + 1);
        client.wake();
        expect(network.last.sent.at(-1)).toEqual(PING);
    });

    test('means nothing while nothing is subscribed', () => {
        client.connect();
        network.last.accept();
        clock.advance(10 * SILENCE_MS);
        client.wake();
        expect(network.last.sent).toEqual([]);
        expect(client.status.state).toBe('live');
    });

    test('is not watched when that is switched off', () => {
        client = newClient({ silenceMs: null });
        goLive();
        clock.advance(10 * SILENCE_MS);
        expect(network.last.sent).toHaveLength(1);
        expect(client.status.state).toBe('live');
    });
});

describe('a closed client', () => {
    test('leaves nothing behind', () => {
        goLive();
        const socket = network.last;
        client.close();
        client.close();
        expect(socket.closedByClient).toBe(true);
        expect(clock.waitingTasks).toBe(0);
        expect(heard.states.at(-1)).toBe('closed');
        expect(heard.states.filter((state) => state === 'closed')).toHaveLength(1);
    });

    test('stays closed', () => {
        goLive();
        network.last.drop();
        client.close();
        client.connect();
        client.wake();
        client.setNetworkUp(true);
        expect(() => subscribe()).toThrow('the client is closed');
        clock.advance(60_000);
        expect(network.sockets).toHaveLength(1);
        expect(client.status).toEqual({ state: 'closed', retryAtMs: null });
    });
});

test('no candle is kept once it was delivered', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const delivered: WeakRef<Candle>[] = [];
    client.subscribe(SERIES, { onClosed: (list) => delivered.push(...list.map((each) => new WeakRef(each))) });
    network.last.accept();
    for (let minute = 1; minute <= 100; minute += 1) network.last.push(closedMessage(minute * 60));
    await new Promise((resolve) => setTimeout(resolve)); // Weak references hold until the end of the current task.
    collectGarbage();
    expect(delivered).toHaveLength(100);
    expect(delivered.filter((each) => each.deref() !== undefined)).toEqual([]);
});
