/** What the table of order codes says of an order at this moment: whether its kind exists, is taken now, and when next. */
import {
  amendedType,
  type GuardedOrder,
  type IssueFacts,
  type KindFacts,
  type OrderType,
  type Route,
  type VenueFacts,
  type VenueName,
} from '#shared/domain/index.ts';
import {
  acceptance,
  daySchedule,
  krxCalendar,
  nxtOpenOn,
  orderCodeRow,
  type DaySchedule,
  type OrderCode,
  type VenueMoment,
} from '#shared/market/index.ts';
import { kstTimeText, type EpochMs, type SessionDate } from '#shared/time/index.ts';

/** What is asked: an order, the market, the exchange's clock; of a replace, the type it was before. */
export interface KindQuestion {
  readonly order: GuardedOrder;
  readonly issue: IssueFacts;
  readonly exchangeTs: EpochMs;
  readonly amends: OrderType | null;
}

function momentOf(venue: VenueName, facts: VenueFacts): VenueMoment {
  const { venuePhase, phase, interruption, preCloseOpen, postCloseOpen } = facts;
  const marketHalted = interruption?.kind === 'circuitBreaker';
  return { venue, venuePhase, phase, preCloseOpen, postCloseOpen, marketHalted };
}

function refusalOf({ order, issue }: KindQuestion): KindFacts['refusal'] {
  const { krx, nxt, sessionDate: date, product, onNxt, singlePrice, firstPricePending, noReference } = issue;
  const at = order.route === 'NXT' ? nxt : krx;
  return acceptance({
    kind: order,
    route: order.route,
    krx: momentOf('KRX', krx),
    nxt: nxt && momentOf('NXT', nxt),
    issue: { date, product, nxt: onNxt, singlePrice, firstPricePending, noReference },
    order: {
      side: order.side,
      ...(order.price === null ? {} : { price: order.price }),
      limits: { upper: issue.upperLimit, lower: issue.lowerLimit },
      // SOR takes the quote wherever there is one; which venue it is goes with the exchange.
      hasBid: at?.bid !== null || (order.route === 'SOR' && nxt?.bid !== null),
      hasAsk: at?.ask !== null || (order.route === 'SOR' && nxt?.ask !== null),
    },
  });
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

/** The instants from which a venue takes a code on a date. */
function startsOn(row: OrderCode, venue: VenueName, date: SessionDate): readonly EpochMs[] {
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

/** What the order-code table says of an order now. */
export function kindFacts(question: KindQuestion): KindFacts {
  const { order, issue, exchangeTs: now, amends } = question;
  const row = orderCodeRow(order);
  const { sessionDate: date } = issue;
  const refusal = refusalOf(question);
  return {
    nameKo: row?.nameKo ?? null,
    onDate: row === null || ((row.from === null || row.from <= date) && (row.to === null || date <= row.to)),
    refusal,
    next: row && refusal !== null ? nextTaken(row, { route: order.route, date, now }) : null,
    canAmend: amends === null || amendedType(amends) !== null,
  };
}
