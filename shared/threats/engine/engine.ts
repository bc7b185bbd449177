/** Runs the detectors over the stream: hands each event to those that listen, and makes threats of what they say. */
import type { DetectorId, Threat, ThreatSignal } from '../../domain/index.ts';
import { atLeastAsSevere } from '../../domain/index.ts';
import type { Detector, Ears, Mouth, Said } from '../detector.ts';
import type { ThreatEvent, ThreatEventKind } from '../events.ts';
import { causeOf, titleOf, type AlertTitle } from './cause.ts';
import { scoreOf } from './score.ts';
import { isWellFormed } from './well-formed.ts';

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
  /** What the cause is called, whichever of its threats came first. */
  readonly title: AlertTitle;
  readonly first: Threat;
  readonly ts: number;
}

/** Who is told, in the middle of an event. A listener must not throw: the detector that spoke would be taken for broken. */
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
  /** Ends the ids of its threats, where they are kept beside those of other engines that saw the same times. */
  readonly tag?: string;
}

/** A threat of severity M or less is confirmed once it has stood so long, or was said again; a worse one at once. */
const SETTLE_MS = 10_000;
/** A threat whose condition holds no more is over after so long without a word. */
const QUIET_MS = 180_000;
/** Alerts of one cause within this time are one. */
const MERGED_MS = 300_000;
/** Threats that are over and still known. */
const HISTORY = 2_000;

type Ear = (event: ThreatEvent) => void;
/** Who listens to a kind; `seats[n]` is whose ear `ears[n]` is: where one throws, it is that one. */
interface Listening {
  readonly ears: Ear[];
  readonly seats: Seat[];
}
const NOBODY: Listening = { ears: [], seats: [] };

interface Standing {
  threat: Threat;
  fadingTs: number;
}

interface Seat {
  readonly detector: Detector;
  readonly setting: DetectorSetting;
  state: DetectorState;
  ears: Ears;
}

const AS_IT_IS: DetectorSetting = { on: true, params: {} };

