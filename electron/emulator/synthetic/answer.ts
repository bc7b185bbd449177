/** Made-up answers of any API from its field types: the same question, the same answer; pages that end; refusals as KIS words them. */
import type { ResponseBlock, RestApi } from '../../catalogue/index.ts';
import { gateway, Refused } from '../refusals.ts';
import { dayOf, dayText, weekdayBefore } from './days.ts';
import { fieldKind } from './field-kind.ts';
import { pageOf, type Page, type PageQuestion } from './pages.ts';
import { checkRequest } from './request-check.ts';
import { RowValues, type RowPlan } from './row-values.ts';

/** Marks every answer that no market stands behind. */
export const SYNTHETIC_HEADER = 'x-emulator-data';

/** Day of the answers where nobody says which day it is. */
const SOME_DAY = '20261126';

export interface SyntheticQuestion {
  readonly api: RestApi;
  readonly env: 'paper' | 'real';
  /** TR id as it was sent; part of what makes an answer its own. */
  readonly trId?: string;
  readonly params: Readonly<Record<string, string>>;
  /** Header tr_cont: N asks for the next page. */
  readonly trCont?: string;
  /** Today at the server, "20261126". */
  readonly today?: string;
}

export interface SyntheticAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** Fields that name the one issue a question is about. */
const ISSUE_FIELDS = [
  'FID_INPUT_ISCD',
  'PDNO',
  'SYMB',
  'SRS_CD',
  'SHTN_PDNO',
  'OVRS_PDNO',
  'SHT_CD',
  'FID_INPUT_ISCD_1',
];
/** Fields of a record that say what the question said. */
const ECHOED = ['CANO', 'ACNT_PRDT_CD', 'EXCD', 'OVRS_EXCG_CD'];

class Fields {
  readonly #values = new Map<string, string>();

