/** Foreign issues known offline: shown where the broker trades them, never in the simulated market. */
import listingFacts from '#resources/markets/foreign-listing.json' with { type: 'json' };
import {
  codeOf,
  InstrumentId,
  ForeignInstrument,
  FOREIGN_EXCHANGES,
  foreignCurrencyOf,
  foreignExchangeOf,
  foreignId,
  foreignMarketOf,
  type ForeignExchange,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';
import { overseasLot } from '#shared/market/index.ts';

function exchangeOf(told: string): ForeignExchange {
  const exchange = FOREIGN_EXCHANGES.find((each) => each === told);
  assert(exchange, `no foreign exchange ${told}`);
  return exchange;
}

/** The lot that the market has for every issue; 0 where it is the issue's own. */
function lotOf(exchange: ForeignExchange): number {
  return exchange === 'SEHK' ? 0 : overseasLot({ exchange }).buyUnit;
}

function foreignInstrument(issue: {
  readonly symbol: string;
  readonly exchange: ForeignExchange;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product?: string | undefined;
}): ForeignInstrument {
  const { symbol, exchange, nameKo, nameEn, product } = issue;
  return ForeignInstrument.parse({
    id: foreignId(exchange, symbol),
    code: symbol,
    nameKo,
    nameEn,
    market: foreignMarketOf(exchange),
    priceScale: 4,
    currency: foreignCurrencyOf(exchange),
    lotSize: lotOf(exchange),
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    ...(product === undefined ? {} : { product }),
    asOf: listingFacts.asOf,
  });
}

/**
 * The bundled foreign issues, by symbol; their prices are not known until the broker tells them.
 * @source resources/markets/foreign-listing.json
 */
export const FOREIGN_LISTING: readonly ForeignInstrument[] = listingFacts.instruments.map(({ exchange, ...issue }) =>
  foreignInstrument({
    ...issue,
    exchange: exchangeOf(exchange),
    product: 'product' in issue ? issue.product : undefined,
  }),
);

const BY_ID = new Map(FOREIGN_LISTING.map((issue) => [issue.id, issue]));

/**
 * A foreign issue by its id: a bundled one, or one of which nothing but its symbol is known, so that what is held of it
 * can be looked at and sold; undefined for a Korean one.
 */
export function findForeign(id: InstrumentId): ForeignInstrument | undefined {
  const known = BY_ID.get(id);
  const exchange = foreignExchangeOf(id);
  if (known || exchange === null || !InstrumentId.safeParse(id).success) return known;
  return foreignInstrument({ symbol: codeOf(id), exchange, nameKo: codeOf(id), nameEn: null });
}
