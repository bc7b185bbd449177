/** 퇴직연금 미체결내역 as rows: rows of the day before, and averages that cannot be those of fills. */
import { describe, expect, it } from 'vitest';
import { pensionHeld, pensionRows } from '#core/broker/kis/domestic/wire/pension.ts';
import type { KisAnswer } from '#core/broker/kis/ports.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';

const TODAY = sessionDate('2026-11-24');
const NOON = kstInstant(TODAY, timeOfDayMs('12:00'));
const answerOf = (blocks: KisAnswer['blocks']): KisAnswer => ({ blocks }) as KisAnswer;
const row = (change: Record<string, string> = {}) => ({
  ord_gno_brno: '06010',
  odno: '17',
  orgn_odno: '',
  trad_dvsn_name: '매수',
  sll_buy_dvsn_cd: '02',
  pdno: '069500',
  ord_qty: '10',
  ord_unpr: '41235',
  ord_tmd: '113005',
  tot_ccld_qty: '3',
  nccs_qty: '5',
  pchs_avg_pric: '41230.3333',
  ord_dvsn_cd: '00',
  excg_id_dvsn_cd: 'SOR',
  ...change,
});
const read = (...rows: readonly Record<string, string>[]) => pensionRows(answerOf({ output: rows }), TODAY, NOON);

describe('orders of a retirement pension', () => {
  it('tell units, won and route, and what was withdrawn is what is neither traded nor waiting', () => {
    expect(read(row())).toMatchObject([
      { no: '0000000017', date: TODAY, code: '069500', side: 'buy', route: 'SOR', venue: null, filledValue: 123_691 },
    ]);
    expect(read(row())).toMatchObject([{ quantity: 10, filledQty: 3, restQty: 5, canceledQty: 2, isCancel: false }]);
    expect(read(row({ orgn_odno: '16', trad_dvsn_name: '매수취소*', tot_ccld_qty: '0' }))).toMatchObject([
      { originalNo: '0000000016', isCancel: true, filledValue: 0 },
    ]);
  });

  it('of a time of day that has not come yet are of the day before', () => {
    expect(read(row({ ord_tmd: '143000' }))).toEqual([]);
    expect(read(row({ ord_tmd: '120030' }))).toHaveLength(1);
  });

  it('with an average that no fill can have are not believed', () => {
    const bad = /KIS_ANSWER_BAD/;
    for (const pchs_avg_pric of ['', '0', '41236', 'x']) {
      expect(() => read(row({ pchs_avg_pric }))).toThrow(bad);
    }
    expect(() => read(row({ sll_buy_dvsn_cd: '01', pchs_avg_pric: '41234.9' }))).toThrow(bad);
    expect(read(row({ pchs_avg_pric: '50000', ord_dvsn_cd: '01', ord_unpr: '0' }))).toMatchObject([
      { filledValue: 150_000 },
    ]);
  });
});

it('what is held of a pension leaves funds and deposits out', () => {
  const held = { hldg_qty: '3', ord_psbl_qty: '2', pchs_amt: '120000' };
  const output1 = ['A069500', 'KR5101234567', '069500'].map((pdno) => ({ pdno, ...held }));
  expect(pensionHeld(answerOf({ output1 })).map(({ code }) => code)).toEqual(['069500', '069500']);
});
