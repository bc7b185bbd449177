/** Futures and options in the broker's words: samples read, calls written, sides and units kept, the day's parts, codes. */
import { describe, expect, it } from 'vitest';
import {
  derivativeBalance,
  derivativeCash,
  derivativeHeldRows,
  derivativePower,
  derivativePowerOf,
} from '#core/broker/kis/derivatives/wire/balance.ts';
import { contractOf, idOfCode, knownContract } from '#core/broker/kis/derivatives/wire/names.ts';
import { derivativeChange, derivativeOrder } from '#core/broker/kis/derivatives/wire/order.ts';
import { derivativeOrderRows } from '#core/broker/kis/derivatives/wire/order-rows.ts';
import { derivativeLiveBook, derivativeLiveTrade, derivativeQuote } from '#core/broker/kis/derivatives/wire/quote.ts';
import type { KisAnswer } from '#core/broker/index.ts';
import {
  derivativeCodeOf,
  derivativeIdOfCode,
  derivativeKindRefusal,
  derivativePhase,
  krxCalendar,
} from '#shared/market/index.ts';
import { kstInstant, sessionDate, timeOfDayMs, type Phase } from '#shared/time/index.ts';

const ACCOUNT = { CANO: '00000000', ACNT_PRDT_CD: '03' };
const DAY = sessionDate('2026-11-24');
const never = (): boolean => false;
const answer = (blocks: KisAnswer['blocks']): KisAnswer => ({
  blocks,
  top: {},
  messageCode: '',
  message: '',
  more: false,
});

describe('quotes', () => {
  it('read the broker’s sample of a future, in hundredths', () => {
    const output1 = {
      hts_kor_isnm: 'F 202203',
      futs_prpr: '395.00',
      futs_prdy_clpr: '388.30',
      acml_vol: '220924',
      acml_tr_pbmn: '21741293338',
      futs_oprc: '391.05',
      futs_hgpr: '395.15',
      futs_lwpr: '391.00',
      futs_mxpr: '419.35',
      futs_llam: '357.25',
      futs_sdpr: '388.30',
      futs_last_tr_date: '20220310',
    };
    expect(derivativeQuote(answer({ output1 }))).toEqual({
      last: 39_500,
      open: 39_105,
      high: 39_515,
      low: 39_100,
      volume: 220_924,
      value: 21_741_293_338_000,
      upper: 41_935,
      lower: 35_725,
      base: 38_830,
      nameKo: 'F 202203',
      lastDay: '2022-03-10',
      strike: 0,
    });
  });

  it.each(['futs_', 'optn_', ''])('read a book whose columns are named %sbidp1', (head) => {
    const record = { [`${head}bidp1`]: '5.06', bidp_rsqn1: '7', [`${head}askp1`]: '5.07', askp_rsqn1: '3' };
    expect(derivativeLiveBook(record)).toMatchObject({
      bids: [{ price: 506, qty: 7 }],
      asks: [{ price: 507, qty: 3 }],
    });
  });

  it.each([
    ['an index future', { futs_prpr: '361.05', futs_oprc: '360.00', futs_askp1: '361.10', futs_bidp1: '361.05' }],
    ['an option', { optn_prpr: '361.05', optn_oprc: '360.00', optn_askp1: '361.10', optn_bidp1: '361.05' }],
    ['a stock future', { stck_prpr: '361.05', stck_oprc: '360.00', askp1: '361.10', bidp1: '361.05' }],
  ])('read a trade of %s', (_name, columns) => {
    const record = { ...columns, bsop_hour: '100001', last_cnqn: '2', shnu_cntg_smtn: '9', seln_cntg_smtn: '4' };
    expect(derivativeLiveTrade(record, DAY)).toMatchObject({
      day: { last: 36_105, open: 36_000 },
      bid: { price: 36_105 },
      ask: { price: 36_110 },
      quantity: 2,
      bought: 9,
      sold: 4,
      ts: kstInstant(DAY, timeOfDayMs('10:00') + 1_000),
    });
  });
});

