/** What holdings are worth at the last prices; the formulas are those of the core's performance report. */
import type { Fill, Performance, Position } from '#shared/domain/index.ts';
import { averagePriceOf, isSettledByDifference, valueOf as worthOf } from '#shared/market/index.ts';
import { mulDiv, PPB_ONE } from '#shared/num/index.ts';

/** The prices a valuation needs: last, or the base price before the first trade; undefined where the issue has none now. */
export interface Mark {
  readonly last: number | null;
  /** Base price of the session (전일 종가 또는 기준가격). */
  readonly base: number;
}

export type Marks = (instrumentId: string) => Mark | undefined;

/** The price at which a holding is valued. */
export function markPrice(mark: Mark): number {
  return mark.last ?? mark.base;
}

/** Cost per unit as a price of the issue, rounded for display. */
export function averageCost({ instrumentId, costKrw, quantity }: Position): number {
  return averagePriceOf(instrumentId, costKrw, quantity);
}

export interface HoldingValue {
  readonly valueKrw: number;
  /** Value − purchase cost; selling costs are not foreseen. */
  readonly unrealisedKrw: number;
}

/** null where no price is known. */
export function valueOf(position: Position, mark: Mark | undefined): HoldingValue | null {
  if (!mark) return null;
  const valueKrw = worthOf(position.instrumentId, markPrice(mark), position.quantity);
  return { valueKrw, unrealisedKrw: valueKrw - position.costKrw };
}

export interface TotalValue {
  readonly costKrw: number;
  readonly valueKrw: number;
  readonly unrealisedKrw: number;
  /** Holdings for which no price is known; they count at cost. */
  readonly unpriced: number;
}

/** true for a future: nothing was paid for it, so only its gain adds to what one has. */
export const countsGainOnly = isSettledByDifference;

export function totalValue(positions: readonly Position[], marks: Marks): TotalValue {
  let costKrw = 0;
  let valueKrw = 0;
  let unpriced = 0;
  for (const position of positions) {
    if (position.quantity === 0) continue;
    const value = valueOf(position, marks(position.instrumentId));
    if (!value) unpriced += 1;
    if (countsGainOnly(position.instrumentId)) {
      valueKrw += value?.unrealisedKrw ?? 0;
      continue;
    }
    costKrw += position.costKrw;
    valueKrw += value?.valueKrw ?? position.costKrw;
  }
  return { costKrw, valueKrw, unrealisedKrw: valueKrw - costKrw, unpriced };
}

/**
 * Profit of a session: holdings now at the last price, less those it began with at the base price, plus what its sells brought,
 * less what its buys cost, commissions and taxes included. null where a price is missing for an issue traded today.
 */
export function sessionProfit(facts: {
  readonly positions: readonly Position[];
  /** Fills of the session and account. */
  readonly fills: readonly Fill[];
  readonly marks: Marks;
}): number | null {
  const change = new Map<string, { bought: number; sold: number; cash: number }>();
  for (const fill of facts.fills) {
    const issue = change.get(fill.instrumentId) ?? { bought: 0, sold: 0, cash: 0 };
    const amount = worthOf(fill.instrumentId, fill.price, fill.quantity);
    const costs = fill.commissionKrw + fill.taxKrw;
    if (fill.side === 'buy') {
      issue.bought += fill.quantity;
      issue.cash -= amount + costs;
    } else {
      issue.sold += fill.quantity;
      issue.cash += amount - costs;
    }
    change.set(fill.instrumentId, issue);
  }
  const held = new Map(facts.positions.map((position) => [position.instrumentId, position.quantity]));
  let profit = 0;
  for (const instrumentId of new Set([...held.keys(), ...change.keys()])) {
    const now = held.get(instrumentId) ?? 0;
    const traded = change.get(instrumentId);
    const mark = facts.marks(instrumentId);
    if (!mark) {
      // Not in this market: its price cannot have moved, unless it was traded and we have lost sight of it.
      if (traded && now !== 0) return null;
      profit += traded?.cash ?? 0;
      continue;
    }
    const before = now - (traded?.bought ?? 0) + (traded?.sold ?? 0);
    const [after, start] = [worthOf(instrumentId, markPrice(mark), now), worthOf(instrumentId, mark.base, before)];
    profit += after - start + (traded?.cash ?? 0);
  }
  return profit;
}

/**
 * The core's report with the holdings at the prices of this moment, so that no two figures on the screen tell of different
 * ones. A holding without a price here leaves the report as it is: the core knows how to value it.
 */
export function performanceAt(report: Performance, positions: readonly Position[], marks: Marks): Performance {
  const { unrealisedKrw, unpriced } = totalValue(positions, marks);
  if (unpriced > 0) return report;
  const equityKrw = report.equityKrw - report.unrealisedKrw + unrealisedKrw;
  const gainKrw = equityKrw - report.startingCashKrw;
  const { startingCashKrw } = report;
  const returnPpb = startingCashKrw === 0 ? 0 : mulDiv(gainKrw, PPB_ONE, startingCashKrw, 'halfUp');
  return { ...report, unrealisedKrw, equityKrw, returnPpb };
}
