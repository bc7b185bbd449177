/** Any book, auction or continuous, with every type of order: the engine against the slow exchange, trade by trade. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BandLadder, type PriceLadder } from '#shared/exchange/book/ladder.ts';
import { tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { EngineBook } from '#test/support/engine-book.ts';
import { DAY } from '#test/support/exchange.ts';
import { SlowBook, type SlowEntry } from '#test/support/slow-exchange.ts';

const table = tickTable('KOSPI', DAY);
/** Over a change of tick with one-won ticks below; few prices, so that limits are hit; ten-won ticks. */
const ladders: readonly PriceLadder[] = [
  new BandLadder(table, { lower: 1_985, upper: 2_040 }),
  new BandLadder(table, { lower: 1_996, upper: 2_010 }),
  new BandLadder(table, { lower: 9_950, upper: 10_060 }),
];
const pricesOf = (ladder: PriceLadder): number[] => Array.from({ length: ladder.size }, (_, at) => ladder.priceAt(at));
const pricesBy = ladders.map(pricesOf);

/** Numbers that decide one step; every combination means something, so that shrinking works. */
interface Step {
  readonly dice: number;
  readonly side: 0 | 1;
  readonly a: number;
  readonly b: number;
  readonly quantity: number;
  readonly time: number;
}

/** Weighted, out of 100. */
const KINDS = [
  'limit',
  'market',
  'mid',
  'opposite',
  'same',
  'stop',
  'conditional',
  'cancel',
  'auction',
  'phase',
  'rebuild',
] as const;
const UPTO = [40, 50, 62, 66, 69, 76, 80, 88, 93, 98, 100];

interface Run {
  readonly slow: SlowBook;
  readonly fast: EngineBook;
  readonly prices: readonly number[];
  continuous: boolean;
  closing: boolean;
  no: number;
}

/** What an order step sends; undefined where the exchange would refuse it. */
function entryOf(run: Run, step: Step, kind: (typeof KINDS)[number]): SlowEntry | undefined {
  const { prices, slow, continuous } = run;
  const side = step.side === 0 ? 'buy' : 'sell';
  const price = prices[step.a % prices.length] as number;
  const time = continuous ? ((['day', 'day', 'day', 'ioc', 'fok'] as const)[step.time % 5] ?? 'day') : 'day';
  const base = { no: run.no + 1, side, open: step.quantity, time } as const;
  switch (kind) {
    case 'market':
      return { ...base, kind: 'market', price: null };
    case 'mid':
      return continuous && slow.mid() !== null ? { ...base, kind: 'mid', price: null } : undefined;
    case 'opposite':
      return continuous ? { ...base, kind: 'limit', price: slow.bestOpposite(side) } : undefined;
    case 'same':
      return continuous ? { ...base, kind: 'limit', price: slow.bestSame(side), time: 'day' } : undefined;
    case 'stop':
      return { ...base, kind: 'limit', price, time: 'day', stop: prices[step.b % prices.length] as number };
    case 'conditional':
      return run.closing ? undefined : { ...base, kind: 'conditional', price, time: 'day' };
    default:
      return { ...base, kind: 'limit', price };
  }
}

function play(run: Run, step: Step): void {
  const { slow, fast } = run;
  const kind = KINDS[UPTO.findIndex((upto) => step.dice < upto)] ?? 'limit';
  if (kind === 'cancel') {
    const open = [...slow.orders, ...slow.stops];
    const target = open[step.a % Math.max(1, open.length)];
    if (!target) return;
    const quantity = step.b % 3 === 0 ? target.open : 1 + (step.b % target.open);
    slow.cancel(target.no, quantity);
    fast.cancel(target.no, quantity);
  } else if (kind === 'auction') {
    if (run.continuous) return;
    const sizeFirst = (['no', 'once', 'lasting', 'lasting'] as const)[step.a % 4] ?? 'no';
    const rule = { inside: step.b % 3 === 0 ? 'nearest' : 'above', sizeFirst } as const;
    expect(fast.price(rule.inside)).toEqual(slow.price(rule.inside));
    for (const book of [slow, fast]) {
      book.auction(rule);
      book.resume();
    }
    run.continuous = true;
    run.closing = false;
  } else if (kind === 'phase') {
    if (!run.continuous) return;
    run.continuous = false;
    run.closing = step.a % 2 === 0;
    if (run.closing) {
      for (const book of [slow, fast]) {
        book.voidMids();
        book.convert();
      }
    }
  } else if (kind === 'rebuild') fast.rebuild();
  else {
    const entry = entryOf(run, step, kind);
    if (!entry) return;
    if (kind === 'opposite') expect(fast.bestOpposite(entry.side)).toBe(entry.price);
    if (kind === 'same') expect(fast.bestSame(entry.side)).toBe(entry.price);
    run.no += 1;
    for (const book of [slow, fast]) {
      if (run.continuous) book.submit({ ...entry });
      else book.collect({ ...entry });
    }
  }
}

