/** A bond at its maturity: paid back by the offline KIS at its face amount, and what the client reads of its end. */
import { expect, it } from 'vitest';
import type { KisAnswer } from '#core/broker/index.ts';
import { bondLots } from '#core/broker/kis/bonds/wire/balance.ts';
import { BOND_ISSUES, type BondIssue } from '#core/emulator/bonds/bond-issues.ts';
import { BondMarket } from '#core/emulator/bonds/bond-market.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { kstInstant, sessionDate, type EpochMs } from '#shared/time/index.ts';

const at = (date: string): EpochMs => kstInstant(sessionDate(date), 10 * 3_600_000);

it('is held to the day before and paid back on the day', () => {
  const market = new BondMarket({ seed: 1, calendar: krxCalendar, listener: { traded: () => undefined } });
  market.wake();
  market.advanceTo(at('2026-11-26'));
  const issue: BondIssue = { ...(BOND_ISSUES[0] as BondIssue), maturity: sessionDate('2026-11-30') };
  const date = sessionDate('2026-11-02');
  market.lots.push({ issue, date, no: 1, quantity: 500, paid: 506_150 });
  market.lots.push({ issue: BOND_ISSUES[1] as BondIssue, date, no: 2, quantity: 100, paid: 100_000 });
  const before = market.paid;
  market.advanceTo(at('2026-11-27'));
  expect([market.lots.length, market.paid - before]).toEqual([2, 0]);
  market.advanceTo(at('2026-11-30'));
  expect(market.lots.map(({ no }) => no)).toEqual([2]);
  expect(market.paid - before).toBe(-500_000);
});

it('says its maturity with each purchase, or nothing', () => {
  const row = {
    pdno: 'KR6095572D81',
    buy_dt: '20251103',
    buy_sqno: '1',
    cblc_qty: '10',
    buy_unpr: '10000.00',
    buy_amt: '10000',
    ord_psbl_qty: '10',
  };
  const read = (exdt: string) => {
    const answer: KisAnswer = {
      blocks: { output: [{ ...row, exdt }] },
      top: {},
      messageCode: '',
      message: '',
      more: false,
    };
    return bondLots(answer)[0]?.maturity;
  };
  expect([read('20270430'), read('')]).toEqual(['2027-04-30', null]);
});
