/** The open orders of an exchange in columns of numbers: no object is made for an order. */

/** Side in columns: 0 buy, 1 sell. */
export const BUY = 0;
export const SELL = 1;
export type SideCode = typeof BUY | typeof SELL;

/** Open orders an exchange holds at most; about 270 MB. */
export const MAX_OPEN_ORDERS = 4_194_304;

const FIRST_CAPACITY = 1_024;

/** What a new order brings. `price` 0 for a market order. */
export interface PooledOrder {
  readonly orderNo: number;
  readonly owner: number;
  /** Place of the board where it waits. */
  readonly issue: number;
  readonly side: SideCode;
  readonly price: number;
  readonly quantity: number;
  readonly open: number;
  /** Type, time in force and marks as `order-form.ts` packs them; a plain limit order if absent. */
  readonly form?: number;
}

/** Slots are handles: valid from `add` until `release`, then used again. */
export class OrderPool {
  orderNo = new Int32Array(FIRST_CAPACITY);
  owner = new Int32Array(FIRST_CAPACITY);
  issue = new Int32Array(FIRST_CAPACITY);
  side = new Uint8Array(FIRST_CAPACITY);
  /** Won; 0 for a market order. */
  price = new Int32Array(FIRST_CAPACITY);
  quantity = new Int32Array(FIRST_CAPACITY);
  open = new Int32Array(FIRST_CAPACITY);
  /** Type, time in force and marks, packed. */
  form = new Int32Array(FIRST_CAPACITY);
  /** Counts up as orders enter a book: which of two was there first. Given by the book. */
  arrival = new Int32Array(FIRST_CAPACITY);
  /** Stop price in won of a waiting stop order; 0 for any other. */
  stop = new Int32Array(FIRST_CAPACITY);
  /** Place in the book: level, and neighbours in its queue (−1: none). */
  level = new Int32Array(FIRST_CAPACITY);
  next = new Int32Array(FIRST_CAPACITY);
  prev = new Int32Array(FIRST_CAPACITY);

  readonly #limit: number;
  #used = 0;
  #live = 0;
  #free = -1;
  /** Open-addressed table from order number to slot + 1; order numbers rise by one, so neighbours rarely collide. */
  #table = new Int32Array(FIRST_CAPACITY * 4);

  /** `limit`: open orders held at most. */
  constructor(limit = MAX_OPEN_ORDERS) {
    this.#limit = limit;
  }

  /** true: no further order fits. */
  get full(): boolean {
    return this.#live >= this.#limit;
  }

  /** Orders held now. */
  get live(): number {
    return this.#live;
  }

  /** Slots 0 … extent − 1 have been used; a free one has order number 0. */
  get extent(): number {
    return this.#used;
  }

  /** Takes a slot for an order. Throws RangeError when the exchange is full. */
  add(order: PooledOrder): number {
    const slot = this.claim(order.orderNo);
    this.owner[slot] = order.owner;
    this.issue[slot] = order.issue;
    this.side[slot] = order.side;
    this.price[slot] = order.price;
    this.quantity[slot] = order.quantity;
    this.open[slot] = order.open;
    this.form[slot] = order.form ?? 0;
    return slot;
  }

  /** Takes a slot for an order's number; the caller fills the other columns in. Throws RangeError when the exchange is full. */
  claim(orderNo: number): number {
    if (this.full) throw new RangeError(`more than ${this.#limit} open orders`);
    let slot = this.#free;
    if (slot >= 0) this.#free = this.next[slot] as number;
    else {
      if (this.#used === this.orderNo.length) this.#grow(this.orderNo.length * 2);
      slot = this.#used;
      this.#used += 1;
    }
    this.orderNo[slot] = orderNo;
    this.#live += 1;
    this.#insert(slot);
    return slot;
  }

  /** Makes room for so many orders at once. */
  reserve(orders: number): void {
    let capacity = this.orderNo.length;
    while (capacity < orders) capacity *= 2;
    if (capacity > this.orderNo.length) this.#grow(capacity);
  }

  release(slot: number): void {
    this.#erase(this.orderNo[slot] as number);
    this.orderNo[slot] = 0;
    this.next[slot] = this.#free;
    this.#free = slot;
    this.#live -= 1;
  }

  /** The slot of an open order's number, −1 if there is none. */
  slotOf(orderNo: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = orderNo & mask; ; at = (at + 1) & mask) {
      const entry = table[at] as number;
      if (entry === 0) return -1;
      if (this.orderNo[entry - 1] === orderNo) return entry - 1;
    }
  }

  #insert(slot: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let at = (this.orderNo[slot] as number) & mask;
    while (table[at] !== 0) at = (at + 1) & mask;
    table[at] = slot + 1;
  }

  /** Removes an entry and moves later ones of its run back, so that no search stops early. */
  #erase(orderNo: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let hole = orderNo & mask;
    while (this.orderNo[(table[hole] as number) - 1] !== orderNo) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const home = (this.orderNo[(table[at] as number) - 1] as number) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        table[hole] = table[at] as number;
        hole = at;
      }
    }
    table[hole] = 0;
  }

  #grow(capacity: number): void {
    const grown = (column: Int32Array): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(capacity);
      wider.set(column);
      return wider;
    };
    this.orderNo = grown(this.orderNo);
    this.owner = grown(this.owner);
    this.issue = grown(this.issue);
    const side = new Uint8Array(capacity);
    side.set(this.side);
    this.side = side;
    this.price = grown(this.price);
    this.quantity = grown(this.quantity);
    this.open = grown(this.open);
    this.form = grown(this.form);
    this.arrival = grown(this.arrival);
    this.stop = grown(this.stop);
    this.level = grown(this.level);
    this.next = grown(this.next);
    this.prev = grown(this.prev);
    this.#table = new Int32Array(capacity * 4);
    for (let slot = 0; slot < this.#used; slot += 1) {
      if (this.orderNo[slot] !== 0) this.#insert(slot);
    }
  }
}
