/** What a person enters for a connection, field by field: brought to one form, or refused with the field's own sentence. */
import facts from '#resources/kis/keys.json' with { type: 'json' };
import type { NewKisConnection } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Keys and account of a connection, in the form the broker wants. */
export interface ConnectionKeys {
  readonly appKey: string;
  readonly appSecret: string;
  /** CANO, 8 digits. */
  readonly accountNo: string;
  /** ACNT_PRDT_CD, 2 digits. */
  readonly productCode: string;
  readonly htsId: string | null;
}

/** Lengths of the broker's keys in characters. @source resources/kis/keys.json */
const KEY_LENGTH = { appKey: facts.appKey.characters, appSecret: facts.appSecret.characters } as const;
/** What the broker's screens call the two keys. */
const NAMES = { appKey: '앱키(App Key)', appSecret: '앱시크릿(App Secret)' } as const;
const FULL_PRODUCT = '01';
const PRINTABLE = /^[\x21-\x7e]+$/;
/** Signs that copying from pages and messengers brings along and nobody sees. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;

function bad(field: string, why: string, action: string): AppError {
  return new AppError('CONNECTION_FIELD', { field, why, action });
}

/** Full-width digits and letters become plain ones; what nobody sees goes. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(UNSEEN, '').trim();
}

/** A key as pasted: line breaks, spaces and quotes around it are not part of it. */
function readKey(name: keyof typeof KEY_LENGTH, text: string): string {
  const field = NAMES[name];
  const key = plain(text)
    .replace(/\s+/g, '')
    .replace(/^["'](.*)["']$/, '$1');
  const length = KEY_LENGTH[name];
  if (key === '') throw bad(field, '비어 있습니다.', 'KIS Developers에서 발급받은 값을 붙여 넣으세요.');
  if (!PRINTABLE.test(key)) {
    throw bad(field, '한글이나 쓸 수 없는 글자가 있습니다.', 'KIS Developers 화면의 값을 다시 복사해 붙여 넣으세요.');
  }
  if (key.length === length) return key;
  const other = name === 'appKey' ? 'appSecret' : 'appKey';
  if (key.length === KEY_LENGTH[other]) {
    throw bad(field, `${NAMES[other]}가 들어 있는 것 같습니다.`, '두 값의 자리를 바꾸어 넣으세요.');
  }
  throw bad(
    field,
    `${length}자여야 하는데 ${key.length}자입니다.`,
    '빠지거나 더 들어간 글자가 없도록 다시 복사해 붙여 넣으세요.',
  );
}

/** "12345678-01", "1234567801" or "12345678"; digits may be full-width. */
function readAccount(text: string): Pick<ConnectionKeys, 'accountNo' | 'productCode'> {
  const field = '계좌번호';
  const action = '앞 8자리와 뒤 2자리를 12345678-01처럼 적으세요.';
  const typed = plain(text).replace(/[\s‐‑‒–—−ー]/g, (sign) => (/\s/.test(sign) ? '' : '-'));
  if (typed === '') throw bad(field, '비어 있습니다.', action);
  if (/[^\d-]/.test(typed)) throw bad(field, '숫자가 아닌 글자가 있습니다.', action);
  const parts = /^(\d{8})(?:-?(\d{2}))?$/.exec(typed);
  const [, accountNo, productCode = FULL_PRODUCT] = parts ?? [];
  if (accountNo === undefined) throw bad(field, '8자리 숫자와 2자리 상품코드가 아닙니다.', action);
  return { accountNo, productCode };
}

function readHtsId(text: string | null): string | null {
  const id = plain(text ?? '');
  if (id === '') return null;
  const field = 'HTS ID';
  const action = '한국투자증권 홈페이지나 앱에 로그인할 때 쓰는 ID를 적으세요.';
  if (/\s/.test(id)) throw bad(field, '빈칸이 들어 있습니다.', action);
  if (!PRINTABLE.test(id)) throw bad(field, '한글이나 쓸 수 없는 글자가 있습니다.', action);
  return id;
}

/** Signs in an HTS id that the broker's notices are known to stumble over. */
export function hasSigns(htsId: string): boolean {
  return facts.htsIdSigns.values.some((sign) => htsId.includes(sign));
}

/** Reads the secret fields of an entry. Throws CONNECTION_FIELD for the first that does not fit; no value is ever in the error. */
export function readKeys(entry: Pick<NewKisConnection, 'appKey' | 'appSecret' | 'account' | 'htsId'>): ConnectionKeys {
  return {
    appKey: readKey('appKey', entry.appKey),
    appSecret: readKey('appSecret', entry.appSecret),
    ...readAccount(entry.account),
    htsId: readHtsId(entry.htsId ?? null),
  };
}

/** Product codes of what paper has no accounts for, as the broker calls them. */
const REAL_ONLY: Readonly<Record<string, readonly [account: string, kind: string]>> = {
  '08': ['해외선물옵션', '해외선물옵션'],
  '22': ['개인연금', '연금'],
  '29': ['퇴직연금', '연금'],
};

/** Refuses an account that the environment has none of. Throws CONNECTION_FIELD: paper knows no pensions and no futures abroad. */
export function checkAccount(
  kind: NewKisConnection['kind'],
  { productCode }: Pick<ConnectionKeys, 'productCode'>,
): void {
  const [account, kindKo] = REAL_ONLY[productCode] ?? [];
  if (kind !== 'paper' || account === undefined) return;
  const why = `상품코드 ${productCode}은 ${account} 계좌인데, 모의투자에는 ${kindKo} 계좌가 없습니다.`;
  throw bad('계좌번호', why, '실전투자 연결로 등록하거나, 모의투자 계좌(상품코드 01, 03)를 적으세요.');
}

/** "12******-01" */
export function maskAccount({ accountNo, productCode }: Pick<ConnectionKeys, 'accountNo' | 'productCode'>): string {
  return `${accountNo.slice(0, 2)}${'*'.repeat(accountNo.length - 2)}-${productCode}`;
}
