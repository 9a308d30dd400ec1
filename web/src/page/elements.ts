/** Looks up elements of index.html; a missing one is a mistake in the page itself. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
    const found = document.getElementById(id);
    if (!(found instanceof type)) throw new Error(`index.html lacks #${id} as ${type.name}`);
    return found;
}