describe('names', () => {
  it('lead to the division and the channels of a contract', () => {
    expect(contractOf('KRXF:A01612')).toMatchObject({ division: 'F', isOption: false });
    expect(contractOf('KRXF:201W09355')).toMatchObject({ division: 'O', isOption: true });
    expect(contractOf('KRXJ:111W09')?.channels?.trades).toBe('domestic-futureoption.stock-futures-realtime-conclusion');
    expect(contractOf('KRXC:B65W09355')?.channels).toBeNull();
    expect(contractOf('KRX:005930')).toBeNull();
    expect(() => knownContract('BOND:KR6095572D81')).toThrow('095572');
  });

  it('come from a row’s code: as it is known, else by its product, and never by a guess', () => {
    expect(derivativeIdOfCode('101W09')).toBe('KRXF:101W09');
    expect(derivativeIdOfCode('111W09')).toBe('KRXJ:111W09');
    expect(derivativeIdOfCode('167R12')).toBe('KRXC:167R12');
    expect(derivativeIdOfCode('401W09W12')).toBeNull();
    expect(idOfCode('111W09', (id) => id === 'KRXF:111W09')).toBe('KRXF:111W09');
    expect(() => idOfCode('KR4101S90007', never)).toThrow();
  });
});

describe('orders', () => {
  it('carry side, kind and price as the broker’s sample does', () => {
    const market = derivativeCodeOf({ type: 'market', timeInForce: 'day', session: 'regular', route: 'KRX' });
    if (!market) throw new Error('no market order');
    const order = { code: '167R12', side: 'buy', kind: market, quantity: 1, price: 0, night: false } as const;
    expect(derivativeOrder(ACCOUNT, order)).toMatchObject({
      select: { session: 'day' },
      params: {
        ORD_PRCS_DVSN_CD: '02',
        SLL_BUY_DVSN_CD: '02',
        SHTN_PDNO: '167R12',
        ORD_QTY: '1',
        UNIT_PRICE: '0',
        NMPR_TYPE_CD: '02',
        KRX_NMPR_CNDT_CD: '0',
        ORD_DVSN_CD: '02',
      },
    });
    const fok = derivativeCodeOf({ type: 'limit', timeInForce: 'fok', session: 'regular', route: 'KRX' });
    expect(fok).toMatchObject({ code: '11', quote: '01', condition: '4' });
    expect(derivativeCodeOf({ type: 'limit', timeInForce: 'day', session: 'regular', route: 'NXT' })).toBeNull();
    const change = { no: '0000004018', kind: market, price: 35_505, night: false };
    expect(derivativeChange(ACCOUNT, change).params).toMatchObject({
      UNIT_PRICE: '355.05',
      RMN_QTY_YN: 'Y',
      ORD_QTY: '0',
    });
    expect(derivativeChange(ACCOUNT, { ...change, price: null }).params['RVSE_CNCL_DVSN_CD']).toBe('02');
  });

  it('come back with totals in hundredths, exact by their amount in won', () => {
    const row = {
      ord_dt: '20261124',
      odno: '7045',
      orgn_odno: '',
      sll_buy_dvsn_cd: '01',
      trad_dvsn_name: '매도',
      nmpr_type_cd: '02',
      nmpr_type_name: '시장가',
      pdno: 'A01612',
      ord_qty: '3',
      ord_idx: '0.00',
      qty: '1',
      ord_tmd: '101502',
      tot_ccld_qty: '2',
      avg_idx: '361.07',
      tot_ccld_amt: '180537500',
      rjct_qty: '0',
    };
    const change = {
      ...row,
      odno: '7046',
      orgn_odno: '7045',
      trad_dvsn_name: '매도취소',
      tot_ccld_amt: '0',
      tot_ccld_qty: '0',
    };
    const rows = derivativeOrderRows(answer({ output1: [row, change] }), DAY, never);
    expect(rows).toMatchObject([
      {
        no: '0000007045',
        about: 'order',
        instrumentId: 'KRXF:A01612',
        side: 'sell',
        kind: { type: 'market', timeInForce: null },
        price: 0,
        filledQty: 2,
        // 361.05 and 361.10: the average alone would make 722.14 of it.
        filledValue: 72_215,
        restQty: 1,
      },
      { no: '0000007046', originalNo: '0000007045', about: 'cancel', filledValue: 0 },
    ]);
    // An amount in another unit is no such sum.
    const thousands = { ...row, tot_ccld_amt: '180537' };
    expect(derivativeOrderRows(answer({ output1: [thousands] }), DAY, never)[0]?.filledValue).toBe(72_214);
  });
});

