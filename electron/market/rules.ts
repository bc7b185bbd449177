/** The rule sheet of an instrument now: its facts and the running market, put to the rules of the day. */
import type { KrxInstrument, RuleSheet, VenueName } from '#shared/domain/index.ts';
import { krxCalendar, ruleSheet, type RuleLive, type RuleVenueLive, type ViClass } from '#shared/market/index.ts';
import { orNull } from './facts.ts';
import type { Feed } from './feed.ts';

function venueLive(feed: Feed, instrument: KrxInstrument, venue: VenueName): RuleVenueLive | null {
  const { phase, nxtPhase } = feed.session();
  const issue = feed.issue(instrument.id, venue);
  const venuePhase = venue === 'KRX' ? phase : nxtPhase;
  if (!issue || venuePhase === null) return null;
  const { interruption, viUp, viDown } = issue;
  return { venuePhase, phase: issue.phase, interruption, viUp: orNull(viUp), viDown: orNull(viDown) };
}

/** How the running market stands for the issue; null where it is not traded there. */
function liveOf(feed: Feed, instrument: KrxInstrument): RuleLive | null {
  const issue = feed.issue(instrument.id);
  const listed = feed.listed(instrument.id);
  const krx = venueLive(feed, instrument, 'KRX');
  if (!issue || krx === null) return null;
  return {
    base: issue.basePrice,
    upperLimit: issue.upperLimit,
    lowerLimit: issue.lowerLimit,
    last: orNull(issue.last),
    firstPricePending: issue.open === 0 && (listed?.newListing === true || listed?.firstPrice !== undefined),
    krx,
    nxt: venueLive(feed, instrument, 'NXT'),
    market: feed.markets().find(({ market }) => market === instrument.market) ?? null,
  };
}

/** What applies to an instrument now, on the clock of the feed; `viClass`: what the user says its VI class is. */
export function rulesOf(feed: Feed, instrument: KrxInstrument, viClass: ViClass | null): RuleSheet {
  const { code, nameKo, market, basePrice, asOf, listedShares, kospi200, suspended, master } = instrument;
  const { sessionDate: date, exchangeTs: at } = feed.session();
  const listed = feed.listed(instrument.id);
  const live = liveOf(feed, instrument);
  const nxt = live === null ? (instrument.nxt ?? null) : listed?.nxt === true;
  return ruleSheet({
    issue: {
      code,
      nameKo,
      market,
      basePrice,
      baseAsOf: asOf,
      listedShares,
      product: listed?.product ?? instrument.product ?? 'stock',
      kospi200,
      viClass,
      nxt,
      newListing: listed?.newListing === true,
      singlePrice: listed?.singlePrice ?? null,
      ...(master ? { designations: master.designations } : {}),
      halted: live === null ? suspended : live.krx.phase === 'halted',
    },
    calendar: krxCalendar,
    date,
    at,
    live,
  });
}
