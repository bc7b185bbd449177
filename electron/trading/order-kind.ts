/** What the table of order codes says of an order at this moment: whether its kind exists, is taken now, and when next. */
import {
  amendedType,
  foreignExchangeOf,
  isForeign,
  productOf,
  type GuardedOrder,
  type IssueFacts,
  type KindFacts,
  type OrderType,
  type Route,
  type VenueName,
} from '#shared/domain/index.ts';
import {
  canAmendAbroad,
  daySchedule,
  derivativeCodeOf,
  derivativeKindRefusal,
  kindRefusal,
  krxCalendar,
  nxtOpenOn,
  orderCodeRow,
  type DaySchedule,
  type OrderCode,
} from '#shared/market/index.ts';
import { NAME_KO } from '#shared/errors/index.ts';
import { kstTimeText, takesOrders, type EpochMs, type SessionDate } from '#shared/time/index.ts';

/** What is asked: an order, the market, the exchange's clock; of a replace, the type it was before. */
export interface KindQuestion {
  readonly order: GuardedOrder;
  readonly issue: IssueFacts;
  readonly exchangeTs: EpochMs;
  readonly amends: OrderType | null;
}

function scheduleOf(date: SessionDate, venue: VenueName): DaySchedule | null {
  try {
    return venue === 'NXT' && !nxtOpenOn(date) ? null : daySchedule(krxCalendar, date, venue);
  } catch (error) {
    // Beyond the known hours the next time is unknown, which is no reason not to judge.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Instants by code, venue and date: a day has few, and every refusal asks for them. */
const KEPT_STARTS = new Map<string, readonly EpochMs[]>();
const MOST_KEPT = 1_000;

/** The instants from which a venue takes a code on a date. */
function startsOn(row: OrderCode, venue: VenueName, date: SessionDate): readonly EpochMs[] {
  const key = `${row.code} ${venue} ${date}`;
  const known = KEPT_STARTS.get(key);
  if (known) return known;
  if (KEPT_STARTS.size >= MOST_KEPT) KEPT_STARTS.clear();
  const starts = startsBySchedule(row, venue, date);
  KEPT_STARTS.set(key, starts);
  return starts;
}

function startsBySchedule(row: OrderCode, venue: VenueName, date: SessionDate): readonly EpochMs[] {
  const taken = row[venue];
  const schedule = taken && scheduleOf(date, venue);
  if (!schedule) return [];
  const { window, sessions } = taken;
  if (window !== undefined)
    return (schedule.windows ?? []).filter(({ type }) => type === window).map(({ acceptFrom }) => acceptFrom);
  return schedule.parts.filter(({ phase }) => sessions.includes(phase)).map(({ startTs }) => startTs);
}

/** When a route takes a code next on the day, "HH:MM" or with seconds where they count; null: not any more. */
export function nextTaken(
  row: OrderCode,
  at: { readonly route: Route; readonly date: SessionDate; readonly now: EpochMs },
): string | null {
  const venues: readonly VenueName[] = at.route === 'SOR' ? ['KRX', 'NXT'] : [at.route];
  const later = venues.flatMap((venue) => startsOn(row, venue, at.date)).filter((ts) => ts > at.now);
  const [first] = later.sort((a, b) => a - b);
  return first === undefined ? null : kstTimeText(first).replace(/:00$/, '');
}

/**
 * Foreign issues: limit orders of the day, in every part of it in which the exchange takes any. The orders for the crosses (LOO, LOC, MOO, MOC) are not
 * offered: they are kinds of their own with hours of their own, which the table of order codes does not hold.
 * @source protocol of the broker's API: ORD_DVSN 00 in paper; 31-34 in the real environment only
 */
function foreignKindFacts(
  order: GuardedOrder,
  { krx, halted, instrument }: IssueFacts,
  amends: OrderType | null,
): KindFacts {
  const exchange = foreignExchangeOf(instrument.id);
  const { type, timeInForce, session, route } = order;
  const isTaken = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
  const isOpen = takesOrders(krx.venuePhase);
  return {
    nameKo: isTaken ? NAME_KO.limit : null,
    onDate: true,
    refusal: !isOpen ? 'SESSION' : halted ? 'HALTED' : null,
    next: null,
    canAmend: amends === null || (exchange !== null && canAmendAbroad(exchange)),
  };
}

/** Futures and options: their own table of codes, in the part of the day that the issue is in. */
function derivativeKindFacts(order: GuardedOrder, { krx, halted }: IssueFacts, amends: OrderType | null): KindFacts {
  const row = derivativeCodeOf(order);
  const refusal = row && derivativeKindRefusal(row, { phase: krx.venuePhase, session: order.session });
  return {
    nameKo: row?.nameKo ?? null,
    onDate: true,
    refusal: refusal ?? (halted ? 'HALTED' : null),
    next: null,
    canAmend: amends === null || amendedType(amends) !== null,
  };
}

/** Bonds: limit orders of the day while their market is open; no table of codes holds another kind. @source resources/kis/catalogue.json domestic-bond.buy */
function bondKindFacts(order: GuardedOrder, { krx, halted }: IssueFacts): KindFacts {
  const { type, timeInForce, session, route } = order;
  const isTaken = type === 'limit' && timeInForce === 'day' && session === 'regular' && route === 'KRX';
  return {
    nameKo: isTaken ? NAME_KO.limit : null,
    onDate: true,
    refusal: !takesOrders(krx.venuePhase) ? 'SESSION' : halted ? 'HALTED' : null,
    next: null,
    canAmend: true,
  };
}

/** What the order-code table says of an order now. */
export function kindFacts(question: KindQuestion): KindFacts {
  const { order, issue, exchangeTs: now, amends } = question;
  if (isForeign(issue)) return foreignKindFacts(order, issue, amends);
  if (productOf(issue.instrument.id) === 'bond') return bondKindFacts(order, issue);
  if (productOf(order.instrumentId) === 'derivative') return derivativeKindFacts(order, issue, amends);
  const row = orderCodeRow(order);
  const { sessionDate: date } = issue;
  const refusal = kindRefusal(issue, order);
  return {
    nameKo: row?.nameKo ?? null,
    onDate: row === null || ((row.from === null || row.from <= date) && (row.to === null || date <= row.to)),
    refusal,
    next: row && refusal !== null ? nextTaken(row, { route: order.route, date, now }) : null,
    canAmend: amends === null || amendedType(amends) !== null,
  };
}
