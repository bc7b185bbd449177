/** How many contracts the broker would let be opened on either side: its own answer, with when it was asked. */
import type { InstrumentId, OpenableFacts } from '#shared/domain/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisEnvironment, KisRest, ServerClock } from '../ports.ts';
import { krxCalendar, nightAt, tradesAtNight } from '#shared/market/index.ts';
import type { TradingCalendar } from '#shared/time/index.ts';
import { derivativePower, derivativePowerOf } from './wire/balance.ts';
import { knownContract } from './wire/names.ts';

/** How old an answer may be that an order is judged by, milliseconds of wall time. Paper allows two calls a second. */
const FRESH_MS: Readonly<Record<KisEnvironment, number>> = { real: 5_000, paper: 15_000 };

/** How long an order waits for the answer, milliseconds: what only closes needs none, and must not be held up by a slow one. */
const PATIENCE_MS: Readonly<Record<KisEnvironment, number>> = { real: 1_000, paper: 4_000 };

export interface DerivativePowerParts {
  readonly environment: KisEnvironment;
  readonly rest: KisRest;
  readonly fields: AccountFields;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** The night has an answer of its own. */
  readonly serverClock: ServerClock;
  readonly calendar?: TradingCalendar;
}

export class DerivativePower {
  readonly #parts: DerivativePowerParts;
  readonly #told = new Map<InstrumentId, OpenableFacts>();
  readonly #asking = new Map<InstrumentId, Promise<void>>();
  /** Counts what has changed the answer: one that was asked for before is not kept. */
  #epoch = 0;

  constructor(parts: DerivativePowerParts) {
    this.#parts = parts;
  }

  /** The newest answer; undefined: not told, or too old, or an order has changed it since. */
  of(id: InstrumentId): OpenableFacts | undefined {
    const told = this.#told.get(id);
    const { environment, clock } = this.#parts;
    return told && clock.now() - told.askedTs <= FRESH_MS[environment] ? told : undefined;
  }

  /** Asks unless the last answer still stands; one that fails or is late is as if it were not told, and the guard says so. */
  async prepare(id: InstrumentId, price: number): Promise<void> {
    if (this.of(id)) return;
    const running = this.#asking.get(id) ?? this.#ask(id, price).finally(() => this.#asking.delete(id));
    this.#asking.set(id, running);
    const { timers, environment } = this.#parts;
    await new Promise<void>((done) => {
      const late = timers.after(PATIENCE_MS[environment], done);
      void running.finally(() => {
        late.cancel();
        done();
      });
    });
  }

  /** An order was sent, changed or filled: what was told is void. */
  forget(): void {
    this.#epoch += 1;
    this.#told.clear();
  }

  async #ask(id: InstrumentId, price: number): Promise<void> {
    const { environment, rest, fields, clock, logger, serverClock, calendar = krxCalendar } = this.#parts;
    const night = environment === 'real' && tradesAtNight(id) && nightAt(calendar, serverClock.now()) !== null;
    const at = knownContract(id);
    const epoch = this.#epoch;
    const askedTs = clock.now();
    try {
      const of = async (side: 'buy' | 'sell'): Promise<number> =>
        derivativePowerOf(await rest.call(derivativePower(fields, { at, side, price, night }))).open;
      const [buy, sell] = await Promise.all([of('buy'), of('sell')]);
      if (epoch === this.#epoch) this.#told.set(id, { buy, sell, askedTs });
    } catch (error) {
      logger.warn('how many contracts may be opened could not be asked for', { id, error: String(error) });
    }
  }
}
