/** The guard on a threat stand: what it may do by itself, what it writes and what its security play can reach lie in the test's hands. */
import { onTestFinished } from 'vitest';
import { ThreatStore } from '#core/storage/index.ts';
import {
  ThreatHistory,
  ThreatRoom,
  type ArmedMandate,
  type SecurityPort,
  type UsualDays,
} from '#core/threats/index.ts';
import type {
  DetectorId,
  DetectorSettings,
  InstrumentId,
  NewOrder,
  PlayId,
  PlayRecord,
  Threat,
  ThreatItem,
} from '#shared/domain/index.ts';
import { ALL_DETECTORS, type ThreatEventKind } from '#shared/threats/index.ts';
import { HYNIX, SAMSUNG, ThreatStand } from './threat-stand.ts';

const USUAL: UsualDays = {
  averageVolume: null,
  minuteVolumes: null,
  usualDepth: null,
  usualSpreadTicks: null,
  closes: [],
};

export interface GuardOptions {
  /** Where its history lies; none if absent. */
  readonly storePath?: string;
  readonly kinds?: readonly ThreatEventKind[];
  readonly settings?: DetectorSettings['detectors'];
}

export class GuardStand {
  readonly stand = new ThreatStand();
  readonly mandates: ArmedMandate[] = [];
  followed: readonly InstrumentId[] = [SAMSUNG, HYNIX];
  settings: DetectorSettings['detectors'];
  readonly written: { readonly play: PlayRecord; readonly what: 'started' | 'ended' }[] = [];
  readonly security: { -readonly [Key in keyof SecurityPort]: SecurityPort[Key] } = {
    revokeToken: null,
    lockReal: null,
    exportIncident: null,
  };
  readonly items: ThreatItem[] = [];
  room: ThreatRoom;
  readonly #store: ThreatStore | null;
  readonly #kinds: readonly ThreatEventKind[];
  readonly #configured = new Set<() => void>();
  #ids = 0;

  constructor(options: GuardOptions = {}) {
    this.#store = options.storePath === undefined ? null : ThreatStore.open(options.storePath);
    this.#kinds = options.kinds ?? ['reconcile', 'text', 'token', 'program'];
    this.settings = options.settings ?? {};
    this.room = this.#makeRoom();
  }

  /** One whose detectors are off: only what a test raises is answered. */
  static quiet(): Promise<GuardStand> {
    const settings = Object.fromEntries(ALL_DETECTORS.map(({ id }) => [id, { on: false, params: {} }]));
    return GuardStand.open({ settings });
  }

  /** A guard that has looked at its market for two seconds. */
  static async open(options: GuardOptions = {}): Promise<GuardStand> {
    const guard = new GuardStand(options);
    onTestFinished(() => guard.close());
    await guard.stand.start();
    guard.room.start();
    await guard.stand.advance(2_000);
    return guard;
  }

  close(): void {
    this.room.stop();
    this.stand.desk.stop();
    this.#store?.close();
  }

  /** The program ends without a word and comes back, with the same record and the same mandates. */
  async crash(): Promise<void> {
    this.room.stop();
    await this.stand.crash();
    this.room = this.#makeRoom();
    this.room.start();
    await this.stand.advance(20);
  }

  /** Lets a play run by itself from now on. */
  sign(play: PlayId, change: Partial<Omit<ArmedMandate, 'play'>> = {}): string {
    const mandateId = `mandate-${this.mandates.length + 1}`;
    this.mandates.push({ mandateId, play, detectors: [], severity: 'L', accountId: null, ...change });
    return mandateId;
  }

  configure(settings: DetectorSettings['detectors']): void {
    this.settings = settings;
    for (const changed of this.#configured) changed();
  }

  /** Hands a confirmed threat of a detector to the plays, as the engine would; returns it. */
  raise(detector: DetectorId, change: Partial<Threat> = {}): Threat {
    const threat = madeThreat(detector, { firstTs: this.stand.hub.exchangeNow(), ...change });
    this.room.plays.take(threat, () => [threat]);
    return threat;
  }

  /** The newest record of a play. Throws where there is none. */
  play(id: PlayId): PlayRecord {
    const found = this.all(id)[0];
    if (!found) throw new Error(`no play ${id}`);
    return found;
  }

  /** Newest first. */
  all(id: PlayId): PlayRecord[] {
    return this.room.plays.list().filter(({ play }) => play === id);
  }

  /** Orders at once, none waiting for another. */
  async burst(count: number, change: Partial<NewOrder> = {}) {
    const { stand } = this;
    const answers = Array.from({ length: count }, (_, n) =>
      stand.desk.submit(stand.order({ price: 69_000 - n * 100, ...change })),
    );
    await stand.advance(100);
    return Promise.all(answers);
  }

  /** Orders that reached the broker. */
  sent(verb: 'submit' | 'replace' | 'cancel' = 'submit'): number {
    return this.stand.broker.received.filter((call) => call.verb === verb).length;
  }

  #makeRoom(): ThreatRoom {
    const { stand, security } = this;
    const { clock, timers } = stand.time;
    const room = new ThreatRoom({
      hub: stand.hub,
      desk: stand.desk,
      clock,
      timers,
      ids: { next: () => `play-${(this.#ids += 1)}` },
      logger: stand.log.logger,
      followed: () => this.followed,
      usual: () => USUAL,
      futures: null,
      brokerQty: null,
      skewMs: null,
      kinds: this.#kinds,
      settings: () => this.settings,
      watchSettings: (changed) => {
        this.#configured.add(changed);
        return () => void this.#configured.delete(changed);
      },
      mandates: () => this.mandates,
      history: this.#store === null ? null : new ThreatHistory(this.#store, 'simulation', stand.log.logger),
      security,
      record: (play, what) => void this.written.push({ play, what }),
    });
    room.watch((item) => void this.items.push(item));
    return room;
  }
}

let threats = 0;

/** A confirmed threat as the engine makes it, with the plays that its detector names. */
export function madeThreat(detector: DetectorId, change: Partial<Threat> = {}): Threat {
  const found = ALL_DETECTORS.find(({ id }) => id === detector);
  if (!found) throw new Error(`no detector ${detector}`);
  const { family, severity: usual, plays } = found;
  const { severity = usual, subject = SAMSUNG, firstTs = 0 } = change;
  threats += 1;
  return {
    threatId: `${detector}-${threats}`,
    detector,
    family,
    subject,
    phase: 'confirmed',
    severity,
    score: 50,
    firstTs,
    lastTs: firstTs,
    clearedTs: null,
    signals: 1,
    latest: {
      detector,
      ts: firstTs,
      severity,
      subject,
      state: 'fired',
      values: { seen: 1 },
      sentenceKo: `${found.nameKo}을(를) 보았습니다.`,
      sentenceEn: `${found.nameEn} was seen.`,
      picture: { points: [1], line: 1 },
    },
    plays: [...plays],
    ...change,
  };
}
