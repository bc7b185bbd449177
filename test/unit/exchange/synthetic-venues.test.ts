/** The synthetic market outside the plain session: NXT, the after-market, interruptions, halts, a day that breaks. */
import { describe, expect, it } from 'vitest';
import { Exchange, SyntheticMarket, type ListedIssue } from '#shared/exchange/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { epochMs, sessionDate } from '#shared/time/index.ts';
import { stage, stageAt as at } from '#test/support/synthetic-stage.ts';

const USER = 1;
/** Circuit breakers are off where a few issues are the whole index. */
const CALM = { exchange: { breakers: false } } as const;

function issue(code: string, facts: Partial<ListedIssue> = {}): ListedIssue {
  const usual = { market: 'KOSPI', basePrice: 70_300, lotSize: 1, listedShares: 300_000_000, nxt: true } as const;
  return { ...usual, code, viClass: 'general', ...facts };
}

const PAIR = [issue('BOTH01'), issue('KRXONE', { nxt: false, basePrice: 12_340, listedShares: 60_000_000 })];

describe('both venues', () => {
  it('trades before, in and after the main session on NXT, and after it on KRX, nothing refused', () => {
    const { exchange, market, trades, of } = stage(PAIR, { venues: 'both', ...CALM });
    const count = (venue: string, code: string, from: string, to: string): number =>
      trades.filter((t) => t.venue === venue && t.code === code && t.ts >= at(from) && t.ts < at(to)).length;
    market.advanceTo(at('20:00'));
    expect(of('rejected')).toEqual([]);
    expect(count('NXT', 'BOTH01', '08:00', '08:50')).toBeGreaterThan(20);
    expect(count('NXT', 'BOTH01', '08:50', '09:00:30')).toBe(0);
    expect(count('NXT', 'BOTH01', '09:00:30', '15:20')).toBeGreaterThan(200);
    expect(count('NXT', 'BOTH01', '15:20', '15:30')).toBe(0);
    expect(count('NXT', 'BOTH01', '15:40', '20:00')).toBeGreaterThan(20);
    for (const { code } of PAIR) {
      const regular = count('KRX', code, '09:00', '15:31');
      const after = count('KRX', code, '16:00', '20:00');
      expect(after).toBeGreaterThan(5);
      expect(after).toBeLessThan(regular / 10);
    }
    expect(exchange.has('KRXONE', 'NXT')).toBe(false);
  });

  it('keeps the venues in line: the touch is never further apart than a few ticks', () => {
    const { exchange, market } = stage(PAIR, { venues: 'both', ...CALM });
    let [apart, crossed] = [0, 0];
    for (let ts: number = at('09:05'); ts < at('15:15'); ts += 60_000) {
      market.advanceTo(epochMs(ts));
      const [krx, nxt] = [
        exchange.look('BOTH01')?.bestPrice('buy') ?? 0,
        exchange.look('BOTH01', 'NXT')?.bestPrice('buy') ?? 0,
      ];
      apart = Math.max(apart, Math.abs(krx - nxt) / 100);
      crossed += krx >= (exchange.look('BOTH01', 'NXT')?.bestPrice('sell') ?? 0) ? 1 : 0;
    }
    // For seconds a quote that nobody has taken yet may stand against the other venue.
    expect(crossed).toBeLessThan(15);
    expect(apart).toBeLessThanOrEqual(3);
  });

  it('leaves funds out of the after-market', () => {
    const fund = issue('FUND01', { product: 'etp', nxt: false, basePrice: 35_000, viClass: 'etpBroad' });
    const { market, trades, of } = stage([PAIR[0] as ListedIssue, fund], CALM);
    market.advanceTo(at('20:00'));
    const times = trades.filter((t) => t.code === 'FUND01').map((t) => t.ts);
    expect(times.length).toBeGreaterThan(100);
    expect(Math.max(...times)).toBeLessThan(at('15:31'));
    expect(of('rejected')).toEqual([]);
  });
});

