/** The board of the market in force: reads every issue some times a second while somebody looks, and tells what changed. */
import {
  BOARD_COLUMNS,
  BOARD_FLAGS,
  currencyOf,
  type BoardColumn,
  type BoardHead,
  type BoardItem,
  type BoardPulse,
  type Instrument,
  type InstrumentId,
} from '#shared/domain/index.ts';
import { emptyBoardColumns, type BoardColumns } from '#shared/market/index.ts';
import type { Timer, Timers } from '#shared/ports.ts';
import type { StreamSink } from '#shared/rpc/index.ts';
import type { DailyBar } from '#core/storage/index.ts';
import { recordRow } from './board-records.ts';
import { boardDelta, boardRow } from './board-rows.ts';
import type { Feed, FeedIssue } from './feed.ts';

/** Changes are gathered this long. */
export const BOARD_GAP_MS = 250;

/** What the board needs of the hub. */
export interface BoardHub {
  readonly feed: Feed;
  instruments(): readonly Instrument[];
  staleSince(): number | null;
}

export interface MarketBoardParts {
  readonly hub: BoardHub;
  readonly timers: Timers;
  /** The newest stored day of each issue, for issues that the line does not tell of; absent: the line tells of all. */
  readonly newest?: () => ReadonlyMap<InstrumentId, DailyBar>;
}

/** Writes a live row. */
function putLive(columns: BoardColumns, place: number, issue: FeedIssue, asOf: number): void {
  columns.last[place] = issue.last;
  columns.base[place] = issue.basePrice;
  columns.volume[place] = issue.volume;
  columns.value[place] = issue.value;
  columns.open[place] = issue.open;
  columns.high[place] = issue.high;
  columns.low[place] = issue.low;
  columns.flags[place] =
    (issue.halted ? BOARD_FLAGS.halted : 0) |
    (issue.interruption === null ? 0 : BOARD_FLAGS.interrupted) |
    (issue.last > 0 && issue.last === issue.upperLimit ? BOARD_FLAGS.upper : 0) |
    (issue.last > 0 && issue.last === issue.lowerLimit ? BOARD_FLAGS.lower : 0);
  columns.asOf[place] = asOf;
}

/** Issues in won that the market trades: a line that tells only of what is looked at lists all that it could tell of. */
function idsOf(feed: Feed): readonly InstrumentId[] {
  return feed.instrumentIds().filter((id) => currencyOf(id) === 'KRW');
}

export class MarketBoard {
  readonly #parts: MarketBoardParts;
  readonly #sinks = new Set<StreamSink<BoardItem>>();
  readonly #unwatch: () => void;
  #timer: Timer | null = null;
  #head: BoardHead;
  #told: Record<BoardColumn, Float64Array>;
  #now: Record<BoardColumn, Float64Array>;
  #pulse: BoardPulse = { kind: 'pulse', exchangeTs: 0, staleSince: null, live: 0 };
  #records: ReadonlyMap<InstrumentId, DailyBar> = new Map();
  #opened = false;

  constructor(parts: MarketBoardParts) {
    this.#parts = parts;
    this.#head = this.#newHead();
    this.#told = emptyBoardColumns(this.#head.instrumentIds.length);
    this.#now = emptyBoardColumns(this.#head.instrumentIds.length);
    this.#unwatch = parts.hub.feed.watchMarket({
      opened: () => {
        this.#opened = true;
      },
      traded: () => undefined,
      advanced: () => undefined,
    });
  }

  /** All of the board now, then what changes; returns what ends that. */
  watch(sink: StreamSink<BoardItem>): () => void {
    if (this.#sinks.size === 0) {
      this.#begin();
      this.#timer = this.#parts.timers.every(BOARD_GAP_MS, () => this.tick());
    }
    this.#sinks.add(sink);
    sink.snapshot(this.#whole());
    return () => {
      this.#sinks.delete(sink);
      if (this.#sinks.size > 0) return;
      this.#timer?.cancel();
      this.#timer = null;
    };
  }

  /** Reads the market and tells what changed; called by the timer. */
  tick(): void {
    const { feed } = this.#parts.hub;
    const date = feed.session().sessionDate;
    const moved = date !== this.#head.sessionDate || idsOf(feed).length !== this.#head.instrumentIds.length;
    if (this.#opened || moved) {
      this.#begin();
      const whole = this.#whole();
      for (const sink of this.#sinks) sink.snapshot(whole);
      return;
    }
    const before = this.#pulse;
    this.#read();
    const items: BoardItem[] = boardDelta(this.#told, this.#now);
    const { exchangeTs, staleSince, live } = this.#pulse;
    if (exchangeTs !== before.exchangeTs || staleSince !== before.staleSince || live !== before.live)
      items.push(this.#pulse);
    for (const sink of this.#sinks) for (const item of items) sink.push(item);
  }

  close(): void {
    this.#timer?.cancel();
    this.#unwatch();
    this.#sinks.clear();
  }

  #begin(): void {
    this.#opened = false;
    this.#records = this.#parts.newest?.() ?? new Map();
    this.#head = this.#newHead();
    const { length } = this.#head.instrumentIds;
    this.#told = emptyBoardColumns(length);
    this.#now = emptyBoardColumns(length);
    this.#read();
    boardDelta(this.#told, this.#now);
  }

  #whole(): readonly BoardItem[] {
    const rows = this.#head.instrumentIds.map((_, place) => boardRow(this.#told, place));
    return [this.#head, this.#pulse, ...rows];
  }

  #newHead(): BoardHead {
    const { hub } = this.#parts;
    const instrumentIds = [...idsOf(hub.feed)];
    const byId = new Map(hub.instruments().map((issue) => [issue.id, issue]));
    return {
      kind: 'head',
      scope: 'market',
      sessionDate: hub.feed.session().sessionDate,
      instrumentIds,
      listedShares: instrumentIds.map((id) => byId.get(id)?.listedShares ?? 0),
      coverage: hub.feed.want ? 'followed' : 'all',
    };
  }

  #read(): void {
    const { hub } = this.#parts;
    const { feed } = hub;
    const silent = hub.staleSince();
    let live = 0;
    for (const [place, id] of this.#head.instrumentIds.entries()) {
      const issue = feed.issue(id);
      const record = this.#records.get(id);
      // A line that has told nothing of an issue shows its base price at most: that is no figure of today.
      if (issue && (issue.last > 0 || !feed.want)) {
        const since = silent ?? feed.staleSince?.(id) ?? 0;
        putLive(this.#now, place, issue, since);
        if (since === 0) live += 1;
      } else if (record) recordRow(this.#now, place, record);
      else {
        for (const name of BOARD_COLUMNS) this.#now[name][place] = 0;
        this.#now.flags[place] = BOARD_FLAGS.unpriced;
      }
    }
    this.#pulse = { kind: 'pulse', exchangeTs: feed.session().exchangeTs, staleSince: silent, live };
  }
}
