/** The guard: gathers the facts, applies the rules, and alone makes the proof that an order passed them. */
import {
  amendedType,
  countedPrice,
  judgeDraft,
  judgeOrder,
  type Cleared,
  type Denial,
  type GuardFacts,
  type GuardedOrder,
  type InstrumentId,
  type IssueFacts,
  type NewOrder,
  type Order,
  type OrderType,
  type VenueName,
} from '#shared/domain/index.ts';
import { marginOf, valueOf, valueUnit } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { ReplaceRequest, SubmitOrder } from '../broker/index.ts';
import type { DeskState } from './desk-state.ts';
import { termsFor } from './issue-terms.ts';
import { kindFacts } from './order-kind.ts';
import { restOf, type OrderRecord } from './order-record.ts';
import type { ProtectedOrder, Protections } from './protections.ts';
import type { TradingSettings } from './settings.ts';
import type { TradingGate } from './trading-state.ts';

/** A trade of the market, as far as a mandate is set off by it. */
export interface MarketTrade {
  readonly instrumentId: InstrumentId;
  readonly venue: VenueName;
  readonly price: number;
}

/** What the desk asks of the market; the market hub answers it. */
export interface MarketView {
  /** undefined: no such instrument. */
  facts(id: InstrumentId): IssueFacts | undefined;
  /** The exchange's clock now. */
  exchangeNow(): EpochMs;
  /** Every trade from now on, none merged with another; absent: the market tells none. */
  watchTrades?(listener: (trade: MarketTrade) => void): () => void;
}

/** A draft: an order that nobody has sent yet. */
export type OrderDraft = Omit<NewOrder, 'requestId' | 'allowDuplicate'>;

/** The verdict: proof, or the reason why not. */
export type Verdict<T> = { readonly cleared: Cleared<T> } | { readonly denial: Denial };

interface GuardParts {
  readonly state: DeskState;
  readonly gate: TradingGate;
  readonly market: MarketView;
  readonly settings: () => TradingSettings;
  readonly protections: Protections;
}

export class Guard {
  readonly #parts: GuardParts;

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  /** The trading day on which an order on an issue would be placed now; undefined for an unknown issue. */
  sessionOf(instrumentId: InstrumentId): SessionDate | undefined {
    return this.#parts.market.facts(instrumentId)?.sessionDate;
  }

  /** The exchange's clock now. */
  exchangeNow(): EpochMs {
    return this.#parts.market.exchangeNow();
  }

  /** Judges a new order at the instant `now` (wall time). */
  checkSubmit(
    order: NewOrder,
    from: { readonly now: number; readonly automated: boolean; readonly orderId?: string },
  ): Verdict<SubmitOrder> {
    const { accountId, instrumentId, side, type, timeInForce, session, route, price, stopPrice, quantity } = order;
    const { automated, now, orderId = null } = from;
    const guarded: GuardedOrder = { ...order, kind: 'new', automated };
    const facts = this.#facts(guarded, { accountId, now, own: null });
    const denial =
      judgeOrder(guarded, facts) ?? this.#protect({ ...guarded, accountId }, facts.issue, { now, orderId });
    if (denial) return { denial };
    const kind = { type, timeInForce, session, route };
    return { cleared: this.#clear({ accountId, instrumentId, side, ...kind, price, stopPrice, quantity }) };
  }

  /** Judges a new price for the whole rest of a resting order. */
  checkReplace(
    record: OrderRecord,
    change: { readonly price: number; readonly brokerOrderNo: string; readonly now: number },
  ): Verdict<ReplaceRequest> {
    const { order } = record;
    const guarded = restAt(record, change.price);
    const denial = judgeOrder(
      guarded,
      this.#facts(guarded, { accountId: order.accountId, now: change.now, own: record }),
    );
    if (denial) return { denial };
    return {
      cleared: this.#clear({ accountId: order.accountId, brokerOrderNo: change.brokerOrderNo, price: change.price }),
    };
  }

  /**
   * What the guard would say of a draft, with the facts it judged by. `ahead`: drafts that would be sent before it, taken
   * as if they were open already.
   */
  judgeDraft(draft: OrderDraft, now: number, ahead: readonly OrderDraft[] = []) {
    const guarded: GuardedOrder = { ...draft, kind: 'new', allowDuplicate: false, automated: false };
    const facts = this.#behind(draft, ahead, this.#facts(guarded, { accountId: draft.accountId, now, own: null }));
    const { denial, warnings } = judgeDraft(guarded, facts);
    const { accountId } = draft;
    const stands = denial ?? this.#protect({ ...guarded, accountId }, facts.issue, { now, orderId: null });
    return { facts, denial: stands, warnings };
  }

  /** An order of an automation as the protections let it out. */
  shaped(order: NewOrder): NewOrder {
    return this.#parts.protections.shaped(order, this.#parts.market.facts(order.instrumentId));
  }

  #protect(
    order: ProtectedOrder,
    issue: IssueFacts | undefined,
    at: { readonly now: number; readonly orderId: string | null },
  ): Denial | null {
    return issue ? this.#parts.protections.denial(order, { issue, ...at }) : null;
  }

