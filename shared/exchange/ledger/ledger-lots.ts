/** What an account holds of its issues: own units, units bought with a loan, units sold short. */
import type { InstrumentId } from '../../domain/index.ts';
import { assert } from '../../errors/index.ts';
import { addKrw, krw, mulDiv, subKrw, ZERO_KRW, type Krw } from '../../num/index.ts';
import type { HoldingKind, LedgerHolding } from './ledger-terms.ts';

/** Units of one issue held in one way; won. */
export interface Lot {
  quantity: number;
  /** Tied up in open orders. */
  held: number;
  /** Cost with commission; of a short sale its proceeds after charges. */
  cost: Krw;
  /** Loan behind the units, or collateral kept for them. */
  debt: Krw;
  /** true while a purchase of it may still end unpaid. */
  onMargin: boolean;
}

/** What leaves a lot with some of its units. */
export interface LotShare {
  readonly cost: Krw;
  readonly debt: Krw;
}

/** The lots of one account, by issue and kind, in the order in which they were first opened. */
export class Lots {
  readonly #lots = new Map<string, { readonly kind: HoldingKind; readonly instrumentId: InstrumentId; lot: Lot }>();

  get(kind: HoldingKind, instrumentId: InstrumentId): Lot | undefined {
    return this.#lots.get(`${kind} ${instrumentId}`)?.lot;
  }

  /** The lot, made where there is none. */
  open(kind: HoldingKind, instrumentId: InstrumentId): Lot {
    const key = `${kind} ${instrumentId}`;
    let found = this.#lots.get(key);
    if (!found) {
      const lot = { quantity: 0, held: 0, cost: ZERO_KRW, debt: ZERO_KRW, onMargin: false };
      this.#lots.set(key, (found = { kind, instrumentId, lot }));
    }
    return found.lot;
  }

  /** Units not tied up in open orders. */
  free(kind: HoldingKind, instrumentId: InstrumentId): number {
    const lot = this.get(kind, instrumentId);
    return lot ? lot.quantity - lot.held : 0;
  }

  /**
   * Takes held units out with their share of cost and debt. Cost is rounded half up as the portfolio does; of a debt
   * what leaves is rounded up, so that the last units never owe more than is left.
   */
  take(kind: HoldingKind, instrumentId: InstrumentId, quantity: number): LotShare {
    const lot = this.open(kind, instrumentId);
    assert(
      quantity <= lot.held && lot.held <= lot.quantity,
      `${quantity} of ${lot.held} held units of ${instrumentId}`,
    );
    const all = quantity === lot.quantity;
    const cost = all ? lot.cost : krw(mulDiv(lot.cost, quantity, lot.quantity, 'halfUp'));
    const debt = all ? lot.debt : krw(mulDiv(lot.debt, quantity, lot.quantity, 'ceil'));
    lot.quantity -= quantity;
    lot.held -= quantity;
    lot.cost = subKrw(lot.cost, cost);
    lot.debt = subKrw(lot.debt, debt);
    if (lot.quantity === 0) this.#lots.delete(`${kind} ${instrumentId}`);
    return { cost, debt };
  }

  /** Puts other figures in place of a lot's; returns the debt that falls due where no units are left. */
  change(kind: HoldingKind, instrumentId: InstrumentId, to: { readonly quantity: number; readonly cost: Krw }): Krw {
    const lot = this.open(kind, instrumentId);
    assert(lot.held === 0, `units of ${instrumentId} are tied up`);
    lot.quantity = to.quantity;
    lot.cost = to.cost;
    if (lot.quantity > 0) return ZERO_KRW;
    this.#lots.delete(`${kind} ${instrumentId}`);
    return lot.debt;
  }

  /** Sum of the debts of a kind. */
  debt(kind: HoldingKind): Krw {
    let sum = ZERO_KRW;
    for (const held of this.#lots.values()) if (held.kind === kind) sum = addKrw(sum, held.lot.debt);
    return sum;
  }

  /** Lots with units, in order of opening. */
  list(accountId: string): LedgerHolding[] {
    return [...this.#lots.values()]
      .filter(({ lot }) => lot.quantity > 0)
      .map(({ kind, instrumentId, lot }) => ({
        accountId,
        instrumentId,
        kind,
        quantity: lot.quantity,
        sellable: lot.quantity - lot.held,
        costKrw: lot.cost,
        debtKrw: lot.debt,
      }));
  }

  /** Nothing is on margin any more: all that was due has been paid. */
  paid(): void {
    for (const { lot } of this.#lots.values()) lot.onMargin = false;
  }
}
