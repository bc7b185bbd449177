/** What the desk keeps of one account: the broker's figures, holdings, fills, totals, the equity curve. */
import type { Account, Fill, InstrumentId, Order } from '#shared/domain/index.ts';
import type { DeskEventOf } from './journal-events.ts';
import { AccountTotals, EquityCurve } from './performance.ts';
import { applyFill, type Holding } from './portfolio.ts';
import { LIMITS } from './settings.ts';

/** Kinds of events that change holdings without an order. */
export type HoldingChange = 'holdingAdjusted' | 'holdingsAdopted' | 'holdingEndTold' | 'positionSettled';

export class AccountBook {
  readonly accountId: string;
  /** The broker's figures; null until it has told them. */
  account: Account | null = null;
  readonly holdings = new Map<InstrumentId, Holding>();
  readonly totals = new AccountTotals();
  /** The broker's numbers of the corporate actions taken in. */
  readonly adjustments = new Set<string>();
  /** When holdings end by themselves, as the broker has told it. */
  readonly ends = new Map<InstrumentId, { readonly endsOn: string; readonly endsTs: number }>();
  readonly curve = new EquityCurve(LIMITS.equityPoints);
  fills: Fill[] = [];
  /** Fills and corporate actions since the equity was last sampled. */
  unsampled = 0;
  /** Step of the newest fill or corporate action. */
  filledAt = 0;
  /** Trading day up to which the broker was asked; null before the first inquiry. */
  reconciledTo: string | null = null;
  /** How often the broker's holdings were taken over. */
  adoptions = 0;
  /** Net assets when it was first seen, where the broker keeps no such figure. */
  startingKrw: number | null = null;

  /** Trading days to ask for once more, by the step that gave the reason: an order given up there may exist after all. */
  readonly askAgain = new Map<string, number>();

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  holding(instrumentId: InstrumentId): Holding {
    const { accountId } = this;
    return this.holdings.get(instrumentId) ?? { accountId, instrumentId, quantity: 0, costKrw: 0, realisedKrw: 0 };
  }

  /** Takes a fill in. `orderRealisedKrw`: what its order had realised before, null if it had no fill yet. */
  fill(order: Order, event: DeskEventOf<'fillRecorded'>, orderRealisedKrw: number | null): Fill {
    const { orderId, accountId, instrumentId, side } = order;
    const { fillId, venue, price, quantity, commissionKrw, taxKrw } = event;
    const { exchangeTs, sessionDate, settlementDate, reconciled } = event;
    const money = { side, price, quantity, commissionKrw, taxKrw };
    const before = this.holding(instrumentId);
    const { after, realisedKrw } = applyFill(before, money);
    this.holdings.set(instrumentId, after);
    const names = { fillId, orderId, accountId, instrumentId };
    const times = { exchangeTs, sessionDate, settlementDate };
    const fill: Fill = { ...names, ...money, venue, realisedKrw, ...times, reconciled };
    this.totals.add(fill, orderRealisedKrw, side === 'buy' ? before.quantity < 0 : before.quantity > 0);
    this.fills.push(fill);
    if (this.fills.length > LIMITS.fills) this.fills = this.fills.slice(-Math.floor(LIMITS.fills / 2));
    this.unsampled += 1;
    return fill;
  }

  /** Takes in what changes holdings without an order; returns the issues whose units or cost are others now. */
  change(event: DeskEventOf<HoldingChange>): readonly InstrumentId[] {
    switch (event.kind) {
      case 'holdingAdjusted':
        return this.adjust(event);
      case 'holdingsAdopted':
        return this.adopt(event);
      case 'positionSettled':
        return this.#settle(event.instrumentId);
      case 'holdingEndTold':
        this.ends.set(event.instrumentId, { endsOn: event.endsOn, endsTs: event.endsTs });
        return [];
    }
  }

  /** It is gone; what it brought is in the broker's cash, and nobody says how much of it was profit. */
  #settle(instrumentId: InstrumentId): readonly InstrumentId[] {
    this.holdings.set(instrumentId, { ...this.holding(instrumentId), quantity: 0, costKrw: 0 });
    this.totals.adjust(instrumentId, 0);
    this.ends.delete(instrumentId);
    this.unsampled += 1;
    return [instrumentId];
  }

  /** Takes what a corporate action made of a holding in; returns the issues it touched. */
  adjust(event: DeskEventOf<'holdingAdjusted'>): readonly InstrumentId[] {
    const { adjustmentNo, instrumentId, quantity, costKrw, realisedKrw, other } = event;
    this.adjustments.add(adjustmentNo);
    const held = this.holding(instrumentId);
    this.holdings.set(instrumentId, { ...held, quantity, costKrw, realisedKrw: held.realisedKrw + realisedKrw });
    this.totals.adjust(instrumentId, realisedKrw);
    this.unsampled += 1;
    if (!other) return [instrumentId];
    const came = this.holding(other.instrumentId);
    const sum = { quantity: came.quantity + other.quantity, costKrw: came.costKrw + other.costKrw };
    this.holdings.set(other.instrumentId, { ...came, ...sum });
    this.totals.adjust(other.instrumentId, 0);
    return [instrumentId, other.instrumentId];
  }

  /** Takes the broker's holdings over; returns the issues whose units or cost are others now. */
  adopt(event: DeskEventOf<'holdingsAdopted'>): readonly InstrumentId[] {
    const { holdings, startingKrw } = event;
    this.adoptions += 1;
    if (startingKrw !== null) {
      this.startingKrw = startingKrw;
      if (this.account) this.account = { ...this.account, startingCashKrw: startingKrw };
    }
    const theirs = new Map(holdings.map((holding) => [holding.instrumentId, holding]));
    const touched = [...new Set([...theirs.keys(), ...this.holdings.keys()])];
    for (const instrumentId of touched) {
      const { quantity = 0, costKrw = 0 } = theirs.get(instrumentId) ?? {};
      this.holdings.set(instrumentId, { ...this.holding(instrumentId), quantity, costKrw });
      this.totals.adjust(instrumentId, 0);
    }
    this.unsampled += 1;
    return touched;
  }

  sample(point: { readonly ts: number; readonly equityKrw: number }): void {
    this.curve.add(point);
    this.unsampled = 0;
  }
}
