/** The participants of one issue at one venue: makers on both sides, single investors in the queues, takers. */
import type { OrderSession, Side, VenueName } from '../../domain/index.ts';
import { assert } from '../../errors/index.ts';
import type { Rng } from '../../rng/index.ts';
import { isContinuous, type Phase } from '../../time/index.ts';
import type { Exchange } from '../exchange.ts';
import type { PriceLadder } from '../book/ladder.ts';
import { MakerLadder, type LadderSnapshot } from './maker-ladder.ts';
import type { OrderSizes } from './order-sizes.ts';
import { PARTICIPANTS, type BoardLook } from '../types.ts';

/** Resting orders of single investors kept at a time. */
const SINGLES = 8;
/** Orders of call auctions that are remembered. */
const MOST_COLLECTED = 1_000;
/** Size of a single investor's order over that of a level. */
const SINGLE_SIZE = 0.12;
/** Orders a market maker enters on one side in one act. */
const MAKER_ORDERS = 4;
const DEPTH_SHAPE = [0.6, 0.8, 1, 1.15, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 1, 1.2, 1.5, 2] as const;

/** Plain data. */
export interface DeskSnapshot {
  readonly bids: LadderSnapshot;
  readonly asks: LadderSnapshot;
  readonly singles: readonly number[];
  readonly nextSingle: number;
  readonly collected: readonly number[];
}

/** What a desk works with. */
export interface DeskOptions {
  readonly exchange: Exchange;
  readonly code: string;
  readonly venue: VenueName;
  readonly grid: PriceLadder;
  readonly sizes: OrderSizes;
  readonly rng: Rng;
  /** Mean shares at a level of the regular session. */
  readonly levelShares: number;
  /** Levels that the makers keep on each side. */
  readonly levels: number;
}

/** Where the makers stand: step of the best bid, and of the best ask. */
export interface Touch {
  readonly bid: number;
  readonly ask: number;
}

export class VenueDesk {
  readonly #options: DeskOptions;
  readonly #board: BoardLook;
  readonly #bids: MakerLadder;
  readonly #asks: MakerLadder;
  readonly #singles = new Float64Array(SINGLES);
  readonly #top: number;
  readonly #collected: number[] = [];
  #nextSingle = 0;
  /** Units traded when the ladders were last looked at: without a trade nothing was taken. */
  #seenVolume = -1;
  /** Part of the usual depth, and the kind of session that orders are meant for. */
  depth = 1;
  session: OrderSession = 'regular';
  /** 'buy' where somebody still offers at the makers' bid or below, 'sell' where somebody still bids their ask or more. */
  blocked: Side | null = null;
  /** The side on which nobody stands or takes; null: both are there. */
  missing: Side | null = null;

  constructor(options: DeskOptions, from?: DeskSnapshot) {
    const { exchange, code, venue, grid, sizes, rng } = options;
    const board = exchange.look(code, venue);
    assert(board, `${code} is not traded on ${venue}`);
    this.#options = options;
    this.#board = board;
    this.#top = grid.size - 1;
    const size = (level: number): number =>
      sizes.drawResting(options.levelShares * this.depth * (DEPTH_SHAPE[level] ?? 2), rng);
    const side = { exchange, code, venue, grid, size };
    this.#bids = new MakerLadder({ ...side, side: 'buy' });
    this.#asks = new MakerLadder({ ...side, side: 'sell' });
    if (!from) return;
    this.#bids.restore(from.bids);
    this.#asks.restore(from.asks);
    this.#singles.set(from.singles);
    this.#nextSingle = from.nextSingle;
    this.#collected.push(...from.collected);
  }

  /** The phase of the issue here. */
  get phase(): Phase {
    return this.#board.phase;
  }