  constructor(params: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(params)) this.#values.set(name.toUpperCase(), value);
  }

  sent(name: string): string | null {
    return this.#values.get(name.toUpperCase()) ?? null;
  }

  text(name: string): string {
    return this.sent(name) ?? '';
  }

  /** All fields but some, in an order that does not depend on how they were sent. */
  named(without: readonly string[]): string {
    return [...this.#values]
      .filter(([name]) => !without.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value.trim()}`)
      .join('&');
  }

  /** Days that fields named as dates hold. */
  days(): readonly number[] {
    return [...this.#values]
      .filter(([name]) => /DT$|DATE|YMD/.test(name))
      .map(([, value]) => dayOf(value.trim()))
      .filter((day) => day !== null);
  }
}

function issueOf(fields: Fields): string | null {
  const found = ISSUE_FIELDS.map((name) => fields.text(name).trim()).find((code) =>
    /^(?!0+$)[0-9A-Z.]{4,12}$/i.test(code),
  );
  return found !== undefined && !/^[0-9]{4}$/.test(found) ? found : null;
}

/** The block whose rows are paged: the first list. */
function listBlock(api: RestApi): string | null {
  return Object.entries(api.response).find(([, block]) => block.kind === 'array')?.[0] ?? null;
}

const names = ({ fields }: ResponseBlock): boolean =>
  fields.some((field) => ['issueName', 'issue'].includes(fieldKind(field)));

/** Rows of a list beside the paged one: three where they name something, else one of totals. */
function sideRows(block: ResponseBlock): number {
  return names(block) ? 3 : 1;
}

interface Making {
  readonly api: RestApi;
  readonly seed: string;
  readonly page: Page;
  readonly issue: string | null;
  readonly today: string;
  readonly echoed: Readonly<Record<string, string>>;
}

function blockOf(
  { api, seed, page, issue, today, echoed }: Making,
  name: string,
  block: ResponseBlock,
): SyntheticRow | readonly SyntheticRow[] {
  const plan = (id: string, more: Partial<RowPlan>): RowPlan => ({
    api,
    seed: `${seed}/${name}/${id}`,
    ...(issue === null ? {} : { priceSeed: issue }),
    date: today,
    time: '153000',
    issue,
    count: page.rows.length,
    given: echoed,
    ...more,
  });
  if (block.kind === 'object')
    return new RowValues(plan('', { given: { ...echoed, ...page.given } })).row(block.fields);
  if (name !== listBlock(api))
    return Array.from({ length: sideRows(block) }, (_, i) => new RowValues(plan(String(i), {})).row(block.fields));
  // A list of issues names each; a list about one issue repeats it.
  const own = block.fields.some((field) => fieldKind(field) === 'issueName') ? null : issue;
  return page.rows.map(({ id, place, date, time, given }) => {
    const at = place === undefined ? {} : { place };
    const row = plan(id, { ...at, date, time, issue: own, given: { ...echoed, ...given } });
    return new RowValues(own === null ? { ...row, priceSeed: row.seed } : row).row(block.fields);
  });
}

/** What the server says of a success. @source protocol.md §4 */
function saidOf({ method, path }: RestApi): readonly [string, string] {
  if (!path.includes('/trading/')) return ['MCA00000', '정상처리 되었습니다.'];
  return method === 'POST' ? ['APBK0013', '주문 전송 완료 되었습니다.'] : ['KIOK0510', '조회가 완료되었습니다'];
}

/** An answer before it is packed. */
export interface SyntheticReply {
  readonly blocks: Readonly<Record<string, SyntheticRow | readonly SyntheticRow[]>>;
  /** Fields beside the blocks: where the next page begins. */
  readonly top: Readonly<Record<string, string>>;
  /** msg_cd and msg1. */
  readonly said: readonly [code: string, text: string];
  readonly trCont: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type SyntheticRow = Readonly<Record<string, string>>;

/** The reply to a call that no market answers. Throws Refused where KIS would refuse it. */
export function syntheticReply(question: SyntheticQuestion): SyntheticReply {
  const { api, env, trId = '', params, trCont = '' } = question;
  if (env === 'paper' && !api.paper) throw gateway('EGW00213');
  const fields = new Fields(params);
  checkRequest(api, (name) => fields.sent(name));
  const day = dayOf(question.today ?? SOME_DAY) ?? 0;
  const seed = `${api.method} ${api.path} ${trId} ${fields.named(api.paging?.keys ?? [])}`;
  const days = fields.days().filter((each) => each <= day);
  const pages: PageQuestion = {
    api,
    env,
    param: (name) => fields.text(name),
    next: trCont.trim().toUpperCase() === 'N',
    seed,
    latest: days.length > 0 ? Math.max(...days) : weekdayBefore(day, 0),
    earliest: days.length > 1 ? Math.min(...days) : 0,
  };
  const page = pageOf(pages, day);
  const echoed = Object.fromEntries(
    ECHOED.map((name) => [name.toLowerCase(), fields.text(name)] as const).filter(([, value]) => value !== ''),
  );
  const making = { api, seed, page, issue: issueOf(fields), today: dayText(weekdayBefore(day, 0)), echoed };
  return {
    blocks: Object.fromEntries(
      Object.entries(api.response).map(([name, block]) => [name, blockOf(making, name, block)] as const),
    ),
    top: page.top,
    said: saidOf(api),
    trCont: page.trCont,
    headers: { [SYNTHETIC_HEADER]: 'synthetic' },
  };
}

/** The same as it travels, refusals included; never throws. */
export function syntheticAnswer(question: SyntheticQuestion): SyntheticAnswer {
  const packed = (status: number, trCont: string, body: unknown): SyntheticAnswer => ({
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      [SYNTHETIC_HEADER]: 'synthetic',
      tr_id: question.trId ?? '',
      tr_cont: trCont,
    },
    body: JSON.stringify(body),
  });
  try {
    const { blocks, top, said, trCont } = syntheticReply(question);
    // Tokens and keys come without an envelope.
    if (blocks['body'] !== undefined) return packed(200, '', blocks['body']);
    return packed(200, trCont, { ...top, ...blocks, rt_cd: '0', msg_cd: said[0], msg1: said[1] });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return packed(error.http, '', { rt_cd: '1', msg_cd: error.code, msg1: error.message });
  }
}
