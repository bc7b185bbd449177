/** Halts and resumptions: of one issue, and of a market by its circuit breaker, on both venues at once. */
import type { VenueName } from '../../domain/index.ts';
import { LATE_REOPENING_MS, reopening } from '../../market/index.ts';
import { epochMs, isContinuous } from '../../time/index.ts';
import type { Board } from './board.ts';
import type { BoardPhases } from './board-phases.ts';
import type { Floor } from './floor.ts';
import type { IssueState } from './issue-state.ts';
import { goOwnWay, moveBoard } from './vi-start.ts';

/** What stops an issue, in words, and until when (null: not known). */
export interface HaltFacts {
  readonly note: string;
  readonly untilTs: number | null;
}

/** A market's circuit breaker in force. `untilTs` null at level 3. */
export interface BreakerHalt {
  readonly level: 1 | 2 | 3;
  readonly untilTs: number | null;
}

export class Halts {
  readonly #floor: Floor;
  readonly #phases: BoardPhases;

  constructor(floor: Floor, phases: BoardPhases) {
    this.#floor = floor;
    this.#phases = phases;
  }

  /** Stops an issue on both venues; only cancels are taken. A halt of its own outlasts a circuit breaker. */
  halt(issue: IssueState, { note, untilTs }: HaltFacts): void {
    for (const board of this.#boardsOf(issue)) {
      if (board.phase === 'closed') continue;
      // KRX alone ends the halt by the clock: NXT follows its reopening.
      const endTs = board.venue === 'KRX' ? untilTs : null;
      goOwnWay(this.#floor, board, { kind: 'halt', untilTs, note, endTs });
      moveBoard(this.#floor, board, { phase: 'halted', cause: 'halt', until: untilTs ?? 0 });
    }
  }

  /**
   * Lets a halted issue trade again: a reopening auction on KRX, then a short one on NXT. Where the day is in an auction or
   * pause anyway, it joins that. `breaker`: the circuit breaker in force in its market, which holds it on.
   */
  resume(issue: IssueState, auctionMs?: number, breaker: BreakerHalt | null = null): void {
    const halted = this.#boardsOf(issue).filter((board) => board.own?.kind === 'halt');
    const [first] = halted;
    if (!first) return;
    if (breaker !== null) {
      for (const board of halted) {
        board.own = null;
        this.stopForBreaker(board, breaker);
      }
    } else if (first.venue === 'KRX' && this.#reopens(first)) {
      this.reopenKrx(first, auctionMs ?? this.#auctionMs('KRX', 'halt'));
    } else {
      for (const board of halted) {
        if (board.venue === 'KRX') this.#phases.rejoin(board, 'halt');
        else if (this.#floor.partnerOf(board)?.own?.kind !== 'reopening') this.reopenNxt(board);
      }
    }
  }

  /** Stops a board by a circuit breaker; a halt of its own stays. `untilTs` null at level 3. */
  stopForBreaker(board: Board, breaker: BreakerHalt): void {
    if (board.own?.kind === 'halt' || board.phase === 'closed') return;
    goOwnWay(this.#floor, board, { kind: 'circuitBreaker', ...breaker, endTs: null });
    moveBoard(this.#floor, board, { phase: 'halted', cause: 'circuitBreaker', until: breaker.untilTs ?? 0 });
  }

  /** Level 3: the day is over for a board, and with it every order. */
  endDay(board: Board): void {
    if (board.venue === 'KRX') this.#phases.endRegular(board);
    this.#phases.expire(board);
    if (board.phase === 'closed' && board.own === null) return;
    goOwnWay(this.#floor, board, { kind: 'circuitBreaker', level: 3, endTs: null });
    moveBoard(this.#floor, board, { phase: 'closed', cause: 'circuitBreaker', until: 0 });
  }

  /** A circuit breaker's halt is over on a KRX board: its auction begins, or it joins the auction the venue is in. */
  reopenMarket(board: Board, auctionMs: number): void {
    if (this.#reopens(board)) this.reopenKrx(board, auctionMs);
    else {
      this.#phases.rejoin(board, 'circuitBreaker');
      this.followOnNxt(board);
    }
  }

  /** Starts the reopening auction of a KRX board; one that begins late in the day collects until the close. */
  reopenKrx(board: Board, auctionMs: number): void {
    const { now, days } = this.#floor;
    const closing = days.KRX.partOf('closeAuction');
    const late = closing !== undefined && now >= closing.endTs - LATE_REOPENING_MS;
    this.#reopen(board, late ? closing.endTs - now : auctionMs, this.#floor.randomEnd(board));
  }

  /** Starts the short auction of a NXT board, or lets it join its venue where there is none or that is not trading. */
  reopenNxt(board: Board): void {
    const auctionMs = this.#auctionMs('NXT', board.own?.kind === 'halt' ? 'halt' : 'circuitBreaker');
    if (auctionMs > 0 && this.#reopens(board)) this.#reopen(board, auctionMs, 0);
    else this.#phases.rejoin(board, 'reopening');
  }

  /** A board's own way has come to its end by the clock. */
  end(board: Board): void {
    const kind = board.own?.kind;
    if (kind === 'halt') {
      this.resume(board.issue);
      return;
    }
    const reopened = kind === 'reopening' && board.venue === 'KRX';
    this.#phases.rejoin(board, kind === 'reopening' ? 'reopening' : kind === 'extension' ? 'extension' : 'vi');
    if (reopened) this.followOnNxt(board);
  }

  /** NXT reopens once KRX trades again. */
  followOnNxt(krx: Board): void {
    const nxt = this.#floor.partnerOf(krx);
    if (nxt?.own && (nxt.own.kind === 'halt' || nxt.own.kind === 'circuitBreaker') && nxt.own.level !== 3) {
      this.reopenNxt(nxt);
    }
  }

  #auctionMs(venue: VenueName, after: 'circuitBreaker' | 'halt'): number {
    return reopening({ venue, after, date: this.#floor.options.date }).auctionMs;
  }

  #reopen(board: Board, auctionMs: number, lateMs: number): void {
    const untilTs = epochMs(this.#floor.now + auctionMs);
    goOwnWay(this.#floor, board, { kind: 'reopening', untilTs, endTs: untilTs + lateMs });
    moveBoard(this.#floor, board, { phase: 'reopenAuction', cause: 'reopening', until: untilTs });
  }

  /** true where the board would trade continuously or in half hours now, so that it needs an auction first. */
  #reopens(board: Board): boolean {
    const phase = this.#phases.mapped(board, this.#floor.dayOf(board).phase);
    return isContinuous(phase) || phase === 'periodicAuction';
  }

  #boardsOf(issue: IssueState): Board[] {
    return (['KRX', 'NXT'] as const).flatMap((venue) => this.#floor.boardOf(issue, venue) ?? []);
  }
}
