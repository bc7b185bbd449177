/** Facts of the symbol masters where they are used: the guard's single prices, and the rule sheet. */
import { describe, expect, it } from 'vitest';
import { BUNDLED, factsOf, rulesOf } from '#core/market/index.ts';
import type { DesignationName, KrxInstrument } from '#shared/domain/index.ts';
import { FEED_DAY, StubFeed } from '#test/support/stub-feed.ts';

const SAMSUNG = BUNDLED.find(({ code }) => code === '005930')!;

function marked(designations: readonly DesignationName[], asOf: string = FEED_DAY): KrxInstrument {
  const unknown = { marginPercent: null, credit: null, sector: null, themes: [] };
  return { ...SAMSUNG, master: { asOf, designations: [...designations], ...unknown } };
}

describe('designations of the masters', () => {
  const feed = new StubFeed([SAMSUNG.id]);

  it('put an issue under single prices in the guard on the day of the file', () => {
    expect(factsOf(feed, marked(['overheated']), null).singlePrice).toBe('overheated');
    expect(factsOf(feed, marked(['alert', 'liquidation']), null).singlePrice).toBe('liquidation');
  });

  it('say nothing of another day, nor where trading goes on as usual', () => {
    expect(factsOf(feed, marked(['liquidation'], '2026-02-27'), null).singlePrice).toBeNull();
    expect(factsOf(feed, marked(['alert', 'managed']), null).singlePrice).toBeNull();
    expect(factsOf(feed, SAMSUNG, null).singlePrice).toBeNull();
  });

  it('never take the place of what the running market says', () => {
    const told = new StubFeed([SAMSUNG.id]);
    told.listings.set(SAMSUNG.id, { singlePrice: 'preferred' });
    expect(factsOf(told, marked(['liquidation']), null).singlePrice).toBe('preferred');
  });

  it('stand on the rule sheet, with what they do', () => {
    const idsOf = (instrument: KrxInstrument): string[] =>
      rulesOf(feed, instrument, null).sections.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(idsOf(marked(['alert', 'managed']))).toEqual(expect.arrayContaining(['halt.alert', 'halt.managed']));
    expect(idsOf(SAMSUNG)).not.toContain('halt.alert');
  });
});
