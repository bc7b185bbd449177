/** Accounts in several currencies: cash by day of settlement, holds, positions and charges of orders abroad. Minor units throughout. */
import { AppError, assert } from '../../errors/index.ts';
import type { Side } from '../../domain/index.ts';
import {
  buyCurrency,
  overseasAmount,
  overseasCharges,
  overseasMarket,
  overseasSettlement,
  sellCurrency,
  type Currency,
  type FxTerms,
  type OverseasExchangeCode,
} from '../../market/index.ts';
import { krw, mulDiv, safeInt, type Krw } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';

/** Cash of one currency; minor units (cents, yen, fen, dong). */
export interface ForeignCash {
  readonly currency: Currency;
  readonly settled: number;
  /** With all that is yet to settle: what a purchase may use before holds. */
  readonly total: number;
  readonly reserved: number;
}

export interface ForeignHolding {
  readonly exchange: OverseasExchangeCode;
  readonly code: string;
  readonly quantity: number;
  readonly sellable: number;
  /** Cost with charges; minor units. */
  readonly cost: number;
}

/** An order abroad as the ledger holds it. `holdPrice`: scaled; the most a purchase may trade at. */
export interface ForeignOrder {
  readonly accountId: string;
  readonly exchange: OverseasExchangeCode;
  readonly code: string;
  readonly side: Side;
  readonly quantity: number;
  readonly holdPrice: number;
  /** The date where the exchange is. */
  readonly date: SessionDate;
}

interface CashState {
  settled: number;
  reserved: number;
  /** What settles when, by date. */
  readonly due: Map<SessionDate, number>;
}

interface HoldingState {
  quantity: number;
  held: number;
  cost: number;
}

interface OrderState extends ForeignOrder {
  openQty: number;
  filledQty: number;
  /** Σ scaled price × quantity; the amount is rounded from it, so that cutting an order into fills changes nothing. */
  traded: number;
  amount: number;
  charges: number;
  hold: number;
}

interface AccountState {
  won: Krw;
  readonly cash: Map<Currency, CashState>;
  readonly holdings: Map<string, HoldingState & { readonly exchange: OverseasExchangeCode; readonly code: string }>;
}

function chargesAt(order: ForeignOrder, amountMinor: number, quantity: number): number {
  const { exchange, side, date } = order;
  return overseasCharges({ exchange, side, amountMinor, quantity, date }).totalMinor;
}

/** Minor units of what was traded in all. */
function amountOf(order: ForeignOrder, traded: number): number {
  return overseasAmount(order.exchange, { price: traded, quantity: 1 });
}

/** Cash that the rest of a purchase may still cost at worst. */
function holdOf(order: OrderState): number {
  if (order.side === 'sell' || order.openQty === 0) return 0;
  const amount = amountOf(order, order.traded + order.holdPrice * order.openQty);
  const whole = chargesAt(order, amount, order.filledQty + order.openQty);
  return safeInt(amount - order.amount + whole - order.charges);
}

/** The firm's ledger of foreign shares. Amounts of one currency never meet those of another but through `change`. */
export class OverseasLedger {
  readonly #accounts = new Map<string, AccountState>();
  readonly #orders = new Map<string, OrderState>();

  openAccount(accountId: string, won: number): void {
    assert(!this.#accounts.has(accountId), `account ${accountId} exists`);
    this.#accounts.set(accountId, { won: krw(won), cash: new Map(), holdings: new Map() });
  }

  /** Won that may be changed into other currencies. */
  won(accountId: string): Krw {
    return this.#account(accountId).won;
  }

  cash(accountId: string, currency: Currency): ForeignCash {
    const state = this.#cash(this.#account(accountId), currency);
    return { currency, settled: state.settled, total: total(state), reserved: state.reserved };
  }

  holdings(accountId: string): ForeignHolding[] {
    return [...this.#account(accountId).holdings.values()].map(({ exchange, code, quantity, held, cost }) => {
      return { exchange, code, quantity, sellable: quantity - held, cost };
    });
  }

  /** Buys a currency with won; returns the minor units got. Throws RangeError beyond the won at hand. */
  buyCurrency(
    accountId: string,
    wish: { readonly currency: Currency; readonly won: number; readonly terms: FxTerms },
  ): number {
    const account = this.#account(accountId);
    const won = krw(wish.won);
    if (won < 0 || won > account.won) throw new RangeError(`${won} of ${account.won} won`);
    const got = buyCurrency(won, wish.terms);
    account.won = krw(account.won - won);
    const cash = this.#cash(account, wish.currency);
    cash.settled = safeInt(cash.settled + got);
    return got;
  }

  /** Sells settled currency for won; returns the won got. Throws RangeError beyond what is settled and free. */
  sellCurrency(
    accountId: string,
    wish: { readonly currency: Currency; readonly minor: number; readonly terms: FxTerms },
  ): Krw {
    const account = this.#account(accountId);
    const cash = this.#cash(account, wish.currency);
    const free = Math.min(cash.settled, total(cash) - cash.reserved);
    if (wish.minor < 0 || wish.minor > free) throw new RangeError(`${wish.minor} of ${free} ${wish.currency}`);
    const got = sellCurrency(safeInt(wish.minor), wish.terms);
    cash.settled = safeInt(cash.settled - wish.minor);
    account.won = krw(account.won + got);
    return got;
  }

