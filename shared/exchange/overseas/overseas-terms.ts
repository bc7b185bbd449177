/** What goes into the simulated foreign exchange and what comes out. */
import type { Side } from '../../domain/index.ts';
import type { OverseasExchangeCode, OverseasOrderCode } from '../../market/index.ts';
import type { EpochMs, Phase, SessionDate } from '../../time/index.ts';
import type { CancelCause, RejectCode } from '../types.ts';

/** An issue as listed abroad for one day. Prices scaled by the market's `priceScale`. */
export interface OverseasIssue {
  readonly code: string;
  /** Kind of issue, which decides ticks and limits; the market's usual one if absent. */
  readonly segment?: string;
  readonly basePrice: number;
  /** Board lot, where the market leaves it to the issue (Hong Kong). */
  readonly lotSize?: number;
  /** Days since listing: 0 on the first day; absent for one listed long ago. */
  readonly daysListed?: number;
}

/** A day of one foreign exchange; with the same options and inputs come the same events. */
export interface OverseasOptions {
  readonly exchange: OverseasExchangeCode;
  /** The date where the exchange is. */
  readonly date: SessionDate;
  readonly issues: readonly OverseasIssue[];
  /** Rules switched on that are not known to be in force, such as hkPhase2. */
  readonly flags?: readonly string[];
  /** Open orders held at most. */
  readonly maxOpenOrders?: number;
}

export interface OverseasEntry {
  readonly owner: number;
  readonly code: string;
  readonly side: Side;
  /** Code of KIS; 00 (limit) if absent. */
  readonly orderCode?: OverseasOrderCode;
  /** Scaled; 0 for the codes that carry none (31, 33). */
  readonly price: number;
  readonly quantity: number;
}

interface Head {
  /** Counts from 1 without gaps. */
  readonly seq: number;
  readonly ts: EpochMs;
}

/** Everything that happens, in order. Prices scaled. */
export type OverseasEvent =
  | (Head & {
      readonly kind: 'accepted';
      readonly code: string;
      readonly orderNo: number;
      /** The order this one replaced, 0 for a first order. */
      readonly originalOrderNo: number;
      readonly owner: number;
      readonly side: Side;
      readonly orderCode: OverseasOrderCode;
      readonly price: number;
      readonly quantity: number;
    })
  | (Head & {
      readonly kind: 'rejected';
      readonly code: string;
      readonly orderNo: number;
      readonly owner: number;
      readonly reason: RejectCode;
    })
  | (Head & {
      readonly kind: 'trade';
      readonly code: string;
      readonly price: number;
      readonly quantity: number;
      readonly buyOrderNo: number;
      readonly buyOwner: number;
      readonly sellOrderNo: number;
      readonly sellOwner: number;
      /** Who took liquidity; null where all is crossed at one price. */
      readonly aggressor: Side | null;
    })
  | (Head & {
      readonly kind: 'canceled';
      readonly code: string;
      readonly orderNo: number;
      readonly owner: number;
      readonly quantity: number;
      readonly cause: CancelCause;
    })
  | (Head & {
      readonly kind: 'auction';
      readonly code: string;
      readonly phase: Phase;
      /** 0 where nothing matched. */
      readonly price: number;
      readonly quantity: number;
    })
  | (Head & { readonly kind: 'phase'; readonly code: ''; readonly phase: Phase; readonly previous: Phase });

export type OverseasSink = (event: OverseasEvent) => void;

/** State of one issue; prices scaled, 0 where there is none. */
export interface OverseasView {
  readonly code: string;
  readonly basePrice: number;
  /** 0 where the market has no limits. */
  readonly upperLimit: number;
  readonly lowerLimit: number;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly volume: number;
  readonly bestBid: number;
  readonly bestAsk: number;
}

/** Without a record an event is numbered by its kind in the hash. */
export type OverseasBody<K extends OverseasEvent['kind']> = Omit<
  Extract<OverseasEvent, { kind: K }>,
  'kind' | 'seq' | 'ts'
>;
