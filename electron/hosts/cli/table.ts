/** Tables for a terminal, in which a Korean letter takes two columns. */
import { isPointUnit, priceText, signedCurrencyText, type PriceUnit } from '#shared/domain/index.ts';
import { groupDigits } from '#shared/errors/index.ts';

const WIDE = /[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠]/u;

/** Columns a text takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 2 : 1;
  return width;
}

/** A cell: numbers are grouped and set to the right, null is a dash. */
export type Cell = string | number | null;

function cellText(cell: Cell): string {
  if (cell === null) return '—';
  return typeof cell === 'number' ? groupDigits(cell) : cell;
}

/** A price or an amount: won as a number, a foreign one as text, "$190.25", hundredths as "10,265.00". */
export function moneyCell(value: number | null, unit: PriceUnit): Cell {
  if (value === null || unit === 'KRW') return value;
  return unit === 'HUNDREDTH' || isPointUnit(unit) ? priceText(value, unit) : signedCurrencyText(value, unit);
}

/** Lines of a table: headings, then rows; a column of numbers is set to the right. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return '없습니다.';
  const texts = rows.map((row) => row.map(cellText));
  const widths = headings.map((heading, column) =>
    Math.max(textWidth(heading), ...texts.map((row) => textWidth(row[column] ?? ''))),
  );
  const isFigure = (cell: Cell | undefined): boolean =>
    typeof cell !== 'string' || /^−?(?:HK\$|JP¥|CN¥|[$₫]|[\d,]+\.\d\d$)/.test(cell);
  const right = headings.map((_, column) => rows.every((row) => isFigure(row[column])));
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) => {
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(text)));
        return right[column] === true ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd();
  return [line(headings), ...texts.map(line)].join('\n');
}

/** Facts under each other: a name and a value a line. */
export function facts(pairs: readonly (readonly [string, Cell])[]): string {
  const width = Math.max(...pairs.map(([name]) => textWidth(name)));
  return pairs.map(([name, value]) => `${name}${' '.repeat(width - textWidth(name))}  ${cellText(value)}`).join('\n');
}

/** Parts per billion as a percentage with two decimals: 12_345_678 → "1.23%". */
export function percent(ppb: number | null): string {
  if (ppb === null) return '—';
  const hundredths = Math.round(ppb / 100_000);
  const [whole, rest] = [Math.trunc(Math.abs(hundredths) / 100), Math.abs(hundredths) % 100];
  return `${hundredths < 0 ? '−' : ''}${whole}.${String(rest).padStart(2, '0')}%`;
}
