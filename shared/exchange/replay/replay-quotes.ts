/** The resting liquidity of a replay: a ladder of orders around the path, kept like any participant's through the book. */
import type { Side } from '../../domain/index.ts';
import type { Rng } from '../../rng/index.ts';
import type { PriceLadder } from '../book/ladder.ts';
import { expOf, normalAt } from '../synthetic/quantiles.ts';
import { RestingOrders, type RestingSnapshot } from './resting-orders.ts';
import { PARTICIPANTS } from '../types.ts';
import type { Exchange } from '../exchange.ts';

/** Levels a side; ten are shown, an order that sweeps them still finds some behind. */
const LADDER_LEVELS = 20;
/** Orders further out than this many levels behind the ladder are withdrawn. */
const TRAIL_LEVELS = 8;
const MAX_ORDERS_A_LEVEL = 12;

/** Mean size by distance from the best price, relative to the day's unit: thin at the touch, thick just behind. */
const DEPTH_SHAPE = [0.55, 0.8, 1, 1.15, 1.2, 1.15, 1.1, 1.05, 1, 0.95] as const;
const DEPTH_BEYOND = 0.7;
/** Where one side is empty at a price limit, the queue on the other is this many times as long. */
const LOCKED_FACTOR = 6;

/** Plain data: the resting orders of both sides. */
export interface QuotesSnapshot {
  readonly buys: RestingSnapshot;
  readonly sells: RestingSnapshot;
}

/** The one issue the ladder stands in, and its size. */
export interface QuotesOptions {
  readonly exchange: Exchange;
  readonly code: string;
  readonly grid: PriceLadder;
  /** Mean shares resting at one level. */
  readonly unit: number;
  /** Largest order the exchange takes, shares. */
  readonly orderCap: number;
  readonly rng: Rng;
}

/** Best steps the ladder may show; they may lie outside the grid, then that side is empty. */
export interface Touch {
  readonly bid: number;
  readonly ask: number;
}

/** A step of the price grid and the shares that rest there. */
export interface ShownLevel {
  readonly step: number;
  readonly qty: number;
}

/** A recorded book: levels best first. */
export interface ShownLevels {
  readonly bids: readonly ShownLevel[];
  readonly asks: readonly ShownLevel[];
}

/** Places, withdraws and refills the driver's resting orders, and takes for it. */
export class ReplayQuotes {
  readonly #exchange: Exchange;
  readonly #code: string;
  readonly #grid: PriceLadder;
  readonly #top: number;
  readonly #unit: number;
  readonly #orderCap: number;
  readonly #rng: Rng;
  #buys = new RestingOrders();
  #sells = new RestingOrders();

  constructor(options: QuotesOptions) {
    this.#exchange = options.exchange;
    this.#code = options.code;
    this.#grid = options.grid;
    this.#top = options.grid.size - 1;
    this.#unit = options.unit;
    this.#orderCap = options.orderCap;
    this.#rng = options.rng;
  }

