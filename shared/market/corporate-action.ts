/** Days that change prices: the base price after a corporate action, and what becomes of holdings. */
import facts from '#resources/krx/corporate-actions.json' with { type: 'json' };
import type { CorporateAction, InstrumentId, Market } from '../domain/index.ts';
import { assertNever } from '../errors/index.ts';
import { krw, mulDiv, subKrw, ZERO_KRW, type Krw } from '../num/index.ts';
import type { SessionDate, TradingCalendar } from '../time/index.ts';
import { roundToTick, tickAt, tickTable, type Product } from './tick-size.ts';

/**
 * First day without the right: one session before the record date, or before the last session by then. RangeError
 * beyond the calendar.
 * @source resources/krx/corporate-actions.json exDate
 */
export function exDate(calendar: TradingCalendar, recordDate: SessionDate): SessionDate {
  const record = calendar.isSession(recordDate) ? recordDate : calendar.addSessions(recordDate, -1);
  return calendar.addSessions(record, 0 - facts.exDate.sessionsBeforeRecord);
}

export interface BaseQuestion {
  readonly issue: {
    readonly market: Market;
    readonly product?: Product;
    /** Won; of the day before. */
    readonly basePrice: number;
  };
  /** The day whose base is asked, which decides the ticks. */
  readonly date: SessionDate;
  /** Regular close of the day before in won; null where there was none. */
  readonly close: number | null;
  /** In force from that day. */
  readonly actions: readonly CorporateAction[];
}

/** How one action moved the price, with what is known of the rule (C confirmed, S, U unconfirmed). */
export interface BaseStep {
  readonly kind: CorporateAction['kind'];
  readonly rule: string;
  readonly status: string;
  readonly source: string;
}

export interface NextBase {
  /** Won, on the day's ticks. */
  readonly basePrice: number;
  /** What the price would be without the actions; won. */
  readonly cumPrice: number;
  /** Set where the first auction may set a price in this band, and it becomes the base. */
  readonly firstPrice: { readonly lower: number; readonly upper: number; readonly reason: string } | null;
  /** true: 60-400 % of the base, no VI, no market orders before the first price. */
  readonly newListing: boolean;
  readonly steps: readonly BaseStep[];
}

/** A price as an exact fraction of whole won. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const whole = (won: number): Fraction => ({ over: BigInt(won), under: 1n });

function times(price: Fraction, by: number, to: number): Fraction {
  return { over: price.over * BigInt(by), under: price.under * BigInt(to) };
}

/** Moves a price by one action. @source resources/krx/corporate-actions.json rules */
function moved(price: Fraction, action: CorporateAction): Fraction {
  switch (action.kind) {
    case 'stockDividend':
    case 'bonus':
      return times(price, action.old, action.old + action.new);
    case 'rights': {
      const issued = BigInt(action.issuePrice) * price.under;
      if (price.over <= issued) return price;
      const over = price.over * BigInt(action.old) + issued * BigInt(action.new);
      return { over, under: price.under * BigInt(action.old + action.new) };
    }
    case 'split':
    case 'capitalReduction':
      return times(price, action.from, action.to);
    case 'relisting':
    case 'splitOff':
      return whole(action.appraisal);
    case 'newListing':
      return whole(action.offerPrice);
    case 'distribution':
      return { over: price.over - BigInt(action.perUnit) * price.under, under: price.under };
    case 'cashDividend':
      return price;
    default:
      return assertNever(action);
  }
}

/** The first-price band of an action around an appraisal in won; null where it has none. */
function bandOf(question: BaseQuestion, kind: CorporateAction['kind'], appraisal: number): NextBase['firstPrice'] {
  if (kind !== 'capitalReduction' && kind !== 'relisting' && kind !== 'splitOff') return null;
  const table = tickTable(question.issue.market, question.date, question.issue.product);
  const [low = 100, high = 100] = facts.firstPrice[kind];
  const lowest = tickAt(table, 1);
  return {
    lower: Math.max(lowest, roundToTick(table, mulDiv(appraisal, low, 100, 'ceil'), 'up')),
    upper: Math.max(lowest, roundToTick(table, mulDiv(appraisal, high, 100, 'floor'), 'down')),
    reason: kind,
  };
}

/**
 * The base price of a day after the close before it and the actions that take effect: fractions of a won are dropped,
 * then up to a valid price. Several actions follow one another (unconfirmed).
 * @source resources/krx/corporate-actions.json
 */
