/** Plays on issues: plans priced for the phase that each issue is in, collars and auction mode, on a market moved by hand. */
import { describe, expect, it } from 'vitest';
import { reducingPrice } from '#core/threats/index.ts';
import type { Interruption, PlannedReduction, ResponsePlan } from '#shared/domain/index.ts';
import { GuardStand } from '../../support/guard-stand.ts';
import { HYNIX, SAMSUNG } from '../../support/threat-stand.ts';

const vi = (fromTs: number): Interruption => ({
  kind: 'viDynamic',
  level: null,
  sinceTs: fromTs,
  untilTs: fromTs + 120_000,
  reference: 70_000,
  price: 72_500,
  note: '',
});

/** 100 of the one, 200 of the other, both at 70,000 won. */
async function holding(): Promise<GuardStand> {
  const guard = await GuardStand.quiet();
  await guard.stand.buy(100, 70_000, SAMSUNG);
  await guard.stand.buy(200, 70_000, HYNIX);
  return guard;
}

function plan(guard: GuardStand, severity: 'M' | 'H' | 'C' = 'C'): ResponsePlan {
  guard.raise('M05', { subject: 'KOSPI', severity });
  const { plan: made } = guard.room.plays.confirm(guard.play('P2').playId);
  if (!made) throw new Error('no plan');
  return made;
}

const rowOf = ({ rows }: ResponsePlan, id: string): PlannedReduction => {
  const found = rows.find(({ instrumentId }) => instrumentId === id);
  if (!found) throw new Error(`no row for ${id}`);
  return found;
};

