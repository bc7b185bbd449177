/** American issues known offline: shown where the broker trades them, never in the simulated market. */
import listingFacts from '#resources/markets/us-listing.json' with { type: 'json' };
import {
  codeOf,
  InstrumentId,
  UsInstrument,
  US_EXCHANGES,
  usExchangeOf,
  usId,
  usMarketOf,
  type UsExchange,
} from '#shared/domain/index.ts';
import { assert } from '#shared/errors/index.ts';

function exchangeOf(told: string): UsExchange {
  const exchange = US_EXCHANGES.find((each) => each === told);
  assert(exchange, `no American exchange ${told}`);
  return exchange;
}

function usInstrument(issue: {
  readonly symbol: string;
  readonly exchange: UsExchange;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product?: string | undefined;
}): UsInstrument {
  const { symbol, exchange, nameKo, nameEn, product } = issue;
  return UsInstrument.parse({
    id: usId(exchange, symbol),
    code: symbol,
    nameKo,
    nameEn,
    market: usMarketOf(exchange),
    priceScale: 4,
    currency: 'USD',
    lotSize: 1,
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    ...(product === undefined ? {} : { product }),
    asOf: listingFacts.asOf,
  });
}

/**
 * The bundled American issues, by symbol; their prices are not known until the broker tells them.
 * @source resources/markets/us-listing.json
 */
export const US_LISTING: readonly UsInstrument[] = listingFacts.instruments.map(({ exchange, ...issue }) =>
  usInstrument({ ...issue, exchange: exchangeOf(exchange), product: 'product' in issue ? issue.product : undefined }),
);

const BY_ID = new Map(US_LISTING.map((issue) => [issue.id, issue]));

/**
 * An American issue by its id: a bundled one, or one of which nothing but its symbol is known, so that what is held of it
 * can be looked at and sold; undefined for a Korean one.
 */
export function findUs(id: InstrumentId): UsInstrument | undefined {
  const known = BY_ID.get(id);
  const exchange = usExchangeOf(id);
  if (known || exchange === null || !InstrumentId.safeParse(id).success) return known;
  return usInstrument({ symbol: codeOf(id), exchange, nameKo: codeOf(id), nameEn: null });
}
