/**
 * Proposes, confirms, runs and releases plays; each once for its cause.
 *
 * `new PlayRoom(parts: PlayRoomParts)`, `start()`, `stop()`. Feed it from the engine: `take(threat, () => engine.threats())`
 * for every `EngineListener.threat`, `alert(alert)` for every `EngineListener.alert`, and hand every 'asked' order to the engine
 * through `during(event, () => engine.take(event))`, so that P6 knows which order it is about. What a mandate allows runs at
 * once, within the call: `parts.mandates()` lists what is signed now (a scenario's armed plays of mode 'auto' are mandates
 * too). Everything else is `proposed` and told through `changed`; `confirm(playId)` runs it. P1 needs no mandate.
 */
import {
  atLeastAsSevere,
  type DetectorId,
  type PlayId,
  type PlayRecord,
  type Threat,
  type ThreatSeverity,
} from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Timer } from '#shared/ports.ts';
import {
  ALL_DETECTORS,
  causeOf,
  isReasonFor,
  playFacts,
  type OrderEvent,
  type ThreatAlert,
} from '#shared/threats/index.ts';
import { AuctionEnds } from './auction-end.ts';
import { ALL_PLAYS, type Play, type PlayDid, type PlayGround } from './index.ts';
import { isOver, proposedPlay, type Seen, type StandingPlay as Standing } from './play-record.ts';
import { inTurn, subjectOf, targetOf } from './play-subject.ts';

/** A play that may run by itself now. */
export interface ArmedMandate {
  readonly mandateId: string;
  readonly play: PlayId;
  /** None: every detector that names the play. */
  readonly detectors: readonly DetectorId[];
  readonly severity: ThreatSeverity;
  /** null: every account. */
  readonly accountId: string | null;
}

export interface PlayRoomParts extends PlayGround {
  /** What is signed and in force now. */
  readonly mandates: () => readonly ArmedMandate[];
  /** Writes what was started and what has ended into the record; P1 has its alert there. */
  readonly record: (play: PlayRecord, what: 'started' | 'ended') => void;
  /** A play is new, or has changed. */
  readonly changed: (play: PlayRecord) => void;
}

/** Plays that are known at most; the oldest that are over are dropped first. */
const KEPT = 500;
/** A play that is over by itself is not begun again for the same cause within this time. */
const AGAIN_MS = 300_000;
const SECOND_MS = 1_000;
const LEVELS = { L: 'info', M: 'caution', H: 'high', C: 'critical' } as const;

export class PlayRoom {
  readonly #parts: PlayRoomParts;
  readonly #plays = new Map<string, Standing>();
  readonly #byKey = new Map<string, Standing>();
  readonly #undo: (() => void)[] = [];
  readonly #auctions = new AuctionEnds();
  /** Severity at which a threat was answered last, since it began or came back. */
  readonly #answered = new Map<string, ThreatSeverity>();
  #asking: OrderEvent | null = null;

  constructor(parts: PlayRoomParts) {
    this.#parts = parts;
  }

