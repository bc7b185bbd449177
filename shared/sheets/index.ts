/** Sheets of reference data, and what turns the broker's answers into them. */
import type { Sheet } from './define.ts';
import { AFTER_HOURS } from './books/after-hours.ts';
import { BONDS } from './books/bonds.ts';
import { CALENDAR } from './books/calendar.ts';
import { COMPANY } from './books/company.ts';
import { DERIVATIVES } from './books/derivatives.ts';
import { ELW } from './books/elw.ts';
import { ELW_DAYS } from './books/elw-days.ts';
import { ETF } from './books/etf.ts';
import { FLOWS } from './books/flows.ts';
import { INDICES } from './books/indices.ts';
import { LENDING } from './books/lending.ts';
import { NEWS } from './books/news.ts';
import { OVERSEAS } from './books/overseas.ts';
import { RANKINGS } from './books/rankings.ts';
import { SEARCH } from './books/search.ts';
import { TRADING } from './books/trading.ts';
import { VALUE_RANKINGS } from './books/value-rankings.ts';
import { WATCH } from './books/watch.ts';

export type { Block, Coded, Column, ColumnMore, Input, Sheet, Source } from './define.ts';
export { columnsOf, issueOf, readAnswer, type ReadAnswer, type SheetRows } from './read-answer.ts';
export { fieldsOf, readCell, type ReadCell } from './read-cell.ts';
export { inputsOf, questionOf, startOf, usualOf, type AskedField } from './request.ts';

/** Every sheet, in the order of its group. */
export const SHEETS: readonly Sheet[] = [
  ...COMPANY,
  ...CALENDAR,
  ...FLOWS,
  ...TRADING,
  ...LENDING,
  ...WATCH,
  ...RANKINGS,
  ...VALUE_RANKINGS,
  ...AFTER_HOURS,
  ...INDICES,
  ...SEARCH,
  ...NEWS,
  ...ETF,
  ...ELW,
  ...ELW_DAYS,
  ...DERIVATIVES,
  ...BONDS,
  ...OVERSEAS,
];
