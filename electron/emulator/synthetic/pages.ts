/** Which rows a page of a made-up answer holds, by each way in which KIS pages: context keys, index keys, dates and times. */
import type { RestApi } from '../../catalogue/index.ts';
import { hash32 } from '#shared/rng/index.ts';
import { Refused } from '../refusals.ts';
import { dayOf, dayText, isWeekday, minuteOf, minuteText, weekdayBefore } from './days.ts';

/** Rows on a page where no source says how many. */
const UNKNOWN_SIZE = 20;
/** Rows of a list that has no pages and no known length. */
const UNPAGED_ROWS = 10;
/** First and last minute of the bars of a day: 09:00 to 15:30; abroad 09:30 to 16:00. */
const HOURS = { home: [540, 930], abroad: [570, 960] } as const;
/** The first day of which anything is known. */
const EARLIEST = dayOf('20000104') ?? 0;

/** A question as far as its pages matter. */
export interface PageQuestion {
  readonly api: RestApi;
  readonly env: 'paper' | 'real';
  /** The value of a field, or empty. */
  readonly param: (name: string) => string;
  /** true: header tr_cont N. */
  readonly next: boolean;
  /** Names the question without its paging keys. */
  readonly seed: string;
  /** Day numbers of the latest and the earliest date the question names. */
  readonly latest: number;
  readonly earliest: number;
}

/** What a row stands for; equal ids are equal rows. */
export interface RowKey {
  readonly id: string;
  /** Place in its list, from 0; undefined for a row that a date or a time names. */
  readonly place?: number;
  readonly date: string;
  readonly time: string;
  /** Values the paging puts into the row, by field name in lower case. */
  readonly given: Readonly<Record<string, string>>;
}

export interface Page {
  readonly rows: readonly RowKey[];
  readonly trCont: string;
  /** Fields at the top level. */
  readonly top: Readonly<Record<string, string>>;
  /** Values of the record that goes with the rows. */
  readonly given: Readonly<Record<string, string>>;
}

function pageSize({ api, env }: PageQuestion): number {
  const size = api.pageSize;
  return size?.[env] ?? size?.rows ?? size?.real ?? (api.paging === null ? UNPAGED_ROWS : UNKNOWN_SIZE);
}

/** Rows of the whole list: always more than one page, at most three. */
function totalRows({ api, seed }: PageQuestion, size: number): number {
  return api.paging === null ? size : size + 1 + (hash32(seed) % Math.floor(size * 1.5));
}

/** A row of a list without times: a few a day, going back. */
function listRow(question: PageQuestion, index: number, given: RowKey['given'] = {}): RowKey {
  const back = weekdayBefore(question.latest, Math.floor(index / 3));
  const date = dayText(Math.max(back, question.earliest));
  return { id: String(index), place: index, date, time: minuteText(930 - (index % 380)), given };
}

function slice(question: PageQuestion, from: number, size: number): readonly RowKey[] {
  const total = totalRows(question, size);
  return Array.from({ length: Math.max(0, Math.min(size, total - from)) }, (_, i) => listRow(question, from + i));
}

const WIDTHS: Readonly<Record<string, number>> = { CTX_AREA_FK: 20, CTX_AREA_NK: 20 };

/** Keys whose value stands in the last row. @source resources/kis/catalogue.json, how */
const ROW_KEYS: Readonly<Record<string, string>> = { FID_INPUT_SRNO: 'cntt_usiq_srno' };

/** Width of a context field, from the digits of its name. */
function widthOf(key: string): number {
  return WIDTHS[key] ?? Number(/\d+$/.exec(key)?.[0] ?? 0);
}

/** What the server keeps of the question in the first context key. */
function echoOf(seed: string): string {
  return `${hash32(seed).toString(16).padStart(8, '0')}^`;
}

