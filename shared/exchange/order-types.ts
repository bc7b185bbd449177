/** Which order the exchange takes when, and the order in which it looks: session and type, quantity, price, cap. */
import { isOnTick, type TickTable } from '../market/index.ts';
import { isAuction, type Phase } from '../time/index.ts';
import type { PriceLadder } from './ladder.ts';
import type { OrderEntry, RejectCode } from './types.ts';

/** Units any order may carry at most: columns of the book are 32-bit. */
const MAX_ORDER_QUANTITY = 1_000_000_000;

/** What of an issue decides whether an order is valid. */
export interface IssueRules {
  readonly table: TickTable;
  readonly ladder: PriceLadder;
  readonly lotSize: number;
  /** Units one order may carry; null where it is not known. */
  readonly quantityCap: number | null;
  readonly halted: boolean;
  /** false: market orders are refused, as before the first price of a newly listed stock. */
  readonly takesMarket: boolean;
}

/**
 * Why the exchange refuses an order, or null if it takes it.
 * @source KRX Enforcement Rules of the KOSPI Market Business Regulation 2026-04-27 art. 13, 14, 32, 33
 */
export function checkOrder(entry: OrderEntry, rules: IssueRules, phase: Phase): RejectCode | null {
  const closed = checkSession(rules, phase);
  if (closed !== null) return closed;
  if (entry.timeInForce !== 'day' && isAuction(phase)) return 'TYPE';
  const { quantity } = entry;
  if (!Number.isInteger(quantity) || quantity <= 0 || quantity > MAX_ORDER_QUANTITY) return 'QUANTITY';
  if (quantity % rules.lotSize !== 0) return 'QUANTITY';
  if (entry.type === 'market') {
    if (entry.price !== 0) return 'PRICE';
    if (!rules.takesMarket) return 'TYPE';
  } else {
    const wrong = checkPrice(entry.price, rules);
    if (wrong !== null) return wrong;
  }
  return rules.quantityCap !== null && quantity > rules.quantityCap ? 'QUANTITY_CAP' : null;
}

/** Whether orders of an issue may enter or change now. Cancels are taken even during a halt. */
export function checkSession(rules: { readonly halted: boolean }, phase: Phase): RejectCode | null {
  if (phase === 'halted') return 'HALTED';
  if (phase !== 'continuous' && !isAuction(phase)) return 'SESSION';
  return rules.halted ? 'HALTED' : null;
}

/** A limit price must lie on its tick, then within the day's limits. */
export function checkPrice(price: number, rules: Pick<IssueRules, 'table' | 'ladder'>): RejectCode | null {
  if (rules.ladder.indexOf(price) >= 0) return null;
  return isOnTick(rules.table, price) ? 'LIMIT' : 'TICK';
}
