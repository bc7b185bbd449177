/** What pure code and services ask of the platform: time, timers, identity, logging. */
import type { EpochMs } from './time/index.ts';

export interface Clock {
  /** Wall time now. */
  now(): EpochMs;
  /** Milliseconds on a clock that never jumps, for durations. */
  monotonicMs(): number;
}

export interface Timer {
  cancel(): void;
}

export interface Timers {
  after(delayMs: number, run: () => void): Timer;
  every(intervalMs: number, run: () => void): Timer;
  /** Runs after the current turn of the event loop, letting I/O in between. */
  yieldTurn(run: () => void): void;
}

export interface Ids {
  /** A new unique id, sortable by time. */
  next(): string;
}

export interface Logger {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
  child(service: string): Logger;
}
