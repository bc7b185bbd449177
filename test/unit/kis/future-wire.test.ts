/** Futures abroad in the broker's words: decimals that quotes leave out, currency and tick checked, hours, sides kept, nothing missing taken for zero. */
import { describe, expect, it } from 'vitest';
import { futureCash, futureDeposit, futureHeldRows } from '#core/broker/kis/futures-abroad/wire/balance.ts';
import { futureBarPage, futureBars } from '#core/broker/kis/futures-abroad/wire/candles.ts';
import { futureLiveBook, futureLiveTrade, futureQuote } from '#core/broker/kis/futures-abroad/wire/quote.ts';
import type { KisAnswer } from '#core/broker/index.ts';
import { FutureMarket } from '#core/emulator/futures-abroad/future-market.ts';
import { CandleBuilder } from '#core/market/candle-builder.ts';
import { TapeRings } from '#core/market/tape-rings.ts';
import { currencyOf, InstrumentId, priceFrom, priceText, priceUnitOf, productOf } from '#shared/domain/index.ts';
import { averagePriceOf, isSettledByDifference, productTicks, valueOf } from '#shared/market/index.ts';
import { epochMs, HOUR_MS, kstInstant, sessionDate } from '#shared/time/index.ts';

const DAY = sessionDate('2026-11-24');
const ES = 'OVF:ESZ26';
const answer = (blocks: KisAnswer['blocks']): KisAnswer => ({
  blocks,
  top: {},
  messageCode: '',
  message: '',
  more: false,
});
const quoteOf = (row: Record<string, string>, id = ES, shift = 2) => futureQuote(answer({ output1: row }), id, shift);

describe('ids and units', () => {
  it('follow from the series code: currency, worth of a point, tick, places', () => {
    expect(InstrumentId.safeParse(ES).success).toBe(true);
    expect([productOf(ES), currencyOf(ES), currencyOf('OVF:HSIZ26')]).toEqual(['derivative', 'USD', 'HKD']);
    // One contract at 6,025.25 is worth 301,262.50 dollars, in 1/10,000.
    expect(valueOf(ES, 602_525_000_000, 1)).toBe(3_012_625_000);
    expect(valueOf(ES, 602_525_000_000, -2)).toBe(-6_025_250_000);
    expect(averagePriceOf(ES, -6_025_250_000, -2)).toBe(602_525_000_000);
    expect(valueOf('OVF:6JZ26', 687_500, 1_000)).toBe(859_375_000_000);
    expect(productTicks('OVF:6JZ26')).toEqual([{ lt: null, tick: 50 }]);
    expect(isSettledByDifference(ES)).toBe(true);
    expect(productTicks('OVF:ZZZ26')).toBeNull();
  });

  it('write prices with the places of the contract, and read them back', () => {
    const unit = priceUnitOf(ES);
    expect(priceText(602_500_000_000, unit)).toBe('6,025.00');
    expect(priceText(-25_000_000, unit)).toBe('−0.25');
    expect(priceText(1_985_000_000_000, priceUnitOf('OVF:HSIZ26'))).toBe('19,850');
    expect(priceText(105_605_000, priceUnitOf('OVF:6EZ26'))).toBe('1.05605');
    expect(priceFrom('6,025.25', unit)).toBe(602_525_000_000);
    expect(priceFrom('6025.250000001', unit)).toBeNull();
  });
});

describe('quotes', () => {
  it('put the decimals in that the broker leaves out', () => {
    expect(quoteOf({ last_price: '602525', sttl_price: '600000' })).toMatchObject({
      last: 602_525_000_000,
      base: 600_000_000_000,
      fits: true,
    });
    expect(quoteOf({ last_price: '     6882.5' }, 'OVF:6AZ26', 4).last).toBe(68_825_000);
    expect(quoteOf({ last_price: '0' }).last).toBe(0);
  });

  it('do not stand where currency or tick are others than those of the product', () => {
    expect(quoteOf({ crc_cd: 'EUR' }).fits).toBe(false);
    expect(quoteOf({ crc_cd: 'USD', tick_size: '0.25' }).fits).toBe(true);
    expect(quoteOf({ crc_cd: 'USD', tick_size: '25' }).fits).toBe(true);
    expect(quoteOf({ crc_cd: 'USD', tick_size: '0.5' }).fits).toBe(false);
    expect(() => quoteOf({ last_price: 'x' })).toThrow();
  });

  it('tell the hours of the day, or that they are not known', () => {
    const hours = { open_date: '20261124', open_time: '080000', close_date: '20261125', close_time: '070000' };
    const startTs = epochMs(kstInstant(DAY, 0) + 8 * HOUR_MS);
    expect(quoteOf(hours).hours).toEqual({ startTs, endTs: startTs + 23 * HOUR_MS });
    expect(quoteOf({ ...hours, close_date: '20261124' }).hours).toBeNull();
    expect(quoteOf({}).hours).toBeNull();
  });

  it('read a trade and a book of the channels', () => {
    const trade = futureLiveTrade(
      {
        last_price: 602550,
        last_qntt: 3,
        quotsign: '5',
        recv_date: '20261124',
        recv_time: '101500',
        psttl_price: 600000,
      },
      2,
    );
    expect(trade).toMatchObject({ quantity: 3, aggressor: 'sell', ts: kstInstant(DAY, 36_900_000) });
    expect(trade.day).toMatchObject({ last: 602_550_000_000, base: 600_000_000_000 });
    const book = futureLiveBook({ bid_price_1: 602500, bid_qntt_1: 4, ask_price_1: 602525, ask_qntt_1: 0 }, 2);
    expect(book).toEqual({ asks: [], bids: [{ price: 602_500_000_000, qty: 4 }], totalAskQty: 0, totalBidQty: 4 });
  });

  it('read the broker’s sample of minutes, and ask for the page behind a key', () => {
    const output1 = [
      {
        data_date: '20231208',
        data_time: '202100',
        open_price: '75.41',
        high_price: '75.41',
        low_price: '75.41',
        last_price: '75.41',
        last_qntt: '5',
        vol: '3985',
      },
    ];
    const page = futureBarPage('minutes', answer({ output1, output2: { index_key: '20231208       246' } }), 0);
    expect(page.key).toBe('20231208       246');
    expect(page.bars).toMatchObject([{ close: 7_541_000_000, volume: 5 }]);
    const about = { code: 'ESZ26', exchange: 'CME', date: DAY };
    expect(futureBars('minutes', { ...about, key: '' }).params).toMatchObject({ QRY_TP: 'Q', QRY_GAP: '1' });
    expect(futureBars('days', { ...about, key: 'k' }).params).toMatchObject({
      QRY_TP: 'P',
      INDEX_KEY: 'k',
      CLOSE_DATE_TIME: '20261124',
    });
  });
});