  start(): void {
    const { desk, timers } = this.#parts;
    const timer: Timer = timers.every(SECOND_MS, () => this.#beat());
    this.#undo.push(
      () => timer.cancel(),
      desk.protections.watch((all) => this.#protected(new Set(all.map(({ protectionId }) => protectionId)))),
      desk.watch((deltas) => {
        for (const delta of deltas) {
          if (delta.kind === 'tradingState') this.#tradingState(delta.tradingState.state);
          else if (delta.kind === 'alert' && delta.alert.code === 'CANCELS_CONFIRMED') this.#cancelsConfirmed();
        }
      }),
    );
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  /** Newest first. */
  list(): readonly PlayRecord[] {
    return [...this.#plays.values()].map(({ record }) => record).reverse();
  }

  /** Lets something hear of an order while it is known which one is being judged. */
  during(event: OrderEvent, hear: () => void): void {
    this.#asking = event;
    try {
      hear();
    } finally {
      this.#asking = null;
    }
  }

  /** A threat is new or has changed; `open`: every threat that is not over. */
  take(threat: Threat, open: () => readonly Threat[]): void {
    const { threatId, phase, severity } = threat;
    if (phase === 'cleared') return this.#over(threat);
    if (phase === 'fading') return void this.#answered.delete(threatId);
    // Said again, and no worse: it has its answer, unless it is about the order that is being judged.
    if (phase !== 'confirmed' || (this.#asking === null && this.#answered.get(threatId) === severity)) return;
    const back = !this.#answered.has(threatId);
    this.#answered.set(threatId, severity);
    for (const play of inTurn(threat.plays)) {
      if (play === 'P1' || !isReasonFor(play, threat.detector, threat.severity)) continue;
      // A halt holds all that reduce-only would.
      if (play === 'P5' && this.#isHalting) continue;
      this.#answer(play, threat, { open, back });
    }
  }

  /** P1: a cause that the user was not told of within five minutes, or that has become worse. */
  alert({ cause, first }: ThreatAlert): void {
    const { severity, latest } = first;
    if (!atLeastAsSevere(severity, playFacts('P1').least)) return;
    const standing = this.#open({ play: 'P1', threat: first, open: [], key: `P1|${cause}|${first.threatId}`, cause });
    const name = detectorName(first.detector);
    this.#parts.desk.tell(LEVELS[severity], 'THREAT_RAISED', { name, why: latest.sentenceKo });
    const ts = this.#now;
    this.#change(standing, {
      state: 'done',
      by: 'always',
      startedTs: ts,
      endedTs: ts,
      endedBy: 'itself',
      didKo: '알렸습니다.',
      didEn: 'You were told.',
    });
  }

  /** The user's one key. Throws PLAY_UNKNOWN, PLAY_OVER, and why it cannot be done. */
  confirm(playId: string): PlayRecord {
    const standing = this.#known(playId);
    if (standing.record.state !== 'proposed') throw new AppError('PLAY_OVER');
    const error = this.#run(standing, { by: 'user', mandateId: null });
    if (error) throw error;
    return standing.record;
  }

  /** Takes a running play back, or turns a proposed one down. Throws PLAY_UNKNOWN, PLAY_OVER, PLAY_RELEASE_HALT. */
  release(playId: string): PlayRecord {
    const standing = this.#known(playId);
    const { play, state } = standing.record;
    if (isOver(standing.record)) throw new AppError('PLAY_OVER');
    if (state === 'running' && play === 'P7') throw new AppError('PLAY_RELEASE_HALT');
    this.#takeBack(standing, 'user');
    return standing.record;
  }

  get(playId: string): PlayRecord {
    return this.#known(playId).record;
  }

  get #now(): number {
    return this.#parts.hub.exchangeNow();
  }

  get #isHalting(): boolean {
    return [...this.#plays.values()].some(({ record: { play, state } }) => play === 'P7' && state === 'running');
  }

  #known(playId: string): Standing {
    const standing = this.#plays.get(playId);
    if (!standing) throw new AppError('PLAY_UNKNOWN', { playId });
    return standing;
  }

  #answer(play: PlayId, threat: Threat, { open, back }: Seen): void {
    const { accountId } = subjectOf(threat);
    const cause = causeOf(threat, open());
    const key = `${play}|${cause}|${targetOf(play, threat)}`;
    const before = this.#byKey.get(key);
    const orderId = play === 'P6' ? this.#orderOf(threat) : null;
    if (before && this.#same(before, threat, back)) {
      if (orderId !== null && before.record.by !== null && before.record.state !== 'released')
        this.#parts.desk.protections.blockOrder(orderId, threat.latest.sentenceKo);
      if (before.record.state !== 'proposed' || before.worst === threat.severity) return;
      before.worst = threat.severity;
      const mandate = this.#mandate(play, threat, accountId);
      if (mandate) this.#run(before, { by: 'mandate', mandateId: mandate.mandateId });
      return;
    }
    const standing = this.#open({ play, threat, open: open(), key, cause, orderId });
    const mandate = this.#mandate(play, threat, accountId);
    if (mandate) this.#run(standing, { by: 'mandate', mandateId: mandate.mandateId });
    else this.#parts.changed(standing.record);
  }

  /** The same play for the same cause: under way, over for this very threat unless it has faded and come `back`, or just done. */
  #same(before: Standing, threat: Threat, back: boolean): boolean {
    const { record, threats } = before;
    const known = threats.has(threat.threatId);
    if (!isOver(record)) {
      threats.add(threat.threatId);
      return true;
    }
    if (known) return !back || record.endedBy === 'user' || record.endedBy === 'itself';
    return record.endedBy === 'itself' && this.#now - (record.endedTs ?? 0) < AGAIN_MS && record.play !== 'P6';
  }

