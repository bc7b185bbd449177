/** What happens in a foreign market of the offline KIS: trades, bars, the customer's orders, and who hears of them. */
import type { OverseasOrderCode } from '#shared/market/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { AbroadIssue } from './abroad-issues.ts';

/** One trade; prices scaled as the market scales them. */
export interface AbroadTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
  readonly side: 'buy' | 'sell' | null;
  readonly volume: number;
}

export interface AbroadBar {
  readonly startTs: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface AbroadOrder {
  readonly no: string;
  readonly original: string;
  readonly issue: AbroadIssue;
  readonly side: 'buy' | 'sell';
  readonly orderCode: OverseasOrderCode;
  readonly price: number;
  readonly quantity: number;
  readonly ts: EpochMs;
  /** The date there. */
  readonly date: SessionDate;
  filledQty: number;
  /** Σ price × quantity. */
  traded: number;
  /** Costs so far, smallest coins. */
  charges: number;
  status: 'open' | 'filled' | 'canceled' | 'replaced' | 'expired';
}

export type AbroadNotice =
  | { readonly kind: 'accepted' | 'replaced'; readonly order: AbroadOrder }
  | { readonly kind: 'canceled'; readonly order: AbroadOrder; readonly quantity: number }
  | { readonly kind: 'fill'; readonly order: AbroadOrder; readonly price: number; readonly quantity: number };

/** Who hears of the foreign markets. */
export interface AbroadListener {
  traded(issue: AbroadIssue, trade: AbroadTrade): void;
  noticed(notice: AbroadNotice, at: EpochMs): void;
}
