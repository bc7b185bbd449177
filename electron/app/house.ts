/** What stays, whatever environment is in force: records, history, the practice market, secrets, preferences. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import { PriceAlerts } from '#core/alerts/index.ts';
import {
  Boards,
  DailyHistory,
  ImportService,
  MarketHub,
  RecordHistory,
  UploadStore,
  FOREIGN_LISTING,
} from '#core/market/index.ts';
import { MasterRoom } from '#core/masters/index.ts';
import { createSampleWindow, systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { ScenarioRoom, TuneRoom } from '#core/scenarios/index.ts';
import { Simulator, type MarketSources } from '#core/simulator/index.ts';
import { CandleStore, DocumentStore, Journal, PreferencesFile, ThreatStore } from '#core/storage/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';
import type { Vault } from '#core/vault/index.ts';
import type { Instrument, InstrumentId } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Ids, Logger, Timers } from '#shared/ports.ts';
import { ConnectionFile } from './connections/connection-file.ts';
import { Connections } from './connections/connections.ts';
import { ChoiceFile } from './environments/choice-file.ts';
import type { Closer } from './environments/composed.ts';
import { Issues } from './issues.ts';
import type { OpenTransport } from './kis/way.ts';
import { JournalRoom } from './journal-room.ts';
import { recordedMarket } from './recorded-market.ts';
import { assertExchangeKept, assertJournalKept } from './records.ts';
import { SystemRecord } from './system-record.ts';
import { PlaybookRoom } from './threats/playbook.ts';
import { heardLogger, type TextWatch } from './threats/text-watch.ts';
import { VERSION } from './version.ts';

/** Name and cash of the account that a new user starts with. */
const FIRST_ACCOUNT = { name: '연습 1호', startingCashKrw: 100_000_000 } as const;
/** Issues on the first watchlist. */
const FIRST_WATCHLIST = 20;
const SUBMIT_SAMPLES = 100;

export interface HouseParts {
  readonly dataDir: string;
  readonly logger: Logger;
  /** Opens the place of secrets; `scope` sets this data folder apart in a keychain that several share. */
  readonly openVault: (scope: string) => Promise<Vault>;
  /** The way out: loopback, and of other hosts exactly those that are named. */
  readonly openTransport: OpenTransport;
  /** Issues of the practice market, the first of the bundled ones; all of them if absent. */
  readonly practiceIssues?: number;
}

export interface House extends HouseParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly journals: JournalRoom;
  readonly record: SystemRecord;
  readonly preferences: PreferencesFile;
  readonly documents: DocumentStore;
  readonly alerts: PriceAlerts;
  readonly candles: CandleStore;
  readonly issues: Issues;
  /** The same with what the broker's symbol masters say: for the real market; the practice market does without. */
  readonly knownIssues: Issues;
  readonly masters: MasterRoom;
  readonly history: DailyHistory;
  readonly records: RecordHistory;
  readonly boards: Boards;
  readonly sources: MarketSources;
  readonly simulator: Simulator;
  /** The practice market as the screens see it; it stays while another environment is in force, and so do its candles. */
  readonly simulationHub: MarketHub;
  readonly uploads: UploadStore;
  readonly imports: ImportService;
  readonly scenarios: ScenarioRoom;
  /** Figures of detectors tried over scenarios and recorded sessions. */
  readonly tuning: TuneRoom;
  /** What was detected and done, of every environment. */
  readonly threatStore: ThreatStore;
  readonly playbook: PlaybookRoom;
  /** Texts on their way to the log. */
  readonly texts: TextWatch;
  readonly vault: Vault;
  readonly connections: Connections;
  readonly choice: ChoiceFile;
  /** How long orders took from the call to the broker, milliseconds. */
  readonly submits: ReturnType<typeof createSampleWindow>;
}

/** The issues worth most at their base prices; one without known shares counts nothing. */
function largest(issues: readonly Instrument[], count: number): InstrumentId[] {
  const worth = (issue: Instrument): number => issue.basePrice * (issue.listedShares ?? 0);
  return issues
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, count)
    .map(({ id }) => id);
}

