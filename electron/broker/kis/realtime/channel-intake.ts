/** Takes the frames of one channel in: opens sealed ones, reads the records, and raises an alarm where they are not as expected. */
import type { EpochMs } from '#shared/time/index.ts';
import type { ChannelApi } from '../../../catalogue/index.ts';
import type { ChannelRecord } from '../ports.ts';
import type { ChannelKeys } from './control-message.ts';
import type { FrameHead } from './frame-head.ts';
import { RecordDecoder } from './record-decoder.ts';
import { unseal } from './sealed-frame.ts';

/** Sealed frames kept until their key comes; the oldest goes first. */
const MOST_SEALED = 64;
/** Bytes of a frame that are kept with an alarm. */
const KEPT_BYTES = 65_536;

/** extra, fewer: more or fewer columns than we know · broken: fields that do not divide, no fields · astray: of a key we cannot tell · sealed: cannot be opened */
export type AlarmKind = 'extra' | 'fewer' | 'broken' | 'astray' | 'sealed';

/** Something in a channel that is not as we know it; raised once a kind, then counted. */
export interface ChannelAlarm {
  readonly kind: AlarmKind;
  readonly at: EpochMs;
  /** Fields of the record, where they were counted. */
  readonly fields: number | null;
  /** The first such frame as it came, its first 64 KiB; what was encrypted stays so. */
  readonly frame: Buffer;
  count: number;
}

/** What became of a frame. key: it waits for a key or a better one. */
export type Intake = { readonly records: readonly ChannelRecord[] } | { readonly wants: 'key' };

export class ChannelIntake {
  readonly channel: ChannelApi;
  readonly trId: string;
  readonly alarms = new Map<AlarmKind, ChannelAlarm>();
  readonly #decoder: RecordDecoder;
  readonly #sealed: Buffer[] = [];
  #keys: ChannelKeys | null = null;

  constructor(channel: ChannelApi, trId: string) {
    this.channel = channel;
    this.trId = trId;
    this.#decoder = new RecordDecoder(channel);
  }

  get hasKeys(): boolean {
    return this.#keys !== null;
  }

  /** Forgets the keys: they are of one session. */
  forgetKeys(): void {
    this.#keys = null;
  }

  /** New keys, and the records of the frames that waited for them; what they do not open is lost, with an alarm. */
  takeKeys(keys: ChannelKeys, at: EpochMs, readHead: (frame: Buffer) => FrameHead | null): readonly ChannelRecord[] {
    this.#keys = keys;
    return this.#sealed.splice(0).flatMap((frame) => {
      const head = readHead(frame);
      const plain = head && unseal(frame.subarray(head.at), keys);
      if (!plain) {
        this.raise('sealed', { frame, at, fields: null });
        return [];
      }
      return this.#decode(plain, 0, { count: head.count, at, frame });
    });
  }

  /** Reads a frame. */
  take(frame: Buffer, head: FrameHead, at: EpochMs): Intake {
    if (!head.encrypted) return { records: this.#decode(frame, head.at, { count: head.count, at, frame }) };
    const plain = this.#keys && unseal(frame.subarray(head.at), this.#keys);
    if (plain) return { records: this.#decode(plain, 0, { count: head.count, at, frame }) };
    if (this.#sealed.length >= MOST_SEALED) this.#sealed.shift();
    this.#sealed.push(frame);
    return { wants: 'key' };
  }

  raise(
    kind: AlarmKind,
    facts: { readonly frame: Buffer; readonly at: EpochMs; readonly fields: number | null },
  ): void {
    const known = this.alarms.get(kind);
    if (known) {
      known.count += 1;
      return;
    }
    const frame = Buffer.from(facts.frame.subarray(0, KEPT_BYTES));
    this.alarms.set(kind, { kind, at: facts.at, fields: facts.fields, frame, count: 1 });
  }

  #decode(
    bytes: Buffer,
    start: number,
    facts: { readonly count: number; readonly at: EpochMs; readonly frame: Buffer },
  ): readonly ChannelRecord[] {
    const decoded = this.#decoder.decode(bytes, start, facts.count);
    if ('fault' in decoded) {
      this.raise('broken', { ...facts, fields: null });
      return [];
    }
    if (decoded.note) this.raise(decoded.note, { ...facts, fields: decoded.fields });
    return decoded.records;
  }
}
