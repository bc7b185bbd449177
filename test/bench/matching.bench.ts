/**
 * The matching engine against nodejs-order-book on one stream of operations.
 * The mix: 60 % limit orders that rest (most within ten ticks of the middle), 30 % cancels of an open order, 10 % limit
 * orders that cross the spread; about 10,000 orders are open when timing starts. Prices arrive in won and are turned
 * into steps inside the timed part; the peer gets its ids as ready-made strings.
 */
import { OrderBook, Side as PeerSide } from 'nodejs-order-book';
import { Book } from '#shared/exchange/book.ts';
import { daySchedule, Venue } from '#shared/exchange/index.ts';
import { BandLadder } from '#shared/exchange/ladder.ts';
import { BUY, OrderPool, SELL, type SideCode } from '#shared/exchange/order-pool.ts';
import { krxCalendar, priceLimits, tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const DATE = sessionDate('2026-11-24');
const BASE = 70_300;
const WARM = 20_000;
const OPERATIONS = 1_000_000;
const RUNS = 3;
const TARGET_PER_S = 1_500_000;
const TARGET_RATIO = 8;

/** Operations as columns; `id` of an order is its number, a cancel has quantity 0. */
interface Stream {
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
  readonly book = new Book(this.pool, this.ladder, this.ladder.indexOf(BASE));
  trades = 0;
  units = 0;

  filled(_price: number, quantity: number): void {
    this.trades += 1;
    this.units += quantity;
  }

  limit(orderNo: number, side: SideCode, price: number, quantity: number): void {
    const index = this.ladder.indexOf(price);
    const open = this.book.take(side, index, quantity, this);
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

/** Draws the stream with an engine at hand, so that cancels name orders that are open. */
function drawStream(seed: number): Stream {
  const rng = Rng.from(seed, 'matching bench');
  const engine = new Engine();
  const total = WARM + OPERATIONS;
  const stream = {
    id: new Int32Array(total),
    side: new Uint8Array(total),
    price: new Int32Array(total),
    quantity: new Int32Array(total),
  };
  const open: number[] = [];
  const top = engine.ladder.size - 1;
  for (let at = 0; at < total; at += 1) {
    const dice = at < WARM ? 20 + rng.int(60) : rng.int(100);
    if (dice < 30) {
      let orderNo = 0;
      while (orderNo === 0 && open.length > 0) {
        const place = rng.int(open.length);
        const candidate = open[place] as number;
        open[place] = open.at(-1) as number;
        open.pop();
        if (engine.pool.slotOf(candidate) >= 0) orderNo = candidate;
      }
      if (orderNo > 0) {
        engine.cancel(orderNo);
        stream.id[at] = orderNo;
        continue;
      }
    }
    const side = rng.int(2) === 0 ? BUY : SELL;
    const crosses = dice >= 90;
    const facing = engine.book.bestIndex((1 - side) as SideCode);
    const middle = facing < 0 ? engine.ladder.indexOf(BASE) : facing;
    const steps = crosses ? -rng.int(2) : 1 + distance(rng);
    const index = Math.min(top, Math.max(0, side === BUY ? middle - steps : middle + steps));
    stream.id[at] = at + 1;
    stream.side[at] = side;
    stream.price[at] = engine.ladder.priceAt(index);
    stream.quantity[at] = crosses ? 1 + rng.int(400) : 1 + rng.int(100);
    engine.limit(at + 1, side, stream.price[at] as number, stream.quantity[at] as number);
    open.push(at + 1);
  }
  return { ...stream, names: Array.from({ length: total + 1 }, (_, no) => String(no)) };
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
      else book.limit({ id: name, side: side[at] === BUY ? PeerSide.BUY : PeerSide.SELL, price: price[at] as number, size });
    }
  };
  return { play, book };
}

function venue(stream: Stream): { play: Play; venue: Venue; trades: () => number } {
  const schedule = daySchedule(krxCalendar, DATE);
  const issue = { code: '005930', market: 'KOSPI', basePrice: BASE, lotSize: 1, listedShares: 5_919_637_922 } as const;
  let trades = 0;
  const made = new Venue({ date: DATE, schedule, issues: [issue], seed: 1, quietParticipants: true }, (event) => {
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
  return { play, venue: made, trades: () => trades };
}

/** Operations a second of the timed part; the median of the runs. */
function rate(make: () => { play: Play }): number {
  const rates = Array.from({ length: RUNS }, () => {
    const { play } = make();
    play(0, WARM);
    const start = performance.now();
    play(WARM, WARM + OPERATIONS);
    return OPERATIONS / ((performance.now() - start) / 1_000);
  });
  return rates.sort((a, b) => a - b)[(RUNS - 1) / 2] as number;
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
    if (answer.err) throw answer.err;
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

export const bench = {
  name: 'matching',

  async run(): Promise<{
    measured: string;
    rows: { metric: string; value: number; unit: string; target: string; pass: boolean }[];
  }> {
    const stream = drawStream(20_261_124);
    const checked = ours(stream);
    checked.play(0, WARM + OPERATIONS);
    const tape = peerTape(stream);
    const checkedVenue = venue(stream);
    checkedVenue.play(0, WARM + OPERATIONS);
    const same = JSON.stringify(tape.depth) === JSON.stringify(ourDepth(checked.engine));
    const trades = checked.engine.trades;

    const engineRate = rate(() => ours(stream));
    const peerRate = rate(() => peer(stream));
    const venueRate = rate(() => venue(stream));
    const ratio = engineRate / peerRate;
    const cancels = stream.quantity.subarray(WARM).filter((units) => units === 0).length;
    return {
      measured:
        `${OPERATIONS} operations (${Math.round((cancels * 100) / OPERATIONS)} % cancels, 10 % crossing, the rest resting), ` +
        `median of ${RUNS} runs on one core; ${trades} trades here, ${tape.trades} at the peer, ${checkedVenue.trades()} at the venue; ` +
        `the books at the end are ${same ? 'equal' : 'different'}`,
      rows: [
        {
          metric: 'matching engine: add, cancel, match',
          value: Math.round(engineRate),
          unit: 'op/s',
          target: `>= ${TARGET_PER_S}`,
          pass: engineRate >= TARGET_PER_S,
        },
        { metric: 'nodejs-order-book, same stream', value: Math.round(peerRate), unit: 'op/s', target: 'peer', pass: true },
        {
          metric: 'engine against nodejs-order-book',
          value: Math.round(ratio * 10) / 10,
          unit: 'x',
          target: `>= ${TARGET_RATIO}`,
          pass: ratio >= TARGET_RATIO,
        },
        {
          metric: 'same trades and same book as the peer',
          value: trades - tape.trades,
          unit: 'trades apart',
          target: '0',
          pass: same && trades === tape.trades && trades === checkedVenue.trades(),
        },
        {
          metric: 'venue: with validation, events and hash',
          value: Math.round(venueRate),
          unit: 'op/s',
          target: '>= 500000',
          pass: venueRate >= 500_000,
        },
      ],
    };
  },
};
