/** The offline KIS put together: a market, a firm with one account, and the two doors of the broker's protocol before them. */
import type { InstrumentId, KrxInstrument } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { ZERO_KRW } from '#shared/num/index.ts';
import type { Timer } from '#shared/ports.ts';
import { isSessionDate, kstInstant, timeOfDayMs, type EpochMs, type SessionDate } from '#shared/time/index.ts';
import type { HttpAnswer } from '../platform/index.ts';
import { Simulator, type ExchangeOrderRequest } from '../simulator/index.ts';
import { knowsMarket, marketAnswers } from './answers.ts';
import { ApiMap } from './api-map.ts';
import type { BondMarket } from './bonds/bond-market.ts';
import { answerControl, isControl, ScriptPlayer } from './control.ts';
import { keepFacts, openFacts, type KeptFacts } from './credentials.ts';
import type { ContractMarket } from './derivatives/contract-market.ts';
import { Ghosts } from './domestic/ghosts.ts';
import { History } from './domestic/history.ts';
import { Faults } from './faults.ts';
import { Gate } from './gate.ts';
import { incoming } from './incoming.ts';
import type { Ground } from './ground.ts';
import type { AbroadMarket } from './overseas/abroad-market.ts';
import { nextUsOpen } from './overseas/abroad-place.ts';
import type { AbroadMarkets } from './overseas/abroad-markets.ts';
import { OtherMarkets } from './other-markets.ts';
import type { EmulatorServer, NoAnswer, ServerSession, ServerSocket } from './ports.ts';
import { ServerClock } from './server-clock.ts';
import { settingsOf, type EmulatorSettings } from './settings.ts';
import { SocketHouse } from './sockets/house.ts';
import { receiptRow } from './sockets/notices.ts';
import { Publisher } from './sockets/publisher.ts';
import { masterFile, synthetic } from './synthetic/index.ts';
import { Tape } from './tape.ts';
import type { Emulator, EmulatorBooks, EmulatorOptions } from './terms.ts';
import { Tokens } from './tokens.ts';

/** Where the master files lie, as at the broker. @source protocol.md §13 */
const MASTER_FILES = '/common/master/';
const ACCOUNT_NAME = '오프라인 KIS';
/** How often the server looks whether the day is over, wall milliseconds. */
const DAY_WATCH_MS = 1_000;
/** How often the American market moves, wall milliseconds. */
const NIGHT_TURN_MS = 100;
/** Past the random start of both venues' continuous trading. */
const USUAL_START = '09:01';

/** Opens the offline KIS in a continuous session. */
export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { env, folder, clock, timers, ids, logger, random, calendar, listing, seed = 1 } = options;
  const kept = openFacts({ folder, env, random });
  const nothing = (): undefined => undefined;
  const records = options.records ?? { dailyRow: nothing, nextDailyDate: nothing };
  const simulator = new Simulator({
    folder,
    clock,
    timers,
    ids,
    logger,
    calendar,
    listing,
    firstSeed: seed,
    ...(options.first && { first: options.first, passing: true }),
    ...records,
  });
  try {
    await simulator.open();
    simulator.setSpeed(options.speed ?? 1);
    const settings = settingsOf(env, options.settings);
    const { startingCashKrw } = settings;
    const { holdings } = options;
    const wish = { name: ACCOUNT_NAME, startingCashKrw, ...(holdings && { holdings }) };
    kept.accountId ??= simulator.createAccount(wish).accountId;
    const server = new OfflineKis(options, { kept, simulator, settings, accountId: kept.accountId });
    await server.start();
    return server;
  } catch (error) {
    await simulator.close();
    throw error;
  }
}

