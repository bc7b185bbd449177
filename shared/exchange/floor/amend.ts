/** Changes of open orders (정정): what one may become, and the order that takes its place. */
import type { OrderType } from '../../domain/index.ts';
import type { Board } from './board.ts';
import type { Floor } from './floor.ts';
import { isAfter, isProgram, isShortSale, isSor, timeOf, typeOf } from '../book/order-form.ts';
import { BUY } from '../book/order-pool.ts';
import type { OrderRules } from './order-types.ts';
import type { OrderChange, OrderEntry, RejectCode } from '../types.ts';

/** Types that nothing can be changed into, and that cannot be changed into anything else. */
const FIXED: ReadonlySet<OrderType> = new Set(['mid', 'stopLimit', 'preClose', 'postClose', 'offHours']);

/**
 * The order that takes the place of (part of) an open one, or why it may not. Price and type count; the part that does not
 * change keeps its place. A waiting market or best order that is given a price becomes a limit order, and a best order
 * must be given another price than the one it took.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 17
 */
export function amendment(
  floor: Floor,
  rules: OrderRules,
  asked: { readonly slot: number; readonly board: Board; readonly change: OrderChange },
): { readonly entry: OrderEntry } | { readonly reason: RejectCode } {
  const { slot, board, change } = asked;
  const { pool } = floor;
  const form = pool.form[slot] as number;
  const open = pool.open[slot] as number;
  const was = { type: typeOf(form), price: pool.price[slot] as number };
  const type = change.type ?? becomes(was.type, change);
  const quantity = change.quantity ?? open;
  const price = change.price ?? (type === was.type ? was.price : 0);
  const time = timeOf(form);
  const entry: OrderEntry = {
    owner: pool.owner[slot] as number,
    code: board.code,
    side: pool.side[slot] === BUY ? 'buy' : 'sell',
    type,
    timeInForce: time,
    price: isBest(type) && change.price === undefined ? 0 : price,
    quantity,
    route: isSor(form) ? 'SOR' : board.venue,
    session: isAfter(form) ? 'after' : 'regular',
    ...(type === 'stopLimit' ? { stopPrice: pool.stop[slot] as number } : {}),
    program: isProgram(form),
    shortSale: isShortSale(form),
  };
  const hours = rules.hours(entry, board);
  if (hours !== null) return { reason: hours };
  if (type !== was.type && (FIXED.has(type) || FIXED.has(was.type))) return { reason: 'AMEND_TYPE' };
  if (!Number.isInteger(quantity) || quantity <= 0) return { reason: 'QUANTITY' };
  if (quantity > open) return { reason: 'AMEND_QUANTITY' };
  if (saysNothing(was, { type, price: entry.price })) return { reason: 'SAME_PRICE' };
  const reason = rules.check(entry, board);
  // The order it replaces as a whole leaves its room.
  if (reason === null || (reason === 'FULL' && quantity === open)) return { entry };
  return { reason };
}

/** The type of an order whose change names none. */
function becomes(type: OrderType, change: OrderChange): OrderType {
  const priced = change.price !== undefined && change.price > 0;
  return priced && (type === 'market' || isBest(type)) ? 'limit' : type;
}

function saysNothing(was: { type: OrderType; price: number }, now: { type: OrderType; price: number }): boolean {
  if (isBest(was.type)) return now.type === was.type || now.price === was.price;
  return was.type === now.type && was.price === now.price;
}

function isBest(type: OrderType): boolean {
  return type === 'bestOpposite' || type === 'bestSame';
}
