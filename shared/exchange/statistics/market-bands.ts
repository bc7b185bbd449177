/** The bands in which a market that behaves has its figures, and whether figures lie inside. */
import facts from '#resources/krx/market-bands.json' with { type: 'json' };
import { assert } from '../../errors/index.ts';

/** A band; null bounds are open. @source resources/krx/market-bands.json */
export interface MarketBand {
  readonly id: string;
  readonly scope: 'daily' | 'minute' | 'tape';
  readonly low: number | null;
  readonly high: number | null;
  /** The figure that this one must lie below. */
  readonly below?: string;
  /** Of 100 issues of an invented market, so many lie inside. */
  readonly asked: number;
  /** C confirmed, D computed, U unconfirmed. */
  readonly status: string;
  readonly source: string;
}

/** All bands, in the order of the facts. */
export const MARKET_BANDS: readonly MarketBand[] = facts.bands as readonly MarketBand[];

/** The band of a figure. */
export function bandOf(id: string): MarketBand {
  const band = MARKET_BANDS.find((each) => each.id === id);
  assert(band, `no band ${id}`);
  return band;
}

/** Figures by name; null: not known. */
export type Figures = Readonly<Record<string, number | null>>;

/** Whether a figure lies in its band; null where it, or what it is compared with, is not known. */
export function insideBand(band: MarketBand, figures: Figures): boolean | null {
  const value = figures[band.id] ?? null;
  const most = band.below === undefined ? null : (figures[band.below] ?? null);
  if (value === null || (band.below !== undefined && most === null)) return null;
  // An open lower bound of 0 stands for "above 0" where the figure is compared with another.
  const above = band.low === null || (band.below === undefined ? value >= band.low : value > band.low);
  return above && (band.high === null || value <= band.high) && (most === null || value < most);
}

/** One band over many issues. */
export interface BandVerdict {
  readonly band: MarketBand;
  /** Middle of the issues' figures; null where none is known. */
  readonly median: number | null;
  /** Issues whose figure is known, and those of them that lie inside. */
  readonly judged: number;
  readonly inside: number;
  /** true: as many lie inside as the band asks for; null where none could be judged. */
  readonly met: boolean | null;
}

/** Judges the figures of issues by the bands of a scope. */
export function judgeBands(issues: readonly Figures[], scope: MarketBand['scope']): BandVerdict[] {
  return MARKET_BANDS.filter((band) => band.scope === scope).map((band) => {
    const verdicts = issues.map((figures) => insideBand(band, figures)).filter((verdict) => verdict !== null);
    const values = issues.map((figures) => figures[band.id] ?? null).filter((value) => value !== null);
    const inside = verdicts.filter(Boolean).length;
    const median = values.sort((a, b) => a - b)[values.length >> 1] ?? null;
    const met = verdicts.length === 0 ? null : inside * 100 >= band.asked * verdicts.length;
    return { band, median, judged: verdicts.length, inside, met };
  });
}