describe('the account', () => {
  const held = {
    shtn_pdno: 'A01612',
    sll_buy_dvsn_name: '매도',
    cblc_qty: '2',
    ccld_avg_unpr1: '361.0750',
    idx_clpr: '360.10',
    pchs_amt: '180537500',
    lqd_psbl_qty: '2',
  };

  it('shows what was sold below zero, with what was got for it, and never guesses a side', () => {
    expect(derivativeBalance(ACCOUNT, false).params).toMatchObject({ MGNA_DVSN: '01', EXCC_STAT_CD: '1' });
    expect(derivativeHeldRows(answer({ output1: [held, { cblc_qty: '0' }] }), never)).toEqual([
      { instrumentId: 'KRXF:A01612', quantity: -2, closable: 2, cost: -180_537_500, gain: 490_000 },
    ]);
    expect(() => derivativeHeldRows(answer({ output1: [{ ...held, sll_buy_dvsn_name: '' }] }), never)).toThrow();
    // An amount that is not what the average comes to is another unit.
    const odd = { ...held, pchs_amt: '180537' };
    expect(derivativeHeldRows(answer({ output1: [odd] }), never)[0]?.cost).toBe(-180_540_000);
  });

  it('tells its money, and how much may be opened beside what would close', () => {
    const output2 = {
      dnca_cash: '50000000',
      nxdy_dnca: '50475000',
      prsm_dpast_amt: '50490000',
      mgna_tota: '18000000',
      ord_psbl_cash: '32000000',
      ord_psbl_tota: '33000000',
      add_mgna_tota: '0',
    };
    expect(derivativeCash(answer({ output2 }))).toEqual({
      deposit: 50_000_000,
      nextDay: 50_475_000,
      assets: 50_490_000,
      margin: 18_000_000,
      orderableCash: 32_000_000,
      orderable: 33_000_000,
      call: 0,
    });
    const at = knownContract('KRXF:A01612');
    expect(derivativePower(ACCOUNT, { at, side: 'sell', price: 36_105, night: false }).params).toMatchObject({
      PDNO: 'A01612',
      SLL_BUY_DVSN_CD: '01',
      UNIT_PRICE: '361.05',
      ORD_DVSN_CD: '01',
    });
    const power = (open: string) =>
      derivativePowerOf(answer({ output: { tot_psbl_qty: '5', lqd_psbl_qty1: '2', ord_psbl_qty: open } }));
    expect(power('3')).toEqual({ open: 3, close: 2 });
    // Whichever of the two the broker means by 주문가능수량: no more is opened than the total less what closes.
    expect(power('5')).toEqual({ open: 3, close: 2 });
    expect(() => power('')).toThrow();
  });
});

describe('the day', () => {
  it.each([
    ['2026-11-24', '08:29', null, 'closed'],
    ['2026-11-24', '08:30', null, 'openAuction'],
    ['2026-11-24', '08:45', null, 'continuous'],
    ['2026-11-24', '15:35', null, 'closeAuction'],
    ['2026-11-24', '15:45', null, 'closed'],
    ['2026-12-10', '15:12', '2026-12-10', 'closeAuction'],
    ['2026-12-10', '15:20', '2026-12-10', 'closed'],
    ['2026-12-11', '10:00', '2026-12-10', 'closed'],
    // The day of the college entrance exam, and a Sunday.
    ['2026-11-19', '09:30', null, 'openAuction'],
    ['2026-11-19', '16:40', null, 'closeAuction'],
    ['2026-11-22', '10:00', null, 'closed'],
  ] as const)('%s %s (last day %s) is %s', (date, time, lastDay, phase) => {
    const at = kstInstant(sessionDate(date), timeOfDayMs(time));
    expect(derivativePhase(krxCalendar, { at, lastDay })).toBe(phase);
  });

  it('takes each kind of order in its parts only', () => {
    const refusals = (phase: Phase): readonly string[] =>
      (['limit', 'market', 'conditionalLimit', 'bestOpposite'] as const).map((type) => {
        const row = derivativeCodeOf({ type, timeInForce: 'day', session: 'regular', route: 'KRX' });
        return row ? (derivativeKindRefusal(row, { phase, session: 'regular' }) ?? 'taken') : 'unknown';
      });
    expect(refusals('continuous')).toEqual(['taken', 'taken', 'taken', 'taken']);
    expect(refusals('openAuction')).toEqual(['taken', 'taken', 'taken', 'TYPE']);
    expect(refusals('closeAuction')).toEqual(['taken', 'taken', 'TYPE', 'TYPE']);
    expect(refusals('closed')).toEqual(['SESSION', 'SESSION', 'SESSION', 'SESSION']);
  });
});