  /** null: the order can be held. */
  shortage(order: ForeignOrder): 'CASH' | 'SELLABLE' | null {
    const account = this.#account(order.accountId);
    if (order.side === 'sell') {
      const holding = account.holdings.get(keyOf(order));
      return order.quantity > (holding ? holding.quantity - holding.held : 0) ? 'SELLABLE' : null;
    }
    if (!Number.isSafeInteger(order.holdPrice * order.quantity)) return 'CASH';
    const cash = this.#cash(account, overseasMarket(order.exchange).currency);
    return holdOf(fresh(order)) > total(cash) - cash.reserved ? 'CASH' : null;
  }

  place(orderNo: string, order: ForeignOrder): void {
    assert(!this.#orders.has(orderNo), `order ${orderNo} is on the books`);
    const account = this.#account(order.accountId);
    const state = fresh(order);
    this.#orders.set(orderNo, state);
    if (order.side === 'sell') this.#holding(account, order).held += order.quantity;
    else this.#rehold(account, state);
  }

  /** Books an execution: cash for the market's settlement day, units at once, charges by the order's totals. */
  fill(
    orderNo: string,
    trade: { readonly price: number; readonly quantity: number },
  ): { readonly amount: number; readonly charges: number } {
    const order = this.#order(orderNo);
    const { quantity } = trade;
    assert(quantity > 0 && quantity <= order.openQty, `fill of ${quantity} on an open rest of ${order.openQty}`);
    const account = this.#account(order.accountId);
    order.openQty -= quantity;
    order.filledQty += quantity;
    order.traded = safeInt(order.traded + trade.price * quantity);
    const amount = amountOf(order, order.traded) - order.amount;
    order.amount = safeInt(order.amount + amount);
    const charges = chargesAt(order, order.amount, order.filledQty);
    const added = charges - order.charges;
    order.charges = charges;
    const holding = this.#holding(account, order);
    const cash = this.#cash(account, overseasMarket(order.exchange).currency);
    const day = overseasSettlement(order.exchange, order.date);
    const moved = order.side === 'buy' ? 0 - amount - added : amount - added;
    cash.due.set(day, safeInt((cash.due.get(day) ?? 0) + moved));
    if (order.side === 'buy') {
      holding.quantity += quantity;
      holding.cost = safeInt(holding.cost + amount + added);
      this.#rehold(account, order);
    } else {
      const all = quantity === holding.quantity;
      holding.cost -= all ? holding.cost : mulDiv(holding.cost, quantity, holding.quantity, 'halfUp');
      holding.quantity -= quantity;
      holding.held -= quantity;
      if (holding.quantity === 0) account.holdings.delete(keyOf(order));
    }
    if (order.openQty === 0) this.#orders.delete(orderNo);
    return { amount, charges: added };
  }

  /** The rest of an order is gone: what it held is free again. */
  release(orderNo: string): void {
    const order = this.#order(orderNo);
    const account = this.#account(order.accountId);
    if (order.side === 'sell') this.#holding(account, order).held -= order.openQty;
    order.openQty = 0;
    if (order.side === 'buy') this.#rehold(account, order);
    this.#orders.delete(orderNo);
  }

  /** Settles everything due by a date. */
  settle(date: SessionDate): void {
    for (const account of this.#accounts.values()) {
      for (const cash of account.cash.values()) {
        for (const [day, amount] of cash.due) {
          if (day > date) continue;
          cash.settled = safeInt(cash.settled + amount);
          cash.due.delete(day);
        }
      }
    }
  }

  #rehold(account: AccountState, order: OrderState): void {
    const cash = this.#cash(account, overseasMarket(order.exchange).currency);
    const hold = holdOf(order);
    cash.reserved = safeInt(cash.reserved - order.hold + hold);
    order.hold = hold;
  }

  #cash(account: AccountState, currency: Currency): CashState {
    let cash = account.cash.get(currency);
    if (!cash) account.cash.set(currency, (cash = { settled: 0, reserved: 0, due: new Map() }));
    return cash;
  }

  #holding(account: AccountState, order: ForeignOrder): HoldingState {
    const { exchange, code } = order;
    const key = keyOf(order);
    let holding = account.holdings.get(key);
    if (!holding) account.holdings.set(key, (holding = { exchange, code, quantity: 0, held: 0, cost: 0 }));
    return holding;
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

function keyOf(order: Pick<ForeignOrder, 'exchange' | 'code'>): string {
  return `${order.exchange}:${order.code}`;
}

function total(cash: CashState): number {
  let sum = cash.settled;
  for (const amount of cash.due.values()) sum += amount;
  return safeInt(sum);
}

function fresh(order: ForeignOrder): OrderState {
  return { ...order, openQty: order.quantity, filledQty: 0, traded: 0, amount: 0, charges: 0, hold: 0 };
}
