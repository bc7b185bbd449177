/** Keeps the mandates of a desk: takes them, watches every trade for them, and sends each at most once. */
import {
  isOpen,
  isStanding,
  judgeTrade,
  MANDATES_LIMIT,
  type InstrumentId,
  type Mandate,
  type MandateOrder,
  type MandateTrigger,
  type NewOrder,
  type Order,
  type VenueName,
} from '#shared/domain/index.ts';
import { AppError, envelope, orderNameKo, type ErrorCode, type ErrorParams } from '#shared/errors/index.ts';
import { sessionInPhase } from '#shared/market/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { Guard } from './guard.ts';
import type { MarketTrade, MarketView } from './market-view.ts';
import type { DeskEvent } from './journal-events.ts';
import { fireable, issueOf, termsDenial } from './mandate-terms.ts';
import type { OrderVerbs } from './order-verbs.ts';
import type { Step } from './step.ts';

/** What passes by itself: a mandate that meets it stands and is tried again, if its price is still reached then. */
const PASSING: ReadonlySet<string> = new Set([
  'GUARD_HALTED',
  'GUARD_REDUCING',
  'REAL_LOCKED',
  'GUARD_HALT',
  'GUARD_MARKET_HALT',
  'GUARD_VI_NOW',
  'GUARD_STALE',
  ...(['GUARD_SESSION', 'GUARD_NIGHT_OVER'] as const),
  'GUARD_TYPE_HOURS',
  'GUARD_BEST_SAME_NOW',
  'GUARD_RATE',
  'GUARD_UNCONFIRMED',
  'GUARD_OTHER_MARKET',
  ...(['GUARD_COLLARED', 'GUARD_AUCTION_MODE', 'GUARD_BLOCKED', 'GUARD_COOLING', 'GUARD_FROZEN'] as const),
]);

/** Wall time between two tries of a mandate that is held back. */
const RETRY_MS = 500;

export class MandateRoom {
  readonly #parts: { readonly guard: Guard; readonly market: MarketView; readonly verbs: OrderVerbs };
  /** When a mandate that is held back may be tried again. */
  readonly #retryAt = new Map<string, number>();
  /** The desk's step at which a mandate of an earlier day was met: an inquiry begun later carries it over. */
  #carryFrom: number | null = null;

  constructor(parts: { readonly guard: Guard; readonly market: MarketView; readonly verbs: OrderVerbs }) {
    this.#parts = parts;
  }

