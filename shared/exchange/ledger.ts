/** The member firm's ledger (증권사 원장): cash, holds, positions and charges of its customers' accounts. */
import type { InstrumentId, Market, Side } from '../domain/index.ts';
import { AppError, assert } from '../errors/index.ts';
import { chargesOn } from '../market/index.ts';
import { addKrw, amountKrw, krw, subKrw, ZERO_KRW, type Krw } from '../num/index.ts';
import type { EpochMs, SessionDate } from '../time/index.ts';

export interface NewLedgerAccount {
  readonly accountId: string;
  readonly name: string;
  readonly startingCashKrw: number;
  readonly createdTs: EpochMs;
}

/** An account as the firm sees it; won. */
export interface LedgerAccount {
  readonly accountId: string;
  readonly name: string;
  readonly startingCashKrw: Krw;
  readonly createdTs: EpochMs;
  /** Settled today, and after the settlements of one and two sessions on. */
  readonly cashD0Krw: Krw;
  readonly cashD1Krw: Krw;
  readonly cashD2Krw: Krw;
  /** Held by open buy orders, commission included. */
  readonly reservedKrw: Krw;
  /** Totals since the account was opened, before charges. */
  readonly boughtKrw: Krw;
  readonly soldKrw: Krw;
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
}

export interface LedgerPosition {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  /** Quantity not tied up in open sell orders. */
  readonly sellable: number;
}

/** What an order would hold: a buy its cash at `holdPrice` (its limit, or the day's upper limit for a market order), a sell its units. */
export interface LedgerOrder {
  readonly accountId: string;
  readonly instrumentId: InstrumentId;
  readonly market: Market;
  readonly side: Side;
  readonly quantity: number;
  /** Won per unit. */
  readonly holdPrice: number;
  /** Decides the rates of commission and tax. */
  readonly tradeDate: SessionDate;
}

/** Totals of one order number after a fill. */
export interface FillTotals {
  readonly filledQty: number;
  readonly filledValueKrw: Krw;
  readonly commissionKrw: Krw;
  readonly taxKrw: Krw;
}

/** What stands against an order: too little cash, or too few units. */
export type Shortage = 'CASH' | 'SELLABLE';

interface AccountState {
  readonly accountId: string;
  readonly name: string;
  readonly startingCashKrw: Krw;
  readonly createdTs: EpochMs;
  settled: Krw;
  /** Settles when the next session opens, and when the one after it does. */
  next: Krw;
  afterNext: Krw;
  reserved: Krw;
  bought: Krw;
  sold: Krw;
  commission: Krw;
  tax: Krw;
  readonly positions: Map<InstrumentId, { quantity: number; held: number }>;
}

interface OrderState extends LedgerOrder {
  openQty: number;
  filledQty: number;
  filledValue: Krw;
  commission: Krw;
  tax: Krw;
  /** Cash held now; 0 for a sell. */
  hold: Krw;
}

/** Largest price × quantity that is still counted exactly, with room for charges. */
const MAX_AMOUNT_KRW = 1_000_000_000_000_000;

function commissionAt(order: LedgerOrder, value: Krw): Krw {
  const { side, market, tradeDate } = order;
  return chargesOn({ cumulativeValue: value, side, market, date: tradeDate }).commissionKrw;
}

/** Cash that the rest of a buy may still cost at worst: charges grow with the whole order's amount, so what is charged already counts. */
function holdOf(order: LedgerOrder, rest: { readonly openQty: number; readonly filledValue: Krw }): Krw {
  if (order.side === 'sell' || rest.openQty === 0) return ZERO_KRW;
  const amount = amountKrw(order.holdPrice, rest.openQty);
  const whole = commissionAt(order, addKrw(rest.filledValue, amount));
  return krw(amount + whole - commissionAt(order, rest.filledValue));
}

/**
 * Orders are known here by the firm's own number. Money moves by `fill` alone; the other verbs only hold and let go.
 * A sale's proceeds may be used for a purchase at once (매도대금 재사용), so power is the D+2 cash less the holds.
 */
export class Ledger {
  readonly #accounts = new Map<string, AccountState>();
  readonly #orders = new Map<string, OrderState>();

