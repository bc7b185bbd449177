/** Days that change prices in the practice market: entered, taken effect, told to the desk, and the same after a kill. */
import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Simulator } from '#core/simulator/index.ts';
import type { CorporateAction, InstrumentId } from '#shared/domain/index.ts';
import { basePriceFrom } from '#shared/market/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { MemoryJournal } from '#test/support/desk-stand.ts';
import { FUND, LISTING, order, practice, toNextOpen, Trader, type Practice } from '#test/support/practice-market.ts';
import {
  ALTEOGEN,
  HYNIX,
  PLAIN_ORDER,
  SAMSUNG,
  testSimulator,
  WALL_AFTER_MS,
  type TestSimulator,
} from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const DAY = '2026-11-25';
const SPLIT: CorporateAction = { kind: 'split', from: 1, to: 5 };
function limit(at: Practice, side: 'buy' | 'sell', price: number) {
  const kind = { side, type: 'limit', timeInForce: 'day', ...PLAIN_ORDER } as const;
  return at.simulator.submit({ accountId: at.accountId, instrumentId: SAMSUNG, ...kind, price, quantity: 1 });
}

/** What a kill at this moment would leave on the disk, opened again. */
async function afterKill(folder: string): Promise<TestSimulator> {
  const copy = tempFolder();
  cpSync(folder, copy, { recursive: true });
  const test = testSimulator(copy, { wallMs: WALL_AFTER_MS, listing: () => LISTING });
  await test.simulator.open();
  return test;
}

/** The day's own close, else the last price, as the next base price is taken from it. */
async function closeOf(simulator: Simulator, id: InstrumentId): Promise<number> {
  await simulator.jump('dayEnd');
  const issue = simulator.issue(id);
  return issue?.close || issue?.last || issue?.basePrice || 0;
}

function everything(simulator: Simulator, accountId: string): unknown {
  return {
    account: simulator.account(accountId),
    positions: simulator.positions(accountId),
    adjustments: simulator.adjustments(accountId, sessionDate(DAY)),
    executions: simulator.executions(accountId, sessionDate(DAY)),
    actions: simulator.actions.list(),
    issue: simulator.issue(SAMSUNG),
    listed: simulator.listed(SAMSUNG),
    session: simulator.session(),
  };
}

