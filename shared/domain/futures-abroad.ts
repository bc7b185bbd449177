/** Futures of foreign exchanges (해외선물) by the broker's series code: what they are on, their currency, and the places of their prices. */
import facts from '#resources/markets/futures.json' with { type: 'json' };

/** Prices of all of them are whole numbers of 1/10^8: the finest tick there is (1/256 of a point) is a whole number then. */
export const FUTURES_ABROAD_SCALE = 8;

/** What is known of a product (docs/adr/0015). */
export interface FuturesProduct {
  readonly nameKo: string;
  readonly exchange: string;
  readonly currency: 'USD' | 'HKD';
  /** Decimals that its prices are shown with. */
  readonly places: number;
  /** Decimal text. */
  readonly tick: string;
  /** Whole units of the currency that one point stands for. */
  readonly perPoint: number;
}

const PREFIX = 'OVF:';
/** Letters of the product, of the month, and the year: "ESZ26". */
const SERIES = /^([0-9A-Z]{1,4})([FGHJKMNQUVXZ])(\d{2})$/;
const PRODUCTS = facts.products as Readonly<Record<string, FuturesProduct>>;

/** The id of a series code. */
export function futureAbroadId(code: string): string {
  return `${PREFIX}${code}`;
}

/** true for a future of a foreign exchange, whether its product is known or not. */
export function isFutureAbroad(id: string): boolean {
  return id.startsWith(PREFIX);
}

/**
 * The product of an id; null where it is none, or one that nobody here knows the worth of.
 * @source resources/markets/futures.json
 */
export function futuresProductOf(id: string): FuturesProduct | null {
  const root = isFutureAbroad(id) ? SERIES.exec(id.slice(PREFIX.length))?.[1] : undefined;
  return root === undefined || !Object.hasOwn(PRODUCTS, root) ? null : (PRODUCTS[root] ?? null);
}
