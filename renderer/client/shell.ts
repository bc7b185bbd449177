/** The desktop's shell as the page sees it: a native menu that shows the page's actions, and windows it can bring forward. */
import type { ShellWord } from '#shared/contract/index.ts';

/** What preload exposes beside the pipe. */
export interface ShellBridge {
  tell(word: ShellWord): void;
  /** Told the id of an action that was chosen in the native menu. */
  onAct(act: (id: string) => void): void;
}

declare global {
  interface Window {
    readonly maruShell?: ShellBridge;
  }
}

/** The shell; null in a browser. */
export function findShell(): ShellBridge | null {
  return window.maruShell ?? null;
}
