/** SOR: which venue an order goes to, and how it takes from both before its rest waits on one. */
import type { VenueName } from '../../domain/index.ts';
import { isContinuous } from '../../time/index.ts';
import type { Board } from './board.ts';
import type { Floor } from './floor.ts';
import type { IssueState } from './issue-state.ts';
import type { Matcher } from './matcher.ts';
import { timeOf } from '../book/order-form.ts';
import { BUY, SELL, type SideCode } from '../book/order-pool.ts';
import type { OrderRules } from './order-types.ts';
import { bestOppositePrice, bestSamePrice } from '../book/pegged-price.ts';
import type { OrderEntry, RejectCode } from '../types.ts';

/** Where an order goes, or why nowhere. */
export type Destination = { readonly board: Board } | { readonly reason: RejectCode; readonly board?: Board };

export class Router {
  readonly #floor: Floor;
  readonly #rules: OrderRules;
  readonly #matcher: Matcher;
  /** Of two venues with the same price the cheaper is taken from first. */
  readonly #first: VenueName;

  constructor(floor: Floor, rules: OrderRules, matcher: Matcher) {
    this.#floor = floor;
    this.#rules = rules;
    this.#matcher = matcher;
    this.#first = rules.cheaper;
  }

  /** The board an order goes to: for SOR the one where it would wait. */
  destination(issue: IssueState, entry: OrderEntry): Destination {
    const { route = 'KRX' } = entry;
    const krx = this.#floor.boardOf(issue, 'KRX') as Board;
    const nxt = this.#floor.boardOf(issue, 'NXT');
    if (route === 'KRX') return { board: krx };
    if (route === 'NXT') return nxt ? { board: nxt } : { reason: issue.isStock ? 'NOT_ON_NXT' : 'NO_ETP' };
    if (!this.#rules.takesSor(entry)) return { reason: 'VENUE_TYPE', board: krx };
    const onKrx = this.#rules.check(entry, krx);
    if (onKrx === null || nxt === undefined) return { board: krx };
    const onNxt = this.#rules.check(entry, nxt);
    if (onNxt === null) return { board: nxt };
    const vague = onKrx === 'SESSION' && (onNxt === 'HALTED' || onNxt === 'MARKET_HALTED' || onNxt === 'TYPE');
    return { board: vague ? nxt : krx };
  }

  /** The price a best order takes, in won: the best quote of both venues, and where there is none the one the rule names. */
  bestQuote(board: Board, entry: OrderEntry): number {
    const own = (entry.type === 'bestSame') === (entry.side === 'buy');
    const side: SideCode = own ? BUY : 1;
    const partner = entry.route === 'SOR' ? this.#floor.partnerOf(board) : undefined;
    let best = quoteOf(board, side);
    if (partner && isContinuous(partner.phase)) {
      const other = quoteOf(partner, side);
      const better = side === BUY ? other > best : other < best;
      if (other > 0 && (best === 0 || better)) best = other;
    }
    if (best > 0) return best;
    // Without a quote the rule names another price: one tick beyond its own side, or the last price.
    const code = entry.side === 'buy' ? BUY : SELL;
    return entry.type === 'bestSame' ? bestSamePrice(board.book, code) : bestOppositePrice(board.book, code);
  }

  /**
   * Lets the matcher's order take level by level from the better venue, and its rest wait on `board`. A level beyond a VI
   * threshold is left to the rest, which triggers the VI if it goes on there.
   */
  enter(board: Board): void {
    const partner = this.#floor.partnerOf(board);
    const { order } = this.#matcher;
    if (partner === undefined || !isContinuous(partner.phase)) {
      this.#matcher.enter(board);
      return;
    }
    const limit = order.price === 0 ? null : board.issue.ladder.indexOf(order.price);
    const boards = isContinuous(board.phase) ? [board, partner] : [partner];
    if (timeOf(order.form) === 'fok') {
      const fits = boards.reduce((sum, each) => sum + this.#matcher.matchable(each, order.side, limit, order.open), 0);
      if (fits < order.open) {
        this.#floor.events.canceled(board, order.orderNo, order.owner, order.open, 'fok');
        return;
      }
    }
    for (const each of boards) hold(each, true);
    while (order.open > 0) {
      const best = this.#better(boards, order.side, limit);
      if (best === null || this.#matcher.takeUpTo(best.board, best.index) === 0) break;
    }
    this.#matcher.enterAlone(board);
    for (const each of boards) hold(each, false);
    for (const each of [board, partner]) this.#matcher.settle(each);
  }

  /** The venue with the better level inside the limit and the VI bounds. */
  #better(
    boards: readonly Board[],
    side: SideCode,
    limit: number | null,
  ): { readonly board: Board; readonly index: number } | null {
    let found: Board | null = null;
    let at = 0;
    for (const board of boards) {
      const index = board.book.bestIndex((1 - side) as SideCode);
      if (index < 0 || (limit !== null && (side === BUY ? index > limit : index < limit))) continue;
      const price = board.book.ladder.priceAt(index);
      const { floor, ceil } = board.measured();
      if (price <= floor || price >= ceil) continue;
      const better = found === null || (side === BUY ? index < at : index > at);
      if (better || (index === at && board.venue === this.#first)) [found, at] = [board, index];
    }
    return found && { board: found, index: at };
  }
}

/** While it is held a board keeps the VI bounds of this moment. */
function hold(board: Board, on: boolean): void {
  if (on) board.measured();
  board.held = on;
}

function quoteOf({ book }: Board, side: SideCode): number {
  const index = book.bestIndex(side);
  return index < 0 ? 0 : book.ladder.priceAt(index);
}
