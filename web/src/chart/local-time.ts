/** A time axis in the viewer's own time zone: the library counts in UTC, so its day marks would sit at UTC midnight. */

import { TickMarkType, defaultHorzScaleBehavior, type IHorzScaleBehavior, type Time } from 'lightweight-charts';

type Points = Parameters<IHorzScaleBehavior<Time>['fillWeightsForPoints']>[0];

/** Weight of a mark by the largest unit that begins between two points; the numbers are the library's. */
const WEIGHT = { year: 70, month: 60, day: 50, none: 0 } as const;
const WEIGHT_BY_SECONDS: readonly (readonly [seconds: number, weight: number])[] = [
    [43_200, 33],
    [21_600, 32],
    [10_800, 31],
    [3_600, 30],
    [1_800, 22],
    [300, 21],
    [60, 20],
    [1, 10],
];

export class LocalTimeScale extends defaultHorzScaleBehavior() {
    override fillWeightsForPoints(points: Points, startIndex: number): void {
        for (let index = startIndex; index < points.length; index += 1) {
            const point = points[index]!;
            const time = Number(point.originalTime);
            const neighbour = index > 0 ? Number(points[index - 1]!.originalTime) : firstNeighbour(points);
            point.timeWeight = weightBetween(neighbour, time) as typeof point.timeWeight;
        }
    }
}

/** The first point has no predecessor: one at the same distance as the second is assumed. */
function firstNeighbour(points: Points): number {
    const first = Number(points[0]!.originalTime);
    const second = points.length > 1 ? Number(points[1]!.originalTime) : first + 1;
    return first - (second - first);
}

export function weightBetween(previousSeconds: number, currentSeconds: number): number {
    const previous = new Date(previousSeconds * 1_000);
    const current = new Date(currentSeconds * 1_000);
    if (previous.getFullYear() !== current.getFullYear()) return WEIGHT.year;
    if (previous.getMonth() !== current.getMonth()) return WEIGHT.month;
    if (previous.getDate() !== current.getDate()) return WEIGHT.day;
    const previousLocal = localSeconds(previous);
    const currentLocal = localSeconds(current);
    for (const [seconds, weight] of WEIGHT_BY_SECONDS) {
        if (Math.floor(previousLocal / seconds) !== Math.floor(currentLocal / seconds)) return weight;
    }
    return WEIGHT.none;
}

function localSeconds(date: Date): number {
    return date.getTime() / 1_000 - date.getTimezoneOffset() * 60;
}

const hourAndMinute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const withSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const dayOfMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'long' });
const year = new Intl.DateTimeFormat(undefined, { year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
});

export function formatTick(time: Time, type: TickMarkType): string {
    const date = new Date(Number(time) * 1_000);
    switch (type) {
        case TickMarkType.Year:
            return year.format(date);
        case TickMarkType.Month:
            return month.format(date);
        case TickMarkType.DayOfMonth:
            return dayOfMonth.format(date);
        case TickMarkType.Time:
            return hourAndMinute.format(date);
        case TickMarkType.TimeWithSeconds:
            return withSeconds.format(date);
    }
}

export function formatMoment(seconds: number): string {
    return full.format(new Date(seconds * 1_000));
}

/** Such as `UTC+02:00`. */
export function zoneName(at: Date): string {
    const minutes = -at.getTimezoneOffset();
    const sign = minutes < 0 ? '−' : '+';
    const pad = (value: number): string => String(value).padStart(2, '0');
    return `UTC${sign}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}
