/** Runs the detectors over the stream: hands each event to those that listen, and makes threats of what they say. */
import type { DetectorId, Threat, ThreatSignal } from '../../domain/index.ts';
import { atLeastAsSevere } from '../../domain/index.ts';
import type { Detector, Ears, Mouth, Said } from '../detector.ts';
import type { ThreatEvent, ThreatEventKind } from '../events.ts';
import { causeOf } from './cause.ts';
import { scoreOf } from './score.ts';

/** What the user has set about a detector. */
export interface DetectorSetting {
  readonly on: boolean;
  /** By name; what is absent is as the detector has it. Beyond its range a figure is set to the bound. */
  readonly params: Readonly<Record<string, number>>;
}

/** on 켜짐 · off 꺼짐 · noInput 입력 없음: counts as off · broken 고장: it threw, and was switched off. */
export type DetectorState = 'on' | 'off' | 'noInput' | 'broken';

/** Several threats of one cause within five minutes are one alert. */
export interface ThreatAlert {
  readonly cause: string;
  readonly first: Threat;
  readonly ts: number;
}

export interface EngineListener {
  /** Every word of a detector. */
  signal?(signal: ThreatSignal): void;
  /** A threat is new or has changed. */
  threat?(threat: Threat): void;
  /** A cause that was not told of within five minutes, or has become worse. */
  alert?(alert: ThreatAlert): void;
  /** A detector threw and is off from here on. */
  broken?(id: DetectorId, error: unknown): void;
}

export interface EngineOptions {
  readonly detectors: readonly Detector[];
  readonly settings?: Readonly<Partial<Record<DetectorId, DetectorSetting>>>;
  /** Kinds of events that will come; a detector that needs others is off. All if absent. */
  readonly inputs?: ReadonlySet<ThreatEventKind>;
  readonly listener?: EngineListener;
}

/** A threat of severity M or less is confirmed once it has stood so long, or was said again; a worse one at once. */
const SETTLE_MS = 10_000;
/** A threat whose condition holds no more is over after so long without a word. */
const QUIET_MS = 180_000;
/** Alerts of one cause within this time are one. */
const MERGED_MS = 300_000;
/** Threats that are over and still known. */
const HISTORY = 2_000;

type Listening = { [Kind in ThreatEventKind]?: ((event: never) => void)[] };

interface Standing {
  threat: Threat;
  fadingTs: number;
}

interface Seat {
  readonly detector: Detector;
  state: DetectorState;
  ears: Ears;
}

/** Figures within their ranges. */
function figuresOf(detector: Detector, setting: DetectorSetting | undefined): Record<string, number> {
  return Object.fromEntries(
    detector.params.map(({ id, initial, min, max }) => {
      const wanted = setting?.params[id];
      const value = wanted !== undefined && Number.isFinite(wanted) ? wanted : initial;
      return [id, Math.max(min, Math.min(max, value))];
    }),
  );
}

export class ThreatEngine {
  readonly #listener: EngineListener;
  readonly #inputs: ReadonlySet<ThreatEventKind> | undefined;
  readonly #seats: Seat[];
  readonly #open = new Map<string, Standing>();
  readonly #alerted = new Map<string, { ts: number; severity: Threat['severity'] }>();
  #history: Threat[] = [];
  #ears: Listening = {};
  /** The seat whose ear is at work: it is the one that throws. */
  #order: Partial<Record<ThreatEventKind, Seat[]>> = {};
  #now = 0;
  #numbers = 0;
  /** Events that went back in time or had none. */
  dropped = 0;
  events = 0;

  constructor({ detectors, settings = {}, inputs, listener = {} }: EngineOptions) {
    this.#listener = listener;
    this.#inputs = inputs;
    this.#seats = detectors.map((detector) => this.#seat(detector, settings[detector.id]));
    this.#wire();
  }

  /** Exchange time of the newest event. */
  get now(): number {
    return this.#now;
  }

