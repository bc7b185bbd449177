/** Runs the day: parts of the venues' schedules, auctions in between, fixed-price trading, and every timer of the agenda. */
import type { VenueName } from '../../domain/index.ts';
import { REOPENING_RANDOM_END_MS, SINGLE_PRICE_CYCLE_MS } from '../../market/index.ts';
import { Rng } from '../../rng/index.ts';
import { SECOND_MS, type Phase } from '../../time/index.ts';
import type { Timer } from './agenda.ts';
import type { Board } from './board.ts';
import type { BoardPhases } from './board-phases.ts';
import type { Breakers } from './breakers.ts';
import type { Floor } from './floor.ts';
import type { Halts } from './halts.ts';
import type { Intake } from './intake.ts';
import type { Matcher } from './matcher.ts';
import { BUY, SELL } from '../book/order-pool.ts';
import type { Sidecars } from './sidecar.ts';
import type { VenueDay } from './venue-day.ts';

/** Numbers of the venues on the agenda. */
const VENUES: readonly VenueName[] = ['KRX', 'NXT'];

interface Rooms {
  readonly floor: Floor;
  readonly phases: BoardPhases;
  readonly matcher: Matcher;
  readonly intake: Intake;
  readonly halts: Halts;
  readonly breakers: Breakers;
  readonly sidecars: Sidecars;
}