  /** The facts as they will be once the drafts ahead are open: their cash and their shares are spoken for. */
  #behind(draft: OrderDraft, ahead: readonly OrderDraft[], facts: GuardFacts): GuardFacts {
    let { powerKrw, reserved } = facts;
    for (const other of ahead) {
      if (other.accountId !== draft.accountId) continue;
      const issue = this.#parts.market.facts(other.instrumentId);
      if (other.side === 'buy' && issue)
        powerKrw -= cashFor(other, other.quantity, issue, this.#marginPercent(other.accountId, issue));
      if (other.side === 'sell' && other.instrumentId === draft.instrumentId) reserved += other.quantity;
    }
    return { ...facts, powerKrw, reserved };
  }

  #clear<T>(order: T): Cleared<T> {
    return { order, epoch: this.#parts.gate.epoch } as Cleared<T>;
  }

  #facts(
    order: GuardedOrder,
    from: { readonly accountId: string; readonly now: number; readonly own: OrderRecord | null },
  ): GuardFacts {
    const { state, gate, market } = this.#parts;
    const settings = this.#parts.settings().guard;
    const { accountId, now, own } = from;
    const issue = market.facts(order.instrumentId);
    const account = state.account(accountId);
    const recent = this.#recent(order, { accountId, now });
    const exchangeTs = market.exchangeNow();
    const reserved =
      state.reservedQty(accountId, order.instrumentId) - (own?.order.side === 'sell' ? restOf(own.order) : 0);
    return {
      tradingState: gate.state,
      locked: gate.locked,
      issue,
      tick: issue && order.price !== null ? termsFor(issue).tickAround(order.price) : null,
      stopTick: issue && order.stopPrice !== null ? termsFor(issue).tickAround(order.stopPrice) : null,
      kind: issue ? kindFacts({ order, issue, exchangeTs, amends: own?.order.type ?? null }) : UNKNOWN_KIND,
      lot: issue ? termsFor(issue).lot(order.side) : null,
      exchangeQuantityCap: issue ? termsFor(issue).quantityCap : null,
      accountCurrency: account?.currency ?? 'KRW',
      accountProduct: account?.product ?? 'stock',
      unit: valueUnit(order.instrumentId),
      powerKrw: this.#powerKrw(accountId, own),
      cashFor: (quantity) => (issue ? cashFor(order, quantity, issue, this.#marginPercent(accountId, issue)) : 0),
      held: state.holding(accountId, order.instrumentId).quantity,
      reserved,
      sameOrderAgoMs: recent.sameOrderAgoMs,
      sentInWindow: recent.sentInWindow,
      unconfirmed: state.hasUnconfirmed({ accountId, instrumentId: order.instrumentId, side: order.side }),
      settings,
    };
  }

  /** Buying power as the broker told it, less what it cannot know yet; the hold of the order that is changed is given back. */
  #powerKrw(accountId: string, own: OrderRecord | null): number {
    const { state } = this.#parts;
    let power = state.account(accountId)?.marginPowerKrw ?? 0;
    for (const record of state.openRecords()) {
      if (record === own || !record.heldByDesk || record.order.accountId !== accountId) continue;
      power -= this.#holdOf(record.order, Math.max(record.order.price ?? 0, record.replacePrice ?? 0));
    }
    return own && !own.heldByDesk ? power + this.#holdOf(own.order, own.order.price ?? 0) : power;
  }

  /** Share of a purchase in percent that must be there in cash, as the firm reckons it. */
  #marginPercent(accountId: string, issue: IssueFacts): number {
    const account = this.#parts.state.account(accountId);
    const frozen = account !== null && account.frozenUntil !== null;
    return termsFor(issue).marginPercent({ kind: account?.kind ?? 'cash', frozen });
  }

  #holdOf(order: Order, price: number): number {
    const issue = this.#parts.market.facts(order.instrumentId);
    if (order.side === 'sell' || !issue) return 0;
    // A price taken from the book is held like one that was asked.
    const type: OrderType = price > 0 && order.type !== 'conditionalLimit' ? 'limit' : order.type;
    const counted = { side: order.side, type, price: price === 0 ? null : price };
    return cashFor(counted, restOf(order), issue, this.#marginPercent(order.accountId, issue));
  }

  #recent(
    order: GuardedOrder,
    from: { readonly accountId: string; readonly now: number },
  ): Pick<GuardFacts, 'sameOrderAgoMs' | 'sentInWindow'> {
    const { state } = this.#parts;
    const { duplicateWindowMs, rates } = this.#parts.settings().guard;
    const longest = rates.reduce((max, { windowMs }) => Math.max(max, windowMs), duplicateWindowMs);
    let sameOrderAgoMs: number | null = null;
    const counts = rates.map(() => 0);
    for (const { ts, orderId, isNew } of state.recent.since(from.now - longest)) {
      const before = state.record(orderId)?.order;
      // An order that the pace itself held back does not count, else an impatient hand would lock itself out.
      if (isNew && before?.reason?.code === 'GUARD_RATE') continue;
      // Measured both ways: a clock that was set back must neither lock the user out nor let a slip through.
      const age = Math.abs(from.now - ts);
      rates.forEach(({ windowMs }, i) => {
        if (age < windowMs) counts[i] = (counts[i] ?? 0) + 1;
      });
      if (isNew && before && before.state !== 'denied' && isEqualOrder(before, order, from.accountId))
        sameOrderAgoMs = age;
    }
    return { sameOrderAgoMs, sentInWindow: counts };
  }
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
    before.quantity === order.quantity
  );
}