  snapshot(): DeskSnapshot {
    return {
      bids: this.#bids.snapshot(),
      asks: this.#asks.snapshot(),
      singles: [...this.#singles],
      nextSingle: this.#nextSingle,
      collected: [...this.#collected],
    };
  }

  /** Maker orders that were taken since the last look: asks less bids. */
  takenSince(): number {
    const { volume } = this.#board;
    if (volume === this.#seenVolume) return 0;
    this.#seenVolume = volume;
    return this.#asks.dropFilled() - this.#bids.dropFilled();
  }

  /** Withdraws what stands better than the touch; on every venue before any is quoted, so that makers never meet themselves. */
  retreat({ bid, ask }: Touch): void {
    this.#bids.retreat(bid);
    this.#asks.retreat(ask);
  }

  /** Withdraws what makers have in the book: it is to be quoted anew. */
  withdrawQuotes(): void {
    this.#bids.withdrawAll();
    this.#asks.withdrawAll();
  }

  /** Fills the ladders up to the touch, or to what others still offer: makers wait, they do not take. */
  quote({ bid, ask }: Touch): void {
    const { levels } = this.#options;
    const how = { most: MAKER_ORDERS, levels, session: this.session };
    this.blocked = null;
    if (this.missing === 'buy') this.#bids.withdrawAll();
    else this.#quoteBids(bid, how);
    if (this.missing === 'sell') this.#asks.withdrawAll();
    else this.#quoteAsks(ask, how);
  }

  #quoteBids(bid: number, how: Parameters<MakerLadder['fill']>[1]): void {
    const { grid } = this.#options;
    let lower = bid;
    if (this.#bids.improvesTo(bid)) {
      const offered = this.#board.bestPrice('sell');
      if (offered > 0) lower = Math.min(bid, grid.floorIndex(offered) - 1);
      if (lower < bid) this.blocked = 'buy';
    }
    this.#bids.fill(lower, how);
  }

  #quoteAsks(ask: number, how: Parameters<MakerLadder['fill']>[1]): void {
    const { grid } = this.#options;
    let upper = ask;
    if (this.#asks.improvesTo(ask)) {
      const wanted = this.#board.bestPrice('buy');
      if (wanted > 0) upper = Math.max(ask, grid.ceilIndex(wanted) + 1);
      if (upper > ask) this.blocked = 'sell';
    }
    this.#asks.fill(upper, how);
  }

  /** An order in a call auction; what is left of it is withdrawn afterwards. */
  collect(order: { readonly side: Side; readonly step: number; readonly quantity: number }): void {
    const orderNo = this.submit(order);
    if (orderNo !== 0 && this.#collected.length < MOST_COLLECTED) this.#collected.push(orderNo);
  }

  /** Withdraws what call auctions have left over. */
  withdrawCollected(): void {
    const { exchange } = this.#options;
    for (const orderNo of this.#collected) if (exchange.isOpen(orderNo)) exchange.cancel(PARTICIPANTS, orderNo);
    this.#collected.length = 0;
  }

  /** A maker's order goes back to the end of its queue. */
  refresh(): void {
    const { rng, levels } = this.#options;
    const ladder = rng.chance(0.5) ? this.#bids : this.#asks;
    ladder.refresh(rng.int(Math.min(10, levels)), this.session);
  }

  /** A single investor joins the queue near the touch or improves it; an older one leaves. */
  single({ bid, ask }: Touch): void {
    const { exchange, rng, sizes, levelShares } = this.#options;
    const orderNo = this.#singles[this.#nextSingle] as number;
    if (orderNo !== 0 && exchange.isOpen(orderNo)) exchange.cancel(PARTICIPANTS, orderNo);
    const side: Side = rng.chance(0.5) ? 'buy' : 'sell';
    const u = rng.unit();
    const improves = ask - bid > 2 && rng.chance(0.1) ? 1 : 0;
    const away = Math.floor(9 * u * u) - improves;
    const step = side === 'buy' ? bid - away : ask + away;
    const quantity = sizes.drawResting(levelShares * this.depth * SINGLE_SIZE, rng);
    this.#singles[this.#nextSingle] = this.submit({ side, step, quantity });
    this.#nextSingle = (this.#nextSingle + 1) % SINGLES;
  }

  /** Takes up to one step beyond the best price, here or wherever it is best. */
  take(order: {
    readonly side: Side;
    readonly quantity: number;
    readonly anywhere: boolean;
    readonly program: boolean;
  }): void {
    const { exchange, code, venue, grid } = this.#options;
    const { side, quantity, anywhere, program } = order;
    if (side === this.missing) return;
    const best = this.#board.bestPrice(side === 'buy' ? 'sell' : 'buy');
    // What was done a moment ago may have set off a volatility interruption.
    if (best === 0 || !isContinuous(this.phase)) return;
    const reach = grid.floorIndex(best) + (side === 'buy' ? 1 : -1);
    const step = Math.max(0, Math.min(this.#top, reach));
    exchange.submit({
      owner: PARTICIPANTS,
      code,
      side,
      type: 'limit',
      timeInForce: 'ioc',
      price: grid.priceAt(step),
      quantity,
      route: anywhere ? 'SOR' : venue,
      session: this.session,
      program,
    });
  }

  /** A limit order for the day: its number, 0 where the exchange refused it or the price does not exist. */
  submit(order: { readonly side: Side; readonly step: number; readonly quantity: number }): number {
    const { exchange, code, venue, grid } = this.#options;
    const { side, step, quantity } = order;
    if (side === this.missing) return 0;
    if (step < 0 || step > this.#top) return 0;
    const price = grid.priceAt(step);
    const { session } = this;
    const result = exchange.submit({
      owner: PARTICIPANTS,
      code,
      side,
      type: 'limit',
      timeInForce: 'day',
      price,
      quantity,
      route: venue,
      session,
    });
    return 'orderNo' in result ? result.orderNo : 0;
  }

  /** The session has ended, and its orders with it. */
  forget(): void {
    this.#bids.forget();
    this.#asks.forget();
    this.#singles.fill(0);
    this.#collected.length = 0;
  }
}
