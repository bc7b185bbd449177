/** A venue for tests, with its events kept. */
import {
  daySchedule,
  Venue,
  type ExchangeEvent,
  type ListedIssue,
  type OrderEntry,
  type VenueOptions,
} from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

export const DAY = sessionDate('2026-11-24');

export function listed(overrides: Partial<ListedIssue> = {}): ListedIssue {
  return { code: '005930', market: 'KOSPI', basePrice: 70_300, lotSize: 1, listedShares: null, ...overrides };
}

/** The instant of "HH:MM:SS" on the test day. */
export function clock(text: string): EpochMs {
  return kstInstant(DAY, timeOfDayMs(text));
}

export interface TestVenue {
  readonly venue: Venue;
  readonly events: ExchangeEvent[];
  /** Submits with defaults (buy, limit, day, owner 1) and gives the number or the reason. */
  order(part: Partial<OrderEntry>): number | string;
  /** Events of a kind so far. */
  of<K extends ExchangeEvent['kind']>(kind: K): Extract<ExchangeEvent, { kind: K }>[];
}

export function testVenue(
  options: Partial<Pick<VenueOptions, 'issues' | 'seed' | 'quietParticipants' | 'maxOpenOrders'>> = {},
): TestVenue {
  const { issues = [listed()], seed = 1 } = options;
  const events: ExchangeEvent[] = [];
  const schedule = daySchedule(krxCalendar, DAY);
  const venue = new Venue({ ...options, date: DAY, schedule, issues, seed }, (event) => events.push(event));
  return {
    venue,
    events,
    order: (part) => {
      const entry: OrderEntry = {
        owner: 1,
        code: issues[0]?.code ?? '',
        side: 'buy',
        type: 'limit',
        timeInForce: 'day',
        price: part.type === 'market' ? 0 : 70_300,
        quantity: 1,
        ...part,
      };
      const result = venue.submit(entry);
      return 'orderNo' in result ? result.orderNo : result.reason;
    },
    of: (kind) => events.filter((event): event is Extract<ExchangeEvent, { kind: typeof kind }> => event.kind === kind),
  };
}
