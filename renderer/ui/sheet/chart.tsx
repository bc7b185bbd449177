/** A small chart above a sheet: lines or bars of a few columns over its rows. */
import type { JSX } from 'react';
import type { SheetAnswer, SheetBlock, SheetColumn } from '#shared/contract/index.ts';
import { useView } from '../../store/view.ts';
import { useText } from '../../text/index.ts';
import { cellText, named } from './cell.ts';

const WIDTH = 600;
const HEIGHT = 96;
const PAD = 4;
/** Rows that are drawn: more would be narrower than a pixel. */
const MOST = 300;
/** Share of a place that bars take. */
const BARS = 0.8;

export interface Series {
  readonly column: SheetColumn;
  /** In the order of the x axis; null: not known, and the line stops there. */
  readonly values: readonly (number | null)[];
}

/** What is drawn: rows from the earliest to the latest, whichever way they came. */
export function seriesOf(
  { columns, chart }: SheetBlock,
  rows: SheetAnswer['blocks'][number]['rows'],
): { readonly xs: readonly string[]; readonly series: readonly Series[] } {
  const place = (id: string): number => columns.findIndex((column) => column.id === id);
  if (!chart) return { xs: [], series: [] };
  const x = place(chart.x);
  const known = rows.filter(({ cells }) => (cells[x] ?? null) !== null).slice(0, MOST);
  const [first = null, last = null] = [known[0]?.cells[x], known.at(-1)?.cells[x]];
  const byFigure = typeof first === 'number';
  const byX = (a: (typeof known)[number], b: (typeof known)[number]): number => Number(a.cells[x]) - Number(b.cells[x]);
  const ordered = byFigure
    ? known.toSorted(byX)
    : first !== null && last !== null && first > last
      ? known.toReversed()
      : known;
  return {
    xs: ordered.map(({ cells }) => String(cells[x])),
    series: chart.ys.flatMap((id): Series[] => {
      const column = columns[place(id)];
      if (!column) return [];
      const values = ordered.map(({ cells }) => cells[place(id)]);
      return [{ column, values: values.map((value) => (typeof value === 'number' ? value : null)) }];
    }),
  };
}

function pathOf(values: readonly (number | null)[], at: (place: number, value: number) => string): string {
  let path = '';
  let pen = 'M';
  for (const [place, value] of values.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${at(place, value)}`;
    pen = 'L';
  }
  return path;
}

export function SheetChart(props: {
  readonly block: SheetBlock;
  readonly rows: SheetAnswer['blocks'][number]['rows'];
  readonly testId: string;
}): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const { xs, series } = seriesOf(props.block, props.rows);
  const all = series.flatMap(({ values }) => values.filter((value) => value !== null));
  if (xs.length < 2 || all.length < 2) return null;
  const bars = props.block.chart?.kind === 'bars';
  // Bars stand on 0; a line would be flat if it had to show it.
  const top = bars ? Math.max(0, ...all) : Math.max(...all);
  const low = bars ? Math.min(0, ...all) : Math.min(...all);
  const span = top - low || 1;
  const y = (value: number): number => PAD + ((top - value) * (HEIGHT - 2 * PAD)) / span;
  const step = WIDTH / (bars ? xs.length : xs.length - 1);
  const [shown] = series;
  const text = (value: number): string => (shown ? cellText(shown.column, value, { t, language }) : '');
  const width = (step * BARS) / series.length;
  return (
    <figure className="sheet-chart" data-testid={props.testId}>
      <figcaption>
        {series.map(({ column }, n) => (
          <span key={column.id} className={`series s${n + 1}`}>
            <i aria-hidden="true" /> {named(column, language)}
          </span>
        ))}
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('sheet.chart', { from: xs[0] ?? '', to: xs.at(-1) ?? '', low: text(low), top: text(top) })}
      >
        {bars && <line className="zero" x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />}
        {series.map(({ column, values }, n) =>
          bars ? (
            <g key={column.id} className={`s${n + 1}`}>
              {values.map(
                (value, place) =>
                  value !== null && (
                    <rect
                      key={xs[place]}
                      x={place * step + n * width + (step * (1 - BARS)) / 2}
                      width={Math.max(0.5, width)}
                      y={Math.min(y(value), y(0))}
                      height={Math.max(0.5, Math.abs(y(value) - y(0)))}
                    />
                  ),
              )}
            </g>
          ) : (
            <path
              key={column.id}
              className={`s${n + 1}`}
              d={pathOf(values, (place, value) => `${place * step} ${y(value)}`)}
            />
          ),
        )}
      </svg>
      <span className="ends num" aria-hidden="true">
        <span>{xs[0]}</span>
        <span>
          {text(low)} – {text(top)}
        </span>
        <span>{xs.at(-1)}</span>
      </span>
    </figure>
  );
}
