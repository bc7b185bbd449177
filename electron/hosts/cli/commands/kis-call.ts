/** `kis call`: one call of an API that places no order, over the simulator's emulator, paper or real. */
import { isOrderApi, nearest, type RequestField, type RestApi } from '#core/catalogue/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { OutputOf } from '#shared/rpc/index.ts';
import type { Command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { facts, table } from '../table.ts';
import { namedApi } from './kis-describe.ts';

type Params = Readonly<Record<string, string>>;
type Answer = OutputOf<Contract['kis']['call']['output']>;

/** Columns of a table that a terminal still shows side by side. */
const MOST_COLUMNS = 7;
/** What the connection knows by itself. */
const FROM_KEYS = /^(CANO|ACNT_PRDT_CD|USER_ID)$/i;

function bad(api: RestApi, name: string, why: string): AppError {
  return new AppError('KIS_PARAM', { name, why, id: api.id });
}

/** Selectors of the TR id: lower-case keys that are not sent. */
function selectors(api: RestApi): readonly string[] {
  const keys = (api.trIdBy ?? []).flatMap(({ when }) => Object.keys(when));
  return [...new Set(keys.filter((key) => key === key.toLowerCase()))];
}

/** `NAME=VALUE …` as fields under the names of the catalogue, whatever their case. */
export function readParams(api: RestApi, words: readonly string[]): Params {
  const known = [...api.request.map(({ name }) => name), ...(api.paging?.keys ?? []), ...selectors(api)];
  const params: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw bad(api, word === '' ? '--param' : word, 'NAME=VALUE로 적으세요.');
    const typed = word.slice(0, at);
    const name =
      known.find((each) => each === typed) ?? known.find((each) => each.toLowerCase() === typed.toLowerCase());
    if (name === undefined) {
      const near = nearest(typed, known);
      const all = near.length > 0 ? near : known;
      throw bad(
        api,
        typed,
        `이 API에 없는 입력입니다. ${near.length > 0 ? '비슷한 입력' : '있는 입력'}: ${all.join(', ')}.`,
      );
    }
    if (Object.hasOwn(params, name)) throw bad(api, name, '두 번 적었습니다.');
    params[name] = word.slice(at + 1);
  }
  return params;
}

/** A field that must hold something, and that neither the connection nor the paging fills. */
function isNeeded(api: RestApi, { name, required, blank, default: fallback }: RequestField): boolean {
  const keys = api.paging !== null && api.paging.kind !== 'time' ? api.paging.keys : [];
  const filled = FROM_KEYS.test(name) || keys.includes(name.toUpperCase());
  return required && blank !== true && fallback === undefined && name !== '*' && !filled;
}

/** What can only be one thing: the number of the screen, or the single value of a field. */
function onlyValue({ name, example, values }: RequestField): string | undefined {
  const codes = Object.keys(values ?? {});
  return /SCR_DIV_CODE$/i.test(name) ? example : codes.length === 1 ? codes[0] : undefined;
}

/**
 * The fields with what was left out and is known: what can only be one thing, and over the simulator, where nothing is at
 * stake, the example of the catalogue, or nothing. Throws for what then is still missing.
 */
function completed(api: RestApi, given: Params, env: 'simulator' | 'paper' | 'real'): Params {
  const missing = api.request.filter((field) => isNeeded(api, field) && !Object.hasOwn(given, field.name));
  const known = missing.map(
    (field) => [field, onlyValue(field) ?? (env === 'simulator' ? (field.example ?? '') : undefined)] as const,
  );
  const holes = known.filter(([, value]) => value === undefined).map(([field]) => field);
  const [first] = holes;
  if (first !== undefined) {
    const names = holes.map(({ name, label }) => `${name}(${label})`).join(', ');
    throw bad(api, first.name, `빠졌습니다. 적어야 하는 입력: ${names}.`);
  }
  return { ...Object.fromEntries(known.map(([{ name }, value]) => [name, value ?? ''])), ...given };
}