/** Opens the house. Throws DATA_IN_USE, DATA_NOT_WRITABLE, DB_CORRUPT, DB_NEWER, JOURNAL_BROKEN, RECORD_MISSING, DISK_FULL. */
export async function openHouse(given: HouseParts, closers: Closer[]): Promise<House> {
  const { logger, texts } = heardLogger(given.logger);
  const parts: HouseParts = { ...given, logger };
  const { dataDir } = parts;
  const [clock, timers, ids] = [systemClock, systemTimers, systemIds];
  assertJournalKept(dataDir);
  // The journal first: its lock says whether this data folder is free.
  const simulation = Journal.open({ path: join(dataDir, 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
  closers.push(() => simulation.close());
  assertExchangeKept(dataDir, simulation.lastSeq);
  const system = Journal.open({ path: join(dataDir, 'system.db'), role: 'system' });
  closers.push(() => system.close());
  const record = new SystemRecord(system, clock);
  const preferences = new PreferencesFile(join(dataDir, 'preferences.json'));
  if (preferences.problem) logger.warn('preferences were damaged', { code: preferences.problem.code });
  const market = openMarket({ ...parts, clock, timers, ids, preferences }, closers);
  const secrets = await openSecrets({ ...parts, clock, ids, record });
  const documents = new DocumentStore(join(dataDir, 'documents'));
  mkdirSync(join(dataDir, 'journals'), { recursive: true, mode: 0o700 });
  const threatStore = ThreatStore.open(join(dataDir, 'threats.db'));
  closers.push(() => threatStore.close());
  const { simulator, issues } = market;
  await simulator.open();
  if (simulator.accounts().length === 0) {
    simulator.createAccount(FIRST_ACCOUNT);
    preferences.set({ watchlist: largest(issues.synthetic, FIRST_WATCHLIST) });
  }
  return {
    ...parts,
    clock,
    timers,
    ids,
    journals: new JournalRoom({ folder: join(dataDir, 'journals'), simulation, system }),
    record,
    preferences,
    documents,
    threatStore,
    playbook: new PlaybookRoom({ documents, record, clock, ids, plan: () => simulator.status().plan }),
    texts,
    alerts: new PriceAlerts({ documents, clock, logger: logger.child('alerts') }),
    ...market,
    ...secrets,
    ...openScenarios({ ...parts, clock, ids, ...market }, closers),
    choice: new ChoiceFile(join(dataDir, 'environment.json'), logger),
    submits: createSampleWindow(SUBMIT_SAMPLES),
  };
}

function openScenarios(
  parts: HouseParts & { readonly clock: Clock; readonly ids: Ids } & Pick<House, 'issues' | 'history' | 'records'>,
  closers: Closer[],
): Pick<House, 'scenarios' | 'tuning'> {
  const { dataDir, logger, clock, ids, issues, history, records } = parts;
  const room = new ScenarioRoom({
    dataDir,
    workerUrl: new URL('./worker.js', import.meta.url),
    library: library.scenarios,
    listing: () => issues.synthetic,
    recorded: recordedMarket({ issues, history, records }),
    version: VERSION,
    clock,
    ids,
    logger: logger.child('scenarios'),
  });
  closers.push(() => room.close());
  const tuning = new TuneRoom({
    folder: join(dataDir, 'tuning'),
    workerUrl: new URL('./worker.js', import.meta.url),
    library: library.scenarios,
    scenarios: room,
    version: VERSION,
    ids,
    logger: logger.child('tuning'),
  });
  closers.push(() => tuning.close());
  return { scenarios: room, tuning };
}

type MarketRooms = Pick<
  House,
  | 'candles'
  | 'issues'
  | 'knownIssues'
  | 'masters'
  | 'history'
  | 'records'
  | 'boards'
  | 'sources'
  | 'simulator'
  | 'simulationHub'
  | 'uploads'
  | 'imports'
>;

function openMarket(
  parts: HouseParts & {
    readonly clock: Clock;
    readonly timers: Timers;
    readonly ids: Ids;
    readonly preferences: PreferencesFile;
  },
  closers: Closer[],
): MarketRooms {
  const { dataDir, logger, clock, timers, ids, preferences, practiceIssues, openTransport } = parts;
  const candles = CandleStore.open(join(dataDir, 'candles.db'));
  closers.push(() => candles.close());
  const issues = new Issues(candles, FOREIGN_LISTING);
  const history = new DailyHistory({ candles, marketOf: (id) => issues.korean(id)?.market });
  const records = new RecordHistory({ candles, daily: history, identify: (id) => issues.korean(id) });
  const boards = new Boards({ candles, find: (id) => issues.find(id), clock, timers });
  const sources: MarketSources = {
    calendar: krxCalendar,
    listing: () => issues.synthetic.slice(0, practiceIssues),
    viOverride: (id) => preferences.get().viClasses[id] ?? null,
    dailyRow: (id, date) => history.dailyRow(id, date),
    nextDailyDate: (id, date) => records.nextDate(id, date),
    stored: (id, date) => records.stored(id, date),
    importedOn: (date) => records.importedOn(date),
    indices: (date) => records.indices(date),
  };
  const market = { clock, timers, ids, logger: logger.child('simulator'), ...sources };
  const simulator = new Simulator({ folder: dataDir, ...market });
  closers.push(() => simulator.close());
  const simulationHub = new MarketHub({
    feed: simulator,
    clock,
    timers,
    logger: logger.child('market'),
    instruments: () => issues.domestic,
    find: (id) => issues.korean(id),
    dailyCandles: (id, limit) => history.dailyCandles(id, limit),
  });
  closers.push(() => simulationHub.close());
  simulator.keep(simulationHub.keepsake);
  const uploads = new UploadStore({ folder: join(dataDir, 'uploads'), ids });
  const imports = new ImportService({
    workerUrl: new URL('./worker.js', import.meta.url),
    candles,
    uploads,
    ids,
    clock,
    imported: () => {
      issues.refresh();
      knownIssues.refresh();
      boards.imported();
    },
  });
  closers.push(() => imports.close());
  const masters = new MasterRoom({
    dataDir,
    workerUrl: new URL('./worker.js', import.meta.url),
    uploads,
    open: openTransport,
    clock,
    timers,
    logger: logger.child('masters'),
    imported: () => knownIssues.refresh(),
  });
  closers.push(() => masters.close());
  const knownIssues = new Issues(candles, FOREIGN_LISTING, masters);
  return {
    masters,
    knownIssues,
    candles,
    issues,
    history,
    records,
    boards,
    sources,
    simulator,
    simulationHub,
    uploads,
    imports,
  };
}

async function openSecrets(
  parts: HouseParts & { readonly clock: Clock; readonly ids: Ids; readonly record: SystemRecord },
): Promise<Pick<House, 'vault' | 'connections'>> {
  const { dataDir, logger, clock, ids, record } = parts;
  const file = new ConnectionFile(join(dataDir, 'connections.json'), () => ids.next());
  if (file.problem) logger.warn('connections were damaged', { code: file.problem.code });
  const vault = await parts.openVault(file.scope);
  const changed: ConstructorParameters<typeof Connections>[0]['changed'] = ({ what, connectionId }) =>
    record.add({ kind: what === 'saved' ? 'connectionSaved' : 'connectionRemoved', connectionId });
  return { vault, connections: new Connections({ file, vault, clock, logger: logger.child('connections'), changed }) };
}