export class DayClock {
  readonly #rooms: Rooms;
  readonly #floor: Floor;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
    this.#floor = rooms.floor;
  }

  /** Sets the timers of a day that begins. */
  start(): void {
    for (const day of this.#days()) {
      this.#scheduleNext(day);
      this.#scheduleWindows(day);
    }
    const open = this.#floor.days.KRX.partOf('continuous');
    if (open) this.#floor.agenda.add({ ts: open.startTs, kind: 'index', place: 0, n: 0 });
    for (const board of this.#floor.boards) if (board) this.#rooms.phases.begin(board);
  }

  /** Changes a venue's phase by hand; its schedule no longer counts after that. */
  setPhase(venue: VenueName, phase: Phase): void {
    const day = this.#floor.days[venue];
    if (day === null) return;
    day.manual = true;
    this.#floor.agenda.drop('part', VENUES.indexOf(venue));
    if (phase !== day.phase) this.#change(day, phase, 'hand');
  }

  /** Does what a timer asks; the clock stands at its instant. */
  fire(timer: Timer): void {
    const { kind, place, n } = timer;
    switch (kind) {
      case 'part':
        this.#part(this.#day(place), n);
        return;
      case 'own': {
        const board = this.#floor.boardAt(place);
        if (board.own?.n === n) this.#rooms.halts.end(board);
        return;
      }
      case 'cycle':
        this.#cycle(this.#floor.boardAt(place), n);
        return;
      case 'offHours':
        this.#offHours(n);
        return;
      case 'window':
        this.#window(Math.floor(n / 2), n % 2 === 0);
        return;
      case 'index':
        this.#judge(timer);
        return;
      case 'breaker':
        this.#rooms.breakers.step(place);
        return;
      case 'sidecar':
        for (const orderNo of this.#rooms.sidecars.release(place)) this.#rooms.intake.unpark(orderNo);
    }
  }

  #days(): VenueDay[] {
    const { KRX, NXT } = this.#floor.days;
    return NXT ? [KRX, NXT] : [KRX];
  }

  #day(place: number): VenueDay {
    return this.#floor.days[VENUES[place] as VenueName] as VenueDay;
  }

  #part(day: VenueDay, n: number): void {
    const part = day.schedule.parts[n];
    if (day.manual || !part) return;
    day.part = n;
    this.#change(day, part.phase, 'schedule');
    this.#scheduleNext(day);
  }

  #change(day: VenueDay, phase: Phase, cause: 'schedule' | 'hand'): void {
    const { phases } = this.#rooms;
    const { venue, phase: from } = day;
    for (const board of this.#floor.boardsOn(venue)) phases.depart(board, { from, to: phase, cause });
    day.phase = phase;
    this.#floor.events.phase(venue, { phase, previous: from, cause, until: day.current?.endTs ?? 0 });
    for (const board of this.#floor.boardsOn(venue)) phases.arrive(board, phase);
    if (venue !== 'KRX') return;
    if (phase === 'continuous') this.#scheduleCycles(day);
    if (phase === 'offHours') this.#scheduleOffHours(day.current?.startTs ?? this.#floor.now);
  }

  #scheduleNext(day: VenueDay): void {
    const n = day.part + 1;
    const ts = day.starts[n];
    if (ts !== undefined) this.#floor.agenda.add({ ts, kind: 'part', place: VENUES.indexOf(day.venue), n });
  }

  #scheduleWindows(day: VenueDay): void {
    if (day.venue !== 'KRX') return;
    (day.schedule.windows ?? []).forEach(({ matchFrom, matchTo }, at) => {
      this.#floor.agenda.add({ ts: matchFrom, kind: 'window', place: 0, n: at * 2 });
      this.#floor.agenda.add({ ts: matchTo, kind: 'window', place: 0, n: at * 2 + 1 });
    });
  }

  /** Fixed-price trading begins, or is over. */
  #window(at: number, begins: boolean): void {
    const day = this.#floor.days.KRX;
    const window = day.schedule.windows?.[at];
    if (!window) return;
    const { type } = window;
    if (type === 'preClose') day.preCloseOn = begins;
    else day.postCloseOn = begins;
    for (const board of this.#floor.boardsOn('KRX')) {
      const price = type === 'preClose' ? board.issue.basePrice : board.close;
      if (begins && !board.halted) this.#rooms.matcher.uncrossFixed(board, type, price);
      if (begins) continue;
      for (const side of [BUY, SELL] as const) {
        for (const slot of [...board[type].slots(side)]) this.#floor.withdraw(slot, 'expired');
      }
    }
  }

  /** Half hours of issues that trade at single prices, counted from the start of the regular session. */
  #scheduleCycles(day: VenueDay): void {
    const start = day.current?.startTs ?? this.#floor.now;
    for (const board of this.#floor.boardsOn('KRX')) {
      if (board.issue.listed.singlePrice === undefined) continue;
      this.#floor.agenda.drop('cycle', board.place);
      this.#nextCycle(board, start + SINGLE_PRICE_CYCLE_MS);
    }
  }

  #nextCycle(board: Board, scheduled: number): void {
    const day = this.#floor.days.KRX;
    const end = day.current?.endTs ?? Number.POSITIVE_INFINITY;
    if (scheduled >= end) return;
    const ts = scheduled + this.#floor.randomEnd(board);
    this.#floor.agenda.add({ ts, kind: 'cycle', place: board.place, n: scheduled });
  }

  #cycle(board: Board, scheduled: number): void {
    if (this.#floor.days.KRX.phase !== 'continuous') return;
    if (board.phase === 'periodicAuction' && board.own === null) {
      this.#rooms.phases.uncross(board, false);
      this.#rooms.matcher.settle(board);
    }
    this.#nextCycle(board, scheduled + SINGLE_PRICE_CYCLE_MS);
  }

  #scheduleOffHours(from: number): void {
    const part = this.#floor.days.KRX.current;
    if (part?.cycleMs === undefined || from + part.cycleMs >= part.endTs) return;
    const scheduled = from + part.cycleMs;
    const { seed, date } = this.#floor.options;
    const late = Rng.from(seed, `off hours ${date} ${scheduled}`).int(REOPENING_RANDOM_END_MS + 1);
    this.#floor.agenda.add({ ts: scheduled + late, kind: 'offHours', place: 0, n: scheduled });
  }

  #offHours(scheduled: number): void {
    if (this.#floor.days.KRX.phase !== 'offHours') return;
    for (const board of this.#floor.boardsOn('KRX')) {
      if (board.phase === 'offHours') this.#rooms.phases.uncross(board, false);
    }
    this.#scheduleOffHours(scheduled);
  }

  #judge({ ts }: Timer): void {
    const { breakers, sidecars } = this.#rooms;
    breakers.judge();
    sidecars.judge((market) => breakers.haltOf(market) !== null);
    const next = ts + SECOND_MS;
    const end = this.#floor.days.KRX.partOf('closeAuction')?.endTs ?? 0;
    if (next <= end) this.#floor.agenda.add({ ts: next, kind: 'index', place: 0, n: 0 });
  }
}
