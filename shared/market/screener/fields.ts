/** What a screener can ask of an issue: names, units, and how each is read from the columns of the board. */
import { BOARD_FLAGS } from '../../domain/index.ts';
import type { BoardTable } from '../board/board-table.ts';

/** Reads one figure of one row; NaN where it is not known, which no condition matches. */
export type Reader = (place: number) => number;

/** won 원 · percent % · shares 주 · times 배 · flag 0 or 1 · position 0 to 100 */
export type FieldUnit = 'won' | 'percent' | 'shares' | 'times' | 'flag' | 'position';

export const SCREEN_FIELDS = [
  'last',
  'change',
  'changeWon',
  'open',
  'high',
  'low',
  'base',
  'volume',
  'value',
  'cap',
  'gap',
  'range',
  'position',
  'turnover',
  'return5',
  'return20',
  'return60',
  'avgVolume20',
  'volumeRatio',
  'high52',
  'low52',
  'fromHigh52',
  'fromLow52',
  'volatility',
  'halted',
  'vi',
  'upper',
  'lower',
] as const;
export type ScreenField = (typeof SCREEN_FIELDS)[number];

export const FIELD_UNITS: Readonly<Record<ScreenField, FieldUnit>> = {
  last: 'won',
  change: 'percent',
  changeWon: 'won',
  open: 'won',
  high: 'won',
  low: 'won',
  base: 'won',
  volume: 'shares',
  value: 'won',
  cap: 'won',
  gap: 'percent',
  range: 'percent',
  position: 'position',
  turnover: 'percent',
  return5: 'percent',
  return20: 'percent',
  return60: 'percent',
  avgVolume20: 'shares',
  volumeRatio: 'times',
  high52: 'won',
  low52: 'won',
  fromHigh52: 'percent',
  fromLow52: 'percent',
  volatility: 'percent',
  halted: 'flag',
  vi: 'flag',
  upper: 'flag',
  lower: 'flag',
};

/** Korean names that an expression may use instead. */
export const FIELD_NAMES_KO: Readonly<Record<string, ScreenField>> = {
  현재가: 'last',
  등락률: 'change',
  등락: 'changeWon',
  시가: 'open',
  고가: 'high',
  저가: 'low',
  기준가: 'base',
  거래량: 'volume',
  거래대금: 'value',
  시가총액: 'cap',
  갭: 'gap',
  변동폭: 'range',
  종가위치: 'position',
  회전율: 'turnover',
  수익률5일: 'return5',
  수익률20일: 'return20',
  수익률60일: 'return60',
  평균거래량20일: 'avgVolume20',
  거래량비율: 'volumeRatio',
  최고52주: 'high52',
  최저52주: 'low52',
  최고52주대비: 'fromHigh52',
  최저52주대비: 'fromLow52',
  변동성: 'volatility',
  거래정지: 'halted',
  상한가: 'upper',
  하한가: 'lower',
};

const PPM_PER_PERCENT = 10_000;
const PERCENT = 100;

const positive = (value: number | undefined): number => (value !== undefined && value > 0 ? value : Number.NaN);
const known = (value: number | undefined): number => (value !== undefined && value >= 0 ? value : Number.NaN);

/** Change from one figure to another in percent. */
function percentFrom(now: number, then: number): number {
  return ((now - then) * PERCENT) / then;
}

/** How each field is read from a board as it stands; the columns must not be replaced while the reader is used. */
export function fieldReader(table: BoardTable, field: ScreenField): Reader {
  const { columns, history } = table;
  const shares = table.head?.listedShares ?? [];
  const last: Reader = (place) => positive(columns.last[place]);
  const flag =
    (bit: number): Reader =>
    (place) =>
      Number(((columns.flags[place] ?? 0) & bit) !== 0);
  // Nothing is known of an issue without a price: its zeros are no figures.
  const traded =
    (column: Float64Array): Reader =>
    (place) =>
      ((columns.flags[place] ?? 0) & BOARD_FLAGS.unpriced) === 0 ? known(column[place]) : Number.NaN;
  const readers: Readonly<Record<ScreenField, Reader>> = {
    last,
    change: (place) => percentFrom(last(place), positive(columns.base[place])),
    changeWon: (place) => last(place) - positive(columns.base[place]),
    open: (place) => positive(columns.open[place]),
    high: (place) => positive(columns.high[place]),
    low: (place) => positive(columns.low[place]),
    base: (place) => positive(columns.base[place]),
    volume: traded(columns.volume),
    value: traded(columns.value),
    cap: (place) => last(place) * positive(shares[place]),
    gap: (place) => percentFrom(positive(columns.open[place]), positive(columns.base[place])),
    range: (place) =>
      ((positive(columns.high[place]) - positive(columns.low[place])) * PERCENT) / positive(columns.base[place]),
    position: (place) => {
      const low = positive(columns.low[place]);
      const span = positive(columns.high[place]) - low;
      return span === 0 ? Number.NaN : ((last(place) - low) * PERCENT) / span;
    },
    turnover: (place) => (traded(columns.volume)(place) * PERCENT) / positive(shares[place]),
    return5: (place) => percentFrom(last(place), positive(history.close5[place])),
    return20: (place) => percentFrom(last(place), positive(history.close20[place])),
    return60: (place) => percentFrom(last(place), positive(history.close60[place])),
    avgVolume20: (place) => known(history.avgVolume20[place]),
    volumeRatio: (place) => traded(columns.volume)(place) / positive(history.avgVolume20[place]),
    high52: (place) => positive(history.high52[place]),
    low52: (place) => positive(history.low52[place]),
    fromHigh52: (place) => percentFrom(last(place), positive(history.high52[place])),
    fromLow52: (place) => percentFrom(last(place), positive(history.low52[place])),
    volatility: (place) => known(history.volatilityPpm[place]) / PPM_PER_PERCENT,
    halted: flag(BOARD_FLAGS.halted),
    vi: flag(BOARD_FLAGS.interrupted),
    upper: flag(BOARD_FLAGS.upper),
    lower: flag(BOARD_FLAGS.lower),
  };
  return readers[field];
}

/** Units that a figure of a field is typed in, by what they are worth. */
const TYPED_UNITS: Readonly<Record<string, number>> = { 만: 10_000, 억: 100_000_000, 조: 1_000_000_000_000 };
const TYPED = /^([+\-−]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(조|억|만)?[%원주배]?$/;

/** A typed figure: "5,000억", "−3.5%", "2배"; null where it is none. */
export function figureFrom(text: string): number | null {
  const match = TYPED.exec(text.replace(/\s/g, ''));
  if (!match) return null;
  const [, sign = '', digits = '', unit = ''] = match;
  const value = Number(digits.replaceAll(',', '')) * (TYPED_UNITS[unit] ?? 1);
  return sign === '' || sign === '+' ? value : -value;
}

/** A figure as it is typed again: 500000000000 → "5,000억". */
export function figureText(value: number): string {
  const size = Math.abs(value);
  // 만 makes small figures harder to read.
  const unit = ['조', '억'].find((name) => size > 0 && size % (TYPED_UNITS[name] ?? 1) === 0);
  const [whole = '0', fraction] = String(size / (TYPED_UNITS[unit ?? ''] ?? 1)).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${value < 0 ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}${unit ?? ''}`;
}
