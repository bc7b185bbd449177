/** What must never reach a log: secrets by the name of their key, by their shape in any text, and account numbers. */

const HIDDEN = '[가림]';
const MAX_DEPTH = 6;
const MAX_ENTRIES = 200;
const MAX_TEXT = 8_192;

/** Keys whose value is a secret, whatever it looks like. Compared without case, `_` and `-`. */
const SECRET_KEY =
  /token|secret|password|passwd|passphrase|appkey|apikey|approvalkey|authorization|credential|cookie|privatekey|hashkey|mnemonic|^key$|^iv$|^session$|sessionid/;

/** Keys whose value is an account number (KIS: CANO 8 digits, ACNT_PRDT_CD 2 digits). */
const ACCOUNT_KEY = /^cano$|^acnt|accountno|accountnumber|계좌번호/;

/** An account number written as 8 digits, a dash, 2 digits. */
const ACCOUNT_TEXT = /(?<!\d)(\d{2})\d{6}-\d{2}(?!\d)/g;

/** `appsecret=…`, `"token":"…"`, `Authorization: Bearer …` inside a text. */
const NAMED_SECRET =
  /((?:access[_-]?token|approval[_-]?key|app[_-]?key|app[_-]?secret|api[_-]?key|token|secret|password|passwd|authorization|session)\\*["']?\s*[:=]\s*\\*["']?(?:bearer\s+|basic\s+)?)([^\s"'\\,;&}]{4,})/gi;

const BEARER = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** A long run of base64 or token characters; judged by `looksSecret`. */
const LONG_RUN = /[A-Za-z0-9+/_=-]{24,}/g;

/** Random text mixes cases and digits; words, paths, hashes in hex and our own ids do not. */
function looksSecret(run: string): boolean {
  return run
    .split('/')
    .some((part) => part.length >= 20 && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part));
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[_-]/g, '');
}

function maskAccount(value: unknown): string {
  return `${String(value).slice(0, 2)}******`;
}

/** The last pass over a finished line: hides what has the shape of a secret and shortens account numbers to two digits. */
export function scrubText(text: string): string {
  return text
    .replace(NAMED_SECRET, (_, name: string) => `${name}${HIDDEN}`)
    .replace(BEARER, (_, scheme: string) => `${scheme} ${HIDDEN}`)
    .replace(UUID, HIDDEN)
    .replace(ACCOUNT_TEXT, '$1******')
    .replace(LONG_RUN, (run) => (looksSecret(run) ? HIDDEN : run));
}

function redactObject(source: object, depth: number): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  let count = 0;
  for (const [key, value] of Object.entries(source)) {
    count += 1;
    if (count > MAX_ENTRIES) {
      target['…'] = 'more';
      break;
    }
    const plain = plainKey(key);
    if (SECRET_KEY.test(plain)) target[key] = HIDDEN;
    else if (ACCOUNT_KEY.test(plain)) target[key] = maskAccount(value);
    else target[key] = redactValue(value, depth + 1);
  }
  return target;
}

/** Errors keep their name, message, code and stack, which JSON would drop. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const facts: Record<string, unknown> = { name: error.name, message: error.message, stack: error.stack };
  if (error.cause !== undefined) facts['cause'] = redactValue(error.cause, depth + 1);
  return { ...redactObject(error, depth), ...facts };
}

/** A copy that is safe to write: secret keys hidden, account numbers shortened, depth, width and text bounded. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return redactObject(Object.fromEntries(value) as object, depth);
  if (value instanceof Set) return redactValue([...value], depth);
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => redactValue(item, depth + 1));
  return redactObject(value, depth);
}

/** The facts of a log entry made safe. */
export function redactFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(facts, 0);
}
