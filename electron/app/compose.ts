/** The only place where services meet: builds one core on a data folder and serves the contract on it. */
import { join } from 'node:path';
import { SimulatedBroker } from '#core/broker/index.ts';
import {
  BUNDLED,
  DailyHistory,
  ImportService,
  listing,
  MarketHub,
  RecordHistory,
  UploadStore,
} from '#core/market/index.ts';
import {
  createSampleWindow,
  rssMb,
  startLoopDelay,
  systemClock,
  systemIds,
  systemTimers,
} from '#core/platform/index.ts';
import { Simulator, type MarketSources } from '#core/simulator/index.ts';
import { CandleStore, Journal, PreferencesFile } from '#core/storage/index.ts';
import { Desk, DESK_UPCASTERS, TradingGate } from '#core/trading/index.ts';
import { contract, PROTOCOL_VERSION, type Contract, type Health } from '#shared/contract/index.ts';
import type { Instrument, InstrumentId } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Logger } from '#shared/ports.ts';
import { serve, type Handlers } from '#shared/rpc/index.ts';
import type { App } from './app.ts';
import { dataHandlers } from './handlers/data.ts';
import { marketHandlers } from './handlers/market.ts';
import { simulationHandlers } from './handlers/simulation.ts';
import { systemHandlers } from './handlers/system.ts';
import { tradingHandlers } from './handlers/trading.ts';
import { assertExchangeKept, assertJournalKept } from './records.ts';
import { VERSION } from './version.ts';

export interface ComposeOptions {
  readonly dataDir: string;
  readonly host: 'desktop' | 'web' | 'cli' | 'test';
  readonly logger: Logger;
}

/** Name and cash of the account that a new user starts with. */
const FIRST_ACCOUNT = { name: '연습 1호', startingCashKrw: 100_000_000 } as const;
/** Issues on the first watchlist. */
const FIRST_WATCHLIST = 20;
const SUBMIT_SAMPLES = 100;

/** The issues worth most at their base prices; one without known shares counts nothing. */
function largest(issues: readonly Instrument[], count: number): InstrumentId[] {
  const worth = (issue: Instrument): number => issue.basePrice * (issue.listedShares ?? 0);
  return issues
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, count)
    .map(({ id }) => id);
}

/** What is known of the issues, kept until an import changes it. */
class Issues {
  readonly #candles: CandleStore;
  #all: readonly Instrument[] = [];
  #byId: ReadonlyMap<InstrumentId, Instrument> = new Map();

  constructor(candles: CandleStore) {
    this.#candles = candles;
    this.refresh();
  }

  get all(): readonly Instrument[] {
    return this.#all;
  }

