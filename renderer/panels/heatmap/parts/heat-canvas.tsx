/** The canvas of the heat map: laid out anew with another market or size, painted with every change, walked by keys. */
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BoardNow, BoardView } from '../../../client/board.ts';
import { carryIssue } from '../../../client/issue-drag.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { ageText } from '../../../ui/board-age.ts';
import { fieldText, stateText } from '../../../ui/board-columns.ts';
import { percent } from '../../../ui/format.ts';
import type { ScreenField } from '#shared/market/index.ts';
import { HeatDetail } from './heat-detail.tsx';
import { groupAt, layoutMap, neighbour, tileAt, type Tile, type Way } from './layout.ts';
import { paintMap, readHeatTheme, type HeatTheme } from './paint.ts';

const WAYS: Readonly<Record<string, Way>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** Areas by traded value are taken anew this often, in versions of the board (four a second). */
const RELAY_VERSIONS = 40;

/** The size of an element in pixels; kept while it changes. */
function useSize(element: HTMLElement | null): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

function useHeatTheme(): HeatTheme | null {
  const theme = useView((state) => state.theme);
  const upDown = useView((state) => state.upDown);
  const [colours, setColours] = useState<HeatTheme | null>(null);
  useEffect(() => setColours(readHeatTheme()), [theme, upDown]);
  return colours;
}

export interface HeatCanvasProps {
  readonly board: BoardNow;
  readonly rows: readonly BoardView[];
  readonly heat: ScreenField;
  readonly full: number;
  readonly size: 'cap' | 'value';
  readonly zoomed: boolean;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onGroup: (group: string) => void;
}

/** Weighted change of a group in percent; null where nothing can be weighed. */
function groupChange(board: BoardNow, places: readonly number[], heat: ScreenField): number | null {
  let sum = 0;
  let weight = 0;
  for (const place of places) {
    const row = board.rows[place];
    const figure = row?.[heat] ?? null;
    const cap = row?.cap ?? null;
    if (figure === null || cap === null) continue;
    sum += figure * cap;
    weight += cap;
  }
  return weight === 0 ? null : sum / weight;
}

export function HeatCanvas(props: HeatCanvasProps): JSX.Element {
  const { board, rows, heat, full, size, zoomed, selected, onSelect, onGroup } = props;
  const t = useText();
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plane = useSize(frame);
  const theme = useHeatTheme();
  const [walked, setWalked] = useState<number | null>(null);
  const [pointed, setPointed] = useState<Tile | null>(null);
  const relay = size === 'value' ? Math.floor(board.version / RELAY_VERSIONS) : 0;
  const count = rows.length;
  const named = rows[0]?.market ?? null;
  const layout = useMemo(() => {
    const shares = board.table.head?.listedShares ?? [];
    // By base prices, so that tiles do not move with every trade.
    const worth = (row: BoardView): number => (row.base ?? row.last ?? 0) * (shares[row.place] ?? 0);
    const entries = rows.map((row) => ({
      place: row.place,
      group: row.market ?? 'other',
      weight: size === 'value' ? (row.value ?? 0) : worth(row),
    }));
    return layoutMap(entries, plane);
  }, [plane, size, zoomed, board.era, board.scope, board.table, count, named, relay]); // eslint-disable-line react-hooks/exhaustive-deps
  const placeSelected = selected === null ? null : (board.table.placeOf(selected) ?? null);
  const groupName = (group: string): string =>
    t(`heat.group.${group === 'KOSPI' || group === 'KOSDAQ' || group === 'KONEX' ? group : 'other'}`);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !theme || plane.width === 0) return;
    const ratio = globalThis.devicePixelRatio;
    const [width, height] = [Math.round(plane.width * ratio), Math.round(plane.height * ratio)];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    const changes = new Map(layout.groups.map((box) => [box.group, groupChange(board, box.places, heat)]));
    paintMap(element, theme, {
      layout,
      full,
      selected: placeSelected,
      walked,
      groupText: (group) => {
        const change = changes.get(group) ?? null;
        return `${groupName(group)} ${change === null ? '' : percent(change)}`.trim();
      },
      cellOf: (place) => {
        const row = board.rows[place];
        return row
          ? {
              name: row.name,
              figure: row[heat],
              text: fieldText(heat, row[heat]),
              old: board.scope === 'market' && row.asOf !== 0,
            }
          : null;
      },
    });
  });

  const at = (event: PointerEvent | MouseEvent): { readonly x: number; readonly y: number } => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const walkedTile = layout.tiles.find((tile) => tile.place === walked) ?? null;
  const onKey = (event: KeyboardEvent): void => {
    const way = WAYS[event.key];
    const from = walkedTile ?? layout.tiles.find((tile) => tile.place === placeSelected) ?? layout.tiles[0];
    if (!from) return;
    if (way) {
      event.preventDefault();
      setWalked((walkedTile ? (neighbour(layout, from, way) ?? from) : from).place);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const id = board.table.idAt(from.place);
      if (event.shiftKey) onGroup(from.group);
      else if (id !== undefined) onSelect(id);
    } else if (event.key === 'Escape' && zoomed) {
      event.stopPropagation();
      onGroup('');
    }
  };
  const spoken = walkedTile ? (board.rows[walkedTile.place] ?? null) : null;
  const detailTile = pointed ?? walkedTile;
  const detail = detailTile ? board.rows[detailTile.place] : undefined;
  return (
    <div
      ref={setFrame}
      className="heat"
      role="application"
      aria-label={t('heat.label', { count: layout.tiles.length })}
      aria-describedby="heat-keys"
      tabIndex={0}
      data-testid="heatmap"
      data-tiles={layout.tiles.length}
      onKeyDown={onKey}
      onBlur={() => setWalked(null)}
    >
      <canvas
        ref={canvas}
        aria-hidden="true"
        data-testid="heat-canvas"
        draggable
        onDragStart={(event) => {
          const id = pointed ? board.table.idAt(pointed.place) : undefined;
          if (id === undefined) event.preventDefault();
          else carryIssue(event.dataTransfer, id);
        }}
        onPointerMove={(event) => {
          const { x, y } = at(event);
          setPointed(tileAt(layout, x, y));
        }}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          const { x, y } = at(event.nativeEvent);
          const box = groupAt(layout, x, y);
          const tile = box ? null : tileAt(layout, x, y);
          const id = tile ? board.table.idAt(tile.place) : undefined;
          if (box) onGroup(box.group);
          else if (id !== undefined) onSelect(id);
        }}
      />
      {detail && detailTile && <HeatDetail row={detail} tile={detailTile} plane={plane} />}
      <span className="sr" id="heat-keys">
        {t('heat.keys')}
      </span>
      <span className="sr" role="status" data-testid="heat-spoken">
        {spoken
          ? [
              spoken.name,
              fieldText('last', spoken.last),
              fieldText(heat, spoken[heat]),
              stateText(t, spoken),
              ageText(t, spoken.asOf, spoken.flags),
            ]
              .filter((word) => word !== '')
              .join(', ')
          : ''}
      </span>
    </div>
  );
}
