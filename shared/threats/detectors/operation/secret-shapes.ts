/** What secrets of the broker look like in a text: found by shape, told by kind and place, never by their letters. @source resources/kis/keys.json */

/** appKey 앱키 · appSecret 앱시크릿 · token 접근토큰 · named 이름이 붙은 비밀 값 · account 계좌번호 */
export const SECRET_KINDS = ['appKey', 'appSecret', 'token', 'named', 'account'] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

export interface FoundSecret {
  readonly kind: SecretKind;
  /** Where it begins in the text, characters. */
  readonly place: number;
}

/** More in one text are not told apart. */
const MOST_FOUND = 200;
const APP_KEY_LENGTH = 36;
const APP_SECRET_LENGTH = 180;
/** Longest text that is looked at; of a longer one the beginning and the end. */
const LONGEST = 4_194_304;
/** A value with a secret's name is one from this length on. */
const NAMED_LENGTH = 16;

/** Header and payload of a JWT: both are JSON in base64url. */
const TOKEN = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}/g;
const RUN = /[A-Za-z0-9+/]{36,}={0,2}/g;
const NAMED =
  /(?:access[_-]?token|approval[_-]?key|app[_-]?key|app[_-]?secret|secret[_-]?key|api[_-]?key|authorization)\\?["']?\s*[:=]\s*\\?["']?(?:bearer\s+)?([A-Za-z0-9+/=._-]{16,})/gi;
const BEARER = /\bbearer\s+([A-Za-z0-9+/=._-]{16,})/gi;
/** 8 digits, a dash, 2 digits; what hangs on further digits or dashes is another number. */
const ACCOUNT = /(?<![\d-])(\d{8})-\d{2}(?![\d-])/g;
const NAMED_ACCOUNT = /(?:\bcano|계좌\s?번호)\\?["']?\s*[:=]\s*\\?["']?(\d{8})/gi;

/** Random letters mix cases and digits; words, paths and hashes in hex do not. */
function isMixed(run: string): boolean {
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
}

/** true where eight digits are a day of this or the last century: file names are full of them. */
function isDate(digits: string): boolean {
  const [century, month, day] = [digits.slice(0, 2), Number(digits.slice(4, 6)), Number(digits.slice(6))];
  return (century === '19' || century === '20') && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function scan(text: string, offset: number, found: FoundSecret[]): void {
  const taken: [number, number][] = [];
  const add = (kind: SecretKind, from: number, length: number): void => {
    if (taken.length >= MOST_FOUND || taken.some(([start, end]) => from < end && from + length > start)) return;
    taken.push([from, from + length]);
    found.push({ kind, place: offset + from });
  };
  for (const { 0: all, index } of text.matchAll(TOKEN)) add('token', index, all.length);
  for (const { 0: all, index } of text.matchAll(RUN)) {
    const plain = all.replace(/=+$/, '').length;
    if (!isMixed(all)) continue;
    if (all.length === APP_SECRET_LENGTH) add('appSecret', index, all.length);
    else if (plain === APP_KEY_LENGTH && !/[+/=]/.test(all)) add('appKey', index, all.length);
  }
  for (const pattern of [NAMED, BEARER])
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const digits = /\d/.test(value) && /[A-Za-z]/.test(value);
      if (value.length >= NAMED_LENGTH && digits)
        add('named', match.index + match[0].length - value.length, value.length);
    }
  for (const match of text.matchAll(ACCOUNT)) {
    const digits = match[1] ?? '';
    if (!isDate(digits)) add('account', match.index, match[0].length);
  }
  for (const match of text.matchAll(NAMED_ACCOUNT)) add('account', match.index + match[0].length - 8, 8);
}

/** Secrets in a text, in order of place; at most the first and the last 2 MiB of it are looked at. */
export function findSecrets(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  if (text.length <= LONGEST) scan(text, 0, found);
  else {
    const half = LONGEST / 2;
    scan(text.slice(0, half), 0, found);
    scan(text.slice(-half), text.length - half, found);
  }
  return found.sort((a, b) => a.place - b.place);
}
