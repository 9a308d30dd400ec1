import { expect, test } from 'vitest';

import { ApiError, MarketApi } from '../../src/market/api.ts';
import { candle } from '../../client/test/candle-samples.ts';

const signal = new AbortController().signal;

function apiAnswering(status: number, body: string, asked: string[] = []): MarketApi {
    return new MarketApi('http://here/', async (address) => {
        asked.push(String(address));
        return new Response(body, { status });
    });
}

test('candles are asked for with the parameters of the contract', async () => {
    const asked: string[] = [];
    const body = JSON.stringify({ series_id: 'x', server_head_time: 100, candles: [candle(100)] });
    const api = apiAnswering(200, body, asked);
    const seriesId = 'binance:spot:BTC/USDT:1m';
    expect(await api.candles({ seriesId, limit: 2_000 }, signal)).toEqual([candle(100)]);
    await api.candles({ seriesId, since: 0, limit: 5_000 }, signal);
    expect(asked).toEqual([
        'http://here/api/market/candles?series_id=binance%3Aspot%3ABTC%2FUSDT%3A1m&limit=2000',
        'http://here/api/market/candles?series_id=binance%3Aspot%3ABTC%2FUSDT%3A1m&limit=5000&since=0',
    ]);
});

test('an error carries status and detail', async () => {
    const api = apiAnswering(503, '{"detail":"server_shutting_down"}');
    const failure = await api.whitelist(signal).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 503, message: 'server_shutting_down' });
});

test('an error without JSON still has its status', async () => {
    await expect(apiAnswering(500, 'Internal Server Error').whitelist(signal)).rejects.toMatchObject({
        status: 500,
        message: 'HTTP 500',
    });
});

const BAD_ANSWERS = ['[]', 'null', '{}', '{"candles":[{"candle_time":1}]}', 'not json'];

test.each(BAD_ANSWERS)('a bad answer is refused: %s', async (body) => {
    const read = apiAnswering(200, body).candles({ seriesId: 'x', limit: 1 }, signal);
    await expect(read).rejects.toBeInstanceOf(ApiError);
});

test('the whitelist keeps its order', async () => {
    expect(await apiAnswering(200, '{"series_ids":["b:1m","a:1m"]}').whitelist(signal)).toEqual(['b:1m', 'a:1m']);
});
