/** What a connection has of each foreign currency: one question for all of them, kept for a while. */
import type { ForeignCurrency } from '#shared/domain/index.ts';
import type { Clock } from '#shared/ports.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisAnswer, KisRest } from '../ports.ts';
import { foreignCash, foreignPresent, foreignPresentRows } from './wire/balance.ts';

/** How long the answer stands, milliseconds of wall time: money comes into another currency by a person's doing, seldom. */
const STANDS_MS = 300_000;
/** NATN_CD of all countries. */
const ALL = { nation: '000' } as const;

export class Wallet {
  readonly #rest: KisRest;
  readonly #fields: AccountFields;
  readonly #clock: Clock;
  #known: Promise<KisAnswer> | null = null;
  #until = 0;

  constructor(parts: { readonly rest: KisRest; readonly fields: AccountFields; readonly clock: Clock }) {
    this.#rest = parts.rest;
    this.#fields = parts.fields;
    this.#clock = parts.clock;
  }

  /** The present balance over all currencies, at most some minutes old. Fails as the inquiry does, and is then asked again. */
  async present(): Promise<KisAnswer> {
    if (this.#known === null || this.#clock.now() >= this.#until) {
      this.#until = this.#clock.now() + STANDS_MS;
      this.#known = this.#rest.call(foreignPresent(this.#fields, ALL));
      this.#known.catch(() => (this.#known = null));
    }
    return this.#known;
  }
}

/** Whether a present balance shows money in a currency, or anything held that is traded in it. */
export function showsAny(answer: KisAnswer, currency: ForeignCurrency): boolean {
  const { deposit, held } = foreignCash(answer, currency);
  return deposit !== 0 || held !== 0 || foreignPresentRows(answer, currency).length > 0;
}
