/**
 * Stands in for the `electron` module where its program file is missing: enough of it to run the built main process and
 * preload for real. What each member does is cited: `@cites page "words"` are words of Electron's own documentation, which
 * a test looks up in electron.d.ts; `@page` names a page that is not in there.
 */
import { EventEmitter } from 'node:events';
import { Page } from './electron-page.ts';
import { session } from './electron-stand-in-system.ts';

export { Menu } from './electron-stand-in-menu.ts';
export { dialog, nativeImage, powerMonitor, screen, session, shell, Tray } from './electron-stand-in-system.ts';

type Handler = (request: Request) => Promise<Response>;
let pageHandler: Handler | null = null;
/** Whether the process holds the single-instance lock: the test says so. */
const first = process.env['STAND_IN_SECOND'] === undefined;
const windows = new Set<BrowserWindow>();

interface Preventable {
  preventDefault(): void;
  readonly [name: string]: unknown;
}

/** Tells listeners of an event that they may prevent; true where none has. */
function passes(emitter: EventEmitter, name: string, facts: Readonly<Record<string, unknown>> = {}): boolean {
  let prevented = false;
  const event: Preventable = { ...facts, preventDefault: () => (prevented = true) };
  emitter.emit(name, event);
  return !prevented;
}

class App extends EventEmitter {
  /** @cites api/app "A `boolean` property that returns `true` if the app is packaged, `false` otherwise." */
  readonly isPackaged = false;
  #quitting = false;

  /** @cites api/app "Overrides the `path` to a special directory or file associated with `name`." */
  setPath(name: string, path: string): void {
    if (name === 'userData') process.env['STAND_IN_USER_DATA'] = path;
  }
  /** @cites api/app "A path to a special directory or file associated with `name`." */
  getPath(): string {
    return process.env['STAND_IN_USER_DATA'] ?? '';
  }
  /** @cites api/app "Enables full sandbox mode on the app." */
  enableSandbox(): void {
    // Every page here runs as if in the sandbox.
  }
  /** @cites api/app "Changes the Application User Model ID to `id`." */
  setAppUserModelId(): void {
    // Windows only.
  }
  /** @cites api/app "The return value of this method indicates whether or not this instance of your application successfully obtained the lock." */
  requestSingleInstanceLock(): boolean {
    return first;
  }
  /** @cites api/app "fulfilled when Electron is initialized." */
  whenReady(): Promise<void> {
    return new Promise((ready) => setImmediate(ready));
  }
  /**
   * @cites api/app "Try to close all windows. The `before-quit` event will be emitted first. If all windows are successfully closed, the `will-quit` event will be emitted and by default the application will terminate."
   * @cites api/app "Emitted before the application starts closing its windows. Calling `event.preventDefault()` will prevent the default behavior, which is terminating the application."
   */
  quit(): void {
    if (!passes(this, 'before-quit')) return;
    this.#quitting = true;
    for (const window of windows) window.close();
    if (windows.size > 0) this.#quitting = false;
    else this.#end();
  }
  /**
   * @cites api/app "Exits immediately with `exitCode`. `exitCode` defaults to 0."
   * @cites api/app "All windows will be closed immediately without asking the user, and the `before-quit` and `will-quit` events will not be emitted."
   */
  exit(code = 0): void {
    process.exit(code);
  }
  /**
   * @cites api/app "Emitted when all windows have been closed."
   * @cites api/app "Electron will first try to close all the windows and then emit the `will-quit` event, and in this case the `window-all-closed` event would not be emitted."
   */
  windowGone(): void {
    if (this.#quitting || windows.size > 0) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
  /** @cites api/app "Emitted when all windows have been closed and the application will quit. Calling `event.preventDefault()` will prevent the default behavior, which is terminating the application." */
  #end(): void {
    if (passes(this, 'will-quit')) process.exit(0);
  }
}

export const app = new App();

/** @cites api/ipc-main "Listens to `channel`, when a new message arrives `listener` would be called with `listener(event, args...)`." */
export const ipcMain = new EventEmitter();

class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' };
  #page: Page | null = null;
  #opener: ((details: { url: string }) => { action: string }) | null = null;
  #destroyed = false;
  readonly #preload: string;

