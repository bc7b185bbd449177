/** A whole screen: markets, the conditions of the form, and an expression; run over the board. */
import type { Market, ScreenFilter } from '../../domain/index.ts';
import type { BoardTable } from '../board/board-table.ts';
import { compileTree, parseExpression, type Tree } from './expression.ts';
import { fieldReader, SCREEN_FIELDS, type Reader, type ScreenField } from './fields.ts';
import type { Mistake } from './tokens.ts';

export function isScreenField(name: string): name is ScreenField {
  return (SCREEN_FIELDS as readonly string[]).includes(name);
}

export type Screen =
  | {
      readonly ok: true;
      readonly steps: readonly Tree[];
      readonly markets: readonly Market[];
      readonly sort: ScreenFilter['sort'];
    }
  /** A field that this program does not know is named in `field`. */
  | { readonly ok: false; readonly mistake: Mistake | null; readonly field: string | null };

/** Reads a filter: one tree a condition, the expression last. */
export function screenOf(filter: ScreenFilter): Screen {
  const steps: Tree[] = [];
  for (const { field, comparison, value } of filter.conditions) {
    if (!isScreenField(field)) return { ok: false, mistake: null, field };
    steps.push({
      kind: 'compare',
      operator: comparison,
      left: { kind: 'field', field },
      right: { kind: 'number', value },
    });
  }
  if (filter.expression.trim() !== '') {
    const parsed = parseExpression(filter.expression);
    if (!parsed.ok) return { ok: false, mistake: parsed.mistake, field: null };
    steps.push(parsed.tree);
  }
  return { ok: true, steps, markets: filter.markets, sort: filter.sort };
}

export interface ScreenResult {
  /** Rows that match, in the order asked for; equal ones in the board's order. */
  readonly places: readonly number[];
  /** Rows left after the markets, then after each condition. */
  readonly left: readonly number[];
}

/** Runs a screen. `marketOf`: the market of a row, null where it is not known, which matches only where no market is asked for. */
export function runScreen(
  screen: Extract<Screen, { ok: true }>,
  table: BoardTable,
  marketOf: (place: number) => string | null,
): ScreenResult {
  const wanted = new Set<string>(screen.markets);
  let places = Array.from({ length: table.length }, (_, place) => place);
  if (wanted.size > 0) places = places.filter((place) => wanted.has(marketOf(place) ?? ''));
  const left = [places.length];
  for (const step of screen.steps) {
    const holds = compileTree(step, table);
    places = places.filter((place) => holds(place) === 1);
    left.push(places.length);
  }
  const { sort } = screen;
  if (sort !== null && isScreenField(sort.field))
    places = sorted(places, fieldReader(table, sort.field), sort.descending);
  return { places, left };
}

/** Places by a figure; those without one last, whichever way. */
export function sorted(places: readonly number[], reader: Reader, descending: boolean): number[] {
  const rows = places.map((place) => ({ place, figure: reader(place) }));
  const way = descending ? -1 : 1;
  rows.sort((a, b) => {
    const [lost, none] = [Number.isNaN(a.figure), Number.isNaN(b.figure)];
    if (lost || none) return Number(lost) - Number(none) || a.place - b.place;
    return (a.figure - b.figure) * way || a.place - b.place;
  });
  return rows.map(({ place }) => place);
}
