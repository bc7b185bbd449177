/** Runs of scenarios: the same again byte for byte, on the direct firm and through the whole KIS client under faults. */
import { describe, expect, it } from 'vitest';
import { played, scenario } from '#test/support/scenario-run.ts';

const said = (run: Awaited<ReturnType<typeof played>>): string => run.timeline.map(({ ko }) => ko).join('\n');
const times = (run: Awaited<ReturnType<typeof played>>, words: string): string[] =>
  run.timeline
    .filter(({ ko }) => ko.includes(words))
    .map(({ ts }) => new Date(ts + 9 * 3_600_000).toISOString().slice(11, 16));

const fallingDay = scenario({
  until: '15:40',
  market: {
    kind: 'indexPath',
    date: '2026-08-05',
    issues: ['005930', '000660', '247540'],
    days: [
      {
        KOSPI: [
          { at: '09:00', pct: -2.4 },
          { at: '14:12:59', pct: -7.9 },
          { at: '14:13:00', pct: -8.1 },
          { at: '15:30', pct: -8.8 },
        ],
      },
    ],
  },
  actors: [
    {
      kind: 'rule',
      name: 'half',
      account: 'main',
      when: { measure: 'positionReturn', issue: '005930', atOrBelow: -4 },
      then: { side: 'sell', issue: '005930', percent: 50 },
    },
    {
      kind: 'orders',
      name: 'me',
      account: 'main',
      orders: [{ at: '10:00', issue: '000660', side: 'buy', quantity: 10 }],
    },
  ],
  criteria: [
    { name: '장부', measure: 'booksDiffer', is: 'exactly', value: 0 },
    { name: '낙폭', measure: 'maxDrawdownPct', is: 'atMost', value: 1 },
    { name: '중지', measure: 'secondsToHalt', is: 'atMost', value: 1 },
  ],
});

