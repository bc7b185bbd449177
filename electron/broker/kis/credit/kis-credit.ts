/** Credit at a KIS connection: what may be bought on a loan and which loans stand, asked for when an order on credit is written, and void after every order. */
import { codeOf, isPriced, type CreditFacts, type LoanLot, type NewOrder } from '#shared/domain/index.ts';
import { orderCodeOf } from '#shared/market/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import { wholePages } from '../joint/index.ts';
import type { KisKeys, KisRest } from '../ports.ts';
import { creditPower, creditPowerOf, loanBalance, loanRows } from './wire.ts';

/** Milliseconds of a clock that never jumps for which an answer is believed. */
const FRESH_MS = 5_000;

/** An order on credit as far as the broker is asked about it. */
export type CreditQuestion = Pick<
  NewOrder,
  'accountId' | 'instrumentId' | 'side' | 'type' | 'timeInForce' | 'session' | 'price'
> & { readonly credit?: NewOrder['credit'] | undefined };

export interface KisCreditParts {
  readonly accountId: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Told<T> {
  readonly value: T;
  readonly atMs: number;
}

const keyOf = ({ instrumentId, type, timeInForce, session, price, credit }: CreditQuestion): string =>
  [instrumentId, type, timeInForce, session, price ?? 0, credit?.money ?? ''].join(' ');

export class KisCredit {
  readonly #parts: KisCreditParts;
  readonly #fields: AccountFields;
  readonly #powers = new Map<string, Told<number>>();
  #lots: Told<readonly LoanLot[]> | null = null;
  /** Rises with every order: an answer to an older question is not kept. */
  #era = 0;

  constructor(parts: KisCreditParts) {
    this.#parts = parts;
    this.#fields = { CANO: parts.keys.accountNo, ACNT_PRDT_CD: parts.keys.productCode };
  }

  /** Whether the account takes orders on credit. */
  takes(accountId: string): boolean {
    return accountId === this.#parts.accountId;
  }

  /** An order was sent, changed or filled: what was told is void. */
  forget(): void {
    this.#era += 1;
    this.#powers.clear();
    this.#lots = null;
  }

  /** What was last told, while it is fresh; undefined where the account takes none. Asks nothing. */
  facts(order: CreditQuestion): CreditFacts | undefined {
    if (!order.credit || !this.takes(order.accountId)) return undefined;
    const openable = order.side === 'buy' ? this.#fresh(this.#powers.get(keyOf(order)) ?? null) : null;
    return { openable, lots: order.side === 'sell' ? this.#fresh(this.#lots) : null };
  }

  /**
   * Asks what the guard must know of an order on credit: one call for a purchase, the pages of the balance for a sale. `anew`
   * for what is about to leave. A question that fails leaves it unknown, and the guard refuses.
   */
  async prepare(order: CreditQuestion, anew: boolean): Promise<void> {
    const { credit, side, price, type, timeInForce, session } = order;
    if (!credit || !this.takes(order.accountId)) return;
    const known = this.facts(order);
    if (!anew && (side === 'buy' ? known?.openable : known?.lots) !== null) return;
    const era = this.#era;
    const { rest, clock, logger } = this.#parts;
    try {
      if (side === 'sell') {
        await this.lots();
        return;
      }
      const kind = orderCodeOf({ type, timeInForce, session });
      if (kind === null) return;
      const asked = { code: codeOf(order.instrumentId), kind, price: isPriced(type) ? (price ?? 0) : 0, credit };
      const value = creditPowerOf(await rest.call(creditPower(this.#fields, asked)));
      if (era === this.#era) this.#powers.set(keyOf(order), { value, atMs: clock.monotonicMs() });
    } catch (error) {
      logger.warn('what may be bought or sold on credit could not be asked for', { error: String(error) });
    }
  }

  /** Every loan that stands, asked for now. Throws as the inquiry fails. */
  async lots(): Promise<readonly LoanLot[]> {
    const era = this.#era;
    const pages = await wholePages(this.#parts.rest, loanBalance(this.#fields));
    const value = pages.flatMap(loanRows);
    if (era === this.#era) this.#lots = { value, atMs: this.#parts.clock.monotonicMs() };
    return value;
  }

  #fresh<T>(told: Told<T> | null): T | null {
    return told !== null && this.#parts.clock.monotonicMs() - told.atMs < FRESH_MS ? told.value : null;
  }
}
