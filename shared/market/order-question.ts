/** The question of the order-code table, asked of what is known of an issue: guard and live fills judge by the same one. */
import type { IssueFacts, Route, Side, VenueFacts, VenueName } from '../domain/index.ts';
import { acceptance, type KindReason, type OrderKind, type VenueMoment } from './order-code.ts';

function momentOf(venue: VenueName, facts: VenueFacts): VenueMoment {
  const { venuePhase, phase, interruption, preCloseOpen, postCloseOpen } = facts;
  const marketHalted = interruption?.kind === 'circuitBreaker';
  return { venue, venuePhase, phase, preCloseOpen, postCloseOpen, marketHalted };
}

/** Why a kind of order is not taken now on its route, or null. `price` in won, null where it has none. */
export function kindRefusal(
  issue: IssueFacts,
  order: OrderKind & { readonly route: Route; readonly side: Side; readonly price: number | null },
): KindReason | null {
  const { krx, nxt, sessionDate: date, product, onNxt, singlePrice, firstPricePending, noReference } = issue;
  const at = order.route === 'NXT' ? nxt : krx;
  const rest = {
    side: order.side,
    limits: { upper: issue.upperLimit, lower: issue.lowerLimit },
    // SOR takes the quote wherever there is one; which venue it is goes with the exchange.
    hasBid: at?.bid !== null || (order.route === 'SOR' && nxt?.bid !== null),
    hasAsk: at?.ask !== null || (order.route === 'SOR' && nxt?.ask !== null),
  };
  return acceptance({
    kind: order,
    route: order.route,
    krx: momentOf('KRX', krx),
    nxt: nxt && momentOf('NXT', nxt),
    issue: { date, product, nxt: onNxt, singlePrice, firstPricePending, noReference },
    order: order.price === null ? rest : { ...rest, price: order.price },
  });
}
