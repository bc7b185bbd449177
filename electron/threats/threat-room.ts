/**
 * The guard of one environment: tap, detectors, scores, plays and their history.
 *
 * `new ThreatRoom(parts: ThreatRoomParts)`, `start()` once the desk has been started, `stop()` before it is. By itself it
 * only tells (P1); every other play is proposed until `mandates()` holds one that lets it run.
 */
import type { MarketHub } from '#core/market/index.ts';
import type { Desk } from '#core/trading/index.ts';
import { isOverridable } from '#core/trading/index.ts';
import type {
  DetectorId,
  DetectorRow,
  DetectorSettings,
  InstrumentId,
  PlayRecord,
  Protection,
  RiskScores,
  ScoresNow,
  Threat,
  ThreatItem,
} from '#shared/domain/index.ts';
import { AppError, OVERRIDE_PHRASE } from '#shared/errors/index.ts';
import type { Clock, Ids, Logger, Timer, Timers } from '#shared/ports.ts';
import {
  ALL_DETECTORS,
  scoresOf,
  ThreatEngine,
  type ThreatEvent,
  type ThreatEventKind,
} from '#shared/threats/index.ts';
import type { SecurityPort } from './plays/index.ts';
import { PlayRoom, type ArmedMandate } from './plays/play-room.ts';
import { TAP_KINDS, ThreatTap, type TapParts } from './tap.ts';
import type { ThreatHistory } from './threat-history.ts';

export interface ThreatRoomParts extends Omit<TapParts, 'sink' | 'rewound' | 'marks'> {
  readonly hub: MarketHub;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Kinds of events that come here beside the tap's own. */
  readonly kinds: readonly ThreatEventKind[];
  readonly settings: () => DetectorSettings['detectors'];
  /** Told when the settings have changed; returns what ends that. */
  readonly watchSettings: (changed: () => void) => () => void;
  readonly mandates: () => readonly ArmedMandate[];
  /** null: nothing is kept. */
  readonly history: ThreatHistory | null;
  readonly security: SecurityPort;
  readonly record: (play: PlayRecord, what: 'started' | 'ended') => void;
  /** Once a second: what only the environment knows. */
  readonly look?: (tell: (event: ThreatEvent) => void, ts: number) => void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Minutes of scores in memory. */
const MINUTES = 1_440;
const MOST_PARTS = 500;
const PHRASE_FORM = 'NFC';
/** Of an id, at its end: where it differs from that of the moment before. */
const TAG_LETTERS = 8;

export class ThreatRoom {
  readonly plays: PlayRoom;
  readonly #parts: ThreatRoomParts;
  readonly #tap: ThreatTap;
  readonly #watchers = new Set<(item: ThreatItem) => void>();
  readonly #scoreWatchers = new Set<(scores: ScoresNow) => void>();
  readonly #acknowledged = new Set<string>();
  /** Threats that were said again since they were last told of. */
  readonly #stale = new Map<string, Threat>();
  readonly #told = new Map<string, string>();
  readonly #undo: (() => void)[] = [];
  #engine: ThreatEngine;
  #settings: DetectorSettings['detectors'];
  #minutes: RiskScores[] = [];
  #scores: ScoresNow;

