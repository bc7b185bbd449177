/** A synthetic market for tests, on both venues where asked, with what happens in it. */
import {
  daySchedule,
  Exchange,
  nxtSchedule,
  SyntheticMarket,
  type ExchangeEvent,
  type ExchangeOptions,
  type ListedIssue,
  type SyntheticOptions,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

export const STAGE_DAY = sessionDate('2026-11-23');

/** The instant of a time of the stage's day. */
export function stageAt(time: string): EpochMs {
  return kstInstant(STAGE_DAY, timeOfDayMs(time));
}

type EventOf<K extends ExchangeEvent['kind']> = Extract<ExchangeEvent, { kind: K }>;

export interface Stage {
  readonly exchange: Exchange;
  readonly market: SyntheticMarket;
  readonly trades: readonly EventOf<'trade'>[];
  /** Everything but trades, as far as it is delivered. */
  readonly others: readonly ExchangeEvent[];
  of<K extends ExchangeEvent['kind']>(kind: K): readonly EventOf<K>[];
}

/** Starts a day. `venues: 'both'` opens NXT too, for the issues that are traded there. */
export function stage(
  issues: readonly ListedIssue[],
  how: {
    readonly seed?: number;
    readonly venues?: 'KRX' | 'both';
    readonly exchange?: Partial<ExchangeOptions>;
    readonly market?: Partial<SyntheticOptions>;
  } = {},
): Stage {
  const { seed = 3, venues = 'KRX' } = how;
  const trades: EventOf<'trade'>[] = [];
  const others: ExchangeEvent[] = [];
  const date = how.exchange?.date ?? STAGE_DAY;
  const nxt = venues === 'both' ? nxtSchedule(krxCalendar, date) : undefined;
  const schedule = daySchedule(krxCalendar, date);
  const options = { date, schedule, issues, seed, quietParticipants: true, ...(nxt && { nxtSchedule: nxt }) };
  const exchange = new Exchange({ ...options, ...how.exchange }, (event) => {
    if (event.kind === 'trade') trades.push(event);
    else others.push(event);
  });
  const market = new SyntheticMarket({ exchange, issues, seed, ...how.market });
  const of = <K extends ExchangeEvent['kind']>(kind: K): readonly EventOf<K>[] =>
    others.filter((event): event is EventOf<K> => event.kind === kind);
  return { exchange, market, trades, others, of };
}
