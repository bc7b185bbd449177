/** The member firm's ledger (증권사 원장): cash, holds, positions, charges and calls of its customers' accounts. */
import type { InstrumentId } from '../../domain/index.ts';
import { AppError, assert } from '../../errors/index.ts';
import { collateralShortage, LOAN_RULE, marginRate, type MarginRate } from '../../market/index.ts';
import { addKrw, amountKrw, krw, mulDiv, ZERO_KRW, type Krw } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { planSale } from './forced-sale.ts';
import { AccountBook } from './ledger-account.ts';
import type { BookedLedgerOrder } from './ledger-hold.ts';
import type {
  BuyingPower,
  FillTotals,
  ForcedSale,
  LedgerAccount,
  LedgerAction,
  LedgerHolding,
  LedgerOrder,
  LedgerPosition,
  LedgerTrade,
  MarginCall,
  NewLedgerAccount,
  RecordedChange,
  SaleTerms,
  Shortage,
} from './ledger-terms.ts';

export type * from './ledger-terms.ts';

/**
 * Orders are known here by the firm's own number. Money moves by `fill` and `receive` alone; the other verbs only hold
 * and let go. A sale's proceeds may be used for a purchase at once (매도대금 재사용), so power is the D+2 cash less the holds.
 */
export class Ledger {
  readonly #accounts = new Map<string, AccountBook>();
  readonly #orders = new Map<string, BookedLedgerOrder>();
  #date: SessionDate | null = null;

