/** Plays a scenario once, from the first day's opening auction to the last day's end, and judges how it was come through. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '#core/storage/index.ts';
import {
  krxId,
  timeOfDayMs,
  type KrxInstrument,
  type MarketStory,
  type RunLine,
  type ScenarioDocument,
  type ScenarioRun,
  type SimulationPlan,
} from '#shared/domain/index.ts';
import { ADOPT_PHRASE, AppError, RESUME_PHRASE } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Logger, Timers } from '#shared/ports.ts';
import { scenarioDays, storyOf, timelineOf, type TimedEvent } from '#shared/scenario/index.ts';
import type { ThreatEvent } from '#shared/threats/index.ts';
import { kstInstant, sessionDate, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import { Actors } from './actors.ts';
import { Books } from './books.ts';
import { carryOut } from './faults.ts';
import { judge } from './judge.ts';
import { RunDiary } from './diary.ts';
import { eventLine } from './words.ts';
import { Watch } from './watch.ts';
import { listedThen, type RunRecord } from './recorded-days.ts';
import { openDirectWorld } from './world/direct-world.ts';
import { openKisWorld } from './world/kis-world.ts';
import { createVirtualTime, driveTime, type VirtualTime } from './world/virtual-time.ts';
import type { World, WorldAccount } from './world/world.ts';

/** How a run is asked for. */
export interface RunWish {
  readonly document: ScenarioDocument;
  readonly seed: number;
  /** Of the program: part of a run's name. */
  readonly version: string;
  /** Every instrument that may be traded. */
  readonly listing: readonly KrxInstrument[];
  /** The days that a replay plays, in order. */
  readonly records?: readonly RunRecord[] | undefined;
  readonly logger: Logger;
  /** Real time: how long it takes, and the waits of a run that is watched. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** Exchange seconds a second of ours; null: as fast as the machine allows. */
  readonly pace: () => number | null;
  /** Told of everything that the detectors are told; nobody if absent. */
  readonly heard?: ((event: ThreatEvent) => void) | undefined;
  /** Told at the end of every step. */
  readonly progressed: (now: RunNow) => void;
  readonly signal?: AbortSignal | undefined;
  /** false: it is not played once more without its plays. */
  readonly compare?: boolean;
}

/** Where a run stands. */
export interface RunNow {
  readonly ts: EpochMs;
  /** 0 … 1. */
  readonly part: number;
  readonly diary: RunDiary;
  readonly world: World;
  readonly books: Books;
  readonly watch: Watch;
}

/** A step of exchange time, milliseconds: long while nothing is the matter, short while something is. */
const CALM_STEP_MS = 1_000;
const CLOSE_STEP_MS = 200;
/** So long after an event of the scenario steps are short. */
const ALERT_MS = 20_000;
/** Where a day begins and ends for the figure of progress. */
const DAY_FROM_MS = 30_600_000;
const DAY_TO_MS = 72_000_000;
const HASH_DIGITS = 16;
/** The offline KIS and the desk may take so long to come to rest at the end of a run, exchange milliseconds. */
const SETTLE_MS = 30_000;

const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, HASH_DIGITS);

/** The hash of a document: equal documents, however they are written, are equal here. */
export function documentHash(document: ScenarioDocument): string {
  return hashOf(document);
}

/** true: the faults of the scenario need the whole KIS client. */
function needsKis(timed: readonly TimedEvent[]): boolean {
  return timed.some(({ track }) => track === 'fault') || timed.some(({ event }) => event.kind === 'clockShift');
}

function listingOf(document: ScenarioDocument, listing: readonly KrxInstrument[]): KrxInstrument[] {
  return document.market.issues.map((code) => {
    const found = listing.find((issue) => issue.code === code);
    if (!found) throw new AppError('SCENARIO_ISSUE', { code });
    return found;
  });
}