  /** How each detector stands. */
  states(): ReadonlyMap<DetectorId, DetectorState> {
    return new Map(this.#seats.map(({ detector, state }) => [detector.id, state]));
  }

  /** Another setting of one detector: it starts anew, the others go on; what it had open fades. */
  configure(id: DetectorId, setting: DetectorSetting): void {
    const place = this.#seats.findIndex(({ detector }) => detector.id === id);
    const seat = this.#seats[place];
    if (!seat) return;
    this.#seats[place] = this.#seat(seat.detector, setting);
    this.#wire();
    for (const standing of this.#open.values()) if (standing.threat.detector === id) this.#fade(standing);
  }

  /** Threats that are not over, worst first. */
  threats(): Threat[] {
    return [...this.#open.values()]
      .map(({ threat }) => threat)
      .sort((a, b) => b.score - a.score || a.firstTs - b.firstTs);
  }

  /** Threats that are over, newest first. */
  history(): readonly Threat[] {
    return this.#history.toReversed();
  }

  /** Takes one event. What goes back in time is dropped and counted. */
  take(event: ThreatEvent): void {
    const { ts } = event;
    // Written so that a time that is no number is dropped as well.
    if (!(ts >= this.#now)) {
      this.dropped += 1;
      return;
    }
    this.#now = ts;
    this.events += 1;
    const ears = this.#ears[event.kind] as ((event: ThreatEvent) => void)[] | undefined;
    if (ears !== undefined) this.#hear(event, ears);
    if (event.kind === 'clock') this.#settle();
  }

  #hear(event: ThreatEvent, ears: readonly ((event: ThreatEvent) => void)[]): void {
    let at = 0;
    try {
      for (; at < ears.length; at += 1) (ears[at] as (event: ThreatEvent) => void)(event);
    } catch (error) {
      const seat = this.#order[event.kind]?.[at];
      if (!seat) throw error;
      seat.state = 'broken';
      const rest = ears.slice(at + 1);
      this.#wire();
      this.#listener.broken?.(seat.detector.id, error);
      this.#hearRest(event, rest);
    }
  }

  /** The others still hear the event at which one broke. */
  #hearRest(event: ThreatEvent, ears: readonly ((event: ThreatEvent) => void)[]): void {
    for (const ear of ears)
      try {
        ear(event);
      } catch {
        // It will break again at its next event, and be switched off there.
      }
  }

  #seat(detector: Detector, setting: DetectorSetting | undefined): Seat {
    const seat: Seat = { detector, state: 'on', ears: {} };
    if (setting?.on === false) seat.state = 'off';
    else if (this.#inputs && !detector.inputs.every((kind) => this.#inputs?.has(kind))) seat.state = 'noInput';
    const mouth: Mouth = {
      fire: (said) => this.#fired(seat, said),
      clear: (subject) => this.#cleared(seat, subject),
    };
    if (seat.state === 'on') seat.ears = detector.watch(figuresOf(detector, setting), mouth);
    return seat;
  }

  #wire(): void {
    const ears: Partial<Record<ThreatEventKind, ((event: never) => void)[]>> = {};
    const order: Partial<Record<ThreatEventKind, Seat[]>> = {};
    for (const seat of this.#seats) {
      if (seat.state !== 'on') continue;
      for (const [name, ear] of Object.entries(seat.ears)) {
        const kind = name as ThreatEventKind;
        (ears[kind] ??= []).push(ear);
        (order[kind] ??= []).push(seat);
      }
    }
    this.#ears = ears;
    this.#order = order;
  }

  #fired({ detector, state }: Seat, said: Said): void {
    if (state !== 'on') return;
    const signal: ThreatSignal = {
      detector: detector.id,
      ts: this.#now,
      state: 'fired',
      ...said,
      values: { ...said.values },
    };
    this.#listener.signal?.(signal);
    const key = `${detector.id}|${said.subject}`;
    const standing = this.#open.get(key);
    if (!standing) {
      this.#begin(key, detector, signal);
      return;
    }
    const { threat } = standing;
    const worse = atLeastAsSevere(signal.severity, threat.severity) && signal.severity !== threat.severity;
    const severity = worse ? signal.severity : threat.severity;
    standing.fadingTs = 0;
    this.#change(standing, {
      phase: 'confirmed',
      severity,
      latest: signal,
      lastTs: signal.ts,
      signals: threat.signals + 1,
    });
  }

  #begin(key: string, detector: Detector, signal: ThreatSignal): void {
    this.#numbers += 1;
    const threat: Threat = {
      threatId: `${detector.id}-${signal.ts}-${this.#numbers}`,
      detector: detector.id,
      family: detector.family,
      subject: signal.subject,
      // What may cost much is not waited for.
      phase: atLeastAsSevere(signal.severity, 'H') ? 'confirmed' : 'detected',
      severity: signal.severity,
      score: 0,
      firstTs: signal.ts,
      lastTs: signal.ts,
      clearedTs: null,
      signals: 1,
      latest: signal,
      plays: [...detector.plays],
    };
    const standing = { threat, fadingTs: 0 };
    this.#open.set(key, standing);
    this.#change(standing, {});
  }

  #cleared({ detector, state }: Seat, subject: string): void {
    const standing = state === 'on' ? this.#open.get(`${detector.id}|${subject}`) : undefined;
    if (!standing || standing.threat.phase === 'fading') return;
    this.#listener.signal?.({ ...standing.threat.latest, ts: this.#now, state: 'cleared' });
    this.#fade(standing);
  }

  #fade(standing: Standing): void {
    standing.fadingTs = this.#now;
    this.#change(standing, { phase: 'fading' });
  }

  /** Time alone confirms what has stood, and ends what has faded. */
  #settle(): void {
    for (const [key, standing] of this.#open) {
      const { threat, fadingTs } = standing;
      if (threat.phase === 'detected' && this.#now - threat.firstTs >= SETTLE_MS)
        this.#change(standing, { phase: 'confirmed' });
      if (threat.phase === 'fading' && this.#now - fadingTs >= QUIET_MS) {
        this.#open.delete(key);
        this.#change(standing, { phase: 'cleared', clearedTs: this.#now });
        this.#history.push(standing.threat);
        if (this.#history.length > HISTORY) this.#history = this.#history.slice(-HISTORY / 2);
      }
    }
  }

  #change(standing: Standing, change: Partial<Threat>): void {
    const changed = { ...standing.threat, ...change };
    standing.threat = { ...changed, score: scoreOf(changed) };
    this.#listener.threat?.(standing.threat);
    if (standing.threat.phase === 'confirmed') this.#alert(standing.threat);
  }

  /** One alert for a cause within five minutes, and another where it has become worse. */
  #alert(threat: Threat): void {
    const cause = causeOf(threat, this.threats());
    const before = this.#alerted.get(cause);
    const worse = before !== undefined && !atLeastAsSevere(before.severity, threat.severity);
    if (before && !worse && this.#now - before.ts < MERGED_MS) return;
    this.#alerted.set(cause, { ts: this.#now, severity: threat.severity });
    this.#listener.alert?.({ cause, first: threat, ts: this.#now });
  }
}
