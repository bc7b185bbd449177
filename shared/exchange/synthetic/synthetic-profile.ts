/** How busy, how wide and how jumpy a synthetic issue is, from its market and size. */
import type { Rng } from '../../rng/index.ts';
import { SECTORS, type ModelIssue } from './market-model.ts';
import { expOf, normalAt } from './quantiles.ts';
import type { ListedIssue } from '../types.ts';

/** What the participants of an issue aim at. */
export interface IssueProfile extends ModelIssue {
  /** Shares and trades of a usual day that the participants aim at, on KRX. */
  readonly dailyShares: number;
  readonly dailyTrades: number;
  /** Mean shares at one of the makers' levels. */
  readonly levelShares: number;
  /** Mean distance of best bid and ask in ticks, at least 1. */
  readonly spread: number;
  /** Acts a second in the middle of the continuous session. */
  readonly actsPerSecond: number;
}

interface SizeClass {
  /** Least capitalisation in won. */
  readonly from: number;
  readonly turnover: number;
  readonly trades: number;
  /** Spread in ticks, from the busiest to the quietest of the class. */
  readonly spread: readonly [number, number];
  readonly acts: number;
  readonly ownSd: number;
}

/**
 * Turnover is the median share of listed stock traded a day; own volatility makes up the class's daily return.
 * Trades are fewer and larger than real ones (005930 has 80,000-300,000 a day): as many as let a market of 400 issues run
 * at 60 times its speed.
 * @source krx-rules §9 and real rows of 2024-2025 (krx-eod): turnover, returns; spreads and trade counts unconfirmed
 */
const KOSPI: readonly SizeClass[] = [
  { from: 10e12, turnover: 0.0027, trades: 6_600, spread: [1, 1], acts: 0.5, ownSd: 0.0185 },
  { from: 1e12, turnover: 0.0031, trades: 2_900, spread: [1.2, 1.8], acts: 0.24, ownSd: 0.0205 },
  { from: 300e9, turnover: 0.0021, trades: 1_500, spread: [1.4, 2.4], acts: 0.16, ownSd: 0.0205 },
  { from: 100e9, turnover: 0.002, trades: 850, spread: [2.5, 3.8], acts: 0.11, ownSd: 0.0185 },
  { from: 0, turnover: 0.0022, trades: 520, spread: [2.7, 4.5], acts: 0.11, ownSd: 0.022 },
];
const KOSDAQ: readonly SizeClass[] = [
  { from: 10e12, turnover: 0.0085, trades: 6_600, spread: [1, 1], acts: 0.5, ownSd: 0.028 },
  { from: 1e12, turnover: 0.0079, trades: 3_200, spread: [1.2, 1.8], acts: 0.24, ownSd: 0.027 },
  { from: 300e9, turnover: 0.0073, trades: 1_900, spread: [1.4, 2.4], acts: 0.16, ownSd: 0.028 },
  { from: 100e9, turnover: 0.0048, trades: 950, spread: [2.5, 3.8], acts: 0.11, ownSd: 0.027 },
  { from: 0, turnover: 0.003, trades: 520, spread: [2.7, 4.5], acts: 0.11, ownSd: 0.024 },
];

/** Where the listed shares are not known the issue is taken to be worth this much, won. */
const UNKNOWN_CAPITALISATION = 200e9;
/** A fund follows its index: little of its own. */
const FUND_OWN_SD = 0.002;
/** Levels hold so many usual trades at least: a book that one trade empties shows no price. */
const LEVEL_TRADES = 20;
const LEVEL_SHARE = 0.002;
/** KONEX is this part as busy as KOSDAQ. */
const KONEX_QUIET = 0.2;

/** Capitalisation in won, as far as it is known. */
export function capitalisationOf(issue: ListedIssue): number {
  return issue.listedShares === null ? UNKNOWN_CAPITALISATION : issue.listedShares * issue.basePrice;
}

/** Draws the profile of an issue; the same generator state gives the same one. */
export function drawProfile(issue: ListedIssue, rng: Rng): IssueProfile {
  const capitalisation = capitalisationOf(issue);
  const classes = issue.market === 'KOSPI' ? KOSPI : KOSDAQ;
  const size = classes.find((c) => capitalisation >= c.from) as SizeClass;
  const quiet = issue.market === 'KONEX' ? KONEX_QUIET : 1;
  const shares = (capitalisation / issue.basePrice) * size.turnover * quiet * expOf(0.5 * normalAt(rng.u32()));
  const dailyShares = Math.max(200, Math.floor(shares));
  const dailyTrades = Math.max(20, Math.min(Math.floor(dailyShares / 3), size.trades * quiet));
  const [tight, wide] = size.spread;
  const fund = issue.product !== undefined && issue.product !== 'stock';
  return {
    code: issue.code,
    dailyShares,
    dailyTrades,
    levelShares: Math.max(2, dailyShares * LEVEL_SHARE, (LEVEL_TRADES * dailyShares) / dailyTrades),
    spread: tight + (wide - tight) * rng.unit(),
    ownSd: fund ? FUND_OWN_SD : size.ownSd * (0.8 + 0.4 * rng.unit()),
    beta: fund ? (issue.multiple ?? 1) : 0.6 + 0.8 * rng.unit(),
    sectorBeta: fund ? 0 : 0.6 + 0.8 * rng.unit(),
    sector: rng.int(SECTORS),
    actsPerSecond: size.acts,
  };
}
