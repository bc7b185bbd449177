/** Size-first allocation (상·하한가 동시호가): how simultaneous quotes at a limit price are served, until they are filled. */
import type { OrderPool, SideCode } from './order-pool.ts';

/** Trading units each order gets in the first round. */
const FIRST_ROUND_UNITS = 100;

/** What of an allocation is left, as a snapshot keeps it: turns in the order in which they are served. */
export interface AllocationState {
  readonly side: SideCode;
  readonly orderNos: readonly number[];
  readonly quantities: readonly number[];
}

/** The first round ends at 100 trading units, the second at half of the rest; a broken unit counts as a whole one. */
function shares(open: number, unit: number): readonly [number, number, number] {
  const first = Math.min(open, FIRST_ROUND_UNITS * unit);
  const rest = open - first;
  const second = Math.min(rest, Math.ceil(rest / 2 / unit) * unit);
  return [first, second, rest - second];
}

/**
 * Turns of orders: larger orders first (of equal ones the earlier), 100 trading units each, then half of each one's rest,
 * then what is left. An order that leaves the book loses its turns; one that is made smaller loses its last ones.
 * @source KRX KOSPI Market Business Regulation 2026-04-15 art. 22(3); Enforcement Rules 2026-04-27 art. 34
 */
export class Allocation {
  readonly side: SideCode;
  readonly #pool: OrderPool;
  readonly #orderNos: number[] = [];
  readonly #quantities: number[] = [];
  #at = 0;
  /** Slot of the turn under way; −1 until it is looked up. */
  #slot = -1;

  constructor(pool: OrderPool, side: SideCode) {
    this.#pool = pool;
    this.side = side;
  }

  /** Deals out turns to orders given in time order. `unit`: the trading unit. */
  static deal(pool: OrderPool, side: SideCode, slots: readonly number[], unit: number): Allocation {
    const allocation = new Allocation(pool, side);
    const open = (slot: number): number => pool.open[slot] as number;
    const bySize = [...slots].sort((a, b) => open(b) - open(a));
    for (const round of [0, 1, 2] as const) {
      for (const slot of bySize) {
        const quantity = shares(open(slot), unit)[round];
        if (quantity > 0) {
          allocation.#orderNos.push(pool.orderNo[slot] as number);
          allocation.#quantities.push(quantity);
        }
      }
    }
    return allocation;
  }

  /** The allocation a snapshot kept; its orders are in the pool again. */
  static restore(pool: OrderPool, state: AllocationState): Allocation {
    const allocation = new Allocation(pool, state.side);
    allocation.#orderNos.push(...state.orderNos);
    allocation.#quantities.push(...state.quantities);
    return allocation;
  }

  /** Slot of the order whose turn it is; −1 when all have been filled or have left. */
  slot(): number {
    const pool = this.#pool;
    const { length } = this.#orderNos;
    if (this.#slot >= 0 && pool.orderNo[this.#slot] === this.#orderNos[this.#at]) return this.#slot;
    while (this.#at < length) {
      const slot = pool.slotOf(this.#orderNos[this.#at] as number);
      if (slot >= 0) {
        this.#slot = slot;
        return slot;
      }
      this.#at += 1;
    }
    this.#slot = -1;
    return -1;
  }

  /** Units the turn under way may still take. */
  get quantity(): number {
    return this.#quantities[this.#at] as number;
  }

  /** The turn under way got units. */
  served(quantity: number): void {
    const left = this.quantity - quantity;
    this.#quantities[this.#at] = left;
    if (left > 0) return;
    this.#at += 1;
    this.#slot = -1;
  }

  /** null once all turns are over. */
  state(): AllocationState | null {
    const { side } = this;
    if (this.#at === this.#orderNos.length) return null;
    return { side, orderNos: this.#orderNos.slice(this.#at), quantities: this.#quantities.slice(this.#at) };
  }
}
