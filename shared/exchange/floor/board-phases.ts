/** What a change of phase does on a board: it trades an auction, ends orders, sets the close, and goes on. */
import { nxtOpenOn } from '../../market/index.ts';
import { isAuction, isContinuous, type Phase } from '../../time/index.ts';
import { auctionOutcome, specialQuote, uncross, type SizeFirst } from '../book/auction.ts';
import { ownWay, type Board } from './board.ts';
import type { Floor } from './floor.ts';
import type { Matcher } from './matcher.ts';
import { HOME, homeOf, timeOf, typeOf, withType } from '../book/order-form.ts';
import { BUY, SELL, type SideCode } from '../book/order-pool.ts';
import { rebase } from './rebase.ts';
import type { CancelCause, PhaseCause } from '../types.ts';
import { extendForVi, moveBoard } from './vi-start.ts';

/** Phases behind the regular session of KRX. */
const AFTER_CLOSE: ReadonlySet<Phase> = new Set(['postClose', 'offHours', 'afterMarket', 'closed']);
/** Phases of either venue whose trades make no opening, high or low price and do not move the index. */
const AFTER_HOURS: ReadonlySet<Phase> = new Set(['postClose', 'offHours', 'afterAuction', 'afterMarket']);
/** Phases in front of it. */
const BEFORE_OPEN: ReadonlySet<Phase> = new Set(['preOpen', 'closed']);

export class BoardPhases {
  readonly #floor: Floor;
  readonly #matcher: Matcher;

  constructor(floor: Floor, matcher: Matcher) {
    this.#floor = floor;
    this.#matcher = matcher;
  }

