/** One account in the firm's ledger: its cash by day of settlement, its holds, its lots, and what it owes. */
import { assert, assertNever } from '../../errors/index.ts';
import { changedHolding, frozenUntil, type ChangedHolding, type Charges, type FeeChannel } from '../../market/index.ts';
import type { AccountKind, InstrumentId } from '../../domain/index.ts';
import { addKrw, krw, subKrw, ZERO_KRW, type Krw } from '../../num/index.ts';
import type { EpochMs, SessionDate } from '../../time/index.ts';
import { addedCollateral, addTrade, booked, holdOf, ownCash, type BookedLedgerOrder } from './ledger-hold.ts';
import { Lots } from './ledger-lots.ts';
import type {
  HoldingKind,
  LedgerAccount,
  LedgerAction,
  LedgerOrder,
  LedgerTrade,
  NewLedgerAccount,
} from './ledger-terms.ts';

/** Largest price × quantity that is still counted exactly, with room for charges. */
const MAX_AMOUNT_KRW = 1_000_000_000_000_000;

/** Which units an order takes from or adds to. */
function kindOf(order: LedgerOrder): HoldingKind {
  switch (order.credit) {
    case undefined:
      return 'own';
    case 'loanOpen':
    case 'loanClose':
      return 'loan';
    case 'shortOpen':
    case 'shortClose':
      return 'short';
    default:
      return assertNever(order.credit);
  }
}

/** true: the order ends a position and ties up its units. */
function closes(order: LedgerOrder): boolean {
  return order.credit === undefined
    ? order.side === 'sell'
    : order.credit === 'loanClose' || order.credit === 'shortClose';
}

export class AccountBook {
  readonly accountId: string;
  readonly kind: AccountKind;
  readonly channel: FeeChannel;
  readonly lots = new Lots();
  readonly #name: string;
  readonly #createdTs: EpochMs;
  readonly #starting: Krw;
  #settled: Krw;
  /** Settles when the next session opens, and when the one after it does. */
  #next = ZERO_KRW;
  #afterNext = ZERO_KRW;
  /** Parts of purchases that need no cash until they settle, by the same days. */
  #lentNext = ZERO_KRW;
  #lentAfterNext = ZERO_KRW;
  #reserved = ZERO_KRW;
  #fullReserved = ZERO_KRW;
  #bought = ZERO_KRW;
  #sold = ZERO_KRW;
  #commission = ZERO_KRW;
  #tax = ZERO_KRW;
  #realised = ZERO_KRW;
  #other = ZERO_KRW;
  #frozen: { readonly from: SessionDate; readonly until: SessionDate } | null = null;
  /** Missing when the last session ended. */
  #overdue = ZERO_KRW;
  /** Closes in a row at which collateral was short, and by how much at the last. */
  #shortCloses = 0;
  #shortBy = ZERO_KRW;

  constructor(account: NewLedgerAccount) {
    this.accountId = account.accountId;
    this.kind = account.kind ?? 'cash';
    this.channel = account.channel ?? 'bankis';
    this.#name = account.name;
    this.#createdTs = account.createdTs;
    this.#starting = krw(account.startingCashKrw);
    this.#settled = this.#starting;
  }

