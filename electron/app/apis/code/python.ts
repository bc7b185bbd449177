/** A call in Python's own library, and a channel with the package `websockets`. */
import type { CodeCall, CodeChannel, CodeField } from './question.ts';

/** JSON's texts are Python's, too. */
function valueText(field: CodeField): string {
  return 'text' in field ? JSON.stringify(field.text) : `os.environ["${field.variable}"]`;
}

const ENVIRONMENT =
  '# 키와 계좌는 환경 변수에서 읽습니다: KIS_APP_KEY, KIS_APP_SECRET, KIS_ACCOUNT_NO, KIS_ACCOUNT_PRODUCT';

export function callAsPython({ api, trId, restUrl, fields }: CodeCall): string {
  const get = api.method === 'GET';
  return [
    `# ${api.name} (${api.id})`,
    ENVIRONMENT,
    'import json',
    'import os',
    'import urllib.parse',
    'import urllib.request',
    '',
    `URL = os.environ.get("KIS_URL", ${JSON.stringify(restUrl)})`,
    'KEY, SECRET = os.environ["KIS_APP_KEY"], os.environ["KIS_APP_SECRET"]',
    '',
    '',
    'def send(path, headers, body=None):',
    '    data = None if body is None else json.dumps(body).encode()',
    '    request = urllib.request.Request(URL + path, data=data, headers=headers)',
    '    with urllib.request.urlopen(request, timeout=10) as answer:',
    '        return json.load(answer)',
    '',
    '',
    '# 토큰은 1분에 한 번만 받을 수 있습니다. 받아 둔 것을 KIS_TOKEN에 두면 그것을 씁니다.',
    'token = os.environ.get("KIS_TOKEN") or send(',
    '    "/oauth2/tokenP", {"content-type": "application/json"},',
    '    {"grant_type": "client_credentials", "appkey": KEY, "appsecret": SECRET})["access_token"]',
    'fields = {',
    ...fields.map((field) => `    ${JSON.stringify(field.name)}: ${valueText(field)},`),
    '}',
    'headers = {',
    '    "content-type": "application/json; charset=utf-8",',
    '    "authorization": "Bearer " + token,',
    '    "appkey": KEY,',
    '    "appsecret": SECRET,',
    ...(trId === null ? [] : [`    "tr_id": ${JSON.stringify(trId)},`, '    "custtype": "P",']),
    '}',
    get
      ? `answer = send("${api.path}?" + urllib.parse.urlencode(fields), headers)`
      : `answer = send("${api.path}", headers, fields)`,
    'print(json.dumps(answer, ensure_ascii=False, indent=2))',
    '',
  ].join('\n');
}

export function channelAsPython({ api, trId, restUrl, wsUrl, key }: CodeChannel): string {
  return [
    `# ${api.name} (${api.id})`,
    `${ENVIRONMENT}${key === null ? ', KIS_HTS_ID' : ''}`,
    '# 먼저: pip install websockets',
    'import asyncio',
    'import json',
    'import os',
    'import urllib.request',
    '',
    'import websockets',
    '',
    `URL = os.environ.get("KIS_URL", ${JSON.stringify(restUrl)})`,
    `WS_URL = os.environ.get("KIS_WS_URL", ${JSON.stringify(wsUrl)})`,
    `TR_ID = ${JSON.stringify(trId)}`,
    `TR_KEY = ${key === null ? 'os.environ["KIS_HTS_ID"]' : JSON.stringify(key)}`,
    `COLUMNS = ${JSON.stringify(api.columns.map(({ name }) => name))}`,
    '',
    '',
    'def approval_key():',
    '    body = {"grant_type": "client_credentials",',
    '            "appkey": os.environ["KIS_APP_KEY"], "secretkey": os.environ["KIS_APP_SECRET"]}',
    '    request = urllib.request.Request(URL + "/oauth2/Approval", data=json.dumps(body).encode(),',
    '                                     headers={"content-type": "application/json"})',
    '    with urllib.request.urlopen(request, timeout=10) as answer:',
    '        return json.load(answer)["approval_key"]',
    '',
    '',
    'async def main():',
    '    async with websockets.connect(WS_URL + "/tryitout", ping_interval=None) as socket:',
    '        await socket.send(json.dumps({',
    '            "header": {"approval_key": approval_key(), "custtype": "P", "tr_type": "1", "content-type": "utf-8"},',
    '            "body": {"input": {"tr_id": TR_ID, "tr_key": TR_KEY}},',
    '        }))',
    '        async for text in socket:',
    '            if text.startswith("{"):',
    '                if json.loads(text)["header"]["tr_id"] == "PINGPONG":',
    '                    await socket.send(text)',
    '                else:',
    '                    print(text)',
    '                continue',
    '            sealed, tr_id, count, payload = text.split("|", 3)',
    ...(api.encrypted
      ? [
          '            # 체결통보는 등록 응답의 key와 iv로 푸는 AES-256-CBC입니다. 푸는 일은 마루의 클라이언트가 합니다.',
        ]
      : []),
    '            values = payload.split("^")',
    '            width = len(values) // int(count)',
    '            for start in range(0, len(values), width):',
    '                print(dict(zip(COLUMNS, values[start:start + width])))',
    '',
    '',
    'asyncio.run(main())',
    '',
  ].join('\n');
}
