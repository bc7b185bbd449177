/**
 * Minutes, trades and books of single days from CSV files; docs/market-files.md has the columns. Sample lines:
 * minutes 005930,2025-06-10,0901,59900,59900,59800,59900,12034
 * trades 005930,2025-06-10,09:00:00.125,59900,300,buy
 * books 005930,2025-06-10,32400125,59900,1200,60000,800,59800,900,59700,2100
 */
import type { RecordedColumns, RecordKind } from '#core/storage/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { DAY_MS, timeOfDayMs, type SessionDate } from '#shared/time/index.ts';
import { INDEX_CODES } from '../record-history.ts';
import { dayOf, isProblem, issueCode, rowProblem, whole, type RowProblem } from './fields.ts';

/** Names by which a column is known; compared without case and spaces. */
const NAMES = {
  code: ['code', '종목코드', '단축코드', 'symbol'],
  date: ['date', '일자', '날짜', '거래일'],
  time: ['time', '시각', '시간', '체결시각', 'time(ms)'],
  open: ['open', '시가'],
  high: ['high', '고가'],
  low: ['low', '저가'],
  close: ['close', '종가', '현재가'],
  volume: ['volume', '거래량'],
  price: ['price', '체결가', '현재가'],
  quantity: ['quantity', 'qty', '체결량', '수량'],
  side: ['side', '매수매도', '체결구분'],
} as const satisfies Record<string, readonly string[]>;
type Meaning = keyof typeof NAMES;

const NEEDED: Readonly<Record<RecordKind, readonly Meaning[]>> = {
  minutes: ['code', 'date', 'time', 'open', 'high', 'low', 'close', 'volume'],
  trades: ['code', 'date', 'time', 'price', 'quantity'],
  books: ['code', 'date', 'time'],
};

const SIDES: Readonly<Record<string, number>> = {
  '': 0,
  buy: 1,
  b: 1,
  매수: 1,
  '1': 1,
  sell: 2,
  s: 2,
  매도: 2,
  '2': 2,
};

/** Levels a side of a book at most. */
const MAX_LEVELS = 10;
const MAX_FIGURE = 2_147_483_647;
const MINUTE_MS = 60_000;
const POINTS = /^\d+(?:\.\d{1,2})?$/;

/** One row of a record: whose day, and its figures in the order in which they are stored, the time first. */
export interface RecordRow {
  readonly code: string;
  readonly date: SessionDate;
  readonly figures: readonly number[];
}

/** Reads rows of one kind of file. */
export interface RecordMapper {
  readonly kind: RecordKind;
  /** Of a book; 0 of other kinds. */
  readonly levels: number;
  map(fields: readonly string[]): RecordRow | RowProblem;
}

const plain = (name: string): string => name.trim().toLowerCase().replace(/\s/g, '');

/** 09:00, 09:00:30, 09:00:30.125, 0900, 090030, 090030125, or milliseconds after midnight (seven or eight digits). */
export function timeOf(text: string): number | RowProblem {
  const trimmed = text.trim();
  const bad = rowProblem('ROW_TIME', { value: trimmed.slice(0, 40) });
  if (/^\d{7,8}$/.test(trimmed)) return Number(trimmed) < DAY_MS ? Number(trimmed) : bad;
  const digits = /^(\d{2}):?(\d{2})(?::?(\d{2})(?:\.?(\d{3}))?)?$/.exec(trimmed);
  if (!digits) return bad;
  const [, hour, minute, second = '00', ms = '000'] = digits;
  try {
    return timeOfDayMs(`${hour}:${minute}:${second}.${ms}`);
  } catch {
    return bad;
  }
}

/** Price of a share in whole won; of an index in hundredths of a point. */
function figure(text: string, column: string, isIndex: boolean): number | RowProblem {
  const trimmed = text.trim();
  if (isIndex && POINTS.test(trimmed)) {
    const [points = '0', decimals = ''] = trimmed.split('.');
    return Number(points) * 100 + Number(decimals.padEnd(2, '0'));
  }
  const value = whole(text, column);
  if (typeof value === 'number' && value > MAX_FIGURE) return rowProblem('ROW_NUMBER', { column, value: trimmed });
  return value;
}