describe('P2: the plan', () => {
  it('gives up the share of its severity, the largest first, and says what that costs and spares', async () => {
    const guard = await holding();
    const { rows, before, after, sharePct, commissionKrw, taxKrw } = plan(guard);
    expect(rows.map(({ instrumentId, row }) => [instrumentId, row?.side, row?.quantity])).toEqual([
      [HYNIX, 'sell', 100],
      [SAMSUNG, 'sell', 50],
    ]);
    expect(sharePct).toBe(50);
    expect(before.exposureKrw).toBe(21_000_000);
    expect(after.exposureKrw).toBe(10_500_000);
    expect([before.lossAt10Krw, after.lossAt10Krw]).toEqual([2_100_000, 1_050_000]);
    // Sold at the best bid, 100 won below the last price, less what selling costs.
    const value = 150 * 69_900;
    expect(after.cashKrw - before.cashKrw).toBe(value - commissionKrw - taxKrw);
    expect(commissionKrw).toBeGreaterThan(0);
    expect(taxKrw).toBeGreaterThan(0);
    // Drafts only.
    expect(guard.sent()).toBe(2);
    expect(guard.stand.desk.orders({ accountId: 'A1', open: true, limit: 10 })).toEqual([]);
  });

  it('gives up less where it is less severe', async () => {
    const guard = await holding();
    expect(plan(guard, 'H').sharePct).toBeCloseTo(30, 0);
    const mild = await holding();
    mild.raise('M16', { subject: 'USDKRW', severity: 'M' });
    expect(mild.room.plays.confirm(mild.play('P2').playId).plan?.sharePct).toBeCloseTo(15, 0);
  });

  it('brings a concentrated account back to a quarter for each name', async () => {
    const guard = await GuardStand.quiet();
    await guard.stand.buy(500, 70_000);
    guard.raise('A03', { subject: 'A1' });
    const made = guard.room.plays.confirm(guard.play('P2').playId).plan;
    const [row] = made?.rows ?? [];
    const equity = (made?.before.cashKrw ?? 0) + (made?.before.exposureKrw ?? 0);
    const left = (500 - (row?.row?.quantity ?? 0)) * 70_000;
    expect(left).toBeLessThanOrEqual(equity / 4);
    expect(left + 70_000).toBeGreaterThan(equity / 4);
  });

  it('prices each issue for its own phase: bid, auction floor, nothing while halted', async () => {
    const guard = await holding();
    const { stand } = guard;
    stand.price(SAMSUNG, 72_000, { phase: 'viAuction', interruption: vi(stand.time.clock.now()) });
    stand.price(HYNIX, 70_000, { phase: 'halted', halted: true });
    const made = plan(guard);
    // No market order into a single price: 2 % below the last price at worst, on the tick.
    expect(rowOf(made, SAMSUNG).row).toMatchObject({ type: 'limit', price: 70_600, quantity: 50 });
    expect(rowOf(made, SAMSUNG).denial).toBeNull();
    expect(rowOf(made, SAMSUNG).whyKo).toContain('단일가');
    expect(rowOf(made, HYNIX)).toMatchObject({ row: null, denial: null });
    expect(rowOf(made, HYNIX).whyKo).toContain('정지');
    // What cannot be sold is no relief.
    expect(made.after.exposureKrw).toBe(made.before.exposureKrw - 50 * 72_000);
  });

  it('prices the closing auction, and drafts nothing before the open', async () => {
    const closing = await holding();
    closing.stand.feed.sessionNow = { ...closing.stand.feed.sessionNow, phase: 'closeAuction' };
    for (const id of [SAMSUNG, HYNIX]) closing.stand.price(id, 70_000, { phase: 'closeAuction' });
    const made = plan(closing);
    expect(made.rows.map(({ row, denial }) => [row?.price, denial])).toEqual([
      [68_600, null],
      [68_600, null],
    ]);
    const early = await holding();
    early.stand.feed.sessionNow = { ...early.stand.feed.sessionNow, phase: 'preOpen' };
    for (const id of [SAMSUNG, HYNIX]) early.stand.price(id, 70_000, { phase: 'preOpen' });
    const none = plan(early);
    expect(none.rows.map(({ row }) => row)).toEqual([null, null]);
    expect(none.sharePct).toBe(0);
    expect(none.after).toEqual(none.before);
    expect(early.play('P2')).toMatchObject({
      state: 'done',
      didKo: expect.stringContaining('초안이 없습니다') as string,
    });
  });

  it('waits in line at the lower limit where nobody bids, and never asks below it in an auction', async () => {
    const guard = await holding();
    const { stand } = guard;
    stand.price(SAMSUNG, 49_000, { bestBid: 0, bestBidQty: 0, bestAsk: 49_000 });
    stand.book(SAMSUNG, [], [{ price: 49_000, qty: 500_000 }]);
    stand.price(HYNIX, 49_500, { phase: 'viAuction', interruption: vi(stand.time.clock.now()) });
    const made = plan(guard);
    expect(rowOf(made, SAMSUNG).row?.price).toBe(49_000);
    expect(rowOf(made, SAMSUNG).whyKo).toContain('하한가');
    expect(rowOf(made, HYNIX).row?.price).toBe(49_000);
    for (const { denial } of made.rows) expect(denial).toBeNull();
  });

  it('shows what the real guard says of each draft, and counts only what would pass', async () => {
    const guard = await holding();
    void guard.stand.desk.setTradingState('halted');
    await guard.stand.advance(2_000);
    const made = plan(guard);
    expect(made.rows.map(({ denial }) => denial?.code)).toEqual(['GUARD_HALTED', 'GUARD_HALTED']);
    expect(made.after).toEqual(made.before);
    expect(guard.play('P2').state).toBe('done');
  });

  it('leaves alone what other sell orders have taken', async () => {
    const guard = await holding();
    await guard.stand.submit({ side: 'sell', instrumentId: HYNIX, quantity: 200, price: 75_000 });
    await guard.stand.submit({ side: 'sell', instrumentId: SAMSUNG, quantity: 70, price: 75_000 });
    const made = plan(guard);
    expect(rowOf(made, HYNIX).row).toBeNull();
    expect(rowOf(made, HYNIX).whyKo).toContain('다른 매도 주문');
    expect(rowOf(made, SAMSUNG)).toMatchObject({ row: { quantity: 30 }, denial: null });
  });

  it('is made without positions, for an unknown issue and with a dead broker, and says what it found', async () => {
    const guard = await GuardStand.quiet();
    const empty = plan(guard);
    expect(empty).toMatchObject({ rows: [], sharePct: 0, commissionKrw: 0 });
    guard.raise('A03', { subject: 'A9' });
    expect(guard.room.plays.confirm(guard.play('P2').playId).plan?.rows).toEqual([]);
    const dead = await holding();
    dead.stand.broker.mischief.inquiry = () => 'fails';
    dead.stand.broker.line('down');
    await dead.stand.advance(1_000);
    expect(plan(dead).rows).toHaveLength(2);
  });

  it('prices nothing in a market that does not run', () => {
    const guard = new GuardStand();
    const issue = guard.stand.hub.facts(SAMSUNG);
    if (!issue) throw new Error('no issue');
    expect(reducingPrice({ ...issue, inMarket: false }).price).toBeNull();
    expect(reducingPrice(issue).price).toBe(69_900);
  });
});