export function nextBase(question: BaseQuestion): NextBase {
  const { issue, date, close, actions } = question;
  const table = tickTable(issue.market, date, issue.product);
  const lowest = tickAt(table, 1);
  const valid = (won: number): number => Math.max(lowest, roundToTick(table, Math.max(1, won), 'up'));
  const cumPrice = valid(close ?? issue.basePrice);
  let price = whole(close ?? issue.basePrice);
  let firstPrice: NextBase['firstPrice'] = null;
  const steps: BaseStep[] = [];
  for (const action of actions) {
    price = moved(price, action);
    firstPrice = bandOf(question, action.kind, Number(price.over / price.under)) ?? firstPrice;
    const rule = facts.rules.find((known) => known.kind === action.kind);
    if (rule) steps.push({ kind: action.kind, rule: rule.rule, status: rule.status, source: rule.source });
  }
  // Fractions of a won are dropped; a price that was whole and off tick goes up like any other.
  const basePrice = valid(Number(price.over / price.under));
  return { basePrice, cumPrice, firstPrice, newListing: actions.some(({ kind }) => kind === 'newListing'), steps };
}

/** What one account holds of an issue; won. */
export interface HeldUnits {
  readonly quantity: number;
  readonly costKrw: Krw;
}

/** What an action makes of a holding; won. All of it is unconfirmed: see resources/krx/corporate-actions.json holdings. */
export interface ChangedHolding extends HeldUnits {
  /** Paid to the holder: fractions, rights not taken up. */
  readonly cashKrw: Krw;
  /** Profit that this payment realised. */
  readonly realisedKrw: Krw;
  /** Paid to the holder as income, after tax: dividends and distributions. */
  readonly incomeKrw: Krw;
  /** Units of another issue that came. */
  readonly other: (HeldUnits & { readonly instrumentId: InstrumentId }) | null;
}

/** Income of `gross` won after 15.4 % tax, the tax cut down to 10 won. */
function afterTax(gross: Krw): Krw {
  const { percentTenths, unitKrw } = facts.dividendTax;
  return subKrw(gross, krw(mulDiv(gross, percentTenths, 1_000 * unitKrw, 'floor') * unitKrw));
}

const unchanged = (held: HeldUnits): ChangedHolding => ({
  ...held,
  cashKrw: ZERO_KRW,
  realisedKrw: ZERO_KRW,
  incomeKrw: ZERO_KRW,
  other: null,
});

/** `from` units become `to`; a fraction left over is paid at the new base price and takes its share of the cost along. */
function rescaled(
  held: HeldUnits,
  change: { readonly from: number; readonly to: number },
  base: number,
): ChangedHolding {
  const { quantity, costKrw } = held;
  const units = mulDiv(quantity, change.to, change.from, 'floor');
  const fraction = Number((BigInt(quantity) * BigInt(change.to)) % BigInt(change.from));
  if (fraction === 0) return { ...unchanged(held), quantity: units };
  const cashKrw = krw(mulDiv(base, fraction, change.from, 'floor'));
  const share = krw(Number((BigInt(costKrw) * BigInt(fraction)) / (BigInt(quantity) * BigInt(change.to))));
  const left = units === 0 ? costKrw : share;
  return {
    ...unchanged(held),
    quantity: units,
    costKrw: subKrw(costKrw, left),
    cashKrw,
    realisedKrw: subKrw(cashKrw, left),
  };
}

/**
 * A holding after an action. `base` is the new base price in won, `cum` the close before it.
 * @source resources/krx/corporate-actions.json holdings (unconfirmed)
 */
export function changedHolding(
  held: HeldUnits,
  action: CorporateAction,
  price: { readonly base: number; readonly cum: number },
): ChangedHolding {
  const { quantity, costKrw } = held;
  switch (action.kind) {
    case 'stockDividend':
    case 'bonus':
      return rescaled(held, { from: action.old, to: action.old + action.new }, price.base);
    case 'split':
    case 'capitalReduction':
      return rescaled(held, action, price.base);
    case 'rights': {
      const worth = Math.max(0, price.base - action.issuePrice);
      if (price.cum <= action.issuePrice) return unchanged(held);
      const rights = mulDiv(quantity, action.new, action.old, 'floor');
      const cashKrw = krw(Math.min(costKrw, worth * rights));
      return { ...unchanged(held), costKrw: subKrw(costKrw, cashKrw), cashKrw };
    }
    case 'splitOff': {
      const { newIssue } = action;
      const kept = rescaled(held, action, price.base);
      if (!newIssue) return kept;
      // The cost is shared by the units' ratio, as the appraisals of the two parts are not both given.
      const units = mulDiv(quantity, newIssue.to, newIssue.from, 'floor');
      const parts = kept.quantity + units;
      const moved = parts === 0 ? ZERO_KRW : krw(mulDiv(kept.costKrw, units, parts, 'floor'));
      const other = { instrumentId: newIssue.instrumentId, quantity: units, costKrw: moved };
      return { ...kept, costKrw: subKrw(kept.costKrw, moved), other: units === 0 ? null : other };
    }
    case 'distribution':
    case 'cashDividend':
      return { ...unchanged(held), incomeKrw: afterTax(krw(action.perUnit * quantity)) };
    case 'relisting':
    case 'newListing':
      return unchanged(held);
    default:
      return assertNever(action);
  }
}