/** Figures within their ranges. */
function figuresOf(detector: Detector, setting: DetectorSetting): Record<string, number> {
  return Object.fromEntries(
    detector.params.map(({ id, initial, min, max }) => {
      const wanted = setting.params[id];
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
  /** Trades and books are nearly all that comes: they have places of their own, so that no name is looked up for them. */
  #trade = NOBODY;
  #book = NOBODY;
  #others: Partial<Record<ThreatEventKind, Listening>> = {};
  #now = 0;
  #numbers = 0;
  readonly #tag: string;
  /** Told of every event that is handed on, before those who listen for it; for recordings. */
  overheard: ((event: ThreatEvent) => void) | null = null;
  /** Events that went back in time or had none. */
  dropped = 0;
  /** Events of a right time with a figure that is no number; they are dropped as well. */
  malformed = 0;
  /** Events that were handed on. */
  events = 0;

  constructor({ detectors, settings = {}, inputs, listener = {}, tag }: EngineOptions) {
    this.#tag = tag === undefined ? '' : `-${tag}`;
    this.#listener = listener;
    this.#inputs = inputs;
    this.#seats = detectors.map((detector) => this.#seat(detector, settings[detector.id] ?? AS_IT_IS));
    this.#wire();
  }

  /** Exchange time of the newest event. */
  get now(): number {
    return this.#now;
  }

  /** What is set about each detector, every figure as it is used. */
  settings(): ReadonlyMap<DetectorId, DetectorSetting> {
    return new Map(
      this.#seats.map(({ detector, setting }) => [
        detector.id,
        { on: setting.on, params: figuresOf(detector, setting) },
      ]),
    );
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
    this.#fadeAll(id);
  }

  /** Threats that are not over, worst first. */
  threats(): Threat[] {
    return this.#threats().sort((a, b) => b.score - a.score || a.firstTs - b.firstTs);
  }

  /** Threats that are over, newest first. */
  history(): readonly Threat[] {
    return this.#history.toReversed();
  }

  /** Takes one event. What goes back in time or holds no number where one belongs is dropped and counted. */
  take(event: ThreatEvent): void {
    const { ts } = event;
    // Written so that a time that is no number is dropped as well.
    if (!(ts >= this.#now && ts < Infinity)) {
      this.dropped += 1;
      return;
    }
    if (!isWellFormed(event)) {
      this.malformed += 1;
      return;
    }
    this.#now = ts;
    this.events += 1;
    this.overheard?.(event);
    if (event.kind === 'trade') this.#hear(event, this.#trade);
    else if (event.kind === 'book') this.#hear(event, this.#book);
    else {
      const listening = this.#others[event.kind];
      if (listening !== undefined) this.#hear(event, listening);
      if (event.kind === 'clock') this.#settle();
    }
  }

  /** Hands an event to those who listen, from place `from` on. One that throws is off; the others still hear it. */
  #hear(event: ThreatEvent, { ears, seats }: Listening, from = 0): void {
    let at = from;
    try {
      for (; at < ears.length; at += 1) (ears[at] as Ear)(event);
    } catch (error) {
      this.#broke(seats[at] as Seat, error);
      this.#hear(event, { ears, seats }, at + 1);
    }
  }

  /** What it had open fades: nobody is left to say that it holds or is over. */
  #broke(seat: Seat, error: unknown): void {
    seat.state = 'broken';
    this.#wire();
    this.#listener.broken?.(seat.detector.id, error);
    this.#fadeAll(seat.detector.id);
  }

  #seat(detector: Detector, setting: DetectorSetting): Seat {
    const seat: Seat = { detector, setting, state: 'on', ears: {} };
    if (!setting.on) seat.state = 'off';
    else if (this.#inputs && !detector.inputs.every((kind) => this.#inputs?.has(kind))) seat.state = 'noInput';
    const mouth: Mouth = {
      fire: (said) => this.#fired(seat, said),
      clear: (subject) => this.#cleared(seat, subject),
    };
    if (seat.state !== 'on') return seat;
    try {
      seat.ears = detector.watch(figuresOf(detector, setting), mouth);
    } catch (error) {
      seat.state = 'broken';
      this.#listener.broken?.(detector.id, error);
    }
    return seat;
  }

  #wire(): void {
    const all: Partial<Record<ThreatEventKind, Listening>> = {};
    for (const seat of this.#seats) {
      if (seat.state !== 'on') continue;
      for (const [kind, ear] of Object.entries(seat.ears) as [ThreatEventKind, Ear][]) {
        const { ears, seats } = (all[kind] ??= { ears: [], seats: [] });
        ears.push(ear);
        seats.push(seat);
      }
    }
    this.#trade = all.trade ?? NOBODY;
    this.#book = all.book ?? NOBODY;
    this.#others = all;
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
      threatId: `${detector.id}-${signal.ts}-${this.#numbers}${this.#tag}`,
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

  #fadeAll(id: DetectorId): void {
    for (const standing of this.#open.values())
      if (standing.threat.detector === id && standing.threat.phase !== 'fading') this.#fade(standing);
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
    for (const [cause, { ts }] of this.#alerted) if (this.#now - ts >= MERGED_MS) this.#alerted.delete(cause);
  }

  #threats(): Threat[] {
    return Array.from(this.#open.values(), ({ threat }) => threat);
  }

  #change(standing: Standing, change: Partial<Threat>): void {
    const changed = { ...standing.threat, ...change };
    standing.threat = { ...changed, score: scoreOf(changed) };
    this.#listener.threat?.(standing.threat);
    if (standing.threat.phase === 'confirmed') this.#alert(standing.threat);
  }

  /** One alert for a cause within five minutes, and another where it has become worse. */
  #alert(threat: Threat): void {
    const cause = causeOf(threat, this.#threats());
    const before = this.#alerted.get(cause);
    const worse = before !== undefined && !atLeastAsSevere(before.severity, threat.severity);
    if (before && !worse && this.#now - before.ts < MERGED_MS) return;
    this.#alerted.set(cause, { ts: this.#now, severity: threat.severity });
    this.#listener.alert?.({ cause, title: titleOf(cause, threat), first: threat, ts: this.#now });
  }
}
