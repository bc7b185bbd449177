/** What a rule sheet is made from: the issue, the moment, both venues then, and how a row is written. */
import type {
  Interruption,
  Market,
  MarketState,
  RuleGroup,
  RuleRow,
  RuleStatus,
  RuleValue,
  VenueName,
} from '../../domain/index.ts';
import { groupDigits } from '../../errors/index.ts';
import { isSessionDate, type EpochMs, type Phase, type SessionDate, type TradingCalendar } from '../../time/index.ts';
import type { Designation } from '../alerts.ts';
import type { FeeChannel } from '../fees.ts';
import type { KindIssue, VenueMoment } from '../order-code.ts';
import type { FirstPriceKind } from '../price-limit.ts';
import {
  hoursPeriod,
  isTradingDay,
  nxtOpenOn,
  daySchedule,
  phaseAt,
  windowOpen,
  type DaySchedule,
} from '../trading-hours.ts';
import type { Product } from '../tick-size.ts';
import type { ViClass } from '../vi.ts';

/** What is known of the issue; null: not known, never guessed. Prices in won. */
export interface RuleIssue {
  readonly code: string;
  readonly nameKo: string;
  readonly market: Market;
  readonly basePrice: number;
  /** Day of the base price's facts; null: given for this day. */
  readonly baseAsOf: string | null;
  readonly listedShares: number | null;
  /** stock if absent. */
  readonly product?: Product;
  /** Of a leveraged or inverse product; 1 if absent. */
  readonly multiple?: number;
  readonly kospi200: boolean | null;
  readonly etpBroad?: boolean | null;
  /** What the user says its VI class is. */
  readonly viClass?: ViClass | null;
  /** Traded on NXT; null: not known. */
  readonly nxt: boolean | null;
  readonly newListing?: boolean;
  readonly firstPrice?: FirstPriceKind | null;
  readonly singlePrice?: string | null;
  readonly halted?: boolean;
  readonly designations?: readonly Designation[];
}

/** One venue as the running market shows it. */
export interface RuleVenueLive {
  /** Of the venue by its schedule, and of the issue. */
  readonly venuePhase: Phase;
  readonly phase: Phase;
  readonly interruption: Interruption | null;
  /** Prices at which a VI would be triggered now; null where none applies. */
  readonly viUp: number | null;
  readonly viDown: number | null;
}

/** The running market, where the sheet is of it and not of a time looked up. */
export interface RuleLive {
  readonly base: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
  /** null: no trade yet. */
  readonly last: number | null;
  readonly firstPricePending: boolean;
  readonly krx: RuleVenueLive;
  readonly nxt: RuleVenueLive | null;
  readonly market: MarketState | null;
}

/** A question to the rule sheet. */
export interface RuleQuestion {
  readonly issue: RuleIssue;
  readonly calendar: TradingCalendar;
  readonly date: SessionDate;
  /** An instant of that date. */
  readonly at: EpochMs;
  /** bankis if absent. */
  readonly channel?: FeeChannel;
  readonly live?: RuleLive | null;
}

/** A venue at the moment of the question; `schedule` null on a closed day. */
export interface VenueNow {
  readonly venue: VenueName;
  readonly schedule: DaySchedule | null;
  readonly moment: VenueMoment;
  readonly source: string;
  readonly from: string;
  readonly live: RuleVenueLive | null;
}

/** The question with what all sections need. */
export interface RuleContext extends RuleQuestion {
  readonly product: Product;
  readonly base: number;
  readonly sessionDay: boolean;
  /** null: the hours of that date are not known. */
  readonly krx: VenueNow | null;
  /** null: NXT was not open yet. */
  readonly nxt: VenueNow | null;
  readonly kindIssue: KindIssue;
}

/** Phases an issue goes into by itself: there the venue's own part is read off the schedule. */
const OWN: ReadonlySet<Phase> = new Set(['halted', 'viAuction', 'reopenAuction', 'periodicAuction']);