class OfflineKis implements Emulator {
  readonly simulator: Simulator;
  readonly faults: Faults;
  readonly us: AbroadMarket;
  readonly abroad: AbroadMarkets;
  readonly bonds: BondMarket;
  readonly contracts: ContractMarket;
  readonly accountId: string;
  readonly settings: EmulatorSettings;
  readonly #options: EmulatorOptions;
  readonly #kept: KeptFacts;
  readonly #ground: Ground;
  readonly #clock: ServerClock;
  readonly #house: SocketHouse;
  readonly #publisher: Publisher;
  readonly #others: OtherMarkets;
  readonly #gate: Gate;
  readonly #history = new History();
  readonly #ghosts = new Ghosts();
  readonly #undo: (() => void)[] = [];
  #closed = false;

  constructor(
    options: EmulatorOptions,
    parts: {
      readonly kept: KeptFacts;
      readonly simulator: Simulator;
      readonly settings: EmulatorSettings;
      readonly accountId: string;
    },
  ) {
    const { clock, timers, random, catalogue, listing, calendar, logger, seed = 1 } = options;
    const { kept, simulator, settings, accountId } = parts;
    this.#options = options;
    this.#kept = kept;
    this.simulator = simulator;
    this.settings = settings;
    this.accountId = accountId;
    const wallMs = (): number => clock.monotonicMs();
    this.#clock = new ServerClock({
      marketNow: () => simulator.session().exchangeTs,
      wallMs,
      speed: () => simulator.status().speed,
    });
    const byId = new Map<InstrumentId, KrxInstrument>(listing().map((issue) => [issue.id, issue]));
    const { env, appKey, appSecret, account, htsId } = kept;
    const now = (): EpochMs => this.#clock.now();
    this.#ground = {
      facts: { env, appKey, appSecret, account, htsId },
      settings,
      simulator,
      catalogue,
      calendar,
      logger,
      tape: new Tape(),
      seed,
      accountId,
      opening: options.holdings ?? [],
      inBonds: () => ({ paid: this.bonds.paid, held: this.bonds.reserved }),
      now,
      isNight: () => this.#clock.isNight,
      days: () => kept.days.filter(isSessionDate),
      instrument: (id) => byId.get(id),
      instruments: listing,
    };
    const ground = this.#ground;
    const tokens = new Tokens({ settings, now, wallMs, random });
    const apis = new ApiMap(catalogue.apis);
    this.#house = new SocketHouse({ ground, tokens, apis, faults: () => this.faults, timers, wallMs, random });
    this.faults = new Faults({
      wallMs,
      expireTokens: () => tokens.expireAll(),
      expireApprovals: () => tokens.expireApprovals(),
      sockets: (fault) => this.#house.wrong(fault),
      clock: (offsetMs) => (this.#clock.offsetMs = offsetMs),
    });
    this.#publisher = new Publisher(ground, this.#house, () => this.#others);
    this.#others = new OtherMarkets(ground, this.#publisher);
    ({ abroad: this.abroad, bonds: this.bonds, contracts: this.contracts } = this.#others);
    this.us = this.abroad.us;
    this.#house.subscribed = (registration) => this.#publisher.subscribed(registration);
    const orderFaults = {
      takeLateRefusal: () => this.faults.takeLateRefusal(),
      lateRefusal: (order: ExchangeOrderRequest, text: string) => this.#refuseLate(order, text),
    };
    const answers = marketAnswers({ ghosts: this.#ghosts, orderFaults, history: this.#history, others: this.#others });
    const pause = (ms: number): Promise<void> => new Promise((resume) => void timers.after(ms, resume));
    const [faults, knows] = [this.faults, knowsMarket(this.#others)];
    this.#gate = new Gate({ ground, tokens, apis, faults, wallMs, answers, otherwise: synthetic, knows, pause });
  }

  get facts(): Emulator['facts'] {
    return this.#ground.facts;
  }

  /** Hears the market and goes to where the day is to begin. */
  async start(): Promise<void> {
    const { simulator } = this;
    const { timers, still = false, script = [], market = 'kr', clock } = this.#options;
    this.#undo.push(
      simulator.watchMarket({
        opened: () => this.#opened(),
        traded: (trade) => this.#publisher.traded(trade, this.#ground.tape.add(trade)),
        advanced: () => this.#advanced(),
      }),
      simulator.watchNotices((notice) => this.#publisher.noticed(notice)),
    );
    this.#opened();
    if (market === 'us') this.#beginNight(this.#usStart());
    else await this.#goTo(this.#options.startAt ?? (still ? null : USUAL_START));
    if (still || market === 'us') simulator.pause();
    else simulator.resume();
    this.#house.start();
    const player = new ScriptPlayer(script, {
      faults: this.faults,
      now: () => this.now(),
      wallMs: () => clock.monotonicMs(),
    });
    const every = (ms: number, run: () => void): void => {
      const timer: Timer = timers.every(ms, run);
      this.#undo.push(() => timer.cancel());
    };
    every(DAY_WATCH_MS, () => this.#watchDay());
    if (script.length > 0) every(NIGHT_TURN_MS, () => player.turn());
    if (market === 'us') every(NIGHT_TURN_MS, () => this.#nightTurn());
  }

  now(): EpochMs {
    return this.#clock.now();
  }

  async handle(request: Parameters<EmulatorServer['handle']>[0]): Promise<HttpAnswer | NoAnswer> {
    const call = incoming(request);
    if (call.method === 'GET' && call.path.startsWith(MASTER_FILES)) return this.#masterFile(call.path);
    if (!isControl(call)) return this.#gate.handle(request);
    return answerControl(call, {
      faults: this.faults,
      market: {
        pause: () => this.#setRunning(false),
        resume: () => this.#setRunning(true),
        step: (ms) => this.step(ms),
        speed: (factor) => {
          this.#clock.anchor();
          this.simulator.setSpeed(factor);
        },
        nextDay: () => this.nextDay(),
      },
      status: () => this.#status(),
    });
  }

  connect(socket: ServerSocket): ServerSession {
    return this.#house.connect(socket);
  }

  books(): EmulatorBooks {
    const { simulator, accountId, us } = this;
    const days = this.#ground.days();
    return {
      account: simulator.account(accountId),
      positions: simulator.positions(accountId),
      openOrders: simulator.openOrders(accountId),
      orders: days.flatMap((date) => simulator.orders(accountId, date)),
      executions: days.flatMap((date) => simulator.executions(accountId, date)),
      abroadOrders: this.abroad.orders,
      usCents: us.cash(),
    };
  }

  async step(ms: number): Promise<void> {
    if (this.#clock.isNight) {
      this.#clock.step(ms);
      this.#nightTurn();
    } else await this.simulator.step(ms);
    await this.settle();
  }

  async settle(): Promise<void> {
    this.#publisher.flush();
  }

  registrations(): readonly string[] {
    return this.#house.registrations().map(({ trId, trKey }) => `${trId} ${trKey}`);
  }

  async nextDay(): Promise<void> {
    if (this.#clock.isNight) {
      this.#beginNight(nextUsOpen(this.#clock.true()));
      return;
    }
    this.#history.keep(this.#ground);
    await this.simulator.jump('nextDay');
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const undo of this.#undo) undo();
    this.#house.close();
    await this.simulator.close();
  }

  #masterFile(path: string): HttpAnswer {
    const { sessionDate } = this.simulator.session();
    const file = masterFile(path.slice(MASTER_FILES.length), [...this.#ground.instruments()], sessionDate);
    const headers = { 'content-type': 'application/octet-stream', 'x-emulator-data': 'synthetic' };
    return file ? { status: 200, headers, body: file } : { status: 404, headers, body: Buffer.alloc(0) };
  }

  #refuseLate(order: ExchangeOrderRequest, text: string): string {
    const { sessionDate, exchangeTs } = this.simulator.session();
    const facts = { originalOrderNo: null, venue: 'KRX', triggered: false, filledQty: 0, status: 'canceled' } as const;
    const times = { exchangeTs, receivedTs: this.#options.clock.now(), sessionDate };
    const ghost = this.#ghosts.add({ ...order, ...facts, ...times, filledValue: ZERO_KRW }, text);
    const rows = [receiptRow(this.#ground, ghost.order), receiptRow(this.#ground, ghost.order, true)];
    this.#publisher.notice(rows, 'notice');
    return ghost.no;
  }

  #opened(): void {
    const { simulator, tape } = this.#ground;
    tape.clear();
    this.#publisher.clear();
    for (const id of simulator.instrumentIds()) {
      for (const venue of ['KRX', 'NXT'] as const) {
        const view = simulator.issue(id, venue);
        if (view) tape.begin(id, venue, view);
      }
    }
    this.#note(simulator.session().sessionDate);
  }

  #note(date: SessionDate): void {
    if (!this.#kept.days.includes(date)) this.#kept.days.push(date);
    keepFacts(this.#options.folder, this.#kept);
  }

  #advanced(): void {
    // A market of one story has no night.
    if (!this.#clock.isNight && !this.#options.first) this.#others.advanceTo(this.#clock.true());
    this.#publisher.advanced();
  }

  /** To a time of the day that is ahead, or of the next day where it has passed. */
  async #goTo(time: string | null): Promise<void> {
    if (time === null) return;
    const { simulator } = this;
    const at = (): EpochMs => kstInstant(simulator.session().sessionDate, timeOfDayMs(time));
    if (at() < simulator.session().exchangeTs && time < '09:00') await this.nextDay();
    const aheadMs = at() - simulator.session().exchangeTs;
    if (aheadMs > 0) await simulator.step(aheadMs);
  }

  #usStart(): EpochMs {
    const { sessionDate } = this.simulator.session();
    const { startAt } = this.#options;
    const open = nextUsOpen(kstInstant(sessionDate, timeOfDayMs('12:00')));
    if (startAt === undefined || startAt === null) return open;
    const evening = kstInstant(sessionDate, timeOfDayMs(startAt));
    // A time after midnight belongs to the night that began the evening before.
    return startAt < '12:00'
      ? kstInstant(this.#ground.calendar.addSessions(sessionDate, 1), timeOfDayMs(startAt))
      : evening;
  }

  #beginNight(at: EpochMs): void {
    this.#clock.startNight(at, this.#options.still !== true);
    this.#others.nightTo(at);
  }

  #nightTurn(): void {
    if (!this.#clock.isNight) return;
    this.#others.nightTo(this.#clock.true());
    this.#publisher.advanced();
  }

  #setRunning(running: boolean): void {
    if (this.#clock.isNight) this.#clock.setRunning(running);
    else if (running) this.simulator.resume();
    else this.simulator.pause();
  }

  /** The next day opens by itself; a market that is stepped by hand stays where it is. */
  #watchDay(): void {
    if (this.#options.still === true || this.simulator.status().busy) return;
    if (this.#clock.isNight) {
      if (this.us.phase === 'closed' && !this.contracts.isNight) void this.nextDay();
      return;
    }
    const { running, phase, nxtPhase } = this.simulator.session();
    const isOver = phase === 'closed' && (nxtPhase === null || nxtPhase === 'closed');
    if (!running && isOver) void this.#openNext();
  }

  async #openNext(): Promise<void> {
    try {
      await this.nextDay();
      this.simulator.resume();
    } catch (error) {
      if (error instanceof AppError && error.code === 'SIMULATION_BUSY') return;
      this.#options.logger.error('the next trading day did not open', { error: String(error) });
    }
  }

  #status(): Readonly<Record<string, unknown>> {
    const { phase, nxtPhase, sessionDate } = this.simulator.session();
    const { speed, running } = this.simulator.status();
    return {
      now: new Date(this.now()).toISOString(),
      market: this.#clock.isNight ? 'us' : 'kr',
      phase: this.#clock.isNight ? this.us.phase : phase,
      nxtPhase: this.#clock.isNight ? null : nxtPhase,
      sessionDate,
      speed,
      running: this.#clock.isNight ? this.#clock.isRunning : running,
      sockets: this.#house.open,
      registrations: this.registrations(),
    };
  }
}
