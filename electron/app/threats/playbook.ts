/** What the user has signed and set: mandates of plays and figures of detectors, kept as documents and recorded when they change. */
import type { DocumentStore } from '#core/storage/index.ts';
import {
  DetectorSettings,
  PLAY_MANDATE_DAYS,
  PLAY_MANDATES_LIMIT,
  Playbook,
  type DetectorId,
  type DocumentKind,
  type Environment,
  type ArmedPlay,
  type PlayMandate,
  type SimulationPlan,
} from '#shared/domain/index.ts';
import type { NewPlayMandate } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Ids } from '#shared/ports.ts';
import { ALL_DETECTORS } from '#shared/threats/index.ts';
import { DAY_MS } from '#shared/time/index.ts';
import type { SystemRecord } from '../system-record.ts';

export interface PlaybookParts {
  readonly documents: DocumentStore;
  readonly record: SystemRecord;
  readonly clock: Clock;
  readonly ids: Ids;
  /** What the practice market plays now. */
  readonly plan: () => SimulationPlan;
}

/** One document of each kind. */
const ID = 'mine';
/** Kinds that are changed through this room only: what is signed is checked and recorded first. */
export const SIGNED_KINDS: readonly DocumentKind[] = ['playbook', 'detectors'];

export class PlaybookRoom {
  readonly #parts: PlaybookParts;
  /** Of the scenario that the practice market plays; gone with that market and with this run. */
  #armed: { readonly plan: string; readonly mandates: readonly PlayMandate[] } | null = null;

  constructor(parts: PlaybookParts) {
    this.#parts = parts;
  }

  /** In force now in an environment, newest first. */
  mandates(environment: Environment): PlayMandate[] {
    const now = this.#parts.clock.now();
    const signed = this.#signed().filter((each) => each.environment === environment && each.untilTs > now);
    if (this.#armed && this.#armed.plan !== JSON.stringify(this.#parts.plan())) this.#armed = null;
    return environment === 'simulation' && this.#armed ? [...this.#armed.mandates, ...signed] : signed;
  }

  /** Lets the plays of a scenario answer in the practice market that is on, and in no other; what waits for a hand is proposed anyway. */
  arm(plays: readonly ArmedPlay[]): PlayMandate[] {
    const { clock, ids, record, plan } = this.#parts;
    const signedTs = clock.now();
    const mandates = plays.flatMap(({ play, on = [], severity, mode }): PlayMandate[] =>
      play === 'P1' || mode === 'confirm'
        ? []
        : [
            {
              mandateId: ids.next(),
              environment: 'simulation',
              play,
              detectors: on,
              severity,
              accountId: null,
              signedTs,
              untilTs: signedTs + DAY_MS,
            },
          ],
    );
    for (const mandate of mandates) record.add({ kind: 'playMandateSigned', ...mandate });
    this.#armed = { plan: JSON.stringify(plan()), mandates };
    return mandates;
  }

  /** Throws PLAY_MANDATES_FULL, and as the record or the disk refuse: then nothing is signed. */
  sign(environment: Environment, { days, ...wish }: NewPlayMandate): PlayMandate {
    const { clock, ids, record } = this.#parts;
    const signedTs = clock.now();
    const standing = this.#signed().filter(({ untilTs }) => untilTs > signedTs);
    if (standing.length >= PLAY_MANDATES_LIMIT)
      throw new AppError('PLAY_MANDATES_FULL', { limit: PLAY_MANDATES_LIMIT });
    if (days > PLAY_MANDATE_DAYS) throw new AppError('PLAY_MANDATE_LONG', { days: PLAY_MANDATE_DAYS });
    const mandate: PlayMandate = {
      ...wish,
      mandateId: ids.next(),
      environment,
      signedTs,
      untilTs: signedTs + days * DAY_MS,
    };
    record.add({ kind: 'playMandateSigned', ...mandate });
    this.#save([mandate, ...standing]);
    return mandate;
  }

  /** false: it was not there any more. What it no longer allows is stopped before anything is written. */
  revoke(mandateId: string): boolean {
    const { record } = this.#parts;
    const armed = this.#armed;
    if (armed?.mandates.some((each) => each.mandateId === mandateId)) {
      this.#armed = { ...armed, mandates: armed.mandates.filter((each) => each.mandateId !== mandateId) };
      record.add({ kind: 'playMandateRevoked', mandateId });
      return true;
    }
    const signed = this.#signed();
    const left = signed.filter((each) => each.mandateId !== mandateId);
    if (left.length === signed.length) return false;
    this.#save(left);
    record.add({ kind: 'playMandateRevoked', mandateId });
    return true;
  }

  settings(): DetectorSettings['detectors'] {
    const parsed = DetectorSettings.safeParse(this.#body('detectors'));
    return parsed.success ? parsed.data.detectors : {};
  }

  /** Throws DETECTOR_UNKNOWN and DETECTOR_PARAM. */
  configure(
    id: DetectorId,
    setting: { readonly on: boolean; readonly params: Readonly<Record<string, number>> },
  ): void {
    const detector = ALL_DETECTORS.find((each) => each.id === id);
    if (!detector) throw new AppError('DETECTOR_UNKNOWN', { id });
    for (const [name, value] of Object.entries(setting.params)) {
      const param = detector.params.find((each) => each.id === name);
      if (!param) throw new AppError('DETECTOR_UNKNOWN', { id: `${id} ${name}` });
      const { labelKo: label, min, max } = param;
      if (!(value >= min && value <= max)) throw new AppError('DETECTOR_PARAM', { label, min, max, value });
    }
    const before = this.settings();
    this.#write('detectors', { detectors: { ...before, [id]: { on: setting.on, params: { ...setting.params } } } });
    this.#parts.record.add({ kind: 'detectorSet', detector: id, on: setting.on, params: { ...setting.params } });
  }

  /** Told when the settings have changed, until the returned function is called. */
  watchSettings(changed: () => void): () => void {
    return this.#parts.documents.watch('detectors', changed);
  }

  #signed(): PlayMandate[] {
    const parsed = Playbook.safeParse(this.#body('playbook'));
    return parsed.success ? parsed.data.mandates : [];
  }

  #save(mandates: readonly PlayMandate[]): void {
    this.#write('playbook', { mandates: [...mandates] });
  }

  #body(kind: DocumentKind): unknown {
    return this.#parts.documents.list(kind, ID)[0]?.body ?? null;
  }

  #write(kind: DocumentKind, body: Playbook | DetectorSettings): void {
    const { documents } = this.#parts;
    documents.save({ kind, id: ID, revision: documents.list(kind, ID)[0]?.revision ?? 0 }, body);
  }
}
