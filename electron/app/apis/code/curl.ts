/** A call as two lines of curl: a token, then the question. */
import type { CodeCall, CodeField } from './question.ts';

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function pair(field: CodeField): string {
  return 'text' in field ? quoted(`${field.name}=${field.text}`) : `"${field.name}=$${field.variable}"`;
}

/** A JSON body as a shell word; variables stand outside of its quotes. */
function bodyWord(fields: readonly CodeField[]): string {
  const entries = fields.map((field) => {
    const name = JSON.stringify(field.name);
    if ('variable' in field) return `${name}:"'"$${field.variable}"'"`;
    return `${name}:${JSON.stringify(field.text)}`.replaceAll("'", `'\\''`);
  });
  return `'{${entries.join(',')}}'`;
}

/** KIS_URL, KIS_APP_KEY and KIS_APP_SECRET are variables of the shell that runs it. */
export function asCurl({ api, trId, restUrl, fields }: CodeCall): string {
  const get = api.method === 'GET';
  const lines = [
    `# ${api.name} (${api.id})`,
    '# KIS_APP_KEY, KIS_APP_SECRET, KIS_ACCOUNT_NO(앞 8자리), KIS_ACCOUNT_PRODUCT(뒤 2자리)를 환경 변수로 두세요.',
    '# 토큰은 1분에 한 번만 받을 수 있습니다. 받아 둔 것을 KIS_TOKEN에 두면 그것을 씁니다.',
    `KIS_URL="\${KIS_URL:-${restUrl}}"`,
    'if [ -z "$KIS_TOKEN" ]; then',
    `  KIS_TOKEN=$(curl -s "$KIS_URL/oauth2/tokenP" -H 'content-type: application/json' \\`,
    `    -d '{"grant_type":"client_credentials","appkey":"'"$KIS_APP_KEY"'","appsecret":"'"$KIS_APP_SECRET"'"}' \\`,
    `    | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')`,
    'fi',
    '',
    `curl -s ${get ? '-G ' : ''}"$KIS_URL${api.path}" \\`,
    `  -H 'content-type: application/json; charset=utf-8' \\`,
    `  -H "authorization: Bearer $KIS_TOKEN" -H "appkey: $KIS_APP_KEY" -H "appsecret: $KIS_APP_SECRET" \\`,
    ...(trId === null ? [] : [`  -H 'tr_id: ${trId}' -H 'custtype: P' \\`]),
    ...(get ? fields.map((field) => `  --data-urlencode ${pair(field)} \\`) : [`  -d ${bodyWord(fields)} \\`]),
  ];
  // The last line goes on to nothing.
  return `${lines.join('\n').replace(/ \\$/, '')}\n`;
}