  /** Why an order of mandates would not be taken now; null: it would. */
  denial(
    step: Pick<Step, 'state'>,
    { legs, entry }: Omit<MandateOrder, 'requestId'>,
  ): { code: ErrorCode; params: ErrorParams } | null {
    const [first] = legs;
    if (
      first &&
      legs.some(
        (leg) =>
          leg.accountId !== first.accountId || leg.instrumentId !== first.instrumentId || leg.side !== first.side,
      )
    )
      return { code: 'MANDATE_SIDES', params: {} };
    if (
      first &&
      entry &&
      (entry.accountId !== first.accountId || entry.instrumentId !== first.instrumentId || entry.side === first.side)
    )
      return { code: 'MANDATE_ENTRY', params: {} };
    if (step.state.mandates.standing + legs.length > MANDATES_LIMIT)
      return { code: 'MANDATES_FULL', params: { limit: MANDATES_LIMIT } };
    for (const leg of legs) {
      const denial = termsDenial(leg, { ...this.#parts, state: step.state, entry: entry !== null });
      if (denial) return denial;
    }
    return null;
  }

  /** Takes mandates in, after sending the entry they protect. Throws what `denial` says. */
  place(step: Step, order: MandateOrder): readonly Mandate[] {
    const known = step.state.mandates.ofRequest(order.requestId);
    if (known.length > 0) return known;
    const denial = this.denial(step, order);
    if (denial) throw new AppError(denial.code, denial.params);
    const entryOrderId = order.entry
      ? this.#enter(step, { ...order.entry, requestId: entryRequest(order.requestId) })
      : null;
    if (order.entry && entryOrderId === null) return [];
    const setId = step.ids.next();
    const placedExchangeTs = this.#parts.guard.exchangeNow();
    const issue = this.#parts.market.facts(order.legs[0]?.instrumentId ?? '');
    const watched = { watchedDate: issue?.sessionDate ?? null, watchedBase: issue?.base ?? null };
    for (const leg of order.legs) {
      step.emit({
        kind: 'mandatePlaced',
        mandateId: step.ids.next(),
        setId,
        requestId: order.requestId,
        ...leg,
        entryOrderId,
        placedExchangeTs,
        ...watched,
        ts: step.now,
      });
    }
    return step.state.mandates.ofSet(setId);
  }

  /** The entry's order id; null where the guard refused it. */
  #enter(step: Step, entry: NewOrder): string | null {
    if (this.#parts.verbs.repeatedSubmit(step, entry) === undefined) this.#parts.verbs.submit(step, entry, false);
    const orderId = step.state.requests.get(entry.requestId)?.orderId ?? '';
    const order = step.state.record(orderId)?.order;
    return order && isOpen(order.state) ? orderId : null;
  }

  /** Throws MANDATE_UNKNOWN, MANDATE_NOT_STANDING and what `denial` says. */
  revise(
    step: Step,
    change: { readonly mandateId: string; readonly trigger: MandateTrigger; readonly price: number | null },
  ): Mandate {
    const mandate = known(step, change.mandateId);
    if (!isStanding(mandate.state)) throw new AppError('MANDATE_NOT_STANDING');
    const { trigger, price } = change;
    const entry = mandate.state === 'waiting';
    const denial = termsDenial({ ...mandate, trigger, price }, { ...this.#parts, state: step.state, entry });
    if (denial) throw new AppError(denial.code, denial.params);
    step.emit({ kind: 'mandateRevised', ...change, ts: step.now });
    this.#retryAt.delete(change.mandateId);
    return known(step, change.mandateId);
  }

  /** Cancels a mandate with its set. */
  revoke(step: Step, mandateId: string): readonly Mandate[] {
    const { setId } = known(step, mandateId);
    for (const leg of step.state.mandates.ofSet(setId))
      if (isStanding(leg.state)) this.#end(step, leg, { state: 'cancelled', code: 'MANDATE_CANCELLED', params: {} });
    return step.state.mandates.ofSet(setId);
  }

  /** Whether a trade concerns a mandate at all; asked of every trade of the market, so it costs nothing where none stands. */
  concerns(step: Pick<Step, 'state'>, trade: MarketTrade): boolean {
    const standing = step.state.mandates.onIssue(trade.instrumentId);
    let today: SessionDate | undefined;
    let exchangeTs: number | undefined;
    for (const mandate of standing) {
      today ??= this.#parts.guard.sessionOf(trade.instrumentId);
      exchangeTs ??= this.#parts.guard.exchangeNow();
      if ((today !== undefined && mandate.watchedDate !== today) || exchangeTs < mandate.placedExchangeTs) return true;
      if (!watches(mandate, trade.venue)) continue;
      const { fires, extreme } = judgeTrade(mandate, trade.price);
      if (fires || mandate.reason || (extreme !== null && extreme !== mandate.extreme)) return true;
    }
    return false;
  }

  /** Judges a trade again, in the desk's turn, and sends what it sets off. */
  trade(step: Step, trade: MarketTrade): void {
    this.expire(step, trade.instrumentId);
    for (const { mandateId } of [...step.state.mandates.onIssue(trade.instrumentId)]) {
      // One that was sent a moment ago has ended the others of its set.
      const mandate = step.state.mandates.get(mandateId);
      if (!mandate || !watches(mandate, trade.venue) || !this.#isOfToday(step, mandate)) continue;
      const { fires, extreme } = judgeTrade(mandate, trade.price);
      if (extreme !== null && extreme !== mandate.extreme)
        step.emit({ kind: 'mandateTrailed', mandateId, extreme, ts: step.now });
      if (fires) this.#fire(step, mandate, trade.price);
      else if (mandate.reason) this.#release(step, mandate);
    }
  }

  /** Ends mandates whose last day is over, and those of a market that was wound back before they were placed. */
  expire(step: Step, instrumentId: InstrumentId | null): void {
    const { mandates } = step.state;
    const exchangeTs = this.#parts.guard.exchangeNow();
    for (const mandate of instrumentId === null ? mandates.standingOnes() : [...mandates.onIssue(instrumentId)]) {
      const { expires, placedExchangeTs } = mandate;
      const today = this.#parts.guard.sessionOf(mandate.instrumentId);
      if (today !== undefined && expires < today)
        this.#end(step, mandate, { state: 'expired', code: 'MANDATE_EXPIRED', params: { expires } });
      else if (exchangeTs < placedExchangeTs)
        this.#end(step, mandate, { state: 'expired', code: 'MANDATE_REWOUND', params: {} });
    }
  }

  /**
   * Carries mandates over into the trading day, once the broker has said what is held on it: `since` is the step at which
   * it was asked. One whose issue has another base price than trading alone can have made ends, loudly.
   */
  carry(step: Step, since: number): void {
    if (this.#carryFrom === null || since < this.#carryFrom) return;
    this.#carryFrom = null;
    for (const mandate of step.state.mandates.standingOnes()) {
      const { mandateId, instrumentId, watchedDate, watchedBase } = mandate;
      const issue = this.#parts.market.facts(instrumentId);
      if (!issue || issue.sessionDate === watchedDate) continue;
      if (watchedBase !== null && isRebased(watchedBase, issue.base)) this.#adjusted(step, mandate);
      else {
        const watched = { watchedDate: issue.sessionDate, watchedBase: issue.base };
        step.emit({ kind: 'mandateCarried', mandateId, ...watched, ts: step.now });
      }
    }
  }

  /** A mandate of an earlier day waits for the inquiry that tells whether its price still means the same. */
  #isOfToday(step: Step, { instrumentId, watchedDate }: Mandate): boolean {
    if (watchedDate === this.#parts.guard.sessionOf(instrumentId)) return true;
    this.#carryFrom ??= step.state.step;
    step.inquire(0);
    return false;
  }

  #adjusted(step: Step, mandate: Mandate): void {
    const params = { name: this.#nameOf(mandate) };
    this.#end(step, mandate, { state: 'cancelled', code: 'MANDATE_ADJUSTED', params });
    step.alert('high', 'MANDATE_ADJUSTED', params);
  }

  /** What is held was changed by other than a fill: the price and the quantity were meant for what was. */
  #followHoldings(step: Step, event: DeskEvent): void {
    if (event.kind === 'holdingAdjusted') {
      // A dividend in cash leaves the base price as it is.
      if (event.action.kind === 'cashDividend') return;
      for (const mandate of [...step.state.mandates.onIssue(event.instrumentId)]) this.#adjusted(step, mandate);
    } else if (event.kind === 'holdingsAdopted' && event.by === 'user') {
      for (const mandate of step.state.mandates.standingOnes())
        if (mandate.accountId === event.accountId && mandate.side === 'sell') this.#adjusted(step, mandate);
    }
  }

  /** What the events of a step mean for mandates: an entry that fills arms them, one that ends without a fill ends them. */
  follow(step: Step): void {
    if (step.state.mandates.isEmpty) return;
    for (const event of [...step.events]) {
      this.#followHoldings(step, event);
      if (!('orderId' in event) || event.kind === 'mandateFired') continue;
      const record = step.state.record(event.orderId);
      if (!record) continue;
      this.#followEntry(step, record.order, event.kind === 'fillRecorded');
      if (event.kind === 'orderRejected' || event.kind === 'orderWithheld' || event.kind === 'orderNeverArrived')
        this.#followSent(step, record.order);
    }
  }

  /** After a restart: orders that were to be watched were not, meanwhile. */
  recover(step: Step): void {
    this.expire(step, null);
    const count = step.state.mandates.standing;
    if (count > 0) step.alert('caution', 'MANDATES_RESUMED', { count });
  }

  #followEntry(step: Step, order: Order, filled: boolean): void {
    for (const mandate of step.state.mandates.ofEntry(order.orderId)) {
      const { mandateId, state, quantity } = mandate;
      if (isStanding(state) && order.filledQty > 0 && (state === 'waiting' || quantity !== order.filledQty))
        step.emit({ kind: 'mandateArmed', mandateId, quantity: order.filledQty, ts: step.now });
      else if (state === 'waiting' && !isOpen(order.state) && order.filledQty === 0)
        this.#end(step, mandate, { state: 'cancelled', code: 'MANDATE_ENTRY_ENDED', params: {} });
      else if (filled && state === 'fired' && order.filledQty > quantity)
        step.alert('high', 'MANDATE_UNGUARDED', { name: this.#nameOf(mandate), quantity: order.filledQty - quantity });
    }
  }

  /** The order that a mandate became was turned down: the user has to know at once. */
  #followSent(step: Step, order: Order): void {
    const mandate = step.state.mandates.ofOrder(order.orderId);
    if (mandate?.state !== 'fired') return;
    const { code = 'MANDATE_FAILED', messageKo = '' } = order.reason ?? {};
    this.#fail(step, mandate, { code, params: {} }, messageKo);
  }

  #fire(step: Step, mandate: Mandate, price: number): void {
    const { mandateId, accountId, instrumentId, side, type, route } = mandate;
    if ((this.#retryAt.get(mandateId) ?? 0) > step.now) return;
    const quantity = fireable(mandate, step.state.position(accountId, instrumentId));
    if (quantity <= 0) {
      this.#fail(
        step,
        mandate,
        { code: 'MANDATE_NOTHING_HELD', params: {} },
        envelope('MANDATE_NOTHING_HELD').messageKo,
      );
      return;
    }
    const order = this.#parts.guard.shaped({
      requestId: firedRequest(mandateId),
      accountId,
      instrumentId,
      side,
      type,
      timeInForce: 'day',
      price: mandate.price,
      stopPrice: null,
      route,
      session: sessionInPhase(this.#parts.market.facts(instrumentId)?.krx.venuePhase ?? 'closed'),
      quantity,
      allowDuplicate: true,
    });
    const verdict = this.#parts.guard.checkSubmit(order, { now: step.now, automated: true });
    if ('denial' in verdict) {
      const { code, params } = verdict.denial;
      if (PASSING.has(code)) this.#hold(step, mandate, { code, params });
      else this.#fail(step, mandate, { code, params }, envelope(code, params).messageKo);
      return;
    }
    this.#parts.verbs.submit(step, order, true);
    const orderId = step.state.requests.get(order.requestId)?.orderId ?? '';
    step.emit({ kind: 'mandateFired', mandateId, orderId, quantity, price, ts: step.now });
    this.#retryAt.delete(mandateId);
    for (const other of step.state.mandates.ofSet(mandate.setId))
      if (isStanding(other.state))
        this.#end(step, other, { state: 'cancelled', code: 'MANDATE_OTHER_LEG', params: {} });
    this.#stopEntry(step, mandate);
    const name = this.#nameOf({ ...mandate, quantity });
    if (quantity < mandate.quantity) step.alert('high', 'MANDATE_REDUCED', { name, quantity });
    else step.alert('caution', 'MANDATE_FIRED', { name });
  }

  /** What is left of the entry would buy more, unprotected. */
  #stopEntry(step: Step, { mandateId, entryOrderId }: Mandate): void {
    const entry = entryOrderId === null ? undefined : step.state.record(entryOrderId);
    if (!entry || !isOpen(entry.order.state) || entry.order.pending === 'cancel') return;
    this.#parts.verbs.cancel(step, { requestId: `${firedRequest(mandateId)}:entry`, orderId: entry.order.orderId });
  }

  #hold(
    step: Step,
    mandate: Mandate,
    { code, params }: { readonly code: ErrorCode; readonly params: ErrorParams },
  ): void {
    const { mandateId } = mandate;
    this.#retryAt.set(mandateId, step.now + RETRY_MS);
    if (mandate.reason?.code === code) return;
    step.emit({ kind: 'mandateHeld', mandateId, code, params, ts: step.now });
    step.alert('high', 'MANDATE_WAITS', { name: this.#nameOf(mandate), why: envelope(code, params).messageKo });
  }

  #release(step: Step, { mandateId }: Mandate): void {
    this.#retryAt.delete(mandateId);
    step.emit({ kind: 'mandateHeld', mandateId, code: null, params: {}, ts: step.now });
  }

  #fail(
    step: Step,
    mandate: Mandate,
    why: { readonly code: string; readonly params: ErrorParams },
    words: string,
  ): void {
    this.#end(step, mandate, { state: 'failed', ...why });
    step.alert('high', 'MANDATE_FAILED', { name: this.#nameOf(mandate), why: words });
  }

  #end(
    step: Step,
    { mandateId }: Mandate,
    how: { readonly state: 'cancelled' | 'expired' | 'failed'; readonly code: string; readonly params: ErrorParams },
  ): void {
    this.#retryAt.delete(mandateId);
    step.emit({ kind: 'mandateEnded', mandateId, ...how, ts: step.now });
  }

  #nameOf({ instrumentId, side, quantity }: Mandate): string {
    return orderNameKo({ name: issueOf(this.#parts.market, instrumentId), side, quantity });
  }
}

/** Daily price limits of KRX: what trading alone can make of a base price from one day to the next. */
const DAILY_LIMIT = 0.3;

/** Whether a base price is another one than a day's trading can have left. */
function isRebased(before: number, now: number): boolean {
  return now > before * (1 + DAILY_LIMIT) + 1 || now < before * (1 - DAILY_LIMIT) - 1;
}

/** A mandate hears the venue that its order would go to. */
function watches({ state, route }: Mandate, venue: VenueName): boolean {
  return state === 'armed' && (route === 'SOR' || route === venue);
}

function known(step: Pick<Step, 'state'>, mandateId: string): Mandate {
  const mandate = step.state.mandates.get(mandateId);
  if (!mandate) throw new AppError('MANDATE_UNKNOWN', { mandateId });
  return mandate;
}

/** The gesture of a mandate's own order: a mandate is sent once, whatever happens in between. */
export function firedRequest(mandateId: string): string {
  return `mandate:${mandateId}`;
}

export function entryRequest(requestId: string): string {
  return `${requestId}:entry`;
}
