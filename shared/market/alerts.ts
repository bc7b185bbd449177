/** Designations of single issues (단기과열, 투자주의·경고·위험, 관리, 정리매매): what they do, and when an issue comes under 투자경고 or 투자위험. */
import facts from '#resources/krx/alerts.json' with { type: 'json' };
import { DesignationName, type Market } from '../domain/index.ts';
import type { SessionDate } from '../time/index.ts';

/** caution 투자주의 · alert 투자경고 · risk 투자위험 · managed 관리종목 · overheated 단기과열 · liquidation 정리매매 */
export const DESIGNATIONS = DesignationName.options;
export type Designation = DesignationName;

/** First day on which the rule text itself was read. */
export const ALERT_TEXT_FROM = facts.textKnownFrom;

/** What a designation does to an issue, and how sure that is (C, S, U). */
export interface DesignationEffect {
  readonly designation: Designation;
  readonly ko: string;
  /** KIS status code (iscd_stat_cls_code), null where there is none; unconfirmed. */
  readonly kis: string | null;
  /** true: only single prices every 30 minutes. */
  readonly singlePrice: boolean;
  /** Margin rate in percent it forces; null: none. */
  readonly marginPercent: number | null;
  /** Whether it may be bought on credit, and serve as collateral. */
  readonly credit: boolean;
  readonly collateral: boolean;
  readonly status: string;
}

/**
 * What a designation does.
 * @source resources/krx/alerts.json
 */
export function designationEffect(designation: Designation): DesignationEffect {
  const effect = facts.effects.find((each) => each.designation === designation);
  const name = facts.designations.find((each) => each.designation === designation);
  if (!effect || !name) throw new RangeError(`no designation ${designation}`);
  const { singlePrice, marginPercent, credit, collateral, status } = effect;
  return { designation, ko: name.ko, kis: name.kis, singlePrice, marginPercent, credit, collateral, status };
}

/** A way to a designation that is reached on the newest day, with the rise it was judged by. */
export interface AlertHit {
  readonly id: string;
  readonly days: number;
  /** Whole percent, cut down; of the one-year rule beyond the index. */
  readonly risePercent: number;
  readonly thresholdPercent: number;
  /** false: the rule compares with the index, which was not given. */
  readonly indexKnown: boolean;
}

export interface AlertQuestion {
  readonly market: Market;
  /** Closes in won in order of date, the newest last; adjusted for splits and rights. */
  readonly closes: readonly { readonly date: SessionDate; readonly close: number }[];
  /** true: the exchange sees signs of unfair trading, which lowers the bar. */
  readonly unfairSigns?: boolean;
  /** Dates on which the issue was under 투자주의. */
  readonly cautions?: readonly SessionDate[];
  /** Closes of the market's index of the same days, in any unit. */
  readonly index?: readonly number[];
  /** Place of the issue by market capitalisation, 1 the largest. */
  readonly capRank?: number;
}

/** Rise over so many sessions in percent of the close before them, or null where there are too few. */
function rise(closes: readonly number[], days: number): number | null {
  const now = closes.at(-1);
  const then = closes.at(-1 - days);
  if (now === undefined || then === undefined || then <= 0) return null;
  return ((now - then) * 100) / then;
}

interface RiseRule {
  readonly id: string;
  readonly days: number;
  readonly percent: number;
  /** How many times the rise of the index it must be; null: not compared. */
  readonly indexMultiple: number | null;
  readonly unfairSigns: boolean;
  readonly notOn: readonly string[];
}

/** Judges one rule on the newest close. */
function judge(rule: RiseRule, question: AlertQuestion): AlertHit | null {
  const { market, unfairSigns = false, index } = question;
  if ((rule.unfairSigns && !unfairSigns) || rule.notOn.includes(market)) return null;
  const risen = rise(
    question.closes.map(({ close }) => close),
    rule.days,
  );
  if (risen === null || risen < rule.percent) return null;
  const indexRise = index === undefined ? null : rise(index, rule.days);
  if (rule.indexMultiple !== null && indexRise !== null && risen < indexRise * rule.indexMultiple) return null;
  return {
    id: rule.id,
    days: rule.days,
    risePercent: Math.floor(risen),
    thresholdPercent: rule.percent,
    indexKnown: rule.indexMultiple === null || indexRise !== null,
  };
}