/** The REST API a word names. Throws for channels, orders and the calls that hand out secrets. */
function callable(word: string | undefined): RestApi {
  const api = namedApi(word);
  if (api.kind === 'ws')
    throw new AppError('INPUT_INVALID', { where: api.id, why: '실시간 채널이라 한 번 부를 수 없습니다.' });
  if (isOrderApi(api)) throw new AppError('KIS_ORDER_API', { id: api.id });
  return api;
}

function endpointOf(flags: Flags): 'official' | 'emulator' | null {
  return flags.optional('endpoint') === null ? null : flags.oneOf('endpoint', ['official', 'emulator']);
}

const isRows = (block: unknown): block is readonly Readonly<Record<string, string>>[] => Array.isArray(block);

/** A block with the Korean names of its fields. */
function blockText(api: RestApi, name: string, block: unknown): string {
  const fields = api.response[name]?.fields ?? [];
  const label = (field: string): string =>
    fields.find((each) => each.name.toLowerCase() === field.toLowerCase())?.label ?? field;
  if (!isRows(block)) {
    const pairs = Object.entries((block ?? {}) as Readonly<Record<string, string>>);
    const lines = pairs.map(([field, value]) => [`${label(field)} (${field})`, value.trim()] as const);
    return `[${name}]\n${lines.length === 0 ? '없습니다.' : facts(lines)}`;
  }
  const names = Object.keys(block[0] ?? {});
  const shown = names.slice(0, MOST_COLUMNS);
  const rows = block.map((row) => shown.map((field) => (row[field] ?? '').trim()));
  const more = names.length > shown.length ? `\n필드 ${names.length - shown.length}개가 더 있습니다(--json).` : '';
  return `[${name}: ${block.length}건]\n${table(shown.map(label), rows)}${more}`;
}

function human(api: RestApi, answer: Answer, added: readonly (readonly [string, string])[]): string {
  const { trId, messageCode, message, blocks, complete, pages, synthetic } = answer;
  const head = facts([
    ['API', `${api.id} ${api.name}`],
    ['TR ID', trId],
    ['응답', `${message.trim()} (${messageCode})`],
    ['쪽', complete ? pages : `${pages}쪽까지, 더 있습니다(--all).`],
    ...(added.length > 0 ? [['채운 입력', added.map((pair) => pair.join('=')).join(' ')] as const] : []),
    ...(synthetic ? [['자료', '에뮬레이터가 지어낸 값입니다.'] as const] : []),
  ]);
  const shown = Object.entries(blocks).filter(([name, block]) => name !== 'top' || Object.keys(block ?? {}).length > 0);
  return [head, ...shown.map(([name, block]) => blockText(api, name, block))].join('\n\n');
}

export const kisCall: Command = {
  name: 'kis call',
  summary: '주문이 아닌 API 하나를 부릅니다.',
  takes: 'ID',
  options: {
    env: {
      kind: 'text',
      value: 'simulator|paper|real',
      summary: 'simulator는 이 프로그램 안의 에뮬레이터, paper는 모의투자, real은 실전투자. 적지 않으면 simulator',
    },
    endpoint: {
      kind: 'text',
      value: 'official|emulator',
      summary: '증권사 서버인지 에뮬레이터인지. 적지 않으면 연결대로',
    },
    param: { kind: 'text', value: 'NAME=VALUE', repeatable: true, summary: '입력 하나. 여러 번 적습니다.' },
    all: { kind: 'flag', summary: '마지막 쪽까지' },
  },
  async run({ args, flags, core, result }) {
    const api = callable(args[0]);
    const env = flags.oneOf('env', ['simulator', 'paper', 'real']);
    const endpoint = endpointOf(flags);
    const given = readParams(api, flags.all('param'));
    const params = completed(api, given, env);
    const client = await core();
    const answer = await client.kis.call({ api: api.id, env, endpoint, params, all: flags.has('all') });
    const added = Object.entries(params).filter(([name]) => !Object.hasOwn(given, name));
    result(answer, () => human(api, answer, added));
    return undefined;
  },
};