function venueNow(question: RuleQuestion, venue: VenueName): VenueNow | null {
  const { calendar, date, at, issue, live } = question;
  let period;
  try {
    period = hoursPeriod(date, venue);
  } catch {
    return null;
  }
  const open = isTradingDay(calendar, date);
  const schedule = open ? daySchedule(calendar, date, venue) : null;
  const scheduled = schedule === null ? 'closed' : phaseAt(schedule, at);
  const now = live ? (venue === 'KRX' ? live.krx : live.nxt) : null;
  const venuePhase = now && !OWN.has(now.venuePhase) ? now.venuePhase : scheduled;
  const single = issue.singlePrice && venuePhase === 'continuous';
  const phase = now?.phase ?? (issue.halted === true && open ? 'halted' : single ? 'periodicAuction' : venuePhase);
  const moment: VenueMoment = {
    venue,
    venuePhase,
    phase,
    preCloseOpen: schedule !== null && windowOpen(schedule, 'preClose', at),
    postCloseOpen: schedule !== null && windowOpen(schedule, 'postClose', at),
    marketHalted: now?.interruption?.kind === 'circuitBreaker',
  };
  return { venue, schedule, moment, source: period.source, from: period.from, live: now };
}

/** Whether the issue's first price is still to come, by the live market or by the clock. */
function firstPricePending(question: RuleQuestion, krx: VenueNow | null): boolean {
  const { issue, live, at } = question;
  if (live) return live.firstPricePending;
  if (issue.newListing !== true && !issue.firstPrice) return false;
  const open = krx?.schedule?.parts.find((part) => part.phase === 'continuous');
  return open !== undefined && at < open.startTs;
}

/** The question with both venues at its moment. */
export function ruleContext(question: RuleQuestion): RuleContext {
  const { issue, date, calendar, live } = question;
  const product = issue.product ?? 'stock';
  const krx = venueNow(question, 'KRX');
  return {
    ...question,
    product,
    base: live?.base ?? issue.basePrice,
    sessionDay: isTradingDay(calendar, date),
    krx,
    nxt: nxtOpenOn(date) ? venueNow(question, 'NXT') : null,
    kindIssue: {
      date,
      product,
      // Where the list is not at hand the types are told as if NXT traded it, and the row says so.
      nxt: issue.nxt ?? true,
      singlePrice: issue.singlePrice ?? null,
      firstPricePending: firstPricePending(question, krx),
    },
  };
}

/** What a row is written from. */
export interface RowFacts {
  readonly id: string;
  readonly labelKo: string;
  readonly valueKo: string;
  readonly value: RuleValue;
  readonly source: string;
  readonly date?: string | null;
  readonly status: string;
  readonly noteKo?: string | null;
}

const STATUSES: ReadonlySet<string> = new Set(['C', 'S', 'D', 'U']);

/** A row; its group is the part of the id before the first point. */
export function row(facts: RowFacts): RuleRow {
  const { id, labelKo, valueKo, value, source, date = null, status, noteKo = null } = facts;
  return {
    id,
    group: id.slice(0, id.indexOf('.')) as RuleGroup,
    labelKo,
    valueKo,
    value,
    source,
    date: date !== null && isSessionDate(date) ? date : null,
    status: (STATUSES.has(status) ? status : 'U') as RuleStatus,
    noteKo,
  };
}

/** A row for what is not known on the date of the question. */
export function unknownRow(id: string, labelKo: string, source: string): RuleRow {
  return row({
    id,
    labelKo,
    valueKo: '모름',
    value: null,
    source,
    status: 'U',
    noteKo: '이 날짜의 규정은 확인하지 못했습니다.',
  });
}

/** Rows of `make`, or the one unknown row where the facts of the date are not known. */
export function whereKnown(unknown: RuleRow, make: () => readonly RuleRow[]): readonly RuleRow[] {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return [unknown];
    throw error;
  }
}

/** The status and note of a rule whose text was read as of a day, on an earlier date. */
export function textKnown(
  date: SessionDate,
  rule: { readonly from: string; readonly status: string },
): { readonly status: string; readonly noteKo: string | null } {
  if (date >= rule.from) return { status: rule.status, noteKo: null };
  return {
    status: 'U',
    noteKo: `이 날짜의 규정 원문은 보지 못했습니다. ${rule.from}의 규정이 같았다고 보고 적었습니다.`,
  };
}

/** Whole won with separators. */
export function won(value: number): string {
  return `${groupDigits(value)}원`;
}

/** Parts per billion as percent without trailing zeros: 140,527 as "0.0140527%". */
export function ppbText(ppb: number): string {
  const digits = String(Math.abs(ppb)).padStart(8, '0');
  const fraction = digits.slice(-7).replace(/0+$/, '');
  return `${ppb < 0 ? '-' : ''}${digits.slice(0, -7)}${fraction === '' ? '' : `.${fraction}`}%`;
}
