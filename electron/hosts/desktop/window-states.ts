/** Where the windows stood and which were open: kept in one file, written whole, read once. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { WindowId } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';

const Pixels = z.int().min(-100_000).max(100_000);
const Length = z.int().min(1).max(100_000);

const WindowState = z.strictObject({
  x: Pixels,
  y: Pixels,
  width: Length,
  height: Length,
  maximized: z.boolean(),
  fullScreen: z.boolean(),
  /** It was open when the program ended, or is open now. */
  open: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** Windows whose place is remembered. */
const MOST = 64;

const File = z.strictObject({
  version: z.literal(1),
  windows: z.record(WindowId, WindowState).refine((windows) => Object.keys(windows).length <= MOST),
});

export class WindowStates {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #states = new Map<string, WindowState>();
  #written = '';

  /** Reads what was kept at `path`; a file that is broken, newer or unreadable is left behind with a line in the log. */
  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') logger.warn('window places not read', { error });
      return;
    }
    try {
      const { windows } = File.parse(JSON.parse(text));
      for (const [id, state] of Object.entries(windows)) this.#states.set(id, state);
      this.#written = this.#text();
    } catch (error) {
      logger.warn('window places ignored: the file is broken', { error });
    }
  }

  get(windowId: string): WindowState | null {
    return this.#states.get(windowId) ?? null;
  }

  /** Windows that were open, in the order in which they were. */
  open(): readonly string[] {
    return [...this.#states].filter(([, state]) => state.open).map(([id]) => id);
  }

  /** Keeps a state and writes the file; the oldest places of closed windows go when there are too many. */
  put(windowId: string, state: WindowState): void {
    this.#states.delete(windowId);
    this.#states.set(windowId, state);
    for (const [id, { open }] of this.#states) {
      if (this.#states.size <= MOST) break;
      if (!open) this.#states.delete(id);
    }
    this.#save();
  }

  /** A window that the user closed is not opened again by itself; its place stays known. */
  closed(windowId: string): void {
    const state = this.#states.get(windowId);
    if (!state) return;
    this.#states.set(windowId, { ...state, open: false });
    this.#save();
  }

  #text(): string {
    return `${JSON.stringify({ version: 1, windows: Object.fromEntries(this.#states) })}\n`;
  }

  /** Complete or as before: a new file beside the old one takes its name. */
  #save(): void {
    const text = this.#text();
    if (text === this.#written) return;
    try {
      const partial = `${this.#path}.partial`;
      const file = openSync(partial, 'w', 0o600);
      try {
        writeSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(partial, this.#path);
      this.#written = text;
    } catch (error) {
      // Looks only: the program goes on.
      this.#logger.warn('window places not kept', { error });
    }
  }
}
