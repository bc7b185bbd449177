/** What the guard may ask of the market about one issue, gathered from the feed. */
import type { Instrument, InstrumentId, IssueFacts, KrxInstrument, VenueFacts } from '#shared/domain/index.ts';
import { designationEffect, priceLimits } from '#shared/market/index.ts';
import { foreignFactsOf } from './foreign-facts.ts';
import { productFactsOf } from './product-facts.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { Feed, FeedIssue, FeedSession } from './feed.ts';

export interface MarketFacts {
  /** undefined: no such instrument. */
  facts(id: InstrumentId): IssueFacts | undefined;
  /** The exchange's clock now. */
  exchangeNow(): EpochMs;
}

/** Prices as others see them: null instead of 0 where there is none. */
export const orNull = (price: number): number | null => (price === 0 ? null : price);

function venueFacts(venuePhase: FeedSession['phase'], session: FeedSession, issue: FeedIssue): VenueFacts {
  const { preCloseOpen, postCloseOpen } = session;
  const { phase, interruption, last, bestBid, bestAsk } = issue;
  // An issue whose auction is extended, or whose day is over, is still or already in that part of its day.
  const own = phase === 'closed' || interruption?.kind === 'extension';
  return {
    venuePhase: own ? phase : venuePhase,
    phase,
    interruption,
    preCloseOpen,
    postCloseOpen,
    last: orNull(last),
    bid: orNull(bestBid),
    ask: orNull(bestAsk),
  };
}

/** An issue that is not traded in the market now running: what is known of it, with nothing traded. */
function elsewhere(instrument: KrxInstrument, session: FeedSession): Omit<IssueFacts, 'staleSince'> {
  const { market, basePrice: base, suspended: halted } = instrument;
  const { sessionDate, phase, preCloseOpen, postCloseOpen, nextOpen } = session;
  const { upper: upperLimit, lower: lowerLimit } = priceLimits({ market, date: sessionDate, basePrice: base });
  const nothing = { interruption: null, last: null, bid: null, ask: null };
  return {
    instrument,
    inMarket: false,
    sessionDate,
    krx: { venuePhase: phase, phase, preCloseOpen, postCloseOpen, ...nothing },
    nxt: null,
    product: 'stock',
    onNxt: false,
    singlePrice: null,
    firstPricePending: false,
    noReference: false,
    halted,
    base,
    upperLimit,
    lowerLimit,
    last: null,
    nextOpen,
  };
}

/** Why the issue trades at single prices by the broker's master of this very day; a file of another day says nothing of today. */
function singlePriceOf({ master }: KrxInstrument, date: SessionDate): string | null {
  if (master?.asOf !== date) return null;
  return master.designations.find((designation) => designationEffect(designation).singlePrice) ?? null;
}

/** The facts of an instrument; `staleSince` as the hub judges its feed. */
export function factsOf(feed: Feed, instrument: Instrument, staleSince: EpochMs | null): IssueFacts {
  if (instrument.priceScale === 4) return foreignFactsOf(feed, instrument, staleSince);
  if (instrument.priceScale === 2 || instrument.priceScale === 8) return productFactsOf(feed, instrument, staleSince);
  const session = feed.session();
  const { id } = instrument;
  const issue = feed.issue(id);
  const listed = feed.listed(id);
  if (!issue || !listed) return { ...elsewhere(instrument, session), staleSince };
  const { sessionDate, phase, nxtPhase, postCloseOpen, nextOpen } = session;
  const onNxt = listed.nxt === true;
  const isFirst = listed.newListing === true || listed.firstPrice !== undefined;
  const nxt = onNxt && nxtPhase !== null ? feed.issue(id, 'NXT') : undefined;
  return {
    instrument,
    inMarket: true,
    sessionDate,
    krx: venueFacts(phase, session, issue),
    nxt: nxt && nxtPhase !== null ? venueFacts(nxtPhase, session, nxt) : null,
    product: listed.product ?? 'stock',
    onNxt,
    singlePrice: listed.singlePrice ?? singlePriceOf(instrument, sessionDate),
    firstPricePending: issue.open === 0 && isFirst,
    noReference: postCloseOpen ? issue.open === 0 : isFirst,
    halted: issue.halted,
    base: issue.basePrice,
    upperLimit: issue.upperLimit,
    lowerLimit: issue.lowerLimit,
    last: orNull(issue.last),
    staleSince,
    nextOpen,
  };
}
