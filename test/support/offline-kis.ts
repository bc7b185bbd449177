/** An offline KIS in this process with a transport to it, and what a person would enter to use it. */
import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { OpenTransport } from '#core/app/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, memoryTransport, type Emulator, type EmulatorOptions } from '#core/emulator/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import type { NewKisConnection } from '#shared/contract/index.ts';
import type { NewOrder } from '#shared/domain/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import { createMemoryLog } from './memory-log.ts';
import { tempFolder } from './temp-folder.ts';

export interface OfflineKis {
  readonly emulator: Emulator;
  readonly transport: ReturnType<typeof memoryTransport>;
  /** What a person enters for it. */
  readonly entry: NewKisConnection;
}

const REST_URL = { paper: 'http://127.0.0.1:29443', real: 'http://127.0.0.1:9443' } as const;
const WS_URL = { paper: 'ws://127.0.0.1:31000', real: 'ws://127.0.0.1:21000' } as const;

/** Opens one; closed when the test ends. */
export async function openOfflineKis(
  env: 'paper' | 'real',
  options: Partial<Pick<EmulatorOptions, 'settings' | 'speed' | 'still' | 'market' | 'startAt'>> = {},
): Promise<OfflineKis> {
  const emulator = await createEmulator({
    env,
    folder: tempFolder(),
    clock: systemClock,
    timers: systemTimers,
    ids: systemIds,
    logger: createMemoryLog().logger,
    random: randomBytes,
    calendar: krxCalendar,
    catalogue: kisCatalogue(),
    listing: () => BUNDLED.slice(0, 3),
    ...options,
  });
  onTestFinished(() => emulator.close());
  const { appKey, appSecret, account, htsId } = emulator.facts;
  return {
    emulator,
    transport: memoryTransport(emulator, { timers: systemTimers }),
    entry: {
      label: '',
      kind: env,
      endpoint: 'emulator',
      restUrl: REST_URL[env],
      wsUrl: WS_URL[env],
      appKey,
      appSecret,
      account,
      htsId,
      issuedOn: null,
    },
  };
}

/** Leads each address to its offline KIS, and nothing else anywhere. */
export function transportTo(...offline: readonly OfflineKis[]): OpenTransport {
  const find = (url: string) => {
    const port = new URL(url).port;
    const found = offline.find(({ entry }) => [entry.restUrl, entry.wsUrl].some((base) => base?.endsWith(`:${port}`)));
    if (!found) throw new Error(`nobody is at ${url}`);
    return found.transport;
  };
  return () => ({
    request: (request) => find(request.url).request(request),
    openSocket: (url, listener) => find(url).openSocket(url, listener),
    close: () => Promise.resolve(),
  });
}

/** One share at the best ask of the market that stands still: an order that is filled at once. */
export function buyAtAsk(
  { emulator }: OfflineKis,
  where: Pick<NewOrder, 'accountId' | 'instrumentId'>,
): Omit<NewOrder, 'requestId'> {
  return {
    ...where,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    session: 'regular',
    route: 'KRX',
    price: emulator.simulator.issue(where.instrumentId)?.bestAsk ?? 0,
    stopPrice: null,
    quantity: 1,
    allowDuplicate: true,
  };
}
