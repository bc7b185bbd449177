/** Keeps calls within what the broker allows per app key: a place is reserved before anybody sleeps, orders go first. */
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Timer, Timers } from '#shared/ports.ts';
import type { KisLane } from '../ports.ts';
import { LaneQueue } from './lane-queue.ts';
import type { KisLimits } from './limits.ts';
import { SecondWindow, type Place } from './second-window.ts';

/** What a call tells of itself once it may go. */
export interface CallPlace {
  /** The request goes out now. */
  written(): void;
  /** It ended; sent false: it never went out, and its place is free at once. */
  settled(result: { readonly sent: boolean }): void;
}

export interface PlaceRequest {
  readonly lane: KisLane;
  /** Counts against the ledger's limit too. */
  readonly ledger: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Asked again while it waits: an error ends the wait. */
  readonly refuse?: () => AppError | null;
}

interface Waiter extends PlaceRequest {
  readonly resolve: (place: CallPlace) => void;
  readonly reject: (error: AppError) => void;
}

/** After a refusal by the server: how long everything but orders rests, and what share of the calls is left out. */
const REST_MS = 1_000;
const REST_MOST_MS = 8_000;
const STEP_SHARE = 0.1;
/** The ceiling never sinks below this share, and rises by one step after this long without a refusal. */
const LEAST_SHARE = 0.25;
const RECOVERY_MS = 15_000;
/** Reads may leave together up to this share of the ceiling after a rest; then they keep their distance, so that an order never waits long. */
const BURST_SHARE = 0.5;
/** Lateness of a timer that later calls may make up for, in distances. */
const CATCH_UP = 0.5;

/** A ceiling that gives way where the server refuses and comes back by and by. */
class Ceiling {
  readonly #most: number;
  #now: number;
  #changedMs = 0;

  constructor(most: number) {
    this.#most = most;
    this.#now = most;
  }

  at(nowMs: number): number {
    while (this.#now < this.#most && nowMs - this.#changedMs >= RECOVERY_MS) {
      this.#now = Math.min(this.#most, this.#now + this.#step());
      this.#changedMs += RECOVERY_MS;
    }
    return this.#now;
  }

  lower(nowMs: number): void {
    this.#now = Math.max(1, Math.ceil(this.#most * LEAST_SHARE), this.at(nowMs) - this.#step());
    this.#changedMs = nowMs;
  }

  #step(): number {
    return Math.max(1, Math.round(this.#most * STEP_SHARE));
  }
}

export class CallLimiter {
  readonly #parts: { readonly clock: Clock; readonly timers: Timers; readonly limits: KisLimits };
  readonly #queue = new LaneQueue<Waiter>();
  readonly #window = new SecondWindow();
  readonly #calls: Ceiling;
  readonly #ledger: Ceiling;
  readonly #distanceMs: number;
  readonly #burst: number;
  #credits: number;
  #idleSinceMs = 0;
  #nextPacedMs = 0;
  #restUntilMs = 0;
  #restMs = REST_MS;
  #jitterMs: number;
  #refusedMs = -Infinity;
  #inFlight = 0;
  #timer: Timer | null = null;
  #closed = false;

