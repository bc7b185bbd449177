/** Guard rules on the kind of an order: where and when its type is taken, and the stop price. */
import { mulDiv } from '../num/index.ts';
import { NAME_KO } from '../errors/index.ts';
import { epochMs, kstTimeText } from '../time/index.ts';
import {
  deny,
  isForeign,
  referencePrice,
  venueFacts,
  type Denial,
  type GuardedOrder,
  type GuardFacts,
  type IssueFacts,
  type Judge,
  type KindRefusal,
} from './guard-facts.ts';
import { productOf } from './instrument.ts';
import { isPriced } from './order.ts';

const nameOf = (order: GuardedOrder, facts: GuardFacts): string => facts.kind.nameKo ?? NAME_KO[order.type];

function unknownKind(order: GuardedOrder, refusal: KindRefusal | null): Denial {
  if (refusal === 'BEST_SAME_NOW') return deny('GUARD_BEST_SAME_NOW');
  const session = { regular: '', after: `${NAME_KO.afterMarket} `, night: `${NAME_KO.night} ` }[order.session];
  return deny('GUARD_KIND', { type: `${session}${NAME_KO[order.type]} ${NAME_KO[order.timeInForce]}` });
}

/** A kind that no code stands for, that the date did not have, or whose price cannot be changed. */
export const kindExists: Judge = (order, facts, issue) => {
  const { nameKo, onDate, canAmend, refusal } = facts.kind;
  if (isForeign(issue)) {
    if (nameKo === null) return deny('GUARD_FOREIGN_TYPE');
    return canAmend ? null : deny('GUARD_FOREIGN_AMEND');
  }
  if (nameKo === null && productOf(order.instrumentId) === 'bond') return deny('GUARD_BOND_TYPE');
  if (nameKo === null) return unknownKind(order, refusal);
  if (!onDate) return deny('GUARD_TYPE_DATE', { date: issue.sessionDate, type: nameKo });
  return canAmend ? null : deny('GUARD_AMEND_TYPE', { type: nameKo });
};

/** NXT, and SOR which chooses between both, only where NXT trades the issue. */
export const routeFits: Judge = (order, _facts, issue) => {
  if (order.route === 'KRX' || issue.onNxt) return null;
  return deny(issue.product === 'stock' ? 'GUARD_NOT_ON_NXT' : 'GUARD_NO_ETP');
};

type Telling = (order: GuardedOrder, facts: GuardFacts, issue: IssueFacts) => Denial;

const typed =
  (code: Denial['code']): Telling =>
  (order, facts) =>
    deny(code, { type: nameOf(order, facts) });

const TELLING: Readonly<Record<KindRefusal, Telling>> = {
  SESSION: (order, { kind }, issue) => {
    const phase = venueFacts(order.route, issue)?.venuePhase ?? 'closed';
    // An order for the night is none for the day, and the other way round: neither is sent as the other.
    if (order.session === 'night') return deny('GUARD_NIGHT_OVER');
    if (phase === 'night') return deny('GUARD_NIGHT_NOW');
    return deny('GUARD_SESSION', {
      phase: NAME_KO[phase],
      next: kind.next ?? issue.nextOpen ?? NAME_KO.opening,
    });
  },
  TYPE: (order, facts, issue) =>
    deny('GUARD_TYPE', {
      phase: NAME_KO[venueFacts(order.route, issue)?.phase ?? 'closed'],
      type: nameOf(order, facts),
    }),
  TYPE_HOURS: (order, facts, issue) =>
    deny('GUARD_TYPE_HOURS', {
      type: nameOf(order, facts),
      venue: order.route === 'NXT' ? 'NXT' : 'KRX',
      phase: NAME_KO[venueFacts(order.route, issue)?.venuePhase ?? 'closed'],
      next: facts.kind.next ?? NAME_KO.itsHours,
    }),
  HALTED: () => deny('GUARD_HALT'),
  MARKET_HALTED: (order, _facts, issue) => {
    const until = venueFacts(order.route, issue)?.interruption?.untilTs ?? null;
    return deny('GUARD_MARKET_HALT', {
      market: issue.instrument.market,
      until: until === null ? NAME_KO.resumed : kstTimeText(epochMs(until)),
    });
  },
  VENUE_TYPE: (order, facts) => deny('GUARD_VENUE_TYPE', { venue: order.route, type: nameOf(order, facts) }),
  NOT_ON_NXT: () => deny('GUARD_NOT_ON_NXT'),
  NO_ETP: () => deny('GUARD_NO_ETP'),
  CONDITIONAL_LIMIT: () => deny('GUARD_CONDITIONAL_LIMIT'),
  SINGLE_PRICE: typed('GUARD_SINGLE_PRICE'),
  NO_QUOTE: typed('GUARD_NO_QUOTE'),
  BEST_SAME_NOW: () => deny('GUARD_BEST_SAME_NOW'),
  MARKET_BANNED: typed('GUARD_MARKET_BANNED'),
  NO_REFERENCE: typed('GUARD_NO_REFERENCE'),
};

