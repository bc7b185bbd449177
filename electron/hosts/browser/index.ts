/** A browser's app window in front of the web door, for machines without Electron's binary. */
export { openAppWindow, type AppWindow } from './app-window.ts';
export { findBrowser } from './find-browser.ts';
