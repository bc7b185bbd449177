/** The receiving side of one stream: hands batches to the listener, acks them, opens again after an overflow, a gap or a switch of the environment. */
import { envelope, type ErrorEnvelope } from '../errors/index.ts';
import type { Timer, Timers } from '../ports.ts';
import type { StreamListener } from './define.ts';
import type { ServerFrame } from './frame.ts';

/** Pause before the second opening in a row that brought nothing; doubles up to the longest, milliseconds. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** What an inlet needs of its link. */
export interface InletParts {
  readonly every: boolean;
  readonly snapshot: boolean;
  readonly listener: StreamListener<unknown>;
  readonly timers: Timers;
  readonly schedule: (run: () => void) => void;
  readonly report: (error: unknown) => void;
  /** Opens the stream and returns its number. */
  open(): number;
  /** Forgets a number; `tell` also tells the core. */
  close(id: number, tell: boolean): void;
  ack(id: number, batch: number): void;
  /** Told once, when the stream is over for good. */
  over(): void;
}

type ItemFrame = Extract<ServerFrame, { kind: 'item' }>;

/** One stream a listener watches, over as many openings as it takes. */
export class Inlet {
  readonly #parts: InletParts;
  /** Number of the opening in force, null between two openings and when over. */
  #id: number | null = null;
  #over = false;
  #lastSeq = 0;
  /** A batch is with the listener and not rendered yet. */
  #rendering = false;
  #reopenWanted = false;
  /** Openings in a row that brought no batch. */
  #fruitless = 0;
  #pause: Timer | null = null;

  constructor(parts: InletParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#lastSeq = 0;
    this.#id = this.#parts.open();
  }

  stop(): void {
    this.#forget(true);
    this.#finish(null);
  }

  /** The line is gone. */
  lost(reason: ErrorEnvelope): void {
    this.#forget(false);
    this.#finish(reason);
  }

  /** The core ended this opening, or refused it. */
  ended(error: ErrorEnvelope | null): void {
    this.#forget(false);
    if (error?.code === 'ENVIRONMENT_SWITCHED') {
      // What was received is of another market and account: void, whatever the kind of stream.
      this.#guarded(() => this.#parts.listener.renewed?.(error));
      this.#reopen();
      return;
    }
    // Without a snapshot, opening again would hide that items are missing.
    const recoverable = error?.code === 'STREAM_OVERFLOW' && (this.#parts.snapshot || !this.#parts.every);
    if (recoverable) this.#reopen();
    else this.#finish(error);
  }

  item(frame: ItemFrame): void {
    if (this.#over || this.#id !== frame.id) return;
    if (this.#isGap(frame)) {
      this.#forget(true);
      if (this.#parts.snapshot) this.#reopen();
      else this.#finish(envelope('STREAM_OVERFLOW'));
      return;
    }
    this.#lastSeq = frame.seq;
    this.#fruitless = 0;
    this.#rendering = true;
    this.#guarded(() => this.#parts.listener.batch(frame.items, { snapshot: frame.snapshot, seq: frame.seq }));
    this.#parts.schedule(() => {
      this.#rendering = false;
      if (this.#id === frame.id) this.#parts.ack(frame.id, frame.batch);
      if (this.#reopenWanted) this.#reopen();
    });
  }

  #isGap(frame: ItemFrame): boolean {
    return this.#parts.every && !frame.snapshot && frame.seq - frame.items.length !== this.#lastSeq;
  }

  #reopen(): void {
    if (this.#over) return;
    // A listener that is behind is not given more before it has rendered what it holds.
    this.#reopenWanted = this.#rendering;
    if (this.#rendering) return;
    this.#fruitless += 1;
    if (this.#fruitless === 1) {
      this.start();
      return;
    }
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#fruitless - 2, 10));
    this.#pause = this.#parts.timers.after(pauseMs, () => {
      this.#pause = null;
      this.start();
    });
  }

  #finish(error: ErrorEnvelope | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#pause?.cancel();
    this.#parts.over();
    this.#guarded(() => this.#parts.listener.end?.(error));
  }

  #forget(tell: boolean): void {
    if (this.#id === null) return;
    this.#parts.close(this.#id, tell);
    this.#id = null;
  }

  #guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.report(error);
    }
  }
}
