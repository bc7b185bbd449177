/** The guard: gathers the facts, applies the rules, and alone makes the proof that an order passed them. */
import {
  amendedType,
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
} from '#shared/domain/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { ReplaceRequest, SubmitOrder } from '../broker/index.ts';
import { closingSide, openableBehind } from './derivative-money.ts';
import type { CreditView } from './credit-view.ts';
import type { DeskState } from './desk-state.ts';
import { cashFor, GuardLook, marginPercentOf } from './guard-look.ts';
import type { MarketView } from './market-view.ts';
import { restOf, type OrderRecord } from './order-record.ts';
import type { Protections } from './protections.ts';
import type { TradingSettings } from './settings.ts';
import type { TradingGate } from './trading-state.ts';

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
  /** Absent: no account takes orders on credit. */
  readonly credit?: CreditView;
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
    const facts = this.#look(guarded, { accountId, now, own: null });
    const denial = judgeOrder(guarded, facts) ?? this.#protect(guarded, facts.issue, { accountId, now, orderId });
    if (denial) return { denial };
    const kind = { type, timeInForce, session, route };
    const terms = { accountId, instrumentId, side, ...kind, price, stopPrice, quantity };
    return { cleared: this.#clear(order.credit ? { ...terms, credit: order.credit } : terms) };
  }

  /** Judges a new price for the whole rest of a resting order. */
  checkReplace(
    record: OrderRecord,
    change: { readonly price: number; readonly brokerOrderNo: string; readonly now: number },
  ): Verdict<ReplaceRequest> {
    const { accountId } = record.order;
    const { price, brokerOrderNo, now } = change;
    const guarded = restAt(record, price);
    const facts = this.#look(guarded, { accountId, now, own: record });
    const denial =
      judgeOrder(guarded, facts) ??
      (isBolder(record.order, price) ? this.#protect(guarded, facts.issue, { accountId, now, orderId: null }) : null);
    if (denial) return { denial };
    return { cleared: this.#clear({ accountId, brokerOrderNo, price }) };
  }

  /**
   * What the guard would say of a draft, with the facts it judged by. `ahead`: drafts that would be sent before it, taken
   * as if they were open already.
   */
  judgeDraft(draft: OrderDraft, now: number, ahead: readonly OrderDraft[] = []) {
    const guarded: GuardedOrder = { ...draft, kind: 'new', allowDuplicate: false, automated: false };
    const facts = this.#behind(draft, ahead, this.#look(guarded, { accountId: draft.accountId, now, own: null }).all());
    const { denial, warnings } = judgeDraft(guarded, facts);
    const { accountId } = draft;
    const stands = denial ?? this.#protect(guarded, facts.issue, { accountId, now, orderId: null });
    return { facts, denial: stands, warnings };
  }

  /** An order of an automation as the protections let it out. */
  shaped(order: NewOrder): NewOrder {
    return this.#parts.protections.shaped(order, this.#parts.market.facts(order.instrumentId));
  }

  #protect(
    order: GuardedOrder,
    issue: IssueFacts | undefined,
    at: { readonly accountId: string; readonly now: number; readonly orderId: string | null },
  ): Denial | null {
    const { protections } = this.#parts;
    if (!issue || !protections.any) return null;
    const { accountId, now, orderId } = at;
    return protections.denial({ ...order, accountId }, { issue, now, orderId });
  }

  /** The facts as they will be once the drafts ahead are open: their cash and their shares are spoken for. */
  #behind(draft: OrderDraft, ahead: readonly OrderDraft[], facts: GuardFacts): GuardFacts {
    let { powerKrw, reserved } = facts;
    for (const other of ahead) {
      if (other.accountId !== draft.accountId) continue;
      const issue = this.#parts.market.facts(other.instrumentId);
      if (other.side === 'buy' && issue)
        powerKrw -= cashFor(other, other.quantity, issue, marginPercentOf(this.#parts.state, other.accountId, issue));
      if (other.side === closingSide(draft) && other.instrumentId === draft.instrumentId) reserved += other.quantity;
    }
    const mine = ahead.filter((other) => other.accountId === draft.accountId);
    return { ...facts, powerKrw, reserved, openable: openableBehind(facts.openable, mine) };
  }

  #clear<T>(order: T): Cleared<T> {
    return { order, epoch: this.#parts.gate.epoch } as Cleared<T>;
  }

  #look(
    order: GuardedOrder,
    from: { readonly accountId: string; readonly now: number; readonly own: OrderRecord | null },
  ): GuardLook {
    return new GuardLook(this.#parts, order, { ...from, settings: this.#parts.settings().guard });
  }
}

/** A price nearer to a trade than the order's own: what stands against new orders stands against it too. A more patient one, like a cancel, only takes risk away. */
function isBolder({ side, price: before }: Order, price: number): boolean {
  return before === null || (side === 'buy' ? price > before : price < before);
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
    credit: record.order.credit,
    allowDuplicate: true,
    automated: record.automated,
  };
}
