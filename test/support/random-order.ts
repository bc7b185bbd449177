/** Orders of every kind at random, for tests in which refusals are part of life. */
import type { OrderSession, OrderType, Route, TimeInForce } from '#shared/domain/index.ts';
import { ORDER_CODES, type OrderCode } from '#shared/market/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { Phase } from '#shared/time/index.ts';

/** What the market shows; won, 0 where there is none. */
export interface Figures {
  readonly phase: Phase;
  readonly bestBid: number;
  readonly bestAsk: number;
  readonly upperLimit: number;
  readonly lowerLimit: number;
}

export interface RandomOrder {
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly session: OrderSession;
  readonly route: Route;
  readonly price: number | null;
  readonly stopPrice: number | null;
}

const ofCodes = (...codes: readonly string[]): readonly OrderCode[] =>
  ORDER_CODES.filter(({ code }) => codes.includes(code));

const PLAIN_KINDS = ofCodes('00', '01', '11', '12');
const RESTING_KINDS = ofCodes('02', '04', '21', '22');
const AFTER_KINDS = ORDER_CODES.filter(({ session }) => session === 'after');

/** A kind: mostly one that KRX takes now, else any code there is. */
function kindOf(rng: Rng, phase: Phase): OrderCode {
  if (rng.chance(0.15)) return rng.pick(ORDER_CODES);
  if (phase === 'afterMarket') return rng.pick(AFTER_KINDS);
  return rng.pick(rng.chance(0.5) ? PLAIN_KINDS : RESTING_KINDS);
}

/** One order around the figures, now and then with a price off tick. */
export function randomOrder(rng: Rng, figures: Figures): RandomOrder {
  const { type, timeInForce, session, price: given } = kindOf(rng, figures.phase);
  const { bestBid, bestAsk, upperLimit } = figures;
  const price = rng.pick([bestBid, bestAsk, bestBid + 1, bestBid - 500, upperLimit]);
  const stopPrice = rng.pick([bestBid - 100, bestBid - 300, bestAsk + 100, bestAsk + 300]);
  return {
    type,
    timeInForce,
    session,
    route: rng.pick(['KRX', 'KRX', 'KRX', 'KRX', 'KRX', 'SOR', 'NXT']),
    price: given === 'required' ? price : null,
    stopPrice: type === 'stopLimit' ? stopPrice : null,
  };
}