  snapshot(): QuotesSnapshot {
    return { buys: this.#buys.snapshot(), sells: this.#sells.snapshot() };
  }

  restore(snapshot: QuotesSnapshot): void {
    this.#buys = RestingOrders.restore(snapshot.buys);
    this.#sells = RestingOrders.restore(snapshot.sells);
  }

  qtyAt(side: Side, step: number): number {
    return this.#side(side).qtyAt(step);
  }

  /** Enters resting orders of `qty` shares in all. */
  place(side: Side, step: number, qty: number): void {
    for (let left = qty; left > 0; left -= this.#orderCap) {
      const quantity = Math.min(left, this.#orderCap);
      const result = this.#send(side, step, quantity, 'day');
      if (result !== null) this.#side(side).add(step, result, quantity);
    }
  }

  /** Takes `qty` shares at a price or better, whoever offers them; gives how many were our own resting ones. */
  take(side: Side, step: number, qty: number): number {
    for (let left = qty; left > 0; left -= this.#orderCap) {
      this.#send(side, step, Math.min(left, this.#orderCap), 'ioc');
    }
    return this.#side(side === 'buy' ? 'sell' : 'buy').refresh(step, this.#openQty, false);
  }

  /** Compares every resting order with the exchange; gives the quantity that has gone since the last look. */
  sync(): number {
    let gone = 0;
    for (const side of [this.#buys, this.#sells]) {
      for (const step of side.steps()) gone += side.refresh(step, this.#openQty, true);
    }
    return gone;
  }

  /** Withdraws what stands in front of a touch, and what lies far behind it. */
  retreat(touch: Touch): void {
    const reach = LADDER_LEVELS + TRAIL_LEVELS;
    this.#withdraw('buy', touch.bid + 1, this.#buys.high);
    this.#withdraw('buy', this.#buys.low, touch.bid - reach);
    this.#withdraw('sell', this.#sells.low, touch.ask - 1);
    this.#withdraw('sell', touch.ask + reach, this.#sells.high);
    this.#buys.narrow(touch.bid - reach + 1, touch.bid);
    this.#sells.narrow(touch.ask, touch.ask + reach - 1);
  }

  /** Withdraws only what stands in front of a touch. */
  giveWay(touch: Touch): void {
    this.#withdraw('buy', touch.bid + 1, this.#buys.high);
    this.#withdraw('sell', this.#sells.low, touch.ask - 1);
  }

  /**
   * Brings the resting orders to a recorded book: what is missing at a level joins behind everybody, what is too much is
   * withdrawn from the back, so that whoever waits there never gains a place that the record does not show. Levels beyond
   * the recorded ones stay as they are.
   */
  show({ bids, asks }: ShownLevels): void {
    // Both sides give way before either is filled: the new best may lie across the old one.
    for (const [side, levels] of [
      ['buy', bids],
      ['sell', asks],
    ] as const)
      this.#clearOthers(side, levels);
    for (const [side, levels] of [
      ['buy', bids],
      ['sell', asks],
    ] as const) {
      for (const { step, qty } of levels) this.#bringTo(side, step, qty);
    }
  }

  /** Withdraws what stands at steps between and in front of the recorded levels; all of a side that is empty. */
  #clearOthers(side: Side, levels: readonly ShownLevel[]): void {
    const own = this.#side(side);
    const out = side === 'buy' ? -1 : 1;
    const last = levels.at(-1)?.step;
    const shown = new Set(levels.map((level) => level.step));
    for (const step of own.steps()) {
      if (last !== undefined && (step - last) * out > 0) continue;
      if (!shown.has(step)) this.#withdraw(side, step, step);
    }
  }

  #bringTo(side: Side, step: number, qty: number): void {
    const own = this.#side(side);
    own.refresh(step, this.#openQty, true);
    let excess = own.qtyAt(step) - qty;
    if (excess < 0) this.place(side, step, -excess);
    for (let i = own.at(step).length - 1; i >= 0 && excess > 0; i -= 1) {
      const { orderNo, qty: resting } = own.at(step)[i] as { orderNo: number; qty: number };
      const cut = Math.min(resting, excess);
      excess -= cut;
      this.#exchange.cancel(PARTICIPANTS, orderNo, cut);
      if (cut === resting) own.remove(step, i);
      else own.reduce(step, i, cut);
    }
  }

  /** Fills at most `refills` empty levels a side behind a touch, nearest first. */
  fill(touch: Touch, refills: number): void {
    let left = refills;
    for (let k = 0; k < LADDER_LEVELS && left > 0 && touch.bid - k >= 0; k += 1) {
      if (this.#buys.at(touch.bid - k).length > 0) continue;
      this.#fillLevel('buy', touch.bid - k, this.#target(touch, k));
      left -= 1;
    }
    left = refills;
    for (let k = 0; k < LADDER_LEVELS && left > 0 && touch.ask + k <= this.#top; k += 1) {
      if (this.#sells.at(touch.ask + k).length > 0) continue;
      this.#fillLevel('sell', touch.ask + k, this.#target(touch, k));
      left -= 1;
    }
  }

  /** One act of order flow without a trade: somebody joins a level or leaves it. */
  flow(touch: Touch): void {
    const side: Side = this.#rng.chance(0.5) ? 'buy' : 'sell';
    const u = this.#rng.unit();
    const k = Math.floor(10 * u * u);
    const step = side === 'buy' ? touch.bid - k : touch.ask + k;
    if (step < 0 || step > this.#top) return;
    const own = this.#side(side);
    const orders = own.at(step);
    const target = this.#target(touch, k);
    if (orders.length === 0) this.#fillLevel(side, step, target);
    else if (
      orders.length >= MAX_ORDERS_A_LEVEL ||
      (orders.length > 1 && own.qtyAt(step) > target * (0.7 + 0.6 * this.#rng.unit()))
    ) {
      this.#exchange.cancel(PARTICIPANTS, own.remove(step, this.#rng.int(orders.length)));
    } else this.place(side, step, Math.max(1, Math.floor(target * (0.1 + 0.3 * this.#rng.unit()))));
  }

  /** Withdraws the resting orders of one side at steps from..to. */
  #withdraw(side: Side, from: number, to: number): void {
    const own = this.#side(side);
    const last = Math.min(to, own.high);
    for (let step = Math.max(from, own.low); step <= last; step += 1) {
      for (const orderNo of own.clear(step)) this.#exchange.cancel(PARTICIPANTS, orderNo);
    }
  }

  #target(touch: Touch, k: number): number {
    const locked = touch.ask > this.#top || touch.bid < 0;
    return this.#unit * (DEPTH_SHAPE[k] ?? DEPTH_BEYOND) * (locked ? LOCKED_FACTOR : 1);
  }

  /** A fresh level of one to three orders. */
  #fillLevel(side: Side, step: number, target: number): void {
    const orders = 1 + this.#rng.int(3);
    for (let i = 0; i < orders; i += 1) {
      const size = (target / orders) * expOf(0.5 * normalAt(this.#rng.u32()));
      this.place(side, step, Math.max(1, Math.floor(size)));
    }
  }

  #send(side: Side, step: number, quantity: number, timeInForce: 'day' | 'ioc'): number | null {
    const price = this.#grid.priceAt(step);
    const entry = { owner: PARTICIPANTS, code: this.#code, side, type: 'limit' as const, timeInForce, price, quantity };
    const result = this.#exchange.submit(entry);
    return 'orderNo' in result ? result.orderNo : null;
  }

  readonly #openQty = (orderNo: number): number => this.#exchange.order(orderNo)?.openQty ?? 0;

  #side(side: Side): RestingOrders {
    return side === 'buy' ? this.#buys : this.#sells;
  }
}