describe('a run', () => {
  it('repeats byte for byte, halts at its minute, and keeps rules and books', async () => {
    const first = await played(fallingDay);
    const again = await played(fallingDay);
    expect({ ...again, ms: 0 }).toEqual({ ...first, ms: 0 });
    expect((await played(fallingDay, { seed: 4 })).hash).not.toBe(first.hash);
    expect(times(first, 'KOSPI 서킷브레이커 1단계')).toEqual(['14:14']);
    expect(first.timeline.filter(({ ko }) => ko.includes("규칙 'half'"))).toHaveLength(1);
    const [account] = first.accounts;
    expect(account?.positions).toEqual([
      expect.objectContaining({ issue: '005930', quantity: 250 }),
      expect.objectContaining({ issue: '000660', quantity: 110 }),
    ]);
    // Money neither comes nor goes but by prices and charges.
    const held = account?.positions.reduce((sum, { valueKrw }) => sum + valueKrw, 0) ?? 0;
    expect(account?.endKrw).toBeGreaterThan(held);
    expect(first.criteria.map(({ pass }) => pass)).toEqual([true, false, false]);
    expect(first.criteria[2]?.evidence).toBe('매매가 중지되지 않았습니다.');
    expect(first.passed).toBe(false);
  }, 120_000);

  it('plays several days, each from the closes of the one before', async () => {
    const run = await played(
      scenario({
        market: { kind: 'synthetic', date: '2026-08-05', days: 2, issues: ['005930', '000660', '247540'] },
        events: [
          { kind: 'gap', target: { issue: '247540' }, pct: -30 },
          { kind: 'limitLock', at: '09:00', issue: '247540', side: 'lower', minutes: 660 },
          { kind: 'gap', day: 2, target: { issue: '247540' }, pct: -30 },
          { kind: 'limitLock', day: 2, at: '09:00', issue: '247540', side: 'lower', minutes: 660 },
        ],
        accounts: [{ id: 'main', cashKrw: 1_000_000, holdings: [{ issue: '247540', quantity: 100 }] }],
      }),
    );
    const [account] = run.accounts;
    const value = (account?.positions[0]?.valueKrw ?? 0) / 100;
    // Two days at the lower limit: 0.7 × 0.7, on tick.
    expect(value / 120_700).toBeCloseTo(0.49, 2);
    expect(account?.maxDrawdownPct).toBeGreaterThan(40);
  }, 120_000);

  it('meets faults with the real client: one order in the dark, one frozen feed, no twin', async () => {
    const document = scenario({
      until: '11:00',
      actors: [
        {
          kind: 'orders',
          name: 'me',
          account: 'main',
          orders: [
            { at: '10:00', issue: '000660', side: 'buy', quantity: 10 },
            { at: '10:30:20', issue: '005930', side: 'sell', quantity: 10 },
          ],
        },
      ],
      events: [
        { kind: 'silence', at: '09:59:59', count: 1, taken: true, only: 'orders' },
        { kind: 'freezeFeed', at: '10:30', seconds: 90 },
      ],
      criteria: [
        { name: '장부', measure: 'booksDiffer', is: 'exactly', value: 0 },
        { name: '중복', measure: 'duplicateOrders', is: 'exactly', value: 0 },
        { name: '모름', measure: 'unconfirmedAtEnd', is: 'exactly', value: 0 },
        { name: '옛 시세', measure: 'ordersWhileStale', is: 'exactly', value: 0 },
      ],
    });
    const run = await played(document);
    expect(said(run)).toContain('주문 하나의 결과를 알 수 없습니다.');
    expect(run.criteria.map(({ name, pass, value }) => [name, pass, value])).toEqual([
      ['장부', true, 0],
      ['중복', true, 0],
      ['모름', true, 0],
      ['옛 시세', true, 0],
    ]);
    expect(run.accounts[0]?.positions.find(({ issue }) => issue === '000660')?.quantity).toBe(110);
    expect((await played(document)).hash).toBe(run.hash);
  }, 180_000);

  it('is stopped, and refuses what it cannot play', async () => {
    const stop = new AbortController();
    const stopped = played(fallingDay, { signal: stop.signal, progressed: ({ part }) => part > 0.2 && stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELED' });
    const unknown = scenario({ market: { kind: 'synthetic', date: '2026-08-05', issues: ['999999'] } });
    await expect(played(unknown)).rejects.toMatchObject({ code: 'SCENARIO_ISSUE' });
    const two = scenario({
      accounts: [
        { id: 'a', cashKrw: 1_000_000 },
        { id: 'b', cashKrw: 1_000_000 },
      ],
      events: [{ kind: 'expireToken', at: '10:00' }],
    });
    await expect(played(two)).rejects.toMatchObject({ code: 'SCENARIO_ONE_ACCOUNT' });
  });
});

const burst = (plays: NonNullable<Parameters<typeof scenario>[0]>['plays']) =>
  scenario({
    until: '09:31',
    events: [{ kind: 'orderBurst', at: '09:30', issue: '005930', side: 'buy', count: 40, seconds: 2, quantity: 1 }],
    plays,
    criteria: [{ name: '중지까지', measure: 'secondsToHalt', is: 'atMost', value: 1 }],
  });

describe('plays of a run', () => {
  it('halt at once under a mandate, and the run without them is told beside', async () => {
    const run = await played(burst([{ play: 'P7', on: ['O03'], severity: 'C' }]));
    expect(run.passed).toBe(true);
    expect(run.plays).toEqual([expect.objectContaining({ play: 'P7', detector: 'O03', by: 'mandate', afterMs: 0 })]);
    expect(run.without?.criteria).toEqual([expect.objectContaining({ pass: false })]);
    expect(run.timeline.filter(({ track }) => track === 'play').length).toBeGreaterThan(0);
    expect({ ...(await played(burst([{ play: 'P7', on: ['O03'], severity: 'C' }]))), ms: 0 }).toEqual({
      ...run,
      ms: 0,
    });
  }, 120_000);

  it('wait for the user of the scenario as long as it says', async () => {
    const armed = { play: 'P7', on: ['O03'], severity: 'C', mode: 'confirm', confirmSeconds: 12 } as const;
    const run = await played(burst([{ ...armed, on: ['O03'] }]));
    expect(run.plays).toEqual([expect.objectContaining({ play: 'P7', by: 'user' })]);
    expect(run.plays[0]?.afterMs).toBeGreaterThanOrEqual(12_000);
    expect(run.plays[0]?.afterMs).toBeLessThan(13_000);
    expect(run.passed).toBe(false);
  }, 120_000);

  it('do nothing where another detector is named', async () => {
    const run = await played(burst([{ play: 'P7', on: ['A01'], severity: 'C' }]));
    expect(run.plays).toEqual([]);
    expect(run.without).toBeNull();
  }, 120_000);
});