describe('P3: the collar', () => {
  it('refuses market orders and limits far through the market on its issue, for thirty seconds', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    guard.sign('P3');
    guard.raise('M01');
    const market = { type: 'market', price: null } as const;
    expect(await stand.submit(market)).toMatchObject({ reason: { code: 'GUARD_COLLARED' } });
    expect(await stand.submit({ price: 70_800 })).toMatchObject({ reason: { code: 'GUARD_COLLARED' } });
    expect(await stand.submit({ price: 70_700 })).toMatchObject({ state: 'accepted' });
    expect(await stand.submit({ ...market, instrumentId: HYNIX })).toMatchObject({ state: 'accepted' });
    expect(guard.play('P3').untilTs).toBe((guard.play('P3').startedTs ?? 0) + 30_000);
    await stand.advance(31_000);
    expect(guard.play('P3')).toMatchObject({ state: 'released', endedBy: 'time' });
    expect(await stand.submit(market)).toMatchObject({ state: 'accepted' });
  });

  it('makes a limit order of what an automation sends at the market', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P3');
    guard.raise('M01');
    const { desk } = guard.stand;
    // What a hand writes is refused, never changed; what nobody looks at is kept within the collar.
    const sent = guard.stand.order({ type: 'market', price: null });
    const facts = guard.stand.hub.facts(SAMSUNG);
    expect(desk.protections.shaped(sent, facts)).toMatchObject({ type: 'limit', price: 70_700 });
  });

  it('stands on every issue where the feed as a whole is in doubt, and on an issue that nobody knows', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P3');
    guard.raise('O06', { subject: 'feed' });
    expect(await guard.stand.submit({ type: 'market', price: null, instrumentId: HYNIX })).toMatchObject({
      reason: { code: 'GUARD_COLLARED' },
    });
    guard.raise('M01', { subject: 'KRX:999999' });
    expect(guard.play('P3')).toMatchObject({ state: 'running', didKo: expect.stringContaining('999999') as string });
  });

  it('is taken back by hand', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P3');
    guard.raise('M01');
    expect(guard.room.plays.release(guard.play('P3').playId)).toMatchObject({ state: 'released', endedBy: 'user' });
    // The record says who did it.
    expect(guard.written.at(-1)).toMatchObject({ what: 'ended', play: { state: 'released', endedBy: 'user' } });
    expect(await guard.stand.submit({ type: 'market', price: null })).toMatchObject({ state: 'accepted' });
  });
});

describe('P4: auction mode', () => {
  const market = { type: 'market', price: null } as const;

  it('refuses market orders through the interruption, and is over as the issue trades again', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    guard.sign('P4');
    stand.price(SAMSUNG, 72_000, { phase: 'viAuction', interruption: vi(stand.time.clock.now()) });
    await stand.advance(200);
    guard.raise('M03');
    expect(guard.play('P4').didKo).toContain('풀리는 시각은 10:02');
    expect(await stand.submit(market)).toMatchObject({ reason: { code: 'GUARD_AUCTION_MODE' } });
    expect(await stand.submit({ price: 72_000 })).toMatchObject({ state: 'accepted' });
    expect(await stand.submit({ ...market, instrumentId: HYNIX })).toMatchObject({ state: 'accepted' });
    await stand.advance(120_000);
    expect(guard.play('P4').state).toBe('running');
    stand.price(SAMSUNG, 72_000, { phase: 'continuous', interruption: null });
    await stand.advance(1_100);
    expect(guard.play('P4')).toMatchObject({ state: 'released', endedBy: 'cause' });
    expect(await stand.submit(market)).toMatchObject({ state: 'accepted' });
  });

  it('put up as an interruption comes near, waits for it', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    guard.sign('P4');
    guard.raise('M02');
    await stand.advance(3_000);
    expect(guard.play('P4').state).toBe('running');
    expect(await stand.submit(market)).toMatchObject({ reason: { code: 'GUARD_AUCTION_MODE' } });
    stand.price(SAMSUNG, 72_500, { phase: 'viAuction', interruption: vi(stand.time.clock.now()) });
    await stand.advance(2_000);
    expect(guard.play('P4').state).toBe('running');
    stand.price(SAMSUNG, 72_500, { phase: 'continuous', interruption: null });
    await stand.advance(2_000);
    expect(guard.play('P4')).toMatchObject({ state: 'released', endedBy: 'cause' });
  });

  it('waits through a halt, and on an issue that nobody knows until its threat is over', async () => {
    const guard = await GuardStand.quiet();
    const { stand } = guard;
    guard.sign('P4');
    stand.price(SAMSUNG, 70_000, { phase: 'halted', halted: true });
    await stand.advance(200);
    guard.raise('M03');
    await stand.advance(600_000);
    expect(guard.play('P4').state).toBe('running');
    const threat = guard.raise('M03', { subject: 'KRX:999999' });
    await stand.advance(5_000);
    expect(guard.play('P4').state).toBe('running');
    guard.room.plays.take({ ...threat, phase: 'cleared' }, () => []);
    expect(guard.play('P4')).toMatchObject({ state: 'released', endedBy: 'cause' });
  });

  it('cannot be done without an issue, and says so', async () => {
    const guard = await GuardStand.quiet();
    guard.sign('P4');
    guard.raise('M03', { subject: 'market' });
    await guard.stand.advance(20);
    expect(guard.play('P4')).toMatchObject({ state: 'failed', endedBy: 'itself' });
    expect(guard.stand.alerts()).toContain('PLAY_FAILED');
    expect(guard.written).toEqual([]);
  });
});
