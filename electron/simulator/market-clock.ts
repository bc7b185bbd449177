/** Moves the market along wall time at a chosen speed, and measures the speed it truly has. */
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { Advanceable, Slicer } from './slicer.ts';

/** Wall time between turns when the market keeps up, milliseconds: about one frame of a screen. */
const TURN_MS = 16;
/**
 * Wall time that is caught up with after a stall, milliseconds. What is longer never happened to the market: the machine
 * slept, its clock jumped, or it cannot keep the speed.
 */
const MAX_LAG_MS = 500;
/** The true speed is measured over this long, from samples this far apart. */
const WINDOW_MS = 1_000;
const SAMPLE_MS = 100;

export interface MarketClockParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly slicer: Slicer;
  /** Runs after each turn's work; false stops the clock. */
  readonly turned: () => boolean;
  /** The work of a turn threw; the clock has stopped. */
  readonly failed: (error: unknown) => void;
}

interface Sample {
  readonly wallMs: number;
  readonly simMs: number;
}

export class MarketClock {
  readonly #parts: MarketClockParts;
  #market: Advanceable | null = null;
  #limit = epochMs(0);
  #speed = 1;
  #anchor: Sample = { wallMs: 0, simMs: 0 };
  #samples: Sample[] = [];
  #timer: Timer | null = null;
  /** Rises with every start and stop, so that a turn already on its way knows it is stale. */
  #generation = 0;
  #running = false;

  constructor(parts: MarketClockParts) {
    this.#parts = parts;
  }

  get running(): boolean {
    return this.#running;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Simulated over wall time during the last second; null while stopped or before there is anything to measure. */
  get trueSpeed(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!this.#running || !first || !last || last.wallMs - first.wallMs < SAMPLE_MS) return null;
    return (last.simMs - first.simMs) / (last.wallMs - first.wallMs);
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#samples = [];
    this.#setAnchor();
  }

  /** Lets `market` run, never past `limit`. */
  start(market: Advanceable, limit: EpochMs): void {
    this.stop();
    this.#market = market;
    this.#limit = limit;
    this.#running = true;
    this.#setAnchor();
    this.#sample(true);
    this.#schedule(TURN_MS);
  }

  stop(): void {
    this.#generation += 1;
    this.#timer?.cancel();
    this.#timer = null;
    this.#running = false;
    this.#samples = [];
  }

  /** From here on time counts anew, with the market `lagMs` behind. */
  #setAnchor(lagMs = 0): void {
    if (this.#market) this.#anchor = { wallMs: this.#parts.clock.monotonicMs() - lagMs, simMs: this.#market.now };
  }

  #schedule(delayMs: number): void {
    const generation = this.#generation;
    const run = (): void => {
      if (generation === this.#generation) this.#turn();
    };
    if (delayMs > 0) this.#timer = this.#parts.timers.after(delayMs, run);
    else this.#parts.timers.yieldTurn(run);
  }

  #turn(): void {
    const market = this.#market;
    if (!market) return;
    const generation = this.#generation;
    try {
      if (this.#lagMs() > MAX_LAG_MS) this.#setAnchor(MAX_LAG_MS);
      const reached = this.#parts.slicer.advance(market, this.#target());
      this.#sample(false);
      if (!this.#parts.turned()) {
        if (generation === this.#generation) this.stop();
        return;
      }
      if (generation !== this.#generation) return;
      this.#schedule(reached ? TURN_MS : 0);
    } catch (error) {
      this.stop();
      this.#parts.failed(error);
    }
  }

  #target(): EpochMs {
    const elapsedMs = this.#parts.clock.monotonicMs() - this.#anchor.wallMs;
    return epochMs(Math.min(this.#limit, this.#anchor.simMs + Math.floor(elapsedMs * this.#speed)));
  }

  /** Wall time by which the market is behind. */
  #lagMs(): number {
    return (this.#target() - (this.#market?.now ?? 0)) / this.#speed;
  }

  #sample(force: boolean): void {
    const wallMs = this.#parts.clock.monotonicMs();
    const last = this.#samples.at(-1);
    if (!this.#market || (!force && last && wallMs - last.wallMs < SAMPLE_MS)) return;
    this.#samples.push({ wallMs, simMs: this.#market.now });
    while (this.#samples.length > 2 && wallMs - (this.#samples[0] as Sample).wallMs > WINDOW_MS) this.#samples.shift();
  }
}
