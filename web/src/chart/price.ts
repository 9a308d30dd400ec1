/** Prices as text: how many decimals a series needs, and a price with that many. */

import type { Candle } from '@trade-canvas/client';

export const DECIMALS_MAX = 10;
/** Only the newest bars are looked at: enough to see the tick size, cheap enough for every redraw. */
const BARS_LOOKED_AT = 200;
const RELEVANT_DIGITS = 7;

/** Decimals of the finest recent price, without the noise of binary fractions. */
export function decimalsOf(candles: readonly Candle[]): number {
    let decimals = 0;
    for (const candle of candles.slice(-BARS_LOOKED_AT)) {
        for (const price of [candle.open, candle.high, candle.low, candle.close]) {
            decimals = Math.max(decimals, decimalsOfPrice(price));
        }
    }
    return candles.length === 0 ? 2 : decimals;
}

const formats = new Map<number, Intl.NumberFormat>();

export function formatPrice(price: number, decimals: number): string {
    let format = formats.get(decimals);
    if (format === undefined) {
        format = new Intl.NumberFormat(undefined, {
            minimumFractionDigits: decimals,
            maximumFractionDigits: decimals,
        });
        formats.set(decimals, format);
    }
    return format.format(price);
}

function decimalsOfPrice(price: number): number {
    const magnitude = Math.floor(Math.log10(Math.abs(price) || 1));
    const decimalsMax = Math.min(DECIMALS_MAX, Math.max(2, RELEVANT_DIGITS - 1 - magnitude));
    const digits = price.toFixed(decimalsMax).replace(/0+$/, '');
    return digits.length - digits.indexOf('.') - 1;
}
