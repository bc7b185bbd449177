/** The explorer's own logic: what a search finds, how values are written, how pages are joined, and what an order becomes in the ticket. */
import { describe, expect, it } from 'vitest';
import { apiRows } from '#core/app/apis/rows.ts';
import type { ApiColumn } from '#shared/contract/index.ts';
import { findApis } from '../../../renderer/panels/explorer/parts/find.ts';
import { ticketDraft } from '../../../renderer/panels/explorer/parts/order-draft.ts';
import { fieldOf, figureOf, figureText, isFigure, valueText } from '../../../renderer/panels/explorer/parts/values.ts';
import { joined, type ShownAnswer } from '../../../renderer/panels/explorer/slice.ts';

const rows = apiRows();
const ids = (typed: string): readonly string[] => findApis(rows, typed).map(({ id }) => id);

describe('a search', () => {
  it.each([
    ['a name', '주식현재가 시세', 'domestic-stock.inquire-price'],
    ['a name without spaces', '주식현재가시세', 'domestic-stock.inquire-price'],
    ['initials', 'ㅈㅅㅎㅈㄱ ㅅㅅ', 'domestic-stock.inquire-price'],
    ['a syllable that is still being typed', '주식잔ㄱ', 'domestic-stock.inquire-balance'],
    ['a real TR id', 'fhkst01010100', 'domestic-stock.inquire-price'],
    ['a paper TR id', 'VTTC8434R', 'domestic-stock.inquire-balance'],
    ['a path', 'quotations/inquire-price', 'domestic-stock.inquire-price'],
    ['a category with a word', '채권 잔고', 'domestic-bond.inquire-balance'],
  ])('finds by %s', (_what, typed, id) => {
    expect(ids(typed)).toContain(id);
    expect(ids(typed).length).toBeLessThan(rows.length / 2);
  });

  it('finds nothing where nothing is, and everything where nothing was typed', () => {
    expect(ids('없는말')).toEqual([]);
    expect(ids('  ').length).toBe(rows.length);
  });
});

const column = (change: Partial<ApiColumn>): ApiColumn => ({
  name: 'stck_prpr',
  label: '주식 현재가',
  kind: 'open',
  codes: [],
  ...change,
});

describe('a value', () => {
  it.each([
    ['0000055800', '55,800', 55_800],
    ['-12345.60', '−12,345.60', -12_345.6],
    ['+7', '7', 7],
    ['0', '0', 0],
    ['0.50', '0.50', 0.5],
    ['', '—', null],
    ['   ', '—', null],
    ['N/A', 'N/A', null],
    [undefined, '—', null],
  ])('%j is written as %s and is never zero where it is unknown', (value, text, figure) => {
    expect([figureText(value), figureOf(value)]).toEqual([text, figure]);
  });

  it('is a figure by what the catalogue says, or by what came', () => {
    expect(isFigure(column({}), ['100', '', '-3.5'])).toBe(true);
    expect(isFigure(column({}), ['100', 'x'])).toBe(false);
    expect(isFigure(column({}), ['', ''])).toBe(false);
    expect(isFigure(column({ kind: 'text' }), ['20261127'])).toBe(false);
    expect(isFigure(column({ kind: 'figure' }), [''])).toBe(true);
  });

  it('has the meaning of its code, and is found whatever the case of its name', () => {
    expect(valueText(column({ codes: [{ code: '2', name: '상승' }] }), '2')).toBe('2 상승');
    expect(fieldOf({ ODNO: '7' }, 'odno')).toBe('7');
    expect(fieldOf({}, 'odno')).toBeUndefined();
  });
});

describe('pages', () => {
  it('put rows behind rows and keep the first record', () => {
    const page = (change: Partial<ShownAnswer>): ShownAnswer => ({
      callId: 'a',
      at: 1,
      env: 'simulator',
      endpoint: 'emulator',
      trId: null,
      messageCode: '',
      message: '',
      blocks: {},
      pages: 1,
      ms: 5,
      synthetic: true,
      next: true,
      complete: false,
      ...change,
    });
    const both = joined(
      page({ blocks: { output1: [{ a: '1' }], output2: { sum: 'first' } } }),
      page({ callId: 'b', next: false, complete: true, blocks: { output1: [{ a: '2' }], output2: { sum: 'second' } } }),
    );
    expect(both).toMatchObject({ callId: 'b', pages: 2, ms: 10, next: false, complete: true });
    expect(both.blocks).toEqual({ output1: [{ a: '1' }, { a: '2' }], output2: { sum: 'first' } });
  });
});

describe('an order', () => {
  it('becomes a draft of the ticket, and nothing is sent', () => {
    const fields = { side: 'sell', PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '3', ORD_UNPR: '55800' };
    expect(ticketDraft('krx', fields)).toEqual({
      instrumentId: 'KRX:005930',
      draft: { side: 'sell', type: 'limit', timeInForce: 'day', priceText: '55800', quantityText: '3' },
    });
    expect(ticketDraft('krx', { ...fields, ORD_DVSN: '01', ORD_UNPR: '0' }).draft).toMatchObject({
      type: 'market',
      priceText: '',
    });
    expect(
      ticketDraft('overseas', {
        side: 'buy',
        PDNO: 'aapl',
        OVRS_EXCG_CD: 'NASD',
        OVRS_ORD_UNPR: '180.5',
        ORD_QTY: '1',
      }),
    ).toEqual({
      instrumentId: 'NASD:AAPL',
      draft: { side: 'buy', type: 'limit', priceText: '180.5', quantityText: '1' },
    });
    const bond = { side: 'sell', PDNO: 'KR6095572D81', BOND_ORD_UNPR: '10265.5', ORD_QTY2: '10' };
    expect(ticketDraft('bond', bond)).toEqual({
      instrumentId: 'BOND:KR6095572D81',
      draft: { side: 'sell', type: 'limit', priceText: '10265.5', quantityText: '10' },
    });
  });
});