describe('interruptions', () => {
  it('makes the auction of a volatility interruption that a user sets off, and trades on after it', () => {
    const { exchange, market, trades, of } = stage(PAIR, { venues: 'both', ...CALM });
    market.advanceTo(at('10:00'));
    const { viUp } = exchange.issue('KRXONE');
    expect(viUp).toBeGreaterThan(0);
    const entry = { owner: USER, code: 'KRXONE', side: 'buy', type: 'limit', timeInForce: 'day' } as const;
    exchange.submit({ ...entry, price: viUp, quantity: 100_000 });
    for (let k = 0; k < 60 && of('vi').length === 0; k += 1) {
      market.advanceTo(epochMs(exchange.now + 1_000));
      exchange.submit({ ...entry, price: exchange.issue('KRXONE').viUp || viUp, quantity: 100_000 });
    }
    const [vi] = of('vi');
    expect(vi).toMatchObject({ code: 'KRXONE', direction: 'up' });
    market.advanceTo(epochMs((vi?.until ?? 0) - 1_000));
    expect(exchange.phase('KRXONE')).toBe('viAuction');
    expect(exchange.phase('BOTH01')).toBe('continuous');
    market.advanceTo(epochMs((vi?.until ?? 0) + 120_000));
    expect(exchange.phase('KRXONE')).toBe('continuous');
    const auction = of('auction').find((event) => event.phase === 'viAuction');
    expect(auction?.quantity).toBeGreaterThan(0);
    const later = trades.filter((t) => t.code === 'KRXONE' && t.ts > (auction?.ts ?? 0) && t.aggressor !== null);
    expect(later.length).toBeGreaterThan(0);
    expect(of('rejected').filter((event) => event.owner !== USER)).toEqual([]);
  });

  it('stands still in a halt and comes back with the auction after it', () => {
    const { exchange, market, trades, of } = stage(PAIR, { venues: 'both', ...CALM });
    market.advanceTo(at('10:00'));
    exchange.halt({ code: 'BOTH01', note: '조회공시', until: at('10:30') });
    market.advanceTo(at('10:29'));
    expect(trades.filter((t) => t.code === 'BOTH01' && t.ts > at('10:00'))).toEqual([]);
    market.advanceTo(at('12:00'));
    expect(exchange.phase('BOTH01')).toBe('continuous');
    expect(trades.filter((t) => t.code === 'BOTH01' && t.ts > at('10:30')).length).toBeGreaterThan(50);
    expect(of('rejected')).toEqual([]);
  });

  it('plays single prices every half hour where an issue has no others', () => {
    const { market, trades, of } = stage([issue('SINGLE', { nxt: false, singlePrice: 'overheated' })], CALM);
    market.advanceTo(at('15:31'));
    expect(trades.length).toBeGreaterThan(50);
    expect(trades.every((t) => t.aggressor === null)).toBe(true);
    expect(new Set(of('auction').map((event) => event.phase))).toContain('periodicAuction');
    expect(of('rejected')).toEqual([]);
  });
});

/** A small index: enough issues that one does not break the market. */
const MARKET = Array.from({ length: 16 }, (_, i) =>
  issue(`M${String(i).padStart(5, '0')}`, {
    market: i % 2 === 0 ? 'KOSPI' : 'KOSDAQ',
    basePrice: [4_500, 12_340, 33_350, 71_000][i % 4] ?? 10_000,
    listedShares: 30_000_000 * (1 + (i % 3)),
  }),
);

