/** Numbers, spans and times as text. */

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 2 });
const count = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, {
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
});
const dayAndTime = new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
});

export const formatVolume = (volume: number): string => compact.format(volume);
export const formatCount = (value: number): string => count.format(value);
export const formatPercent = (ratio: number): string => percent.format(ratio);
export const formatDayAndTime = (seconds: number): string => dayAndTime.format(new Date(seconds * 1_000));

export function plural(value: number, singular: string): string {
    return `${formatCount(value)} ${singular}${value === 1 ? '' : 's'}`;
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'm'],
    [1, 's'],
];

/** The two largest units of a span, such as `3m 07s`; a single one from ten of the largest on, such as `12d`. */
export function formatSpan(seconds: number): string {
    const whole = Math.max(0, Math.floor(seconds));
    const index = UNITS.findIndex(([unit]) => whole >= unit);
    if (index === -1) return '0s';
    const [unit, name] = UNITS[index]!;
    const first = Math.floor(whole / unit);
    const next = UNITS[index + 1];
    if (next === undefined || first >= 10) return `${first}${name}`;
    const second = Math.floor((whole % unit) / next[0]);
    return second === 0 ? `${first}${name}` : `${first}${name} ${String(second).padStart(2, '0')}${next[1]}`;
}
