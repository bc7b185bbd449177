/** What orders the exchange takes now of an issue, asked of the same rules that the core asks (shared/market). */
import {
  isPriced,
  type Instrument,
  type OrderSession,
  type OrderType,
  type Quote,
  type Route,
  type Side,
  type SimulationStatus,
  type TimeInForce,
} from '#shared/domain/index.ts';
import {
  type AcceptanceQuestion,
  type DaySchedule,
  daySchedule,
  type KindReason,
  krxCalendar,
  type OrderChoice,
  orderChoices,
  orderCodeOf,
  windowOpen,
} from '#shared/market/index.ts';
import { epochMs, isSessionDate, type SessionDate } from '#shared/time/index.ts';

/** Types in the order in which they are offered. */
export const TYPES: readonly OrderType[] = [
  'limit',
  'market',
  'bestOpposite',
  'bestSame',
  'conditionalLimit',
  'mid',
  'stopLimit',
  'preClose',
  'postClose',
  'offHours',
];
export const TIMES: readonly TimeInForce[] = ['day', 'ioc', 'fok', 'gtp'];

export interface ChoiceFacts {
  readonly status: Pick<SimulationStatus, 'phase' | 'nxtPhase' | 'simTs' | 'sessionDate'>;
  readonly quote: Quote;
  readonly instrument: Instrument | undefined;
  readonly route: Route;
  readonly side: Side;
  /** Won; null while none is written. */
  readonly price: number | null;
}

/** Fixed-price windows of the day; none where its hours are not known. */
function windowsOf(date: SessionDate): DaySchedule | null {
  try {
    return daySchedule(krxCalendar, date);
  } catch {
    return null;
  }
}

/** The question that the rules answer; null on a day without a date. */
export function questionOf(facts: ChoiceFacts): Omit<AcceptanceQuestion, 'kind'> | null {
  const { status, quote, instrument, route, side, price } = facts;
  const date = status.sessionDate;
  if (!isSessionDate(date)) return null;
  const schedule = windowsOf(date);
  const now = epochMs(status.simTs);
  const open = (window: 'preClose' | 'postClose'): boolean => schedule !== null && windowOpen(schedule, window, now);
  const stopped = (interruption: Quote['interruption']): boolean => interruption?.kind === 'circuitBreaker';
  const book = route === 'NXT' && quote.nxt ? quote.nxt : quote;
  return {
    route,
    krx: {
      venue: 'KRX',
      venuePhase: status.phase,
      phase: quote.phase,
      preCloseOpen: open('preClose'),
      postCloseOpen: open('postClose'),
      marketHalted: stopped(quote.interruption),
    },
    nxt:
      status.nxtPhase === null
        ? null
        : {
            venue: 'NXT',
            venuePhase: status.nxtPhase,
            phase: quote.nxt?.phase ?? status.nxtPhase,
            marketHalted: stopped(quote.nxt?.interruption ?? null),
          },
    issue: {
      date,
      product: instrument?.product ?? 'stock',
      nxt: quote.nxt !== null,
      singlePrice: quote.phase === 'periodicAuction' ? quote.phase : null,
    },
    order: {
      side,
      ...(price === null ? {} : { price }),
      limits: { upper: quote.upperLimit, lower: quote.lowerLimit },
      hasBid: book.bid !== null,
      hasAsk: book.ask !== null,
    },
  };
}

/** The market of KRX that an order is meant for: in the after-market its own codes, without asking. */
export function sessionFor(of: {
  readonly route: Route;
  readonly krxPhase: SimulationStatus['phase'];
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
}): OrderSession {
  const { route, krxPhase, type, timeInForce } = of;
  if (route !== 'KRX' || krxPhase !== 'afterMarket') return 'regular';
  return orderCodeOf({ type, timeInForce, session: 'after' }) === null ? 'regular' : 'after';
}

/** A type, or one of its times in force, as it is offered. */
export interface Offer<T extends string> {
  readonly value: T;
  /** ORD_DVSN; null where no code stands for it. */
  readonly code: string | null;
  /** null: taken now. */
  readonly reason: KindReason | null;
  readonly session: OrderSession;
}

function find(
  choices: readonly OrderChoice[],
  of: { readonly type: OrderType; readonly timeInForce: TimeInForce; readonly after: boolean },
): OrderChoice | undefined {
  const same = choices.filter((choice) => choice.type === of.type && choice.timeInForce === of.timeInForce);
  return (
    same.find((choice) => (choice.session === 'after') === of.after) ??
    same.find((choice) => !of.after || choice.session === 'regular')
  );
}

/** Times in force of a type; those that no code stands for are refused. */
export function timeOffers(
  choices: readonly OrderChoice[],
  of: { readonly type: OrderType; readonly after: boolean; readonly route: Route },
): readonly Offer<TimeInForce>[] {
  const times = TIMES.filter((time) => time !== 'gtp' || of.route === 'NXT');
  return times.map((timeInForce) => {
    const choice = find(choices, { type: of.type, timeInForce, after: of.after });
    if (choice) return { value: timeInForce, code: choice.ordDvsn, reason: choice.reason, session: choice.session };
    const none: KindReason = of.type === 'bestSame' && timeInForce !== 'gtp' ? 'BEST_SAME_NOW' : 'TYPE';
    return { value: timeInForce, code: null, reason: none, session: 'regular' };
  });
}

/** Types of the date, each with the code of the time in force in hand, taken where any of its times is. */
export function typeOffers(
  choices: readonly OrderChoice[],
  of: { readonly timeInForce: TimeInForce; readonly after: boolean; readonly route: Route },
): readonly Offer<OrderType>[] {
  return TYPES.filter((type) => choices.some((choice) => choice.type === type)).map((type) => {
    const times = timeOffers(choices, { ...of, type });
    const wanted = times.find((time) => time.value === of.timeInForce && time.code !== null);
    const day = times.find((time) => time.value === 'day');
    const shown = wanted?.reason === null ? wanted : (times.find((time) => time.reason === null) ?? day);
    return {
      value: type,
      code: shown?.code ?? null,
      reason: shown?.reason ?? null,
      session: shown?.session ?? 'regular',
    };
  });
}

/** The time in force that a type starts with: the one in hand where the type takes it, else the first that it takes. */
export function startTime(
  choices: readonly OrderChoice[],
  of: { readonly type: OrderType; readonly timeInForce: TimeInForce; readonly after: boolean; readonly route: Route },
): TimeInForce {
  const times = timeOffers(choices, of);
  const held = times.find((time) => time.value === of.timeInForce);
  const taken = held?.reason === null ? held : times.find((time) => time.reason === null);
  return (taken ?? times.find((time) => time.code !== null))?.value ?? 'day';
}

/** Every type of the day with whether it is taken now; empty where nothing is known yet. */
export function choicesOf(facts: ChoiceFacts): readonly OrderChoice[] {
  const question = questionOf(facts);
  return question ? orderChoices(question) : [];
}

/** Won at which a type without a price of its own would be sent now; null where nothing says. */
export function takenPrice(of: {
  readonly type: OrderType;
  readonly side: Side;
  readonly route: Route;
  readonly quote: Quote;
}): number | null {
  const { type, side, route, quote } = of;
  if (isPriced(type) || type === 'market') return null;
  if (type === 'preClose') return quote.base;
  if (type === 'postClose') return quote.close;
  const { bid, ask } = route === 'NXT' && quote.nxt ? quote.nxt : quote;
  if (type === 'mid') return bid === null || ask === null ? null : (bid + ask) / 2;
  return (type === 'bestSame') === (side === 'buy') ? bid : ask;
}
