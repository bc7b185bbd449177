/** Performance of accounts, added up fill by fill; definitions in docs/glossary.md. */
import type { Account, Fill, InstrumentId, IssuePerformance, Performance } from '#shared/domain/index.ts';
import { isSettledByDifference, valueOf } from '#shared/market/index.ts';
import { PPB_ONE, mulDiv } from '#shared/num/index.ts';
import type { Holding } from './portfolio.ts';

type IssueTotals = { -readonly [K in Exclude<keyof IssuePerformance, 'unrealisedKrw'>]: IssuePerformance[K] };

/** Price in won at which an issue is valued now; null where none is known, and then it is valued at cost. */
export type MarkPrice = (instrumentId: InstrumentId) => number | null;

const emptyTotals = (instrumentId: InstrumentId): IssueTotals => ({
  instrumentId,
  boughtQty: 0,
  soldQty: 0,
  boughtKrw: 0,
  soldKrw: 0,
  commissionKrw: 0,
  taxKrw: 0,
  realisedKrw: 0,
  wins: 0,
  closes: 0,
});

/** Value of a holding in won. */
export function marketValueKrw(holding: Holding, mark: MarkPrice): number {
  const price = holding.quantity === 0 ? null : mark(holding.instrumentId);
  return price === null ? holding.costKrw : valueOf(holding.instrumentId, price, holding.quantity);
}

/** The equity curve of one account: bounded points, and the worst fall over all that were ever recorded. */
export class EquityCurve {
  readonly #limit: number;
  #points: { ts: number; equityKrw: number }[] = [];
  #peakKrw = 0;
  #maxDrawdownPpb = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get points(): readonly { readonly ts: number; readonly equityKrw: number }[] {
    return this.#points;
  }

  get maxDrawdownPpb(): number {
    return this.#maxDrawdownPpb;
  }

  /** The worst fall if the account stood at `equityKrw` now. */
  drawdownWithPpb(equityKrw: number): number {
    const fall = this.#peakKrw - equityKrw;
    if (fall <= 0 || this.#peakKrw <= 0) return this.#maxDrawdownPpb;
    return Math.max(this.#maxDrawdownPpb, mulDiv(fall, PPB_ONE, this.#peakKrw, 'halfUp'));
  }

  add(point: { readonly ts: number; readonly equityKrw: number }): void {
    this.#maxDrawdownPpb = this.drawdownWithPpb(point.equityKrw);
    this.#peakKrw = Math.max(this.#peakKrw, point.equityKrw);
    this.#points.push(point);
    // The newest point stays: from the end, every other one goes.
    if (this.#points.length > this.#limit) {
      const last = this.#points.length - 1;
      this.#points = this.#points.filter((_, i) => (last - i) % 2 === 0);
    }
  }
}

/** Running totals of one account. */
export class AccountTotals {
  readonly #issues = new Map<InstrumentId, IssueTotals>();
  #fills = 0;

  /**
   * Adds a fill. `orderRealisedKrw`: what its order had realised before it, null if this is the order's first fill; `closes`:
   * it ended something held, as every sale of shares does; of futures and options a purchase may, and a sale may open.
   */
  add(fill: Fill, orderRealisedKrw: number | null, closes = fill.side === 'sell'): void {
    const totals = this.#issues.get(fill.instrumentId) ?? emptyTotals(fill.instrumentId);
    this.#issues.set(fill.instrumentId, totals);
    this.#fills += 1;
    const amount = valueOf(fill.instrumentId, fill.price, fill.quantity);
    totals.commissionKrw += fill.commissionKrw;
    totals.taxKrw += fill.taxKrw;
    if (fill.side === 'buy') {
      totals.boughtQty += fill.quantity;
      totals.boughtKrw += amount;
    } else {
      totals.soldQty += fill.quantity;
      totals.soldKrw += amount;
    }
    totals.realisedKrw += fill.realisedKrw;
    if (!closes) return;
    // A closing order counts once, as won or lost by the sum of its fills so far.
    const before = orderRealisedKrw ?? 0;
    if (orderRealisedKrw === null) totals.closes += 1;
    totals.wins += Number(before + fill.realisedKrw > 0) - Number(before > 0);
  }

  /** Adds what a corporate action realised; from then on the issue is counted, though it may never have been traded. */
  adjust(instrumentId: InstrumentId, realisedKrw: number): void {
    const totals = this.#issues.get(instrumentId) ?? emptyTotals(instrumentId);
    this.#issues.set(instrumentId, totals);
    totals.realisedKrw += realisedKrw;
  }

  /** The figures now. */
  report(now: {
    readonly accountId: string;
    readonly startingCashKrw: number;
    /** Cash after all settlements under way (D+2). */
    readonly cashKrw: number;
    readonly holdings: readonly Holding[];
    readonly mark: MarkPrice;
    readonly curve: EquityCurve;
  }): Performance {
    const held = new Map(now.holdings.map((holding) => [holding.instrumentId, holding]));
    const issues: IssuePerformance[] = [...this.#issues.values()].map((totals) => {
      const holding = held.get(totals.instrumentId);
      const unrealisedKrw = holding ? marketValueKrw(holding, now.mark) - holding.costKrw : 0;
      return { ...totals, unrealisedKrw };
    });
    const sum = (key: Exclude<keyof IssuePerformance, 'instrumentId'>): number =>
      issues.reduce((total, issue) => total + issue[key], 0);
    const equityKrw = equityOf(now);
    const closes = sum('closes');
    return {
      accountId: now.accountId,
      startingCashKrw: now.startingCashKrw,
      equityKrw,
      realisedKrw: sum('realisedKrw'),
      unrealisedKrw: sum('unrealisedKrw'),
      commissionKrw: sum('commissionKrw'),
      taxKrw: sum('taxKrw'),
      // An account that was empty when it was first seen has nothing to measure by.
      returnPpb:
        now.startingCashKrw === 0 ? 0 : mulDiv(equityKrw - now.startingCashKrw, PPB_ONE, now.startingCashKrw, 'halfUp'),
      maxDrawdownPpb: now.curve.drawdownWithPpb(equityKrw),
      winRatePpb: closes === 0 ? null : mulDiv(sum('wins'), PPB_ONE, closes, 'halfUp'),
      wins: sum('wins'),
      closes,
      fills: this.#fills,
      issues,
    };
  }
}

/** Cash after all settlements under way, less what is borrowed for the holdings; won. */
export function ownCashKrw({ cashD2Krw, loanKrw = 0 }: Pick<Account, 'cashD2Krw' | 'loanKrw'>): number {
  return cashD2Krw - loanKrw;
}

/** Net assets in won: cash after all settlements under way plus the value of what is held; of a future its gain or loss only. */
export function equityOf(now: {
  readonly cashKrw: number;
  readonly holdings: readonly Holding[];
  readonly mark: MarkPrice;
}): number {
  return now.holdings.reduce((total, holding) => {
    const value = marketValueKrw(holding, now.mark);
    return total + (isSettledByDifference(holding.instrumentId) ? value - holding.costKrw : value);
  }, now.cashKrw);
}