/** Plays a list on both and compares the trades and what is left, at the end or after every step. */
function compare(which: number, last: number, steps: readonly Step[], continuous: boolean, eachStep: boolean): number {
  const ladder = ladders[which] as PriceLadder;
  const prices = pricesBy[which] as number[];
  const slow = new SlowBook(prices, last);
  const run: Run = { slow, fast: new EngineBook(ladder, last), prices, continuous, closing: false, no: 0 };
  const check = (): void => {
    const rests = [...slow.orders, ...slow.stops]
      .map((o): [number, number] => [o.no, o.open])
      .sort((a, b) => a[0] - b[0]);
    const [left, right] = [
      { trades: run.fast.trades, rests: run.fast.rests() },
      { trades: slow.trades, rests },
    ];
    if (JSON.stringify(left) !== JSON.stringify(right) || run.fast.book.last !== slow.last) expect(left).toEqual(right);
    expect(run.fast.book.last).toBe(slow.last);
  };
  for (const step of steps) {
    play(run, step);
    if (eachStep) check();
  }
  check();
  return slow.trades.length;
}

function drawn(rng: Rng): Step {
  const quantity = rng.int(4) === 0 ? 1 + rng.int(900) : 1 + rng.int(60);
  return {
    dice: rng.int(100),
    side: rng.int(2) === 0 ? 0 : 1,
    a: rng.int(10_000),
    b: rng.int(10_000),
    quantity,
    time: rng.int(5),
  };
}

/** An order of a book in which only one auction is held: market or limit, many at the limit prices. */
function auctionOrder(rng: Rng, prices: readonly number[], no: number): SlowEntry {
  const quantity = rng.int(3) === 0 ? 1 + rng.int(700) : 1 + rng.int(30);
  const side = rng.int(2) === 0 ? 'buy' : 'sell';
  if (rng.int(5) === 0) return { no, side, kind: 'market', price: null, open: quantity, time: 'day' };
  const at = rng.int(6) === 0 ? (side === 'buy' ? prices.length - 1 : 0) : rng.int(prices.length);
  return { no, side, kind: 'limit', price: prices[at] as number, open: quantity, time: 'day' };
}

/** The last price: on tick or between two ticks. */
function lastPrice(rng: Rng, prices: readonly number[]): number {
  return (prices[0] as number) + rng.int((prices.at(-1) as number) - (prices[0] as number) + 1);
}

describe('the engine and the slow exchange', () => {
  it('agree on 60,000 random auctions: price, quantity and who gets what', () => {
    const rng = Rng.from(20_261_126, 'auction books');
    let traded = 0;
    for (let round = 0; round < 60_000; round += 1) {
      const which = rng.int(ladders.length);
      const prices = pricesBy[which] as number[];
      const last = lastPrice(rng, prices);
      const slow = new SlowBook(prices, last);
      const fast = new EngineBook(ladders[which] as PriceLadder, last);
      const orders = 1 + rng.int(14);
      for (let no = 1; no <= orders; no += 1) {
        const entry = auctionOrder(rng, prices, no);
        for (const book of [slow, fast]) book.collect({ ...entry });
      }
      const inside = rng.int(3) === 0 ? 'nearest' : 'above';
      const sizeFirst = rng.int(2) === 0 ? 'lasting' : 'no';
      const price = JSON.stringify(slow.price(inside));
      if (JSON.stringify(fast.price(inside)) !== price) expect(fast.price(inside)).toEqual(slow.price(inside));
      if (price === 'null') expect(fast.specialQuote(last)).toBe(slow.specialQuote(last) ?? 0);
      for (const book of [slow, fast]) book.auction({ inside, sizeFirst });
      if (JSON.stringify(fast.trades) !== JSON.stringify(slow.trades)) expect(fast.trades).toEqual(slow.trades);
      if (slow.trades.length > 0) traded += 1;
    }
    expect(traded).toBeGreaterThan(30_000);
  }, 120_000);

  it('agree on 40,000 random days of continuous trading and auctions: trades and rests', () => {
    const rng = Rng.from(20_261_126, 'continuous books');
    let trades = 0;
    for (let round = 0; round < 40_000; round += 1) {
      const which = rng.int(ladders.length);
      const last = lastPrice(rng, pricesBy[which] as number[]);
      const steps = Array.from({ length: 4 + rng.int(22) }, () => drawn(rng));
      trades += compare(which, last, steps, rng.int(3) > 0, false);
    }
    expect(trades).toBeGreaterThan(100_000);
  }, 120_000);

  const step: fc.Arbitrary<Step> = fc.record({
    dice: fc.nat(99),
    side: fc.constantFrom(0 as const, 1 as const),
    a: fc.nat(9_999),
    b: fc.nat(9_999),
    quantity: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 900 })),
    time: fc.nat(4),
  });

  it('agree after every step of any sequence', () => {
    fc.assert(
      fc.property(
        fc.nat(ladders.length - 1),
        fc.nat(60),
        fc.boolean(),
        fc.array(step, { maxLength: 40, size: 'max' }),
        (which, offset, continuous, steps) => {
          const first = (pricesBy[which] as number[])[0] as number;
          compare(which, first + (which === 1 ? offset % 15 : offset % 56), steps, continuous, true);
        },
      ),
      { numRuns: 3_000, seed: 20_261_126 },
    );
  }, 120_000);
});