  constructor(parts: { readonly clock: Clock; readonly timers: Timers; readonly limits: KisLimits }) {
    this.#parts = parts;
    const { callsPerSecond, ledgerPerSecond, jitterMs } = parts.limits;
    this.#calls = new Ceiling(callsPerSecond);
    this.#ledger = new Ceiling(ledgerPerSecond);
    this.#distanceMs = 1_000 / callsPerSecond;
    this.#burst = Math.max(1, Math.floor(callsPerSecond * BURST_SHARE));
    this.#credits = this.#burst;
    this.#jitterMs = jitterMs;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Calls that the server may still count in its present second. */
  get inLastSecond(): number {
    return this.#window.count(this.#now(), { ledger: false });
  }

  /** Resolves with a place once the call may go; rejects where the queue is full, the wait is given up or `refuse` says no. */
  async acquire(request: PlaceRequest): Promise<CallPlace> {
    const refusal = this.#refusal(request);
    if (refusal) throw refusal;
    if (this.#queue.size >= this.#parts.limits.waitingLimit && request.lane !== 'order')
      throw new AppError('KIS_QUEUE_FULL', { limit: this.#parts.limits.waitingLimit });
    if (request.lane !== 'order' && this.#queue.paced === 0) this.#creditIdleTime();
    return new Promise<CallPlace>((resolve, reject) => {
      const { signal } = request;
      const giveUp = (): void => {
        if (this.#queue.remove(request.lane, waiter)) reject(new AppError('CANCELED'));
      };
      const done = (): void => signal?.removeEventListener('abort', giveUp);
      const waiter: Waiter = {
        ...request,
        resolve(place) {
          done();
          resolve(place);
        },
        reject(error) {
          done();
          reject(error);
        },
      };
      signal?.addEventListener('abort', giveUp);
      this.#queue.add(request.lane, waiter, this.#now());
      this.#pump();
    });
  }

  /** Asks every waiting order again whether it may still go: after the trading state changed. */
  reviewOrders(): void {
    for (const waiter of this.#queue.drain('order', (order) => this.#refusal(order) !== null))
      waiter.reject(this.#refusal(waiter) ?? new AppError('CANCELED'));
  }

  /** The server refused a call for its rate: everything but orders rests, and the ceiling sinks. */
  refused(kind: 'calls' | 'ledger'): void {
    const nowMs = this.#now();
    (kind === 'calls' ? this.#calls : this.#ledger).lower(nowMs);
    this.#restMs = nowMs - this.#refusedMs > REST_MOST_MS * 2 ? REST_MS : Math.min(REST_MOST_MS, this.#restMs * 2);
    this.#restUntilMs = Math.max(this.#restUntilMs, nowMs + this.#restMs);
    if (kind === 'calls') this.#jitterMs = Math.min(this.#parts.limits.jitterMostMs, this.#jitterMs * 2);
    this.#refusedMs = nowMs;
    this.#pump();
  }

  /** Ends every wait. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const lane of ['order', 'account', 'read', 'background'] as const)
      for (const waiter of this.#queue.drain(lane, () => true)) waiter.reject(new AppError('CANCELED'));
  }

  #now(): number {
    return this.#parts.clock.monotonicMs();
  }

  #refusal(request: PlaceRequest): AppError | null {
    if (this.#closed || request.signal?.aborted === true) return new AppError('CANCELED');
    return request.refuse?.() ?? null;
  }

  /** What was not used while nobody waited may be used together. */
  #creditIdleTime(): void {
    const nowMs = this.#now();
    this.#credits = Math.min(this.#burst, this.#credits + (nowMs - this.#idleSinceMs) / this.#distanceMs);
    this.#idleSinceMs = nowMs;
  }

  #pump(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.reviewOrders();
    for (;;) {
      const nowMs = this.#now();
      const next = this.#queue.take((lane, waiter) => this.#dueMs(lane, waiter, nowMs) <= nowMs);
      if (!next) break;
      next.item.resolve(this.#grant(next.lane, next.item, nowMs));
    }
    this.#plan();
  }

  /** When a waiting call may go at the earliest, as things stand. */
  #dueMs(lane: KisLane, waiter: Waiter, nowMs: number): number {
    let dueMs = this.#freeMs(this.#calls.at(nowMs), nowMs, { ledger: false });
    if (waiter.ledger) dueMs = Math.max(dueMs, this.#freeMs(this.#ledger.at(nowMs), nowMs, { ledger: true }));
    if (lane === 'order') return dueMs;
    if (this.#inFlight >= this.#parts.limits.inFlightLimit) return Infinity;
    return Math.max(dueMs, this.#restUntilMs, this.#credits >= 1 ? 0 : this.#nextPacedMs);
  }

  #freeMs(limit: number, nowMs: number, kind: { readonly ledger: boolean }): number {
    return this.#window.count(nowMs, kind) < limit ? nowMs : this.#window.freeAtMs(limit, kind);
  }

  #grant(lane: KisLane, waiter: Waiter, nowMs: number): CallPlace {
    const paced = lane !== 'order';
    if (paced) {
      if (this.#credits >= 1) this.#credits -= 1;
      this.#nextPacedMs = Math.max(this.#nextPacedMs, nowMs - this.#distanceMs * CATCH_UP) + this.#distanceMs;
      if (this.#queue.paced === 0) this.#idleSinceMs = nowMs;
      this.#inFlight += 1;
    }
    const place = this.#window.hold({ ledger: waiter.ledger });
    return this.#placeOf(place, { paced });
  }

  #placeOf(place: Place, kind: { readonly paced: boolean }): CallPlace {
    let settled = false;
    return {
      written: () => {
        this.#window.written(place, { nowMs: this.#now(), jitterMs: this.#jitterNow() });
        this.#plan();
      },
      settled: ({ sent }) => {
        if (settled) return;
        settled = true;
        if (kind.paced) this.#inFlight -= 1;
        if (sent) this.#window.answered(place, this.#now());
        else this.#window.unsent(place);
        this.#pump();
      },
    };
  }

  /** Halves again with every recovery without a refusal. */
  #jitterNow(): number {
    const { jitterMs } = this.#parts.limits;
    if (this.#jitterMs > jitterMs && this.#now() - this.#refusedMs >= RECOVERY_MS * 2) {
      this.#jitterMs = Math.max(jitterMs, this.#jitterMs / 2);
      this.#refusedMs = this.#now();
    }
    return this.#jitterMs;
  }

  #plan(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#closed) return;
    const nowMs = this.#now();
    const dueMs = Math.min(...this.#queue.heads().map(({ lane, item }) => this.#dueMs(lane, item, nowMs)));
    if (!Number.isFinite(dueMs)) return;
    this.#timer = this.#parts.timers.after(Math.max(0, Math.ceil(dueMs - nowMs)), () => this.#pump());
  }
}
