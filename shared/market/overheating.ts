/** Short-term overheating (단기과열): when an issue comes to trade at 30-minute auctions, by its daily rows. */
import facts from '#resources/krx/alerts.json' with { type: 'json' };
import type { SessionDate } from '../time/index.ts';

/** One day of an issue. Prices in won; a suspended day is left out. */
export interface AlertRow {
  readonly date: SessionDate;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly listedShares: number;
}

/** first 첫 적출 · forewarned 지정예고 · designated 지정 */
export type OverheatStage = 'none' | 'first' | 'forewarned' | 'designated';

/** One day as the rule sees it. */
export interface OverheatDay {
  readonly date: SessionDate;
  /** All three measures are reached. */
  readonly met: boolean;
  /** After the close of the day. */
  readonly stage: OverheatStage;
  /** The day itself was one of 30-minute auctions. */
  readonly singlePrice: boolean;
}

export interface Overheating {
  readonly days: readonly OverheatDay[];
  /** Sessions of 30-minute auctions that follow the last row. */
  readonly auctionDaysLeft: number;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Ratios of whole numbers are not exact: a measure that lies on its bound reaches it. */
const SLACK = 1e-9;
const atLeast = (value: number, bound: number): boolean => value >= bound * (1 - SLACK);

/** Whether a day reaches all three measures against the 40 days before it, on a close above the day before; false where there are fewer. */
function reaches(rows: readonly AlertRow[], at: number): boolean {
  const { averageDays, recentDays, closePercent, turnoverPercent, volatilityPercent } = facts.overheated;
  const today = rows[at];
  const yesterday = rows[at - 1];
  if (!today || !yesterday || at < averageDays || today.close <= yesterday.close) return false;
  const before = rows.slice(at - averageDays, at);
  const recent = rows.slice(at - recentDays + 1, at + 1);
  const turnover = (days: readonly AlertRow[]): number => meanOf(days.map((d) => d.volume / d.listedShares));
  const volatility = (days: readonly AlertRow[]): number =>
    meanOf(days.map((d) => (2 * (d.high - d.low)) / (d.high + d.low)));
  return (
    atLeast(today.close * 100, meanOf(before.map((d) => d.close)) * closePercent) &&
    atLeast(turnover(recent) * 100, turnover(before) * turnoverPercent) &&
    atLeast(volatility(recent) * 100, volatility(before) * volatilityPercent)
  );
}

/** A day that counts, and its close in won. */
interface Strike {
  readonly at: number;
  readonly close: number;
}

/** What is in force after the days walked so far. */
interface Heat {
  readonly stage: OverheatStage;
  /** Days that met the measures and may still be followed by a forewarning. */
  readonly first: readonly Strike[];
  readonly forewarned: Strike | null;
  /** Sessions of 30-minute auctions to come, the close before them, and whether they were drawn out already. */
  readonly left: number;
  readonly closeBefore: number;
  readonly extended: boolean;
}

const COLD: Heat = { stage: 'none', first: [], forewarned: null, left: 0, closeBefore: 0, extended: false };

/** A session of 30-minute auctions passes: the last may draw them out, once. */
function afterAuctions(heat: Heat, close: number): Heat {
  const { extendPercent, extendDays } = facts.overheated;
  const left = heat.left - 1;
  if (left > 0) return { ...heat, left };
  const hotter = close * 100 > heat.closeBefore * extendPercent;
  return hotter && !heat.extended ? { ...heat, left: extendDays, extended: true } : COLD;
}

/** An ordinary session passes, which met the measures or did not. */
function afterSession(heat: Heat, today: Strike, met: boolean): Heat {
  const { windowDays, auctionDays } = facts.overheated;
  const recent = ({ at }: Strike): boolean => today.at - at <= windowDays;
  const first = heat.first.filter(recent);
  const forewarned = heat.forewarned !== null && recent(heat.forewarned) ? heat.forewarned : null;
  if (met && forewarned !== null && today.close > forewarned.close) {
    return { ...COLD, stage: 'designated', left: auctionDays, closeBefore: today.close };
  }
  if (forewarned !== null) return { ...heat, first, forewarned };
  if (met && first.some(({ close }) => close < today.close)) {
    return { ...COLD, stage: 'forewarned', first: [...first, today], forewarned: today };
  }
  const kept = met ? [...first, today] : first;
  return { ...COLD, stage: kept.length > 0 ? 'first' : 'none', first: kept };
}

/**
 * The three strikes of short-term overheating: met once; again within ten sessions at a higher close: forewarned; again
 * within ten at a higher close: from the next session on three sessions of 30-minute auctions, and three more, once,
 * where the close of the last is above 120 % of the close before them. Rows in order of date, traded days only. The
 * forewarning is taken to be of the session after the day that brought it.
 * @source resources/krx/alerts.json overheated (KRX Enforcement Rules 2026-04-27 art. 133, 133-2, 134)
 */
export function overheating(rows: readonly AlertRow[]): Overheating {
  const days: OverheatDay[] = [];
  let heat = COLD;
  for (const [at, { date, close }] of rows.entries()) {
    const singlePrice = heat.left > 0;
    const met = !singlePrice && reaches(rows, at);
    heat = singlePrice ? afterAuctions(heat, close) : afterSession(heat, { at, close }, met);
    days.push({ date, met, stage: heat.stage, singlePrice });
  }
  return { days, auctionDaysLeft: heat.left };
}
