/** Where the page may not go: no other address, no new window, no permission, and outside links only by list. */
import type { Session, Shell, WebContents } from 'electron';
import type { Logger } from '#shared/ports.ts';
import { PAGE_ORIGIN } from './channel.ts';

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

/** Whether an address is the page itself. */
export function isPage(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`);
}

/** Shuts every way out of the page. */
export function confine(parts: {
  readonly contents: WebContents;
  readonly session: Session;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly logger: Logger;
}): void {
  const { contents, session, shell, logger } = parts;
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isPage(event.url)) return;
    event.preventDefault();
    logger.warn('navigation refused', { url: event.url });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) {
      shell.openExternal(url).catch((error: unknown) => logger.warn('link not opened', { error }));
    } else {
      logger.warn('link refused', { url });
    }
    return { action: 'deny' };
  });
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  session.setDevicePermissionHandler(() => false);
}
