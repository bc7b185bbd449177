/** Every board there is: one of each running market, and those of imported days. */
import { AppError } from '#shared/errors/index.ts';
import { krxId, type BoardItem, type BoardScope, type Instrument, type InstrumentId } from '#shared/domain/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { StreamSink } from '#shared/rpc/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';
import type { CandleStore, DailyBar } from '#core/storage/index.ts';
import { BoardHistory, type HistoryTable } from './board-history.ts';
import { recordBoard, sessionBefore } from './board-records.ts';
import { MarketBoard, type BoardHub } from './board.ts';

export interface BoardWish {
  readonly scope: BoardScope;
  /** Of records; null: the newest day. */
  readonly date: string | null;
}

export interface BoardsParts {
  readonly candles: CandleStore;
  readonly find: (id: InstrumentId) => Instrument | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
}

export class Boards {
  readonly #parts: BoardsParts;
  readonly #history: BoardHistory;
  /** With its hub a board goes, too. */
  readonly #markets = new WeakMap<BoardHub, MarketBoard>();
  readonly #records = new Map<StreamSink<BoardItem>, BoardWish>();

  constructor(parts: BoardsParts) {
    this.#parts = parts;
    this.#history = new BoardHistory(parts);
  }

  /** All of a board, then its changes; one of records changes with an import only. Throws INPUT_INVALID. */
  watch(hub: BoardHub, wish: BoardWish, sink: StreamSink<BoardItem>): () => void {
    if (wish.scope === 'market') return this.#market(hub).watch(sink);
    sink.snapshot(this.#recordItems(wish));
    this.#records.set(sink, wish);
    return () => {
      this.#records.delete(sink);
    };
  }

  /** Something was imported: boards of records begin anew. */
  imported(): void {
    for (const [sink, wish] of this.#records) sink.snapshot(this.#recordItems(wish));
  }

  /** What past days tell of every issue of a board. Throws INPUT_INVALID. */
  async history(hub: BoardHub, wish: BoardWish): Promise<HistoryTable> {
    if (wish.scope === 'market') {
      const { feed } = hub;
      return this.#history.table({
        scope: 'market',
        sessionDate: feed.session().sessionDate,
        instrumentIds: feed.instrumentIds().filter((id) => id.startsWith('KRX:')),
        baseOf: (id) => feed.issue(id)?.basePrice ?? 0,
      });
    }
    const date = this.#day(wish);
    const bars = new Map((date === null ? [] : this.#parts.candles.day(date)).map((bar) => [krxId(bar.code), bar]));
    return this.#history.table({
      scope: 'records',
      sessionDate: date,
      instrumentIds: [...bars.keys()],
      baseOf: (id) => bars.get(id)?.base ?? 0,
    });
  }

  #market(hub: BoardHub): MarketBoard {
    const old = this.#markets.get(hub);
    if (old) return old;
    const board = new MarketBoard({
      hub,
      timers: this.#parts.timers,
      ...(hub.feed.want ? { newest: () => this.#newest(hub) } : {}),
    });
    this.#markets.set(hub, board);
    return board;
  }

  /** The newest stored days, none of them of the running session or later. */
  #newest(hub: BoardHub): ReadonlyMap<InstrumentId, DailyBar> {
    const { candles } = this.#parts;
    const today = hub.feed.session().sessionDate;
    return new Map(
      candles
        .instrumentsSeen()
        .filter((bar) => bar.date <= today)
        .map((bar) => [krxId(bar.code), bar]),
    );
  }

  #recordItems(wish: BoardWish): readonly BoardItem[] {
    const { candles, find } = this.#parts;
    return recordBoard(candles, this.#day(wish), (id) => find(id)?.listedShares ?? null);
  }

  #day({ date }: BoardWish): SessionDate | null {
    if (date === null) return this.#parts.candles.coverage().to;
    if (!isSessionDate(date) || sessionBefore(date) === null)
      throw new AppError('INPUT_INVALID', { where: 'date', why: '달력에 없는 날짜입니다.' });
    return date;
  }
}
