/** The frames of the protocol and how a socket carries them: JSON text, or `[u32 header length][JSON][bytes]` when bytes travel along. */
import { z } from 'zod';
import { AppError, CATALOG, type ErrorCode, type ErrorEnvelope } from '../errors/index.ts';

/** Largest frame either side sends or reads, bytes. */
export const FRAME_BYTES_LIMIT = 8 * 1_048_576;

const Id = z.int().positive();
const Name = z.string().min(1).max(100);

/** What a client may send. Ids rise by the client's own count over calls and streams together. */
export const ClientFrame = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello'),
    protocol: z.int().nonnegative(),
    /** One-time token of the address that was opened, or the secret an earlier welcome returned. */
    token: z.string().max(200).optional(),
    session: z.string().max(200).optional(),
    focused: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('call'), id: Id, method: Name, input: z.unknown() }),
  z.strictObject({ kind: z.literal('cancel'), id: Id }),
  z.strictObject({ kind: z.literal('open'), id: Id, stream: Name, input: z.unknown() }),
  z.strictObject({ kind: z.literal('ack'), id: Id, batch: z.int().positive() }),
  z.strictObject({ kind: z.literal('close'), id: Id }),
  /** Whether the user is looking at this client: sets how often its streams may send. */
  z.strictObject({ kind: z.literal('focus'), focused: z.boolean() }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

const Envelope = z.strictObject({
  code: z.enum(Object.keys(CATALOG) as [ErrorCode, ...ErrorCode[]]),
  family: z.enum(['input', 'denied', 'refused', 'unknown', 'unavailable', 'bug']),
  messageKo: z.string(),
  actionKo: z.string(),
  retryAfterMs: z.number().nonnegative().exactOptional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  traceId: z.string().exactOptional(),
}) satisfies z.ZodType<ErrorEnvelope>;

/** What a server may send. */
export const ServerFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('welcome'), protocol: z.int(), session: z.string().optional() }),
  z.strictObject({ kind: z.literal('result'), id: Id, value: z.unknown() }),
  /** `id` names the call or opening that this settles; null: the frame itself was at fault. */
  z.strictObject({ kind: z.literal('error'), id: Id.nullable(), error: Envelope }),
  z.strictObject({
    kind: z.literal('item'),
    id: Id,
    /** Counts the batches of the stream from 1; the client acks this number. */
    batch: z.int().positive(),
    /** Number of the last item of the batch, counted from 1; of a snapshot, the last item it contains. */
    seq: z.int().nonnegative(),
    snapshot: z.boolean(),
    items: z.array(z.unknown()),
  }),
  z.strictObject({ kind: z.literal('end'), id: Id, error: Envelope.nullable() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

export type Frame = ClientFrame | ServerFrame;

/** A frame as read from a socket, not validated yet. */
export interface RawFrame {
  readonly frame: unknown;
  readonly bytes: Uint8Array | null;
}

const HEADER_LENGTH_BYTES = 4;
/** Bytes start at a multiple of this, so that columns can be read in place. */
const ALIGNMENT = 8;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

function tooLarge(size: number, limit: number): AppError {
  return new AppError('FRAME_TOO_LARGE', { size, limit });
}

function malformed(why: string): AppError {
  return new AppError('FRAME_MALFORMED', { why });
}

/** UTF-8 size of a text, counted only where its length leaves doubt about the limit. */
function checkText(text: string, limit: number): void {
  if (text.length > limit) throw tooLarge(text.length, limit);
  if (text.length * 3 <= limit) return;
  const size = encoder.encode(text).byteLength;
  if (size > limit) throw tooLarge(size, limit);
}

/** The message a socket carries for a frame; throws FRAME_TOO_LARGE. */
export function encodeFrame(frame: Frame, bytes?: Uint8Array | null, limit = FRAME_BYTES_LIMIT): string | Uint8Array {
  const json = JSON.stringify(frame);
  if (!bytes) {
    checkText(json, limit);
    return json;
  }
  const header = encoder.encode(json);
  const padding = (ALIGNMENT - ((HEADER_LENGTH_BYTES + header.byteLength) % ALIGNMENT)) % ALIGNMENT;
  const headerLength = header.byteLength + padding;
  const size = HEADER_LENGTH_BYTES + headerLength + bytes.byteLength;
  if (size > limit) throw tooLarge(size, limit);
  const message = new Uint8Array(size);
  new DataView(message.buffer).setUint32(0, headerLength, true);
  message.set(header, HEADER_LENGTH_BYTES);
  // Blanks after JSON are still JSON.
  message.fill(0x20, HEADER_LENGTH_BYTES + header.byteLength, HEADER_LENGTH_BYTES + headerLength);
  message.set(bytes, HEADER_LENGTH_BYTES + headerLength);
  return message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed('JSON이 아닙니다.');
  }
}

/** Reads a message of a socket; throws FRAME_MALFORMED or FRAME_TOO_LARGE. The bytes are a view into the message. */
export function decodeFrame(message: unknown, limit = FRAME_BYTES_LIMIT): RawFrame {
  if (typeof message === 'string') {
    checkText(message, limit);
    return { frame: parseJson(message), bytes: null };
  }
  const data = message instanceof ArrayBuffer ? new Uint8Array(message) : message;
  if (!(data instanceof Uint8Array)) throw malformed('글도 바이트도 아닙니다.');
  if (data.byteLength > limit) throw tooLarge(data.byteLength, limit);
  if (data.byteLength < HEADER_LENGTH_BYTES) throw malformed('머리글이 짧습니다.');
  const headerLength = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  const end = HEADER_LENGTH_BYTES + headerLength;
  if (end > data.byteLength) throw malformed('머리글의 길이가 맞지 않습니다.');
  let text: string;
  try {
    text = decoder.decode(data.subarray(HEADER_LENGTH_BYTES, end));
  } catch {
    throw malformed('UTF-8이 아닙니다.');
  }
  return { frame: parseJson(text), bytes: data.subarray(end) };
}
