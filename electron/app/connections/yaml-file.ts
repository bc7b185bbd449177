/** What a kis_devlp.yaml holds: the file in which the broker's own samples keep keys and accounts. */
import { isMap, isScalar, parseDocument, type YAMLError } from 'yaml';
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { EndpointKind, KisKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { hostOf, officialAddress } from './endpoint.ts';

/** An entry as the file tells it, not checked yet. */
export interface YamlEntry {
  /** How the user finds it in the file. */
  readonly nameKo: string;
  readonly entry: NewKisConnection;
}

export interface YamlContent {
  readonly entries: readonly YamlEntry[];
  /** What was left aside, with the reason. */
  readonly notesKo: readonly string[];
}

/** Where the file keeps what belongs to one environment. @source koreainvestment/open-trading-api, kis_devlp.yaml */
const FIELDS = {
  real: {
    key: 'my_app',
    secret: 'my_sec',
    stock: ['my_acct_stock', 'my_acct'],
    future: ['my_acct_future'],
    rest: 'prod',
    ws: 'ops',
    nameKo: '실전',
  },
  paper: {
    key: 'paper_app',
    secret: 'paper_sec',
    stock: ['my_paper_stock'],
    future: ['my_paper_future'],
    rest: 'vps',
    ws: 'vops',
    nameKo: '모의',
  },
} as const;
const FULL_PRODUCT = '01';
/** 국내선물옵션 @source kis protocol facts §1 */
const FUTURES_PRODUCT = '03';

/** The library's own words repeat the line of the file, secrets and all; ours do not. */
function wordsOf(error: YAMLError | undefined): string {
  switch (error?.code) {
    case 'DUPLICATE_KEY':
      return '같은 이름이 두 번 나옵니다.';
    case 'TAB_AS_INDENT':
      return '들여쓰기에 탭이 있습니다. 빈칸으로 바꾸세요.';
    case 'MISSING_CHAR':
      return '따옴표나 괄호가 닫히지 않았습니다.';
    case 'BAD_INDENT':
      return '들여쓰기가 맞지 않습니다.';
    default:
      return 'YAML 문법에 맞지 않습니다.';
  }
}

function readFields(text: string): ReadonlyMap<string, string> {
  // Every value as its text: an account number that begins with 0 must not become a number.
  const document = parseDocument(text.replace(/^\ufeff/, ''), {
    schema: 'failsafe',
    prettyErrors: true,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) throw new AppError('YAML_BAD', { line: error.linePos?.[0].line ?? 1, why: wordsOf(error) });
  const { contents } = document;
  if (contents === null) throw new AppError('YAML_EMPTY');
  if (!isMap(contents)) throw new AppError('YAML_BAD', { line: 1, why: '이름: 값의 목록이 아닙니다.' });
  const fields = new Map<string, string>();
  for (const { key, value } of contents.items) {
    // With this schema every scalar is the text that stands there.
    if (isScalar<string>(key) && isScalar<string>(value)) fields.set(key.value.trim(), value.value.trim());
  }
  return fields;
}

/** The sample file comes with Korean words in the place of values. */
function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== '' && !/[가-힣]/.test(value);
}

function firstGiven(fields: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  return names.map((name) => fields.get(name)).find(isGiven) ?? null;
}

function addressNote(fields: ReadonlyMap<string, string>, kind: KisKind): string | null {
  const { rest, nameKo } = FIELDS[kind];
  const typed = fields.get(rest);
  const url = isGiven(typed) ? URL.parse(typed) : null;
  if (url === null || url.host === hostOf(officialAddress(kind).restUrl)) return null;
  return `${nameKo} 주소(${rest})는 증권사 공식 주소가 아니어서 쓰지 않고, 공식 주소로 가져왔습니다. 오프라인 KIS의 파일이면 오프라인 KIS로 가져오세요.`;
}

/** Reads the text of a file. Throws YAML_BAD with the line, and YAML_EMPTY where no keys are in it. */
export function readYaml(text: string, endpoint: EndpointKind): YamlContent {
  const fields = readFields(text);
  const entries: YamlEntry[] = [];
  const notesKo: string[] = [];
  for (const kind of ['real', 'paper'] as const) {
    const { key, secret, stock, future, rest, ws, nameKo } = FIELDS[kind];
    const [appKey, appSecret] = [fields.get(key), fields.get(secret)];
    if (!isGiven(appKey) && !isGiven(appSecret)) continue;
    const emulator = endpoint === 'emulator';
    const base = {
      kind,
      endpoint,
      restUrl: emulator ? (fields.get(rest) ?? null) : null,
      wsUrl: emulator ? (fields.get(ws) ?? null) : null,
      appKey: appKey ?? '',
      appSecret: appSecret ?? '',
      htsId: isGiven(fields.get('my_htsid')) ? (fields.get('my_htsid') ?? null) : null,
      issuedOn: null,
    };
    const product = fields.get('my_prod');
    const [stockAccount, futureAccount] = [firstGiven(fields, stock), firstGiven(fields, future)];
    if (stockAccount === null && futureAccount === null) {
      notesKo.push(`${nameKo}: 계좌번호(${stock[0]})가 없어 가져오지 않았습니다.`);
    }
    if (stockAccount !== null) {
      const account = withProduct(stockAccount, isGiven(product) ? product : FULL_PRODUCT);
      entries.push({ nameKo, entry: { ...base, label: `kis_devlp ${nameKo}`, account } });
    }
    if (futureAccount !== null) {
      const label = `kis_devlp ${nameKo} 선물옵션`;
      entries.push({ nameKo: label, entry: { ...base, label, account: withProduct(futureAccount, FUTURES_PRODUCT) } });
    }
    const note = emulator ? null : addressNote(fields, kind);
    if (note !== null) notesKo.push(note);
  }
  if (entries.length === 0 && notesKo.length === 0) throw new AppError('YAML_EMPTY');
  return { entries, notesKo };
}

/** The file keeps the two digits apart; an account that has them already keeps its own. */
function withProduct(account: string, product: string): string {
  return /^\D*\d{8}\D*$/.test(account) ? `${account}-${product}` : account;
}
