/** The two-way line under the protocol, and the one between two ends of the same process. */
import { AppError } from '../errors/index.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';

/** One end of a line that carries frames in order. Doors implement it; nothing above knows which door it is. */
export interface Pipe {
  /** Sends a frame with at most one payload; throws FRAME_TOO_LARGE, does nothing once closed. */
  send(frame: Frame, bytes?: Uint8Array): void;
  /** Sets who receives; set it in the turn in which the pipe is made. What could not be read arrives as the AppError that says why. */
  onFrame(receive: (frame: unknown, bytes: Uint8Array | null) => void): void;
  /** Adds one who is told once, whichever side closed; at once where it is closed already. */
  onClose(closed: () => void): void;
  close(): void;
}

/** The listeners of a pipe's end, for whoever implements `Pipe`. */
export interface Closing {
  readonly closed: boolean;
  add(listener: () => void): void;
  /** Tells all, the first time only. */
  tell(): void;
}

/** A pipe's end that has not come yet. */
export function createClosing(): Closing {
  let listeners: (() => void)[] | null = [];
  return {
    get closed() {
      return listeners === null;
    },
    add(listener) {
      if (listeners === null) listener();
      else listeners.push(listener);
    },
    tell() {
      const told = listeners ?? [];
      listeners = null;
      for (const listener of told) listener();
    },
  };
}

/** Reads a socket's message for `Pipe.onFrame`: never throws. */
export function receiveMessage(message: unknown, receive: (frame: unknown, bytes: Uint8Array | null) => void): void {
  let raw: { readonly frame: unknown; readonly bytes: Uint8Array | null };
  try {
    raw = decodeFrame(message);
  } catch (error) {
    raw = { frame: error instanceof AppError ? error : new AppError('FRAME_MALFORMED', { why: '' }), bytes: null };
  }
  receive(raw.frame, raw.bytes);
}

class MemoryEnd implements Pipe {
  #peer: MemoryEnd | null = null;
  #receive: ((frame: unknown, bytes: Uint8Array | null) => void) | null = null;
  readonly #closing = createClosing();

  link(peer: MemoryEnd): void {
    this.#peer = peer;
  }

  send(frame: Frame, bytes?: Uint8Array): void {
    if (this.#closing.closed) return;
    // Through the wire's own form, so that no object is shared and nothing passes here that a socket would refuse.
    const message = encodeFrame(frame, bytes);
    void Promise.resolve().then(() => this.#peer?.deliver(message));
  }

  deliver(message: string | Uint8Array): void {
    if (!this.#closing.closed && this.#receive) receiveMessage(message, this.#receive);
  }

  onFrame(receive: (frame: unknown, bytes: Uint8Array | null) => void): void {
    this.#receive = receive;
  }

  onClose(closed: () => void): void {
    this.#closing.add(closed);
  }

  close(): void {
    if (this.#closing.closed) return;
    this.#closing.tell();
    // After what was already sent.
    void Promise.resolve().then(() => this.#peer?.close());
  }
}

/** Two linked ends in one process; frames arrive in order, in a later turn of the microtask queue. */
export function memoryPipes(): readonly [Pipe, Pipe] {
  const [near, far] = [new MemoryEnd(), new MemoryEnd()];
  near.link(far);
  far.link(near);
  return [near, far];
}
