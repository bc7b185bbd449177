/** Reads a market file for `market check`: daily rows or minutes of one or more issues, every line judged. */
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '#shared/errors/index.ts';
import { isSessionDate } from '#shared/time/index.ts';

/** A row: of a day, or of the minute that begins `minute` minutes after midnight. Prices and value in won. */
export interface MarketFileRow {
  readonly code: string;
  readonly date: string;
  /** −1 in a daily file. */
  readonly minute: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
}

export interface MarketFile {
  readonly kind: 'daily' | 'minute';
  /** Rows of each issue in order of date and time. */
  readonly issues: ReadonlyMap<string, readonly MarketFileRow[]>;
  readonly rows: number;
}

/** Most rows that are read, and the longest line. */
const MAX_ROWS = 4_000_000;
const MAX_LINE = 4_096;
const CHUNK_BYTES = 1 << 20;

const COLUMNS = ['code', 'date', 'time', 'open', 'high', 'low', 'close', 'volume', 'value'] as const;
type Column = (typeof COLUMNS)[number];
const NEEDED: readonly Column[] = ['code', 'date', 'open', 'high', 'low', 'close', 'volume'];
/** Korean names of the columns, taken too. */
const KOREAN: Readonly<Record<Column, string>> = {
  code: '종목코드',
  date: '일자',
  time: '시각',
  open: '시가',
  high: '고가',
  low: '저가',
  close: '종가',
  volume: '거래량',
  value: '거래대금',
};

/** The text of a file in pieces; throws FILE_MISSING, FILE_UNREADABLE or FILE_ENCODING. */
function* pieces(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const bytes = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const read = readSync(file, bytes, 0, CHUNK_BYTES, null);
      yield decoder.decode(bytes.subarray(0, read), { stream: read > 0 });
      if (read === 0) return;
    }
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('FILE_ENCODING', { path }, { cause: error });
    throw unreadable(path, error);
  } finally {
    closeSync(file);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT') return new AppError('FILE_MISSING', { path }, { cause: error });
  return new AppError('FILE_UNREADABLE', { path, why: code }, { cause: error });
}

function* lines(path: string): Generator<string> {
  let rest = '';
  for (const piece of pieces(path)) {
    const parts = (rest + piece).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MAX_LINE) throw new AppError('FILE_UNREADABLE', { path, why: '한 줄이 너무 깁니다.' });
    yield* parts;
  }
  if (rest !== '') yield rest;
}

type Places = Readonly<Record<Column, number>>;

function placesOf(header: string): Places {
  const names = header
    .replace(/^\uFEFF/, '')
    .trim()
    .split(',')
    .map((name) => name.trim().toLowerCase());
  const places = Object.fromEntries(
    COLUMNS.map((column) => [column, names.findIndex((name) => name === column || name === KOREAN[column])]),
  ) as Places;
  const missing = NEEDED.filter((column) => places[column] < 0);
  if (missing.length > 0) throw new AppError('FILE_COLUMNS', { columns: missing.join(', ') });
  return places;
}

function whole(text: string | undefined, name: string): number {
  const value = Number(text);
  if (text === undefined || !/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new RangeError(`${name}: 0 이상의 정수가 아닙니다(${text ?? '없음'}).`);
  return value;
}

function minuteOf(text: string): number {
  const match = /^([01]\d|2[0-3]):?([0-5]\d)(?::?[0-5]\d)?$/.exec(text);
  if (!match) throw new RangeError(`시각을 HH:MM으로 적으세요(${text}).`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/** A row of a line; throws RangeError with what is wrong in Korean. */
function rowOf(line: string, places: Places): MarketFileRow {
  const fields = line.trim().split(',');
  const text = (column: Column): string => (fields[places[column]] ?? '').trim();
  const code = text('code');
  if (code === '') throw new RangeError('종목 코드가 없습니다.');
  const raw = text('date');
  const date = /^\d{8}$/.test(raw) ? `${raw.slice(0, 4)}-${raw.slice(4, 6)}-${raw.slice(6)}` : raw;
  if (!isSessionDate(date)) throw new RangeError(`날짜가 아닙니다(${raw}).`);
  const figure = (column: Column): number => whole(text(column), KOREAN[column]);
  const [open, high, low, close] = [figure('open'), figure('high'), figure('low'), figure('close')];
  const volume = figure('volume');
  // A suspended issue has open, high, low and volume 0.
  if (volume > 0) {
    if (low <= 0) throw new RangeError('가격이 0입니다.');
    if (high < Math.max(open, close, low)) throw new RangeError('고가가 시가·저가·종가보다 낮습니다.');
    if (low > Math.min(open, close)) throw new RangeError('저가가 시가·종가보다 높습니다.');
  }
  const value = places.value < 0 ? close * volume : figure('value');
  const minute = places.time < 0 ? -1 : minuteOf(text('time'));
  return { code, date, minute, open, high, low, close, volume, value };
}

const lineError = (line: number, why: string, cause?: unknown): AppError =>
  new AppError('INPUT_INVALID', { where: `${line}번째 줄`, why }, { cause });

/** Reads a whole file; throws FILE_MISSING, FILE_UNREADABLE, FILE_ENCODING, FILE_COLUMNS, FILE_EMPTY, FILE_TOO_LARGE, or INPUT_INVALID naming the first bad line. */
export function readMarketFile(path: string): MarketFile {
  let places: Places | undefined;
  let [line, rows] = [0, 0];
  const issues = new Map<string, MarketFileRow[]>();
  for (const text of lines(path)) {
    line += 1;
    if (text.trim() === '') continue;
    if (!places) {
      places = placesOf(text);
      continue;
    }
    rows += 1;
    if (rows > MAX_ROWS) throw new AppError('FILE_TOO_LARGE', { path, limit: MAX_ROWS });
    let row: MarketFileRow;
    try {
      row = rowOf(text, places);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw lineError(line, error.message, error);
    }
    const known = issues.get(row.code);
    const before = known?.at(-1);
    if (before && !(before.date < row.date || (before.date === row.date && before.minute < row.minute)))
      throw lineError(line, `${row.code}: 날짜와 시각의 순서가 맞지 않거나 두 번 나옵니다.`);
    if (known) known.push(row);
    else issues.set(row.code, [row]);
  }
  if (!places || rows === 0) throw new AppError('FILE_EMPTY', { path });
  return { kind: places.time < 0 ? 'daily' : 'minute', issues, rows };
}
