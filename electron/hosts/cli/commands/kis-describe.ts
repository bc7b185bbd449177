/** `kis describe`: all that is known of one API. */
import {
  isOrderApi,
  kisCatalogue,
  type ChannelApi,
  type KisApi,
  type RequestField,
  type ResponseField,
  type RestApi,
} from '#core/catalogue/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Command } from '../command.ts';
import { facts, table, type Cell } from '../table.ts';
import { KIND_KO, trIdsOf } from './kis-list.ts';

/** The API that a word names: its id, or one of its TR ids. Throws KIS_API_UNKNOWN with the nearest names. */
export function namedApi(word: string | undefined): KisApi {
  if (word === undefined)
    throw new AppError('INPUT_INVALID', { where: 'ID', why: 'API 이름이나 TR ID를 적으세요. `kis list`에 있습니다.' });
  const catalogue = kisCatalogue();
  const found = catalogue.find(word) ?? catalogue.apis.find((api) => trIdsOf(api).includes(word.toUpperCase()));
  if (found === undefined) throw catalogue.unknown(word);
  return found;
}

function valuesText(values: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(values ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([code, name]) => `${code === '' ? '(빈 값)' : code} ${name}`).join(' · ');
}

function needText({ required, blank }: RequestField): string {
  if (!required) return '선택';
  return blank === true ? '필수(빈 값 가능)' : '필수';
}

function requestTable(request: readonly RequestField[]): string {
  const rows = request.map((field) => [
    field.name,
    field.label,
    needText(field),
    field.maxLen ?? null,
    field.example ?? field.default ?? '',
    [valuesText(field.values), field.note ?? ''].filter((text) => text !== '').join(' / '),
  ]);
  return table(['이름', '뜻', '입력', '길이', '예', '값'], rows);
}

function fieldTable(fields: readonly ResponseField[], numbered: boolean): string {
  const rows = fields.map(({ name, label, numeric, values }, place) => [
    ...(numbered ? [place + 1] : []),
    name,
    label,
    numeric === true ? '숫자' : '',
    valuesText(values),
  ]);
  return table([...(numbered ? ['순서'] : []), '이름', '뜻', '형태', '값'], rows);
}

/** Where the TR id depends on something: one line a rule. */
function ruleLines({ trIdBy = [] }: KisApi): readonly (readonly [string, Cell])[] {
  return trIdBy.map(({ when, real, paper }) => {
    const on = Object.entries(when).map(
      ([key, value]) => `${key}=${typeof value === 'string' ? value : value.join('|')}`,
    );
    return [`TR ID ${on.join(', ')}`, `실전 ${real ?? '없음'} · 모의 ${paper ?? '없음'}`] as const;
  });
}

function sizeText({ pageSize }: RestApi): string {
  if (pageSize === undefined) return '알려지지 않음';
  const { rows, real, paper, noNext } = pageSize;
  const counts = [
    ...(rows === undefined ? [] : [`${rows}건`]),
    ...(real === undefined ? [] : [`실전 ${real}건`]),
    ...(paper === undefined ? [] : [`모의 ${paper}건`]),
  ];
  return counts.join(' · ') + (noNext === true ? ', 다음 쪽 없음' : '');
}

function pagingText({ paging, trCont }: RestApi): string {
  if (paging === null) return '한 쪽';
  const { kind, keys, responseKeys, how } = paging;
  const ways = { tr_cont: '헤더 tr_cont', key: '입력값', time: '날짜·시각' } as const;
  const carried = responseKeys.length > 0 ? ` ← ${responseKeys.join(', ')}` : '';
  const denied = trCont === false && kind === 'tr_cont' ? '포털은 연속조회가 안 된다고 합니다' : '';
  return [ways[kind], `${keys.join(', ')}${carried}`, how ?? '', denied].filter((text) => text !== '').join(' / ');
}

function restFacts(api: RestApi): readonly (readonly [string, Cell])[] {
  return [
    ['부르는 법', `${api.method} ${api.path}`],
    ['쪽', pagingText(api)],
    ['한 쪽에', sizeText(api)],
    ...(api.rateNote === undefined ? [] : [['호출 빈도', api.rateNote] as const]),
  ];
}

function channelFacts(api: ChannelApi): readonly (readonly [string, Cell])[] {
  return [
    ['키', api.keyExample === undefined ? api.key : `${api.key} · ${api.keyExample}`],
    ['암호화', api.encrypted ? '예' : '아니요'],
  ];
}

function sections(api: KisApi): readonly string[] {
  if (api.kind === 'ws') return [`[열]\n${fieldTable(api.columns, true)}`];
  const blocks = Object.entries(api.response).map(([name, { kind, guessed, fields }]) => {
    const shape = kind === 'array' ? '목록' : '한 건';
    return `[응답 ${name}: ${shape}${guessed === true ? '(추정)' : ''}]\n${fieldTable(fields, false)}`;
  });
  return [`[입력]\n${requestTable(api.request)}`, ...blocks];
}

function human(api: KisApi): string {
  const { trId } = api;
  const head = facts([
    ['이름', api.id],
    ['설명', api.repoName === undefined ? api.name : `${api.name} (예제: ${api.repoName})`],
    ['분류', api.group],
    ['종류', isOrderApi(api) ? 'REST, 주문을 내는 API' : KIND_KO[api.kind]],
    ...(api.trIdBy
      ? ruleLines(api)
      : [['TR ID', `실전 ${trId.real ?? '없음'} · 모의 ${trId.paper ?? '없음'}`] as const]),
    ...(api.oldTrIds ? [['옛 TR ID', api.oldTrIds.join(', ')] as const] : []),
    ['모의투자', api.paper ? '됩니다' : '되지 않습니다'],
    ...(api.kind === 'rest' ? restFacts(api) : channelFacts(api)),
    ...(api.portalId === undefined ? [] : [['포털 번호', api.portalId] as const]),
    ...(api.hts === undefined ? [] : [['HTS 화면', api.hts] as const]),
    ['공식 목록', api.inOfficialList ? '있음' : '없음'],
  ]);
  const notes = api.notes === undefined ? [] : [`[덧붙임]\n${api.notes.map((note) => `- ${note}`).join('\n')}`];
  return [head, ...sections(api), ...notes].join('\n\n');
}

export const kisDescribe: Command = {
  name: 'kis describe',
  summary: '한국투자증권 API 하나의 주소, TR ID, 입력과 응답을 보여 줍니다.',
  takes: 'ID',
  options: {},
  run({ args, result }) {
    const api = namedApi(args[0]);
    result({ ...api, order: isOrderApi(api) }, () => human(api));
    return Promise.resolve(undefined);
  },
};
