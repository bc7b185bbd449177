/** A story in a synthetic market: indices, breakers, sidecars, halts, limits, thin books and venues apart come as they are told. */
import { describe, expect, it } from 'vitest';
import { StoryDay } from '#shared/domain/index.ts';
import {
  daySchedule,
  Exchange,
  nxtSchedule,
  SyntheticMarket,
  type ExchangeEvent,
  type ListedIssue,
} from '#shared/exchange/index.ts';
import { krxCalendar, viClassOf } from '#shared/market/index.ts';
import { epochMs, kstInstant, kstTimeText, sessionDate, type EpochMs } from '#shared/time/index.ts';
import { TEST_LISTING } from '#test/support/simulator.ts';

const DATE = sessionDate('2026-08-05');
const at = (hour: number, minute: number, second = 0): number => (hour * 3_600 + minute * 60 + second) * 1_000;
const instant = (ms: number): EpochMs => epochMs(kstInstant(DATE, 0) + ms);

const ISSUES: readonly ListedIssue[] = TEST_LISTING.map(({ code, market, basePrice, listedShares }) => ({
  code,
  market,
  product: 'stock',
  basePrice,
  lotSize: 1,
  listedShares,
  viClass: viClassOf({ market, product: 'stock', kospi200: null, override: null }),
  nxt: true,
  halted: false,
}));

function play(told: Partial<StoryDay>, seed = 5) {
  const heard: ExchangeEvent[] = [];
  const nxt = nxtSchedule(krxCalendar, DATE);
  const options = {
    date: DATE,
    schedule: daySchedule(krxCalendar, DATE),
    issues: ISSUES,
    seed,
    quietParticipants: true,
  };
  const hear = (event: ExchangeEvent): void => void heard.push(event);
  const exchange = new Exchange({ ...options, ...(nxt && { nxtSchedule: nxt }) }, hear);
  const story = { day: StoryDay.parse(told), betas: { '005930': 1 }, volatility: 1, liquidity: 1 };
  const market = new SyntheticMarket({ exchange, issues: ISSUES, seed, story });
  const to = (ms: number): void => market.advanceTo(instant(ms));
  const times = (kind: ExchangeEvent['kind']): string[] =>
    heard.flatMap((event) => (event.kind === kind ? [kstTimeText(event.ts).slice(0, 5)] : []));
  return { exchange, market, heard, to, times, hear };
}

const returnOf = ({ exchange }: ReturnType<typeof play>, code = '005930'): number => {
  const { last, basePrice } = exchange.issue(code);
  return last / basePrice - 1;
};

describe('a story', () => {
  it('leads the index into a breaker at its minute, and issues along by their betas', () => {
    const kospi = [
      [at(9, 0), -0.02],
      [at(11, 0), -0.06],
      [at(14, 12, 59), -0.079],
      [at(14, 13, 0), -0.081],
      [at(15, 30), -0.0877],
    ] as const;
    const day = play({ indices: { KOSPI: kospi.map(([ms, by]) => [ms, by]), KOSDAQ: [] } });
    day.to(at(10, 59));
    expect(returnOf(day)).toBeGreaterThan(-0.1);
    expect(returnOf(day)).toBeLessThan(-0.03);
    day.to(at(20, 0));
    expect(day.times('circuitBreaker')).toEqual(['14:14']);
  });

  it('holds the futures for a sidecar, and an index for a breaker, where no path is given', () => {
    const day = play({
      heldFutures: [{ market: 'KOSPI', fromMs: at(10, 59), toMs: at(11, 0, 5), at: -0.052 }],
      heldIndices: [{ market: 'KOSDAQ', fromMs: at(13, 0), toMs: at(13, 1, 2), at: -0.0812 }],
    });
    day.to(at(15, 0));
    expect(day.times('sidecar')[0]).toBe('11:00');
    expect(day.times('circuitBreaker')).toEqual(['13:01']);
  });

  it('opens with a gap, locks a price at its limit and halts an issue', () => {
    const day = play({
      moves: [{ target: '000660', fromMs: 0, toMs: 0, by: -0.3 }],
      locks: [{ code: '000660', side: 'lower', fromMs: 0, toMs: at(20, 0) }],
      halts: [{ code: '005930', fromMs: at(10, 0), toMs: at(10, 30), reason: '조회공시' }],
    });
    day.to(at(10, 5));
    const locked = day.exchange.issue('000660');
    expect(locked).toMatchObject({ last: locked.lowerLimit, bestBid: 0 });
    expect(locked.bestAskQty).toBeGreaterThan(0);
    expect(day.exchange.phase('005930')).toBe('halted');
    day.to(at(11, 0));
    expect(day.exchange.phase('005930')).toBe('continuous');
  });

  it('thins a book, takes a side away and moves NXT apart, each only in its time', () => {
    const told = {
      liquidity: [{ target: '000660', fromMs: at(10, 0), toMs: at(10, 10), factor: 0.1 }],
      splits: [{ code: '005930', fromMs: at(10, 0), toMs: at(10, 10), by: 0.05 }],
      oneSided: [{ code: '196170', fromMs: at(10, 0), toMs: at(10, 10), side: 'buy' as const }],
    };
    const day = play(told);
    const depth = (): number =>
      day.exchange.depth({ code: '000660', side: 'buy', levels: 10 }).reduce((sum, { qty }) => sum + qty, 0);
    const apart = (): number => day.exchange.issue('005930', 'NXT').bestBid / day.exchange.issue('005930').bestBid - 1;
    day.to(at(9, 59));
    const before = depth();
    expect(Math.abs(apart())).toBeLessThan(0.01);
    day.to(at(10, 5));
    expect(depth()).toBeLessThan(before / 3);
    expect(apart()).toBeGreaterThan(0.04);
    expect(day.exchange.issue('196170').bestBid).toBe(0);
    day.to(at(10, 15));
    expect(depth()).toBeGreaterThan(before / 4);
    expect(Math.abs(apart())).toBeLessThan(0.01);
    expect(day.exchange.issue('196170').bestBid).toBeGreaterThan(0);
  });

  it('goes on from a snapshot exactly, and without one changes nothing', () => {
    const told = { moves: [{ target: 'all', fromMs: at(9, 30), toMs: at(10, 0), by: -0.05 }] };
    const whole = play(told);
    whole.to(at(11, 0));
    const half = play(told);
    half.to(at(9, 45));
    const saved = structuredClone({ exchange: half.exchange.snapshot(), market: half.market.snapshot() });
    const exchange = Exchange.restore(saved.exchange, half.hear);
    SyntheticMarket.restore(saved.market, { exchange, issues: ISSUES }).advanceTo(instant(at(11, 0)));
    expect(exchange.hash()).toBe(whole.exchange.hash());
    const quiet = play({});
    quiet.to(at(11, 0));
    expect(quiet.exchange.hash()).not.toBe(whole.exchange.hash());
  });
});
