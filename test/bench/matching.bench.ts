/** The matching engine against nodejs-order-book on the same streams of operations. */
// The mix: 55–60 % limit orders that rest (most within ten ticks of the best price), 30–35 % cancels of an open order,
// 10 % limit orders that cross the spread. Two books: a shallow one of about 1,000 open orders, which suits the peer best
// (its removal searches the queue of the level), and a deep one of about 10,000. Prices arrive in won and are turned into
// steps inside the timed part; the peer gets its ids as ready-made strings. The whole exchange is timed with volatility
// interruptions, limits and circuit breakers on; an event is one entry of its stream (accepted, trade, canceled …).
import { OrderBook, Side as PeerSide } from 'nodejs-order-book';
import { Book, NO_CEIL, NO_FLOOR } from '#shared/exchange/book/book.ts';
import { daySchedule, Exchange } from '#shared/exchange/index.ts';
import { BandLadder } from '#shared/exchange/book/ladder.ts';
import { BUY, OrderPool, SELL, type SideCode } from '#shared/exchange/book/order-pool.ts';
import { krxCalendar, priceLimits, tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');
const BASE = 70_300;
const OUR_RUNS = 9;
const PEER_RUNS = 3;
const TARGET_PER_S = 1_500_000;
const TARGET_RATIO = 8;
const TARGET_EXCHANGE_PER_S = 500_000;
const TARGET_EVENTS_PER_S = 3_000_000;

/** How many orders stay open, and how many operations are timed once they are. */
interface Regime {
  readonly open: number;
  readonly operations: number;
}

const SHALLOW: Regime = { open: 1_000, operations: 200_000 };
const DEEP: Regime = { open: 10_000, operations: 60_000 };

/** Operations as columns; `id` of an order is its number, a cancel has quantity 0. Timing starts at `warm`. */
interface Stream {
  readonly warm: number;
  readonly id: Int32Array;
  readonly side: Uint8Array;
  readonly price: Int32Array;
  readonly quantity: Int32Array;
  readonly names: readonly string[];
}

function ladderOf(): BandLadder {
  return new BandLadder(tickTable('KOSPI', DATE), priceLimits({ market: 'KOSPI', date: DATE, basePrice: BASE }));
}

/** Our book with what a user of it does around it: price to step, match, rest, find by number. */
class Engine {
  readonly ladder = ladderOf();
  readonly pool = new OrderPool();
  readonly book = new Book(this.pool, this.ladder, BASE);
  trades = 0;
  units = 0;

  filled(_price: number, quantity: number): void {
    this.trades += 1;
    this.units += quantity;
  }

  limit(orderNo: number, side: SideCode, price: number, quantity: number): void {
    const index = this.ladder.indexOf(price);
    const open = this.book.take({ side, limit: index, quantity, floor: NO_FLOOR, ceil: NO_CEIL }, this);
    if (open === 0) return;
    this.book.append(this.pool.add({ orderNo, owner: 1, issue: 0, side, price, quantity, open }), index);
  }

  cancel(orderNo: number): void {
    const slot = this.pool.slotOf(orderNo);
    if (slot >= 0) this.book.remove(slot);
  }
}

/** Steps behind the best price: near ones are likelier, few are far away. */
function distance(rng: Rng): number {
  let steps = 0;
  while (steps < 40 && rng.int(5) !== 0) steps += 1;
  return steps;
}

/** An open order to cancel, 0 for none; forgets those that have gone. */
function pickOpen(open: number[], engine: Engine, rng: Rng): number {
  while (open.length > 0) {
    const place = rng.int(open.length);
    const candidate = open[place] as number;
    open[place] = open.at(-1) as number;
    open.pop();
    if (engine.pool.slotOf(candidate) >= 0) return candidate;
  }
  return 0;
}

/** Draws a stream with an engine at hand, so that cancels name open orders and their number stays near the regime's. */
function drawStream(seed: number, regime: Regime): Stream {
  const rng = Rng.from(seed, 'matching bench');
  const engine = new Engine();
  const warm = regime.open * 2;
  const total = warm + regime.operations;
  const [id, price, quantity] = [new Int32Array(total), new Int32Array(total), new Int32Array(total)];
  const sides = new Uint8Array(total);
  const open: number[] = [];
  const top = engine.ladder.size - 1;
  for (let at = 0; at < total; at += 1) {
    const cancels = engine.pool.live > regime.open ? 40 : 20;
    const dice = at < regime.open ? 50 : rng.int(100);
    const target = dice < cancels ? pickOpen(open, engine, rng) : 0;
    if (target > 0) {
      engine.cancel(target);
      id[at] = target;
      continue;
    }
    const side = rng.int(2) === 0 ? BUY : SELL;
    const crosses = dice >= 90;
    const facing = engine.book.bestIndex((1 - side) as SideCode);
    const middle = facing < 0 ? engine.ladder.indexOf(BASE) : facing;
    const steps = crosses ? -rng.int(2) : 1 + distance(rng);
    const won = engine.ladder.priceAt(Math.min(top, Math.max(0, side === BUY ? middle - steps : middle + steps)));
    const units = crosses ? 1 + rng.int(300) : 1 + rng.int(100);
    id[at] = at + 1;
    sides[at] = side;
    price[at] = won;
    quantity[at] = units;
    engine.limit(at + 1, side, won, units);
    open.push(at + 1);
  }
  return { warm, id, side: sides, price, quantity, names: Array.from({ length: total + 1 }, (_, no) => String(no)) };
}

type Play = (from: number, to: number) => void;

function ours(stream: Stream): { play: Play; engine: Engine } {
  const engine = new Engine();
  const { id, side, price, quantity } = stream;
  const play: Play = (from, to) => {
    for (let at = from; at < to; at += 1) {
      const units = quantity[at] as number;
      if (units === 0) engine.cancel(id[at] as number);
      else engine.limit(id[at] as number, side[at] as SideCode, price[at] as number, units);
    }
  };
  return { play, engine };
}

function peer(stream: Stream): { play: Play; book: OrderBook } {
  const book = new OrderBook();
  const { id, side, price, quantity, names } = stream;
  const play: Play = (from, to) => {
    for (let at = from; at < to; at += 1) {
      const size = quantity[at] as number;
      const name = names[id[at] as number] as string;
      if (size === 0) book.cancel(name);
      else
        book.limit({
          id: name,
          side: side[at] === BUY ? PeerSide.BUY : PeerSide.SELL,
          price: price[at] as number,
          size,
        });
    }
  };
  return { play, book };
}

function exchange(stream: Stream): { play: Play; exchange: Exchange; trades: () => number } {
  const schedule = daySchedule(krxCalendar, DATE);
  const shares = { lotSize: 1, listedShares: 5_919_637_922 };
  const issue = { code: '005930', market: 'KOSPI', basePrice: BASE, ...shares, viClass: 'kospi200' } as const;
  let trades = 0;
  const made = new Exchange({ date: DATE, schedule, issues: [issue], seed: 1, quietParticipants: true }, (event) => {
    if (event.kind === 'trade') trades += 1;
  });
  made.setPhase('continuous');
  const { id, side, price, quantity } = stream;
  const numbers = new Int32Array(id.length + 1);
  const play: Play = (from, to) => {
    for (let at = from; at < to; at += 1) {
      const units = quantity[at] as number;
      if (units === 0) {
        made.cancel(0, numbers[id[at] as number] as number);
        continue;
      }
      const result = made.submit({
        owner: 0,
        code: '005930',
        side: side[at] === BUY ? 'buy' : 'sell',
        type: 'limit',
        timeInForce: 'day',
        price: price[at] as number,
        quantity: units,
      });
      if (!('orderNo' in result)) throw new Error(`refused: ${result.reason}`);
      numbers[at + 1] = result.orderNo;
    }
  };
  return { play, exchange: made, trades: () => trades };
}

/** Counts a second of the timed part, operations if nothing else is counted; the median of the runs. */
function rate(stream: Stream, runs: number, make: (stream: Stream) => { play: Play; count?: () => number }): number {
  const { warm, id } = stream;
  const rates = Array.from({ length: runs }, () => {
    const { play, count } = make(stream);
    play(0, warm);
    const from = count?.() ?? warm;
    const start = performance.now();
    play(warm, id.length);
    return ((count?.() ?? id.length) - from) / ((performance.now() - start) / 1_000);
  });
  return rates.sort((a, b) => a - b)[(runs - 1) / 2] as number;
}

/** The exchange by the events it numbers. */
function eventsOf(stream: Stream): { play: Play; count: () => number } {
  const { play, exchange: counted } = exchange(stream);
  return { play, count: () => counted.events };
}

/** Trades of the peer, from its answers, and its book at the end, for the comparison with ours. Not timed. */
function peerTape(stream: Stream): { trades: number; depth: [number, number][][] } {
  const book = new OrderBook();
  let trades = 0;
  for (let at = 0; at < stream.id.length; at += 1) {
    const id = stream.names[stream.id[at] as number] as string;
    const size = stream.quantity[at] as number;
    if (size === 0) {
      book.cancel(id);
      continue;
    }
    const side = stream.side[at] === BUY ? PeerSide.BUY : PeerSide.SELL;
    const answer = book.limit({ id, side, price: stream.price[at] as number, size });
    if (answer.err) throw new Error(`the peer refused: ${answer.err.message}`);
    trades += answer.done.filter((order) => order.id !== id).length;
    if (answer.partial !== null && answer.partial.id !== id) trades += 1;
  }
  const [asks, bids] = book.depth();
  return { trades, depth: [asks.sort((a, b) => a[0] - b[0]), bids.sort((a, b) => b[0] - a[0])] };
}

function ourDepth(engine: Engine): [number, number][][] {
  return ([SELL, BUY] as const).map((side) => {
    const levels: [number, number][] = [];
    for (let at = engine.book.bestIndex(side); at >= 0; at = engine.book.nextIndex(side, at)) {
      levels.push([engine.ladder.priceAt(at), engine.book.quantityAt(side, at)]);
    }
    return levels;
  });
}

interface Measured {
  readonly text: string;
  readonly engine: number;
  readonly peer: number;
  readonly exchange: number;
  readonly events: number;
  /** true: the same number of trades everywhere, and the same book at the end as the peer. */
  readonly same: boolean;
}

function measure(name: string, regime: Regime): Measured {
  const stream = drawStream(20_261_124, regime);
  const { warm, id } = stream;
  const checked = ours(stream);
  checked.play(0, id.length);
  const tape = peerTape(stream);
  const listed = exchange(stream);
  listed.play(0, id.length);
  const { trades, pool } = checked.engine;
  const sameBook = JSON.stringify(tape.depth) === JSON.stringify(ourDepth(checked.engine));
  const cancels = stream.quantity.subarray(warm).filter((units) => units === 0).length;
  return {
    text:
      `${name}: ${regime.operations} operations, ${Math.round((cancels * 100) / regime.operations)} % cancels, ${pool.live} orders ` +
      `open at the end; ${trades} trades here, ${tape.trades} at the peer, ${listed.trades()} at the exchange, ` +
      `books at the end ${sameBook ? 'equal' : 'different'}`,
    engine: rate(stream, OUR_RUNS, ours),
    peer: rate(stream, PEER_RUNS, peer),
    exchange: rate(stream, OUR_RUNS, exchange),
    events: rate(stream, OUR_RUNS, eventsOf),
    same: sameBook && trades === tape.trades && trades === listed.trades(),
  };
}

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

function rowsOf(name: string, measured: Measured): Row[] {
  const ratio = measured.engine / measured.peer;
  return [
    {
      metric: `${name} book: add, cancel, match`,
      value: Math.round(measured.engine),
      unit: 'op/s',
      target: `>= ${TARGET_PER_S}`,
      pass: measured.engine >= TARGET_PER_S,
    },
    {
      metric: `${name} book: nodejs-order-book`,
      value: Math.round(measured.peer),
      unit: 'op/s',
      target: 'peer',
      pass: true,
    },
    {
      metric: `${name} book: engine against the peer`,
      value: Math.round(ratio * 10) / 10,
      unit: 'x',
      target: `>= ${TARGET_RATIO}`,
      pass: ratio >= TARGET_RATIO,
    },
    {
      metric: `${name} book: exchange with validation, events and hash`,
      value: Math.round(measured.exchange),
      unit: 'op/s',
      target: `>= ${TARGET_EXCHANGE_PER_S}`,
      pass: measured.exchange >= TARGET_EXCHANGE_PER_S,
    },
    {
      metric: `${name} book: events of the exchange with VI, limits and breakers`,
      value: Math.round(measured.events),
      unit: 'event/s',
      target: `>= ${TARGET_EVENTS_PER_S}`,
      pass: measured.events >= TARGET_EVENTS_PER_S,
    },
    {
      metric: `${name} book: same trades and same book as the peer`,
      value: measured.same ? 1 : 0,
      unit: 'yes = 1',
      target: '1',
      pass: measured.same,
    },
  ];
}

export const bench = {
  name: 'matching',

  async run(): Promise<{ measured: string; rows: Row[] }> {
    const shallow = measure('shallow', SHALLOW);
    const deep = measure('deep', DEEP);
    return {
      measured: `55-60 % resting, 30-35 % cancels, 10 % crossing limit orders, one core, median of ${OUR_RUNS} (peer ${PEER_RUNS}) runs. ${shallow.text}. ${deep.text}`,
      rows: [...rowsOf('shallow', shallow), ...rowsOf('deep', deep)],
    };
  },
};
