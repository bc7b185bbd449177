/** How far a price may go on one board before a volatility interruption (변동성완화장치) is triggered. */
import { viPrices, viThresholds, type ViThresholds } from '../../market/index.ts';
import type { Market, VenueName } from '../../domain/index.ts';
import type { SessionDate } from '../../time/index.ts';
import { NO_CEIL, NO_FLOOR } from '../book/book.ts';
import type { IssueState } from './issue-state.ts';

/** A price that triggers a VI: which kind, and what it was measured from, in won. */
export interface ViBreach {
  readonly type: 'static' | 'dynamic';
  readonly direction: 'up' | 'down';
  readonly reference: number;
}

/** When a price is judged: as it trades, or as the result of an auction. */
export type ViOccasion = 'continuous' | 'opening' | 'closing';

/** References of a board, in won. */
export interface ViReferences {
  /** The last trade, or the base price before the first. */
  readonly last: number;
  /** The latest call-auction price, or the base price before the first. */
  readonly auction: number;
}

/** Percentages of a board for the day; none for an issue that is exempt. */
export class ViGauge {
  readonly #day: ViThresholds | null;
  readonly #issue: IssueState;
  readonly #market: Market;
  readonly #expiry: boolean;
  /** Won: bounds of continuous trading, at or beyond which a VI is triggered. */
  floor = NO_FLOOR;
  ceil = NO_CEIL;
  #measuredFrom: ViReferences;

  constructor(
    issue: IssueState,
    options: { readonly venue: VenueName; readonly date: SessionDate; readonly on: boolean; readonly expiry: boolean },
  ) {
    const { venue, date, on, expiry } = options;
    const { listed } = issue;
    const exempt = listed.newListing === true || listed.unlimited === true || listed.singlePrice !== undefined;
    const { viClass = 'unknown', product = 'stock', market } = listed;
    this.#day = on && !exempt ? viThresholds({ viClass, venue, date, product }) : null;
    this.#issue = issue;
    this.#measuredFrom = { last: issue.basePrice, auction: issue.basePrice };
    this.#market = market;
    this.#expiry = expiry;
  }

  get applies(): boolean {
    return this.#thresholds !== null;
  }

  /** Before its first price has become the base an issue knows no VI. */
  get #thresholds(): ViThresholds | null {
    return this.#issue.baseOpen ? null : this.#day;
  }

  /** Measures the bounds of continuous trading anew. */
  measure(references: ViReferences): void {
    this.#measuredFrom = references;
    const { up, down } = this.bounds('continuous', references);
    this.ceil = up;
    this.floor = down;
  }

  /** Nearest prices at or beyond which a VI is triggered; NO_CEIL and NO_FLOOR where none is. */
  bounds(occasion: ViOccasion, references: ViReferences): { readonly up: number; readonly down: number } {
    const dynamic = this.#span(this.#dynamicPercent(occasion), references.last);
    const fixed = this.#span(this.#thresholds?.staticPercent ?? null, references.auction);
    return { up: Math.min(dynamic.up, fixed.up), down: Math.max(dynamic.down, fixed.down) };
  }

  /** Which VI a price triggers by the references that the present bounds were measured from. */
  breachNow(price: number): ViBreach | null {
    return this.breach(price, 'continuous', this.#measuredFrom);
  }

  /** Which VI a price triggers, or null. Of two the one whose threshold is nearer, the dynamic one where they are equal. */
  breach(price: number, occasion: ViOccasion, references: ViReferences): ViBreach | null {
    const dynamic = this.#span(this.#dynamicPercent(occasion), references.last);
    const fixed = this.#span(this.#thresholds?.staticPercent ?? null, references.auction);
    if (price >= Math.min(dynamic.up, fixed.up)) return breachOf('up', dynamic.up <= fixed.up, references);
    if (price <= Math.max(dynamic.down, fixed.down)) return breachOf('down', dynamic.down >= fixed.down, references);
    return null;
  }

  #dynamicPercent(occasion: ViOccasion): number | null {
    const t = this.#thresholds;
    if (t === null || occasion === 'opening') return null;
    if (occasion === 'continuous') return t.continuousPercent;
    return this.#expiry ? t.expiryClosingPercent : t.closingPercent;
  }

  #span(percent: number | null, reference: number): { readonly up: number; readonly down: number } {
    if (percent === null) return { up: NO_CEIL, down: NO_FLOOR };
    return viPrices({ reference, percent, table: this.#issue.table, market: this.#market });
  }
}

function breachOf(direction: 'up' | 'down', dynamic: boolean, references: ViReferences): ViBreach {
  return dynamic
    ? { type: 'dynamic', direction, reference: references.last }
    : { type: 'static', direction, reference: references.auction };
}