  /** Opens an account with cash that is settled at once. */
  openAccount(account: NewLedgerAccount): void {
    assert(!this.#accounts.has(account.accountId), `account ${account.accountId} exists`);
    this.#accounts.set(account.accountId, new AccountBook(account));
  }

  /** A new session of whatever market: what was to settle next does, and the rest moves up. */
  openSession(date: SessionDate): void {
    for (const account of this.#accounts.values()) account.openSession(this.#date, date);
    this.#date = date;
  }

  has(accountId: string): boolean {
    return this.#accounts.has(accountId);
  }

  /** In order of opening. */
  accounts(): LedgerAccount[] {
    return [...this.#accounts.values()].map((account) => account.view(this.#date));
  }

  /** Throws ACCOUNT_UNKNOWN. */
  account(accountId: string): LedgerAccount {
    return this.#account(accountId).view(this.#date);
  }

  /** Own units by instrument; nothing for an issue that was sold out. */
  positions(accountId: string): LedgerPosition[] {
    return this.holdings(accountId)
      .filter(({ kind }) => kind === 'own')
      .map(({ instrumentId, quantity, sellable }) => ({ accountId, instrumentId, quantity, sellable }));
  }

  /** Everything held with its cost: own units, units bought with a loan, units sold short. */
  holdings(accountId: string): LedgerHolding[] {
    return this.#account(accountId).lots.list(accountId);
  }

  /** The margin rate of a purchase by an account in the session in force. */
  marginRate(accountId: string, issue: Omit<Parameters<typeof marginRate>[0], 'kind' | 'frozen'>): MarginRate {
    const account = this.#account(accountId);
    return marginRate({ ...issue, kind: account.kind, frozen: account.frozen(this.#date) });
  }

  /** What a purchase of an issue of that margin rate may use now. */
  power(accountId: string, marginPercent: number): BuyingPower {
    const account = this.#account(accountId);
    const cashKrw = krw(Math.max(0, account.cashPower));
    if (account.kind === 'cash' || account.frozen(this.#date)) return { cashKrw, maxKrw: cashKrw };
    const margin = Math.max(0, account.marginPower);
    return { cashKrw, maxKrw: krw(Math.max(cashKrw, mulDiv(margin, 100, marginPercent, 'floor'))) };
  }

  /** null: the order can be held. Quantity and price must be positive integers. */
  shortage(order: LedgerOrder): Shortage | null {
    return this.#account(order.accountId).shortage(order);
  }

  /** Whether an open order could move its rest to `holdPrice` under a new number. */
  replaceShortage(orderNo: string, holdPrice: number): Shortage | null {
    const order = this.#order(orderNo);
    return this.#account(order.accountId).shortage({ ...order, holdPrice, quantity: order.openQty }, order);
  }

  /** Takes an accepted order on the books and holds what it may need. */
  place(orderNo: string, order: LedgerOrder): void {
    assert(!this.#orders.has(orderNo), `order ${orderNo} is on the books`);
    this.#orders.set(orderNo, this.#account(order.accountId).place(order));
  }

  /** Books an execution: money for D+2, units at once, charges as the difference of the order's totals. */
  fill(orderNo: string, trade: LedgerTrade): FillTotals {
    const order = this.#order(orderNo);
    const { quantity } = trade;
    assert(quantity > 0 && quantity <= order.openQty, `fill of ${quantity} on an open rest of ${order.openQty}`);
    this.#account(order.accountId).fill(order, trade);
    if (order.openQty === 0) this.#orders.delete(orderNo);
    return {
      filledQty: order.filledQty,
      filledValueKrw: order.filledValue,
      commissionKrw: order.commission,
      taxKrw: order.tax,
    };
  }

  /** The rest of an order is gone (canceled, expired, replaced): what it held is free again. */
  release(orderNo: string): void {
    const order = this.#order(orderNo);
    this.#account(order.accountId).release(order);
    this.#orders.delete(orderNo);
  }

  /** Cash from outside the market (입금), settled at once; below zero it leaves. */
  receive(accountId: string, amountKrw: number): void {
    this.#account(accountId).receive(krw(amountKrw));
  }

  /**
   * A corporate action on every holding of an issue, at the start of the day on which it takes effect. Open orders of the
   * issue are let go, as its limits are others now; their numbers are returned.
   */
  applyCorporateAction(change: LedgerAction): string[] {
    const gone = [...this.#orders].filter(([, order]) => order.instrumentId === change.instrumentId);
    for (const [orderNo] of gone) this.release(orderNo);
    for (const account of this.#accounts.values()) account.changeHolding(change);
    return gone.map(([orderNo]) => orderNo);
  }

  /** What a corporate action made of one holding, as it was recorded then: a rule that has changed since changes nothing. */
  takeChange(change: RecordedChange): void {
    const { accountId, kind, instrumentId, after } = change;
    this.#account(accountId).takeChange(kind, instrumentId, after);
  }

  /** The firm's look at loans after a close: `prices` in won by issue; an issue without one counts at its cost. */
  judgeCollateral(prices: ReadonlyMap<InstrumentId, number>): void {
    for (const account of this.#accounts.values()) {
      const loan = account.lots.debt('loan');
      account.judge(loan === 0 ? ZERO_KRW : collateralShortage({ collateral: collateralOf(account, prices), loan }));
    }
  }

  /** Money that accounts must bring: what is or will be unpaid by day, and collateral short at the last close. */
  marginCalls(): MarginCall[] {
    const calls: MarginCall[] = [];
    for (const account of this.#accounts.values()) {
      const { accountId } = account;
      let called = 0;
      for (const dueIn of [0, 1, 2] as const) {
        // Later sales pay for what is due later only: what a day misses beyond the days before it.
        const missing = Math.max(0, 0 - account.cashByDay[dueIn]);
        const amount = missing - called;
        if (amount > 0) calls.push({ accountId, reason: 'unpaid', amountKrw: krw(amount), dueIn });
        called = Math.max(called, missing);
      }
      const { closes, shortKrw } = account.collateral;
      if (closes > 0) calls.push({ accountId, reason: 'collateral', amountKrw: shortKrw, dueIn: 0 });
    }
    return calls;
  }

  /**
   * What the firm sells at the market in today's opening auction: for money missing as the last session ended, and for
   * collateral that was short at the last two closes. Counted at the lower limit; an issue without terms is passed over.
   * @source resources/krx/margin.json unpaid, resources/krx/credit.json loan (both unconfirmed)
   */
  forcedSales(terms: ReadonlyMap<InstrumentId, SaleTerms>): ForcedSale[] {
    const date = this.#date;
    if (date === null) return [];
    return [...this.#accounts.values()].flatMap((account) => {
      const { closes, shortKrw } = account.collateral;
      const collateral = closes >= LOAN_SALE_CLOSES ? shortKrw : ZERO_KRW;
      return planSale({ account, terms, date, unpaid: account.overdue, collateral });
    });
  }

  #account(accountId: string): AccountBook {
    const account = this.#accounts.get(accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return account;
  }

  #order(orderNo: string): BookedLedgerOrder {
    const order = this.#orders.get(orderNo);
    assert(order, `order ${orderNo} is not on the books`);
    return order;
  }
}

/** Closes short in a row after which the next opening sells: at D and at D+1. */
const LOAN_SALE_CLOSES = LOAN_RULE.saleSessions;

/** What stands behind an account's loans: its D+2 cash and all its units; won. */
function collateralOf(account: AccountBook, prices: ReadonlyMap<InstrumentId, number>): Krw {
  let sum = account.cash;
  for (const holding of account.lots.list(account.accountId)) {
    if (holding.kind === 'short') continue;
    const price = prices.get(holding.instrumentId);
    sum = addKrw(sum, price === undefined ? holding.costKrw : amountKrw(price, holding.quantity));
  }
  return sum;
}
