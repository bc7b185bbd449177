/** The desktop door: Electron's window in front of the core. */
export { openDesktop, type DesktopOptions } from './desktop.ts';
