import { expect, test } from 'vitest';

import { isPingAnswer, parsePush, subscribeFrame, unsubscribeFrame } from '../src/messages.ts';
import { candle } from './candle-samples.ts';

test('a batch with one bad candle is skipped as a whole', () => {
    const bad = { ...candle(160), close: null };
    const frame = JSON.stringify({ type: 'candles_batch', series_id: 's:1m', candles: [candle(100), bad] });
    expect(parsePush(frame)).toBeNull();
});

test('a candle loses fields that are not its own', () => {
    const frame = JSON.stringify({ type: 'candle_closed', series_id: 's:1m', candle: { ...candle(100), extra: 1 } });
    expect(parsePush(frame)).toEqual({ type: 'candle_closed', seriesId: 's:1m', candle: candle(100) });
});

test('an error may belong to a series or to none', () => {
    const error = { type: 'error', code: 'bad_request', message: 'missing series_id' };
    expect(parsePush(JSON.stringify(error))).toEqual({
        type: 'error',
        seriesId: null,
        error: { seriesId: null, code: 'bad_request', message: 'missing series_id' },
    });
    expect(parsePush(JSON.stringify({ ...error, series_id: 's:1m' }))).toMatchObject({ seriesId: 's:1m' });
});

test('a system message keeps its data', () => {
    const frame = JSON.stringify({ type: 'system', series_id: 's:1m', event: 'e', message: 'm', data: { part: 1 } });
    expect(parsePush(frame)).toMatchObject({ system: { event: 'e', message: 'm', data: { part: 1 } } });
});

test('the refusal of a ping is told apart from others', () => {
    const refusal = (message: string): boolean =>
        isPingAnswer(parsePush(JSON.stringify({ type: 'error', code: 'bad_request', message }))!);
    expect(refusal('unknown message type: ping')).toBe(true);
    expect(refusal('unknown message type: pin')).toBe(false);
});

test.each([
    ['text that is not JSON', '{'],
    ['a number', '1'],
    ['null', 'null'],
    ['a binary frame', new ArrayBuffer(2)],
    ['an unknown type', '{"type":"news","series_id":"s:1m"}'],
    ['a message without series', '{"type":"candle_closed"}'],
    ['a gap without times', '{"type":"gap","series_id":"s:1m"}'],
    ['a gap of nothing', '{"type":"gap","series_id":"s:1m","expected_next_time":160,"actual_time":160}'],
    ['a fractional time', '{"type":"candle_forming","series_id":"s:1m","candle":{"candle_time":1.5}}'],
])('%s is no message', (_, frame) => {
    expect(parsePush(frame)).toBeNull();
});

test('requests are written as the contract has them', () => {
    expect(subscribeFrame('s:1m', 100)).toBe(
        '{"type":"subscribe","series_id":"s:1m","since":100,"supports_batch":true}',
    );
    expect(subscribeFrame('s:1m', null)).toContain('"since":null');
    expect(unsubscribeFrame('s:1m')).toBe('{"type":"unsubscribe","series_id":"s:1m"}');
});
