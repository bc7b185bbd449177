/** What the guard may ask about a bond, a future or an option, at home or abroad: its own day and limits as its feed tells them. */
import {
  NO_LIMITS,
  type BondInstrument,
  type DerivativeInstrument,
  type FutureAbroadInstrument,
  type IssueFacts,
  type VenueFacts,
} from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { Feed } from './feed.ts';

const orNull = (price: number): number | null => (price === 0 ? null : price);

/** The facts of an issue that is no share; `staleSince` as the hub judges its feed. */
export function productFactsOf(
  feed: Feed,
  instrument: BondInstrument | DerivativeInstrument | FutureAbroadInstrument,
  staleSince: EpochMs | null,
): IssueFacts {
  const issue = feed.issue(instrument.id);
  const { nextOpen, sessionDate: today } = feed.session();
  const sessionDate = issue?.sessionDate ?? today;
  const halted = issue?.halted ?? instrument.suspended;
  // A feed that knows nothing of it yet cannot say that it is open.
  const phase = issue?.phase ?? 'closed';
  const venue: VenueFacts = {
    venuePhase: phase,
    phase: halted ? 'halted' : phase,
    interruption: issue?.interruption ?? null,
    preCloseOpen: false,
    postCloseOpen: false,
    last: orNull(issue?.last ?? 0),
    bid: orNull(issue?.bestBid ?? 0),
    ask: orNull(issue?.bestAsk ?? 0),
  };
  const { upperLimit, lowerLimit } = issue ?? NO_LIMITS;
  return {
    instrument,
    inMarket: feed.listed(instrument.id) !== undefined,
    sessionDate,
    krx: venue,
    nxt: null,
    product: 'stock',
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
    nextOpen,
    ...(issue?.openable ? { openable: issue.openable } : {}),
  };
}