/** Whether the newest close is the highest of the last 15 days, or of all there are. */
function atHigh(closes: readonly { readonly close: number }[]): boolean {
  const recent = closes.slice(-facts.alert.highDays).map(({ close }) => close);
  const last = recent.at(-1);
  return last !== undefined && recent.every((close) => close <= last);
}

/** The rise over a year beyond that of the index, a falling one counted as none. */
function yearHit({ market, closes, unfairSigns = false, index }: AlertQuestion): AlertHit | null {
  const { id, from, days, percent, notOn } = facts.alert.yearOverIndex;
  const today = closes.at(-1);
  if (!today || today.date < from || !unfairSigns || index === undefined || notOn.includes(market)) return null;
  const own = rise(
    closes.map(({ close }) => close),
    days,
  );
  const beyond = own === null ? null : own - Math.max(0, rise(index, days) ?? 0);
  if (beyond === null || beyond < percent) return null;
  return { id, days, risePercent: Math.floor(beyond), thresholdPercent: percent, indexKnown: true };
}

/** Five days of 투자주의 within the last fifteen. */
function oftenCautioned({ closes, cautions = [] }: AlertQuestion): boolean {
  const { days, count } = facts.alert.cautions;
  const dates = new Set(closes.slice(-days).map(({ date }) => date));
  return new Set(cautions.filter((date) => dates.has(date))).size >= count;
}

/**
 * The ways to 투자경고 that the newest close reaches: reached once they bring the prior notice, reached again within ten
 * days of it the designation. Who bought, on which the rules of unfair trading rest, is the caller's to know.
 * @source resources/krx/alerts.json alert (KRX Enforcement Rules of the Market Oversight Regulation 2026-05-26 art. 3-3)
 */
export function alertHits(question: AlertQuestion): readonly AlertHit[] {
  const { closes, capRank } = question;
  const { rises, cautions, largestExempt } = facts.alert;
  const today = closes.at(-1);
  if (!today || !atHigh(closes)) return [];
  const large = capRank !== undefined && capRank <= largestExempt.count;
  if (large && today.date >= largestExempt.from) return [];
  const hits = [
    ...rises.map((rule) => judge(rule, question)),
    oftenCautioned(question) ? judge(cautions, question) : null,
    large && today.date >= largestExempt.yearFrom ? null : yearHit(question),
  ];
  return hits.filter((hit) => hit !== null);
}

/**
 * The ways to 투자위험 that the newest close of an issue under 투자경고 reaches; `closes` begin with the session before
 * the designation, since only rises after it count.
 * @source resources/krx/alerts.json risk (KRX Enforcement Rules of the Market Oversight Regulation 2026-05-26 art. 3-4)
 */
export function riskHits(question: Omit<AlertQuestion, 'cautions' | 'capRank'>): readonly AlertHit[] {
  if (!atHigh(question.closes)) return [];
  return facts.risk.rises.map((rule) => judge(rule, question)).filter((hit) => hit !== null);
}

/** Whether a close is above that before the designation and that of the day before. */
function aboveBoth(closes: readonly number[], at: number): boolean {
  const [first = 0, close = 0, before = 0] = [closes[0], closes[at], closes[at - 1]];
  return at > 0 && close > first && close > before;
}

/**
 * Whether an issue under 투자경고 is halted for the next session: above the close before the designation and that of the
 * day before, and 40 % (KONEX: 20 %) up in two days. `closes` in won, from the session before the designation on. Once
 * halted it is not halted again before the designation ends, which is the caller's to know.
 * @source resources/krx/alerts.json alert.halt (KRX Enforcement Rules of the Market Oversight Regulation 2026-05-26 art. 3-5)
 */
export function alertHalt(market: Market, closes: readonly number[]): boolean {
  const { days, percent, konexPercent } = facts.alert.halt;
  const risen = rise(closes, days);
  return (
    risen !== null && aboveBoth(closes, closes.length - 1) && risen >= (market === 'KONEX' ? konexPercent : percent)
  );
}

/**
 * Whether an issue under 투자위험 is halted for the next session: on three days in a row above the close before the
 * designation and that of the day before. It is halted on the day of designation in any case. `closes` as of alertHalt.
 * @source resources/krx/alerts.json risk (KRX Enforcement Rules of the Market Oversight Regulation 2026-05-26 art. 3-6)
 */
export function riskHalt(closes: readonly number[]): boolean {
  const days = facts.risk.haltAfterRises;
  if (closes.length <= days) return false;
  return Array.from({ length: days }, (_, back) => closes.length - 1 - back).every((at) => aboveBoth(closes, at));
}
