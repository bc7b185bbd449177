/** The lock of the real environment: locked at every start and switch, opened by PIN for one trading day, locked again by anything odd. */
import type { EndpointKind, RealLock as RealLockState } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import { epochMs, type EpochMs } from '#shared/time/index.ts';
import type { CallContext } from '#shared/rpc/index.ts';
import type { LockCause, SystemRecord } from '../system-record.ts';
import type { PinFile } from './pin-file.ts';
import { tradingDayEnd } from './trading-day.ts';

/** How often the lock looks at the clocks, milliseconds. */
const REVIEW_MS = 1_000;
/** A clock that goes back by more, or forward by more than it should have, was set or slept: milliseconds. */
const BACK_MS = 2_000;
const FORWARD_MS = 60_000;

/** The real environment as the lock sees it. */
export interface Lockable {
  readonly connectionId: string;
  readonly endpoint: EndpointKind;
  /** The server's clock now. */
  readonly serverNow: () => EpochMs;
  /** Shuts or opens the gate that every order passes. */
  readonly setLocked: (locked: boolean) => void;
  /** true: trading is halted by the kill key or a broken invariant. */
  readonly isHalted: () => boolean;
}

export interface RealLockParts {
  readonly pin: PinFile;
  readonly record: SystemRecord;
  readonly clock: Clock;
  readonly timers: Timers;
  /** The web door may open an official endpoint only where the program was started for it. */
  readonly allowReal: boolean;
  readonly changed: () => void;
}

interface Armed {
  readonly untilTs: EpochMs;
  /** The latest that the server's clock has shown since. */
  readonly serverTs: EpochMs;
  readonly wallTs: EpochMs;
  readonly monotonicMs: number;
}

export class RealLock {
  readonly #parts: RealLockParts;
  #target: Lockable | null = null;
  #armed: Armed | null = null;
  #timer: Timer | null = null;

  constructor(parts: RealLockParts) {
    this.#parts = parts;
  }

  get state(): RealLockState {
    const { pin } = this.#parts;
    const open = this.#armed === null ? 'locked' : 'armed';
    return {
      state: this.#target === null ? 'none' : open,
      pinSet: pin.isSet,
      armedUntilTs: this.#armed?.untilTs ?? null,
      retryAfterTs: pin.retryAfterTs,
    };
  }

  /** The real environment came into force: locked, whatever was before. */
  guard(target: Lockable): void {
    this.release('switch');
    this.#target = target;
    target.setLocked(true);
  }

  /** It is no longer in force. */
  release(cause: 'switch' | 'close'): void {
    this.disarm(cause);
    this.#target = null;
  }

  async setPin(pin: string, current: string | null): Promise<RealLockState> {
    await this.#parts.pin.set(pin, current);
    this.#parts.record.add({ kind: 'pinSet' });
    this.#parts.changed();
    return this.state;
  }

  /** Opens it. Throws REAL_NOT_IN_FORCE, REAL_WEB, REAL_HALTED and what the PIN is refused with. */
  async arm(pin: string, door: CallContext['door']): Promise<RealLockState> {
    const { allowReal, clock, record, changed } = this.#parts;
    const target = this.#required(door, allowReal);
    try {
      await this.#parts.pin.judge(pin);
    } catch (error) {
      changed();
      throw error;
    }
    // The judgement took a moment: what it was about may have gone, or been halted.
    if (this.#target !== target) throw new AppError('REAL_NOT_IN_FORCE');
    if (target.isHalted()) throw new AppError('REAL_HALTED');
    const serverTs = target.serverNow();
    const untilTs = tradingDayEnd(serverTs);
    record.add({ kind: 'realArmed', connectionId: target.connectionId, untilTs, door });
    this.#armed = { untilTs, serverTs, wallTs: clock.now(), monotonicMs: clock.monotonicMs() };
    this.#timer ??= this.#parts.timers.every(REVIEW_MS, () => this.review());
    target.setLocked(false);
    changed();
    return this.state;
  }

  /** Locks it; nothing where it is locked already. The gate shuts before anything is written. */
  disarm(cause: LockCause): RealLockState {
    const [target, armed] = [this.#target, this.#armed];
    target?.setLocked(true);
    if (target === null || armed === null) return this.state;
    this.#armed = null;
    this.#timer?.cancel();
    this.#timer = null;
    try {
      this.#parts.record.add({ kind: 'realDisarmed', connectionId: target.connectionId, cause });
    } finally {
      this.#parts.changed();
    }
    return this.state;
  }

  /** Looks at the clocks and the trading state; called every second and before each order. */
  review(): void {
    const cause = this.#oddity();
    if (cause !== null) this.disarm(cause);
  }

  #required(door: CallContext['door'], allowReal: boolean): Lockable {
    const target = this.#target;
    if (target === null) throw new AppError('REAL_NOT_IN_FORCE');
    if (door === 'web' && target.endpoint === 'official' && !allowReal) throw new AppError('REAL_WEB');
    if (target.isHalted()) throw new AppError('REAL_HALTED');
    return target;
  }

  #oddity(): LockCause | null {
    const [target, armed] = [this.#target, this.#armed];
    if (target === null || armed === null) return null;
    if (target.isHalted()) return 'kill';
    const { clock } = this.#parts;
    const passedMs = clock.monotonicMs() - armed.monotonicMs;
    const aheadMs = clock.now() - armed.wallTs - passedMs;
    if (aheadMs < -BACK_MS || aheadMs > FORWARD_MS) return 'clock';
    const serverNow = target.serverNow();
    if (serverNow < armed.serverTs - BACK_MS) return 'clock';
    this.#armed = { ...armed, serverTs: epochMs(Math.max(armed.serverTs, serverNow)) };
    return serverNow >= armed.untilTs ? 'dayEnd' : null;
  }
}