function accountsOf(document: ScenarioDocument, listing: readonly KrxInstrument[]): WorldAccount[] {
  return document.accounts.map(({ id, cashKrw, holdings }) => ({
    id,
    cashKrw,
    holdings: holdings.map(({ issue, quantity, averagePrice }) => {
      const base = listing.find(({ code }) => code === issue)?.basePrice;
      if (base === undefined) throw new AppError('SCENARIO_ISSUE', { code: issue });
      return { instrumentId: krxId(issue), quantity, costKrw: quantity * (averagePrice ?? base) };
    }),
  }));
}

/** The plan of the first day, and its date. Throws SCENARIO_NO_RECORD for a replay whose records did not come along. */
function firstMarket(
  { market }: ScenarioDocument,
  given: { readonly seed: number; readonly story: MarketStory | null; readonly records: readonly RunRecord[] },
): { readonly plan: SimulationPlan; readonly date: SessionDate } {
  const { seed, story, records } = given;
  if (market.kind !== 'replay') {
    const date = krxCalendar.sessionOnOrAfter(sessionDate(market.date));
    return { plan: { mode: 'synthetic', seed, ...(story && { story }) }, date };
  }
  const [code = '', ...others] = market.issues;
  const missing = market.dates.find((date, place) => records[place]?.date !== date);
  const [first] = records;
  if (!first || missing !== undefined) throw new AppError('SCENARIO_NO_RECORD', { date: missing ?? '', code });
  const plan = {
    mode: 'replay',
    instrumentId: krxId(code),
    others: others.map(krxId),
    date: first.date,
    seed,
  } as const;
  return { plan, date: first.date };
}

/** The desk has seen nothing of how the account came to what it holds: it is taken over as a user would, with the phrases. */
async function takeOver(time: VirtualTime, world: World): Promise<void> {
  const { desk, accountIds } = world;
  const differs = (accountId: string): boolean => {
    const held = world.simulator.positions(world.firmId(accountId));
    return held.length !== desk.positions(accountId).length;
  };
  const strange = [...accountIds.values()].filter(differs);
  if (strange.length === 0) return;
  await driveTime(time, desk.setTradingState('halted'));
  for (const accountId of strange) await driveTime(time, desk.adoptHoldings(accountId, ADOPT_PHRASE));
  await driveTime(time, desk.resume(RESUME_PHRASE));
}

