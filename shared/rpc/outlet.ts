/** The sending side of one open stream: what waits, one unacknowledged batch, and a pause between batches. */
import { AppError, type ErrorEnvelope } from '../errors/index.ts';
import type { Timer, Timers } from '../ports.ts';
import type { Backlog } from './backlog.ts';
import type { StreamSink } from './define.ts';
import type { ServerFrame } from './frame.ts';

/** What an outlet needs of its session. */
export interface OutletParts {
  readonly id: number;
  readonly backlog: Backlog<unknown>;
  readonly timers: Timers;
  /** Whether the stream begins with full state. */
  readonly snapshot: boolean;
  /** Throws when an item does not fit; null where items were checked on entry. */
  readonly check: ((item: unknown) => unknown) | null;
  /** Pause between two batches now, milliseconds. */
  pauseMs(): number;
  /** Throws FRAME_TOO_LARGE. */
  send(frame: ServerFrame): void;
  toEnvelope(error: unknown): ErrorEnvelope;
  /** Told of an error thrown by the handler's own stop. */
  report(error: unknown): void;
  /** Told once, after the last frame. */
  ended(): void;
}

/** One stream of one client. Nothing it is told to send is lost before the backlog's limit, and nothing grows beyond it. */
export class Outlet implements StreamSink<unknown> {
  readonly #parts: OutletParts;
  #stop: (() => void) | null = null;
  #open = true;
  /** The orderly end, sent when the backlog is empty. */
  #ending: { readonly error: unknown } | null = null;
  #begun = false;
  #batch = 0;
  #unacked = false;
  /** Set until the first turn after a push, so that pushes of one turn travel together. */
  #gathering = false;
  #pause: Timer | null = null;

  constructor(parts: OutletParts) {
    this.#parts = parts;
  }

  /** Takes what stops the handler; runs it at once where the stream is already over. */
  started(stop: () => void): void {
    if (this.#open) {
      this.#stop = stop;
      return;
    }
    try {
      stop();
    } catch (error) {
      this.#parts.report(error);
    }
  }

  snapshot(items: readonly unknown[]): void {
    this.#accept(() => {
      if (!this.#parts.snapshot)
        throw new AppError('INTERNAL_BUG', { what: 'snapshot of a stream declared without one' });
      this.#begun = true;
      const { check } = this.#parts;
      return this.#parts.backlog.replaceAll(check ? items.map(check) : items);
    });
  }

  push(item: unknown): void {
    this.#accept(() => {
      if (this.#parts.snapshot && !this.#begun)
        throw new AppError('INTERNAL_BUG', { what: 'item before the snapshot' });
      const { check } = this.#parts;
      return this.#parts.backlog.add(check ? check(item) : item);
    });
  }

  end(error?: unknown): void {
    if (!this.#open || this.#ending) return;
    this.#ending = { error };
    this.#gather();
  }

  /** false when this batch was not waiting for an ack. */
  ack(batch: number): boolean {
    if (!this.#unacked || batch !== this.#batch) return false;
    this.#unacked = false;
    this.#flush();
    return true;
  }

  /** The client looked at us or away: the pause starts anew with the length now in force. */
  rhythmChanged(): void {
    this.#pause?.cancel();
    this.#pause = null;
    this.#flush();
  }

  /** The client closed or went away: nothing more is sent. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#pause?.cancel();
    const stop = this.#stop;
    this.#stop = null;
    try {
      stop?.();
    } catch (error) {
      this.#parts.report(error);
    }
    this.#parts.ended();
  }

  #accept(take: () => boolean): void {
    if (!this.#open || this.#ending) return;
    try {
      if (take()) this.#gather();
      else this.#endNow(new AppError('STREAM_OVERFLOW'));
    } catch (error) {
      this.#endNow(error);
    }
  }

  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#parts.timers.yieldTurn(() => {
      this.#gathering = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (!this.#open || this.#unacked || this.#pause || this.#gathering) return;
    if (this.#parts.backlog.waiting) this.#sendBatch();
    else if (this.#ending) this.#endNow(this.#ending.error);
  }

  #sendBatch(): void {
    const { items, seq, snapshot } = this.#parts.backlog.take();
    this.#batch += 1;
    this.#unacked = true;
    try {
      this.#parts.send({ kind: 'item', id: this.#parts.id, batch: this.#batch, seq, snapshot, items: [...items] });
    } catch (error) {
      this.#endNow(error);
      return;
    }
    this.#pause = this.#parts.timers.after(this.#parts.pauseMs(), () => {
      this.#pause = null;
      this.#flush();
    });
  }

  #endNow(error: unknown): void {
    if (!this.#open) return;
    this.#parts.send({
      kind: 'end',
      id: this.#parts.id,
      error: error === undefined ? null : this.#parts.toEnvelope(error),
    });
    this.close();
  }
}
