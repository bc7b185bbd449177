/** Statements over the real client and the offline KIS: profit of a period by product, money by currency, paging, giving up, paper. */
import { afterEach, describe, expect, it } from 'vitest';
import { createKisStatements, foreignAccountId, type AccountStatements } from '#core/broker/index.ts';
import { settingsOf } from '#core/emulator/index.ts';
import { krxId } from '#shared/domain/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { FUTURE, FUTURES_ACCOUNT, openDerivativeStage } from '#test/support/derivative-stage.ts';
import { AAPL, openForeignStage } from '#test/support/foreign-stage.ts';
import { KIS_ACCOUNT, openKisStage, type KisStage, type StageOptions } from '#test/support/kis-stage.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { SAMSUNG, TEST_LISTING } from '#test/support/simulator.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const TODAY = sessionDate('2026-11-24');
const SPAN = { from: sessionDate('2026-11-01'), to: TODAY } as const;
const silent = { signal: new AbortController().signal, page: () => undefined };

function statementsOf(
  stage: Pick<KisStage, 'rest' | 'serverClock' | 'time' | 'keys'>,
  how: { readonly environment?: 'paper' | 'real'; readonly productCode?: string; readonly id?: string } = {},
): AccountStatements {
  const { rest, serverClock, time, keys } = stage;
  const { environment = 'real', productCode = keys.productCode, id = KIS_ACCOUNT } = how;
  return createKisStatements({
    environment,
    connectionId: id,
    keys: { ...keys, productCode },
    rest,
    serverClock,
    clock: time.clock,
  });
}

async function opened(options: StageOptions = {}): Promise<KisStage> {
  const stage = await openKisStage(options);
  closers.push(() => stage.close());
  return stage;
}

/** Trades at the firm, beside the client. */
async function trade(stage: KisStage, side: 'buy' | 'sell', quantity: number, id = SAMSUNG): Promise<void> {
  const { simulator, accountId } = stage.emulator;
  const { allowDuplicate: _allow, ...plain } = { ...PLAIN, allowDuplicate: true };
  const taken = simulator.submit({
    accountId,
    instrumentId: id,
    side,
    type: 'market',
    timeInForce: 'day',
    ...plain,
    price: null,
    quantity,
  });
  expect(taken).toMatchObject({ ok: true });
  await stage.time.advance(5_000);
}

