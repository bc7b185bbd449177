/** Whole-market daily files of KRX as published by FinanceData/marcap. Sample line:
 * "005930","삼성전자",53400.0,"",1,200.0,0.38,16630538.0,878413120092.0,52700.0,53600.0,52300.0,318786388170000.0,5969782550,"KOSPI","STK",1,"2025-01-02"
 */
import type { DailyBar } from '#core/storage/index.ts';
import type { Market } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import { dayOf, dayPrices, isProblem, issueCode, rowProblem, signedWhole, whole, type RowProblem } from './fields.ts';

/** Columns that must be there, in any order; others are passed over. */
const COLUMNS = [
  'Code',
  'Name',
  'Market',
  'Date',
  'Open',
  'High',
  'Low',
  'Close',
  'Volume',
  'Amount',
  'Changes',
  'Stocks',
] as const;
type Column = (typeof COLUMNS)[number];

/** KOSDAQ GLOBAL is a segment of KOSDAQ with the same rules. */
const MARKETS: ReadonlyMap<string, Market> = new Map([
  ['KOSPI', 'KOSPI'],
  ['KOSDAQ', 'KOSDAQ'],
  ['KOSDAQ GLOBAL', 'KOSDAQ'],
  ['KONEX', 'KONEX'],
]);

/** Reads a row into a bar, or tells why not. */
export type RowMapper = (fields: readonly string[]) => DailyBar | RowProblem;

/** The mapper for a header; throws FILE_COLUMNS with the names that are missing. */
export function krxEodMapper(header: readonly string[]): RowMapper {
  const names = header.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new AppError('FILE_COLUMNS', { columns: missing.join(', ') });
  const at = Object.fromEntries(COLUMNS.map((column) => [column, names.indexOf(column)])) as Record<Column, number>;
  // A file holds a few dates in tens of thousands of rows.
  const days = new Map<string, SessionDate | RowProblem>();
  const day = (text: string): SessionDate | RowProblem => {
    const known = days.get(text);
    if (known !== undefined) return known;
    const date = dayOf(text);
    if (!isProblem(date)) days.set(text, date);
    return date;
  };
  return (fields) => barOf((column) => fields[at[column]] ?? '', day);
}

function barOf(
  text: (column: Column) => string,
  day: (text: string) => SessionDate | RowProblem,
): DailyBar | RowProblem {
  const code = issueCode(text('Code'));
  if (isProblem(code)) return code;
  const date = day(text('Date'));
  if (isProblem(date)) return date;
  const nameKo = text('Name').trim();
  if (nameKo === '') return rowProblem('ROW_MISSING', { column: 'Name' });
  const market = MARKETS.get(text('Market').trim());
  if (!market) return rowProblem('ROW_MARKET', { value: text('Market') });
  const figures = figuresOf(text);
  if (isProblem(figures)) return figures;
  const { value, listedShares, change, ...rest } = figures;
  const prices = dayPrices(rest, 'Close');
  if (isProblem(prices)) return prices;
  const base = prices.close - change;
  if (base <= 0) return rowProblem('ROW_NUMBER', { column: 'Changes', value: text('Changes') });
  return { code, date, nameKo, market, ...prices, value, listedShares: listedShares === 0 ? null : listedShares, base };
}

interface Figures {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly value: number;
  readonly listedShares: number;
  readonly change: number;
}

function figuresOf(text: (column: Column) => string): Figures | RowProblem {
  const open = whole(text('Open'), 'Open');
  if (isProblem(open)) return open;
  const high = whole(text('High'), 'High');
  if (isProblem(high)) return high;
  const low = whole(text('Low'), 'Low');
  if (isProblem(low)) return low;
  const close = whole(text('Close'), 'Close');
  if (isProblem(close)) return close;
  const volume = whole(text('Volume'), 'Volume');
  if (isProblem(volume)) return volume;
  const value = whole(text('Amount'), 'Amount');
  if (isProblem(value)) return value;
  const listedShares = whole(text('Stocks'), 'Stocks');
  if (isProblem(listedShares)) return listedShares;
  const change = signedWhole(text('Changes'), 'Changes');
  if (isProblem(change)) return change;
  return { open, high, low, close, volume, value, listedShares, change };
}
