/** JSON messages of a socket: what a client asks, and the acknowledgements with their codes. */
import type { CipherKeys } from './cipher.ts';

/** @source protocol.md §10 */
export const SPOKEN = {
  OPSP0000: 'SUBSCRIBE SUCCESS',
  OPSP0001: 'UNSUBSCRIBE SUCCESS',
  OPSP0002: 'ALREADY IN SUBSCRIBE',
  OPSP0003: 'UNSUBSCRIBE ERROR(not found!)',
  OPSP0007: 'SUBSCRIBE INTERNAL ERROR',
  OPSP0008: 'MAX SUBSCRIBE OVER',
  OPSP0009: 'SUBSCRIBE ERROR : mci send failed',
  OPSP0010: 'SUBSCRIBE WARNING : invalid appkey',
  OPSP0011: 'invalid approval(appkey) : NOT FOUND',
  OPSP8991: 'SUBSCRIBE ERROR : invalid tr_id',
  OPSP8992: 'SUBSCRIBE ERROR : invalid tr_key',
  OPSP8996: 'ALREADY IN USE appkey',
  OPSP8997: 'JSON PARSING ERROR : invalid tr_type',
  OPSP8998: 'JSON PARSING ERROR : invalid custtype',
  OPSP9990: 'JSON PARSING ERROR : tr_key not found',
  OPSP9991: 'JSON PARSING ERROR : input not found',
  OPSP9992: 'JSON PARSING ERROR : body not found',
  OPSP9994: 'JSON PARSING ERROR : appkey not found',
  OPSP9997: 'JSON PARSING ERROR : custtype not found',
  OPSP9998: 'JSON PARSING ERROR : header not found',
  OPSP9999: 'JSON PARSING ERROR : invalid json format',
} as const;
export type SpokenCode = keyof typeof SPOKEN;

/** What a client asks for. */
export interface Wish {
  /** null: older clients name their app key and secret instead. */
  readonly approvalKey: string | null;
  readonly appKey: string | null;
  readonly appSecret: string | null;
  readonly subscribe: boolean;
  readonly trId: string;
  readonly trKey: string;
}

/** A message that says nothing usable. */
export class Unreadable extends Error {
  readonly code: SpokenCode;

  constructor(code: SpokenCode) {
    super(code);
    this.name = 'Unreadable';
    this.code = code;
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A message as an object; null where it is none. */
export function messageOf(text: string): Json | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Whether a message is the echo of a PINGPONG. */
export function isPingPong(message: Json): boolean {
  const header = message['header'];
  return isObject(header) && header['tr_id'] === 'PINGPONG';
}

/** What a message wishes. Throws Unreadable. */
export function wishOf(message: Json): Wish {
  const header = message['header'];
  if (!isObject(header)) throw new Unreadable('OPSP9998');
  const custtype = textOf(header['custtype']);
  if (custtype === null) throw new Unreadable('OPSP9997');
  if (custtype !== 'P' && custtype !== 'B') throw new Unreadable('OPSP8998');
  const type = header['tr_type'];
  if (type !== '1' && type !== '2') throw new Unreadable('OPSP8997');
  const body = message['body'];
  if (!isObject(body)) throw new Unreadable('OPSP9992');
  const input = body['input'];
  if (!isObject(input)) throw new Unreadable('OPSP9991');
  const trId = textOf(input['tr_id']);
  if (trId === null) throw new Unreadable('OPSP8991');
  if (typeof input['tr_key'] !== 'string') throw new Unreadable('OPSP9990');
  return {
    approvalKey: textOf(header['approval_key']),
    appKey: textOf(header['appkey']),
    appSecret: textOf(header['appsecret'] ?? header['secretkey']),
    subscribe: type === '1',
    trId: trId.trim(),
    trKey: input['tr_key'].trim(),
  };
}

/** An acknowledgement or a refusal. */
export function spoken(
  code: SpokenCode,
  about: { readonly trId: string; readonly trKey: string; readonly encrypted?: boolean },
  keys?: CipherKeys,
): string {
  const success = code === 'OPSP0000' || code === 'OPSP0001';
  const general = code === 'OPSP8996' || code.startsWith('OPSP99') || code === 'OPSP8997' || code === 'OPSP8998';
  return JSON.stringify({
    header: {
      tr_id: general ? '(null)' : about.trId,
      tr_key: general ? '' : about.trKey,
      encrypt: about.encrypted === true && success ? 'Y' : 'N',
    },
    body: {
      rt_cd: success ? '0' : general ? '9' : '1',
      msg_cd: code,
      msg1: SPOKEN[code],
      ...(keys ? { output: { iv: keys.iv, key: keys.key } } : {}),
    },
  });
}

/** The message that asks whether a client still lives. */
export function pingPong(stamp: string): string {
  return JSON.stringify({ header: { tr_id: 'PINGPONG', datetime: stamp } });
}

/** A data frame; `count` records are joined in the payload. */
export function frame(trId: string, count: number, payload: string, secret = false): string {
  return `${secret ? 1 : 0}|${trId}|${String(count).padStart(3, '0')}|${payload}`;
}
