/** What is read out of the broker's rows about bonds, and what is refused because it cannot be meant. */
import { describe, expect, it } from 'vitest';
import { chooseLot } from '#core/broker/kis/bonds/bond-lots.ts';
import { bondLots, type BondLot } from '#core/broker/kis/bonds/wire/balance.ts';
import { bondChange, bondOrder } from '#core/broker/kis/bonds/wire/order.ts';
import { bondOfCode, bondOrderRows } from '#core/broker/kis/bonds/wire/order-rows.ts';
import { bondLiveBook, bondQuote } from '#core/broker/kis/bonds/wire/quote.ts';
import type { KisAnswer, KisRow } from '#core/broker/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const answer = (blocks: KisAnswer['blocks']): KisAnswer => ({
  blocks,
  top: {},
  messageCode: 'MCA00000',
  message: '',
  more: false,
});
const ACCOUNT = { CANO: '12345678', ACNT_PRDT_CD: '01' } as const;

describe('a quote', () => {
  it('is prices in 1/100 won with yield and limits, as the broker wrote them', () => {
    const output = {
      bond_prpr: '10265.00',
      acml_vol: '110000',
      bond_prdy_clpr: '10280.00',
      bond_oprc: '10265.00',
      bond_hgpr: '10265.50',
      bond_lwpr: '10265.00',
      ernn_rate: '4.478',
      bond_mxpr: '13364.00',
      bond_llam: '7196.00',
    };
    expect(bondQuote(answer({ output }))).toEqual({
      base: 1_028_000,
      last: 1_026_500,
      open: 1_026_500,
      high: 1_026_550,
      low: 1_026_500,
      volume: 110_000,
      upper: 1_336_400,
      lower: 719_600,
      yieldPpm: 44_780,
    });
    // Yesterday's price is not one of today.
    expect(bondQuote(answer({ output: { ...output, acml_vol: '0' } }))).toMatchObject({ last: 0, base: 1_028_000 });
  });

  it('has its fifth level under the names that the channel gives it', () => {
    const book = bondLiveBook({ askp5: '10270.00', askp_rsqn52: 7, bidp5: '10260.00', bidp_rsqn53: 9 });
    expect(book).toMatchObject({ asks: [{ price: 1_027_000, qty: 7 }], bids: [{ price: 1_026_000, qty: 9 }] });
  });
});

describe('what is held', () => {
  const row = {
    pdno: 'KR6095572D81',
    buy_dt: '20261103',
    buy_sqno: '1',
    cblc_qty: '1000',
    sprx_qty: '0',
    exdt: '20270430',
    buy_unpr: '10265.00',
    buy_amt: '1026500',
    ord_psbl_qty: '900',
  };

  it('is a row for each purchase, with its cost in won', () => {
    expect(bondLots(answer({ output: [row] }))).toEqual([
      {
        code: 'KR6095572D81',
        boughtOn: '20261103',
        no: '1',
        quantity: 1_000,
        sellable: 900,
        cost: 1_026_500,
        taxedApart: false,
        maturity: '2027-04-30',
      },
    ]);
  });

  it('is refused where quantities are in another unit, which would make every figure a thousand times wrong', () => {
    expect(() => bondLots(answer({ output: [{ ...row, cblc_qty: '1000000' }] }))).toThrow(AppError);
    expect(() => bondLots(answer({ output: [{ ...row, cblc_qty: '1' }] }))).toThrow(AppError);
  });

  it('is sold out of the oldest purchase that alone has enough', () => {
    const lot = (boughtOn: string, no: string, sellable: number): BondLot => ({
      code: 'KR6095572D81',
      boughtOn,
      no,
      sellable,
      quantity: sellable,
      cost: 0,
      taxedApart: false,
      maturity: null,
    });
    const lots = [lot('20261104', '1', 500), lot('20261103', '10', 300), lot('20261103', '9', 100)];
    expect(chooseLot(lots, 100).no).toBe('9');
    expect(chooseLot(lots, 101).no).toBe('10');
    expect(chooseLot(lots, 400).boughtOn).toBe('20261104');
    const codeOf = (own: readonly BondLot[], quantity: number): unknown => {
      try {
        return chooseLot(own, quantity);
      } catch (error) {
        return error instanceof AppError ? [error.code, error.params] : error;
      }
    };
    expect(codeOf(lots, 501)).toEqual(['KIS_BOND_LOTS', { most: 500 }]);
    expect(codeOf([], 1)).toEqual(['KIS_BOND_NONE', {}]);
  });
});