  /** The issues that a synthetic market lists: the bundled ones, so that an import of the whole market does not grow it sevenfold. */
  get synthetic(): readonly Instrument[] {
    return BUNDLED.map(({ id }) => this.#byId.get(id)).filter((issue) => issue !== undefined);
  }

  find(id: InstrumentId): Instrument | undefined {
    return this.#byId.get(id);
  }

  refresh(): void {
    this.#all = listing(this.#candles.instrumentsSeen());
    this.#byId = new Map(this.#all.map((issue) => [issue.id, issue]));
  }
}

/** What closes, last opened first. */
type Closer = () => void | Promise<void>;

/** Builds the core. Throws DATA_IN_USE, DATA_NOT_WRITABLE, DB_CORRUPT, DB_NEWER, JOURNAL_BROKEN, RECORD_MISSING, DISK_FULL. */
export async function composeApp({ dataDir, host, logger }: ComposeOptions): Promise<App> {
  const closers: Closer[] = [];
  const closeAll = async (): Promise<void> => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    const handlers = await build({ dataDir, host, logger }, closers);
    let closing: Promise<void> | null = null;
    return {
      serve: (pipe, door) =>
        serve(contract, handlers, pipe, {
          protocol: PROTOCOL_VERSION,
          door,
          timers: systemTimers,
          logger: logger.child('rpc'),
          ids: systemIds,
        }),
      close: () => (closing ??= closeAll()),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function build({ dataDir, host, logger }: ComposeOptions, closers: Closer[]): Promise<Handlers<Contract>> {
  const [clock, timers, ids] = [systemClock, systemTimers, systemIds];
  assertJournalKept(dataDir);
  // The journal first: its lock says whether this data folder is free.
  const journal = Journal.open({ path: join(dataDir, 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
  closers.push(() => journal.close());
  assertExchangeKept(dataDir, journal.lastSeq);
  const preferences = new PreferencesFile(join(dataDir, 'preferences.json'));
  if (preferences.problem) logger.warn('preferences were damaged', { code: preferences.problem.code });
  const candles = CandleStore.open(join(dataDir, 'candles.db'));
  closers.push(() => candles.close());
  const issues = new Issues(candles);
  const history = new DailyHistory({ candles, marketOf: (id) => issues.find(id)?.market });
  const records = new RecordHistory({ candles, daily: history, identify: (id) => issues.find(id) });
  const sources: MarketSources = {
    calendar: krxCalendar,
    listing: () => issues.synthetic,
    viOverride: (id) => preferences.get().viClasses[id] ?? null,
    dailyRow: (id, date) => history.dailyRow(id, date),
    nextDailyDate: (id, date) => records.nextDate(id, date),
    stored: (id, date) => records.stored(id, date),
    importedOn: (date) => records.importedOn(date),
    indices: (date) => records.indices(date),
  };
  const simulator = new Simulator({
    folder: dataDir,
    clock,
    timers,
    ids,
    logger: logger.child('simulator'),
    ...sources,
  });
  closers.push(() => simulator.close());
  const hub = new MarketHub({
    feed: simulator,
    clock,
    timers,
    logger: logger.child('market'),
    instruments: () => issues.all,
    find: (id) => issues.find(id),
    dailyCandles: (id, limit) => history.dailyCandles(id, limit),
  });
  closers.push(() => hub.close());
  simulator.keep(hub.keepsake);

  const uploads = new UploadStore({ folder: join(dataDir, 'uploads'), ids });
  const imports = new ImportService({
    workerUrl: new URL('./worker.js', import.meta.url),
    candles,
    uploads,
    ids,
    clock,
    imported: () => {
      issues.refresh();
    },
  });
  closers.push(() => imports.close());

  await simulator.open();
  const gate = new TradingGate();
  const broker = new SimulatedBroker({
    exchange: simulator,
    timers,
    logger: logger.child('broker'),
    currentEpoch: () => gate.epoch,
  });
  closers.push(() => broker.close());
  if (simulator.accounts().length === 0) {
    simulator.createAccount(FIRST_ACCOUNT);
    preferences.set({ watchlist: largest(issues.synthetic, FIRST_WATCHLIST) });
  }
  const submits = createSampleWindow(SUBMIT_SAMPLES);
  const desk = new Desk({
    journal,
    broker,
    market: hub,
    clock,
    timers,
    ids,
    log: logger.child('desk'),
    gate,
    observeSubmitMs: (ms) => submits.add(ms),
  });
  closers.push(() => desk.stop());
  await desk.start();

  const loopDelay = startLoopDelay(timers);
  closers.push(() => loopDelay.stop());
  const health = (): Health => ({
    loopDelayP99Ms: loopDelay.p99Ms(),
    rssMb: rssMb(),
    eventsPerSecond: hub.eventsPerSecond(),
    submitP99Ms: submits.quantile(0.99),
    journalEntries: journal.lastSeq,
    market: hub.state(),
    orders: desk.status,
    record: desk.isRecording ? 'ok' : 'failing',
  });
  return {
    market: marketHandlers(hub),
    trading: tradingHandlers({ desk, simulator }),
    simulation: simulationHandlers({ simulator, records, sources, clock, timers }),
    data: dataHandlers({ imports, uploads }),
    system: systemHandlers({
      about: { version: VERSION, host, environment: desk.environment, dataDir, node: process.versions.node },
      preferences,
      journal,
      timers,
      health,
    }),
  };
}
