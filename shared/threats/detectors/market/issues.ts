/** What the watchers of the market keep of each issue: its facts, on which venue it trades continuously, and a state of their own. */
import { isContinuous, type Phase } from '../../../time/index.ts';
import type { VenueName } from '../../../domain/index.ts';
import type { IssueEvent, PhaseEvent } from '../../events.ts';
import type { Ears, Mouth, Said } from '../../detector.ts';
import { shortName } from '../words.ts';

export const KRX = 1;
export const NXT = 2;
const DAY_MS = 86_400_000;
export const KST_MS = 9 * 3_600_000;
/** Most issues that a watcher follows; the exchange lists about 3,000. */
const MOST_ISSUES = 10_000;

export function bitOf(venue: VenueName): number {
  return venue === 'KRX' ? KRX : NXT;
}

/** Days since 1970 in Korea. */
export function koreanDay(ts: number): number {
  return Math.floor((ts + KST_MS) / DAY_MS);
}

/** A number above zero that can be reckoned with. */
export function usable(value: number): boolean {
  return value > 0 && value < Infinity;
}

function orZero(value: number): number {
  return usable(value) ? value : 0;
}

/** One issue in the eyes of one watcher. */
export class Seat<Own> {
  readonly id: string;
  issue: IssueEvent;
  name: string;
  followed: boolean;
  /** Won; 0: not known. */
  tick = 0;
  base = 0;
  upper = 0;
  lower = 0;
  /** Venues (bits) where it trades continuously now. */
  open: number;
  /** When the venue's continuous trading last began: what was seen before is another market. */
  openedKrx = 0;
  openedNxt = 0;
  /** Venues (bits) on which it goes its own way: halted, or in an auction of its own. */
  apart = 0;
  day: number;
  /** 0 quiet; else how far its alarm has gone. */
  stage = 0;
  /** It stands in the list of those that time may change. */
  listed = false;
  own: Own;

  constructor(issue: IssueEvent, open: number, own: Own) {
    this.id = issue.id;
    this.issue = issue;
    this.name = shortName(issue.nameKo === '' ? issue.id : issue.nameKo);
    this.followed = issue.followed;
    this.open = open;
    this.day = koreanDay(issue.ts);
    this.own = own;
    this.learn(issue);
  }

  learn(issue: IssueEvent): void {
    this.issue = issue;
    this.name = shortName(issue.nameKo === '' ? issue.id : issue.nameKo);
    this.followed = issue.followed;
    this.base = orZero(issue.base);
    this.tick = orZero(issue.tick);
    this.upper = orZero(issue.upper);
    this.lower = orZero(issue.lower);
  }

  openOn(venue: VenueName): boolean {
    return (this.open & (venue === 'KRX' ? KRX : NXT)) !== 0;
  }

  /** The venue whose book counts: KRX, and NXT while KRX does not trade. */
  leads(venue: VenueName): boolean {
    const bit = bitOf(venue);
    return (this.open & bit) !== 0 && (bit === KRX || (this.open & KRX) === 0);
  }

  openedOf(venue: VenueName): number {
    return venue === 'KRX' ? this.openedKrx : this.openedNxt;
  }
}

/** A sentence with its figures and picture, made only when it is said. */
export type Words = Omit<Said, 'subject' | 'severity'>;

/** All issues of a watcher. A day's first event of an issue sets its state anew and ends its alarm. */
export class Issues<Own> {
  readonly #seats = new Map<string, Seat<Own>>();
  readonly #make: (issue: IssueEvent) => Own;
  readonly #mouth: Mouth;
  readonly #listed: Seat<Own>[] = [];
  readonly #phases: Record<VenueName, Phase | null> = { KRX: null, NXT: null };

  constructor(mouth: Mouth, make: (issue: IssueEvent) => Own) {
    this.#mouth = mouth;
    this.#make = make;
  }

  get(id: string): Seat<Own> | undefined {
    return this.#seats.get(id);
  }