describe('기간 손익 of shares', () => {
  it('tells days, issues and sums as the firm traded, with fees and taxes apart', async () => {
    const stage = await opened();
    await trade(stage, 'buy', 10);
    await trade(stage, 'sell', 4);
    const pages: number[] = [];
    const told = await stage.drive(
      statementsOf(stage).profit({
        accountId: KIS_ACCOUNT,
        ...SPAN,
        signal: silent.signal,
        page: ({ calls }) => pages.push(calls),
      }),
    );
    const fills = stage.emulator.simulator.executions(stage.emulator.accountId, TODAY);
    const value = (side: string): number =>
      fills.filter((fill) => fill.side === side).reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const last = new Map(fills.map((fill) => [fill.brokerOrderNo, fill]));
    const commission = [...last.values()].reduce((sum, fill) => sum + fill.cumulativeCommissionKrw, 0);
    const tax = [...last.values()].reduce((sum, fill) => sum + fill.cumulativeTaxKrw, 0);
    const realised = value('sell') - Math.round((value('buy') * 4) / 10) - commission - tax;
    expect(tax).toBeGreaterThan(0);
    expect(told).toMatchObject({ source: 'broker', currency: 'KRW', calls: 3, settlement: null });
    expect(pages).toEqual([1, 2, 3]);
    const row = {
      date: TODAY,
      boughtQty: 10,
      soldQty: 4,
      boughtKrw: value('buy'),
      soldKrw: value('sell'),
      realisedKrw: realised,
      commissionKrw: commission,
      taxKrw: tax,
      interestKrw: 0,
    };
    expect(told.days).toMatchObject([row]);
    expect(told.issues).toMatchObject([{ ...row, instrumentId: SAMSUNG, kind: '현금', loanDate: null }]);
    const { date: _date, ...sums } = row;
    expect(told.total).toMatchObject(sums);
    expect(told.total.returnPpb).toBe(told.issues[0]?.returnPpb);
    expect(told.todayKrw).toBe(realised);
  });

  it('follows the pages to the end, and asks nothing of today for a period that is over', async () => {
    const [first] = TEST_LISTING;
    if (!first) throw new RangeError('no issue');
    const issues = Array.from({ length: 25 }, (_, at) => {
      const code = String(100_000 + at * 10);
      return { ...first, id: krxId(code), code, standardCode: `KR7${code}00${at % 10}`, nameKo: `종목 ${code}` };
    });
    const stage = await opened({ emulator: { listing: () => issues } });
    for (const { id } of issues) await trade(stage, 'buy', 1, id);
    const told = await stage.drive(statementsOf(stage).profit({ accountId: KIS_ACCOUNT, ...SPAN, ...silent }));
    expect(new Set(told.issues.map(({ instrumentId }) => instrumentId)).size).toBe(issues.length);
    expect(told.calls).toBe(4);
    const before = { from: sessionDate('2026-10-01'), to: sessionDate('2026-10-30') };
    const past = await stage.drive(statementsOf(stage).profit({ accountId: KIS_ACCOUNT, ...before, ...silent }));
    expect(past).toMatchObject({ days: [], issues: [], calls: 2, todayKrw: null });
  });

  it('gives up between two pages when it is told to', async () => {
    const stage = await opened();
    const abort = new AbortController();
    const page = (): void => abort.abort();
    const asked = statementsOf(stage).profit({ accountId: KIS_ACCOUNT, ...SPAN, signal: abort.signal, page });
    const outcome = asked.then(
      () => 'whole',
      () => 'given up',
    );
    expect(await stage.drive(outcome)).toBe('given up');
  });

  it('is refused on paper, for bonds and for a retirement pension before anything is sent', async () => {
    const stage = await opened();
    const paper = statementsOf(stage, { environment: 'paper' });
    expect(paper.plan(KIS_ACCOUNT)).toMatchObject({
      profit: { unavailable: { code: 'KIS_NOT_IN_PAPER' }, calls: 0 },
      funds: { unavailable: { code: 'KIS_NOT_IN_PAPER' } },
    });
    await expect(paper.profit({ accountId: KIS_ACCOUNT, ...SPAN, ...silent })).rejects.toMatchObject({
      code: 'KIS_NOT_IN_PAPER',
    });
    const real = statementsOf(stage);
    expect(real.plan(`${KIS_ACCOUNT}-bond`).profit.unavailable).toMatchObject({ code: 'KIS_STATEMENT_NONE' });
    await expect(real.funds(`${KIS_ACCOUNT}-bond`, silent.signal)).rejects.toMatchObject({
      code: 'KIS_STATEMENT_NONE',
    });
    expect(() => real.plan('nobody')).toThrow(/ACCOUNT_UNKNOWN/);
    const pension = (productCode: string) => statementsOf(stage, { productCode }).plan(KIS_ACCOUNT);
    expect(pension('29').profit.unavailable).toMatchObject({ code: 'KIS_STATEMENT_NONE' });
    expect(pension('22').profit).toEqual({ unavailable: null, calls: 3 });
    expect(pension('22').funds.unavailable).not.toBeNull();
  });
});

