/** One window: sandboxed, isolated, showing our page and nothing else. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { MAIN_WINDOW } from './channel.ts';
import type { Area } from './placement.ts';

/** First size of a window, pixels, and the least the screen is laid out for. */
const MAIN_SIZE = { width: 1_440, height: 900, minWidth: 1_280, minHeight: 720 };
const FURTHER_SIZE = { width: 1_280, height: 800, minWidth: 480, minHeight: 320 };
/** Colour before the first paint, the screen's own dark ground. */
const GROUND = '#0b0e13';

/** Options of a window; the same safety for each of them. `place`: where it stood last. */
export function windowOptions(parts: {
  readonly windowId: string;
  readonly preload: string;
  readonly packaged: boolean;
  readonly place: Area | null;
}): BrowserWindowConstructorOptions {
  const size = parts.windowId === MAIN_WINDOW ? MAIN_SIZE : FURTHER_SIZE;
  return {
    title: '마루',
    ...size,
    ...parts.place,
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
