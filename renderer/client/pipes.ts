/** The two doors a screen may stand behind: the desktop's preload, or the loopback web server. */
import { AppError } from '#shared/errors/index.ts';
import { socketPipe, type Frame, type Pipe } from '#shared/rpc/index.ts';

/** What preload exposes: one channel, no method of its own. */
export interface DesktopBridge {
  send(frame: Frame, bytes?: Uint8Array): void;
  onFrame(receive: (frame: unknown, bytes: Uint8Array | null) => void): void;
  onClose(closed: () => void): void;
}

declare global {
  interface Window {
    readonly maru?: DesktopBridge;
  }
}

export interface Door {
  /** True where a lost line may be opened again. */
  readonly reopens: boolean;
  open(): Promise<Pipe>;
  /** What the web door asks for in `hello`. */
  credentials(): { readonly token?: string; readonly session?: string };
  /** Keeps the secret of a welcome for a reload of the page. */
  keep(session: string | null): void;
}

const SESSION_KEY = 'maru.session';

function desktopDoor(bridge: DesktopBridge): Door {
  return {
    reopens: false,
    open: () =>
      Promise.resolve({
        send: (frame: Frame, bytes?: Uint8Array) => bridge.send(frame, bytes),
        onFrame: (receive) => bridge.onFrame(receive),
        onClose: (closed) => bridge.onClose(closed),
        close: () => undefined,
      } satisfies Pipe),
    credentials: () => ({}),
    keep: () => undefined,
  };
}

/** The one-time token of "#token=…" or "#…"; null where the address has none. */
export function tokenOf(fragment: string): string | null {
  const text = fragment.replace(/^#/, '');
  if (text === '') return null;
  return new URLSearchParams(text).get('token') ?? (text.includes('=') ? null : text);
}

function webDoor(): Door {
  let token = tokenOf(location.hash);
  // Out of the address bar and the history at once.
  if (token !== null) history.replaceState(null, '', location.pathname + location.search);
  return {
    reopens: true,
    open: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/pipe`);
        socket.addEventListener('open', () => resolve(socketPipe(socket)), { once: true });
        socket.addEventListener('close', () => reject(new AppError('PIPE_CLOSED')), { once: true });
      }),
    credentials() {
      const session = sessionStorage.getItem(SESSION_KEY);
      // Both where there are both: an address opened a second time has a spent token, but its tab may still have the session.
      return { ...(token === null ? {} : { token }), ...(session === null ? {} : { session }) };
    },
    keep(session) {
      // The token is spent.
      token = null;
      if (session !== null) sessionStorage.setItem(SESSION_KEY, session);
    },
  };
}

/** The door this page was opened through. */
export function findDoor(): Door {
  return window.maru ? desktopDoor(window.maru) : webDoor();
}