describe('an order', () => {
  it('names the bond, 1,000 won of face a unit, and of a sale the purchase it comes from', () => {
    const terms = { code: 'KR6095572D81', quantity: 10, price: 990_050 };
    expect(bondOrder(ACCOUNT, { ...terms, lot: null })).toMatchObject({
      api: 'domestic-bond.buy',
      params: { PDNO: 'KR6095572D81', ORD_QTY2: '10', BOND_ORD_UNPR: '9900.5', SAMT_MKET_PTCI_YN: 'N' },
    });
    const lot = { boughtOn: '20261103', no: '3', taxedApart: true };
    expect(bondOrder(ACCOUNT, { ...terms, lot })).toMatchObject({
      api: 'domestic-bond.sell',
      params: { BUY_DT: '20261103', BUY_SEQ: '3', SPRX_YN: 'Y' },
    });
    const change = { code: 'KR6095572D81', no: '0004357900', rest: 4 };
    expect(bondChange(ACCOUNT, { ...change, price: null }).params).toMatchObject({
      RVSE_CNCL_DVSN_CD: '02',
      BOND_ORD_UNPR: '0',
    });
    expect(bondChange(ACCOUNT, { ...change, price: 1_047_000 }).params).toMatchObject({
      RVSE_CNCL_DVSN_CD: '01',
      BOND_ORD_UNPR: '10470',
      QTY_ALL_ORD_YN: 'Y',
    });
  });

  it('is found by its standard code, its nine letters, or its number; else it is told of', () => {
    expect(bondOfCode('KR6095572D81')).toBe('BOND:KR6095572D81');
    expect(bondOfCode('6095572D8')).toBe('BOND:KR6095572D81');
    expect(bondOfCode('005930')).toBeNull();
    const row: KisRow = {
      ord_dt: '20261124',
      odno: '12',
      orgn_odno: '',
      ord_dvsn_name: '지정가',
      shtn_pdno: '???',
      ord_qty: '30',
      bond_ord_unpr: '10265.00',
      tot_ccld_qty: '30',
      bond_avg_unpr: '10264.67',
      tot_ccld_amt: '30794',
      sll_buy_dvsn_cd: '02',
      nccs_qty: '0',
    };
    const unknown: string[] = [];
    const read = (own: Partial<Record<string, string>>, known: boolean) =>
      bondOrderRows(answer({ output1: [{ ...row, ...own } as KisRow] }), {
        asked: sessionDate('2026-11-24'),
        nameOf: ({ no }) => (known && no === '0000000012' ? 'BOND:KR6095572D81' : null),
        unknown: (told) => unknown.push(told),
      });
    expect(read({}, false)).toEqual([]);
    expect(unknown).toEqual(['???']);
    // 10 at 10,264.00 and 20 at 10,265.00 are 30,794 won: the average tells the sum to a tenth of a won.
    expect(read({}, true)).toMatchObject([
      { no: '0000000012', about: 'order', filledQty: 30, filledValue: 30_794_000 },
    ]);
    // Where the average and the total disagree, the total counts.
    expect(read({ bond_avg_unpr: '9000.00' }, true)).toMatchObject([{ filledValue: 30_794_000 }]);
    expect(read({ ord_dvsn_name: '지정가취소' }, true)).toMatchObject([{ about: 'cancel' }]);
    expect(read({ orgn_odno: '11', bond_ord_unpr: '10264.00' }, true)).toMatchObject([{ about: 'replace' }]);
  });
});
