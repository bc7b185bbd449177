/** The nightly download: off until it is switched on, once a day while the program runs, tried again with growing pauses. */
import { readWhole, replaceFile, setAside } from '#core/storage/index.ts';
import type { MasterNightly } from '#shared/contract/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock, Logger, Timer, Timers } from '#shared/ports.ts';
import { DAY_MS, epochMs, HOUR_MS, kstDate, kstInstant, MINUTE_MS, type EpochMs } from '#shared/time/index.ts';
import { z } from 'zod';
import { baseOf, officialBase, type MasterBase } from './download.ts';

export interface NightlyParts {
  /** A small file of its own: the store may be held by an import. */
  readonly path: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Downloads every file and tells the outcome by `told`. */
  readonly run: () => Promise<unknown>;
}

/** Before the day's trading, when the files of the day are out. */
const AT_MS = 6 * HOUR_MS + 10 * MINUTE_MS;
const AT_TEXT = '06:10';
/** Pauses after the first, second and third failure of a night; then it waits for the next one. */
const PAUSES_MS = [5 * MINUTE_MS, 20 * MINUTE_MS, HOUR_MS];
const LOOK_MS = MINUTE_MS;

const Kept = z.strictObject({
  version: z.literal(1),
  on: z.boolean(),
  /** null: the official host. */
  base: z.string().nullable(),
  /** When it was switched on: nothing before is caught up. */
  sinceTs: z.int().nullable(),
  doneTs: z.int().nullable(),
  failed: z
    .strictObject({
      ts: z.int(),
      times: z.int().positive(),
      why: z.strictObject({ code: z.string(), messageKo: z.string(), actionKo: z.string() }),
    })
    .nullable(),
});
type Kept = z.infer<typeof Kept>;
const OFF: Kept = { version: 1, on: false, base: null, sinceTs: null, doneTs: null, failed: null };

/** The last time of day at or before an instant. */
function slotBefore(now: EpochMs): number {
  const today = kstInstant(kstDate(now), AT_MS);
  return today <= now ? today : today - DAY_MS;
}

/** When the next download is due, maybe in the past; null: it is off. */
export function nextRun(kept: Pick<Kept, 'on' | 'sinceTs' | 'doneTs' | 'failed'>, now: EpochMs): EpochMs | null {
  if (!kept.on) return null;
  const slot = slotBefore(now);
  const tomorrow = epochMs(slot + DAY_MS);
  if (Math.max(kept.doneTs ?? 0, kept.sinceTs ?? 0) >= slot) return tomorrow;
  if (kept.failed === null || kept.failed.ts < slot) return epochMs(slot);
  const pause = PAUSES_MS[kept.failed.times - 1];
  return pause === undefined ? tomorrow : epochMs(kept.failed.ts + pause);
}

export class Nightly {
  readonly #parts: NightlyParts;
  readonly #look: Timer;
  #kept: Kept;
  #running: Promise<void> | null = null;

  constructor(parts: NightlyParts) {
    this.#parts = parts;
    this.#kept = this.#load();
    this.#look = parts.timers.every(LOOK_MS, () => this.#tick());
  }

  get base(): MasterBase {
    return this.#kept.base === null ? officialBase() : baseOf(this.#kept.base);
  }

  state(): MasterNightly {
    const { on, doneTs, failed } = this.#kept;
    const { url, official } = this.base;
    const nextTs = nextRun(this.#kept, this.#parts.clock.now());
    return { on, base: url, official, at: AT_TEXT, nextTs, doneTs, failed };
  }

  /** Throws MASTER_HOST. */
  configure(wish: {
    readonly nightly?: boolean | undefined;
    readonly base?: string | null | undefined;
  }): MasterNightly {
    const { nightly, base } = wish;
    const next: Kept = { ...this.#kept };
    if (base !== undefined) {
      const { url, official } = baseOf(base);
      next.base = official ? null : url;
    }
    if (nightly !== undefined && nightly !== next.on) {
      next.on = nightly;
      next.sinceTs = nightly ? this.#parts.clock.now() : null;
      next.failed = null;
    }
    this.#keep(next);
    return this.state();
  }

  /** How a download of every file ended; null: all came. */
  told(error: unknown): void {
    const ts = this.#parts.clock.now();
    if (error === null) {
      this.#keep({ ...this.#kept, doneTs: ts, failed: null });
      return;
    }
    const { failed } = this.#kept;
    const times = failed !== null && failed.ts >= slotBefore(ts) ? failed.times + 1 : 1;
    const { code, messageKo, actionKo } = toEnvelope(error);
    this.#keep({ ...this.#kept, failed: { ts, times, why: { code, messageKo, actionKo } } });
  }

  async close(): Promise<void> {
    this.#look.cancel();
    await this.#running;
  }

  #tick(): void {
    const now = this.#parts.clock.now();
    const next = nextRun(this.#kept, now);
    if (next === null || next > now || this.#running) return;
    const run = this.#parts.run().then(
      () => undefined,
      (error: unknown) => {
        const code = error instanceof AppError ? error.code : String(error);
        this.#parts.logger.warn('the nightly download of masters failed', { code });
      },
    );
    this.#running = run.then(() => void (this.#running = null));
  }

  /** A damaged file is kept aside: off is the safe reading of it. */
  #load(): Kept {
    const { path, logger } = this.#parts;
    const text = readWhole(path);
    if (text === null) return OFF;
    try {
      return Kept.parse(JSON.parse(text));
    } catch (error) {
      logger.warn('the settings of masters were damaged', { kept: setAside(path), error: String(error) });
      return OFF;
    }
  }

  #keep(kept: Kept): void {
    replaceFile(this.#parts.path, `${JSON.stringify(kept, null, 2)}\n`);
    this.#kept = kept;
  }
}
