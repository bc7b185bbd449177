/** The facts of one order, looked up as a rule asks for them: most orders are judged by few of them. */
import {
  countedPrice,
  type AccountCurrency,
  type AccountProduct,
  type GuardedOrder,
  type GuardFacts,
  type GuardSettings,
  type IssueFacts,
  type KindFacts,
  type LotFacts,
  type Order,
  type OrderType,
  type TickFacts,
  type TradingStateName,
} from '#shared/domain/index.ts';
import { isSettledByDifference, marginOf, valueOf, valueUnit } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { closingSide, openableOf } from './derivative-money.ts';
import type { CreditView } from './credit-view.ts';
import type { DeskState } from './desk-state.ts';
import type { MarketView } from './market-view.ts';
import { termsFor, type IssueTerms } from './issue-terms.ts';
import { kindFacts } from './order-kind.ts';
import { restOf, type OrderRecord } from './order-record.ts';
import type { TradingGate } from './trading-state.ts';

/** Of an order on an issue that nobody knows. */
const UNKNOWN_KIND: KindFacts = { nameKo: null, onDate: false, refusal: null, next: null, canAmend: true };

export interface LookParts {
  readonly state: DeskState;
  readonly gate: TradingGate;
  readonly market: MarketView;
  readonly credit?: CreditView;
}

/** Who asks, and when; `own`: the order that is changed, whose hold is given back. */
export interface LookFrom {
  readonly accountId: string;
  readonly now: number;
  readonly own: OrderRecord | null;
  readonly settings: GuardSettings;
}

/** Cash in minor units of its currency that a buy of `quantity` holds: at its price, or the upper limit, its share at the margin rate and the commission. */
export function cashFor(
  order: Pick<GuardedOrder, 'side' | 'type' | 'price'>,
  quantity: number,
  issue: IssueFacts,
  marginPercent: number,
): number {
  return cashBy(termsFor(issue), order, { quantity, issue, marginPercent });
}

function cashBy(
  terms: IssueTerms,
  order: Pick<GuardedOrder, 'side' | 'type' | 'price'>,
  of: { readonly quantity: number; readonly issue: IssueFacts; readonly marginPercent: number },
): number {
  const { quantity, issue, marginPercent } = of;
  const amount = krw(valueOf(issue.instrument.id, countedPrice(order, issue), quantity));
  const { commission } = terms.charges({ side: 'buy', amount, quantity });
  // Nothing is paid for a future; its margin is the broker's to say.
  if (isSettledByDifference(issue.instrument.id)) return commission;
  return marginOf(amount, marginPercent) + commission;
}

/** One look at the world for one order. What is asked twice is looked up once; it is judged at one instant. */
export class GuardLook implements GuardFacts {
  readonly issue: IssueFacts | undefined;
  readonly settings: GuardSettings;
  readonly #parts: LookParts;
  readonly #order: GuardedOrder;
  readonly #from: LookFrom;
  #terms: IssueTerms | null = null;
  #kind: KindFacts | null = null;
  #tick: TickFacts | null | undefined;
  #power: number | null = null;
  #marginPercent: number | null = null;
  #recent: { readonly sameOrderAgoMs: number | null; readonly sentInWindow: readonly number[] } | null = null;

  constructor(parts: LookParts, order: GuardedOrder, from: LookFrom) {
    this.#parts = parts;
    this.#order = order;
    this.#from = from;
    this.issue = parts.market.facts(order.instrumentId);
    this.settings = from.settings;
  }

  get tradingState(): TradingStateName {
    return this.#parts.gate.state;
  }

  get locked(): boolean {
    return this.#parts.gate.locked;
  }

  get tick(): TickFacts | null {
    this.#tick ??= this.#around(this.#order.price);
    return this.#tick;
  }

  get stopTick(): TickFacts | null {
    return this.#around(this.#order.stopPrice);
  }

  get kind(): KindFacts {
    this.#kind ??= this.#kindNow();
    return this.#kind;
  }

  get lot(): LotFacts | null {
    return this.#termsNow()?.lot(this.#order.side) ?? null;
  }

  get exchangeQuantityCap(): number | null {
    return this.#termsNow()?.quantityCap ?? null;
  }

  get accountCurrency(): AccountCurrency {
    return this.#account()?.currency ?? 'KRW';
  }

  get accountProduct(): AccountProduct {
    return this.#account()?.product ?? 'stock';
  }

  get unit(): GuardFacts['unit'] {
    return valueUnit(this.#order.instrumentId);
  }

  /** Buying power as the broker told it, less what it cannot know yet; the hold of the order that is changed is given back. */
  get powerKrw(): number {
    this.#power ??= this.#powerNow();
    return this.#power;
  }

  #powerNow(): number {
    const { state } = this.#parts;
    const { accountId, own } = this.#from;
    let power = this.#account()?.marginPowerKrw ?? 0;
    for (const record of state.openRecords()) {
      if (record === own || !record.heldByDesk || record.order.accountId !== accountId) continue;
      power -= this.#holdOf(record.order, Math.max(record.order.price ?? 0, record.replacePrice ?? 0));
    }
    return own && !own.heldByDesk ? power + this.#holdOf(own.order, own.order.price ?? 0) : power;
  }

