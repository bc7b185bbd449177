/** Volatility interruptions (변동성완화장치): the class of an issue, its thresholds, and the prices at which one is triggered. */
import facts from '#resources/krx/vi.json' with { type: 'json' };
import type { Market, VenueName } from '../domain/index.ts';
import type { SessionDate } from '../time/index.ts';
import { inForce } from './dated.ts';
import { nextTickDown, nextTickUp, roundToTick, type Product, type TickTable } from './tick-size.ts';

/** kospi200 KOSPI200 종목 · general 그 밖의 주식 · etpBroad 시장대표·채권 1배 ETF/ETN · etpOther 그 밖의 ETF/ETN · unknown 구성 여부를 모름 */
export const VI_CLASSES = ['kospi200', 'general', 'etpBroad', 'etpOther', 'unknown'] as const;
export type ViClass = (typeof VI_CLASSES)[number];

/** Scheduled length of a VI auction, and the most by which its end may be later; milliseconds. */
export const VI_DURATION_MS = facts.durationS * 1_000;
export const VI_RANDOM_END_MS = facts.randomExtraS * 1_000;
/** First day on which the rule text itself was read; before it today's text is taken to hold. */
export const VI_TEXT_FROM = facts.textKnownFrom;

/** What of an issue decides its class; null: not known. */
export interface ViClassFacts {
  readonly market: Market;
  readonly product?: Product;
  readonly kospi200: boolean | null;
  /** true: an ETF or ETN on a broad market or bond index. */
  readonly etpBroad?: boolean | null;
  /** Of a leveraged or inverse product; 1 if absent. */
  readonly multiple?: number;
  /** What the user says it is: goes before everything. */
  readonly override?: ViClass | null;
}

/**
 * The class of an issue; 'unknown' where membership of the KOSPI 200 or the kind of index is not known.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 41-2
 */
export function viClassOf(issue: ViClassFacts): ViClass {
  const { override, product = 'stock', multiple = 1, etpBroad = null, kospi200 } = issue;
  if (override !== undefined && override !== null && override !== 'unknown') return override;
  if (product !== 'stock') {
    // The text names products linked to one time or less, "including in the negative direction".
    if (Math.abs(multiple) > 1) return 'etpOther';
    if (etpBroad === null) return 'unknown';
    return etpBroad ? 'etpBroad' : 'etpOther';
  }
  if (issue.market !== 'KOSPI') return 'general';
  if (kospi200 === null) return 'unknown';
  return kospi200 ? 'kospi200' : 'general';
}

/** Thresholds in whole percent of the reference; null where that kind of VI is not there. */
export interface ViThresholds {
  /** The class whose thresholds these are: of 'unknown' the wider one. */
  readonly takenAs: ViClass;
  readonly continuousPercent: number | null;
  readonly closingPercent: number | null;
  /** Closing auction of a derivatives expiry day: another than `closingPercent` for underlyings only. */
  readonly expiryClosingPercent: number | null;
  readonly staticPercent: number | null;
  /** C confirmed, U unconfirmed or assumed. */
  readonly status: string;
}

/**
 * The thresholds in force, or null where no VI is known on that venue and date. Assumed, not confirmed: NXT, the
 * after-market of KRX, an unknown class, and days before the rule text that was read.
 * @source resources/krx/vi.json
 */
export function viThresholds(question: {
  readonly viClass: ViClass;
  readonly venue: VenueName;
  readonly date: SessionDate;
  /** Decides what 'unknown' is taken as. */
  readonly product?: Product;
  /** true: in the after-market of KRX. */
  readonly afterMarket?: boolean;
  /** true: an underlying of equity futures or options. KOSPI 200 stocks are; of others it is not known if absent. */
  readonly underlying?: boolean;
}): ViThresholds | null {
  const { viClass, venue, date, product = 'stock', afterMarket = false } = question;
  const there = inForce(
    facts.venues.filter((each) => each.venue === venue),
    date,
  );
  if (!there) return null;
  const { takenAs } = facts.unknown;
  const name = viClass === 'unknown' ? (product === 'stock' ? takenAs.stock : takenAs.etp) : viClass;
  const row = facts.classes.find((each) => each.class === name);
  if (!row) throw new RangeError(`no VI thresholds of class ${name}`);
  const { dynamic } = row;
  const underlying = name === 'kospi200' || question.underlying === true;
  const sure = viClass !== 'unknown' && there.status === 'C' && !afterMarket && date >= VI_TEXT_FROM;
  return {
    takenAs: name as ViClass,
    continuousPercent: there.dynamic ? dynamic.continuous : null,
    closingPercent: there.dynamic ? dynamic.closing : null,
    expiryClosingPercent: there.dynamic
      ? underlying
        ? (dynamic.expiryClosing ?? dynamic.closing)
        : dynamic.closing
      : null,
    staticPercent: there.static ? row.static : null,
    status: sure ? row.status : 'U',
  };
}

/** Steps within which a price below `belowKrw` may move without a VI. */
export function viExemptTicks(market: Market): { readonly belowKrw: number; readonly ticks: number } {
  const { belowKrw, ticks } = facts.exempt.lowPrice;
  return { belowKrw, ticks: ticks[market] };
}

/** Nearest valid prices above and below a reference at which a VI is triggered, in won; 0 where none can be. */
export interface ViPrices {
  readonly up: number;
  readonly down: number;
}

/**
 * The prices at or beyond which a threshold is reached: the first valid price `percent` or more away, and for a reference
 * below 1,000 won also more than the exempt ticks away.
 * @source resources/krx/vi.json
 */
export function viPrices(question: {
  readonly reference: number;
  readonly percent: number;
  readonly table: TickTable;
  readonly market: Market;
}): ViPrices {
  const { reference, percent, table } = question;
  // Hundredfold prices keep the comparison in whole numbers.
  const up = roundToTick(table, Math.ceil((reference * (100 + percent)) / 100), 'up');
  const floor = Math.floor((reference * (100 - percent)) / 100);
  const down = floor <= 0 ? 0 : roundToTick(table, floor, 'down');
  const { belowKrw, ticks } = viExemptTicks(question.market);
  if (reference >= belowKrw) return { up, down };
  let [above, below] = [reference, reference];
  for (let step = 0; step <= ticks; step += 1) {
    above = nextTickUp(table, above);
    below = below > 0 ? nextTickDown(table, below) : 0;
  }
  return { up: Math.max(up, above), down: Math.max(0, Math.min(down, below)) };
}
