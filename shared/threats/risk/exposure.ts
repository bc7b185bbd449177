/** What holdings hang on: the index (beta), a few names and sectors (concentration), and one another (correlation). */
import type { InstrumentId } from '../../domain/index.ts';
import { known, notKnown, tooFewDays, type Known } from './known.ts';
import {
  completeSpans,
  heldOf,
  heldReturns,
  isClose,
  profitsOf,
  type AlignedCloses,
  type Holding,
  type ReturnsWish,
} from './returns.ts';

/** Days without which a slope or a correlation says nothing. */
export const LEAST_DAYS = 60;

export interface Beta {
  /** Change of the value for a change of the index by one: 1.2 is −12 % at −10 %. */
  readonly beta: number;
  /** Of daily returns with the index, −1 to 1; the part of the risk that is the market's is its square. */
  readonly correlation: number;
  readonly days: number;
}

/** Slope of daily returns on those of an index whose closes lie beside the others. */
export function betaOf(
  closes: readonly (number | null)[],
  index: readonly (number | null)[],
  least = LEAST_DAYS,
): Known<Beta> {
  const spans = completeSpans([closes, index], Math.min(closes.length, index.length), 1);
  if (spans.length < least) return tooFewDays(least, spans.length);
  const returns = (path: readonly (number | null)[]): Float64Array =>
    Float64Array.from(spans, (from) => (path[from + 1] as number) / (path[from] as number) - 1);
  return slopeOf(returns(closes), returns(index));
}

function slopeOf(own: Float64Array, index: Float64Array): Known<Beta> {
  const [a, b] = [momentsOf(own), momentsOf(index)];
  if (a.variance === 0 || b.variance === 0) return notKnown('flat');
  const shared = covariance(own, index, a.mean, b.mean);
  return known({
    beta: shared / b.variance,
    correlation: shared / Math.sqrt(a.variance * b.variance),
    days: own.length,
  });
}

/** Closes of an index, beside those of the issues. */
export interface IndexCloses {
  readonly name: string;
  readonly path: readonly (number | null)[];
}

/** Slope of today's holdings, as one portfolio with today's values, on an index. */
export function portfolioBeta(
  holdings: readonly Holding[],
  closes: AlignedCloses,
  index: IndexCloses,
  wish: Pick<ReturnsWish, 'leastCovered'> = {},
): Known<Beta> {
  const held = heldOf(holdings);
  if (!held.known) return held;
  if (!index.path.some(isClose)) return notKnown('noHistory', [index.name]);
  // A day without the index is a day without anything.
  const issues = new Map(
    [...closes.issues].map(
      ([id, path]) => [id, path.map((close, day) => (isClose(index.path[day]) ? close : null))] as const,
    ),
  );
  const past = heldReturns(holdings, { days: closes.days, issues }, { least: LEAST_DAYS, ...wish });
  if (!past.known) return past;
  const total = held.value.reduce((sum, { valueKrw }) => sum + valueKrw, 0);
  const own = profitsOf(past.value).map((profit) => profit / total);
  const spans = completeSpans(
    past.value.holdings.map(({ id }) => issues.get(id) ?? []),
    closes.days,
    1,
  );
  return slopeOf(
    own,
    Float64Array.from(spans, (from) => (index.path[from + 1] as number) / (index.path[from] as number) - 1),
  );
}

export interface Concentration {
  /** Herfindahl–Hirschman index of the values held: 1/n where n names are held evenly, 1 where one is all. */
  readonly hhi: number;
  /** Names of one size that would be as concentrated. */
  readonly effectiveNames: number;
  readonly largest: { readonly id: InstrumentId; readonly share: number };
  /** Largest first; null: holdings whose sector is not known. */
  readonly sectors: readonly { readonly sector: string | null; readonly share: number }[];
}

/** Shares of the value held (not of the equity: cash is left out), 0 to 1. */
export function concentrationOf(holdings: readonly Holding[]): Known<Concentration> {
  const held = heldOf(holdings);
  if (!held.known) return held;
  const total = held.value.reduce((sum, { valueKrw }) => sum + valueKrw, 0);
  const names = held.value
    .map(({ id, valueKrw }) => ({ id, share: valueKrw / total }))
    .sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
  const bySector = new Map<string | null, number>();
  for (const { sector, valueKrw } of held.value) bySector.set(sector, (bySector.get(sector) ?? 0) + valueKrw / total);
  const hhi = names.reduce((sum, { share }) => sum + share * share, 0);
  return known({
    hhi,
    effectiveNames: 1 / hhi,
    largest: names[0] as { id: InstrumentId; share: number },
    sectors: [...bySector].map(([sector, share]) => ({ sector, share })).sort((a, b) => b.share - a.share),
  });
}

export interface PairCorrelation {
  readonly a: InstrumentId;
  readonly b: InstrumentId;
  /** Of daily returns, −1 to 1; not known where one of the two did not move, or both have too few days. */
  readonly correlation: Known<number>;
}

/** Every pair of what is held, by the days on which both have closes. */
export function pairCorrelations(
  holdings: readonly Holding[],
  closes: AlignedCloses,
  least = LEAST_DAYS,
): Known<readonly PairCorrelation[]> {
  const held = heldOf(holdings);
  if (!held.known) return held;
  const ids = held.value.map(({ id }) => id);
  return known(
    ids.flatMap((a, place) =>
      ids.slice(place + 1).map((b): PairCorrelation => {
        const slope = betaOf(closes.issues.get(a) ?? [], closes.issues.get(b) ?? [], least);
        return { a, b, correlation: slope.known ? known(slope.value.correlation) : { ...slope, about: [a, b] } };
      }),
    ),
  );
}

/** Mean of the pairs that are known; not known where none is, or there are no pairs. */
export function meanCorrelation(pairs: readonly PairCorrelation[]): Known<number> {
  const all = pairs.flatMap(({ correlation }) => (correlation.known ? [correlation.value] : []));
  if (all.length > 0) return known(all.reduce((sum, each) => sum + each, 0) / all.length);
  const first = pairs[0]?.correlation;
  return first && !first.known ? first : notKnown('onlyOne');
}

function momentsOf(series: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = series.reduce((sum, each) => sum + each, 0) / series.length;
  const variance = covariance(series, series, mean, mean);
  // What is left of equal numbers by rounding is no variance.
  return { mean, variance: variance > 1e-24 ? variance : 0 };
}

function covariance(a: Float64Array, b: Float64Array, meanA: number, meanB: number): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1)
    sum += ((a[place] as number) - meanA) * ((b[place] as number) - meanB);
  return sum / (a.length - 1);
}