  /** The phase a board has while its venue is in one, if nothing of its own holds it up. */
  mapped(board: Board, venuePhase: Phase): Phase {
    const { listed, isStock } = board.issue;
    const single = listed.singlePrice !== undefined;
    if (board.venue === 'NXT') return single && isContinuous(venuePhase) ? 'closed' : venuePhase;
    switch (venuePhase) {
      case 'continuous':
        return single ? 'periodicAuction' : 'continuous';
      case 'afterMarket':
        return isStock && !single ? 'afterMarket' : 'closed';
      case 'offHours':
        return listed.nxt === true && nxtOpenOn(this.#floor.options.date) ? 'closed' : 'offHours';
      default:
        return venuePhase;
    }
  }

  /** The board's first phase of the day; an issue may be halted from the start. */
  begin(board: Board): void {
    const { phase } = this.#floor.dayOf(board);
    board.phase = this.mapped(board, phase);
    if (board.issue.listed.halted !== true || board.phase === 'closed') return;
    board.own = ownWay('halt', { n: 0, since: this.#floor.now });
    board.phase = 'halted';
  }

  /**
   * What a board does before its venue changes from one phase to the next: the auction under way trades, or is extended,
   * and orders end.
   */
  depart(board: Board, change: { readonly from: Phase; readonly to: Phase; readonly cause: PhaseCause }): void {
    const { from, to, cause } = change;
    if (board.own === null) {
      if (isAuction(board.phase) && board.phase !== 'periodicAuction') {
        if (cause === 'schedule' && this.#extends(board)) return;
        this.uncross(board, board.phase === 'openAuction');
      } else if (board.phase === 'periodicAuction' && to !== 'closeAuction') this.uncross(board, false);
    } else if (board.own.kind !== 'halt' && board.own.kind !== 'circuitBreaker') this.#endOwn(board, to);
    if (board.venue === 'KRX') {
      if (AFTER_CLOSE.has(to) && !BEFORE_OPEN.has(from)) this.endRegular(board);
      if (from === 'postClose' || from === 'afterMarket' || from === 'offHours') this.expire(board);
    } else if (from === 'preMarket') this.#expireGtp(board);
    if (to === 'closed') this.expire(board);
  }

  /** What a board does once its venue is in a phase. */
  arrive(board: Board, phase: Phase): void {
    if (board.own !== null) {
      if (phase !== 'closed' || board.own.level === 3) return;
      if (board.own.kind !== 'extension') board.own = null;
      else return;
    }
    board.phase = this.mapped(board, phase);
    if (AFTER_HOURS.has(phase)) board.ended = true;
    if (board.venue === 'KRX' && phase === 'closeAuction') this.#enterClosing(board);
    if (isContinuous(board.phase)) this.#matcher.crossMids(board);
    this.#matcher.settle(board);
  }

  /** Ends what a board does of its own and lets it join its venue. */
  rejoin(board: Board, cause: PhaseCause): void {
    const venuePhase = this.#floor.dayOf(board).phase;
    const closing = board.own?.kind === 'extension' && board.phase === 'closeAuction';
    if (isAuction(board.phase)) this.uncross(board, board.phase === 'reopenAuction' || board.phase === 'openAuction');
    if (closing || (board.venue === 'KRX' && AFTER_CLOSE.has(venuePhase) && !board.ended)) this.endRegular(board);
    board.own = null;
    moveBoard(this.#floor, board, { phase: this.mapped(board, venuePhase), cause, until: 0 });
    if (AFTER_HOURS.has(venuePhase)) board.ended = true;
    if (board.venue === 'KRX' && board.phase === 'closeAuction') this.#enterClosing(board);
    if (isContinuous(board.phase)) this.#matcher.crossMids(board);
    this.#matcher.settle(board);
  }

  /** Trades a board's auction. */
  uncross(board: Board, bySize: boolean): void {
    const { book, issue } = board;
    const { events, pool } = this.#floor;
    const outcome = auctionOutcome(book, board.reference, board.tieBreak);
    const phase = board.phase;
    if (outcome) {
      const sizeFirst: SizeFirst | null = bySize ? { unit: issue.lotSize, lasting: !issue.baseOpen } : null;
      uncross(book, pool, outcome, this.#matcher.sinkOf(board), sizeFirst);
      if (phase !== 'offHours') board.auctionPrice = outcome.price;
      board.stale();
    }
    events.auction(board, { phase, price: outcome?.price ?? 0, quantity: outcome?.quantity ?? 0 });
    if (issue.baseOpen && board.last > 0) rebase(this.#floor, board);
  }

  /** The regular session of a KRX board is over: the official close is set, and nothing is carried over. */
  endRegular(board: Board): void {
    if (board.ended) return;
    board.ended = true;
    const special = board.open === 0 ? specialQuote(board.book, board.issue.basePrice) : 0;
    board.close = board.open > 0 ? board.last : special;
    this.#floor.events.close(board, { price: board.close, special: special > 0 });
    this.expire(board);
  }

  /** All open orders of a board end, in the order in which the book would serve them. */
  expire(board: Board, cause: CancelCause = 'expired'): void {
    const { book, stops } = board;
    book.allocation = null;
    for (const side of [BUY, SELL] as const) {
      for (const slot of [...book.queue(side, null), ...limits(board, side), ...book.queue(side, 'mid')]) {
        this.#floor.withdraw(slot, cause);
      }
    }
    for (const slot of stops.slots()) this.#floor.withdraw(slot, cause);
    for (const queue of [board.preClose, board.postClose]) {
      for (const side of [BUY, SELL] as const) {
        for (const slot of [...queue.slots(side)]) this.#floor.withdraw(slot, cause);
      }
    }
  }

  /** A VI or reopening under way when the venue moves on: merged into an auction, or traded now. */
  #endOwn(board: Board, to: Phase): void {
    const merges = board.own?.kind !== 'extension' && isAuction(to);
    const reopening = board.own?.kind === 'reopening';
    if (!merges) this.uncross(board, board.phase === 'reopenAuction' || board.phase === 'openAuction');
    board.own = null;
    // What waits on NXT for the reopening of KRX waits no longer.
    const partner = board.venue === 'KRX' && reopening ? this.#floor.partnerOf(board) : undefined;
    if (partner?.own?.kind === 'halt' || partner?.own?.kind === 'circuitBreaker') this.rejoin(partner, 'reopening');
  }

  /** Whether the auction's price triggers a VI; then it goes on. */
  #extends(board: Board): boolean {
    const occasion = board.viOccasion;
    if (occasion === null || occasion === 'continuous' || !board.gauge.applies) return false;
    const outcome = auctionOutcome(board.book, board.reference, board.tieBreak);
    if (!outcome) return false;
    const breach = board.gauge.breach(outcome.price, occasion, board.references);
    if (breach === null) return false;
    extendForVi(this.#floor, board, { breach, price: outcome.price });
    return true;
  }

  /** 15:20: mids are void, and conditional limits become market orders, the better price first, then the earlier (R2 art. 15). */
  #enterClosing(board: Board): void {
    const { pool, events } = this.#floor;
    board.book.voidMids((slot) => {
      const [no, by] = [pool.orderNo[slot] as number, pool.owner[slot] as number];
      events.canceled(board, no, by, pool.open[slot] as number, 'void');
    });
    const conditional = [BUY, SELL].flatMap((side) =>
      [...limits(board, side as SideCode)].filter((slot) => typeOf(pool.form[slot] as number) === 'conditionalLimit'),
    );
    for (const slot of conditional) {
      board.book.detach(slot);
      pool.price[slot] = 0;
      pool.form[slot] = withType(pool.form[slot] as number, 'market');
      board.book.append(slot, null);
      const [orderNo, owner] = [pool.orderNo[slot] as number, pool.owner[slot] as number];
      events.converted(board, { orderNo, owner, quantity: pool.open[slot] as number });
    }
  }

  #expireGtp(board: Board): void {
    const { pool } = this.#floor;
    for (const side of [BUY, SELL] as const) {
      for (const slot of [...limits(board, side)]) {
        const form = pool.form[slot] as number;
        if (timeOf(form) === 'gtp' && homeOf(form) === HOME.book) this.#floor.withdraw(slot, 'expired');
      }
    }
  }
}

/** Limit orders of a side, best level first, each level by time. */
function* limits({ book }: Board, side: SideCode): Generator<number> {
  for (let index = book.bestIndex(side); index >= 0; index = book.nextIndex(side, index)) {
    yield* book.queue(side, index);
  }
}
