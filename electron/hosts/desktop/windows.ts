/** The windows: each our own page with the same safety, at most so many, back where they stood; a page that dies is loaded again. */
import type { App, BrowserWindow, BrowserWindowConstructorOptions, Dialog, Screen, Shell, WebContents } from 'electron';
import { WINDOWS_LIMIT } from '#shared/domain/index.ts';
import type { Logger, Timer, Timers } from '#shared/ports.ts';
import { addressOf, MAIN_WINDOW } from './channel.ts';
import { confine } from './navigation.ts';
import { placeOn } from './placement.ts';
import { windowOptions } from './window.ts';
import type { WindowStates } from './window-states.ts';
import type { Words } from './words.ts';

/** A page that dies more often than this in one window is not loaded again. */
const RELOADS = 3;
/** A window that is being moved is written down once it has rested so long. */
const REST_MS = 200;

export interface WindowsParts {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly app: Pick<App, 'isPackaged'>;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly preload: string;
  readonly states: WindowStates;
  readonly words: () => Words;
  /** A new window's page: its pipe and its words to the shell. */
  readonly listen: (contents: WebContents) => void;
  /** The user wants the last window gone: it stays until the way out is clear. */
  readonly lastCloses: () => void;
  /** The system ends the user's session: there is no time for a question. */
  readonly sessionEnds: () => void;
}

export class Windows {
  readonly #parts: WindowsParts;
  readonly #windows = new Map<string, BrowserWindow>();
  #leaving = false;

  constructor(parts: WindowsParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#windows.size;
  }

  /** The windows that were open when the program ended, the main one at any rate. */
  openAll(): void {
    for (const id of new Set([MAIN_WINDOW, ...this.#parts.states.open()])) this.open(id);
  }

  /** Opens a window, or shows it where it is open. False: there are too many. */
  open(windowId: string): boolean {
    const there = this.#windows.get(windowId);
    if (there) {
      this.#front(there);
      return true;
    }
    if (this.#windows.size >= WINDOWS_LIMIT) return false;
    this.#open(windowId);
    return true;
  }

  /** Brings every window back; a main one where there is none at all. */
  show(): void {
    if (this.#windows.size === 0) {
      this.open(MAIN_WINDOW);
      return;
    }
    for (const window of this.#windows.values()) if (!window.isVisible()) window.show();
    const first = this.current();
    if (first) this.#front(first);
  }

  /** Brings the window of a page to the front. */
  showOf(contents: WebContents): void {
    for (const window of this.#windows.values()) if (window.webContents === contents) this.#front(window);
  }

  /** Into the tray: the pages go on. */
  hide(): void {
    for (const window of this.#windows.values()) window.hide();
  }

  /** The window the user is at, else the main one, else any. */
  current(): BrowserWindow | null {
    const all = [...this.#windows.values()];
    return all.find((window) => window.isFocused()) ?? this.#windows.get(MAIN_WINDOW) ?? all[0] ?? null;
  }

  /** From here on windows close without a question, and stay marked as open. */
  leave(): void {
    this.#leaving = true;
  }

  #front(window: BrowserWindow): void {
    if (window.isMinimized()) window.restore();
    if (!window.isVisible()) window.show();
    window.focus();
  }

  #open(windowId: string): void {
    const parts = this.#parts;
    const { logger, dialog, preload, app } = parts;
    const place = this.#placeOf(windowId);
    const window = parts.create(windowOptions({ windowId, preload, packaged: app.isPackaged, place }));
    this.#windows.set(windowId, window);
    confine({
      contents: window.webContents,
      shell: parts.shell,
      logger,
      openWindow: (id) => this.open(id),
    });
    parts.listen(window.webContents);
    this.#remember(windowId, window);
    this.#keepAlive(window);
    window.on('close', (event) => {
      if (this.#leaving) return;
      if (this.#windows.size > 1) {
        parts.states.closed(windowId);
        return;
      }
      event.preventDefault();
      parts.lastCloses();
    });
    window.on('closed', () => this.#windows.delete(windowId));
    window.on('session-end', () => parts.sessionEnds());
    window.once('ready-to-show', () => {
      const state = parts.states.get(windowId);
      if (state?.maximized === true) window.maximize();
      if (state?.fullScreen === true) window.setFullScreen(true);
      window.show();
    });
    window.loadURL(addressOf(windowId)).catch((error: unknown) => {
      if (window.isDestroyed()) return;
      logger.error('page not opened', { error });
      dialog.showErrorBox(parts.words()('name'), parts.words()('pageLost'));
      window.destroy();
    });
  }

  /** A page that died is loaded again, so often; then its window goes. */
  #keepAlive(window: BrowserWindow): void {
    const { logger, dialog, words } = this.#parts;
    let lost = 0;
    window.webContents.on('render-process-gone', (_event, details) => {
      logger.error('page gone', { reason: details.reason });
      if (details.reason === 'clean-exit') return;
      lost += 1;
      if (lost <= RELOADS) {
        window.webContents.reload();
        return;
      }
      dialog.showErrorBox(words()('name'), words()('windowLost'));
      window.destroy();
    });
  }

  #placeOf(windowId: string): ReturnType<typeof placeOn> | null {
    const state = this.#parts.states.get(windowId);
    if (!state) return null;
    const { screen } = this.#parts;
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const { x, y, width, height } = state;
    return placeOn(
      { x, y, width, height },
      [primary, ...others].map(({ workArea }) => workArea),
    );
  }

  /** Writes down where the window stands, whenever it has moved. */
  #remember(windowId: string, window: BrowserWindow): void {
    const { states, timers } = this.#parts;
    let resting: Timer | null = null;
    const keep = (): void => {
      resting = null;
      if (window.isDestroyed()) return;
      states.put(windowId, {
        ...window.getNormalBounds(),
        maximized: window.isMaximized(),
        fullScreen: window.isFullScreen(),
        open: true,
      });
    };
    const moved = (): void => {
      resting?.cancel();
      resting = timers.after(REST_MS, keep);
    };
    window.on('move', moved);
    window.on('resize', moved);
    window.on('maximize', moved);
    window.on('unmaximize', moved);
    window.on('enter-full-screen', moved);
    window.on('leave-full-screen', moved);
    window.once('show', keep);
    window.on('close', () => {
      if (resting === null) return;
      resting.cancel();
      keep();
    });
    window.on('closed', () => resting?.cancel());
  }
}
