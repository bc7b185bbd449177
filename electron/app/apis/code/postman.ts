/** The whole catalogue as a collection for Postman, by its schema 2.1. */
import type { KisApi, RestApi } from '#core/catalogue/index.ts';
import { officialAddress } from '../../connections/endpoint.ts';
import { detailOf } from '../detail.ts';
import { FROM_ENVIRONMENT } from './question.ts';
import type { SessionDate } from '#shared/time/index.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** What the user fills in once; the values stay with the user's Postman. */
const VARIABLES = ['KIS_URL', 'KIS_APP_KEY', 'KIS_APP_SECRET', 'KIS_TOKEN', ...Object.values(FROM_ENVIRONMENT)];
/** Keys of the calls that hand out tokens. */
const SECRETS: Readonly<Record<string, string>> = {
  appkey: '{{KIS_APP_KEY}}',
  appsecret: '{{KIS_APP_SECRET}}',
  secretkey: '{{KIS_APP_SECRET}}',
  token: '{{KIS_TOKEN}}',
};

interface Pair {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
}

function fieldsOf(api: RestApi, today: SessionDate): Pair[] {
  return detailOf(api, today)
    .fields.filter(({ sent, name }) => sent && name !== '*')
    .map(({ name, label, start }) => {
      const variable = FROM_ENVIRONMENT[name.toUpperCase()];
      const secret = api.product === 'auth' ? SECRETS[name] : undefined;
      return { key: name, value: variable === undefined ? (secret ?? start) : `{{${variable}}}`, description: label };
    });
}

/** The TR id of the real environment that comes first; the others are in the description. */
function trIdOf(api: KisApi): string | null {
  return api.trId.real ?? api.trIdBy?.find(({ real }) => real !== null)?.real ?? null;
}

function headersOf(api: RestApi): Pair[] {
  const trId = trIdOf(api);
  const own = api.path.startsWith('/oauth2/')
    ? []
    : [
        { key: 'authorization', value: 'Bearer {{KIS_TOKEN}}' },
        { key: 'appkey', value: '{{KIS_APP_KEY}}' },
        { key: 'appsecret', value: '{{KIS_APP_SECRET}}' },
        { key: 'custtype', value: 'P' },
      ];
  return [
    { key: 'content-type', value: 'application/json; charset=utf-8' },
    ...own,
    ...(trId === null ? [] : [{ key: 'tr_id', value: trId }]),
  ];
}

function aboutOf(api: RestApi): string {
  const rules = (api.trIdBy ?? []).map(
    ({ when, real, paper }) => `- ${JSON.stringify(when)}: 실전 ${real ?? '없음'}, 모의 ${paper ?? '없음'}`,
  );
  const { real, paper } = api.trId;
  return [
    `${api.group} · ${api.id}`,
    rules.length > 0 ? `TR ID\n${rules.join('\n')}` : `TR ID: 실전 ${real ?? '없음'}, 모의 ${paper ?? '없음'}`,
    api.paper ? '모의투자에서 됩니다.' : '모의투자에서 되지 않습니다.',
    ...(api.notes ?? []),
  ].join('\n\n');
}

function itemOf(api: RestApi, today: SessionDate): object {
  const fields = fieldsOf(api, today);
  const get = api.method === 'GET';
  const query = fields.map(({ key, value }) => `${key}=${value}`).join('&');
  return {
    name: api.name,
    request: {
      method: api.method,
      header: headersOf(api),
      description: aboutOf(api),
      url: {
        raw: `{{KIS_URL}}${api.path}${get && query !== '' ? `?${query}` : ''}`,
        host: ['{{KIS_URL}}'],
        path: api.path.split('/').filter((part) => part !== ''),
        ...(get ? { query: fields } : {}),
      },
      ...(get
        ? {}
        : {
            body: {
              mode: 'raw',
              raw: JSON.stringify(Object.fromEntries(fields.map(({ key, value }) => [key, value])), null, 2),
              options: { raw: { language: 'json' } },
            },
          }),
    },
    response: [],
  };
}

/** Channels have no place in the schema: they are told of in words. */
function channelsText(apis: readonly KisApi[]): string {
  const lines = apis
    .filter(({ kind }) => kind === 'ws')
    .map((api) => `- ${trIdOf(api) ?? ''}: ${api.name} (${api.id})`);
  return `컬렉션 형식 2.1은 웹소켓을 담지 못합니다. 실시간 채널 ${lines.length}개는 다음과 같습니다.\n${lines.join('\n')}`;
}

/** Folders by group; KIS_URL begins with the broker's real server. */
export function collection(apis: readonly KisApi[], today: SessionDate): object {
  const rest = apis.filter((api): api is RestApi => api.kind === 'rest');
  const groups = [...new Set(rest.map(({ group }) => group))];
  return {
    info: {
      name: '한국투자증권 Open API',
      description: `마루의 API 목록에서 만들었습니다. 변수에 키와 계좌를 넣고 접근토큰발급의 답을 KIS_TOKEN에 두세요.\n\n${channelsText(apis)}`,
      schema: SCHEMA,
    },
    item: groups.map((group) => ({
      name: group,
      item: rest.filter((api) => api.group === group).map((api) => itemOf(api, today)),
    })),
    variable: VARIABLES.map((key) => ({
      key,
      value: key === 'KIS_URL' ? officialAddress('real').restUrl : '',
      type: 'string',
    })),
  };
}
