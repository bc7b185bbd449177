/** Has long texts read beside the page: the newest only, and none without an end. */
import type { Timer } from '#shared/ports.ts';
import { READ_FAILED, READ_TOO_LONG } from '#shared/scenario/index.ts';
import { browserTimers } from '../../../ui/platform.ts';
import type { Understood } from './read-text.ts';
import type { ToReader } from './reading.worker.ts';

/** A text that takes longer is given up. */
const LONGEST_MS = 20_000;

const TOO_LONG: Understood = { document: null, problems: READ_TOO_LONG };
const FAILED: Understood = { document: null, problems: READ_FAILED };

export class LongReader {
  #worker: Worker | null = null;
  #late: Timer | null = null;
  #busy = false;

  /** Reads a text and tells what it says; a text that is still being read is given up for it, and is never told. */
  read(order: ToReader, tell: (told: Understood) => void): void {
    if (this.#busy) this.stop();
    const worker = (this.#worker ??= new Worker(new URL('./reading.worker.ts', import.meta.url), { type: 'module' }));
    this.#busy = true;
    const done = (told: Understood, spent: boolean): void => {
      if (this.#worker !== worker) return;
      if (spent) this.stop();
      this.#late?.cancel();
      this.#busy = false;
      tell(told);
    };
    worker.onmessage = (event: MessageEvent<Understood>) => done(event.data, false);
    worker.onerror = () => done(FAILED, true);
    this.#late = browserTimers.after(LONGEST_MS, () => done(TOO_LONG, true));
    worker.postMessage(order);
  }

  /** Gives up what is being read. */
  stop(): void {
    if (!this.#busy) return;
    this.#worker?.terminate();
    this.#worker = null;
    this.#late?.cancel();
    this.#busy = false;
  }
}
