/** What happens in the bond market of the offline KIS: trades, the customer's orders and purchases, and who hears of them. */
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { BondIssue } from './bond-issues.ts';

/** One trade; 1/100 won, units of 1,000 won of face amount. */
export interface BondTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
}

export interface BondLevel {
  readonly price: number;
  qty: number;
}

export interface BondOrder {
  readonly no: string;
  /** Empty: a first order. */
  readonly original: string;
  readonly issue: BondIssue;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly quantity: number;
  readonly ts: EpochMs;
  readonly date: SessionDate;
  /** The purchase that a sale comes from; null: the oldest first. */
  readonly lot: BondLot | null;
  filledQty: number;
  /** Σ price × quantity. */
  traded: number;
  status: 'open' | 'filled' | 'canceled' | 'replaced' | 'expired';
}

/** One purchase, as long as anything of it is held. */
export interface BondLot {
  readonly issue: BondIssue;
  readonly date: SessionDate;
  readonly no: number;
  quantity: number;
  /** Won paid, charges not counted. */
  paid: number;
}

/** The day of a bond. */
export interface BondDay {
  base: number;
  last: number;
  open: number;
  high: number;
  low: number;
  volume: number;
}

/** Who hears of the bond market. */
export interface BondListener {
  traded(issue: BondIssue, trade: BondTrade): void;
}