  cashFor(quantity: number): number {
    const { issue } = this;
    const terms = this.#termsNow();
    if (!issue || !terms) return 0;
    this.#marginPercent ??= marginPercentOf(this.#parts.state, this.#from.accountId, issue);
    return cashBy(terms, this.#order, { quantity, issue, marginPercent: this.#marginPercent });
  }

  get held(): number {
    return this.#parts.state.holding(this.#from.accountId, this.#order.instrumentId).quantity;
  }

  get reserved(): number {
    const { accountId, own } = this.#from;
    const { instrumentId } = this.#order;
    const side = closingSide(this.#order);
    const all = this.#parts.state.reservedQty(accountId, instrumentId, side);
    return all - (own?.order.side === side ? restOf(own.order) : 0);
  }

  get openable(): GuardFacts['openable'] {
    return openableOf(this.#order, this.issue, { accountId: this.#from.accountId, state: this.#parts.state });
  }

  get credit(): GuardFacts['credit'] {
    if (!this.#order.credit) return undefined;
    return this.#parts.credit?.facts({ ...this.#order, accountId: this.#from.accountId });
  }

  get sameOrderAgoMs(): number | null {
    return this.#recently().sameOrderAgoMs;
  }

  get sentInWindow(): readonly number[] {
    return this.#recently().sentInWindow;
  }

  get unconfirmed(): boolean {
    const { instrumentId, side } = this.#order;
    return this.#parts.state.hasUnconfirmed({ accountId: this.#from.accountId, instrumentId, side });
  }

  /** All of it at once, as plain data: for a draft, which is judged by every rule. */
  all(): GuardFacts {
    const { tradingState, locked, issue, tick, stopTick, kind, lot, exchangeQuantityCap, accountCurrency } = this;
    const { accountProduct, unit, powerKrw, held, reserved, openable, sameOrderAgoMs } = this;
    const { credit, sentInWindow, unconfirmed, settings } = this;
    return {
      tradingState,
      locked,
      issue,
      tick,
      stopTick,
      kind,
      lot,
      exchangeQuantityCap,
      accountCurrency,
      accountProduct,
      unit,
      powerKrw,
      cashFor: (quantity) => this.cashFor(quantity),
      held,
      reserved,
      openable,
      ...(credit ? { credit } : {}),
      sameOrderAgoMs,
      sentInWindow,
      unconfirmed,
      settings,
    };
  }

  #termsNow(): IssueTerms | null {
    this.#terms ??= this.issue ? termsFor(this.issue) : null;
    return this.#terms;
  }

  #account() {
    return this.#parts.state.account(this.#from.accountId);
  }

  #around(price: number | null): TickFacts | null {
    return price === null ? null : (this.#termsNow()?.tickAround(price) ?? null);
  }

  #kindNow(): KindFacts {
    const { issue } = this;
    if (!issue) return UNKNOWN_KIND;
    const exchangeTs = this.#parts.market.exchangeNow();
    return kindFacts({ order: this.#order, issue, exchangeTs, amends: this.#from.own?.order.type ?? null });
  }

  #holdOf(order: Order, price: number): number {
    const issue = this.#parts.market.facts(order.instrumentId);
    if (order.side === 'sell' || !issue) return 0;
    // A price taken from the book is held like one that was asked.
    const type: OrderType = price > 0 && order.type !== 'conditionalLimit' ? 'limit' : order.type;
    const counted = { side: order.side, type, price: price === 0 ? null : price };
    return cashFor(counted, restOf(order), issue, marginPercentOf(this.#parts.state, order.accountId, issue));
  }

  #recently() {
    this.#recent ??= this.#look();
    return this.#recent;
  }

  #look(): { readonly sameOrderAgoMs: number | null; readonly sentInWindow: readonly number[] } {
    const { state } = this.#parts;
    const { now, accountId } = this.#from;
    const { duplicateWindowMs, rates } = this.settings;
    const longest = rates.reduce((max, { windowMs }) => Math.max(max, windowMs), duplicateWindowMs);
    let sameOrderAgoMs: number | null = null;
    const counts = rates.map(() => 0);
    for (const { ts, orderId, isNew } of state.recent.since(now - longest)) {
      const before = state.record(orderId)?.order;
      // An order that the pace itself held back does not count, else an impatient hand would lock itself out.
      if (isNew && before?.reason?.code === 'GUARD_RATE') continue;
      // Measured both ways: a clock that was set back must neither lock the user out nor let a slip through.
      const age = Math.abs(now - ts);
      for (let place = 0; place < rates.length; place += 1)
        if (age < (rates[place]?.windowMs ?? 0)) counts[place] = (counts[place] ?? 0) + 1;
      if (isNew && before && before.state !== 'denied' && isEqualOrder(before, this.#order, accountId))
        sameOrderAgoMs = age;
    }
    return { sameOrderAgoMs, sentInWindow: counts };
  }
}

/** Share of a purchase in percent that must be there in cash, as the firm reckons it. */
export function marginPercentOf(state: DeskState, accountId: string, issue: IssueFacts): number {
  const account = state.account(accountId);
  const frozen = account !== null && account.frozenUntil !== null;
  return termsFor(issue).marginPercent({ kind: account?.kind ?? 'cash', frozen });
}

function isEqualOrder(before: Order, order: GuardedOrder, accountId: string): boolean {
  return (
    before.accountId === accountId &&
    before.instrumentId === order.instrumentId &&
    before.side === order.side &&
    before.type === order.type &&
    before.timeInForce === order.timeInForce &&
    before.session === order.session &&
    before.route === order.route &&
    // A price taken from the book came after the order was written.
    (order.price === null || before.price === order.price) &&
    before.stopPrice === order.stopPrice &&
    // The same in cash and on credit are two orders; a loan that is repaid twice is the slip that is looked for.
    before.credit?.act === order.credit?.act &&
    before.credit?.loanDate === order.credit?.loanDate &&
    before.quantity === order.quantity
  );
}
