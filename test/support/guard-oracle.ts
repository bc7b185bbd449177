/** What forbids an order, by rules written down here once more and not the guard's own: the judge of its judgements. */
import type { NewOrder } from '#shared/domain/index.ts';
import { GHOST, type World } from './guard-world.ts';

/** @source KRX, tick sizes of stocks since 2023-01-25 */
const TICKS = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
  [Infinity, 1_000],
] as const;
const tickOf = (price: number): number => TICKS.find(([below]) => price < below)?.[1] ?? 1;

/** @source KRX Enforcement Rules of the KOSPI Market Business Regulation art. 14: shares of one order by market capitalisation */
function capOf(base: number, shares: number): number {
  const worth = base * shares;
  if (worth >= 10_000_000_000_000) return Math.floor(100_000_000_000 / base);
  if (worth >= 100_000_000_000) return Math.floor(shares / 100);
  if (worth >= 20_000_000_000) return Math.floor(1_000_000_000 / base);
  return Math.floor(shares / 20);
}

const PRICED = new Set(['limit', 'conditionalLimit', 'stopLimit', 'offHours']);
/** Where KRX and NXT take nothing of the regular session. */
const SHUT = new Set([
  'closed',
  'preOpen',
  'break',
  'halted',
  'preMarket',
  'afterMarket',
  'afterAuction',
  'offHours',
  'postClose',
]);
const AUCTION = new Set(['openAuction', 'closeAuction', 'viAuction', 'reopenAuction', 'periodicAuction']);

/** Every rule that forbids the order, in words. */
export function forbidden(order: NewOrder & { readonly automated: boolean }, world: World): string[] {
  const { issue } = world;
  const { side, type, price, stopPrice, quantity, route, session, timeInForce } = order;
  const found: string[] = [];
  const no = (rule: string, when: boolean): void => {
    if (when) found.push(rule);
  };
  no('halted', world.state === 'halted');
  no('reducing', world.state === 'reducing' && side === 'buy');
  no('locked', world.locked);
  no('unknown issue', order.instrumentId === GHOST);
  no('another market', !issue.inMarket);
  no('dollars', world.currency !== 'KRW');
  no('trading halt', issue.halted);
  no('stale', issue.staleSince !== null);
  no('a price where none belongs, or none where one does', PRICED.has(type) !== (price !== null));
  no('a stop where none belongs, or none where one does', (type === 'stopLimit') !== (stopPrice !== null));
  for (const each of [price, stopPrice]) {
    if (each === null) continue;
    no('tick', each % tickOf(each) !== 0);
    no('limits', each > issue.upperLimit || each < issue.lowerLimit);
  }
  no('lot', quantity < 1);
  no('ten million units', quantity > 10_000_000);
  const { instrument } = issue;
  const shares = instrument.priceScale === 0 ? instrument.listedShares : null;
  no('cap of the exchange', shares !== null && quantity > capOf(issue.base, shares));
  const worth = price ?? (side === 'buy' ? issue.upperLimit : (issue.last ?? issue.base));
  no('five billion won', worth * quantity > 5_000_000_000);
  const venue = route === 'NXT' ? issue.nxt : issue.krx;
  const market = stopPrice ?? venue?.last ?? issue.last ?? issue.base;
  no('collar of 20 %', price !== null && (side === 'buy' ? price - market : market - price) > market * 0.2);
  no('cash', side === 'buy' && worth * quantity > world.powerKrw);
  no('not held', side === 'sell' && quantity > world.held - world.reserved);
  no(
    'the same within three seconds',
    !order.allowDuplicate && world.sent.some(({ agoMs, isSame }) => isSame && agoMs < 3_000),
  );
  no('five a second', world.sent.filter(({ agoMs }) => agoMs < 1_000).length >= 5);
  no('sixty a minute', world.sent.filter(({ agoMs }) => agoMs < 60_000).length >= 60);
  no('outcome not known', world.unconfirmed && (order.automated || !order.allowDuplicate));
  no('NXT does not trade it', route === 'NXT' && !issue.onNxt);
  // @source KIS notice 2026-09-09: NXT takes no market order that may wait, and one at once in its pre-market too.
  const nxtOpen = issue.nxt?.phase === 'continuous' || issue.nxt?.phase === 'preMarket';
  if (session === 'regular' && (type === 'limit' || type === 'market')) {
    const krxShut = SHUT.has(issue.krx.phase);
    no('KRX is shut', route === 'KRX' && krxShut);
    no(
      'both are shut',
      route === 'SOR' &&
        krxShut &&
        (issue.nxt === null || SHUT.has(issue.nxt.phase)) &&
        issue.nxt?.phase !== 'preMarket',
    );
    no('market order while NXT is shut', route === 'NXT' && type === 'market' && !nxtOpen);
    no('market order of the day on NXT', route === 'NXT' && type === 'market' && timeInForce === 'day');
    no('at once in an auction', route === 'KRX' && timeInForce !== 'day' && AUCTION.has(issue.krx.phase));
  }
  no('after-market order by day', session === 'after' && route === 'KRX' && issue.krx.venuePhase === 'continuous');
  protectedAgainst(order, world, no);
  return found;
}

function protectedAgainst(
  { side, type, price, automated }: NewOrder & { readonly automated: boolean },
  { issue, protection }: World,
  no: (rule: string, when: boolean) => void,
): void {
  if (!protection || (protection.buysOnly && side === 'sell')) return;
  const { krx, nxt, last, base } = issue;
  switch (protection.kind) {
    case 'block':
      return no('blocked', true);
    case 'cooling':
      return no('cooling', side === 'buy');
    case 'freeze':
      return no('frozen', automated);
    case 'auction':
      return no('auction mode', type === 'market');
    case 'collar': {
      no('collared market order', type === 'market');
      const far = (side === 'buy' ? (krx.ask ?? nxt?.ask) : (krx.bid ?? nxt?.bid)) ?? last ?? base;
      // A price step more on either side: the edge is rounded to the tick.
      const reach = far * 0.01 + tickOf(far);
      no(
        'through the collar',
        type === 'limit' && price !== null && (side === 'buy' ? price > far + reach : price < far - reach),
      );
    }
  }
}
