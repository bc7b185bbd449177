/** The issues somebody has looked at, each with its boards, and the looks by REST that fill them. */
import {
  codeOf,
  type Instrument,
  type InstrumentId,
  type KrxInstrument,
  type VenueName,
} from '#shared/domain/index.ts';
import type { Clock, Logger } from '#shared/ports.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { KisEnvironment, KisLane, KisRest } from '../ports.ts';
import { IssueBoard } from './issue-board.ts';
import type { SessionClock } from './session-clock.ts';
import { askingFacts, askingPrice } from './wire/inquire-asking-price.ts';
import { inquirePrice, priceFacts } from './wire/inquire-price.ts';

/** An issue with what is known of it. */
export interface Watched {
  readonly issue: KrxInstrument;
  readonly boards: Map<VenueName, IssueBoard>;
  /** Wall and monotonic time of the last figures, however they came; null before the first. */
  touched: { readonly ts: EpochMs; readonly ms: number } | null;
  /** Of the last look by REST. */
  lookedMs: number;
  /** false: not traded on NXT, or not to be known here; null: not asked yet. */
  onNxt: boolean | null;
}

interface DeskParts {
  readonly environment: KisEnvironment;
  readonly rest: KisRest;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly session: SessionClock;
  readonly find: (id: InstrumentId) => Instrument | undefined;
  readonly moment: () => { readonly now: EpochMs; readonly regular: boolean };
  readonly hasLiveBook: (venue: VenueName, code: string) => boolean;
  readonly looked: () => void;
}

/** How to look: `whole` also at the order book and at NXT. */
interface Look {
  readonly lane: KisLane;
  readonly whole: boolean;
}

const VENUES = ['KRX', 'NXT'] as const satisfies readonly VenueName[];

export class IssueDesk {
  readonly #parts: DeskParts;
  readonly #watched = new Map<InstrumentId, Watched>();
  readonly #looks = new Map<string, Promise<void>>();
  /** When REST last answered about any issue. */
  answeredMs = Number.NEGATIVE_INFINITY;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get isLooking(): boolean {
    return this.#looks.size > 0;
  }

  get(id: InstrumentId): Watched | undefined {
    return this.#watched.get(id);
  }

  all(): IterableIterator<Watched> {
    return this.#watched.values();
  }

  clear(): void {
    this.#watched.clear();
  }

  /** The issue, watched from now on; undefined where there is none, or it is no Korean one. */
  open(id: InstrumentId): Watched | undefined {
    const known = this.#watched.get(id);
    if (known) return known;
    const issue = this.#parts.find(id);
    if (issue?.priceScale !== 0) return undefined;
    const watched: Watched = {
      issue,
      boards: new Map(),
      touched: null,
      lookedMs: Number.NEGATIVE_INFINITY,
      onNxt: this.#parts.environment === 'paper' || issue.nxt === false ? false : null,
    };
    this.#watched.set(id, watched);
    return watched;
  }

  boardOf(watched: Watched, venue: VenueName): IssueBoard {
    let board = watched.boards.get(venue);
    if (!board) watched.boards.set(venue, (board = new IssueBoard(venue)));
    return board;
  }

  touch(watched: Watched): void {
    const { clock } = this.#parts;
    watched.touched = { ts: clock.now(), ms: clock.monotonicMs() };
  }

  /** One look at a time for each issue; whoever comes meanwhile waits for the same. It never fails: what failed stays old. */
  look(watched: Watched, how: Look): Promise<void> {
    return this.#shared(watched, how).catch((error: unknown) =>
      this.#parts.logger.warn('an issue could not be looked at', { id: watched.issue.id, error: String(error) }),
    );
  }

  /** The same for one who needs it: throws as REST does. */
  need(watched: Watched): Promise<void> {
    return this.#shared(watched, { lane: 'account', whole: true });
  }

  #shared(watched: Watched, how: Look): Promise<void> {
    const name = `${watched.issue.id} ${how.lane} ${how.whole}`;
    const running = this.#looks.get(name);
    if (running) return running;
    const look = this.#fetch(watched, how).finally(() => this.#looks.delete(name));
    this.#looks.set(name, look);
    return look;
  }

  async #fetch(watched: Watched, how: Look): Promise<void> {
    const { session, clock, looked } = this.#parts;
    const isOnNxt = how.whole && watched.onNxt !== false && session.nxtPhase() !== null;
    const venues: readonly VenueName[] = isOnNxt ? VENUES : ['KRX'];
    await Promise.all(venues.map((venue) => this.#fetchVenue(watched, venue, how)));
    watched.lookedMs = clock.monotonicMs();
    this.touch(watched);
    looked();
  }

  async #fetchVenue(watched: Watched, venue: VenueName, { lane, whole }: Look): Promise<void> {
    const { rest, clock, moment, hasLiveBook } = this.#parts;
    const asked = { code: codeOf(watched.issue.id), venue, lane };
    const facts = priceFacts(await rest.call(inquirePrice(asked)));
    this.answeredMs = clock.monotonicMs();
    if (venue === 'NXT') watched.onNxt = facts !== null;
    if (!facts) return;
    const board = this.boardOf(watched, venue);
    board.takePrice(facts, moment());
    if (!whole) return;
    const depth = askingFacts(await rest.call(askingPrice(asked)));
    // A channel that is live knows better.
    if (depth && !hasLiveBook(venue, asked.code)) board.takeDepth(depth);
  }
}
