/** The broker's rows of statements and loans: what is empty is not told, what is too strange is refused, and the codes of orders on credit. */
import { describe, expect, it } from 'vitest';
import { creditPower, loanBalance, loanRows, orderCredit } from '#core/broker/kis/credit/wire.ts';
import { foreignTradeRows, joinedForeign } from '#core/broker/kis/statements/wire/foreign-profit.ts';
import { combinedRow, currencyRows } from '#core/broker/kis/statements/wire/funds.ts';
import { profitDayRows, profitIssueRows, profitTotal } from '#core/broker/kis/statements/wire/stock-profit.ts';
import { byDay, summed, told, UNTOLD } from '#core/broker/kis/statements/wire/told.ts';
import type { KisAnswer } from '#core/broker/kis/ports.ts';
import { sessionDate } from '#shared/time/index.ts';

const answer = (blocks: KisAnswer['blocks']): KisAnswer => ({
  blocks,
  top: {},
  messageCode: '',
  message: '',
  more: false,
});
const ACCOUNT = { CANO: '12345678', ACNT_PRDT_CD: '01' };

describe('figures of statements', () => {
  it('tell an empty field from 0, keep the sign, and refuse what is no number', () => {
    const row = { a: '', b: '0', c: '-1,234.50', d: '9999999999999999.00', e: 'abc' };
    expect([told(row, 'a'), told(row, 'missing'), told(row, 'b'), told(row, 'c', 4)]).toEqual([
      null,
      null,
      0,
      -12_345_000,
    ]);
    expect(told(row, 'd', 4)).toBeNull();
    expect(() => told(row, 'e')).toThrow(/KIS_ANSWER_BAD/);
  });

  it('are added up only where none is missing', () => {
    const one = { ...UNTOLD, realisedKrw: 5, taxKrw: 1 };
    expect(summed([one, { ...UNTOLD, realisedKrw: -7 }])).toMatchObject({ realisedKrw: -2, taxKrw: null });
    expect(summed([])).toEqual(UNTOLD);
    const days = byDay([
      { ...one, date: '2026-11-23' },
      { ...one, date: '2026-11-24' },
      { ...one, date: '2026-11-23' },
    ]);
    expect(days.map(({ date, realisedKrw }) => [date, realisedKrw])).toEqual([
      ['2026-11-24', 5],
      ['2026-11-23', 10],
    ]);
  });
});

describe('기간 손익', () => {
  it('reads days, issues and sums; rows that only fill a page are none, a row without its day is refused', () => {
    const day = {
      trad_dt: '20261124',
      buy_amt: '100',
      sll_amt: '0',
      rlzt_pfls: '-5',
      fee: '1',
      tl_tax: '',
      pfls_rt: '-1.25',
    };
    expect(profitDayRows(answer({ output1: [day, { ...day, trad_dt: '' }] }))).toMatchObject([
      { date: '2026-11-24', realisedKrw: -5, taxKrw: null, returnPpb: -12_500_000, boughtQty: null },
    ]);
    expect(() => profitDayRows(answer({ output1: [{ ...day, trad_dt: '2026' }] }))).toThrow(/KIS_ANSWER_BAD/);
    const issue = { ...day, pdno: 'A005930', prdt_name: '삼성전자', trad_dvsn_name: '자기융자', loan_dt: '20261102' };
    expect(
      profitIssueRows(answer({ output1: [issue, { ...issue, pdno: 'KR103502GC97', loan_dt: '' }] })),
    ).toMatchObject([
      { instrumentId: 'KRX:005930', code: '005930', kind: '자기융자', loanDate: '2026-11-02' },
      { instrumentId: null, code: 'KR103502GC97', loanDate: null },
    ]);
    expect(profitTotal(answer({ output2: { buyqty_smtl: '7', tot_rlzt_pfls: '3' } }))).toMatchObject({
      boughtQty: 7,
      realisedKrw: 3,
      commissionKrw: null,
    });
    expect(profitTotal(answer({}))).toEqual(UNTOLD);
  });

  it('joins abroad by day and issue; what was only bought realised nothing, what was sold untold stays untold', () => {
    const trade = {
      trad_dt: '20261124',
      pdno: 'AAPL',
      ovrs_item_name: '애플',
      crcy_cd: 'USD',
      ccld_qty: '2',
      tr_frcr_amt2: '460.30',
    };
    const costs = { dmst_frcr_fee1: '1.15', frcr_fee1: '0.01' };
    const rows = foreignTradeRows(
      answer({
        output1: [
          { ...trade, ...costs, sll_buy_dvsn_cd: '02' },
          { ...trade, ...costs, sll_buy_dvsn_cd: '01', pdno: 'MSFT' },
          { ...trade, ...costs, crcy_cd: 'JPY' },
        ],
      }),
      'USD',
    );
    expect(joinedForeign([], rows)).toMatchObject([
      { code: 'AAPL', boughtQty: 2, boughtKrw: 4_603_000, soldQty: 0, realisedKrw: 0, commissionKrw: 11_600 },
      { code: 'MSFT', soldQty: 2, realisedKrw: null },
    ]);
  });
});

