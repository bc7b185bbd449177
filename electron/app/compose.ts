/** The only place where services meet: builds one core on a data folder and serves the contract on it. */
import { rssMb, startLoopDelay, systemIds, systemTimers } from '#core/platform/index.ts';
import { keychainStore, memoryVault, openVault, type Vault } from '#core/vault/index.ts';
import { contract, PROTOCOL_VERSION, type Contract, type Health } from '#shared/contract/index.ts';
import type { Logger } from '#shared/ports.ts';
import { Rng } from '#shared/rng/index.ts';
import { serve, type Handlers } from '#shared/rpc/index.ts';
import { join } from 'node:path';
import { ApiChannels } from './apis/channels.ts';
import { ApiDesk } from './apis/api-desk.ts';
import type { App } from './app.ts';
import { building, type Closer } from './environments/composed.ts';
import { Front } from './environments/front.ts';
import { composeKis } from './environments/kis.ts';
import { composeLive } from './environments/live.ts';
import { Switchboard } from './environments/switchboard.ts';
import { apisHandlers } from './handlers/apis.ts';
import { dataHandlers } from './handlers/data.ts';
import { documentsHandlers } from './handlers/documents.ts';
import { environmentHandlers } from './handlers/environment.ts';
import { kisHandlers } from './handlers/kis.ts';
import { marketHandlers } from './handlers/market.ts';
import { mastersHandlers } from './handlers/masters.ts';
import { PortfolioDesk } from './threats/portfolio.ts';
import { scenariosHandlers } from './handlers/scenarios.ts';
import { sheetsHandlers } from './handlers/sheets.ts';
import { simulationHandlers } from './handlers/simulation.ts';
import { systemHandlers } from './handlers/system.ts';
import { threatsHandlers } from './handlers/threats.ts';
import { tradingHandlers } from './handlers/trading.ts';
import { openHouse, type House } from './house.ts';
import { JournalReader } from './journal-reader.ts';
import { ConnectionDesk } from './kis/connection-desk.ts';
import type { InProcessKis } from './kis/in-process.ts';
import { KisLines } from './kis/lines.ts';
import { openSystemTransport, type OpenTransport } from './kis/way.ts';
import { PinFile } from './real-lock/pin-file.ts';
import { RealLock } from './real-lock/real-lock.ts';
import { SheetDesk } from './sheets/sheet-desk.ts';
import { VERSION } from './version.ts';

export interface ComposeOptions {
  readonly dataDir: string;
  readonly host: 'desktop' | 'web' | 'cli' | 'test';
  readonly logger: Logger;
  /** true: the web door may open an official real endpoint for orders. */
  readonly allowReal?: boolean;
  /** keychain: that of the operating system, memory where none works · memory: without a try. A test has memory. */
  readonly keys?: 'keychain' | 'memory';
  /** Instead of the system's own, for tests. */
  readonly openVault?: (scope: string) => Promise<Vault>;
  readonly openTransport?: OpenTransport;
  readonly practiceIssues?: number;
}

/** The name under which the keychain shows what is Maru's. */
const SERVICE = 'Maru';
const BY_CHOICE_KO = '키를 메모리에만 두도록 시작했습니다. 프로그램이 끝나면 지웁니다.';

/** Builds the core. Throws DATA_IN_USE, DATA_NOT_WRITABLE, DB_CORRUPT, DB_NEWER, JOURNAL_BROKEN, RECORD_MISSING, DISK_FULL. */
export async function composeApp(options: ComposeOptions): Promise<App> {
  const { result: handlers, close } = await building((closers) => build(options, closers));
  let closing: Promise<void> | null = null;
  return {
    serve: (pipe, door) =>
      serve(contract, handlers, pipe, {
        protocol: PROTOCOL_VERSION,
        door,
        timers: systemTimers,
        logger: options.logger.child('rpc'),
        ids: systemIds,
      }),
    close: () => (closing ??= close()),
  };
}

/** The place of secrets: this data folder's own corner of the keychain, or memory. */
function vaultOpener({ host, keys = host === 'test' ? 'memory' : 'keychain' }: ComposeOptions) {
  return async (scope: string): Promise<Vault> =>
    keys === 'memory' ? memoryVault(BY_CHOICE_KO) : openVault(keychainStore(`${SERVICE} ${scope}`), systemIds.next());
}

