/** Names of issues: Korean codes, American symbols, and what is read from either. */
import { describe, expect, it } from 'vitest';
import { FOREIGN_LISTING, findForeign } from '#core/market/index.ts';
import {
  codeOf,
  currencyOf,
  Instrument,
  InstrumentId,
  krxId,
  foreignExchangeOf,
  foreignId,
} from '#shared/domain/index.ts';

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
    expect([krxId('005930'), foreignId('NASD', 'AAPL'), 'NYSE:BRK/B'].map(codeOf)).toEqual(['005930', 'AAPL', 'BRK/B']);
    expect(['KRX:005930', 'NASD:AAPL', 'AMEX:SPY'].map(foreignExchangeOf)).toEqual([null, 'NASD', 'AMEX']);
    expect(['KRX:005930', 'NYSE:KO', 'SEHK:00700', 'SZAA:300750'].map(currencyOf)).toEqual([
      'KRW',
      'USD',
      'HKD',
      'CNY',
    ]);
  });
});

describe('the foreign listing', () => {
  it('names each issue once, without a price', () => {
    expect(FOREIGN_LISTING.length).toBeGreaterThanOrEqual(60);
    expect(new Set(FOREIGN_LISTING.map(({ id }) => id)).size).toBe(FOREIGN_LISTING.length);
    for (const issue of FOREIGN_LISTING)
      expect(Instrument.parse(issue)).toMatchObject({ basePrice: 0, currency: currencyOf(issue.id) });
    expect(findForeign('NYSE:BRK/B')).toMatchObject({ nameKo: '버크셔 해서웨이 B', market: 'NYSE' });
    expect(findForeign('AMEX:SPY')?.product).toBe('etp');
    // A board lot of Hong Kong is the issue's own, and only the broker knows it.
    expect(['SEHK:00700', 'TKSE:7203', 'SHAA:600519', 'NYSE:KO'].map((id) => findForeign(id)?.lotSize)).toEqual([
      0, 100, 100, 1,
    ]);
  });

  it('gives an issue that is not in it no more than its symbol, and a Korean one nothing', () => {
    expect(findForeign('NASD:ZZZZ')).toMatchObject({ code: 'ZZZZ', nameKo: 'ZZZZ', nameEn: null, basePrice: 0 });
    expect(findForeign('KRX:005930')).toBeUndefined();
    expect(findForeign('NASD:no')).toBeUndefined();
  });
});
