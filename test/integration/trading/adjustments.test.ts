/** Corporate actions at the desk: told, repeated, missed and found, and a difference that nothing explains. */
import { describe, expect, it } from 'vitest';
import type { BrokerAdjustment } from '#core/broker/index.ts';
import { krw } from '#shared/num/index.ts';
import { DeskStand, issueFacts, SAMSUNG } from '#test/support/desk-stand.ts';

/** 100 units for 1,000,140 won. */
async function holdingHundred(): Promise<DeskStand> {
  const stand = await DeskStand.open();
  await stand.buy(100);
  return stand;
}

type Change = Parameters<DeskStand['broker']['adjust']>[0];

const COST = krw(1_000_140);
const SPLIT: Change = {
  instrumentId: SAMSUNG,
  action: { kind: 'split', from: 1, to: 5 },
  before: { quantity: 100, costKrw: COST },
  after: { quantity: 500, costKrw: COST },
  reasonKo: '1:5 액면분할',
};

function priced(stand: DeskStand, price: number): void {
  stand.market.set(SAMSUNG, issueFacts({ base: price, last: price }));
}

function identities(stand: DeskStand): void {
  const { startingCashKrw, equityKrw, realisedKrw, unrealisedKrw } = stand.desk.performance('A1');
  expect(equityKrw - startingCashKrw).toBe(realisedKrw + unrealisedKrw);
  const cost = stand.desk.positions('A1').reduce((sum, { costKrw }) => sum + costKrw, 0);
  expect(stand.desk.accounts()[0]?.cashD2Krw).toBe(startingCashKrw + realisedKrw - cost);
}

/** Long enough for the idle inquiries that tell a difference twice. */
async function settle(stand: DeskStand): Promise<void> {
  for (let round = 0; round < 40; round += 1) await stand.time.advance(30_000);
}

describe('a corporate action at the desk', () => {
  it('changes units and not the cost, says so once, and survives a restart', async () => {
    const stand = await holdingHundred();
    const [before] = stand.desk.positions('A1');
    stand.broker.endSession();
    priced(stand, 2_000);
    const told = stand.broker.adjust(SPLIT);
    stand.broker.say({ kind: 'holdingAdjusted', adjustment: told });
    await settle(stand);
    const after = { quantity: 500, sellable: 500, costKrw: before?.costKrw, realisedKrw: 0 };
    expect(stand.desk.positions('A1')).toMatchObject([after]);
    expect(stand.alerts()).toEqual(['005930 1:5 액면분할: 100주 → 500주']);
    expect(stand.journal.kinds().filter((kind) => kind === 'holdingAdjusted')).toHaveLength(1);
    identities(stand);
    await stand.crash();
    expect(stand.desk.positions('A1')).toMatchObject([after]);
    expect(stand.desk.status).toBe('ready');
    expect(stand.alerts()).toHaveLength(1);
    identities(stand);
  });

  it('is found by asking where the notice was lost, and does not halt', async () => {
    const stand = await holdingHundred();
    stand.broker.mischief.notice = (event) => (event.kind === 'holdingAdjusted' ? 'drop' : undefined);
    stand.broker.endSession();
    priced(stand, 2_000);
    stand.broker.adjust(SPLIT);
    await settle(stand);
    expect(stand.desk.status).toBe('ready');
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 500 }]);
    const [event] = stand.journal.entries.filter(({ kind }) => kind === 'desk.holdingAdjusted');
    expect(event?.data).toMatchObject({ quantityBefore: 100, quantity: 500, reconciled: true });
    identities(stand);
  });

  it('is found after days without the desk, together with the fills before it', async () => {
    const stand = await DeskStand.open();
    const { brokerOrderNo } = await stand.submit({ quantity: 100 });
    stand.kill();
    stand.broker.mischief.notice = () => 'drop';
    stand.broker.fill(brokerOrderNo ?? '', 100);
    stand.broker.endSession();
    stand.broker.adjust(SPLIT);
    stand.broker.endSession();
    stand.broker.mischief = {};
    priced(stand, 2_000);
    await stand.start();
    await settle(stand);
    expect(stand.desk.status).toBe('ready');
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 500, costKrw: COST }]);
    identities(stand);
  });

  it('halts where the difference is not the one that the broker explains', async () => {
    const stand = await holdingHundred();
    stand.broker.endSession();
    priced(stand, 2_000);
    stand.broker.adjust(SPLIT);
    stand.broker.misplace('A1', SAMSUNG, 499);
    await settle(stand);
    expect(stand.desk.status).toBe('halted');
    expect(stand.alerts().join()).toContain('Maru 500주, 증권사 499주');
  });

  it('halts where units change and the broker names no reason', async () => {
    const stand = await holdingHundred();
    stand.broker.endSession();
    stand.broker.misplace('A1', SAMSUNG, 500);
    await settle(stand);
    expect(stand.desk.status).toBe('halted');
    expect(stand.alerts().join()).toContain('Maru 100주, 증권사 500주');
  });

  it.each<[string, Partial<BrokerAdjustment>, string, number]>([
    [
      'a bonus issue pays the fraction, which is realised',
      {
        action: { kind: 'bonus', old: 3, new: 1 },
        after: { quantity: 133, costKrw: krw(997_646) },
        cashKrw: krw(2_500),
        reasonKo: '3주당 1주 무상증자',
      },
      '005930 3주당 1주 무상증자: 100주 → 133주, 단수주 대금 2,500원',
      2_500 - 2_494,
    ],
    [
      'a dividend is income, and the cost stays',
      {
        action: { kind: 'cashDividend', perUnit: 361 },
        after: { quantity: 100, costKrw: COST },
        incomeKrw: krw(30_550),
        reasonKo: '1주당 361원 현금배당',
      },
      '005930 1주당 361원 현금배당: 100주에 대해 30,550원을 받았습니다.',
      30_550,
    ],
  ])('%s', async (_name, change, alert, realisedKrw) => {
    const stand = await holdingHundred();
    stand.broker.endSession();
    priced(stand, 7_500);
    expect(stand.desk.positions('A1')).toMatchObject([{ costKrw: COST }]);
    stand.broker.adjust({ ...SPLIT, ...change });
    await settle(stand);
    expect(stand.alerts()).toEqual([alert]);
    expect(stand.desk.performance('A1').realisedKrw).toBe(realisedKrw);
    expect(stand.desk.status).toBe('ready');
    identities(stand);
  });
});