  constructor(parts: ThreatRoomParts) {
    this.#parts = parts;
    this.#settings = parts.settings();
    this.#engine = this.#newEngine();
    this.#scores = this.#score();
    this.plays = new PlayRoom({
      ...parts,
      changed: (play) => {
        parts.history?.notePlay(play);
        this.#tell({ kind: 'play', play });
      },
    });
    this.#tap = new ThreatTap({
      ...parts,
      ...(parts.history && { marks: parts.history }),
      sink: (event) => this.#take(event),
      rewound: () => this.#rewound(),
    });
  }

  start(): void {
    const { timers, desk, watchSettings, history, hub, record } = this.#parts;
    const now = hub.exchangeNow();
    for (const play of history?.closeLeft(now) ?? []) this.#safely('record', () => record(play, 'ended'));
    // A practice market may have been at a later day before.
    this.#minutes = history?.scores(now - MINUTES * MINUTE_MS).filter(({ ts }) => ts <= now) ?? [];
    this.plays.start();
    this.#tap.start();
    const timer: Timer = timers.every(SECOND_MS, () => this.#beat());
    this.#undo.push(
      () => timer.cancel(),
      watchSettings(() => this.#configure()),
      desk.protections.watch((all) => this.#tell({ kind: 'protections', protections: [...all] })),
    );
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#tap.stop();
    this.plays.stop();
    this.#parts.history?.flush();
    this.#watchers.clear();
    this.#scoreWatchers.clear();
  }

  /** Something that only others know: a text, a token, a rate of exchange. */
  tell(event: ThreatEvent): void {
    this.#tap.tell(event);
  }

  /** Everything that is open, the plays of this run, and what stands. */
  snapshot(): ThreatItem[] {
    const protections = [...this.#parts.desk.protections.all(this.#parts.clock.now())];
    return [
      ...this.#engine.threats().map((threat) => this.#itemOf(threat)),
      ...this.plays
        .list()
        .toReversed()
        .map((play): ThreatItem => ({ kind: 'play', play })),
      { kind: 'protections', protections },
    ];
  }

  watch(listener: (item: ThreatItem) => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  threats(): Threat[] {
    return this.#engine.threats();
  }

  scores(): ScoresNow {
    return this.#scores;
  }

  /** null: nothing is kept. */
  get history(): ThreatHistory | null {
    return this.#parts.history;
  }

  /** Issues that are looked at now. */
  watched(): readonly InstrumentId[] {
    return this.#parts.followed();
  }

  /** Minutes so far, oldest first. */
  minutes(): readonly RiskScores[] {
    return this.#minutes;
  }

  /** The scores now and whenever they change, at most once a second. */
  watchScores(listener: (scores: ScoresNow) => void): () => void {
    this.#scoreWatchers.add(listener);
    listener(this.#scores);
    return () => void this.#scoreWatchers.delete(listener);
  }

  detectors(): DetectorRow[] {
    const states = this.#engine.states();
    return ALL_DETECTORS.map((detector): DetectorRow => {
      const { id, nameKo, nameEn, family, severity, formulaKo, formulaEn, warmUpKo, warmUpEn } = detector;
      const { params, plays, inputs } = detector;
      const set = this.#settings[id];
      return {
        id,
        nameKo,
        nameEn,
        family,
        severity,
        formulaKo,
        formulaEn,
        warmUpKo,
        warmUpEn,
        plays: [...plays],
        inputs: [...inputs],
        state: states.get(id) ?? 'off',
        on: set?.on ?? true,
        params: params.map((param) => ({ ...param, value: set?.params[param.id] ?? param.initial })),
      };
    });
  }

  /** The user has seen it. Throws THREAT_UNKNOWN. */
  acknowledge(threatId: string): void {
    const threat = this.#engine.threats().find((each) => each.threatId === threatId);
    if (!threat) throw new AppError('THREAT_UNKNOWN', { threatId });
    this.#acknowledged.add(threatId);
    this.#tell(this.#itemOf(threat));
  }

  /** Lets one order past a block, by the typed phrase. Throws OVERRIDE_PHRASE, PROTECTION_UNKNOWN, PROTECTION_NO_OVERRIDE, PLAY_UNKNOWN. */
  override(wish: { readonly playId: string; readonly phrase: string }): { readonly untilTs: number } {
    const { desk, clock } = this.#parts;
    if (wish.phrase.normalize(PHRASE_FORM).trim() !== OVERRIDE_PHRASE)
      throw new AppError('OVERRIDE_PHRASE', { phrase: OVERRIDE_PHRASE });
    const { play, subject } = this.plays.get(wish.playId);
    const protection = desk.protections.get(wish.playId);
    if (play !== 'P6') throw new AppError('PROTECTION_NO_OVERRIDE', { kind: protection?.kind ?? play });
    if (protection && !isOverridable(protection.kind))
      throw new AppError('PROTECTION_NO_OVERRIDE', { kind: protection.kind });
    const isIssue = subject.includes(':');
    const on: Pick<Protection, 'accountId' | 'instrumentId'> = protection ?? {
      accountId: isIssue ? null : subject,
      instrumentId: isIssue ? subject : null,
    };
    return { untilTs: desk.protections.allow(on, clock.now()) };
  }

  #newEngine(): ThreatEngine {
    const { kinds, logger, ids } = this.#parts;
    return new ThreatEngine({
      // A market that was taken back comes to the same times again, and the history keeps both.
      tag: ids.next().slice(-TAG_LETTERS),
      detectors: ALL_DETECTORS,
      settings: this.#settings,
      inputs: new Set([...TAP_KINDS, ...kinds]),
      listener: {
        threat: (threat) => this.#safely('threat', () => this.#heard(threat)),
        alert: (alert) => this.#safely('alert', () => this.plays.alert(alert)),
        broken: (id, error) => logger.error('a detector broke and is off', { id, error: String(error) }),
      },
    });
  }

  #take(event: ThreatEvent): void {
    this.#safely('event', () => {
      if (event.kind === 'order' && event.step === 'asked') this.plays.during(event, () => this.#engine.take(event));
      else this.#engine.take(event);
    });
  }

  /** Nothing here may break the market or the desk that it looks at. */
  #safely(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#parts.logger.error('the guard failed', { what, error: String(error) });
    }
  }

  #heard(threat: Threat): void {
    // First what protects, then who is told.
    this.plays.take(threat, () => this.#engine.threats());
    this.#parts.history?.noteThreat(threat);
    const { threatId, phase, severity } = threat;
    const key = `${phase} ${severity}`;
    if (this.#told.get(threatId) === key) {
      this.#stale.set(threatId, threat);
      return;
    }
    this.#told.set(threatId, key);
    this.#stale.delete(threatId);
    this.#tell(this.#itemOf(threat));
    if (phase !== 'cleared') return;
    this.#told.delete(threatId);
    this.#acknowledged.delete(threatId);
  }

  #itemOf(threat: Threat): ThreatItem {
    return { kind: 'threat', threat, acknowledged: this.#acknowledged.has(threat.threatId) };
  }

  #tell(item: ThreatItem): void {
    for (const listener of [...this.#watchers]) listener(item);
  }

  #beat(): void {
    const { hub, look, history } = this.#parts;
    const ts = hub.exchangeNow();
    if (look) this.#safely('look', () => look((event) => this.tell(event), ts));
    for (const threat of this.#stale.values()) this.#tell(this.#itemOf(threat));
    this.#stale.clear();
    const before = this.#scores;
    this.#scores = this.#score();
    this.#note(before);
    if (JSON.stringify({ ...before, ts: 0 }) !== JSON.stringify({ ...this.#scores, ts: 0 }))
      for (const listener of [...this.#scoreWatchers]) listener(this.#scores);
    history?.flush();
  }

  /** The highest of a minute is its score. */
  #note({ ts: beforeTs }: ScoresNow): void {
    const { ts, total, families } = this.#scores;
    const minute = ts - (ts % MINUTE_MS);
    const last = this.#minutes.at(-1);
    if (last?.ts === minute) {
      if (total <= last.total) return;
      this.#minutes[this.#minutes.length - 1] = { ts: minute, total, families };
    } else if (beforeTs !== ts || last === undefined) {
      this.#minutes.push({ ts: minute, total, families });
      if (this.#minutes.length > MINUTES) this.#minutes = this.#minutes.slice(-MINUTES);
    } else return;
    this.#parts.history?.noteScores({ ts: minute, total, families });
  }

  #score(): ScoresNow {
    const { parts, ...scores } = scoresOf(this.#engine.threats(), this.#parts.hub.exchangeNow());
    return { ...scores, parts: parts.slice(0, MOST_PARTS) };
  }

  #configure(): void {
    const before = this.#settings;
    this.#settings = this.#parts.settings();
    const ids = new Set([...Object.keys(before), ...Object.keys(this.#settings)] as DetectorId[]);
    for (const id of ids) {
      const setting = this.#settings[id] ?? { on: true, params: {} };
      if (JSON.stringify(before[id] ?? { on: true, params: {} }) !== JSON.stringify(setting))
        this.#engine.configure(id, setting);
    }
  }

  /** Another market: what was open is over, and every detector begins anew. */
  #rewound(): void {
    const open = this.#engine.threats();
    this.#engine = this.#newEngine();
    this.#minutes = [];
    for (const threat of open) this.#heard({ ...threat, phase: 'cleared', clearedTs: threat.lastTs, score: 0 });
  }
}
