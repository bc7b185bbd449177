/** The page's side of the stand-in: a document with its preload in a world of its own, and what the page's world offers. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createContext, runInContext, type Context } from 'node:vm';

/** How a page reaches the main process. */
export interface PageHost {
  /** Delivers a message of the preload to the main process. */
  fromPage(channel: string, args: unknown[]): void;
  /** The page asks to go elsewhere. */
  navigate(url: string): void;
  /** The page asks for a window. */
  openWindow(url: string): void;
  /** A permission check, and a request for one. */
  check(permission: string): boolean;
  request(permission: string): Promise<boolean>;
}

/** Names of the permissions of the web in Electron's list. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  camera: 'media',
  'clipboard-write': 'clipboard-sanitized-write',
};

/**
 * Copies a value from one world to the other.
 * @cites api/context-bridge "Refer to the table on how values are copied between worlds."
 * @page tutorial/context-isolation: functions are proxied, everything else is copied and frozen.
 */
function bridged(value: unknown): unknown {
  if (typeof value === 'function')
    return (...args: unknown[]): unknown => bridged((value as (...given: unknown[]) => unknown)(...args.map(bridged)));
  if (Array.isArray(value)) return Object.freeze(value.map(bridged));
  if (value instanceof Uint8Array) return value.slice();
  if (typeof value !== 'object' || value === null) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bridged(each)])));
}

export class Page {
  /** What the preload hears of the main process. */
  readonly #ipc = new EventEmitter();
  readonly #world: Context;

  constructor(parts: { readonly url: string; readonly preload: string; readonly host: PageHost }) {
    const { host, url } = parts;
    this.#world = createContext({
      crypto,
      Uint8Array,
      URL,
      location: { href: url, assign: (to: string) => host.navigate(new URL(to, url).href) },
      /** @page Window.open(): null where no window was opened. */
      open: (to: string) => {
        host.openWindow(new URL(to, url).href);
        return null;
      },
      Notification: {
        get permission() {
          return host.check('notifications') ? 'granted' : 'denied';
        },
        requestPermission: async () => ((await host.request('notifications')) ? 'granted' : 'denied'),
      },
      navigator: {
        permissions: {
          query: async ({ name }: { name: string }) => ({
            state: host.check(PERMISSIONS[name] ?? name) ? 'granted' : 'denied',
          }),
        },
      },
    });
    runInContext('globalThis.window = globalThis;', this.#world);
    this.#runPreload(parts.preload, host);
  }

  /**
   * @cites api/web-contents "Evaluates `code` in page."
   * @cites api/web-contents "A promise that resolves with the result of the executed code or is rejected if the result of the code is a rejected promise."
   */
  async run(code: string): Promise<unknown> {
    return structuredClone(await (runInContext(code, this.#world) as unknown));
  }

  /** A message of the main process. */
  hear(channel: string, args: unknown[]): void {
    this.#ipc.emit(channel, {}, ...args);
  }

  /**
   * @page tutorial/sandbox: a sandboxed preload can require `electron` and a few modules of Node, no file.
   * @page tutorial/context-isolation: the preload shares no global with the page.
   */
  #runPreload(path: string, host: PageHost): void {
    const electron = {
      ipcRenderer: {
        /** @cites api/ipc-renderer "Listens to `channel`, when a new message arrives `listener` would be called with `listener(event, args...)`." */
        on: (channel: string, listener: (...args: unknown[]) => void) => this.#ipc.on(channel, listener),
        /**
         * @cites api/ipc-renderer "Send an asynchronous message to the main process via `channel`, along with arguments."
         * @cites api/ipc-renderer "Arguments will be serialized with the Structured Clone Algorithm, just like `window.postMessage`, so prototype chains will not be included."
         */
        send: (channel: string, ...args: unknown[]) => host.fromPage(channel, structuredClone(args)),
      },
      contextBridge: {
        /** @page api/context-bridge: the API is put on the page's window under the name. */
        exposeInMainWorld: (name: string, api: unknown) => {
          (this.#world as Record<string, unknown>)[name] = bridged(api);
        },
      },
    };
    const isolated = createContext({
      require: (name: string): unknown => {
        if (name === 'electron') return electron;
        throw new Error(`a sandboxed preload cannot require ${name}`);
      },
      module: { exports: {} },
      exports: {},
      crypto,
      Uint8Array,
      Uint32Array,
    });
    runInContext(readFileSync(path, 'utf8'), isolated);
  }
}
