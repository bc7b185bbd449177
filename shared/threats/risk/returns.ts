/** Daily returns of what is held, over days on which every close is known. */
import type { InstrumentId } from '../../domain/index.ts';
import { known, notKnown, tooFewDays, type Known } from './known.ts';

/** What is held of an issue. Cash is no holding: it carries no risk of price. */
export interface Holding {
  readonly id: InstrumentId;
  /** Value at the last price, won; 0 or more. */
  readonly valueKrw: number;
  readonly sector: string | null;
  /** Whose index it follows; null: another, or not known. */
  readonly market: 'KOSPI' | 'KOSDAQ' | null;
}

/**
 * Daily closes side by side: place n of each row is the same trading day, oldest first; all rows of one length. null, or
 * what is no price: a gap. Adjusted for corporate actions by whoever gives them.
 */
export interface AlignedCloses {
  readonly days: number;
  readonly issues: ReadonlyMap<InstrumentId, readonly (number | null)[]>;
}

export function isClose(close: number | null | undefined): close is number {
  return close !== null && close !== undefined && close > 0 && close < Infinity;
}

/** Holdings worth something, those of one issue added up; or why nothing can be said of them. */
export function heldOf(holdings: readonly Holding[]): Known<readonly Holding[]> {
  const bad = holdings.filter(({ valueKrw }) => !(valueKrw >= 0 && valueKrw < Infinity));
  if (bad.length > 0)
    return notKnown(
      'badHolding',
      bad.map(({ id }) => id),
    );
  const byId = new Map<InstrumentId, Holding>();
  for (const holding of holdings) {
    const { id, valueKrw } = holding;
    if (valueKrw > 0) byId.set(id, { ...holding, valueKrw: valueKrw + (byId.get(id)?.valueKrw ?? 0) });
  }
  return byId.size === 0 ? notKnown('noHoldings') : known([...byId.values()]);
}

/** Returns of the holdings, and what they rest on. */
export interface HeldReturns {
  readonly holdings: readonly Holding[];
  /** One row for each holding, one place for each span of days: simple returns, a fraction. */
  readonly rows: readonly Float64Array[];
  readonly spans: number;
  /** What is held without a past is taken to move as the rest does: values are multiplied by this. 1: all has a past. */
  readonly scale: number;
}

export interface ReturnsWish {
  /** Trading days of one return; spans overlap where it is more than 1. 1 if absent. */
  readonly horizon?: number;
  /** Spans without which there is no answer. */
  readonly least: number;
  /** Part of the holdings (by value, 0 to 1) that must have a past. 1 if absent: all of it. */
  readonly leastCovered?: number;
}

/**
 * Returns of what is held over spans of days whose closes are all known: a day on which one issue has a gap is left out for
 * all, and no return reaches over a gap. A holding with fewer than `least` spans of its own counts as one without a past.
 */
export function heldReturns(
  holdings: readonly Holding[],
  closes: AlignedCloses,
  { horizon = 1, least, leastCovered = 1 }: ReturnsWish,
): Known<HeldReturns> {
  const held = heldOf(holdings);
  if (!held.known) return held;
  const paths = held.value.map((holding) => ({ holding, path: closes.issues.get(holding.id) ?? [] }));
  const ownSpans = (path: readonly (number | null)[]): number => completeSpans([path], closes.days, horizon).length;
  const with_ = paths.filter(({ path }) => ownSpans(path) >= least);
  const without = paths.filter((each) => !with_.includes(each));
  const all = held.value.reduce((sum, { valueKrw }) => sum + valueKrw, 0);
  const covered = with_.reduce((sum, { holding }) => sum + holding.valueKrw, 0) / all;
  if (with_.length === 0 || covered < leastCovered - 1e-12) {
    const ids = without.map(({ holding }) => holding.id);
    const most = Math.max(...without.map(({ path }) => ownSpans(path)));
    return most === 0 ? notKnown('noHistory', ids) : tooFewDays(least, most, ids);
  }
  const spans = completeSpans(
    with_.map(({ path }) => path),
    closes.days,
    horizon,
  );
  if (spans.length < least) return tooFewDays(least, spans.length);
  return known({
    holdings: with_.map(({ holding }) => holding),
    rows: with_.map(({ path }) =>
      Float64Array.from(spans, (from) => (path[from + horizon] as number) / (path[from] as number) - 1),
    ),
    spans: spans.length,
    scale: 1 / covered,
  });
}

/** Where spans of `horizon` days begin within which every close of every path is known. */
export function completeSpans(
  paths: readonly (readonly (number | null)[])[],
  days: number,
  horizon: number,
): readonly number[] {
  const starts: number[] = [];
  let whole = 0;
  for (let day = 0; day < days; day += 1) {
    whole = paths.every((path) => isClose(path[day])) ? whole + 1 : 0;
    if (whole > horizon) starts.push(day - horizon);
  }
  return starts;
}

/** Profit (plus) and loss (minus) of today's holdings over each span of the past, won. */
export function profitsOf({ holdings, rows, spans, scale }: HeldReturns): Float64Array {
  const profits = new Float64Array(spans);
  rows.forEach((row, place) => {
    const valueKrw = (holdings[place]?.valueKrw ?? 0) * scale;
    for (let span = 0; span < spans; span += 1)
      profits[span] = (profits[span] as number) + valueKrw * (row[span] as number);
  });
  return profits;
}
