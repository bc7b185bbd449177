/** What a press in the ladder comes to: the act chosen, held against the guard, before anything is sent. */
import type { LadderSettings, Order, Side } from '#shared/domain/index.ts';
import type { TickTable } from '#shared/market/index.ts';
import { stepPrice } from '../../../client/price-steps.ts';
import { waitsForStop } from './rungs.ts';

export type SlipReason = 'quantity' | 'amount' | 'ticks' | 'noLast';
/** unknown: an order of the side may stand that nobody knows of yet. */
export type AskReason = SlipReason | 'unknown';
export type NoReason = SlipReason | 'noOrder' | 'noneHere' | 'notNow';

export type Decision =
  | { readonly kind: 'price' }
  | { readonly kind: 'send'; readonly side: Side; readonly quantity: number; readonly ask: AskReason | null }
  | { readonly kind: 'move'; readonly orders: readonly Order[]; readonly ask: SlipReason | 'carried' | null }
  | { readonly kind: 'cancel'; readonly orders: readonly Order[] }
  | { readonly kind: 'refuse'; readonly why: NoReason };

/** What the guard holds an order against. */
export interface SlipFacts {
  readonly settings: Pick<LadderSettings, 'maxQuantity' | 'maxAmount' | 'maxTicks'>;
  /** What a quantity is worth at a price, in minor units of the currency. */
  readonly worth: (price: number, quantity: number) => number;
  readonly last: number | null;
  readonly table: TickTable | null;
}

/** The first limit that an order exceeds; null where none is. Without a last price or ticks no distance can be told. */
export function slipOf(of: { readonly price: number; readonly quantity: number }, facts: SlipFacts): SlipReason | null {
  const { settings, last, table } = facts;
  if (of.quantity > settings.maxQuantity) return 'quantity';
  if (facts.worth(of.price, of.quantity) > settings.maxAmount) return 'amount';
  if (last === null || table === null) return 'noLast';
  const edge = stepPrice(table, last, of.price > last ? settings.maxTicks : -settings.maxTicks);
  return (of.price > last ? of.price > edge : of.price < edge) ? 'ticks' : null;
}

/** Open quantity of an order. */
export function restOf(order: Order): number {
  return order.quantity - order.filledQty;
}

/** An order whose state is known and with nothing under way: it may be changed. */
export function changeable(order: Order): boolean {
  return (
    order.state !== 'unconfirmed' &&
    order.state !== 'submitting' &&
    order.pending === 'none' &&
    order.price !== null &&
    !waitsForStop(order)
  );
}

/** Those that can still be taken back: all but the ones whose cancelling is under way. The core keeps the wish of one that is not confirmed yet until its number is known. */
export function cancellable(orders: readonly Order[]): readonly Order[] {
  return orders.filter((order) => order.pending !== 'cancel');
}

/** My order of a side whose price is nearest, the older of two; null: none that could be moved. */
export function nearestOwn(orders: readonly Order[], side: Side, price: number): Order | null {
  let best: Order | null = null;
  let far = Number.POSITIVE_INFINITY;
  for (const order of orders) {
    if (order.side !== side || !changeable(order) || order.price === null || order.price === price) continue;
    const distance = Math.abs(order.price - price);
    if (distance < far) {
      best = order;
      far = distance;
    }
  }
  return best;
}

export interface Press {
  /** null: the price itself was pressed, which belongs to neither side. */
  readonly side: Side | null;
  readonly price: number;
  readonly settings: LadderSettings;
  readonly worth: SlipFacts['worth'];
  /** May this panel send at once, or move what stands, here and now? */
  readonly sends: boolean;
  /** May it take back what stands? Wider than `sends`: taking back is allowed while new orders are not. */
  readonly cancels: boolean;
  /** Sides on which an order may stand that nobody knows of yet. */
  readonly unknown: ReadonlySet<Side>;
  /** My open orders of the issue. */
  readonly own: readonly Order[];
  readonly last: number | null;
  readonly table: TickTable | null;
}

function guarded(reason: SlipReason | null, settings: LadderSettings): SlipReason | 'refuse' | null {
  if (reason === null) return null;
  // A distance that cannot be told cannot be judged by a yes either.
  return settings.over === 'refuse' || reason === 'noLast' ? 'refuse' : reason;
}

function moved(orders: readonly Order[], price: number, press: Press): Decision {
  const quantity = orders.reduce((sum, order) => sum + restOf(order), 0);
  const reason = slipOf({ price, quantity }, press);
  const ask = guarded(reason, press.settings);
  return ask === 'refuse' ? { kind: 'refuse', why: reason ?? 'ticks' } : { kind: 'move', orders, ask };
}

/** What letting go of my orders of a side comes to, which were carried from the price `from`. Where a press only takes prices, a hand that slipped is asked first. */
export function decideCarried(press: Press, from: number): Decision {
  if (!press.sends) return { kind: 'refuse', why: 'notNow' };
  const orders = press.own.filter(
    (order) => order.side === press.side && order.price === from && from !== press.price && changeable(order),
  );
  if (orders.length === 0) return { kind: 'refuse', why: 'noOrder' };
  const decision = moved(orders, press.price, press);
  const direct = press.settings.act === 'send' || press.settings.act === 'move';
  return decision.kind === 'move' && !direct ? { ...decision, ask: decision.ask ?? 'carried' } : decision;
}

export function decide(press: Press): Decision {
  const { side, price, settings, own } = press;
  if (settings.act === 'cancel') {
    if (!press.cancels) return { kind: 'refuse', why: 'notNow' };
    const orders = cancellable(own).filter(
      (order) =>
        (waitsForStop(order) ? order.stopPrice : order.price) === price && (side === null || order.side === side),
    );
    return orders.length === 0 ? { kind: 'refuse', why: 'noneHere' } : { kind: 'cancel', orders };
  }
  if (settings.act === 'price' || side === null) return { kind: 'price' };
  if (!press.sends) return { kind: 'refuse', why: 'notNow' };
  if (settings.act === 'move') {
    const order = nearestOwn(own, side, price);
    if (!order) return { kind: 'refuse', why: 'noOrder' };
    return moved([order], price, press);
  }
  const { quantity } = settings;
  const reason = slipOf({ price, quantity }, press);
  const ask = guarded(reason, settings);
  if (ask === 'refuse') return { kind: 'refuse', why: reason ?? 'ticks' };
  return { kind: 'send', side, quantity, ask: press.unknown.has(side) ? 'unknown' : ask };
}
