/** Cells that several tables use: change, bar, small line, freshness, buttons. All but the buttons draw outside React. */
import type { ICellRendererComp } from 'ag-grid-community';
import type { JSX } from 'react';
import { direction } from './format.ts';
import { flash } from './flash.ts';
import { liveCell } from './table/live-cell.ts';

type CellClass<Row> = new () => ICellRendererComp<Row>;

/** Where a cell gets its value, and what tells it that the value has changed. */
export interface CellSource<Row, Value> {
  /** null: not known; the cell stays empty. */
  read(row: Row): Value | null;
  watch?(row: Row, changed: () => void): () => void;
}

/** A cell that draws its value anew whenever it is told. */
function drawnCell<Row, Value>(
  source: CellSource<Row, Value>,
  draw: (element: HTMLElement, value: Value | null) => void,
): CellClass<Row> {
  return liveCell<Row>({
    start(element, row) {
      const redraw = (): void => draw(element, source.read(row));
      redraw();
      return source.watch?.(row, redraw) ?? (() => undefined);
    },
  });
}

/** A change: below, at or above zero, and its text. */
export interface Change {
  readonly change: number;
  readonly text: string;
  /** true: a figure that moved glows for a moment. */
  readonly glow?: boolean;
}

/** Triangle and text in the colour of the direction. */
export function changeCell<Row>(source: CellSource<Row, Change>): CellClass<Row> {
  const seen = new WeakMap<HTMLElement, number>();
  return drawnCell(source, (element, value) => {
    if (value === null) {
      element.className = 'px num';
      element.replaceChildren();
      return;
    }
    const tone = direction(value.change);
    element.className = `px num ${tone}`;
    let mark = element.querySelector<HTMLElement>('.tri');
    let words = element.querySelector<HTMLElement>('.tx');
    if (!mark || !words) {
      mark = document.createElement('i');
      words = document.createElement('span');
      mark.setAttribute('aria-hidden', 'true');
      words.className = 'tx';
      element.replaceChildren(mark, words);
    }
    mark.className = `tri ${tone}`;
    if (words.textContent !== value.text) words.textContent = value.text;
    const before = seen.get(element);
    seen.set(element, value.change);
    if (value.glow === true && before !== undefined && before !== value.change) flash(element, value.change > before);
  });
}

export interface Bar {
  /** From 0 to 1; more is cut. */
  readonly part: number;
  readonly text: string;
  /** u up · d down · n neither */
  readonly tone?: 'u' | 'd' | 'n';
}

/** A number with a bar behind it. */
export function barCell<Row>(source: CellSource<Row, Bar>): CellClass<Row> {
  return drawnCell(source, (element, value) => {
    element.className = `px num barcell ${value?.tone ?? 'n'}`;
    let bar = element.querySelector<HTMLElement>('i');
    let words = element.querySelector<HTMLElement>('.tx');
    if (!bar || !words) {
      bar = document.createElement('i');
      words = document.createElement('span');
      bar.setAttribute('aria-hidden', 'true');
      words.className = 'tx';
      element.replaceChildren(bar, words);
    }
    bar.style.width = `${Math.min(1, Math.max(0, value?.part ?? 0)) * 100}%`;
    words.textContent = value?.text ?? '';
  });
}

export interface Spark {
  readonly values: ArrayLike<number>;
  /** Drawn as a dashed line, and what the colour is measured from. */
  readonly base?: number;
}

/** The box that a small line is drawn in, pixels. */
const SPARK = { width: 56, height: 16 } as const;
const SVG = 'http://www.w3.org/2000/svg';

/** The path of a small line and the height of its base; null where there are fewer than two values. */
export function sparkPath({ values, base }: Spark): { readonly path: string; readonly baseY: number | null } | null {
  if (values.length < 2) return null;
  let least = base ?? Number.POSITIVE_INFINITY;
  let most = base ?? Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const span = most - least || 1;
  const yOf = (value: number): number => 1 + (1 - (value - least) / span) * (SPARK.height - 2);
  let path = '';
  for (let at = 0; at < values.length; at += 1) {
    const x = (at / (values.length - 1)) * SPARK.width;
    path += `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${yOf(values[at] ?? 0).toFixed(1)}`;
  }
  return { path, baseY: base === undefined ? null : yOf(base) };
}

/** A small line; its colour says whether it ends above or below its base. */
export function sparkCell<Row>(source: CellSource<Row, Spark>): CellClass<Row> {
  return drawnCell(source, (element, value) => {
    const drawn = value && sparkPath(value);
    if (!value || !drawn) {
      element.replaceChildren();
      return;
    }
    const last = value.values[value.values.length - 1] ?? 0;
    const from = value.base ?? value.values[0] ?? 0;
    element.className = `px sparkcell ${direction(last - from)}`;
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${SPARK.width} ${SPARK.height}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    if (drawn.baseY !== null) {
      const line = document.createElementNS(SVG, 'path');
      line.setAttribute('class', 'base');
      line.setAttribute('d', `M0 ${drawn.baseY.toFixed(1)}H${SPARK.width}`);
      svg.append(line);
    }
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', drawn.path);
    svg.append(path);
    element.replaceChildren(svg);
  });
}

export interface Freshness {
  readonly state: 'live' | 'late' | 'lost';
  readonly text: string;
}

/** How old a value is, by a shape and a word. */
export function freshCell<Row>(source: CellSource<Row, Freshness>): CellClass<Row> {
  return drawnCell(source, (element, value) => {
    const shape =
      value === null ? '' : value.state === 'live' ? 'fresh' : value.state === 'late' ? 'fresh poll' : 'fresh stale';
    element.className = `px ${shape}`.trim();
    element.textContent = value?.text ?? '';
  });
}

export interface RowAction {
  readonly id: string;
  readonly label: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly testId?: string;
}

/** Buttons at the end of a row. */
export function RowActions({ actions }: { readonly actions: readonly RowAction[] }): JSX.Element {
  return (
    <span className="act">
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          className="btn sm"
          disabled={action.disabled}
          title={action.title}
          data-testid={action.testId}
          onClick={(event) => {
            // The press is for the button, not for the row.
            event.stopPropagation();
            action.onPress();
          }}
        >
          {action.label}
        </button>
      ))}
    </span>
  );
}
