/** What the guard may ask about a foreign issue: its own day by the clocks of its exchange, and prices in 1/10,000 of its currency. */
import {
  NO_LIMITS,
  foreignExchangeOf,
  type IssueFacts,
  type ForeignInstrument,
  type VenueFacts,
} from '#shared/domain/index.ts';
import { overseasMoment, overseasSession, type OverseasMoment } from '#shared/market/index.ts';
import { kstDate, kstTimeText, type EpochMs } from '#shared/time/index.ts';
import type { Feed } from './feed.ts';

const orNull = (price: number): number | null => (price === 0 ? null : price);

/** Where the exchange of a foreign issue stands in its day. */
export function foreignMoment(instrument: Pick<ForeignInstrument, 'id'>, at: EpochMs): OverseasMoment {
  return overseasMoment(foreignExchangeOf(instrument.id) ?? 'NASD', at);
}

/** An instant as a person in Korea reads it: "18:00", or with the day where it is another one. */
function nextText(next: EpochMs | null, now: EpochMs): string | null {
  if (next === null) return null;
  const [date, time] = [kstDate(next), kstTimeText(next).slice(0, 5)];
  return date === kstDate(now) ? `${time}(한국 시각)` : `${date.slice(5)} ${time}(한국 시각)`;
}

/** The facts of a foreign issue; `staleSince` as the hub judges its feed. */
export function foreignFactsOf(feed: Feed, instrument: ForeignInstrument, staleSince: EpochMs | null): IssueFacts {
  const { exchangeTs } = feed.session();
  const moment = foreignMoment(instrument, exchangeTs);
  const issue = feed.issue(instrument.id);
  const halted = issue?.halted ?? instrument.suspended;
  const venue: VenueFacts = {
    venuePhase: moment.phase,
    phase: halted ? 'halted' : moment.phase,
    interruption: null,
    preCloseOpen: false,
    postCloseOpen: false,
    last: orNull(issue?.last ?? 0),
    bid: orNull(issue?.bestBid ?? 0),
    ask: orNull(issue?.bestAsk ?? 0),
  };
  const { upperLimit, lowerLimit } = issue ?? NO_LIMITS;
  const exchange = foreignExchangeOf(instrument.id) ?? 'NASD';
  return {
    instrument: { ...instrument, lotSize: issue?.lotSize ?? instrument.lotSize },
    inMarket: feed.listed(instrument.id) !== undefined,
    sessionDate: moment.date,
    krx: venue,
    nxt: null,
    product: instrument.product ?? 'stock',
    onNxt: false,
    singlePrice: null,
    firstPricePending: false,
    noReference: false,
    halted,
    base: issue?.basePrice ?? instrument.basePrice,
    upperLimit,
    lowerLimit,
    last: venue.last,
    staleSince,
    nextOpen: nextText(moment.nextOpenTs, exchangeTs),
    holidaysKnown: overseasSession(exchange, moment.date).status !== 'U',
  };
}
