/** The workspaces that ship with the program: day trading (데이트레이딩), review (복기), monitoring (감시), scenarios (시나리오), answering threats (위협 대응), each at three widths. */
import type { SerializedDockview } from 'dockview-react';
import { HORIZONTAL, VERTICAL } from './saved-dock.ts';
import type { FactoryWorkspace, LinkGroup, PlacedPanel } from '#shared/domain/index.ts';

/** Room for the dock, CSS pixels. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of the layout: pixels along its parent, or null for a share of what is left over. */
type Cell =
  | { readonly size: number | null; readonly tabs: readonly string[] }
  | { readonly size: number | null; readonly row: readonly Cell[] }
  | { readonly size: number | null; readonly column: readonly Cell[] };

/** The arrangement and what stands in it. */
export interface Arrangement {
  readonly dock: SerializedDockview;
  readonly panels: Readonly<Record<string, PlacedPanel>>;
}

/** Widths at which another layout is used: below, the compact one; from the second on, a fifth column. */
const WIDE_FROM = 1_600;
const HUGE_FROM = 2_400;

const tabs = (size: number | null, ...views: readonly string[]): Cell => ({ size, tabs: views });
const row = (size: number | null, ...cells: readonly Cell[]): Cell => ({ size, row: cells });
const column = (size: number | null, ...cells: readonly Cell[]): Cell => ({ size, column: cells });

/** Own orders and what became of them, as the tabs of one panel. */
const BLOTTER = ['orders', 'fills', 'conditional', 'journal', 'rules', 'line'] as const;
const MONEY = ['account', 'cash', 'performance'] as const;

function day({ width }: Room): Cell {
  if (width < WIDE_FROM) {
    return row(
      null,
      tabs(218, 'watchlist', 'rankings', 'alerts'),
      column(null, tabs(null, 'chart'), tabs(232, ...BLOTTER, 'positions', ...MONEY, 'tape')),
      tabs(292, 'order-book'),
      tabs(278, 'order-ticket'),
    );
  }
  const main = column(
    null,
    row(
      628,
      tabs(324, 'watchlist', 'rankings', 'alerts'),
      tabs(null, 'chart'),
      tabs(364, 'order-book'),
      tabs(316, 'order-ticket'),
    ),
    row(null, tabs(712, ...BLOTTER), tabs(null, 'positions'), tabs(364, 'tape'), tabs(316, ...MONEY)),
  );
  return width < HUGE_FROM ? main : row(null, main, column(420, tabs(null, 'chart:B'), tabs(null, 'board', 'heatmap')));
}

function review({ width }: Room): Cell {
  const chart = tabs(null, 'chart');
  const record = tabs(300, 'fills', 'orders', 'journal', 'conditional', 'rules');
  const results = column(
    400,
    tabs(null, 'performance', 'account'),
    tabs(null, 'positions', 'cash'),
    tabs(null, 'tape'),
  );
  if (width < WIDE_FROM) return row(null, column(null, chart, record), results);
  return row(null, tabs(324, 'watchlist'), column(null, row(null, chart, tabs(null, 'chart:B')), record), results);
}

function monitor({ width }: Room): Cell {
  const charts = column(
    null,
    row(null, tabs(null, 'chart:B'), tabs(null, 'chart:C')),
    row(null, tabs(null, 'chart:D'), tabs(null, 'chart:E')),
  );
  const market = column(
    width < WIDE_FROM ? 380 : 560,
    tabs(null, 'heatmap', 'board'),
    tabs(null, 'rankings', 'screener'),
  );
  if (width < WIDE_FROM) return row(null, column(null, charts, tabs(190, 'watchlist', 'alerts', 'line')), market);
  return row(null, column(324, tabs(null, 'watchlist'), tabs(null, 'alerts', 'line')), charts, market);
}

/** Scenarios have list, editor, run and report in one panel, which wants the width; beside it what a play on the screen shows. */
function rehearsal({ width }: Room): Cell {
  if (width < WIDE_FROM) return row(null, tabs(null, 'scenarios', 'threats', 'risk', 'chart', 'journal'));
  const seen = column(420, tabs(null, 'threats', 'risk'), tabs(320, 'chart'));
  if (width < HUGE_FROM) return row(null, tabs(null, 'scenarios'), seen);
  return row(
    null,
    tabs(null, 'scenarios'),
    seen,
    column(640, tabs(null, 'positions', ...MONEY), tabs(null, 'journal')),
  );
}

