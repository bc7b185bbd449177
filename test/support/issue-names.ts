/** The 600 largest Korean issues of 2025-02-11 by name, for tests of search and lists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KrxInstrument, krxId, Market } from '#shared/domain/index.ts';

const FILE = join(import.meta.dirname, '..', 'fixtures', 'issue-names.csv');

/** An issue with the facts that tests do not care about filled in. */
export function plainIssue(code: string, nameKo: string, facts: Partial<KrxInstrument> = {}): KrxInstrument {
  return {
    id: krxId(code),
    code,
    nameKo,
    nameEn: null,
    market: 'KOSPI',
    priceScale: 0,
    lotSize: 1,
    basePrice: 10_000,
    listedShares: 1_000,
    suspended: false,
    kospi200: null,
    asOf: '2025-02-11',
    ...facts,
  };
}

/** The issues in the order of their codes, as the core tells them. */
export function namedIssues(): readonly KrxInstrument[] {
  const [, ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  return lines
    .map((line) => {
      const [code = '', name = '', market = '', close = '', shares = ''] = line.split(',');
      return plainIssue(code, name, {
        market: Market.parse(market),
        basePrice: Number(close),
        listedShares: Number(shares),
      });
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
