/** The window: sandboxed, isolated, showing our page and nothing else. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { PAGE_ORIGIN } from './channel.ts';

const WIDTH = 1_440;
const HEIGHT = 900;
/** The screen is laid out for at least this many pixels. */
const MIN_WIDTH = 1_280;
const MIN_HEIGHT = 720;
/** Colour before the first paint, the screen's own dark ground. */
const GROUND = '#0b0e13';

/** Options of the window. */
export function windowOptions(parts: {
  readonly preload: string;
  readonly packaged: boolean;
}): BrowserWindowConstructorOptions {
  return {
    title: '마루',
    width: WIDTH,
    height: HEIGHT,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    backgroundColor: GROUND,
    webPreferences: {
      preload: parts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // Prices and stops are judged in the core; a hidden window may slow down.
      backgroundThrottling: true,
      devTools: !parts.packaged,
    },
  };
}

/** Loads the page and shows the window once it has something to show. */
export async function openPage(window: BrowserWindow): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${PAGE_ORIGIN}/`);
}