/** Plays it; with `plays` false nothing answers the threats. Throws SCENARIO_ISSUE, SCENARIO_NO_RECORD, SCENARIO_ONE_ACCOUNT, CANCELED. */
async function playOnce(wish: RunWish, withPlays: boolean): Promise<Omit<ScenarioRun, 'without' | 'ms'>> {
  const { document, seed, version, logger, progressed, pace, signal } = wish;
  const { records = [] } = wish;
  const timed = timelineOf(document);
  const story = storyOf(document, timed, seed);
  const listing = listedThen(listingOf(document, wish.listing), records);
  const { plan, date } = firstMarket(document, { seed, story, records });
  const folder = mkdtempSync(join(tmpdir(), 'maru-run-'));
  const time = createVirtualTime(kstInstant(date, DAY_FROM_MS - 600_000), wish.timers);
  let world: World | null = null;
  let watch: Watch | null = null;
  try {
    const open = needsKis(timed) ? openKisWorld : openDirectWorld;
    const accounts = accountsOf(document, listing);
    world = await open({ time, folder, plan, date, records, listing, accounts, seed, logger });
    await takeOver(time, world);
    const run = new Playing({ document, timed, seed, time, world, folder, listing, records, withPlays, logger });
    watch = run.watch;
    watch.engine.overheard = wish.heard ?? null;
    await run.play({ progressed, pace, signal, timers: wish.timers });
    const { diary, books } = run;
    const criteria = judge({ document, books, watch, world, diary });
    const hash = hashOf({ exchange: diary.hashes, lines: diary.all, accounts: books.accounts(), seed });
    return {
      scenario: document.name,
      document: documentHash(document),
      seed,
      version,
      days: [...diary.days],
      hash,
      passed: criteria.every(({ pass }) => pass),
      criteria,
      threats: watch.threats(),
      plays: watch.plays(),
      accounts: books.accounts(),
      series: diary.series(),
      timeline: diary.lines(),
      timelineLeft: diary.left,
    };
  } finally {
    watch?.close();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Plays a scenario, and once more without its plays where one was run. Throws SCENARIO_ISSUE, SCENARIO_NO_RECORD, SCENARIO_ONE_ACCOUNT, CANCELED. */
export async function runScenario(wish: RunWish): Promise<ScenarioRun> {
  const start = wish.clock.monotonicMs();
  const played = await playOnce(wish, true);
  // Where nothing was done, doing nothing would have come to the same.
  const bare =
    played.plays.length === 0 || wish.compare === false
      ? null
      : await playOnce({ ...wish, progressed: () => undefined }, false);
  const without = bare && { accounts: bare.accounts, criteria: bare.criteria };
  return { ...played, without, ms: Math.round(wish.clock.monotonicMs() - start) };
}

interface PlayingParts {
  readonly document: ScenarioDocument;
  readonly timed: readonly TimedEvent[];
  readonly seed: number;
  readonly time: VirtualTime;
  readonly world: World;
  readonly folder: string;
  readonly listing: readonly KrxInstrument[];
  readonly records: readonly RunRecord[];
  readonly withPlays: boolean;
  readonly logger: Logger;
}

/** One playing under way. */
class Playing {
  readonly books: Books;
  readonly diary: RunDiary;
  readonly watch: Watch;
  readonly #parts: PlayingParts;
  readonly #actors: Actors;
  #due: TimedEvent[] = [];
  #alertUntil = 0;

  constructor(parts: PlayingParts) {
    this.#parts = parts;
    const { world, document, listing, time } = parts;
    const names = new Map(listing.map(({ code, nameKo }) => [code, nameKo]));
    const nameOf = (code: string): string => names.get(code) ?? code;
    const now = (): EpochMs => world.simulator.session().exchangeTs;
    this.books = new Books(world);
    this.diary = new RunDiary({ now, world, books: this.books });
    const line = (track: RunLine['track']) => (told: { readonly ko: string; readonly en: string }) =>
      this.diary.add(track, told);
    this.watch = new Watch({ ...parts, time, now, told: line('threat'), played: line('play') });
    this.#actors = new Actors({
      document,
      world,
      account: (name) => this.books.now(name),
      now,
      told: line('order'),
      nameOf,
    });
    this.diary.follow();
  }

  async play(how: Pick<RunWish, 'progressed' | 'pace' | 'signal' | 'timers'>): Promise<void> {
    const { document, world } = this.#parts;
    const days = scenarioDays(document);
    await this.#align();
    for (let day = 1; day <= days; day += 1) {
      if (day > 1) await this.#night();
      this.#openDay(day);
      await this.#playDay({ ...how, day, days });
      this.diary.hashes.push(world.simulator.dayHash());
    }
  }

  /** The run's time and the exchange's show the same. */
  async #align(): Promise<void> {
    const { time, world } = this.#parts;
    const { exchangeTs } = world.simulator.session();
    const behind = exchangeTs - time.clock.now();
    if (behind > 0) time.skip(behind);
    else if (behind < 0) await world.step(-behind);
  }

  async #night(): Promise<void> {
    const { time, world } = this.#parts;
    const next = krxCalendar.addSessions(world.simulator.session().sessionDate, 1);
    time.skip(Math.max(0, kstInstant(next, DAY_FROM_MS) - time.clock.now()));
    await world.nextDay();
    await time.advance(0);
    await this.#align();
  }

  #openDay(day: number): void {
    const { world, timed } = this.#parts;
    const { sessionDate: date } = world.simulator.session();
    this.#due = timed.filter((each) => each.day === day).sort((a, b) => a.atMs - b.atMs);
    this.#actors.openDay(day, date);
    this.diary.days.push(date);
    this.books.openDay();
    this.watch.openDay(day, date);
  }

  async #playDay(
    how: Pick<RunWish, 'progressed' | 'pace' | 'signal' | 'timers'> & { readonly day: number; readonly days: number },
  ) {
    const { world, time } = this.#parts;
    const { simulator } = world;
    const midnight = kstInstant(simulator.session().sessionDate, 0);
    const { until } = this.#parts.document;
    const untilMs = how.day === how.days && until !== undefined ? timeOfDayMs(until) : Infinity;
    while (!simulator.over && simulator.session().exchangeTs - midnight < untilMs) {
      if (how.signal?.aborted) throw new AppError('CANCELED');
      const { exchangeTs } = simulator.session();
      this.#happen(exchangeTs - midnight);
      this.#actors.turn();
      const stepMs = this.#stepMs(exchangeTs, midnight);
      await this.#wait(how, stepMs);
      await world.step(stepMs);
      // The last auction ends up to half a minute after its time, and no step goes beyond that.
      if (simulator.session().exchangeTs === exchangeTs) await simulator.jump('dayEnd');
      await time.advance(stepMs);
      this.books.sample();
      this.diary.sample(this.watch.score());
      const within = Math.max(0, Math.min(1, (exchangeTs - midnight - DAY_FROM_MS) / (DAY_TO_MS - DAY_FROM_MS)));
      const part = (how.day - 1 + within) / how.days;
      how.progressed({ ts: exchangeTs, part, diary: this.diary, world, books: this.books, watch: this.watch });
    }
    // What is still under way comes to rest while the market stands, which is nothing to be warned of.
    if (how.day === how.days) this.watch.stop();
    await time.advance(SETTLE_MS);
    this.books.sample();
  }

  /** Never beyond what is due next: events and orders come at their very time. */
  #stepMs(exchangeTs: EpochMs, midnight: number): number {
    // Threats are seen and answered within a step, however long it is.
    const calm = exchangeTs >= this.#alertUntil;
    const due = Math.min(this.#due[0] ? midnight + this.#due[0].atMs : Infinity, this.#actors.nextTs) - exchangeTs;
    return Math.max(1, Math.min(calm ? CALM_STEP_MS : CLOSE_STEP_MS, due));
  }

  /** What the timeline has for this instant. */
  #happen(ms: number): void {
    const { world, time } = this.#parts;
    while (this.#due[0] && this.#due[0].atMs <= ms) {
      const next = this.#due.shift();
      if (!next) return;
      const { event, track } = next;
      this.#alertUntil = world.simulator.session().exchangeTs + ALERT_MS;
      this.diary.add(track, eventLine(event));
      if (world.faults) carryOut(event, world.faults, time.timers);
      if (event.kind === 'orderBurst') this.#burst(event);
      this.watch.happened(event);
    }
  }

  #burst({
    issue,
    side,
    count,
    seconds,
    quantity = 1,
  }: Extract<TimedEvent['event'], { readonly kind: 'orderBurst' }>): void {
    const { time, document } = this.#parts;
    const [account] = document.accounts;
    if (!account) return;
    for (let i = 0; i < count; i += 1)
      time.timers.after(Math.floor((i * seconds * 1_000) / count), () =>
        this.#actors.rogue({ issue, side, quantity, price: 'market' }, account.id),
      );
  }

  /** A run that is watched waits as long as its step lasts. */
  async #wait({ pace: paceOf, timers }: Pick<RunWish, 'pace' | 'timers'>, stepMs: number): Promise<void> {
    const pace = paceOf();
    if (pace === null) return;
    await new Promise<void>((done) => void timers.after(stepMs / Math.max(0.01, pace), done));
  }
}
