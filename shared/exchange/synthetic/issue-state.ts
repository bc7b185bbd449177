/** What the participants of a synthetic issue remember, as plain data. */
import type { RngState } from '../../rng/index.ts';
import type { FlowSnapshot } from './order-flow.ts';
import type { DeskSnapshot } from './venue-desk.ts';

/** Plain data: everything that decides what these participants do next. */
export interface IssueSnapshot {
  readonly rng: RngState;
  readonly state: Readonly<IssueState>;
  readonly flow: FlowSnapshot;
  readonly krx: DeskSnapshot;
  readonly nxt: DeskSnapshot | null;
}

export interface IssueState {
  /** When these participants act next, and when they last did. */
  nextTs: number;
  lastTs: number;
  /** The issue's own way since the open, in fractions, and the share of the session's trading it has come along. */
  own: number;
  done: number;
  /** Logarithm of the variance of its moves over the usual one. */
  burst: number;
  /** What others' orders have moved it for longer, and its walk outside the regular session, in fractions. */
  push: number;
  astray: number;
  /** What the makers think it is worth, in price steps, and where they stand. */
  opinion: number;
  bid: number;
  wide: number;
  trend: number;
  /** How deep the book is over the usual one, and how far NXT stands from KRX (fraction). */
  liquidity: number;
  split: number;
  /** −1 at the lower limit of the day, 1 at the upper one, by the story; else 0. */
  locked: number;
  /** true: KRX was in a call auction when last seen · true: the after-market's orders are the ones known. */
  collecting: boolean;
  afterMarket: boolean;
}