/** The mapper of a header; throws FILE_COLUMNS with the names that are missing. */
export function recordMapper(kind: RecordKind, header: readonly string[]): RecordMapper {
  const names = header.map(plain);
  const place = (meaning: Meaning): number => names.findIndex((name) => NAMES[meaning].some((known) => known === name));
  const missing = NEEDED[kind].filter((meaning) => place(meaning) < 0);
  const levels = kind === 'books' ? levelsOf(names) : 0;
  if (missing.length > 0) throw new AppError('FILE_COLUMNS', { columns: missing.join(', ') });
  if (kind === 'books' && levels === 0) throw new AppError('FILE_COLUMNS', { columns: 'ask1, askqty1, bid1, bidqty1' });
  const at = Object.fromEntries(Object.keys(NAMES).map((meaning) => [meaning, place(meaning as Meaning)])) as Record<
    Meaning,
    number
  >;
  const read: FigureReader =
    kind === 'minutes' ? minuteFigures(at) : kind === 'trades' ? tradeFigures(at) : bookFigures(names, levels);
  return { kind, levels, map: (fields) => rowOf(fields, at, kind, read) };
}

/** The figures after the time, or what is wrong with them. */
type FigureReader = (fields: readonly string[], isIndex: boolean) => number[] | RowProblem;

function rowOf(
  fields: readonly string[],
  at: Readonly<Record<Meaning, number>>,
  kind: RecordKind,
  read: FigureReader,
): RecordRow | RowProblem {
  const text = (meaning: Meaning): string => fields[at[meaning]] ?? '';
  const name = text('code').trim();
  const isIndex = kind === 'minutes' && INDEX_CODES.some((index) => index === name);
  const code = isIndex ? name : issueCode(name);
  if (isProblem(code)) return code;
  const date = dayOf(text('date'));
  if (isProblem(date)) return date;
  const time = timeOf(text('time'));
  if (isProblem(time)) return time;
  const figures = read(fields, isIndex);
  if (isProblem(figures)) return figures;
  return { code, date, figures: [kind === 'minutes' ? time - (time % MINUTE_MS) : time, ...figures] };
}

/** Whole figures of columns, or the first that is none. */
function figuresAt(
  fields: readonly string[],
  columns: readonly (readonly [string, number])[],
  isIndex: boolean,
): number[] | RowProblem {
  const figures: number[] = [];
  for (const [name, place] of columns) {
    const value = figure(fields[place] ?? '', name, isIndex);
    if (typeof value !== 'number') return value;
    figures.push(value);
  }
  return figures;
}

function minuteFigures(at: Readonly<Record<Meaning, number>>): FigureReader {
  const columns = (['open', 'high', 'low', 'close', 'volume'] as const).map((name) => [name, at[name]] as const);
  return (fields, isIndex) => {
    const figures = figuresAt(fields, columns, isIndex);
    if (isProblem(figures)) return figures;
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = figures;
    if (volume === 0 && !isIndex) return figures;
    return low === 0 || low > Math.min(open, close) || high < Math.max(open, close)
      ? rowProblem('ROW_PRICES')
      : figures;
  };
}

function tradeFigures(at: Readonly<Record<Meaning, number>>): FigureReader {
  return (fields) => {
    const figures = figuresAt(
      fields,
      [
        ['price', at.price],
        ['quantity', at.quantity],
      ],
      false,
    );
    if (isProblem(figures)) return figures;
    const mark = (at.side < 0 ? '' : (fields[at.side] ?? '')).trim();
    const side = SIDES[mark.toLowerCase()];
    if (side === undefined) return rowProblem('ROW_SIDE', { value: mark.slice(0, 40) });
    const [price = 0, quantity = 0] = figures;
    if (price === 0) return rowProblem('ROW_MISSING', { column: 'price' });
    return quantity === 0 ? rowProblem('ROW_MISSING', { column: 'quantity' }) : [price, quantity, side];
  };
}

/** How many whole levels a header names: ask1, askqty1, bid1, bidqty1, and so on. */
function levelsOf(names: readonly string[]): number {
  let levels = 0;
  while (levels < MAX_LEVELS && bookColumns(levels + 1).every((name) => names.includes(name))) levels += 1;
  return levels;
}

