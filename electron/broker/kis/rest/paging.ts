/** Fetches page after page (연속조회) as the catalogue says; a partial result stays and says that it is partial. */
import type { Paging } from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { KisAnswer, KisCall, KisPages, KisRow } from '../ports.ts';

/** Pages after which nobody believes in an end any more. */
const MOST_PAGES = 200;

/** What the next page is asked with: fields over those of the first call, or null where this was the last. */
type NextFields = Readonly<Record<string, string>> | null;

type Block = KisAnswer['blocks'][string];

const isRows = (block: Block): block is readonly KisRow[] => Array.isArray(block);
const recordOf = (block: Block | undefined): readonly KisRow[] =>
  block === undefined ? [] : isRows(block) ? block.slice(0, 1) : [block];

/** A field of the answer whatever the case of its letters: in a named block, else at the top or in a record beside the rows. */
function fieldOf(answer: KisAnswer, path: string): string | null {
  const [first = '', inner] = path.split('.');
  const name = (inner ?? first).toLowerCase();
  const records = Object.values(answer.blocks).filter((block) => !isRows(block));
  const places = inner === undefined ? [answer.top, ...records.flatMap(recordOf)] : recordOf(answer.blocks[first]);
  for (const place of places)
    for (const [key, value] of Object.entries(place)) if (key.toLowerCase() === name) return value;
  return null;
}

function lastRow(answer: KisAnswer): KisRow | null {
  return Object.values(answer.blocks).findLast(isRows)?.at(-1) ?? null;
}

/** Keys that the answer does not repeat by name, and the field of the last row that takes their place. */
const FROM_LAST_ROW: Readonly<Record<string, string>> = { FID_INPUT_SRNO: 'cntt_usiq_srno', CTS: 'cts' };

function contextKeys(paging: Paging, answer: KisAnswer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    paging.keys.map((key, place) => {
      const named = fieldOf(answer, paging.responseKeys[place] ?? key.toLowerCase());
      return [key, named ?? lastRow(answer)?.[FROM_LAST_ROW[key] ?? ''] ?? ''];
    }),
  );
}

/** QRY_TP and INDEX_KEY of overseas futures. */
function indexKeys(paging: Paging, answer: KisAnswer): NextFields {
  const key = fieldOf(answer, paging.responseKeys[0] ?? 'index_key') ?? '';
  return key.trim() === '' || lastRow(answer) === null ? null : { QRY_TP: 'P', INDEX_KEY: key };
}

/** "20240222" and "155500" less some minutes, as one text. */
function minutesBefore(date: string, time: string, minutes: number): string {
  const at = Date.UTC(
    Number(date.slice(0, 4)),
    Number(date.slice(4, 6)) - 1,
    Number(date.slice(6, 8)),
    Number(time.slice(0, 2)),
    Number(time.slice(2, 4)) - minutes,
    Number(time.slice(4, 6)),
  );
  return Number.isNaN(at) ? '' : new Date(at).toISOString().replaceAll(/[-:TZ]|\.\d+/g, '');
}

/** NEXT and KEYB of the overseas minute chart: one interval before the oldest row. */
function minuteKeys(call: KisCall, answer: KisAnswer): NextFields {
  const row = lastRow(answer);
  if (row === null || fieldOf(answer, 'next') !== '1') return null;
  const keyb = minutesBefore(row['xymd'] ?? '', row['xhms'] ?? '', Number(call.params['NMIN'] ?? '1') || 1);
  return keyb === '' ? null : { NEXT: '1', KEYB: keyb, PINC: '1' };
}

function nextFields(paging: Paging, call: KisCall, answer: KisAnswer): NextFields {
  if (paging.kind === 'key')
    return paging.keys.includes('INDEX_KEY') ? indexKeys(paging, answer) : minuteKeys(call, answer);
  return answer.more ? contextKeys(paging, answer) : null;
}

/** Whether another page can be asked for. */
export function hasNext(paging: Paging | null, call: KisCall, answer: KisAnswer): boolean {
  if (paging === null || paging.kind === 'time') return answer.more;
  return nextFields(paging, call, answer) !== null;
}

/** Fields of the first page that the caller may leave out. */
const FIRST_PAGE: Readonly<Record<string, string>> = { QRY_TP: 'Q' };

function firstParams(call: KisCall, paging: Paging | null): KisCall['params'] {
  const added = Object.entries(FIRST_PAGE).filter(([key]) => paging?.keys.includes(key) === true);
  return { ...Object.fromEntries(added), ...call.params };
}

export interface PagesQuestion {
  readonly call: KisCall;
  /** null: there is one page; date-moving charts are their caller's. */
  readonly paging: Paging | null;
  readonly fetch: (call: KisCall, next: boolean) => Promise<KisAnswer>;
  readonly maxPages?: number;
  readonly onPage?: (answer: KisAnswer, page: number) => void;
  /** Where to go on: what an earlier answer left as `next`. The first page if absent. */
  readonly from?: Readonly<Record<string, string>> | undefined;
}

/** Every page in order. Throws where not even the first came. */
export async function collectPages(question: PagesQuestion): Promise<KisPages> {
  const { call, paging, fetch, onPage, from } = question;
  const most = Math.min(question.maxPages ?? MOST_PAGES, MOST_PAGES);
  const pages: KisAnswer[] = [];
  const seen = new Set<string>();
  let place: NextFields = from ?? null;
  const partial = (error: unknown): KisPages => ({ pages, complete: false, error, next: place });
  const circle = (): KisPages => ({
    pages,
    complete: false,
    error: new AppError('KIS_PAGES_CIRCLE', { pages: pages.length }),
    next: null,
  });
  let params = { ...firstParams(call, paging), ...from };
  for (;;) {
    let answer: KisAnswer;
    try {
      answer = await fetch({ ...call, params }, place !== null && paging?.kind === 'tr_cont');
    } catch (error) {
      if (pages.length === 0) throw error;
      return partial(error);
    }
    const next = paging === null || paging.kind === 'time' ? null : nextFields(paging, call, answer);
    const hasKey = Object.values(next ?? {}).some((value) => value.trim() !== '');
    // The same key twice leads round in a circle; without a key only the rows tell, and then they are there already.
    const mark = JSON.stringify(hasKey ? next : answer.blocks);
    const again = next !== null && seen.has(mark);
    if (again && !hasKey) return circle();
    seen.add(mark);
    pages.push(answer);
    onPage?.(answer, pages.length);
    if (next === null) return { pages, complete: true, error: null, next: null };
    if (again) return circle();
    place = next;
    if (pages.length >= most) return partial(null);
    params = { ...params, ...next };
  }
}
