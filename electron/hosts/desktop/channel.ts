/** What preload and the core say to each other: two channels, named here once. */

/** Frames of the contract. Its messages are (line, text, bytes): the page's line id, a frame as JSON or null for "closed", and the payload. */
export const CHANNEL = 'maru';

/** Words of the page to its shell, as JSON; to the page, the id of an action that was chosen in the menu. */
export const SHELL_CHANNEL = 'maru-shell';

/** Scheme and host of the page. */
export const PAGE_SCHEME = 'app';
/** Address of the page: the only one a window ever shows. */
export const PAGE_ORIGIN = 'app://maru';

/** The window that opens first. */
export const MAIN_WINDOW = 'main';

/** Where a window shows itself. */
export function addressOf(windowId: string): string {
  return windowId === MAIN_WINDOW ? `${PAGE_ORIGIN}/` : `${PAGE_ORIGIN}/?window=${windowId}`;
}

/** Which window an address asks for; null where it is not the address of one. */
export function windowAsked(address: string): string | null {
  return /^app:\/\/maru\/\?window=([a-z0-9]{1,16})$/.exec(address)?.[1] ?? null;
}

/** Whether an address is the page itself. */
export function isPage(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`);
}