/** Place of the next page from the keys a client sent back; null: none was sent. Throws for keys of another question. */
function placeOf(question: PageQuestion, keys: readonly string[]): number | null {
  const place = keys.at(-1);
  if (place === undefined) return null;
  const sent = question.param(place).trimEnd();
  if (!place.startsWith('CTX_AREA')) return /^\d{8}$|^\d{16,20}$/.test(sent) ? Number(sent) : null;
  if (sent === '') return 0;
  const echo = keys.find((key) => key.includes('_FK'));
  const known = echo === undefined || question.param(echo).trimEnd() === echoOf(question.seed);
  if (!known || !/^\d{8}$/.test(sent)) throw new Refused('OPSQ2001', `ERROR : INPUT INVALID_CHECK [${place}]`);
  return Number(sent);
}

/** Header tr_cont, with the place in context fields, in a field of that name, or nowhere. */
function byHeader(question: PageQuestion, keys: readonly string[], inRow: string | null): Page {
  const size = pageSize(question);
  const total = totalRows(question, size);
  const found = question.next ? placeOf(question, keys) : 0;
  // Header N and nothing else: the second page, and the last one, for nobody knows which was meant.
  const from = found ?? size;
  const more = from + size < total && found !== null && !(keys.length === 0 && question.next);
  const next = String(from + size);
  const top = Object.fromEntries(
    keys
      .filter(() => inRow === null)
      .map((key) => {
        const width = widthOf(key);
        if (key.includes('_FK')) return [key.toLowerCase(), echoOf(question.seed).padEnd(width)];
        const plain = key === 'CTS' || key === 'CTS_KEY' ? 16 : 8;
        return [key.toLowerCase(), (more ? next.padStart(plain, '0') : '').padEnd(width)];
      }),
  );
  const rows = slice(question, from, size).map((row, i) =>
    inRow === null ? row : { ...row, given: { [inRow]: String(from + i + 1).padStart(20, '0') } },
  );
  const first = from === 0;
  return { rows, trCont: more ? (first ? 'F' : 'M') : first ? 'D' : 'E', top, given: {} };
}

/** QRY_TP and INDEX_KEY: "20231208       246" ends with the place. */
function byIndexKey(question: PageQuestion): Page {
  const wanted = Number(question.param('QRY_CNT'));
  const most = pageSize(question);
  const size = Number.isSafeInteger(wanted) && wanted > 0 ? Math.min(wanted, most) : most;
  const key = /\s(\d{1,9})$/.exec(question.param('INDEX_KEY').trimEnd());
  const from = question.param('QRY_TP').toUpperCase() === 'P' && key ? Number(key[1]) : 0;
  const total = totalRows(question, most);
  const rows = slice(question, from, size).slice(0, Math.max(0, total - from));
  const more = from + size < total;
  const next = more ? `${rows.at(-1)?.date ?? ''}${String(from + size).padStart(10)}` : '';
  return { rows, trCont: '', top: {}, given: { index_key: next } };
}

const dayRow = (day: number): RowKey => ({ id: dayText(day), date: dayText(day), time: '153000', given: {} });

/** The last weekday of its week, month or year, or any weekday. */
function isBarDay(day: number, period: string): boolean {
  if (!isWeekday(day)) return false;
  const here = dayText(day);
  const next = dayText(weekdayAfter(day));
  if (period === 'W') return (day + 4) % 7 === 5;
  if (period === 'M') return here.slice(0, 6) !== next.slice(0, 6);
  return period !== 'Y' || here.slice(0, 4) !== next.slice(0, 4);
}

function weekdayAfter(day: number): number {
  let at = day + 1;
  while (!isWeekday(at)) at += 1;
  return at;
}

function periodOf({ param }: PageQuestion): string {
  const named = param('FID_PERIOD_DIV_CODE').toUpperCase();
  return named === '' ? (['D', 'W', 'M'][Number(param('GUBN'))] ?? 'D') : named;
}

