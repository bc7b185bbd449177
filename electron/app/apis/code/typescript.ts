/** A call or a channel in TypeScript, over the client of this project. */
import type { CodeCall, CodeChannel, CodeField } from './question.ts';

const OPEN = (environment: string): readonly string[] => [
  "import { openKisClient } from '#core/app/kis/client.ts';",
  '',
  '// 키와 계좌는 환경 변수에서 읽습니다. KIS_URL과 KIS_WS_URL은 오프라인 KIS의 주소이고, 없으면 증권사 서버입니다.',
  "const { KIS_APP_KEY = '', KIS_APP_SECRET = '', KIS_ACCOUNT = '', KIS_HTS_ID, KIS_URL, KIS_WS_URL } = process.env;",
  'const kis = openKisClient({',
  `  environment: '${environment}',`,
  '  appKey: KIS_APP_KEY,',
  '  appSecret: KIS_APP_SECRET,',
  '  account: KIS_ACCOUNT, // "12345678-01"',
  '  htsId: KIS_HTS_ID,',
  '  restUrl: KIS_URL,',
  '  wsUrl: KIS_WS_URL,',
  '});',
  '',
];

const HEAD = '// 이 저장소 안에 파일로 두고 Node 24로 실행하세요.';

/** Fields that the client fills from the keys are left out. */
function objectText(fields: readonly CodeField[]): readonly string[] {
  return fields.flatMap((field) =>
    'text' in field ? [`    ${JSON.stringify(field.name)}: ${JSON.stringify(field.text)},`] : [],
  );
}

export function callAsTypeScript({ api, environment, fields, selectors }: CodeCall): string {
  const chosen = Object.entries(selectors);
  return [
    `// ${api.name} (${api.id})`,
    HEAD,
    ...OPEN(environment),
    'const { pages, complete } = await kis.pages({',
    `  api: '${api.id}',`,
    '  params: {',
    ...objectText(fields),
    '  },',
    ...(chosen.length === 0 ? [] : [`  select: ${JSON.stringify(Object.fromEntries(chosen))},`]),
    '});',
    'for (const { blocks } of pages) console.log(JSON.stringify(blocks, null, 2));',
    "if (!complete) console.error('마지막 쪽까지 오지 못했습니다.');",
    'await kis.close();',
    '',
  ].join('\n');
}

export function channelAsTypeScript({ api, environment, key }: CodeChannel): string {
  return [
    `// ${api.name} (${api.id})`,
    HEAD,
    ...OPEN(environment),
    'kis.want({',
    `  api: '${api.id}',`,
    `  key: ${key === null ? "KIS_HTS_ID ?? ''" : JSON.stringify(key)},`,
    "  rank: 'focus',",
    '  record: (record) => console.log(JSON.stringify(record)),',
    '  state: (state) => console.error(state),',
    '});',
    "process.once('SIGINT', () => void kis.close());",
    '',
  ].join('\n');
}
