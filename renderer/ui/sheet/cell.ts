/** Cells of a sheet for the eye; what is not known is a dash, and a note of the sheet says why. */
import type { SheetColumn } from '#shared/contract/index.ts';
import type { SheetCell } from '#shared/domain/index.ts';
import type { Language, Translate } from '../../text/index.ts';
import { krwSummary, MINUS, UNKNOWN } from '../format.ts';

/** Decimal places beyond which nothing is written. */
const PLACES = 8;

/** "−12,345.6": every digit that came. */
export function figureText(value: number): string {
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(PLACES).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = fraction.replace(/0+$/, '');
  const text = rest === '' ? grouped : `${grouped}.${rest}`;
  return value < 0 ? `${MINUS}${text}` : text;
}

const FIGURES: ReadonlySet<SheetColumn['kind']> = new Set(['price', 'change', 'won', 'count', 'percent', 'ratio']);

/** Whether a column holds figures, which stand at the right. */
export function isFigure({ kind }: SheetColumn): boolean {
  return FIGURES.has(kind);
}

/** The word of a name that stands in both languages. */
export function named(both: { readonly ko: string; readonly en: string }, language: Language): string {
  return language === 'ko' ? both.ko : both.en;
}

/** The text of a cell. */
export function cellText(column: SheetColumn, cell: SheetCell, how: { t: Translate; language: Language }): string {
  if (cell === null) return UNKNOWN;
  if (typeof cell === 'boolean') return how.t(cell ? 'sheet.yes' : 'sheet.no');
  if (typeof cell === 'number') {
    const text = column.kind === 'won' ? krwSummary(cell) : figureText(cell);
    const plus = column.signed && cell > 0 ? '+' : '';
    return `${plus}${text}${column.kind === 'percent' ? '%' : ''}`;
  }
  const word = column.words.find(({ value }) => value === cell);
  return word ? named(word, how.language) : cell;
}

/** The class of a figure that rises or falls. */
export function toneOf({ signed }: SheetColumn, cell: SheetCell): 'u' | 'd' | '' {
  if (!signed || typeof cell !== 'number' || cell === 0) return '';
  return cell > 0 ? 'u' : 'd';
}