describe('a split in the practice market', () => {
  it(
    'divides the price, multiplies what is held, and the same is found after a kill',
    { timeout: 60_000 },
    async () => {
      const at = await practice();
      const { simulator, folder, accountId } = at;
      order(at, 'buy', 10);
      const oldPrice = simulator.issue(SAMSUNG)?.bestBid ?? 0;
      const wish = { instrumentId: SAMSUNG, date: DAY, action: SPLIT };
      expect(simulator.actions.add(wish)).toEqual({
        no: 1,
        instrumentId: SAMSUNG,
        exDate: DAY,
        action: SPLIT,
        appliedOn: null,
      });
      const close = await closeOf(simulator, SAMSUNG);
      const before = simulator.account(accountId);
      await toNextOpen(simulator);

      const question = { market: 'KOSPI', date: sessionDate(DAY), close: Math.floor(close / 5) } as const;
      const base = basePriceFrom(question);
      expect(simulator.listed(SAMSUNG)).toMatchObject({ basePrice: base, listedShares: 500_000_000 });
      expect(simulator.issue(SAMSUNG)?.basePrice).toBe(base);
      expect(simulator.positions(accountId)).toEqual([
        { accountId, instrumentId: SAMSUNG, quantity: 50, sellable: 50 },
      ]);
      expect(simulator.actions.list()).toMatchObject([{ appliedOn: DAY }]);
      const [told] = simulator.adjustments(accountId, sessionDate(DAY));
      expect(told).toMatchObject({
        before: { quantity: 10 },
        after: { quantity: 50 },
        cashKrw: 0,
        reasonKo: '1:5 액면분할',
      });
      expect(told?.after.costKrw).toBe(told?.before.costKrw);
      expect(simulator.account(accountId).cashD2Krw).toBe(before.cashD2Krw);

      expect(limit(at, 'sell', oldPrice)).toEqual({ ok: false, code: 'EXCH_LIMIT' });
      expect(limit(at, 'sell', base + 1)).toEqual({ ok: false, code: 'EXCH_TICK' });
      expect(order(at, 'sell', 50).ok).toBe(true);
      expect(simulator.positions(accountId)).toEqual([]);

      const again = (await afterKill(folder)).simulator;
      expect(everything(again, accountId)).toEqual(everything(simulator, accountId));
      // The day after goes on from the new price, and nothing takes effect twice.
      const later = simulator.issue(SAMSUNG)?.last ?? 0;
      await toNextOpen(again);
      expect(again.issue(SAMSUNG)?.basePrice).toBeGreaterThan(later * 0.7);
      expect(again.issue(SAMSUNG)?.basePrice).toBeLessThan(later * 1.3);
      expect(again.listed(SAMSUNG)?.listedShares).toBe(500_000_000);
      await again.close();
      await simulator.close();
    },
  );

  it('is of the day that it begins, or of none: killed before and after', { timeout: 60_000 }, async () => {
    const at = await practice();
    const { simulator, folder, accountId } = at;
    order(at, 'buy', 10);
    simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: SPLIT });
    await simulator.jump('dayEnd');
    const before = (await afterKill(folder)).simulator;
    expect(before.positions(accountId)).toMatchObject([{ quantity: 10 }]);
    expect(before.actions.list()).toMatchObject([{ no: 1, appliedOn: null }]);
    await before.jump('nextDay');
    expect(before.positions(accountId)).toMatchObject([{ quantity: 50 }]);
    const after = (await afterKill(folder)).simulator;
    await after.jump('nextDay');
    expect(everything(after, accountId)).toEqual(everything(before, accountId));
    for (const each of [simulator, before, after]) await each.close();
  });

  it('stays with the issue where another practice market is opened', { timeout: 60_000 }, async () => {
    const at = await practice();
    const { simulator, accountId } = at;
    order(at, 'buy', 10);
    simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: SPLIT });
    await simulator.jump('nextDay');
    await simulator.start({ mode: 'synthetic', seed: 9 });
    expect(simulator.status().sessionDate).toBe('2026-11-24');
    expect(simulator.listed(SAMSUNG)).toMatchObject({ basePrice: 14_060, listedShares: 500_000_000 });
    await simulator.jump('nextDay');
    expect(simulator.positions(accountId)).toMatchObject([{ quantity: 50 }]);
    await simulator.close();
  });

  it('takes effect late where its day was passed over', { timeout: 60_000 }, async () => {
    const at = await practice();
    const { simulator, time, accountId } = at;
    order(at, 'buy', 10);
    simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: SPLIT });
    await time.advance(3 * 86_400_000);
    await simulator.start({ mode: 'synthetic', seed: 9 });
    expect(simulator.status().sessionDate).toBe('2026-11-27');
    expect(simulator.positions(accountId)).toMatchObject([{ quantity: 50 }]);
    expect(simulator.actions.list()).toMatchObject([{ exDate: DAY, appliedOn: '2026-11-27' }]);
    await simulator.close();
  });
});