/** What threatens, on what, and the hand on it: centre, chart, ticket, own orders and positions. */
function defence({ width }: Room): Cell {
  const chart = tabs(null, 'chart');
  if (width < WIDE_FROM)
    return row(
      null,
      tabs(380, 'threats', 'risk', 'alerts'),
      column(null, chart, tabs(232, 'orders', 'positions', 'fills', 'conditional', 'journal', 'line')),
      tabs(278, 'order-ticket', 'order-book'),
    );
  const main = row(
    null,
    width < HUGE_FROM ? tabs(520, 'threats', 'risk', 'alerts') : tabs(520, 'threats', 'alerts'),
    column(null, chart, tabs(280, 'orders', 'fills', 'conditional', 'journal', 'line')),
    column(width < HUGE_FROM ? 420 : 500, tabs(null, 'order-ticket', 'order-book'), tabs(280, 'positions', 'account')),
  );
  return width < HUGE_FROM ? main : row(null, main, column(420, tabs(null, 'risk'), tabs(null, 'chart:B')));
}

const LAYOUTS: Readonly<Record<FactoryWorkspace, (room: Room) => Cell>> = {
  day,
  review,
  monitor,
  rehearsal,
  defence,
};

interface Built {
  readonly panels: Record<string, PlacedPanel>;
  readonly views: SerializedDockview['panels'];
  readonly prefix: string;
  groups: number;
}

/** "chart:B" is the chart of group B. */
function placed(entry: string): { readonly view: string; readonly group: LinkGroup } {
  const [view = '', group] = entry.split(':');
  return { view, group: (group as LinkGroup | undefined) ?? 'A' };
}

/** Views that the program has. */
function known(cell: Cell, has: (view: string) => boolean): Cell | null {
  if ('tabs' in cell) {
    const views = cell.tabs.filter((entry) => has(placed(entry).view));
    return views.length === 0 ? null : { size: cell.size, tabs: views };
  }
  const parts = 'row' in cell ? cell.row : cell.column;
  const kept = parts.map((part) => known(part, has)).filter((part) => part !== null);
  if (kept.length === 0) return null;
  return 'row' in cell ? { size: cell.size, row: kept } : { size: cell.size, column: kept };
}

/** Pixels of each part; those without a size share what is left over. */
function spread(parts: readonly Cell[], whole: number): number[] {
  const fixed = parts.reduce((sum, part) => sum + (part.size ?? 0), 0);
  const open = parts.filter((part) => part.size === null).length;
  // Nothing takes the rest: the last does.
  if (open === 0)
    return parts.map((part, at) => (at === parts.length - 1 ? whole - fixed + (part.size ?? 0) : (part.size ?? 0)));
  const share = Math.max(120, (whole - fixed) / open);
  return parts.map((part) => part.size ?? share);
}

type Node = SerializedDockview['grid']['root'];

function leaf(entries: readonly string[], size: number, built: Built): Node {
  const ids = entries.map((entry) => {
    const { view, group } = placed(entry);
    const id = group === 'A' ? `${built.prefix}-${view}` : `${built.prefix}-${view}-${group.toLowerCase()}`;
    built.panels[id] = { view, group, instrumentId: null };
    built.views[id] = { id, contentComponent: 'panel', title: view };
    return id;
  });
  built.groups += 1;
  return { type: 'leaf', size, data: { views: ids, activeView: ids[0] ?? '', id: String(built.groups) } };
}

/** Branches alternate between rows and columns, as the docking library writes them. */
function branch(cell: Cell, along: 'row' | 'column', size: number, room: Room, built: Built): Node {
  if ('tabs' in cell) return leaf(cell.tabs, size, built);
  const own = 'row' in cell ? 'row' : 'column';
  // A branch of the same direction as its parent cannot be written: it becomes a branch of one.
  const parts = own === along ? ('row' in cell ? cell.row : cell.column) : [cell];
  const whole = along === 'row' ? room.width : room.height;
  const sizes = spread(parts, whole);
  return {
    type: 'branch',
    size,
    data: parts.map((part, at) => {
      const length = sizes[at] ?? 0;
      const inner = along === 'row' ? { width: length, height: room.height } : { width: room.width, height: length };
      return branch(part, along === 'row' ? 'column' : 'row', length, inner, built);
    }),
  };
}

/** A factory workspace laid out for a room, with those of its views that the program has. */
export function factoryArrangement(factory: FactoryWorkspace, room: Room, has: (view: string) => boolean): Arrangement {
  const cell = known(LAYOUTS[factory](room), has) ?? tabs(null, 'chart');
  const built: Built = { panels: {}, views: {}, prefix: factory, groups: 0 };
  const along = 'column' in cell ? 'column' : 'row';
  const root = branch(cell, along, along === 'row' ? room.height : room.width, room, built);
  return {
    dock: {
      grid: {
        root,
        width: room.width,
        height: room.height,
        orientation: along === 'row' ? HORIZONTAL : VERTICAL,
      },
      panels: built.views,
      activeGroup: '1',
    },
    panels: built.panels,
  };
}
