/** The client of `/ws/market`. */

export { Backoff } from './backoff.ts';
export { candleFrom, candlesFrom, type Candle } from './candle.ts';
export {
    CLIENT_LIMITS,
    MarketClient,
    type ClientLimits,
    type ClientOptions,
    type ClientSocket,
    type ClientSocketConstructor,
} from './client.ts';
export { systemClock, type Clock } from './clock.ts';
export type { ErrorMessage, Gap, SystemMessage } from './messages.ts';
export { parseSeriesId, sameInstrument, timeframeSeconds, timeframeSecondsOf, type SeriesId } from './series.ts';
export type {
    ConnectionState,
    ConnectionStatus,
    SeriesListener,
    SeriesOptions,
    SeriesSubscription,
} from './subscription.ts';