describe('the desk on such a day', () => {
  it('tells the user and keeps its figures to the won', { timeout: 60_000 }, async () => {
    const at = await practice();
    const { simulator, time, accountId } = at;
    const trader = new Trader(at, new MemoryJournal());
    const { desk } = trader;
    await trader.start();
    await trader.submit({ side: 'buy', type: 'market', price: null, quantity: 7 });
    const cost = desk.positions(accountId)[0]?.costKrw ?? 0;
    simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: { kind: 'bonus', old: 2, new: 1 } });
    await toNextOpen(simulator);
    await time.settle();

    // 7 units and 3.5 more: the half is paid at the new base price, and takes 1 of 21 halves of the cost along.
    const cashKrw = Math.floor((simulator.listed(SAMSUNG)?.basePrice ?? 0) / 2);
    const gone = Math.floor(cost / 21);
    expect(desk.positions(accountId)).toMatchObject([
      { quantity: 10, costKrw: cost - gone, realisedKrw: cashKrw - gone },
    ]);
    const { startingCashKrw, equityKrw, realisedKrw, unrealisedKrw } = desk.performance(accountId);
    expect(realisedKrw).toBe(cashKrw - gone);
    expect(equityKrw - startingCashKrw).toBe(realisedKrw + unrealisedKrw);
    const paid = cashKrw.toLocaleString('en-US');
    expect(trader.alerts()).toEqual([`005930 2주당 1주 무상증자: 7주 → 10주, 단수주 대금 ${paid}원`]);
    expect(desk.status).toBe('ready');
    trader.stop();
    await simulator.close();
  });

  it(
    'finds out what happened while it was away, and judges orders by the new limits',
    { timeout: 60_000 },
    async () => {
      const at = await practice();
      const { simulator, time, accountId } = at;
      const journal = new MemoryJournal();
      const first = new Trader(at, journal);
      await first.start();
      await first.submit({ side: 'buy', type: 'market', price: null, quantity: 10 });
      const price = simulator.issue(SAMSUNG)?.bestBid ?? 0;
      const cost = first.desk.positions(accountId)[0]?.costKrw;
      first.stop();
      simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: SPLIT });
      await toNextOpen(simulator);

      const second = new Trader(at, journal);
      await second.start();
      for (let round = 0; round < 10; round += 1) await time.advance(30_000);
      expect(second.alerts()).toEqual(['005930 1:5 액면분할: 10주 → 50주']);
      expect(second.desk.positions(accountId)).toMatchObject([{ quantity: 50, costKrw: cost, realisedKrw: 0 }]);
      expect(second.desk.status).toBe('ready');
      const denied = await second.submit({ side: 'sell', type: 'limit', price, quantity: 1 });
      expect(denied).toMatchObject({ state: 'denied', reason: { code: 'GUARD_LIMIT_UP' } });
      await second.submit({ side: 'sell', type: 'market', price: null, quantity: 50 });
      expect(second.desk.positions(accountId)).toMatchObject([{ quantity: 0, costKrw: 0 }]);
      const { startingCashKrw, equityKrw, realisedKrw } = second.desk.performance(accountId);
      expect(equityKrw - startingCashKrw).toBe(realisedKrw);
      second.stop();
      await simulator.close();
    },
  );
});

describe('money in the practice market', () => {
  it(
    'pays a fund and a share what they bring, after tax, and only the fund is cheaper',
    { timeout: 60_000 },
    async () => {
      const at = await practice();
      const { simulator, accountId } = at;
      order(at, 'buy', 10, FUND);
      order(at, 'buy', 10, HYNIX);
      simulator.actions.add({ instrumentId: FUND, date: DAY, action: { kind: 'distribution', perUnit: 400 } });
      simulator.actions.add({ instrumentId: HYNIX, date: DAY, action: { kind: 'cashDividend', perUnit: 365 } });
      const fund = await closeOf(simulator, FUND);
      const share = await closeOf(simulator, HYNIX);
      const before = simulator.account(accountId).cashD2Krw;
      await simulator.jump('nextDay');
      expect(simulator.listed(FUND)?.basePrice).toBe(fund - 400);
      expect(simulator.listed(HYNIX)?.basePrice).toBe(share);
      // 4,000 − 610 (616 cut down to 10 won) and 3,650 − 560 (562.1).
      expect(simulator.account(accountId).cashD2Krw - before).toBe(3_390 + 3_090);
      const told = simulator.adjustments(accountId, sessionDate(DAY));
      expect(told.map(({ incomeKrw, reasonKo }) => [incomeKrw, reasonKo])).toEqual([
        [3_390, '1주당 400원 분배금'],
        [3_090, '1주당 365원 현금배당'],
      ]);
      await simulator.close();
    },
  );

  it('opens a relisted issue in the band of its first price, and a new one within 60 to 400 percent', async () => {
    const { simulator } = await practice();
    simulator.actions.add({ instrumentId: SAMSUNG, date: DAY, action: { kind: 'relisting', appraisal: 20_000 } });
    simulator.actions.add({ instrumentId: HYNIX, date: DAY, action: { kind: 'newListing', offerPrice: 30_000 } });
    await simulator.jump('nextDay');
    expect(simulator.listed(SAMSUNG)?.firstPrice).toEqual({ lower: 10_000, upper: 40_000, reason: 'relisting' });
    expect(simulator.issue(HYNIX)).toMatchObject({ basePrice: 30_000, lowerLimit: 18_000, upperLimit: 120_000 });
    await simulator.close();
  });
});