  /** The order that is being judged now, where the threat is about it. */
  #orderOf({ subject, detector }: Threat): string | null {
    const asking = this.#asking;
    if (asking === null) return null;
    if (detector !== 'O01' && detector !== 'O02' && detector !== 'O03') return null;
    return asking.id === subject || asking.accountId.startsWith(subject) ? asking.orderId : null;
  }

  #mandate(play: PlayId, threat: Threat, accountId: string | null): ArmedMandate | undefined {
    return this.#parts
      .mandates()
      .find(
        (each) =>
          each.play === play &&
          (each.detectors.length === 0 || each.detectors.includes(threat.detector)) &&
          atLeastAsSevere(threat.severity, each.severity) &&
          (each.accountId === null || accountId === null || each.accountId === accountId),
      );
  }

  #open(from: {
    readonly play: PlayId;
    readonly threat: Threat;
    readonly open: readonly Threat[];
    readonly key: string;
    readonly cause: string;
    readonly orderId?: string | null;
  }): Standing {
    const { play, threat, open, key, cause, orderId = null } = from;
    const playId = this.#parts.ids.next();
    const record = proposedPlay({ playId, play, cause, threat, ts: this.#now });
    const about = { playId, threat, open: [...open], ...subjectOf(threat), orderId };
    const standing: Standing = {
      record,
      key,
      cause: about,
      threats: new Set([threat.threatId]),
      worst: threat.severity,
    };
    this.#plays.set(playId, standing);
    this.#byKey.set(key, standing);
    this.#forget();
    return standing;
  }

  /** Acts first, then records: a halt may not wait for the disk. */
  #run(standing: Standing, who: Pick<PlayRecord, 'by' | 'mandateId'>): AppError | null {
    const { record, cause } = standing;
    const play = ALL_PLAYS.get(record.play);
    const startedTs = this.#now;
    // Told to whoever looks while it runs: what it puts up is its own.
    standing.record = { ...record, ...who, state: 'running', startedTs };
    let did: PlayDid;
    try {
      did = (play as Play).run(cause, this.#parts);
    } catch (error) {
      const { messageKo } = toEnvelope(error);
      this.#change(standing, {
        state: 'failed',
        didKo: messageKo,
        didEn: messageKo,
        endedTs: startedTs,
        endedBy: 'itself',
      });
      this.#parts.desk.tell('high', 'PLAY_FAILED', { play: nameOf(record.play), why: messageKo });
      return error instanceof AppError ? error : new AppError('INTERNAL_BUG', { what: record.play }, { cause: error });
    }
    const { did: words, state, untilTs = null, plan = null, later } = did;
    const ended = state === 'done' ? ({ endedTs: startedTs, endedBy: 'itself' } as const) : {};
    this.#change(standing, { state, untilTs, plan, didKo: words.ko, didEn: words.en, ...ended });
    this.#write(standing.record, 'started');
    if (who.by === 'mandate')
      this.#parts.desk.tell(LEVELS[record.severity], 'PLAY_RAN', { play: nameOf(record.play), did: words.ko });
    later?.then(
      (outcome) => this.#later(standing, outcome),
      (error: unknown) => {
        const { messageKo } = toEnvelope(error);
        this.#later(standing, { did: { ko: messageKo, en: messageKo }, state: 'failed' });
      },
    );
    return null;
  }

  #later(standing: Standing, { did, state }: Awaited<NonNullable<PlayDid['later']>>): void {
    const words = { didKo: did.ko, didEn: did.en };
    if (isOver(standing.record)) {
      // Its protection fell with its end; what came of it is still told.
      if (standing.record.endedBy !== 'user') this.#change(standing, words);
      return;
    }
    if (state === 'running') return this.#change(standing, words);
    if (state === 'failed')
      this.#parts.desk.tell('high', 'PLAY_FAILED', { play: nameOf(standing.record.play), why: did.ko });
    this.#change(standing, words);
    this.#end(standing, state, 'itself');
  }

  /** A threat is over: what only stood because of it ends with it, and what nobody confirmed passes by. */
  #over(threat: Threat): void {
    this.#answered.delete(threat.threatId);
    for (const standing of this.#plays.values()) {
      const { record, threats } = standing;
      if (isOver(record) || !threats.delete(threat.threatId) || threats.size > 0) continue;
      if (record.state === 'proposed') this.#end(standing, 'expired', 'cause');
      else if (playFacts(record.play).ends === 'cause') this.#takeBack(standing, 'cause');
    }
  }

  /** Protections that fell by time or by the market's own course end their plays. */
  #protected(standing: ReadonlySet<string>): void {
    for (const each of this.#plays.values()) {
      const { record } = each;
      if (record.state !== 'running' || standing.has(record.playId) || record.startedTs === null) continue;
      if (record.play === 'P3' || record.play === 'P9') this.#end(each, 'released', 'time');
      else if (record.play === 'P4' || record.play === 'P6') this.#end(each, 'released', 'cause');
      else if (record.play === 'P8') this.#end(each, 'done', 'itself');
    }
  }

  #tradingState(state: 'active' | 'reducing' | 'halted'): void {
    for (const standing of this.#plays.values()) {
      const { play, state: now } = standing.record;
      if (now !== 'running') continue;
      if ((play === 'P7' && state !== 'halted') || (play === 'P5' && state === 'active'))
        this.#end(standing, 'released', 'user');
    }
  }

  #cancelsConfirmed(): void {
    for (const standing of this.#plays.values()) {
      const { play, state } = standing.record;
      if (play !== 'P7' || state !== 'running') continue;
      this.#change(standing, {
        didKo: '매매를 중지했고, 증권사에 열린 주문이 없음을 확인했습니다.',
        didEn: 'Trading is halted, and the broker shows no open order.',
      });
    }
  }

  #beat(): void {
    this.#parts.desk.protections.all(this.#parts.clock.now());
    this.#auctions.review(this.#parts);
  }

  #end(standing: Standing, state: PlayRecord['state'], endedBy: NonNullable<PlayRecord['endedBy']>): void {
    const ran = standing.record.startedTs !== null;
    this.#change(standing, { state, endedBy, endedTs: this.#now });
    if (ran) this.#write(standing.record, 'ended');
  }

  /** Ended first: the fall of its protection would be taken for an end of its own. */
  #takeBack(standing: Standing, endedBy: 'user' | 'cause'): void {
    const { play, state } = standing.record;
    this.#end(standing, 'released', endedBy);
    if (state === 'running') ALL_PLAYS.get(play)?.release?.(standing.cause, this.#parts);
  }

  #change(standing: Standing, change: Partial<PlayRecord>): void {
    standing.record = { ...standing.record, ...change };
    this.#parts.changed(standing.record);
  }

  #write(record: PlayRecord, what: 'started' | 'ended'): void {
    try {
      this.#parts.record(record, what);
    } catch (error) {
      // What protects stays in force, whatever the disk says; the desk has its own way with a disk that refuses.
      this.#parts.logger.error('a play was not recorded', { play: record.play, error: String(error) });
    }
  }

  #forget(): void {
    if (this.#plays.size <= KEPT) return;
    for (const [playId, { record, key }] of this.#plays) {
      if (!isOver(record)) continue;
      this.#plays.delete(playId);
      if (this.#byKey.get(key)?.record.playId === playId) this.#byKey.delete(key);
      if (this.#plays.size <= KEPT) return;
    }
  }
}

const nameOf = (play: PlayId): string => playFacts(play).nameKo;

const detectorName = (id: DetectorId): string => ALL_DETECTORS.find((each) => each.id === id)?.nameKo ?? id;
