/** What preload and the core say to each other: one channel, named here once. */

/** Name of the only IPC channel. Its messages are (line, text, bytes): the page's line id, a frame as JSON or null for "closed", and the payload. */
export const CHANNEL = 'maru';

/** Scheme and host of the page. */
export const PAGE_SCHEME = 'app';
/** Address of the page: the only one the window ever shows. */
export const PAGE_ORIGIN = 'app://maru';
