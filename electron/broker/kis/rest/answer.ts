/** Reads what the broker answered: the envelope of a call, or the other shape of the token calls; anything else is said plainly. */
import type { HttpAnswer } from '#core/platform/index.ts';
import type { KisAnswer, KisRow } from '../ports.ts';

/**
 * refusal: the broker answered with a code · bad: what came is no answer of the broker, for example a page of a proxy
 * or half a text; the words stand in resources/kis/error-codes.json.
 */
export type ReadAnswer =
  | { readonly kind: 'ok'; readonly answer: KisAnswer }
  | { readonly kind: 'refusal'; readonly code: string; readonly text: string; readonly status: number }
  | { readonly kind: 'bad'; readonly why: BadAnswer; readonly status: number };

export type BadAnswer = 'empty' | 'html' | 'redirect' | 'proxyPage' | 'truncated' | 'shape' | 'status';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every value as text, as the broker means it: numbers that came as numbers, nothing for null. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function asRow(value: unknown): KisRow {
  if (!isRecord(value)) return { value: asText(value) };
  return Object.fromEntries(Object.entries(value).map(([name, cell]) => [name, asText(cell)]));
}

/** Header by which an offline KIS says that it made an answer up. @source docs/emulator.md */
const MADE_UP = 'x-emulator-data';

const ENVELOPE = new Set(['rt_cd', 'msg_cd', 'msg1']);

function toAnswer(body: Readonly<Record<string, unknown>>, more: boolean): KisAnswer {
  const blocks: [string, KisRow | KisRow[]][] = [];
  const top: [string, string][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (ENVELOPE.has(name)) continue;
    if (Array.isArray(value)) blocks.push([name, value.map(asRow)]);
    else if (isRecord(value)) blocks.push([name, asRow(value)]);
    else top.push([name, asText(value)]);
  }
  return {
    blocks: Object.fromEntries(blocks),
    top: Object.fromEntries(top),
    messageCode: asText(body['msg_cd']).trim(),
    message: asText(body['msg1']).trim(),
    more,
  };
}

/** Why a body is no JSON object. */
function unreadable(text: string, status: number): BadAnswer {
  const start = text.trimStart().slice(0, 1);
  if (status === 407) return 'proxyPage';
  if (status >= 300 && status < 400) return 'redirect';
  if (start === '') return 'empty';
  if (start === '<') return 'html';
  return start === '{' || start === '[' ? 'truncated' : 'shape';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads an answer. `envelope` false: a call without rt_cd (tokens, hashkey), where HTTP 200 without an error is success. */
export function readAnswer(http: HttpAnswer, options: { readonly envelope: boolean }): ReadAnswer {
  const { status } = http;
  const text = http.body.toString('utf8');
  const body = parse(text);
  const bad = (why: BadAnswer): ReadAnswer => ({ kind: 'bad', why, status });
  if (!isRecord(body)) return bad(body === undefined ? unreadable(text, status) : 'shape');
  // The code counts before the status: errors of the gateway come with 500 or 403, those of the business with 200.
  const result = asText(body['rt_cd']).trim();
  if (result !== '' && result !== '0') {
    const code = asText(body['msg_cd']).trim();
    return { kind: 'refusal', code, text: asText(body['msg1']).trim(), status };
  }
  const errorCode = asText(body['error_code']).trim();
  if (errorCode !== '')
    return { kind: 'refusal', code: errorCode, text: asText(body['error_description']).trim(), status };
  if (status !== 200) return bad('status');
  if (result === '' && options.envelope) return bad('shape');
  const next = http.headers['tr_cont']?.trim() ?? '';
  const answer = toAnswer(body, next === 'F' || next === 'M');
  return { kind: 'ok', answer: http.headers[MADE_UP] === 'synthetic' ? { ...answer, synthetic: true } : answer };
}
