/** The series in the address: `?series=…`. */

const PARAMETER = 'series';

export function seriesInLocation(): string | null {
    const value = new URLSearchParams(window.location.search).get(PARAMETER)?.trim();
    return value ? value : null;
}

/** The address of a series on this page. Colons and slashes stay readable. */
export function addressOf(seriesId: string): string {
    const value = encodeURIComponent(seriesId).replace(/%3A/gi, ':').replace(/%2F/gi, '/');
    return `?${PARAMETER}=${value}`;
}

export function putInLocation(seriesId: string, how: 'push' | 'replace'): void {
    if (how === 'push') window.history.pushState(null, '', addressOf(seriesId));
    else window.history.replaceState(null, '', addressOf(seriesId));
}