/** A chart whose window a client moves back: the last key names the latest day, a first one the earliest. */
function byDay(question: PageQuestion, keys: readonly string[], today: number): Page {
  const size = pageSize(question);
  const until = Math.min(dayOf(question.param(keys.at(-1) ?? '')) ?? today, today);
  const from = keys.length > 1 ? dayOf(question.param(keys[0] ?? '')) : null;
  // Without a window the list begins two and a half pages ago.
  const earliest = Math.max(from ?? weekdayBefore(today, Math.floor(size * 2.5)), EARLIEST);
  const period = periodOf(question);
  const rows: RowKey[] = [];
  for (let day = until; day >= earliest && rows.length < size; day -= 1) {
    if (isBarDay(day, period)) rows.push(dayRow(day));
  }
  return { rows, trCont: '', top: {}, given: {} };
}

interface Bars {
  readonly day: number;
  readonly minute: number;
  readonly earliestDay: number;
  readonly step: number;
  readonly size: number;
  readonly hours: readonly [number, number];
}

function minuteBars({ day, minute, earliestDay, step, size, hours: [open, close] }: Bars): RowKey[] {
  const rows: RowKey[] = [];
  let at = Math.min(minute, close);
  for (let on = day; on >= earliestDay && rows.length < size; on -= 1) {
    if (isWeekday(on)) {
      at -= (((at - open) % step) + step) % step;
      for (; at >= open && rows.length < size; at -= step) {
        const [date, time] = [dayText(on), minuteText(at)];
        rows.push({ id: date + time, date, time, given: {} });
      }
    }
    at = close;
  }
  return rows;
}

/** A minute chart whose time (and day) a client moves back; it ends with the first minute of the day. */
function byMinute(question: PageQuestion, keys: readonly string[], today: number): Page {
  const size = pageSize(question);
  const date = keys.find((key) => /DATE/.test(key));
  const named = date === undefined ? today : (dayOf(question.param(date)) ?? today);
  const day = weekdayBefore(Math.min(named, today), 0);
  const minute = minuteOf(question.param(keys.at(-1) ?? '')) ?? HOURS.home[1];
  const rows = minuteBars({ day, minute, earliestDay: day, step: 1, size, hours: HOURS.home });
  return { rows, trCont: '', top: {}, given: {} };
}

/** The overseas minute chart: KEYB is the latest moment, NEXT 1 asks for what lies before. */
function byMoment(question: PageQuestion, today: number): Page {
  const most = pageSize(question);
  const wanted = Number(question.param('NREC'));
  const size = Number.isSafeInteger(wanted) && wanted > 0 ? Math.min(wanted, most) : most;
  const step = Math.max(1, Math.min(60, Math.trunc(Number(question.param('NMIN'))) || 1));
  const last = weekdayBefore(today, 1);
  const keyb = /^(\d{8})(\d{6})$/.exec(question.param('KEYB').trim());
  const asked = question.param('NEXT') === '1' && keyb ? keyb : null;
  const day = Math.min((asked && dayOf(asked[1] ?? '')) ?? last, last);
  const minute = (asked && minuteOf(asked[2] ?? '')) ?? HOURS.abroad[1];
  const bars = { day, minute, earliestDay: weekdayBefore(last, 2), step, hours: HOURS.abroad };
  const rows = minuteBars({ ...bars, size: size + 1 });
  const more = rows.length > size ? '1' : '0';
  return {
    rows: rows.slice(0, size),
    trCont: '',
    top: {},
    given: { next: more, more, nrec: String(Math.min(rows.length, size)) },
  };
}

/** The page a question asks for. Throws Refused for context keys of another question. */
export function pageOf(question: PageQuestion, today: number): Page {
  const { paging } = question.api;
  if (paging === null) return { rows: slice(question, 0, pageSize(question)), trCont: '', top: {}, given: {} };
  const { kind, keys } = paging;
  if (kind === 'tr_cont') {
    return byHeader(question, keys, ROW_KEYS[keys.at(-1) ?? ''] ?? null);
  }
  if (kind === 'key') return keys.includes('INDEX_KEY') ? byIndexKey(question) : byMoment(question, today);
  return keys.at(-1)?.includes('HOUR') === true ? byMinute(question, keys, today) : byDay(question, keys, today);
}