describe('통화별 증거금', () => {
  it('keeps every currency in its own units and leaves open what was not told', () => {
    const row = {
      natn_name: '미국',
      crcy_cd: 'USD',
      frcr_dncl_amt1: '1000.5',
      itgr_ord_psbl_amt: '',
      bass_exrt: '1465.30',
    };
    expect(currencyRows(answer({ output: [row, { natn_name: '', crcy_cd: '' }] }))).toMatchObject([
      { currency: 'USD', deposit: 10_005_000, combinedOrderable: null, rate: '1465.30' },
    ]);
    const combined = combinedRow(answer({ output: { stck_cash40_max_ord_psbl_amt: '250', jpy_ord_psbl_amt: '3' } }));
    expect(combined.byMargin.find(({ percent }) => percent === 40)).toEqual({
      percent: 40,
      aloneKrw: 250,
      combinedKrw: null,
    });
    expect(combined.currencies.find(({ currency }) => currency === 'JPY')).toMatchObject({
      orderable: 30_000,
      used: null,
    });
  });
});

describe('credit', () => {
  const form = { code: '005930', kind: '00', route: 'KRX', quantity: 3, price: 70_000, stopPrice: null } as const;
  const today = sessionDate('2026-11-24');

  it.each([
    ['buy', 'loanOpen', 'house', null, '21', '20261124'],
    ['buy', 'loanOpen', 'market', null, '23', '20261124'],
    ['sell', 'loanClose', 'house', '2026-11-02', '25', '20261102'],
    ['sell', 'loanClose', 'market', '2026-11-02', '27', '20261102'],
  ] as const)('sends a %s %s of the %s', (side, act, money, loanDate, type, date) => {
    const call = orderCredit(ACCOUNT, { ...form, side }, { credit: { act, money, loanDate }, today });
    expect(call).toMatchObject({
      api: 'domestic-stock.order-credit',
      select: { side },
      params: { ...ACCOUNT, CRDT_TYPE: type, LOAN_DT: date, ORD_QTY: '3', ORD_UNPR: '70000', RSVN_ORD_YN: 'N' },
    });
  });

  it('asks for the power at the price, and at none where there is none', () => {
    const credit = { act: 'loanOpen', money: 'house', loanDate: null } as const;
    const at = (price: number) =>
      creditPower(ACCOUNT, { code: '005930', kind: '00', price, credit }).params['ORD_UNPR'];
    expect([at(70_000), at(0)]).toEqual(['70000', '']);
    expect(loanBalance(ACCOUNT).params).toMatchObject({ INQR_DVSN: '01' });
  });

  it('reads loans only: no cash, no short sale, nothing that is gone', () => {
    const loan = {
      pdno: '005930',
      prdt_name: '삼성전자',
      trad_dvsn_name: '유통융자',
      loan_dt: '20261102',
      loan_amt: '55000',
    };
    const row = { ...loan, hldg_qty: '10', ord_psbl_qty: '8', expd_dt: '20270131' };
    const rows = loanRows(
      answer({
        output1: [
          row,
          { ...row, trad_dvsn_name: '융자' },
          { ...row, trad_dvsn_name: '현금', loan_dt: '', loan_amt: '0' },
          { ...row, trad_dvsn_name: '유통대주' },
          { ...row, hldg_qty: '0' },
        ],
      }),
    );
    expect(rows.map(({ kind, money }) => [kind, money])).toEqual([
      ['유통융자', 'market'],
      ['융자', null],
    ]);
    expect(rows[0]).toMatchObject({
      quantity: 10,
      sellable: 8,
      loanKrw: 55_000,
      loanDate: '2026-11-02',
      expires: '2027-01-31',
    });
  });
});
