/** What an order is, packed into one number for the pool: type, time in force, session, marks, and where it waits. */
import { OrderType, TimeInForce } from '../../domain/index.ts';
import type { OrderEntry } from '../types.ts';

/** Types and times by their number; the hash and snapshots count by place. */
export const ORDER_TYPES = OrderType.options;
export const TIMES = TimeInForce.options;

const TIME_SHIFT = 4;
const AFTER = 1 << 6;
const SOR = 1 << 7;
const PROGRAM = 1 << 8;
const SHORT_SALE = 1 << 9;
const HOME_SHIFT = 10;
const KIND_MASK = AFTER | (AFTER - 1);

/** Where an order waits: in the book, for its stop price, in a fixed-price queue, or frozen by a sidecar. */
export const HOME = { book: 0, stop: 1, preClose: 2, postClose: 3, parked: 4 } as const;
export type Home = (typeof HOME)[keyof typeof HOME];

/** Numbers of types and times that the matching asks about. */
export const MID = ORDER_TYPES.indexOf('mid');
export const IOC = TIMES.indexOf('ioc');
export const FOK = TIMES.indexOf('fok');
/** Number of an order's type, and of its time in force. */
export const typeNo = (form: number): number => form & 15;
export const timeNo = (form: number): number => (form >>> TIME_SHIFT) & 3;

/** Number of different kinds: type, time in force and session. */
export const KINDS = 128;

const typeNumber = (type: OrderEntry['type']): number => (type === 'limit' ? 0 : ORDER_TYPES.indexOf(type));
const timeNumber = (time: OrderEntry['timeInForce']): number => (time === 'day' ? 0 : TIMES.indexOf(time));

/** The packed form of an order; its low seven bits are its kind. */
export function formOf(entry: OrderEntry): number {
  let form = typeNumber(entry.type) | (timeNumber(entry.timeInForce) << TIME_SHIFT);
  if (entry.session === 'after') form |= AFTER;
  if (entry.route === 'SOR') form |= SOR;
  if (entry.program === true) form |= PROGRAM;
  if (entry.shortSale === true) form |= SHORT_SALE;
  return form;
}

/** 0 … KINDS − 1. */
export const kindOf = (form: number): number => form & KIND_MASK;
export const typeOf = (form: number): OrderType => ORDER_TYPES[form & 15] as OrderType;
export const timeOf = (form: number): TimeInForce => TIMES[(form >>> TIME_SHIFT) & 3] as TimeInForce;
export const isAfter = (form: number): boolean => (form & AFTER) !== 0;
export const isSor = (form: number): boolean => (form & SOR) !== 0;
export const isProgram = (form: number): boolean => (form & PROGRAM) !== 0;
export const isShortSale = (form: number): boolean => (form & SHORT_SALE) !== 0;
export const homeOf = (form: number): Home => ((form >>> HOME_SHIFT) & 7) as Home;

/** The same order waiting elsewhere. */
export const withHome = (form: number, home: Home): number => (form & ((1 << HOME_SHIFT) - 1)) | (home << HOME_SHIFT);
/** The same order as another type. */
export const withType = (form: number, type: OrderType): number => (form & ~15) | typeNumber(type);
