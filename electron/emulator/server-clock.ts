/** The server's one clock: the domestic market's by day, and one of its own through an American night. */
import { epochMs, type EpochMs } from '#shared/time/index.ts';

export interface ServerClockParts {
  /** The domestic market's clock. */
  readonly marketNow: () => EpochMs;
  readonly wallMs: () => number;
  readonly speed: () => number;
}

export class ServerClock {
  readonly #parts: ServerClockParts;
  #night: { ts: number; wallMs: number; running: boolean } | null = null;
  /** Milliseconds by which a fault makes it wrong. */
  offsetMs = 0;

  constructor(parts: ServerClockParts) {
    this.#parts = parts;
  }

  /** true: the American day, with the domestic market shut. */
  get isNight(): boolean {
    return this.#night !== null;
  }

  /** Whether the American day goes by itself. */
  get isRunning(): boolean {
    return this.#night?.running ?? false;
  }

  /** What the server says the time is. */
  now(): EpochMs {
    return epochMs(this.true() + this.offsetMs);
  }

  /** The time without the fault. */
  true(): EpochMs {
    const night = this.#night;
    if (!night) return this.#parts.marketNow();
    const passed = night.running ? (this.#parts.wallMs() - night.wallMs) * this.#parts.speed() : 0;
    return epochMs(Math.floor(night.ts + passed));
  }

  /** Goes by itself from an instant. */
  startNight(at: EpochMs, running: boolean): void {
    this.#night = { ts: at, wallMs: this.#parts.wallMs(), running };
  }

  /** Lets the night go on, or stand. */
  setRunning(running: boolean): void {
    if (this.#night) this.startNight(this.true(), running);
  }

  step(ms: number): void {
    if (this.#night) this.startNight(epochMs(this.true() + ms), false);
  }

  /** From here on another speed counts. */
  anchor(): void {
    if (this.#night) this.startNight(this.true(), this.#night.running);
  }
}