describe('taking an action back', () => {
  it('leaves the day as it would have been, and the numbers too; after the day it is too late', async () => {
    const { simulator, folder } = await practice();
    const wish = { instrumentId: SAMSUNG, date: DAY, action: SPLIT } as const;
    simulator.actions.add(wish);
    simulator.actions.remove(1);
    expect(() => simulator.actions.remove(1)).toThrow('ACTION_UNKNOWN');
    expect(simulator.actions.add({ ...wish, instrumentId: HYNIX }).no).toBe(2);
    await simulator.jump('nextDay');
    expect(simulator.listed(SAMSUNG)?.listedShares).toBe(100_000_000);
    expect(simulator.listed(HYNIX)?.listedShares).toBe(500_000_000);
    expect(() => simulator.actions.remove(2)).toThrow('ACTION_APPLIED');
    const again = (await afterKill(folder)).simulator;
    expect(again.actions.list()).toEqual(simulator.actions.list());
    await again.close();
    await simulator.close();
  });
});

describe('entering an action', () => {
  it('is refused where it cannot be', async () => {
    const { simulator } = await practice();
    const add = (action: CorporateAction, date = DAY, instrumentId: InstrumentId = SAMSUNG) => {
      try {
        simulator.actions.add({ instrumentId, date, action });
        return 'taken';
      } catch (error) {
        return (error as { readonly code: string }).code;
      }
    };
    expect(add(SPLIT, '2026-11-24')).toBe('ACTION_PAST');
    expect(add(SPLIT, '2026-11-28')).toBe('DATE_NOT_SESSION');
    expect(add(SPLIT, '2026-13-01')).toBe('DATE_INVALID');
    expect(add(SPLIT, '2031-01-02')).toBe('CALENDAR_UNKNOWN');
    expect(add(SPLIT, DAY, 'KRX:999999')).toBe('INSTRUMENT_UNKNOWN');
    expect(add({ kind: 'split', from: 3, to: 3 })).toBe('ACTION_IMPOSSIBLE');
    expect(add({ kind: 'split', from: 1, to: 1_000_000 })).toBe('ACTION_IMPOSSIBLE');
    expect(add({ kind: 'split', from: 1_000_000, to: 1 })).toBe('ACTION_IMPOSSIBLE');
    expect(add({ kind: 'capitalReduction', from: 1, to: 2 })).toBe('ACTION_IMPOSSIBLE');
    expect(add({ kind: 'bonus', old: 1, new: 1_000_000 })).toBe('ACTION_IMPOSSIBLE');
    expect(add({ kind: 'distribution', perUnit: 10_000_000 })).toBe('ACTION_IMPOSSIBLE');
    const newIssue = { instrumentId: SAMSUNG, from: 10, to: 3 } as const;
    expect(add({ kind: 'splitOff', from: 10, to: 7, appraisal: 50_000, newIssue })).toBe('ACTION_IMPOSSIBLE');
    const unknown = { ...newIssue, instrumentId: 'KRX:999999' } as const;
    expect(add({ kind: 'splitOff', from: 10, to: 7, appraisal: 50_000, newIssue: unknown })).toBe('INSTRUMENT_UNKNOWN');
    expect(simulator.actions.list()).toEqual([]);
    expect(add(SPLIT)).toBe('taken');
    expect(add({ kind: 'split', from: 1, to: 10 })).toBe('ACTION_TWICE');
    expect(add({ kind: 'cashDividend', perUnit: 361 })).toBe('taken');
    expect(add(SPLIT, DAY, ALTEOGEN)).toBe('taken');
    await simulator.start({ mode: 'replay', instrumentId: SAMSUNG, date: '2025-06-10', seed: 1 });
    expect(add(SPLIT)).toBe('ACTION_REPLAY');
    await simulator.close();
  });
});
