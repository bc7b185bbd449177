/** A bond by its standard code alone: what is held of it can be looked at and sold though no symbol master names it. */
import { BondInstrument, codeOf, InstrumentId, productOf } from '#shared/domain/index.ts';

/** A bond of which nothing but its code is known; undefined for anything else. */
export function findBond(id: InstrumentId): BondInstrument | undefined {
  if (productOf(id) !== 'bond' || !InstrumentId.safeParse(id).success) return undefined;
  return BondInstrument.parse({
    id,
    code: codeOf(id),
    nameKo: codeOf(id),
    nameEn: null,
    market: 'BOND',
    priceScale: 2,
    lotSize: 1,
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    maturity: null,
    couponPpm: null,
    // When this was written: nothing here is of a later day.
    asOf: '2026-11-27',
  });
}