const bookColumns = (level: number): string[] => [`ask${level}`, `askqty${level}`, `bid${level}`, `bidqty${level}`];

function bookFigures(names: readonly string[], levels: number): FigureReader {
  const columns = (['ask', 'bid'] as const).flatMap((side) =>
    Array.from({ length: levels }, (_, i) => [`${side}${i + 1}`, `${side}qty${i + 1}`]).flat(),
  );
  const places = columns.map((name) => [name, names.indexOf(name)] as const);
  return (fields) => {
    const filled = fields.map((text) => (text.trim() === '' ? '0' : text));
    const figures = figuresAt(filled, places, false);
    if (isProblem(figures)) return figures;
    const bestAsk = figures[0] ?? 0;
    const bestBid = figures[2 * levels] ?? 0;
    return bestAsk > 0 && bestBid >= bestAsk ? rowProblem('ROW_BOOK') : figures;
  };
}

/** Figures of an import at most: 240 MB while it runs. */
const MAX_FIGURES = 60_000_000;
const FIRST_ROWS = 64;

/** Rows of one issue's day as they come. */
class DayRows {
  readonly date: SessionDate;
  readonly code: string;
  readonly #width: number;
  #figures: Int32Array;
  #count = 0;
  #sorted = true;
  /** Lines by minute, where a minute may come once only. */
  readonly #lines: Map<number, number> | null;

  constructor(row: RecordRow, once: boolean) {
    this.code = row.code;
    this.date = row.date;
    this.#width = row.figures.length;
    this.#figures = new Int32Array(FIRST_ROWS * this.#width);
    this.#lines = once ? new Map() : null;
  }

  get count(): number {
    return this.#count;
  }

  /** Gives the line that had the same minute already; then the row is not taken. */
  add(figures: readonly number[], line: number): number | null {
    const [time = 0] = figures;
    const twin = this.#lines?.get(time);
    if (twin !== undefined) return twin;
    this.#lines?.set(time, line);
    const at = this.#count * this.#width;
    if (at === this.#figures.length) {
      const longer = new Int32Array(this.#figures.length * 2);
      longer.set(this.#figures);
      this.#figures = longer;
    }
    if (this.#count > 0 && time < (this.#figures[at - this.#width] as number)) this.#sorted = false;
    this.#figures.set(figures, at);
    this.#count += 1;
    return null;
  }

  /** Columns in order of time; rows of the same instant stay in the order of the file. */
  columns(): Int32Array[] {
    const order = Int32Array.from({ length: this.#count }, (_, row) => row);
    const timeAt = (row: number): number => this.#figures[row * this.#width] as number;
    if (!this.#sorted) order.sort((a, b) => timeAt(a) - timeAt(b) || a - b);
    return Array.from({ length: this.#width }, (_, c) =>
      order.map((row) => this.#figures[row * this.#width + c] as number),
    );
  }
}

/** Gathers the rows of an import by issue and day; each day takes the place of what was stored of it. */
export class RecordCollector {
  readonly #days = new Map<string, DayRows>();
  #figures = 0;

  /** true: no further row fits. */
  get full(): boolean {
    return this.#figures >= MAX_FIGURES;
  }

  /** Adds a row; gives the line of the same file that had its minute already. */
  add(row: RecordRow, kind: RecordKind, line: number): number | null {
    const key = `${row.code}|${row.date}`;
    let day = this.#days.get(key);
    if (!day) this.#days.set(key, (day = new DayRows(row, kind === 'minutes')));
    const twin = day.add(row.figures, line);
    if (twin === null) this.#figures += row.figures.length;
    return twin;
  }

  /** Every day gathered, to be stored. */
  *stored(kind: RecordKind, levels: number): Generator<RecordedColumns> {
    for (const day of this.#days.values()) {
      yield { code: day.code, date: day.date, kind, levels, columns: day.columns() };
    }
  }

  /** What was gathered: rows, codes and dates. */
  summary(): { readonly rows: number; readonly codes: number; readonly dates: readonly SessionDate[] } {
    const days = [...this.#days.values()];
    return {
      rows: days.reduce((sum, { count }) => sum + count, 0),
      codes: new Set(days.map(({ code }) => code)).size,
      dates: [...new Set(days.map(({ date }) => date))].sort(),
    };
  }
}