function restAt(record: OrderRecord, price: number): GuardedOrder {
  const { instrumentId, side, timeInForce, session, venue, route, stopPrice, triggered } = record.order;
  const quantity = restOf(record.order);
  return {
    kind: 'replace',
    instrumentId,
    side,
    type: amendedType(record.order.type) ?? record.order.type,
    timeInForce,
    session,
    // A change goes where the order waits.
    route: venue ?? route,
    price,
    stopPrice: triggered ? null : stopPrice,
    quantity,
    allowDuplicate: true,
    automated: record.automated,
  };
}

/** Cash in minor units of its currency that a buy of `quantity` holds: at its price, or the upper limit, its share at the margin rate and the commission. */
export function cashFor(
  order: Pick<GuardedOrder, 'side' | 'type' | 'price'>,
  quantity: number,
  issue: IssueFacts,
  marginPercent: number,
): number {
  const amount = krw(valueOf(issue.instrument.id, countedPrice(order, issue), quantity));
  const { commission } = termsFor(issue).charges({ side: 'buy', amount, quantity });
  return marginOf(amount, marginPercent) + commission;
}

/** Of an order on an issue that nobody knows. */
const UNKNOWN_KIND: GuardFacts['kind'] = { nameKo: null, onDate: false, refusal: null, next: null, canAmend: true };
