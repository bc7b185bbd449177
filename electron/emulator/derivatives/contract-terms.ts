/** What happens in the market of futures and options of the offline KIS, and who hears of it. */
import type { TickTable } from '#shared/market/index.ts';
import type { Rng } from '#shared/rng/index.ts';
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { ContractBook } from './contract-book.ts';
import type { ListedContract } from './contract-listing.ts';

/** One trade with the day's totals after it; prices in 1/100, value in won. */
export interface ContractTrade {
  readonly ts: EpochMs;
  readonly price: number;
  readonly quantity: number;
  readonly volume: number;
  readonly value: number;
  readonly bought: number;
  readonly sold: number;
}

export interface ContractBar {
  readonly startTs: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  value: number;
}

/** A contract's day. */
export interface Seat {
  readonly contract: ListedContract;
  readonly table: TickTable;
  readonly base: number;
  readonly upper: number;
  readonly lower: number;
  readonly book: ContractBook;
  /** The customer's orders that wait, by number. */
  readonly mine: Map<number, ContractOrder>;
  readonly rng: Rng;
  readonly trades: ContractTrade[];
  readonly bars: ContractBar[];
  last: number;
  open: number;
  high: number;
  low: number;
  volume: number;
  value: number;
  bought: number;
  sold: number;
  /** Ticks by which the people see the fair price elsewhere. */
  noise: number;
}

export interface ContractOrder {
  readonly no: string;
  readonly original: string;
  readonly contract: ListedContract;
  readonly side: 'buy' | 'sell';
  /** ORD_DVSN_CD. */
  readonly kindCode: string;
  /** 1/100; 0: it carries none. */
  readonly price: number;
  readonly quantity: number;
  /** Of the night; its number says nothing of that. */
  readonly night: boolean;
  readonly ts: EpochMs;
  /** In Korea when it was entered: the night is on two. */
  readonly date: SessionDate;
  filledQty: number;
  /** Σ price × quantity. */
  traded: number;
  status: 'open' | 'filled' | 'canceled' | 'replaced' | 'expired';
  /** true: withdrawn by its owner. */
  asked: boolean;
}

export type ContractNotice =
  | { readonly kind: 'accepted' | 'replaced'; readonly order: ContractOrder }
  | { readonly kind: 'canceled'; readonly order: ContractOrder; readonly quantity: number }
  | { readonly kind: 'fill'; readonly order: ContractOrder; readonly price: number; readonly quantity: number };

export interface ContractListener {
  traded(seat: Seat, trade: ContractTrade): void;
  noticed(notice: ContractNotice, at: EpochMs): void;
}