async function build(options: ComposeOptions, closers: Closer[]): Promise<Handlers<Contract>> {
  const { dataDir, host, logger } = options;
  const openTransport = options.openTransport ?? openSystemTransport(process.env);
  const house = await openHouse(
    {
      dataDir,
      logger,
      openVault: options.openVault ?? vaultOpener(options),
      openTransport,
      ...(options.practiceIssues === undefined ? {} : { practiceIssues: options.practiceIssues }),
    },
    closers,
  );
  const { timers, clock, ids, connections, preferences, journals, simulator, records, sources } = house;
  const rng = Rng.from(ids.next(), 'kis');
  const lines = new KisLines({ connections, openTransport, clock, timers, rng, logger });
  closers.push(() => lines.close());
  // The offline KIS is large and seldom asked here: it is loaded by the first call that wants it.
  let inProcess: Promise<InProcessKis> | null = null;
  const offlineKis = (): Promise<InProcessKis> =>
    (inProcess ??= import('./kis/in-process.ts').then(
      ({ InProcessKis: Kis }) => new Kis({ clock, timers, ids, rng, logger }),
    ));
  closers.push(async () => (await inProcess)?.close());
  const front = new Front({ timers, logger: logger.child('front') });
  const tell = (): void => switchboard.publish();
  const lock = new RealLock({
    pin: new PinFile({
      path: join(dataDir, 'real-lock.json'),
      clock,
      missed: (facts) => house.record.add({ kind: 'pinFailed', ...facts }),
    }),
    record: house.record,
    clock,
    timers,
    allowReal: options.allowReal === true,
    changed: tell,
  });
  const switchboard = new Switchboard({
    house,
    front,
    lock,
    composeKis: (wish) => composeKis({ house, lines, wish, changed: tell, halted: () => lock.disarm('kill') }),
    composeLive: (connectionId) => composeLive({ house, lines, connectionId }),
  });
  closers.push(() => switchboard.close());
  await switchboard.start();
  const desk = new ConnectionDesk({
    connections,
    lines,
    front,
    clock,
    timers,
    logger: logger.child('kis'),
    renew: async (connectionId) => {
      await lines.drop(connectionId);
      await switchboard.renew();
    },
    changed: tell,
  });
  const simulatorCaller = async () => (await offlineKis()).caller();
  const apis = new ApiDesk({ connections, lines, front, clock, ids, simulatorCaller });
  const sheets = new SheetDesk({ connections, lines, front, clock, simulatorCaller });
  const channels = new ApiChannels({ desk: apis, lines, clock, timers, logger: logger.child('channels'), offlineKis });
  closers.push(() => channels.close());
  const loopDelay = startLoopDelay(timers);
  closers.push(() => loopDelay.stop());
  return {
    market: marketHandlers(front, house),
    trading: tradingHandlers({
      front,
      lock,
      reader: new JournalReader(timers),
      system: journals.system,
      clock,
      timers,
    }),
    simulation: simulationHandlers({ front, simulator, records, sources, clock, timers }),
    scenarios: scenariosHandlers(house.scenarios),
    threats: threatsHandlers({
      front,
      playbook: house.playbook,
      tuning: house.tuning,
      portfolio: new PortfolioDesk({ ...house, workerUrl: new URL('./worker.js', import.meta.url) }),
      scenarios: house.scenarios,
      records,
    }),
    environment: environmentHandlers({ switchboard, lock }),
    kis: kisHandlers({ desk, apis, front, timers }),
    apis: apisHandlers({ desk: apis, channels, front, clock }),
    data: dataHandlers({ imports: house.imports, uploads: house.uploads }),
    masters: mastersHandlers(house.masters),
    sheets: sheetsHandlers(sheets),
    documents: documentsHandlers(house.documents),
    system: systemHandlers({
      about: () => ({
        version: VERSION,
        host,
        environment: switchboard.status().environment,
        dataDir,
        node: process.versions.node,
      }),
      preferences,
      journals,
      timers,
      health: () => healthOf({ house, front, loopDelayP99Ms: loopDelay.p99Ms() }),
    }),
  };
}

/** Health of the core with the environment in force; between two, of a core without market and desk. */
function healthOf(parts: { readonly house: House; readonly front: Front; readonly loopDelayP99Ms: number }): Health {
  const { house, front, loopDelayP99Ms } = parts;
  const inForce = front.inForceOrNull;
  return {
    loopDelayP99Ms,
    rssMb: rssMb(),
    eventsPerSecond: inForce?.hub.eventsPerSecond() ?? 0,
    submitP99Ms: house.submits.quantile(0.99),
    journalEntries: inForce?.journal.lastSeq ?? 0,
    market: inForce?.hub.state() ?? 'down',
    orders: inForce?.desk.status ?? 'down',
    record: inForce?.desk.isRecording === false ? 'failing' : 'ok',
  };
}
