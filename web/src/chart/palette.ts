/** Colours of the chart; the style sheet is their only source. */
export interface Palette {
    readonly background: string;
    readonly text: string;
    readonly grid: string;
    readonly border: string;
    readonly crosshair: string;
    readonly label: string;
    readonly up: string;
    readonly down: string;
    readonly volumeUp: string;
    readonly volumeDown: string;
    readonly gap: string;
    readonly gapFill: string;
    readonly font: string;
}

export function paletteOf(element: Element): Palette {
    const style = getComputedStyle(element);
    const value = (name: string): string => style.getPropertyValue(name).trim();
    return {
        background: value('--chart-background'),
        text: value('--text-dim'),
        grid: value('--chart-grid'),
        border: value('--line'),
        crosshair: value('--chart-crosshair'),
        label: value('--chart-label'),
        up: value('--up'),
        down: value('--down'),
        volumeUp: value('--volume-up'),
        volumeDown: value('--volume-down'),
        gap: value('--gap'),
        gapFill: value('--gap-fill'),
        font: value('--font'),
    };
}
