/** Stands in for the `electron` module where its program file is missing: enough of it to run the built main process and preload for real. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

/** What the program did to the stand-in, for a test to read. */
export const seen = {
  paths: new Map<string, string>(),
  sandboxed: false,
  schemes: [] as unknown[],
  errorBoxes: [] as (readonly [string, string])[],
  opened: [] as string[],
  messages: [] as { message: string }[],
  menu: [] as { label?: string; submenu?: { label?: string; click?: () => void }[] }[],
  windows: [] as BrowserWindow[],
};

/** What the test decides. */
export const fate = { firstInstance: true, picked: [] as string[] };

let pageHandler: ((request: Request) => Promise<Response>) | null = null;

class App extends EventEmitter {
  readonly isPackaged = false;
  #quitting = false;

  setPath(name: string, path: string): void {
    seen.paths.set(name, path);
  }
  enableSandbox(): void {
    seen.sandboxed = true;
  }
  requestSingleInstanceLock(): boolean {
    return fate.firstInstance;
  }
  whenReady(): Promise<void> {
    return new Promise((ready) => setImmediate(ready));
  }
  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    for (const window of seen.windows) window.destroy();
    let stays = false;
    this.emit('will-quit', { preventDefault: () => (stays = true) });
    if (!stays) process.exit(0);
  }
  exit(code: number): void {
    process.exit(code);
  }
}

export const app = new App();
export const ipcMain = new EventEmitter();

/** The page's side of IPC: what preload sees. */
class Page {
  readonly ipc = new EventEmitter();
  /** What preload put into the page's world. */
  readonly world = new Map<string, unknown>();

  constructor(preload: string, contents: WebContents) {
    const electron = {
      ipcRenderer: {
        on: (channel: string, listener: (...args: unknown[]) => void) => this.ipc.on(channel, listener),
        send: (channel: string, ...args: unknown[]) => {
          // Over the process border: a copy, later.
          const copy = structuredClone(args);
          setImmediate(() => ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame }, ...copy));
        },
      },
      contextBridge: { exposeInMainWorld: (name: string, api: unknown) => this.world.set(name, api) },
    };
    const require = (name: string): unknown => {
      if (name === 'electron') return electron;
      throw new Error(`a sandboxed preload cannot require ${name}`);
    };
    runInNewContext(readFileSync(preload, 'utf8'), {
      require,
      module: { exports: {} },
      exports: {},
      crypto,
      Uint8Array,
      Uint32Array,
    });
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' };
  page: Page | null = null;
  opener: ((details: { url: string }) => { action: string }) | null = null;
  #destroyed = false;
  readonly #preload: string;

  constructor(preload: string) {
    super();
    this.#preload = preload;
  }
  send(channel: string, ...args: unknown[]): void {
    const page = this.page;
    const copy = structuredClone(args);
    setImmediate(() => page?.ipc.emit(channel, {}, ...copy));
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  setWindowOpenHandler(opener: (details: { url: string }) => { action: string }): void {
    this.opener = opener;
  }
  /** Loads an address: a new document with a new preload. */
  load(url: string): void {
    this.mainFrame.url = url;
    this.page = new Page(this.#preload, this);
  }
  reload(): void {
    this.load(this.mainFrame.url);
  }
  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly webContents: WebContents;
  shown = false;
  focused = 0;
  #destroyed = false;

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    this.webContents = new WebContents(String(options.webPreferences['preload']));
    seen.windows.push(this);
  }
  async loadURL(url: string): Promise<void> {
    const answer = await fetchPage(url);
    if (answer.status !== 200) throw new Error(`page ${answer.status}`);
    this.webContents.load(url);
    this.emit('ready-to-show');
    app.emit('stand-in-opened', this);
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.shown = true;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.webContents.destroy();
    this.emit('closed');
  }
}

/** Asks the page's protocol as Chromium would. */
export function fetchPage(url: string): Promise<Response> {
  if (pageHandler === null) throw new Error('no protocol is served');
  return pageHandler(new Request(url));
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown[]) => seen.schemes.push(...schemes),
  handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => void (pageHandler = handler),
};

type Permission = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;

export const session = {
  defaultSession: {
    ask: (() => undefined) as Permission,
    setPermissionRequestHandler(handler: Permission): void {
      this.ask = handler;
    },
    setPermissionCheckHandler(): void {
      // The request handler is what the test asks.
    },
    setDevicePermissionHandler(): void {
      // As above.
    },
  },
};

export const shell = {
  openExternal: (url: string) => Promise.resolve(void seen.opened.push(url)),
  openPath: (path: string) => Promise.resolve(void seen.opened.push(path)),
};

export const dialog = {
  showErrorBox: (title: string, body: string) => void seen.errorBoxes.push([title, body]),
  showOpenDialog: () => Promise.resolve({ canceled: fate.picked.length === 0, filePaths: fate.picked }),
  showMessageBox: (_window: unknown, options: { message: string }) => {
    seen.messages.push(options);
    app.emit('stand-in-message');
    return Promise.resolve({ response: 0 });
  },
};

export const Menu = {
  buildFromTemplate: (template: typeof seen.menu) => template,
  setApplicationMenu: (menu: typeof seen.menu) => void (seen.menu = menu),
};