  /** Opens an account with cash that is settled at once. */
  openAccount(account: NewLedgerAccount): void {
    assert(!this.#accounts.has(account.accountId), `account ${account.accountId} exists`);
    const cash = krw(account.startingCashKrw);
    this.#accounts.set(account.accountId, {
      accountId: account.accountId,
      name: account.name,
      startingCashKrw: cash,
      createdTs: account.createdTs,
      settled: cash,
      next: ZERO_KRW,
      afterNext: ZERO_KRW,
      reserved: ZERO_KRW,
      bought: ZERO_KRW,
      sold: ZERO_KRW,
      commission: ZERO_KRW,
      tax: ZERO_KRW,
      positions: new Map(),
    });
  }

  /** A new session of whatever market: what was to settle next does, and the rest moves up. */
  openSession(): void {
    for (const account of this.#accounts.values()) {
      account.settled = addKrw(account.settled, account.next);
      account.next = account.afterNext;
      account.afterNext = ZERO_KRW;
    }
  }

  has(accountId: string): boolean {
    return this.#accounts.has(accountId);
  }

  /** In order of opening. */
  accounts(): LedgerAccount[] {
    return [...this.#accounts.keys()].map((id) => this.account(id));
  }

  /** Throws ACCOUNT_UNKNOWN. */
  account(accountId: string): LedgerAccount {
    const a = this.#account(accountId);
    const { name, startingCashKrw, createdTs } = a;
    const cashD1Krw = addKrw(a.settled, a.next);
    return {
      accountId,
      name,
      startingCashKrw,
      createdTs,
      cashD0Krw: a.settled,
      cashD1Krw,
      cashD2Krw: addKrw(cashD1Krw, a.afterNext),
      reservedKrw: a.reserved,
      boughtKrw: a.bought,
      soldKrw: a.sold,
      commissionKrw: a.commission,
      taxKrw: a.tax,
    };
  }

  /** What is held, by instrument; nothing for an issue that was sold out. */
  positions(accountId: string): LedgerPosition[] {
    const { positions } = this.#account(accountId);
    return [...positions].map(([instrumentId, { quantity, held }]) => ({
      accountId,
      instrumentId,
      quantity,
      sellable: quantity - held,
    }));
  }

  /** null: the order can be held. Quantity and price must be positive integers. */
  shortage(order: LedgerOrder): Shortage | null {
    const account = this.#account(order.accountId);
    if (order.side === 'sell') {
      const position = account.positions.get(order.instrumentId);
      return order.quantity > (position ? position.quantity - position.held : 0) ? 'SELLABLE' : null;
    }
    if (order.holdPrice * order.quantity > MAX_AMOUNT_KRW) return 'CASH';
    const needed = holdOf(order, { openQty: order.quantity, filledValue: ZERO_KRW });
    return needed > this.#power(account) ? 'CASH' : null;
  }

  /** Whether an open order could move its rest to `holdPrice` under a new number. */
  replaceShortage(orderNo: string, holdPrice: number): Shortage | null {
    const order = this.#order(orderNo);
    if (order.side === 'sell') return null;
    if (holdPrice * order.openQty > MAX_AMOUNT_KRW) return 'CASH';
    const needed = holdOf({ ...order, holdPrice }, { openQty: order.openQty, filledValue: ZERO_KRW });
    return needed > this.#power(this.#account(order.accountId)) + order.hold ? 'CASH' : null;
  }

  /** Takes an accepted order on the books and holds what it may need. */
  place(orderNo: string, order: LedgerOrder): void {
    assert(!this.#orders.has(orderNo), `order ${orderNo} is on the books`);
    const account = this.#account(order.accountId);
    const state: OrderState = {
      ...order,
      openQty: order.quantity,
      filledQty: 0,
      filledValue: ZERO_KRW,
      commission: ZERO_KRW,
      tax: ZERO_KRW,
      hold: ZERO_KRW,
    };
    this.#orders.set(orderNo, state);
    if (order.side === 'sell') this.#position(account, order.instrumentId).held += order.quantity;
    else this.#rehold(account, state);
  }

  /** Books an execution: money for D+2, units at once, charges as the difference of the order's totals. */
  fill(orderNo: string, trade: { readonly price: number; readonly quantity: number }): FillTotals {
    const order = this.#order(orderNo);
    const account = this.#account(order.accountId);
    const { quantity } = trade;
    assert(quantity > 0 && quantity <= order.openQty, `fill of ${quantity} on an open rest of ${order.openQty}`);
    const value = amountKrw(trade.price, quantity);
    order.openQty -= quantity;
    order.filledQty += quantity;
    order.filledValue = addKrw(order.filledValue, value);
    const { market, side, tradeDate } = order;
    const total = chargesOn({ cumulativeValue: order.filledValue, side, market, date: tradeDate });
    const commission = subKrw(total.commissionKrw, order.commission);
    const tax = subKrw(total.taxKrw, order.tax);
    order.commission = total.commissionKrw;
    order.tax = total.taxKrw;
    const position = this.#position(account, order.instrumentId);
    if (side === 'buy') {
      account.afterNext = krw(account.afterNext - value - commission);
      account.bought = addKrw(account.bought, value);
      position.quantity += quantity;
      this.#rehold(account, order);
    } else {
      account.afterNext = krw(account.afterNext + value - commission - tax);
      account.sold = addKrw(account.sold, value);
      position.quantity -= quantity;
      position.held -= quantity;
      if (position.quantity === 0) account.positions.delete(order.instrumentId);
    }
    account.commission = addKrw(account.commission, commission);
    account.tax = addKrw(account.tax, tax);
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
    const account = this.#account(order.accountId);
    if (order.side === 'sell') this.#position(account, order.instrumentId).held -= order.openQty;
    order.openQty = 0;
    this.#rehold(account, order);
    this.#orders.delete(orderNo);
  }

  #rehold(account: AccountState, order: OrderState): void {
    const hold = holdOf(order, order);
    account.reserved = krw(account.reserved - order.hold + hold);
    order.hold = hold;
  }

  #power(account: AccountState): Krw {
    return krw(account.settled + account.next + account.afterNext - account.reserved);
  }

  #position(account: AccountState, id: InstrumentId): { quantity: number; held: number } {
    let position = account.positions.get(id);
    if (!position) account.positions.set(id, (position = { quantity: 0, held: 0 }));
    return position;
  }

  #account(accountId: string): AccountState {
    const account = this.#accounts.get(accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return account;
  }

  #order(orderNo: string): OrderState {
    const order = this.#orders.get(orderNo);
    assert(order, `order ${orderNo} is not on the books`);
    return order;
  }
}
