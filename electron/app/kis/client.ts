/** A client of KIS for a program of one's own: REST and channels over the keys it is given, without a desk and without orders. */
import {
  createKisRealtime,
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  heardBy,
  kisLimits,
  type KisEnvironment,
  type KisRealtime,
  type KisRest,
} from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { placeOf, silentLogger, systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { kstDate } from '#shared/time/index.ts';
import { readKeys } from '../connections/entry.ts';
import { readAddress } from '../connections/endpoint.ts';
import { openSystemTransport } from './way.ts';

export interface KisClientOptions {
  readonly environment: KisEnvironment;
  readonly appKey: string;
  readonly appSecret: string;
  /** "12345678-01" */
  readonly account: string;
  readonly htsId?: string | undefined;
  /** Of an offline KIS on this machine; the broker's own server if absent. */
  readonly restUrl?: string | undefined;
  readonly wsUrl?: string | undefined;
}

export interface KisClient extends Pick<KisRest, 'call' | 'pages' | 'offers'>, Pick<KisRealtime, 'want'> {
  close(): Promise<void>;
}

/** Opens it. Order APIs are refused (KIS_ORDER_API): nothing here stands on the guard. Throws CONNECTION_FIELD for bad keys. */
export function openKisClient(options: KisClientOptions): KisClient {
  const { environment } = options;
  const keys = readKeys({ ...options, htsId: options.htsId ?? null });
  const kind = options.restUrl === undefined ? 'official' : 'emulator';
  const wsUrlOf = (restUrl: string): string => options.wsUrl ?? restUrl.replace(/^http/, 'ws');
  const address = readAddress({
    kind: environment,
    endpoint: kind,
    restUrl: options.restUrl ?? null,
    wsUrl: options.restUrl === undefined ? null : wsUrlOf(options.restUrl),
  });
  const { restUrl, wsUrl } = address;
  const endpoint = { environment, kind, restUrl, wsUrl } as const;
  const ways = kind === 'official' ? [restUrl, wsUrl].map((url) => placeOf(new URL(url))) : [];
  const transport = openSystemTransport(process.env)(ways);
  const shared = {
    endpoint,
    transport,
    catalogue: kisCatalogue(),
    clock: systemClock,
    timers: systemTimers,
    rng: Rng.from(systemIds.next(), 'kis'),
    logger: silentLogger,
  };
  const serverClock = createServerClock(shared);
  const rest = createKisRest({
    ...shared,
    keys: () => keys,
    tokenStore: createMemoryTokenStore(),
    serverClock,
    limits: kisLimits(environment, kstDate(systemClock.now())),
    epoch: () => -1,
  });
  const realtime = createKisRealtime({
    ...shared,
    approvalKey: async (renew) => {
      if (renew === true) rest.dropApprovalKey();
      return rest.approvalKey();
    },
    serverClock: heardBy(serverClock, systemClock),
  });
  return {
    call: ({ pass: _, ...call }) => rest.call(call),
    pages: ({ pass: _, ...call }, how) => rest.pages(call, how),
    offers: (api) => rest.offers(api),
    want: (wish) => realtime.want(wish),
    close: async () => {
      realtime.close();
      rest.close();
      await transport.close();
    },
  };
}
