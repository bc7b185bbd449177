/** An exchange for tests, with its events kept. */
import {
  daySchedule,
  Exchange,
  type DaySchedule,
  type ExchangeEvent,
  type ExchangeOptions,
  type ListedIssue,
  type OrderEntry,
} from '#shared/exchange/index.ts';
import { isPriced } from '#shared/domain/index.ts';
import { krxCalendar, nxtSchedule } from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type EpochMs, type SessionDate } from '#shared/time/index.ts';

export const DAY = sessionDate('2026-11-24');

export function listed(overrides: Partial<ListedIssue> = {}): ListedIssue {
  return { code: '005930', market: 'KOSPI', basePrice: 70_300, lotSize: 1, listedShares: null, ...overrides };
}

/** The instant of "HH:MM:SS" on the test day. */
export function clock(text: string): EpochMs {
  return kstInstant(DAY, timeOfDayMs(text));
}

export interface TestExchange {
  readonly exchange: Exchange;
  readonly events: ExchangeEvent[];
  /** Submits with defaults (buy, limit, day, owner 1) and gives the number or the reason. */
  order(part: Partial<OrderEntry>): number | string;
  /** Events of a kind so far. */
  of<K extends ExchangeEvent['kind']>(kind: K): Extract<ExchangeEvent, { kind: K }>[];
  /** Events since the last look, in words, without those of a kind. */
  news(...without: ExchangeEvent['kind'][]): string[];
}

/** What a test may choose. Without a word there is no NXT, no VI and no circuit breaker. */
export type TestOptions = Partial<Omit<ExchangeOptions, 'schedule' | 'nxtSchedule'>> & { readonly nxt?: boolean };

export function testExchange(options: TestOptions = {}): TestExchange {
  const { nxt = false, date = DAY, issues = [listed(nxt ? { nxt } : {})], ...rest } = options;
  const events: ExchangeEvent[] = [];
  const hours = { schedule: daySchedule(krxCalendar, date), ...(nxt ? nxtHours(date) : {}) };
  const rules = { vi: false, breakers: false, seed: 1, ...rest, date, issues };
  const exchange = new Exchange({ ...rules, ...hours }, (event) => events.push(event));
  let seen = 0;
  return {
    exchange,
    events,
    order: (part) => {
      const { type = 'limit' } = part;
      const entry: OrderEntry = {
        owner: 1,
        code: issues[0]?.code ?? '',
        side: 'buy',
        type,
        timeInForce: 'day',
        price: isPriced(type) ? 70_300 : 0,
        quantity: 1,
        ...part,
      };
      const result = exchange.submit(entry);
      return 'orderNo' in result ? result.orderNo : result.reason;
    },
    of: (kind) => events.filter((event): event is Extract<ExchangeEvent, { kind: typeof kind }> => event.kind === kind),
    news: (...without) => {
      const fresh = events.slice(seen).filter((event) => !without.includes(event.kind));
      seen = events.length;
      return fresh.map(line);
    },
  };
}

function nxtHours(date: SessionDate): { nxtSchedule?: DaySchedule } {
  const schedule = nxtSchedule(krxCalendar, date);
  return schedule ? { nxtSchedule: schedule } : {};
}

/** An exchange after an opening auction in which nothing happened. */
export function continuous(options: TestOptions = {}): TestExchange {
  const test = testExchange(options);
  test.exchange.advanceTo(clock('09:00:30'));
  test.events.length = 0;
  return test;
}

/** An event in a few words; what NXT does is marked. */
export const line = (event: ExchangeEvent): string => {
  const nxt = 'venue' in event && event.venue === 'NXT' ? ' NXT' : '';
  switch (event.kind) {
    case 'accepted':
      return `accepted ${event.orderNo}${event.originalOrderNo ? ` for ${event.originalOrderNo}` : ''}${nxt}`;
    case 'rejected':
      return `rejected ${event.reason}`;
    case 'trade':
      return `trade ${event.quantity}@${event.price} ${event.buyOrderNo}x${event.sellOrderNo} ${event.aggressor ?? 'auction'}${nxt}`;
    case 'canceled':
      return `canceled ${event.orderNo} ${event.quantity} ${event.cause}`;
    case 'auction':
      return `auction ${event.quantity}@${event.price}${nxt}`;
    case 'phase':
      return `${event.code === '' ? '' : `${event.code} `}${event.previous} > ${event.phase}${event.cause === 'schedule' || event.cause === 'hand' ? '' : ` ${event.cause}`}${nxt}`;
    case 'vi':
      return `vi ${event.type} ${event.direction} ${event.reference} > ${event.price}${nxt}`;
    case 'circuitBreaker':
      return `breaker ${event.market} ${event.level}`;
    case 'sidecar':
      return `sidecar ${event.market} ${event.side} ${event.state}`;
    case 'triggered':
      return `triggered ${event.orderNo} at ${event.last}${nxt}`;
    case 'converted':
      return `converted ${event.orderNo} ${event.quantity}`;
    case 'base':
      return `base ${event.basePrice} ${event.lowerLimit}-${event.upperLimit}`;
    case 'close':
      return `close ${event.price}${event.special ? ' special' : ''}`;
  }
};
