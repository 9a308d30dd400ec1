/** How the age of the last update compares with the timeframe: at least one closed candle per timeframe is expected. */

export type Freshness = 'fresh' | 'late' | 'stale';

export const LATE_TIMEFRAMES = 1.5;
export const STALE_TIMEFRAMES = 3;

export function freshnessOf(ageSeconds: number, timeframeSeconds: number): Freshness {
    if (ageSeconds > STALE_TIMEFRAMES * timeframeSeconds) return 'stale';
    return ageSeconds > LATE_TIMEFRAMES * timeframeSeconds ? 'late' : 'fresh';
}
