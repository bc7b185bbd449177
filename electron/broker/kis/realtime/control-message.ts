/** The JSON texts of the socket: what we ask, what the server answers, and its PINGPONG. */
import { isSessionDate, kstInstant, timeOfDayMs, type EpochMs } from '#shared/time/index.ts';

/** Longer texts are not control messages. */
const LONGEST = 16_384;
const DATETIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const KEY_LENGTH = 32;
const IV_LENGTH = 16;

/** What the payload of a channel is encrypted with. */
export interface ChannelKeys {
  readonly key: string;
  readonly iv: string;
}

/** An answer to a registration or withdrawal. */
export interface Ack {
  readonly kind: 'ack';
  /** Empty where the server does not say: "(null)". */
  readonly trId: string;
  readonly trKey: string;
  readonly isDone: boolean;
  /** "OPSP0000"; empty where there is none. */
  readonly code: string;
  readonly message: string;
  readonly keys: ChannelKeys | null;
}

/** The server's question whether we live. */
export interface PingPong {
  readonly kind: 'ping';
  /** The server's clock; null where it cannot be read. */
  readonly serverTs: EpochMs | null;
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** "20240102100000" of Korean time. */
function serverTime(value: unknown): EpochMs | null {
  const found = DATETIME.exec(text(value));
  const date = found?.slice(1, 4).join('-') ?? '';
  if (!found || !isSessionDate(date)) return null;
  try {
    return kstInstant(date, timeOfDayMs(found.slice(4).join(':')));
  } catch {
    return null;
  }
}

function channelKeys(output: unknown): ChannelKeys | null {
  const [key, iv] = [text(part(output, 'key')), text(part(output, 'iv'))];
  return key.length === KEY_LENGTH && iv.length === IV_LENGTH ? { key, iv } : null;
}

/** A control message; null where the text is none. */
export function readControl(frame: Buffer): Ack | PingPong | null {
  if (frame.length > LONGEST) return null;
  let message: unknown;
  try {
    message = JSON.parse(frame.toString('utf8'));
  } catch {
    return null;
  }
  const header = part(message, 'header');
  const trId = text(part(header, 'tr_id'));
  if (trId === 'PINGPONG') return { kind: 'ping', serverTs: serverTime(part(header, 'datetime')) };
  const body = part(message, 'body');
  if (typeof body !== 'object' || body === null) return null;
  return {
    kind: 'ack',
    trId: trId === '(null)' ? '' : trId,
    trKey: text(part(header, 'tr_key')),
    isDone: text(part(body, 'rt_cd')) === '0',
    code: text(part(body, 'msg_cd')),
    message: text(part(body, 'msg1')).slice(0, 200),
    keys: channelKeys(part(body, 'output')),
  };
}

/** The text that registers a channel or withdraws it. */
export function askText(wish: {
  readonly approvalKey: string;
  readonly what: 'subscribe' | 'unsubscribe';
  readonly trId: string;
  readonly trKey: string;
}): string {
  const header = {
    approval_key: wish.approvalKey,
    custtype: 'P',
    tr_type: wish.what === 'subscribe' ? '1' : '2',
    'content-type': 'utf-8',
  };
  return JSON.stringify({ header, body: { input: { tr_id: wish.trId, tr_key: wish.trKey } } });
}
