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

/** A venue after an opening auction in which nothing happened. */
export function continuous(options: Parameters<typeof testVenue>[0] = {}): TestVenue {
  const test = testVenue(options);
  test.venue.advanceTo(clock('09:00:30'));
  test.events.length = 0;
  return test;
}

/** An event in a few words. */
export const line = (event: ExchangeEvent): string => {
  switch (event.kind) {
    case 'accepted':
      return `accepted ${event.orderNo}${event.originalOrderNo ? ` for ${event.originalOrderNo}` : ''}`;
    case 'rejected':
      return `rejected ${event.reason}`;
    case 'trade':
      return `trade ${event.quantity}@${event.price} ${event.buyOrderNo}x${event.sellOrderNo} ${event.aggressor ?? 'auction'}`;
    case 'canceled':
      return `canceled ${event.orderNo} ${event.quantity} ${event.cause}`;
    case 'auction':
      return `auction ${event.quantity}@${event.price}`;
    case 'phase':
      return `${event.previous} > ${event.phase}`;
  }
};
