/** The board for the panels: one stream a scope while somebody looks, its rows as objects that stay the same until they change. */
import { useEffect, useMemo, useReducer, useRef } from 'react';
import { codeOf, type BoardScope, type Instrument } from '#shared/domain/index.ts';
import { BoardTable, fieldReader, SCREEN_FIELDS, type Reader, type ScreenField } from '#shared/market/index.ts';
import { useBoardChoice } from '../store/board.ts';
import { useInstruments } from '../store/instruments.ts';
import { useWorkstation } from './context.tsx';
import { usePanel } from './panel-context.tsx';
import type { CoreClient } from './supervisor.ts';
import type { Workstation } from './workstation.ts';

/** A row of the board as a table shows it; a figure that is not known is null. */
export interface BoardView extends Readonly<Record<ScreenField, number | null>> {
  readonly id: string;
  readonly place: number;
  readonly code: string;
  readonly name: string;
  /** null: not known. */
  readonly market: 'KOSPI' | 'KOSDAQ' | 'KONEX' | null;
  readonly flags: number;
  /** 0: live; else the instant since when the figures stand. */
  readonly asOf: number;
}

type Listener = () => void;

/** One stream and its table. */
class BoardLine {
  readonly table = new BoardTable();
  readonly #scope: BoardScope;
  readonly #workstation: Workstation;
  readonly #listeners = new Set<Listener>();
  /** Those among them that show what past days tell. */
  readonly #curious = new Set<Listener>();
  #client: CoreClient | null = null;
  #close: Listener = () => undefined;
  #stopClients: Listener = () => undefined;
  #abort = new AbortController();
  #rows: BoardView[] = [];
  #named: ReadonlyMap<string, Instrument> | null = null;
  #dirty: Set<number> | null = null;
  /** Rises with another market or day: what was laid out by it must be laid out again. */
  era = 0;
  version = 0;

  constructor(workstation: Workstation, scope: BoardScope) {
    this.#workstation = workstation;
    this.#scope = scope;
  }

  watch(listener: Listener, history: boolean): Listener {
    this.#listeners.add(listener);
    if (history) {
      this.#curious.add(listener);
      if (this.#curious.size === 1 && this.#client && this.table.head) this.#fetchHistory(this.#client);
    }
    if (this.#listeners.size === 1) {
      this.#open(this.#workstation.client);
      this.#stopClients = this.#workstation.onClient(() => {
        if (this.#workstation.client !== this.#client) this.#open(this.#workstation.client);
      });
    }
    return () => {
      this.#listeners.delete(listener);
      this.#curious.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stopClients();
      this.#open(null);
    };
  }

  /** The rows now; those that have not changed are the same objects as before. */
  rows(): readonly BoardView[] {
    const { byId } = useInstruments.getState();
    const all = this.#dirty === null || this.#named !== byId || this.#rows.length !== this.table.length;
    if (!all && this.#dirty?.size === 0) return this.#rows;
    const readers = SCREEN_FIELDS.map((field) => [field, fieldReader(this.table, field)] as const);
    const next = all ? [] : [...this.#rows];
    const places = all ? Array.from({ length: this.table.length }, (_, place) => place) : (this.#dirty ?? []);
    for (const place of places) next[place] = this.#row(place, readers, byId);
    this.#rows = next;
    this.#named = byId;
    this.#dirty = new Set();
    return this.#rows;
  }

  #row(
    place: number,
    readers: readonly (readonly [ScreenField, Reader])[],
    byId: ReadonlyMap<string, Instrument>,
  ): BoardView {
    const id = this.table.idAt(place) ?? '';
    const issue = byId.get(id);
    const figures = Object.fromEntries(
      readers.map(([field, read]) => {
        const value = read(place);
        return [field, Number.isFinite(value) ? value : null];
      }),
    ) as Record<ScreenField, number | null>;
    return {
      ...figures,
      id,
      place,
      code: codeOf(id),
      name: issue?.nameKo ?? codeOf(id),
      market: issue?.priceScale === 0 ? issue.market : null,
      flags: this.table.columns.flags[place] ?? 0,
      asOf: this.table.columns.asOf[place] ?? 0,
    };
  }

  #open(client: CoreClient | null): void {
    this.#close();
    this.#close = () => undefined;
    this.#abort.abort();
    this.#client = client;
    if (!client) return;
    this.#close = client.market.board(
      { scope: this.#scope },
      {
        batch: (items, { snapshot }) => {
          const changed = this.table.apply(items, snapshot);
          if (changed === null) {
            this.#dirty = null;
            this.era += 1;
            if (this.#curious.size > 0) this.#fetchHistory(client);
          } else for (const place of changed) this.#dirty?.add(place);
          this.#tell();
        },
        renewed: () => {
          this.table.clear();
          this.#dirty = null;
          this.era += 1;
          this.#tell();
        },
      },
    );
  }

  #fetchHistory(client: CoreClient): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    client.market
      .boardHistory({ scope: this.#scope }, { signal })
      .then((history) => {
        if (signal.aborted) return;
        this.table.takeHistory(history);
        this.#dirty = null;
        this.#tell();
      })
      // Without history its columns stay empty, which they say; the next market asks again.
      .catch(() => undefined);
  }

  #tell(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}

const lines = new WeakMap<Workstation, Record<BoardScope, BoardLine>>();

function lineOf(workstation: Workstation, scope: BoardScope): BoardLine {
  let own = lines.get(workstation);
  if (!own) {
    own = { market: new BoardLine(workstation, 'market'), records: new BoardLine(workstation, 'records') };
    lines.set(workstation, own);
  }
  return own[scope];
}

export interface BoardNow {
  readonly scope: BoardScope;
  readonly table: BoardTable;
  readonly rows: readonly BoardView[];
  /** Rises with every change. */
  readonly version: number;
  /** Rises with another market or day. */
  readonly era: number;
  /** The market of a row; null where it is not known. */
  readonly marketOf: (place: number) => string | null;
}

/** The board that the user has chosen, or a certain one; redrawn as it changes while the panel is visible. */
export function useBoard({
  scope: wanted,
  history = true,
}: { readonly scope?: BoardScope; readonly history?: boolean } = {}): BoardNow {
  const workstation = useWorkstation();
  const chosen = useBoardChoice((state) => state.scope);
  const scope = wanted ?? chosen;
  const { visible } = usePanel();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const byId = useInstruments((state) => state.byId);
  const line = lineOf(workstation, scope);
  useEffect(() => {
    if (!visible) return undefined;
    redraw();
    // A listener of its own, though two hooks of one panel hold the same kind of redraw.
    return line.watch(() => redraw(), history);
  }, [line, visible, history]);
  const rows = line.rows();
  const marketOf = useMemo(
    () => (place: number) => {
      const issue = byId.get(line.table.idAt(place) ?? '');
      return issue?.market ?? null;
    },
    [byId, line],
  );
  return { scope, table: line.table, rows, version: line.version, era: line.era, marketOf };
}

/** Holds what it is given while `held`: an order that must not jump under the pointer. */
export function useHeld<Value>(value: Value, held: boolean): Value {
  const kept = useRef(value);
  if (!held) kept.current = value;
  return kept.current;
}
