/** Keeps what was detected and done over restarts; a disk that refuses costs the history, never the guard. */
import { z } from 'zod';
import type { ThreatStore } from '#core/storage/index.ts';
import { PlayRecord, RiskScores, Threat, ThreatVerdict } from '#shared/domain/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { AccountMarks, MarksPort } from './account-marks.ts';

const Marks = z.strictObject({ date: z.string(), dayStartKrw: z.number(), peakKrw: z.number() });

/** The newest rows that are looked through for what was left open. */
const LEFT = 1_000;

/** What was kept and no longer fits is left out, not guessed. */
function fitting<T>(schema: z.ZodType<T>, bodies: readonly unknown[]): T[] {
  return bodies.flatMap((body) => {
    const parsed = schema.safeParse(body);
    return parsed.success ? [parsed.data] : [];
  });
}

export class ThreatHistory implements MarksPort {
  readonly #store: ThreatStore;
  /** Whose history it is: environment, and connection where there is one. */
  readonly #of: string;
  readonly #logger: Logger;
  #threats = new Map<string, Threat>();
  #plays = new Map<string, PlayRecord>();
  #scores: RiskScores[] = [];
  #marks = new Map<string, AccountMarks>();

  constructor(store: ThreatStore, of: string, logger: Logger) {
    this.#store = store;
    this.#of = of;
    this.#logger = logger;
  }

  /**
   * Closes what the last run left open, at exchange time `ts`: its protections fell with the program, and what still holds is
   * told anew. A halt or reduce-only stays in the desk's record; the play has done its part. Returns the plays that ran.
   */
  closeLeft(ts: number): PlayRecord[] {
    for (const threat of this.threats(LEFT, Number.MAX_SAFE_INTEGER))
      if (threat.phase !== 'cleared')
        this.noteThreat({ ...threat, phase: 'cleared', score: 0, clearedTs: threat.lastTs });
    const ran: PlayRecord[] = [];
    for (const play of this.plays(LEFT, Number.MAX_SAFE_INTEGER)) {
      const { state, play: id, proposedTs, startedTs } = play;
      if (state !== 'proposed' && state !== 'running') continue;
      const endedTs = Math.max(ts, startedTs ?? proposedTs);
      const over = id === 'P5' || id === 'P7' ? 'done' : 'released';
      const ended: PlayRecord = {
        ...play,
        state: state === 'proposed' ? 'expired' : over,
        endedBy: 'itself',
        endedTs,
      };
      this.notePlay(ended);
      if (state === 'running') ran.push(ended);
    }
    this.flush();
    return ran;
  }

  noteThreat(threat: Threat): void {
    this.#threats.set(threat.threatId, threat);
  }

  notePlay(play: PlayRecord): void {
    this.#plays.set(play.playId, play);
  }

  noteScores(scores: RiskScores): void {
    this.#scores.push(scores);
  }

  /** Writes what was noted; what the disk refuses is dropped. */
  flush(): void {
    const threats = [...this.#threats.values()].map((body) => ({ id: body.threatId, ts: body.firstTs, body }));
    const plays = [...this.#plays.values()].map((body) => ({ id: body.playId, ts: body.proposedTs, body }));
    const scores = this.#scores.map((body) => ({ ts: body.ts, body }));
    const marks = this.#marks;
    this.#threats = new Map();
    this.#plays = new Map();
    this.#scores = [];
    this.#marks = new Map();
    this.#safely(null, () => {
      this.#store.save(this.#of, { threats, plays, scores });
      for (const [id, body] of marks) this.#store.saveMark(this.#of, id, body);
    });
  }

  /** Newest first, of times before `beforeTs`. */
  threats(limit: number, beforeTs: number): Threat[] {
    this.flush();
    const rows = this.#safely([], () => this.#store.rows('threats', this.#of, limit, beforeTs));
    return fitting(
      Threat,
      rows.map(({ body }) => body),
    );
  }

  plays(limit: number, beforeTs: number): PlayRecord[] {
    this.flush();
    const rows = this.#safely([], () => this.#store.rows('plays', this.#of, limit, beforeTs));
    return fitting(
      PlayRecord,
      rows.map(({ body }) => body),
    );
  }

  /** What the user says of a threat that was; null takes it back. Throws as the disk refuses: it is the user's word. */
  judge(threatId: string, verdict: ThreatVerdict | null): void {
    this.flush();
    this.#store.saveVerdict(this.#of, threatId, verdict);
  }

  /** Threats as `threats` gives them, with what was said of each. */
  judged(limit: number, beforeTs: number): { readonly threat: Threat; readonly verdict: ThreatVerdict | null }[] {
    const verdicts = this.#safely(new Map<string, string>(), () => this.#store.verdicts(this.#of));
    return this.threats(limit, beforeTs).map((threat) => ({
      threat,
      verdict: ThreatVerdict.safeParse(verdicts.get(threat.threatId)).data ?? null,
    }));
  }

  /** Oldest first. */
  scores(fromTs: number): RiskScores[] {
    this.flush();
    const rows = this.#safely([], () => this.#store.scores(this.#of, fromTs));
    return fitting(
      RiskScores,
      rows.map(({ body }) => body),
    );
  }

  load(accountId: string): AccountMarks | null {
    const noted = this.#marks.get(accountId);
    if (noted) return noted;
    const [marks] = fitting(Marks, [this.#safely(null, () => this.#store.mark(this.#of, accountId))]);
    return marks ?? null;
  }

  save(accountId: string, marks: AccountMarks): void {
    this.#marks.set(accountId, marks);
  }

  #safely<T>(otherwise: T, act: () => T): T {
    try {
      return act();
    } catch (error) {
      this.#logger.error('the history of threats was refused', { error: String(error) });
      return otherwise;
    }
  }
}
