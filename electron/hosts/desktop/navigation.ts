/** Where the page may not go: no other address, no window but our own, two permissions, and outside links only by list. */
import type { Session, Shell, WebContents } from 'electron';
import type { Logger } from '#shared/ports.ts';
import { isPage, windowAsked } from './channel.ts';

/** Hosts whose https pages may be opened in the user's browser. */
const OUTSIDE_HOSTS: ReadonlySet<string> = new Set([
  'apiportal.koreainvestment.com',
  'github.com',
  'data.krx.co.kr',
  'dart.fss.or.kr',
]);

/** Whether a link may be handed to the user's browser. */
export function mayOpenOutside(address: string): boolean {
  if (address.length > 2_048 || !URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    OUTSIDE_HOSTS.has(url.hostname)
  );
}

/** Shuts every way out of a window's page. */
export function confine(parts: {
  readonly contents: WebContents;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly logger: Logger;
  /** Opens one of our own windows, or shows it; false where there are too many. */
  readonly openWindow: (windowId: string) => boolean;
}): void {
  const { contents, shell, logger } = parts;
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isPage(event.url)) return;
    event.preventDefault();
    logger.warn('navigation refused', { url: event.url });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // Always denied: a window that Chromium opened would be bound to its opener. Ours are opened here, each by itself.
  contents.setWindowOpenHandler(({ url }) => {
    const windowId = windowAsked(url);
    if (windowId !== null) {
      if (!parts.openWindow(windowId)) logger.warn('window refused: too many', { windowId });
    } else if (mayOpenOutside(url)) {
      shell.openExternal(url).catch((error: unknown) => logger.warn('link not opened', { error }));
    } else {
      logger.warn('link refused', { url });
    }
    return { action: 'deny' };
  });
}

/** What our own page may: copy, and tell the user through the operating system. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/** Refuses every permission but two, and those to all but our page. */
export function refusePermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(GRANTED.has(permission) && details.isMainFrame && isPage(details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => GRANTED.has(permission) && isPage(origin));
  session.setDevicePermissionHandler(() => false);
}
