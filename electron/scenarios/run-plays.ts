/** Plays of a run: what the scenario arms answers its threats, at once under a mandate or when the user of the scenario would confirm. */
import { PlayRoom, type ArmedMandate } from '#core/threats/index.ts';
import { DEFAULT_TRADING_SETTINGS, sendBasket } from '#core/trading/index.ts';
import { atLeastAsSevere, type ArmedPlay, type PlayRecord, type RunPlay, type Threat } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Logger } from '#shared/ports.ts';
import type { OrderEvent, ThreatAlert } from '#shared/threats/index.ts';
import type { VirtualTime } from './world/virtual-time.ts';
import type { World } from './world/world.ts';

type Told = (line: { readonly ko: string; readonly en: string }) => void;

export interface RunPlaysParts {
  readonly armed: readonly ArmedPlay[];
  readonly world: World;
  readonly time: VirtualTime;
  readonly logger: Logger;
  readonly played: Told;
}

/** A scenario knows neither a broker's token nor a lock, and keeps no files. */
const NO_SECURITY = { revokeToken: null, lockReal: null, exportIncident: null } as const;
const SECOND_MS = 1_000;

export class RunPlays {
  readonly #parts: RunPlaysParts;
  readonly #room: PlayRoom;
  readonly #ran = new Map<string, RunPlay>();
  /** Proposals that somebody is about to confirm. */
  readonly #awaited = new Set<string>();
  /** When each threat was first seen, exchange time. */
  readonly #seen = new Map<string, number>();
  readonly #life = new AbortController();

  constructor(parts: RunPlaysParts) {
    this.#parts = parts;
    const { armed, world, time, logger } = parts;
    const mandates = armed.flatMap(({ play, on = [], severity, mode }, place): ArmedMandate[] =>
      mode === 'auto' && play !== 'P1'
        ? [{ mandateId: `scenario-${place + 1}`, play, detectors: on, severity, accountId: null }]
        : [],
    );
    let count = 0;
    this.#room = new PlayRoom({
      desk: world.desk,
      hub: world.hub,
      clock: time.clock,
      timers: time.timers,
      // Counted, so that a run repeats.
      ids: { next: () => `play-${(count += 1)}` },
      logger,
      security: NO_SECURITY,
      mandates: () => mandates,
      record: () => undefined,
      changed: (play) => this.#changed(play),
    });
  }

  start(): void {
    this.#room.start();
  }

  stop(): void {
    this.#life.abort();
    this.#room.stop();
  }

  /** @see PlayRoom.take */
  take(threat: Threat, open: () => readonly Threat[]): void {
    if (!this.#seen.has(threat.threatId)) this.#seen.set(threat.threatId, threat.firstTs);
    this.#room.take(threat, open);
  }

  /** P1, where the scenario arms it. */
  alert(alert: ThreatAlert): void {
    const { detector, severity } = alert.first;
    if (this.#fits(detector, severity, (armed) => armed.play === 'P1')) this.#room.alert(alert);
  }

  /** @see PlayRoom.during */
  during(event: OrderEvent, hear: () => void): void {
    this.#room.during(event, hear);
  }

  /** What was run, in the order in which it was. */
  list(): RunPlay[] {
    return [...this.#ran.values()];
  }

  #fits(detector: string, severity: PlayRecord['severity'], is: (armed: ArmedPlay) => boolean): ArmedPlay | undefined {
    return this.#parts.armed.find(
      (armed) =>
        is(armed) &&
        (armed.on === undefined || armed.on.length === 0 || armed.on.some((id) => id === detector)) &&
        atLeastAsSevere(severity, armed.severity),
    );
  }

  #changed(record: PlayRecord): void {
    const { playId, play, detector, subject, severity, state, startedTs, by, didKo, didEn } = record;
    if (state === 'proposed') {
      const armed = this.#fits(detector, severity, (each) => each.play === play && each.mode === 'confirm');
      if (armed && !this.#awaited.has(playId)) {
        this.#awaited.add(playId);
        this.#parts.time.timers.after(armed.confirmSeconds * SECOND_MS, () => this.#confirm(playId));
      }
      return;
    }
    // What ended without having been run is no play of this run; what failed before it ran said so by an alert.
    if (startedTs === null || state === 'failed') return;
    const known = this.#ran.get(playId);
    if (known?.didKo === didKo) return;
    const seen = this.#seen.get(record.threatId) ?? startedTs;
    const afterMs = Math.max(0, startedTs - seen);
    const who = by === 'user' ? 'user' : 'mandate';
    this.#ran.set(playId, { play, detector, subject, at: startedTs, afterMs, by: who, didKo, didEn });
    this.#parts.played({ ko: `[${play}] ${didKo}`, en: `[${play}] ${didEn}` });
  }

  #confirm(playId: string): void {
    if (this.#life.signal.aborted) return;
    try {
      const { plan } = this.#room.confirm(playId);
      // Whoever confirms a plan of orders sends them; without a hand they stay drafts.
      if (plan) void this.#send(playId, plan);
    } catch (error) {
      // Its threat passed before the user came to it, or it cannot be done now: the run goes on, and says so.
      if (error instanceof AppError && error.code === 'PLAY_OVER') return;
      this.#say(error);
    }
  }

  async #send(basketId: string, { rows }: NonNullable<PlayRecord['plan']>): Promise<void> {
    const { world, time } = this.#parts;
    const { rates } = DEFAULT_TRADING_SETTINGS.guard;
    const wanted = rows.flatMap(({ row, denial }) => (row === null || denial !== null ? [] : [row]));
    if (wanted.length === 0) return;
    try {
      await sendBasket(
        { desk: world.desk, clock: time.clock, timers: time.timers, rates, prepare: (id) => world.hub.prepare(id) },
        { basketId, rows: wanted },
        this.#life.signal,
      );
    } catch (error) {
      this.#say(error);
    }
  }

  #say(error: unknown): void {
    const { code, messageKo } = toEnvelope(error);
    this.#parts.played({ ko: messageKo, en: code });
  }
}