  view(date: SessionDate | null): LedgerAccount {
    const cashD1Krw = addKrw(this.#settled, this.#next);
    return {
      accountId: this.accountId,
      name: this.#name,
      kind: this.kind,
      channel: this.channel,
      startingCashKrw: this.#starting,
      createdTs: this.#createdTs,
      cashD0Krw: this.#settled,
      cashD1Krw,
      cashD2Krw: this.cash,
      reservedKrw: this.#reserved,
      cashPowerKrw: this.cashPower,
      marginPowerKrw: this.kind === 'cash' || this.frozen(date) ? this.cashPower : this.marginPower,
      boughtKrw: this.#bought,
      soldKrw: this.#sold,
      commissionKrw: this.#commission,
      taxKrw: this.#tax,
      realisedKrw: this.#realised,
      otherKrw: this.#other,
      loanKrw: this.lots.debt('loan'),
      pledgedKrw: this.lots.debt('short'),
      unpaidKrw: krw(Math.max(0, 0 - this.#settled)),
      frozenUntil: this.frozen(date) && this.#frozen ? this.#frozen.until : null,
    };
  }

  /** Cash after all settlements (D+2). */
  get cash(): Krw {
    return krw(this.#settled + this.#next + this.#afterNext);
  }

  /** Cash of today, of tomorrow and of the day after; the first below zero is money that is missing then. */
  get cashByDay(): readonly [Krw, Krw, Krw] {
    const d1 = addKrw(this.#settled, this.#next);
    return [this.#settled, d1, addKrw(d1, this.#afterNext)];
  }

  /** Missing when the last session ended and not covered by sales since. */
  get overdue(): Krw {
    return krw(Math.max(0, Math.min(this.#overdue, 0 - this.cash)));
  }

  /** Closes in a row at which collateral was short, and by how much at the last. */
  get collateral(): { readonly closes: number; readonly shortKrw: Krw } {
    return { closes: this.#shortCloses, shortKrw: this.#shortBy };
  }

  /** Whether purchases must be paid in full on a date because something was left unpaid. */
  frozen(date: SessionDate | null): boolean {
    return this.#frozen !== null && date !== null && this.#frozen.from <= date && date <= this.#frozen.until;
  }

  /** Cash that leaves nothing unpaid, before commission. */
  get cashPower(): Krw {
    return krw(this.cash - this.#fullReserved);
  }

  /** Cash that may stand as margin, before commission: purchases on margin have used up theirs only. */
  get marginPower(): Krw {
    return krw(this.cash + this.#lentNext + this.#lentAfterNext - this.#reserved);
  }

  /** The power an order draws on: where it must be paid in full, margin does not count. */
  power(order: LedgerOrder, date: SessionDate): Krw {
    const full = this.kind === 'cash' || this.frozen(date) || order.credit !== undefined;
    return full ? this.cashPower : this.marginPower;
  }

  shortage(order: LedgerOrder, holding?: BookedLedgerOrder): 'CASH' | 'SELLABLE' | null {
    const { instrumentId, quantity, tradeDate } = order;
    const kind = kindOf(order);
    const tied = holding === undefined ? 0 : quantity;
    if (closes(order) && quantity > this.lots.free(kind, instrumentId) + tied) return 'SELLABLE';
    if (closes(order) && order.side === 'sell') return null;
    if (order.holdPrice * quantity > MAX_AMOUNT_KRW) return 'CASH';
    const state = booked(order, this.channel);
    const full = this.kind === 'cash' || this.frozen(tradeDate);
    const needed = holdOf(state, { full, pledged: this.#pledgedBehind(order, quantity) });
    const freed = holding === undefined ? 0 : full ? holding.fullHold : holding.hold;
    return needed > this.power(order, tradeDate) + freed ? 'CASH' : null;
  }

  place(order: LedgerOrder): BookedLedgerOrder {
    const state = booked(order, this.channel);
    if (closes(order)) this.lots.open(kindOf(order), order.instrumentId).held += order.quantity;
    this.#rehold(state);
    return state;
  }

  fill(order: BookedLedgerOrder, trade: LedgerTrade): void {
    const before = order.filledValue;
    const added = addTrade(order, trade);
    const { value, commissionKrw, taxKrw } = added;
    if (order.side === 'buy') this.#bought = addKrw(this.#bought, value);
    else this.#sold = addKrw(this.#sold, value);
    this.#commission = addKrw(this.#commission, commissionKrw);
    this.#tax = addKrw(this.#tax, taxKrw);
    if (closes(order)) this.#close(order, trade.quantity, added);
    else this.#open(order, trade.quantity, { ...added, before });
    this.#rehold(order);
  }

  release(order: BookedLedgerOrder): void {
    if (closes(order)) this.lots.open(kindOf(order), order.instrumentId).held -= order.openQty;
    order.openQty = 0;
    this.#rehold(order);
  }

  /** Cash from outside the market: a deposit, a distribution, a fraction paid out; below zero it leaves. Settled at once. */
  receive(amount: Krw): void {
    this.#settled = addKrw(this.#settled, amount);
    this.#other = addKrw(this.#other, amount);
  }

  /** A corporate action on what is held of an issue, by the rule in force. */
  changeHolding(change: LedgerAction): void {
    const { instrumentId, action, base, cum } = change;
    for (const kind of ['own', 'loan', 'short'] as const) {
      const lot = this.lots.get(kind, instrumentId);
      if (!lot || lot.quantity === 0) continue;
      const held = { quantity: lot.quantity, costKrw: lot.cost };
      this.takeChange(kind, instrumentId, changedHolding(held, action, { base, cum }));
    }
  }

  /** Other units, cost and cash for what is held of an issue, settled at once. Of a short sale the holder pays. */
  takeChange(kind: HoldingKind, instrumentId: InstrumentId, after: ChangedHolding): void {
    const sign = kind === 'short' ? -1 : 1;
    const due = this.lots.change(kind, instrumentId, { quantity: after.quantity, cost: after.costKrw });
    this.#settled = krw(this.#settled + sign * after.cashKrw - sign * due);
    this.#realised = krw(this.#realised + sign * after.realisedKrw);
    this.receive(krw(sign * after.incomeKrw));
    if (!after.other) return;
    const other = this.lots.open(kind, after.other.instrumentId);
    other.quantity += after.other.quantity;
    other.cost = addKrw(other.cost, after.other.costKrw);
  }

  /** A new session: what was to settle next does, and the rest moves up. What was missing as the last one ended is overdue. */
  openSession(last: SessionDate | null, date: SessionDate): void {
    this.#overdue = krw(Math.max(0, 0 - this.#settled));
    if (this.#overdue > 0) this.#frozen = { from: date, until: frozenUntil(last ?? date) };
    this.#settled = addKrw(this.#settled, this.#next);
    this.#next = this.#afterNext;
    this.#afterNext = ZERO_KRW;
    this.#lentNext = this.#lentAfterNext;
    this.#lentAfterNext = ZERO_KRW;
    if (this.#settled >= 0 && this.#lentNext === 0) this.lots.paid();
  }

  /** The firm's look at the collateral after a close. */
  judge(shortKrw: Krw): void {
    this.#shortBy = shortKrw;
    this.#shortCloses = shortKrw > 0 ? this.#shortCloses + 1 : 0;
  }

  #open(
    order: BookedLedgerOrder,
    quantity: number,
    added: Charges & { readonly value: Krw; readonly before: Krw },
  ): void {
    const { value, commissionKrw, taxKrw, before } = added;
    const lot = this.lots.open(kindOf(order), order.instrumentId);
    lot.quantity += quantity;
    if (order.credit === 'shortOpen') {
      const collateral = subKrw(addedCollateral(order.filledValue), addedCollateral(before));
      const proceeds = krw(value - commissionKrw - taxKrw);
      this.#afterNext = subKrw(this.#afterNext, collateral);
      lot.cost = addKrw(lot.cost, proceeds);
      lot.debt = krw(lot.debt + proceeds + collateral);
      return;
    }
    lot.cost = krw(lot.cost + value + commissionKrw);
    const own = subKrw(ownCash(order, order.filledValue), ownCash(order, before));
    const rest = subKrw(value, own);
    if (order.credit === 'loanOpen') {
      this.#afterNext = krw(this.#afterNext - own - commissionKrw);
      lot.debt = addKrw(lot.debt, rest);
      return;
    }
    this.#afterNext = krw(this.#afterNext - value - commissionKrw);
    this.#lentAfterNext = addKrw(this.#lentAfterNext, rest);
    if (rest > 0) lot.onMargin = true;
  }

  #close(order: BookedLedgerOrder, quantity: number, added: Charges & { readonly value: Krw }): void {
    const { value, commissionKrw, taxKrw } = added;
    const { cost, debt } = this.lots.take(kindOf(order), order.instrumentId, quantity);
    if (order.credit === 'shortClose') {
      const paid = addKrw(value, commissionKrw);
      this.#afterNext = krw(this.#afterNext + debt - paid);
      this.#realised = krw(this.#realised + cost - paid);
      return;
    }
    const proceeds = krw(value - commissionKrw - taxKrw);
    const received = krw(proceeds - (order.credit === 'loanClose' ? debt : 0));
    this.#afterNext = addKrw(this.#afterNext, received);
    this.#realised = krw(this.#realised + proceeds - cost);
    this.#repay(received);
  }

  /** Proceeds of a sale stand in for what purchases on margin still owe, the oldest first: no cash is counted twice. */
  #repay(received: Krw): void {
    if (received <= 0) return;
    const first = Math.min(this.#lentNext, received);
    this.#lentNext = subKrw(this.#lentNext, krw(first));
    this.#lentAfterNext = krw(this.#lentAfterNext - Math.min(this.#lentAfterNext, received - first));
  }

  /** Collateral that covering some units of a short sale sets free; 0 for every other order. */
  #pledgedBehind(order: LedgerOrder, quantity: number): Krw {
    if (order.credit !== 'shortClose') return ZERO_KRW;
    const lot = this.lots.get('short', order.instrumentId);
    if (!lot || lot.quantity === 0) return ZERO_KRW;
    // Rounded down by way of whole units: a hold may be too large by a won, never too small.
    return quantity >= lot.quantity ? lot.debt : krw(Math.floor(lot.debt / lot.quantity) * quantity);
  }

  #rehold(order: BookedLedgerOrder): void {
    const pledged = this.#pledgedBehind(order, order.openQty);
    const hold = holdOf(order, { full: false, pledged });
    const fullHold = holdOf(order, { full: true, pledged });
    this.#reserved = krw(this.#reserved - order.hold + hold);
    this.#fullReserved = krw(this.#fullReserved - order.fullHold + fullHold);
    assert(this.#reserved >= 0 && this.#fullReserved >= 0, `holds of ${this.accountId} below zero`);
    order.hold = hold;
    order.fullHold = fullHold;
  }
}