/** Whether the route takes the kind at this moment: the one truth is shared/market's order codes. */
export const takenNow: Judge = (order, facts, issue) => {
  const { refusal } = facts.kind;
  return refusal === null ? null : TELLING[refusal](order, facts, issue);
};

/** A price where the type carries one, and none where it does not. */
export const pricePresence: Judge = (order, facts) => {
  const priced = isPriced(order.type);
  if (priced && order.price === null) return deny('GUARD_PRICE_MISSING', { type: nameOf(order, facts) });
  return !priced && order.price !== null ? deny('GUARD_PRICE_UNWANTED', { type: nameOf(order, facts) }) : null;
};

/** A stop price where the type has one, and none where it does not. */
export const stopPresence: Judge = (order) => {
  if (order.type === 'stopLimit') return order.stopPrice === null ? deny('GUARD_STOP_MISSING') : null;
  return order.stopPrice === null ? null : deny('GUARD_STOP_UNWANTED');
};

export const stopTick: Judge = (order, facts) => {
  if (order.stopPrice === null || facts.stopTick === null || facts.stopTick.below === order.stopPrice) return null;
  const { size, below, above } = facts.stopTick;
  return deny('GUARD_STOP_TICK', { tick: size, below, above });
};

export const stopLimits: Judge = (order, _facts, issue) => {
  const { lowerLimit: lower, upperLimit: upper } = issue;
  if (order.stopPrice === null || (order.stopPrice >= lower && order.stopPrice <= upper)) return null;
  return deny('GUARD_STOP_LIMITS', { lower, upper });
};

/** Denies a distance in won that is more than the collar allows of `from`. */
export function collarOf(
  code: 'GUARD_COLLAR' | 'GUARD_STOP_COLLAR',
  facts: GuardFacts,
  span: { readonly from: number; readonly distance: number },
): Denial | null {
  const { collarPpb } = facts.settings;
  if (span.distance <= mulDiv(span.from, collarPpb, 1_000_000_000, 'floor')) return null;
  const percent = mulDiv(span.distance, 1_000, span.from, 'ceil') / 10;
  return deny(code, { percent, limit: collarPpb / 10_000_000 });
}

/** A stop far from the market, either way, is taken for a slip like a price far from it. */
export const stopCollar: Judge = (order, facts, issue) => {
  if (order.stopPrice === null || issue.firstPricePending) return null;
  const from = referencePrice(order, issue);
  return collarOf('GUARD_STOP_COLLAR', facts, { from, distance: Math.abs(order.stopPrice - from) });
};

/** Notes on a draft; they stop nothing. */
export const viRuns: Judge = (order, _facts, issue) => {
  const running = venueFacts(order.route, issue)?.interruption;
  if (running?.kind !== 'viStatic' && running?.kind !== 'viDynamic') return null;
  const { untilTs } = running;
  // Its end is drawn at random, up to half a minute later.
  const until = untilTs === null ? NAME_KO.viEnd : `${kstTimeText(epochMs(untilTs))} 무렵`;
  return deny('GUARD_VI_NOW', { until });
};

export const stopMet: Judge = (order, _facts, issue) => {
  const last = venueFacts(order.route, issue)?.last ?? null;
  if (order.stopPrice === null || last === null) return null;
  const met = order.side === 'buy' ? last >= order.stopPrice : last <= order.stopPrice;
  return met ? deny('GUARD_STOP_MET') : null;
};
