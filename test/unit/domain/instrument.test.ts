/** Names of issues: Korean codes, American symbols, and what is read from either. */
import { describe, expect, it } from 'vitest';
import { US_LISTING, findUs } from '#core/market/index.ts';
import { codeOf, currencyOf, Instrument, InstrumentId, krxId, usExchangeOf, usId } from '#shared/domain/index.ts';

describe('the id of an issue', () => {
  it.each(['KRX:005930', 'KRX:0193T0', 'NASD:AAPL', 'NYSE:BRK/B', 'AMEX:SPY', 'NYSE:BRK.A'])('%s is one', (id) => {
    expect(InstrumentId.safeParse(id).success).toBe(true);
  });

  it.each([
    'KRX:5930',
    'KRX:00593000',
    'AAPL',
    'NASD:',
    'NASD:aapl',
    'NYSE:BRK//B',
    'LSE:VOD',
    'NASD:AAPL;',
    'NASD:A B',
  ])('%s is none', (id) => {
    expect(InstrumentId.safeParse(id).success).toBe(false);
  });

  it('tells code, exchange and currency, whatever its prefix', () => {
    expect([krxId('005930'), usId('NASD', 'AAPL'), 'NYSE:BRK/B'].map(codeOf)).toEqual(['005930', 'AAPL', 'BRK/B']);
    expect(['KRX:005930', 'NASD:AAPL', 'AMEX:SPY'].map(usExchangeOf)).toEqual([null, 'NASD', 'AMEX']);
    expect(['KRX:005930', 'NYSE:KO'].map(currencyOf)).toEqual(['KRW', 'USD']);
  });
});

describe('the American listing', () => {
  it('names each issue once, without a price', () => {
    expect(US_LISTING.length).toBeGreaterThanOrEqual(60);
    expect(new Set(US_LISTING.map(({ id }) => id)).size).toBe(US_LISTING.length);
    for (const issue of US_LISTING) expect(Instrument.parse(issue)).toMatchObject({ basePrice: 0, currency: 'USD' });
    expect(findUs('NYSE:BRK/B')).toMatchObject({ nameKo: '버크셔 해서웨이 B', market: 'NYSE' });
    expect(findUs('AMEX:SPY')?.product).toBe('etp');
  });

  it('gives an issue that is not in it no more than its symbol, and a Korean one nothing', () => {
    expect(findUs('NASD:ZZZZ')).toMatchObject({ code: 'ZZZZ', nameKo: 'ZZZZ', nameEn: null, basePrice: 0 });
    expect(findUs('KRX:005930')).toBeUndefined();
    expect(findUs('NASD:no')).toBeUndefined();
  });
});