describe('기간 손익 abroad', () => {
  it('joins what was closed with what was traded, in the currency', async () => {
    const stage = await openForeignStage({ env: 'real' });
    closers.push(() => stage.close());
    const market = stage.emulator.us;
    const issue = market.issues.find(({ symbol }) => symbol === 'AAPL');
    if (!issue) throw new RangeError('no AAPL');
    const send = async (side: 'buy' | 'sell', quantity: number): Promise<void> => {
      const { bid, ask } = await stage.touch(AAPL);
      const price = side === 'buy' ? ask + 5_000 : bid - 5_000;
      const at = stage.serverClock.now();
      const sent = market.submit({ issue, side, orderCode: '00', price: Math.floor(price / 100) * 100, quantity }, at);
      expect(sent).toHaveProperty('order');
      await stage.time.advance(5_000);
    };
    await send('buy', 4);
    await send('sell', 1);
    const [bought, sold] = market.orders.filter(({ filledQty }) => filledQty > 0);
    if (!bought || !sold) throw new RangeError('nothing traded');
    const accountId = foreignAccountId(KIS_ACCOUNT, 'USD');
    const told = await stage.drive(statementsOf(stage).profit({ accountId, ...SPAN, ...silent }));
    expect(told).toMatchObject({ currency: 'USD', calls: 2, todayKrw: null });
    const cents = (coins: number): number => coins * 100;
    const realised = sold.traded - Math.round(bought.traded / 4) - cents(sold.charges);
    expect(told.issues).toHaveLength(1);
    const [row] = told.issues;
    expect(row).toMatchObject({
      instrumentId: AAPL,
      boughtQty: 4,
      soldQty: 1,
      commissionKrw: cents(bought.charges + sold.charges),
    });
    expect(Math.abs((row?.realisedKrw ?? 0) - realised)).toBeLessThanOrEqual(100);
    expect(told.total.realisedKrw).toBe(row?.realisedKrw);
    expect(told.days).toMatchObject([{ date: row?.date, boughtQty: 4, soldQty: 1 }]);
    const yen = await stage.drive(
      statementsOf(stage).profit({ accountId: foreignAccountId(KIS_ACCOUNT, 'JPY'), ...SPAN, ...silent }),
    );
    expect(yen).toMatchObject({ currency: 'JPY', issues: [], days: [] });
  });
});

describe('기간 손익 of futures and options', () => {
  it('tells amounts, fees and profit by contract, and the settlement of the last day', async () => {
    const stage = await openDerivativeStage({ env: 'real' });
    closers.push(() => stage.close());
    const market = stage.emulator.contracts;
    market.wake();
    await stage.time.advance(5_000);
    const seat = market.seat(FUTURE.slice(FUTURE.indexOf(':') + 1));
    if (!seat) throw new RangeError('no seat');
    const send = async (side: 'buy' | 'sell'): Promise<void> => {
      const { contract } = seat;
      const sent = market.submit(
        { contract, side, kindCode: '02', price: 0, quantity: 1, night: false },
        stage.serverClock.now(),
      );
      expect(sent).toHaveProperty('order');
      await stage.time.advance(5_000);
    };
    await send('buy');
    await send('sell');
    await send('buy');
    const statements = statementsOf(stage, { id: FUTURES_ACCOUNT, productCode: '03' });
    const told = await stage.drive(statements.profit({ accountId: FUTURES_ACCOUNT, ...SPAN, ...silent }));
    const { booked, fees } = market.account;
    expect(booked).toHaveLength(3);
    const realised = booked.reduce((sum, each) => sum + each.realised, 0);
    expect(told).toMatchObject({ calls: 2, total: { realisedKrw: realised, commissionKrw: fees } });
    expect(told.issues).toMatchObject([{ instrumentId: FUTURE, realisedKrw: realised, taxKrw: null, boughtQty: null }]);
    expect(told.settlement).toMatchObject({
      date: TODAY,
      commissionKrw: fees,
      contracts: [{ instrumentId: FUTURE, quantity: 1, openedQty: 2, closedQty: 1, realisedKrw: realised }],
    });
  });
});

describe('통화별 증거금', () => {
  it('shows every currency as the firm has it, and the combined margin beside it, never added up', async () => {
    const stage = await opened({ emulator: { settings: settingsOf('real', { startingCents: 123_456 }) } });
    const told = await stage.drive(statementsOf(stage).funds(KIS_ACCOUNT, silent.signal));
    expect(told.currencies.map(({ currency }) => currency)).toEqual(['USD', 'HKD', 'JPY', 'CNY', 'VND']);
    expect(told.currencies[0]).toMatchObject({ deposit: 12_345_600, orderable: 12_345_600, unpaid: 0, margin: 0 });
    expect(Number(told.currencies[0]?.rate)).toBeGreaterThan(0);
    const { buyingPowerKrw } = stage.emulator.simulator.account(stage.emulator.accountId);
    expect(told.combined).toMatchObject({ cashKrw: buyingPowerKrw, mode: '미신청' });
    expect(told.combined?.currencies[0]).toMatchObject({ currency: 'USD', orderable: 12_345_600 });
    expect(told.calls).toBe(2);
  });
});