  all(): Iterable<Seat<Own>> {
    return this.#seats.values();
  }

  /** One issue as a list, empty if it is not known. */
  only(id: string): readonly Seat<Own>[] {
    const seat = this.#seats.get(id);
    return seat ? [seat] : [];
  }

  /** Takes what an issue event says; undefined: there are too many. */
  learn(event: IssueEvent): Seat<Own> | undefined {
    const seat = this.#seats.get(event.id);
    if (!seat) {
      if (this.#seats.size >= MOST_ISSUES) return undefined;
      const made = new Seat(event, this.#openBits(), this.#make(event));
      this.#seats.set(event.id, made);
      return made;
    }
    seat.learn(event);
    const day = koreanDay(event.ts);
    if (day !== seat.day) {
      seat.day = day;
      this.lower(seat);
      seat.own = this.#make(event);
      // Whatever it was doing apart ended with its day.
      seat.apart = 0;
      seat.open = this.#openBits();
    }
    return seat;
  }

  phase(event: PhaseEvent): void {
    if (event.id === null) {
      // Whoever hears only of NXT's morning knows that KRX has not opened.
      if (event.phase === 'preMarket' && this.#phases.KRX === null)
        this.phase({ ...event, venue: 'KRX', phase: 'preOpen' });
      this.#phases[event.venue] = event.phase;
      for (const seat of this.#seats.values()) if ((seat.apart & bitOf(event.venue)) === 0) this.#turn(seat, event);
      return;
    }
    const seat = this.#seats.get(event.id);
    if (!seat) return;
    const bit = bitOf(event.venue);
    if (event.phase === (this.#phases[event.venue] ?? 'continuous')) seat.apart &= ~bit;
    else seat.apart |= bit;
    this.#turn(seat, event);
  }

  /** Ears for the facts of issues and for phases, which every watcher of issues needs. */
  ears(): Pick<Ears, 'issue' | 'phase'> {
    return { issue: (event) => void this.learn(event), phase: (event) => this.phase(event) };
  }

  phaseOf(venue: VenueName): Phase | null {
    return this.#phases[venue];
  }

  /** Says it where it is worse than what was said; a watched issue by `severity`, another as 알림. */
  raise(seat: Seat<Own>, stage: number, severity: Said['severity'], words: Words): void {
    if (stage <= seat.stage) return;
    seat.stage = stage;
    this.list(seat);
    this.#mouth.fire({ subject: seat.id, severity: seat.followed ? severity : 'L', ...words });
  }

  lower(seat: Seat<Own>): void {
    if (seat.stage === 0) return;
    seat.stage = 0;
    this.#mouth.clear(seat.id);
  }

  /** From now on `onClock` sees it. */
  list(seat: Seat<Own>): void {
    if (seat.listed) return;
    seat.listed = true;
    this.#listed.push(seat);
  }

  /** Calls `look` for those that time may change; false: it need not be looked at again. */
  onClock(look: (seat: Seat<Own>) => boolean): void {
    const list = this.#listed;
    let kept = 0;
    for (const seat of list) {
      if (look(seat) || seat.stage > 0) list[kept++] = seat;
      else seat.listed = false;
    }
    list.length = kept;
  }

  #openBits(): number {
    // A stream without phases is taken as one of continuous trading.
    const open = (phase: Phase | null): boolean => phase === null || isContinuous(phase);
    return (open(this.#phases.KRX) ? KRX : 0) | (open(this.#phases.NXT) ? NXT : 0);
  }

  #turn(seat: Seat<Own>, { venue, phase, ts }: PhaseEvent): void {
    const bit = bitOf(venue);
    const was = (seat.open & bit) !== 0;
    if (!isContinuous(phase)) {
      seat.open &= ~bit;
      return;
    }
    seat.open |= bit;
    if (was) return;
    if (venue === 'KRX') seat.openedKrx = ts;
    else seat.openedNxt = ts;
  }
}