  constructor(preload: string) {
    super();
    this.#preload = preload;
  }
  /**
   * @cites api/web-contents "Send an asynchronous message to the renderer process via `channel`, along with arguments."
   * @cites api/web-contents "Arguments will be serialized with the Structured Clone Algorithm, just like `postMessage`, so prototype chains will not be included."
   */
  send(channel: string, ...args: unknown[]): void {
    const page = this.#page;
    const copy = structuredClone(args);
    setImmediate(() => page?.hear(channel, copy));
  }
  /** @cites api/web-contents "Whether the web page is destroyed." */
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  /** @cites api/web-contents "The URL of the current web page." */
  getURL(): string {
    return this.mainFrame.url;
  }
  /** @cites api/web-contents "Called before creating a window when a new window is requested by the renderer, e.g. by `window.open()`" */
  setWindowOpenHandler(opener: (details: { url: string }) => { action: string }): void {
    this.#opener = opener;
  }
  /**
   * @cites api/web-contents "Loads the `url` in the window. The `url` must contain the protocol prefix"
   * @cites api/web-contents "the promise will resolve when the page has finished loading (see `did-finish-load`), and rejects if the page fails to load (see `did-fail-load`)."
   */
  async loadURL(url: string): Promise<void> {
    if (pageHandler === null) throw new Error('no protocol is served');
    const answer = await pageHandler(new Request(url));
    if (answer.status !== 200) throw new Error(`page ${answer.status}`);
    this.#show(url);
    this.emit('did-finish-load');
  }
  /** @cites api/web-contents "Reloads the current web page." */
  reload(): void {
    void this.loadURL(this.mainFrame.url);
  }
  /** @cites api/web-contents "Evaluates `code` in page." */
  async executeJavaScript(code: string): Promise<unknown> {
    if (this.#page === null) throw new Error('no page');
    return this.#page.run(code);
  }
  /** @cites api/web-contents "This will cause the `render-process-gone` event to be emitted with the `reason=killed || reason=crashed`." */
  forcefullyCrashRenderer(): void {
    this.#page = null;
    setImmediate(() => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
  }
  /** @cites api/web-contents "Emitted when `webContents` is destroyed." */
  destroy(): void {
    this.#destroyed = true;
    this.#page = null;
    this.emit('destroyed');
  }
  /**
   * @cites api/web-contents "Emitted when a user or the page wants to start navigation on the main frame. It can happen when the `window.location` object is changed or a user clicks a link in the page."
   * @cites api/web-contents "Calling `event.preventDefault()` will prevent the navigation."
   */
  #navigate(url: string): void {
    if (passes(this, 'will-navigate', { url, isMainFrame: true })) void this.loadURL(url);
  }
  /** A new document with a new preload. */
  #show(url: string): void {
    this.mainFrame.url = url;
    this.#page = new Page({
      url,
      preload: this.#preload,
      host: {
        fromPage: (channel, args) => {
          const event = { sender: this, senderFrame: this.mainFrame };
          setImmediate(() => ipcMain.emit(channel, event, ...args));
        },
        navigate: (to) => this.#navigate(to),
        openWindow: (to) => void this.#opener?.({ url: to }),
        check: (permission) => session.defaultSession.check(this, permission, url),
        request: (permission) => session.defaultSession.ask(this, permission, url),
      },
    });
  }
}

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class BrowserWindow extends EventEmitter {
  readonly options: Partial<Bounds> & { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly webContents: WebContents;
  #bounds: Bounds;
  #visible = false;
  #maximized = false;
  #focused = false;
  #destroyed = false;
  #ready = false;

  /** @cites api/structures/base-window-options "(**required** if y is used) Window's left offset from screen. Default is to center the window." */
  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    const { x = 100, y = 60, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(String(options.webPreferences['preload']));
    this.webContents.once('did-finish-load', () => this.#paint());
    windows.add(this);
    app.emit('browser-window-created', {}, this);
  }
  /** @cites api/browser-window "An array of all opened browser windows." */
  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }
  /** @cites api/browser-window "the promise will resolve when the page has finished loading (see `did-finish-load`), and rejects if the page fails to load (see `did-fail-load`)." */
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  /** @cites api/base-window "Shows and gives focus to the window." */
  show(): void {
    this.#visible = true;
    this.emit('show');
    this.focus();
  }
  /** @cites api/base-window "Hides the window." */
  hide(): void {
    this.#visible = false;
    this.#focused = false;
    this.emit('hide');
  }
  /** @cites api/base-window "Focuses on the window." */
  focus(): void {
    for (const window of windows) window.#focused = window === this;
    this.emit('focus');
    app.emit('browser-window-focus', {}, this);
  }
  /** @cites api/base-window "Whether the window is focused." */
  isFocused(): boolean {
    return this.#focused;
  }
  /** @cites api/base-window "Whether the window is visible to the user in the foreground of the app." */
  isVisible(): boolean {
    return this.#visible;
  }
  /** @cites api/base-window "Whether the window is minimized." */
  isMinimized(): boolean {
    return false;
  }
  /** @cites api/base-window "Restores the window from minimized state to its previous state." */
  restore(): void {
    this.#visible = true;
  }
  /** @cites api/base-window "Maximizes the window. This will also show (but not focus) the window if it isn't being displayed already." */
  maximize(): void {
    this.#maximized = true;
    this.#visible = true;
    this.emit('maximize');
  }
  /** @cites api/base-window "Whether the window is maximized." */
  isMaximized(): boolean {
    return this.#maximized;
  }
  /** @cites api/base-window "Whether the window is in fullscreen mode." */
  isFullScreen(): boolean {
    return false;
  }
  /** @cites api/base-window "Resizes and moves the window to the supplied bounds. Any properties that are not supplied will default to their current values." */
  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }
  /** @cites api/base-window "Whatever the current state of the window : maximized, minimized or in fullscreen, this function always returns the position and size of the window in normal state." */
  getNormalBounds(): Bounds {
    return this.#bounds;
  }
  /** @cites api/base-window "Whether the window is destroyed." */
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  /**
   * @cites api/base-window "Try to close the window. This has the same effect as a user manually clicking the close button of the window. The web page may cancel the close though."
   * @cites api/base-window "Emitted when the window is going to be closed."
   * @cites api/base-window "Calling `event.preventDefault()` will cancel the close."
   */
  close(): void {
    if (passes(this, 'close')) this.destroy();
  }
  /** @cites api/base-window "Force closing the window, the `unload` and `beforeunload` event won't be emitted for the web page, and `close` event will also not be emitted for this window, but it guarantees the `closed` event will be emitted." */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    this.webContents.destroy();
    this.emit('closed');
    app.windowGone();
  }
  /** @cites api/browser-window "Emitted when the web page has been rendered (while not being shown) and window can be displayed without a visual flash." */
  #paint(): void {
    if (this.#ready) return;
    this.#ready = true;
    this.emit('ready-to-show');
  }
}

export const protocol = {
  /** @page api/protocol: "This method can only be used before the ready event of the app module gets emitted and can be called only once." */
  registerSchemesAsPrivileged: (): void => undefined,
  /** @cites api/protocol "Register a protocol handler for `scheme`. Requests made to URLs with this scheme will delegate to this handler to determine what response should be sent." */
  handle: (_scheme: string, handler: Handler): void => void (pageHandler = handler),
};

export const net = {
  /** @page api/net: net.fetch answers for schemes that were registered with `protocol.handle`. */
  fetch: (url: string): Promise<Response> => {
    if (pageHandler === null) throw new Error('no protocol is served');
    return pageHandler(new Request(url));
  },
};