describe('a day that breaks', () => {
  const shock = { at: 'open', market: 'all', pct: -14, minutes: 30 } as const;

  it('gaps down, sets off sidecar and circuit breaker, reopens with an auction, closes, and trades after hours', () => {
    const { exchange, market, trades, of } = stage(MARKET, { venues: 'both', market: { shock } });
    market.advanceTo(at('09:02'));
    for (const { market: board } of MARKET.slice(0, 2))
      expect(exchange.markets().find((m) => m.market === board)?.indexChangePpm).toBeLessThan(-10_000);
    market.advanceTo(at('15:31'));
    expect(of('sidecar').map(({ side, state }) => `${side} ${state}`)).toContain('sell on');
    const breaker = of('circuitBreaker')[0];
    expect(breaker).toMatchObject({ level: 1 });
    const halted = trades.filter(
      (t) =>
        MARKET.find(({ code }) => code === t.code)?.market === breaker?.market &&
        t.ts > (breaker?.ts ?? 0) &&
        t.ts < (breaker?.haltUntil ?? 0),
    );
    expect(halted).toEqual([]);
    expect(
      of('auction').filter((event) => event.phase === 'reopenAuction' && event.quantity > 0).length,
    ).toBeGreaterThan(0);
    market.advanceTo(at('20:00'));
    expect(trades.some((t) => t.venue === 'KRX' && t.ts > at('16:00'))).toBe(true);
    expect(exchange.markets().some((m) => m.breakersUsed.includes(1))).toBe(true);
  }, 60_000);

  it('goes on exactly from a snapshot in the middle of the break', () => {
    const first = stage(MARKET, { venues: 'both', market: { shock } });
    while (first.of('circuitBreaker').length === 0) first.market.advanceTo(epochMs(first.exchange.now + 10_000));
    first.market.advanceTo(epochMs(first.exchange.now + 60_000));
    const saved = structuredClone({ exchange: first.exchange.snapshot(), market: first.market.snapshot() });
    const later = epochMs(first.exchange.now + 40 * 60_000);
    first.market.advanceTo(later);
    const exchange = Exchange.restore(saved.exchange, () => undefined);
    const market = SyntheticMarket.restore(saved.market, { exchange, issues: MARKET });
    market.advanceTo(later);
    expect(exchange.hash()).toBe(first.exchange.hash());
    expect(market.snapshot()).toEqual(first.market.snapshot());
  }, 60_000);

  it('begins at the time of day that is asked for', () => {
    const quiet = stage(MARKET, { venues: 'both' });
    const blown = stage(MARKET, {
      venues: 'both',
      market: { shock: { ...shock, at: 11 * 3_600_000, market: 'KOSDAQ' } },
    });
    for (const { market } of [quiet, blown]) market.advanceTo(at('10:59'));
    expect(blown.exchange.hash()).toBe(quiet.exchange.hash());
    for (const { market } of [quiet, blown]) market.advanceTo(at('11:20'));
    const change = ({ exchange }: typeof quiet, board: string): number =>
      exchange.markets().find((m) => m.market === board)?.indexChangePpm ?? 0;
    expect(change(blown, 'KOSDAQ')).toBeLessThan(change(quiet, 'KOSDAQ') - 40_000);
    expect(Math.abs(change(blown, 'KOSPI') - change(quiet, 'KOSPI'))).toBeLessThan(10_000);
  }, 60_000);
});

describe('day after day', () => {
  const dates = (days: number): ReturnType<typeof sessionDate>[] => {
    const all = [sessionDate('2024-06-03')];
    while (all.length < days) all.push(krxCalendar.addSessions(all.at(-1) as (typeof all)[number], 1));
    return all;
  };
  const drawn = (
    date: (typeof krxCalendar)['from'],
    change: Partial<ConstructorParameters<typeof SyntheticMarket>[0]> = {},
  ) =>
    stage([PAIR[0] as ListedIssue], {
      exchange: { date, breakers: false },
      seed: 5,
      market: { marketSeed: 9, ...change },
    }).market.snapshot().day;

  it('has clustered volatility over days that are started one by one', () => {
    const sds = dates(300).map((date) => drawn(date).issues[0]?.sessionSd ?? 0);
    const mean = sds.reduce((sum, sd) => sum + sd, 0) / sds.length;
    const lagged = (lag: number): number => {
      const products = sds.slice(lag).map((sd, i) => (sd - mean) * ((sds[i] ?? 0) - mean));
      return products.reduce((sum, x) => sum + x, 0) / sds.reduce((sum, sd) => sum + (sd - mean) ** 2, 0);
    };
    expect(lagged(1)).toBeGreaterThan(0.4);
    expect(lagged(1)).toBeGreaterThan(lagged(20));
    expect(Math.max(...sds) / Math.min(...sds)).toBeGreaterThan(2);
  }, 60_000);

  it('remembers a blow of the day before in the market', () => {
    const [before, date] = dates(2) as [ReturnType<typeof sessionDate>, ReturnType<typeof sessionDate>];
    const blow = { date: before, shock: { at: 'open', market: 'all', pct: -12, minutes: 30 } } as const;
    expect(drawn(date, { blow }).market.sessionSd).toBeGreaterThan(1.3 * drawn(date).market.sessionSd);
  });
});
