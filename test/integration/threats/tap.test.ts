/** The tap: what market, desk and line of an environment become in the stream that detectors are fed. */
import { describe, expect, it } from 'vitest';
import { MarkKeeper, ThreatTap, type AccountMarks, type TapParts } from '#core/threats/index.ts';
import type { EventOf, ThreatEvent, ThreatEventKind } from '#shared/threats/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { HYNIX, moment, SAMSUNG, ThreatStand } from '../../support/threat-stand.ts';

const USUAL = { averageVolume: null, minuteVolumes: null, usualDepth: null, usualSpreadTicks: null, closes: [] };

async function tapped(change: Partial<TapParts> = {}) {
  const stand = await ThreatStand.open();
  const events: ThreatEvent[] = [];
  const tap = new ThreatTap({
    hub: stand.hub,
    desk: stand.desk,
    clock: stand.time.clock,
    timers: stand.time.timers,
    followed: () => [SAMSUNG],
    usual: () => USUAL,
    futures: null,
    brokerQty: null,
    skewMs: null,
    sink: (event) => events.push(event),
    ...change,
  });
  tap.start();
  const of = <Kind extends ThreatEventKind>(kind: Kind): EventOf<Kind>[] =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  return { stand, tap, events, of };
}

describe('the market as the tap tells it', () => {
  it('tells an issue once, and again when its limits or its halt change', async () => {
    const { stand, of } = await tapped();
    await stand.advance(2_000);
    expect(of('issue')).toHaveLength(1);
    expect(of('issue')[0]).toMatchObject({ id: SAMSUNG, base: 70_000, upper: 91_000, lower: 49_000, tick: 100 });
    stand.price(SAMSUNG, 70_000, { halted: true });
    await stand.advance(1_200);
    expect(of('issue').at(-1)?.flags).toEqual(['halted']);
    stand.price(SAMSUNG, 70_000, { upperLimit: 90_000, halted: true });
    await stand.advance(1_200);
    expect(of('issue').at(-1)?.upper).toBe(90_000);
    expect(of('issue')).toHaveLength(3);
  });

  it('tells trades of followed issues only, and none at a time before what was told', async () => {
    const { stand, of } = await tapped();
    await stand.advance(1_500);
    // KIS stamps whole seconds: the trade lies before the clock that was told already.
    stand.feed.trade(SAMSUNG, '10:00:01', 70_100, 5);
    stand.feed.trade(HYNIX, '10:00:01', 70_100, 5);
    const [trade] = of('trade');
    expect(of('trade')).toHaveLength(1);
    expect(trade).toMatchObject({ id: SAMSUNG, price: 70_100, quantity: 5, side: 'buy', venue: 'KRX' });
    expect(trade?.ts).toBeGreaterThanOrEqual(of('clock').at(-1)?.ts ?? Infinity);
  });

  it('never goes back in time, whatever the stamps say', async () => {
    const { stand, events } = await tapped();
    await stand.advance(1_500);
    stand.feed.trade(SAMSUNG, '10:00:01', 70_100, 5);
    stand.feed.sessionNow = { ...stand.feed.sessionNow, exchangeTs: stand.time.clock.now() };
    await stand.advance(3_000);
    const times = events.map(({ ts }) => ts);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('gives a stamp from the future the time of the exchange', async () => {
    const { stand, of } = await tapped();
    await stand.advance(1_000);
    const now = stand.hub.exchangeNow();
    // The stub's clock goes with its trade; a line that only stamps wrongly keeps its own.
    stand.feed.session = () => ({ ...stand.feed.sessionNow, exchangeTs: stand.time.clock.now() });
    stand.feed.trade(SAMSUNG, '15:00:00', 70_000, 1);
    expect(of('trade')[0]?.ts).toBeLessThanOrEqual(now + 1_000);
    await stand.advance(3_000);
    expect(of('clock').at(-1)?.ts).toBeGreaterThanOrEqual(now + 2_000);
  });

  it('tells a volatility interruption with its cause, phases of venues and issues, and the index', async () => {
    const { stand, of } = await tapped();
    await stand.advance(1_100);
    expect(of('phase').map(({ venue, phase, id }) => [venue, phase, id])).toEqual([
      ['KRX', 'continuous', SAMSUNG],
      ['KRX', 'continuous', null],
    ]);
    const interruption = {
      kind: 'viDynamic',
      level: null,
      sinceTs: stand.time.clock.now(),
      untilTs: stand.time.clock.now() + 120_000,
      reference: 70_000,
      price: 72_500,
      note: '',
    } as const;
    stand.price(SAMSUNG, 72_000, { phase: 'viAuction', interruption });
    stand.feed.states = [
      { market: 'KOSPI', indexChangePpm: -51_000, breaker: null, breakersUsed: [], sidecar: null },
      { market: 'KOSDAQ', indexChangePpm: null, breaker: null, breakersUsed: [], sidecar: null },
    ];
    await stand.advance(300);
    expect(of('vi')).toMatchObject([{ id: SAMSUNG, on: true, cause: 'dynamic' }]);
    expect(of('index')).toMatchObject([{ market: 'KOSPI', ppm: -51_000 }]);
    stand.price(SAMSUNG, 72_000, { phase: 'continuous', interruption: null });
    await stand.advance(300);
    expect(of('vi').at(-1)).toMatchObject({ on: false });
  });

  it('tells everything anew when the exchange clock is set back: another market', async () => {
    let rewound = 0;
    const { stand, of } = await tapped({ rewound: () => (rewound += 1) });
    await stand.advance(2_000);
    const issues = of('issue').length;
    stand.feed.sessionNow = { ...stand.feed.sessionNow, exchangeTs: moment('09:00:10') };
    await stand.time.advance(1_000);
    expect(rewound).toBe(1);
    expect(of('issue').length).toBe(issues + 1);
    expect(of('clock').at(-1)?.ts).toBe(moment('09:00:10'));
  });

  it('goes on in its own time while the clock of a server is set wrong', async () => {
    let skewMs = 0;
    const { stand, of } = await tapped({ skewMs: () => skewMs });
    stand.feed.session = () => ({
      ...stand.feed.sessionNow,
      exchangeTs: epochMs(stand.time.clock.now() + skewMs),
    });
    const seen = (): number => of('clock').at(-1)?.ts ?? 0;
    await stand.advance(3_000);
    const before = seen();
    skewMs = -9 * 3_600_000;
    await stand.advance(10_000);
    expect(seen() - before).toBe(10_000);
    expect(of('skew').at(-1)?.offsetMs).toBe(skewMs);
    skewMs = 0;
    await stand.advance(10_000);
    expect(seen() - before).toBe(20_000);
  });
});

describe('the desk as the tap tells it', () => {
  it('tells an order as asked before it is judged, and again at every state', async () => {
    const { stand, of } = await tapped();
    const steps: string[] = [];
    const ack = await stand.submit();
    stand.broker.fill(ack.brokerOrderNo ?? '', 10);
    await stand.advance(20);
    steps.push(...of('order').map(({ step }) => step));
    expect(steps).toEqual(['asked', 'submitting', 'accepted', 'filled']);
    expect(of('order')[0]?.gesture).toBe('request-000001');
    expect(of('fill')).toMatchObject([
      { quantity: 10, cumulativeQty: 10, orderQty: 10, realisedKrw: null, stop: false },
    ]);
  });

  it('tells an order that the guard denies too', async () => {
    const { stand, of } = await tapped();
    await stand.submit({ price: 70_050 });
    expect(of('order').map(({ step }) => step)).toEqual(['asked', 'denied']);
  });

  it('lets what hears of an order shut the gate before that order is judged', async () => {
    const stand = await ThreatStand.open();
    const tap = new ThreatTap({
      hub: stand.hub,
      desk: stand.desk,
      clock: stand.time.clock,
      timers: stand.time.timers,
      followed: () => [],
      usual: () => USUAL,
      futures: null,
      brokerQty: null,
      skewMs: null,
      sink: (event) => {
        if (event.kind === 'order' && event.step === 'asked') void stand.desk.setTradingState('halted', '시험');
      },
    });
    tap.start();
    const ack = await stand.submit();
    expect(ack.state).toBe('denied');
    expect(ack.reason?.code).toBe('GUARD_HALTED');
    expect(stand.broker.received).toHaveLength(0);
  });

  it('tells a cancel that was asked, and what became of it', async () => {
    const { stand, of } = await tapped();
    const { orderId } = await stand.submit();
    void stand.desk.cancel({ requestId: 'cancel-000001', orderId });
    await stand.advance(50);
    expect(of('order').map(({ step }) => step)).toEqual(['asked', 'submitting', 'accepted', 'cancelAsked', 'canceled']);
  });

  it('values an account once a second at last prices, with what it began the day with', async () => {
    const { stand, of } = await tapped();
    await stand.buy(100);
    stand.price(SAMSUNG, 63_000);
    await stand.advance(1_100);
    const account = of('account').at(-1);
    expect(account?.positions).toMatchObject([{ id: SAMSUNG, quantity: 100, valueKrw: 6_300_000 }]);
    expect(account?.dayStartKrw).toBe(100_000_000);
    expect((account?.equityKrw ?? 0) - 100_000_000).toBeLessThan(-700_000);
  });

  it('values an account after a fill only as its cash knows of it: a purchase is no gain, a sale no loss', async () => {
    const { stand, of } = await tapped();
    await stand.buy(600);
    const sold = await stand.submit({ side: 'sell', quantity: 400, price: 69_900 });
    stand.broker.fill(sold.brokerOrderNo ?? '', 400, 69_900);
    await stand.advance(1_100);
    const seen = of('account').map(({ equityKrw }) => equityKrw);
    expect(seen.length).toBeGreaterThan(3);
    for (const equityKrw of seen) expect(Math.abs(equityKrw - 100_000_000)).toBeLessThan(200_000);
    expect(of('account').at(-1)?.peakKrw).toBe(100_000_000);
    // While the broker says nothing of the cash, nothing is said of the account.
    stand.broker.mischief.notice = ({ kind }) => (kind === 'account' ? 'drop' : undefined);
    const told = of('account').length;
    await stand.buy(100);
    await stand.advance(2_000);
    expect(of('account')).toHaveLength(told);
    stand.broker.mischief = {};
    void stand.desk.reconcileNow();
    await stand.advance(2_000);
    expect(of('account').at(-1)?.positions).toMatchObject([{ quantity: 300 }]);
  });

  it('takes cash that was paid in or out for neither profit nor loss, and corrections after a fill for what they are', () => {
    const keeper = new MarkKeeper(null);
    const date = '2026-03-03';
    keeper.look('A1', { date, equityKrw: 100, cashKrw: 100, ts: 0 });
    expect(keeper.look('A1', { date, equityKrw: 150, cashKrw: 150, ts: 1 })).toMatchObject({
      dayStartKrw: 150,
      peakKrw: 150,
    });
    expect(keeper.look('A1', { date, equityKrw: 120, cashKrw: 120, ts: 2 })).toMatchObject({
      dayStartKrw: 120,
      peakKrw: 120,
    });
    keeper.filled('A1', 3);
    expect(keeper.look('A1', { date, equityKrw: 90, cashKrw: 90, ts: 4 })).toMatchObject({
      dayStartKrw: 120,
      peakKrw: 120,
    });
    // The next day begins with what is there then; the peak stays.
    const next = keeper.look('A1', { date: '2026-03-04', equityKrw: 95, cashKrw: 90, ts: 5 });
    expect(next).toMatchObject({ dayStartKrw: 95, peakKrw: 120 });
  });

  it('measures losses from the same marks after a restart', () => {
    const kept = new Map<string, AccountMarks>();
    const port = {
      load: (id: string) => kept.get(id) ?? null,
      save: (id: string, marks: AccountMarks) => void kept.set(id, marks),
    };
    new MarkKeeper(port).look('A1', { date: '2026-03-03', equityKrw: 100, cashKrw: 100, ts: 0 });
    const again = new MarkKeeper(port).look('A1', { date: '2026-03-03', equityKrw: 60, cashKrw: 60, ts: 9 });
    expect(again).toMatchObject({ dayStartKrw: 100, peakKrw: 100 });
  });

  it('compares the books after each inquiry', async () => {
    const { stand, of } = await tapped();
    await stand.buy(100);
    void stand.desk.reconcileNow();
    await stand.advance(10_000);
    expect(of('reconcile').at(-1)).toMatchObject({ id: SAMSUNG, deskQty: 100, brokerQty: 100 });
  });
});
