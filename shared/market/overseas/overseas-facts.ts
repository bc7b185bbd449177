/** The facts of the foreign exchanges, as resources/markets/*.json hold them. */
import cn from '#resources/markets/cn.json' with { type: 'json' };
import hk from '#resources/markets/hk.json' with { type: 'json' };
import jp from '#resources/markets/jp.json' with { type: 'json' };
import us from '#resources/markets/us.json' with { type: 'json' };
import vn from '#resources/markets/vn.json' with { type: 'json' };
import type { Phase } from '../../time/index.ts';
import type { Dated } from '../dated.ts';

/** The exchanges that KIS reaches, by its codes: NASD 나스닥 · NYSE 뉴욕 · AMEX 아멕스 · SEHK 홍콩 · TKSE 도쿄 · SHAA 상하이 · SZAA 선전 · HASE 하노이 · VNSE 호치민 */
export const OVERSEAS_EXCHANGES = ['NASD', 'NYSE', 'AMEX', 'SEHK', 'TKSE', 'SHAA', 'SZAA', 'HASE', 'VNSE'] as const;
export type OverseasExchangeCode = (typeof OVERSEAS_EXCHANGES)[number];

export const CURRENCIES = ['USD', 'HKD', 'JPY', 'CNY', 'VND'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Kinds of order by the code of KIS: 00 limit · 31 MOO · 32 LOO · 33 MOC · 34 LOC · 50 odd lot. */
export const OVERSEAS_ORDER_CODES = ['00', '31', '32', '33', '34', '50'] as const;
export type OverseasOrderCode = (typeof OVERSEAS_ORDER_CODES)[number];

/** How sure a fact is (C confirmed, S one source, D computed, U unconfirmed) and where it comes from. */
export interface Sourced {
  readonly status: string;
  readonly source: string;
}

/** Which issues a fact is about; null for all. */
interface Scope {
  readonly segments: readonly string[] | null;
  readonly exchanges: readonly string[] | null;
}

/** lt: a band reaches up to `to` and does not hold it · le: it does. Scaled prices; null: without bound. */
export interface OverseasTicks extends Scope, Dated, Sourced {
  readonly rule: 'lt' | 'le';
  readonly bands: readonly { readonly to: number | null; readonly tick: number }[];
  /** Set: in force only where this is switched on. */
  readonly flag: string | null;
}

export interface OverseasLimit extends Scope, Sourced {
  readonly percent?: number;
  readonly firstDayPercent?: number;
  /** Days after listing without limits. */
  readonly firstDays?: number;
  readonly round?: 'halfUp' | 'inward';
  /** Width either way by base price, scaled. */
  readonly widths?: readonly { readonly below: number; readonly width: number; readonly status: string }[];
}

export interface OverseasLot extends Sourced {
  readonly segments: readonly string[] | null;
  /** 0: differs from issue to issue and must be given. */
  readonly buyUnit: number;
  readonly buyLeast: number;
  readonly sellUnit: number;
  /** true: quantities below a lot trade apart. */
  readonly oddLots: boolean;
}

export interface OverseasFee extends Dated, Sourced {
  readonly name: string;
  readonly nameKo: string;
  readonly sides: readonly string[];
  /** Of the amount; null where it is charged by the unit. */
  readonly ppb: number | null;
  /** Millionths of the currency per unit. */
  readonly microPerUnit: number | null;
  /** The most an order is charged, in minor units. */
  readonly capMinor: number | null;
  readonly roundingUnit: number;
  readonly rounding: string;
}

export interface OverseasPart {
  readonly phase: Phase;
  /** "HH:MM" where the exchange is. */
  readonly start: string;
  readonly end: string;
  /** true: all that waits is crossed as it begins; as it ends. */
  readonly openCross?: boolean;
  readonly closeCross?: boolean;
  /** What of it moves on a day that closes early. */
  readonly early?: 'end' | 'both';
}

export interface OverseasMarket {
  readonly market: string;
  readonly currency: Currency;
  /** Decimal places of money; 2: the minor unit is a cent. */
  readonly digits: number;
  /** Decimal places of prices. */
  readonly priceScale: number;
  readonly exchanges: readonly string[];
  readonly segments: readonly string[];
  readonly zone: { readonly offsetMin: number; readonly dst: 'US' | null; readonly name: string };
  readonly holidays: Sourced & {
    readonly years: Readonly<Record<string, readonly string[]>>;
    readonly early: Readonly<Record<string, readonly string[]>>;
    readonly earlyShiftMin: number;
  };
  readonly phases: readonly (Sourced & {
    readonly exchanges: readonly string[] | null;
    readonly parts: readonly OverseasPart[];
  })[];
  readonly ticks: readonly OverseasTicks[];
  readonly lots: readonly OverseasLot[];
  readonly limits: readonly OverseasLimit[];
  readonly limitsNote: Sourced;
  readonly orders: Sourced & {
    readonly buy: readonly string[];
    readonly sell: readonly string[];
    readonly onOpenUntil?: string;
    readonly onCloseUntil?: string;
  };
  readonly fees: readonly OverseasFee[];
  readonly settlement: Sourced & { readonly sessions: number };
}

const MARKETS = [us, hk, jp, cn, vn] as unknown as readonly OverseasMarket[];

/** The market an exchange belongs to. @source resources/markets/*.json */
export function overseasMarket(exchange: OverseasExchangeCode): OverseasMarket {
  const market = MARKETS.find((known) => known.exchanges.includes(exchange));
  if (!market) throw new RangeError(`no market has ${exchange}`);
  return market;
}

/** What of an issue decides its rules. */
export interface OverseasListing {
  readonly exchange: OverseasExchangeCode;
  /** Kind of issue, as the market names it (topix500, star, etp …); the market's usual one if absent. */
  readonly segment?: string;
}

/** The facts of a listing's market and its segment; RangeError for a segment the market does not have. */
export function listingFacts(listing: OverseasListing): {
  readonly market: OverseasMarket;
  readonly segment: string;
  readonly within: (scope: {
    readonly segments: readonly string[] | null;
    readonly exchanges?: readonly string[] | null;
  }) => boolean;
} {
  const market = overseasMarket(listing.exchange);
  const segment = listing.segment ?? market.segments[0] ?? '';
  if (!market.segments.includes(segment)) throw new RangeError(`${market.market} has no segment ${segment}`);
  return {
    market,
    segment,
    within: ({ segments, exchanges = null }) =>
      (segments === null || segments.includes(segment)) && (exchanges === null || exchanges.includes(listing.exchange)),
  };
}
