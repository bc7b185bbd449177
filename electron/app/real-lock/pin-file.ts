/** The PIN of the real environment: a slow hash of it, and how often it was missed, in a file that survives a restart. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { readWhole, replaceFile } from '#core/storage/index.ts';

/** Work of one judgement: about a tenth of a second and 32 MiB. @source OWASP password storage, scrypt N=2^15 r=8 p=3 */
const COST = { N: 32_768, r: 8, p: 3 } as const;
const MAX_MEMORY = 64 * 1_048_576;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Wait after the first, second … wrong PIN in a row, seconds; the last one holds from then on. */
const DELAYS_S = [1, 2, 5, 15, 60, 300, 900, 3_600] as const;

const StoredPin = z.strictObject({
  version: z.literal(1),
  pin: z
    .strictObject({
      N: z.int().min(1_024).max(1_048_576),
      r: z.int().min(1).max(32),
      p: z.int().min(1).max(16),
      salt: z.string(),
      hash: z.string(),
    })
    .nullable(),
  /** Wrong PINs in a row. */
  failures: z.int().nonnegative(),
  /** Wall time before which no PIN is judged. */
  retryAfterTs: z.int().nullable(),
});
type StoredPin = z.infer<typeof StoredPin>;

const EMPTY: StoredPin = { version: 1, pin: null, failures: 0, retryAfterTs: null };
const MODE = 0o600;

/** Work of one judgement, in scrypt's own terms. */
export interface PinCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

function slowHash(pin: string, salt: Buffer, { N, r, p }: PinCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, { N, r, p, maxmem: MAX_MEMORY }, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

export interface PinFileParts {
  readonly path: string;
  readonly clock: Clock;
  /** Told of every wrong PIN, for the record. */
  readonly missed: (facts: { readonly count: number; readonly retryAfterTs: number }) => void;
  /** Of a new PIN; COST if absent. */
  readonly cost?: PinCost;
}

export class PinFile {
  readonly #parts: PinFileParts;
  #value: StoredPin;
  /** One PIN is judged at a time: guesses side by side would outrun the waits. */
  #last: Promise<unknown> = Promise.resolve();
  /** The wait also runs on the clock that nobody can set. */
  #notBeforeMs = 0;

  /** Throws DB_CORRUPT where the file cannot be read: a lock that was damaged does not open. */
  constructor(parts: PinFileParts) {
    this.#parts = parts;
    const text = readWhole(parts.path);
    try {
      this.#value = text === null ? EMPTY : StoredPin.parse(JSON.parse(text));
    } catch (error) {
      throw new AppError('DB_CORRUPT', { path: parts.path }, { cause: error });
    }
  }

  get isSet(): boolean {
    return this.#value.pin !== null;
  }

  /** Wall time before which no PIN is judged; null: at once. */
  get retryAfterTs(): number | null {
    const waitMs = this.#waitMs();
    return waitMs === 0 ? null : this.#parts.clock.now() + waitMs;
  }

  /** Sets the PIN, or changes it by the present one. Throws PIN_CURRENT, PIN_WRONG, PIN_WAIT. */
  set(pin: string, current: string | null): Promise<void> {
    return this.#alone(async () => {
      if (this.isSet) {
        if (current === null) throw new AppError('PIN_CURRENT');
        await this.#judge(current);
      }
      const salt = randomBytes(SALT_BYTES);
      const cost = this.#parts.cost ?? COST;
      const hash = await slowHash(pin, salt, cost);
      this.#write({
        ...EMPTY,
        pin: { ...cost, salt: salt.toString('base64'), hash: hash.toString('base64') },
      });
    });
  }

  /** Throws PIN_MISSING, PIN_WAIT, PIN_WRONG. */
  judge(pin: string): Promise<void> {
    return this.#alone(() => this.#judge(pin));
  }

  async #judge(pin: string): Promise<void> {
    const { pin: kept, failures } = this.#value;
    if (kept === null) throw new AppError('PIN_MISSING');
    const waitMs = this.#waitMs();
    if (waitMs > 0) throw new AppError('PIN_WAIT', { seconds: Math.ceil(waitMs / 1_000) });
    const { clock, missed } = this.#parts;
    const count = failures + 1;
    const delayMs = delayOf(count);
    const retryAfterTs = clock.now() + delayMs;
    // Counted before it is judged: whoever ends the program in between has used up the attempt.
    this.#write({ ...this.#value, failures: count, retryAfterTs });
    const hash = await slowHash(pin, Buffer.from(kept.salt, 'base64'), kept);
    const right = Buffer.from(kept.hash, 'base64');
    if (right.length === hash.length && timingSafeEqual(right, hash)) {
      this.#write({ ...this.#value, failures: 0, retryAfterTs: null });
      return;
    }
    this.#notBeforeMs = clock.monotonicMs() + delayMs;
    missed({ count, retryAfterTs });
    throw new AppError('PIN_WRONG', { count, seconds: Math.ceil(delayMs / 1_000) });
  }

  /** A clock that was set back must not lock the user out for longer than the wait itself; one set forward does not shorten it. */
  #waitMs(): number {
    const { clock } = this.#parts;
    const { failures, retryAfterTs } = this.#value;
    const byWall = retryAfterTs === null ? 0 : Math.min(retryAfterTs - clock.now(), delayOf(failures));
    return Math.max(0, byWall, this.#notBeforeMs - clock.monotonicMs());
  }

  #alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(act, act);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #write(next: StoredPin): void {
    replaceFile(this.#parts.path, `${JSON.stringify(next, null, 2)}\n`, MODE);
    this.#value = next;
    if (next.retryAfterTs === null) this.#notBeforeMs = 0;
  }
}

function delayOf(failures: number): number {
  if (failures === 0) return 0;
  return (DELAYS_S[Math.min(failures, DELAYS_S.length) - 1] ?? 0) * 1_000;
}