it('goes into candles and the tape at its full size', () => {
  const [price, ts] = [602_525_000_000, kstInstant(DAY, 0)];
  const candles = new CandleBuilder(1);
  candles.add(0, ts, price, 1);
  const again = new CandleBuilder(1);
  again.restore(candles.save());
  expect(again.bars(0, '1m', 0)).toMatchObject([{ open: price, high: price, low: price, close: price }]);
  const tape = new TapeRings([{ krx: 0, nxt: 0 }]);
  tape.add(0, { seq: 1, venue: 'KRX', price, quantity: 1, aggressor: 'buy', ts });
  expect(tape.ticks(0, ES)).toMatchObject([{ price }]);
});

describe('the account', () => {
  const row = {
    ovrs_futr_fx_pdno: 'ESZ26',
    crcy_cd: 'USD',
    sll_buy_dvsn_cd: '01',
    fm_ustl_qty: '2',
    fm_ccld_avg_pric: '6000.25',
    fm_now_pric: '6010.25',
    fm_evlu_pfls_amt: '-1000.00',
    fm_lqd_psbl_qty: '2',
  };
  const held = (change: Partial<typeof row>) => futureHeldRows(answer({ output: [{ ...row, ...change }] }), 'USD');

  it('keeps the side and counts the cost by the worth of a point', () => {
    expect(held({})).toEqual([{ instrumentId: ES, quantity: -2, cost: -6_000_250_000, sellable: 2 }]);
    expect(held({ sll_buy_dvsn_cd: '02', fm_evlu_pfls_amt: '1000.00' })).toMatchObject([{ quantity: 2 }]);
    expect(held({ crcy_cd: 'EUR' })).toEqual([]);
    expect(held({ fm_ustl_qty: '0' })).toEqual([]);
  });

  it('fails over a contract that nobody can count, a side that is none, or a gain that does not follow', () => {
    expect(() => held({ ovrs_futr_fx_pdno: 'ZZZ26' })).toThrow();
    expect(() => held({ sll_buy_dvsn_cd: '' })).toThrow();
    expect(() => held({ fm_ccld_avg_pric: '' })).toThrow();
    // A price that came without its decimals would make everything a hundred times larger.
    expect(() => held({ fm_ccld_avg_pric: '600025', fm_now_pric: '601025' })).toThrow();
  });

  it('tells the money of a currency, and throws where a figure is missing', () => {
    const output = {
      fm_dnca_rmnd: '100000.00',
      fm_nxdy_dncl_amt: '',
      fm_tot_asst_evlu_amt: '99000.00',
      fm_fuop_evlu_pfls_amt: '-1000.00',
      fm_brkg_mgn_amt: '36000.5',
      fm_ord_psbl_amt: '62999.50',
    };
    expect(futureCash(answer({ output }))).toEqual({
      deposit: 1_000_000_000,
      nextDay: null,
      settled: 1_000_000_000,
      margin: 360_005_000,
      orderable: 629_995_000,
      unpaid: 0,
    });
    expect(() => futureCash(answer({ output: { ...output, fm_dnca_rmnd: '' } }))).toThrow();
    const account = { CANO: '00000000', ACNT_PRDT_CD: '08' };
    expect(futureDeposit(account, 'USD', DAY).params).toMatchObject({ CRCY_CD: 'USD', INQR_DT: '20261124' });
  });
});

describe('the market of the offline KIS', () => {
  it('is open nearly round the clock, and shut in the hour before eight and at the weekend', () => {
    const market = new FutureMarket({ seed: 7, listener: { traded: () => undefined } });
    const at = (date: string, hour: number) => {
      market.advanceTo(epochMs(kstInstant(sessionDate(date), 0) + hour * HOUR_MS));
      market.wake();
      return market.isOpen;
    };
    expect([at('2026-11-24', 12), at('2026-11-25', 3), at('2026-11-25', 7.5), at('2026-11-25', 8)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([at('2026-11-28', 6), at('2026-11-28', 12), at('2026-11-30', 7), at('2026-11-30', 9)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
