/** What a notice says to a person. */

import type { WatchNotice } from '../market/watch.ts';
import { formatDayAndTime, plural } from './format.ts';
import type { Tone } from './notices.ts';

export function textOf(notice: WatchNotice): [text: string, tone: Tone] {
    switch (notice.kind) {
        case 'gap': {
            const range = `${formatDayAndTime(notice.afterTime)} and ${formatDayAndTime(notice.beforeTime)}`;
            return [`Gap: ${plural(notice.missing, 'candle')} missing between ${range}; the server has none.`, 'warn'];
        }
        case 'read-failed':
            return [`Some candles could not be read again: ${notice.reason}`, 'bad'];
        case 'history-failed':
            return [`The history could not be read (${notice.reason}); trying again.`, 'bad'];
        case 'system':
            return [notice.message === '' ? notice.event : notice.message, 'info'];
        case 'error':
            return [`The server refused: ${notice.message} (${notice.code})`, 'bad'];
    }
}
