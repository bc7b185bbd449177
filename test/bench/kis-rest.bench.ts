/** A hundred reads at once against the offline KIS over real sockets: how much of the broker's limit is used, and that it is never passed. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKisRest, createMemoryTokenStore, createServerClock, kisLimits } from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { createEmulator, serveEmulator } from '#core/emulator/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { createHttpClient, systemClock, systemIds, systemTimers, type Transport } from '#core/platform/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Logger } from '#shared/ports.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const TARGET_PERCENT = 95;
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
};

interface Run {
  readonly env: 'paper' | 'real';
  readonly reads: number;
  /** Adds up to this much to each way there, milliseconds. */
  readonly jitterMs: number;
}

interface Measured {
  readonly percent: number;
  readonly refused: number;
  /** From the call of a cancel among all the reads to its arrival, milliseconds. */
  readonly cancelMs: number;
}

/** The transport with a wait before each request, as a line of changing length has. */
function uneven(http: Pick<Transport, 'request'>, jitterMs: number): Transport {
  const rng = Rng.from(1, 'wire');
  return {
    async request(request) {
      if (jitterMs === 0) return http.request(request);
      request.written?.();
      const { written: _, ...rest } = request;
      await new Promise((resolve) => setTimeout(resolve, rng.int(jitterMs + 1)));
      return http.request(rest);
    },
    openSocket: () => {
      throw new Error('no sockets here');
    },
  };
}

async function measure({ env, reads, jitterMs }: Run): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
  const emulator = await createEmulator({
    env,
    folder,
    clock: systemClock,
    timers: systemTimers,
    ids: systemIds,
    logger: silent,
    random: randomBytes,
    calendar: krxCalendar,
    catalogue: kisCatalogue(),
    listing: () => BUNDLED.slice(0, 3),
    still: true,
  });
  const served = await serveEmulator(emulator, { host: '127.0.0.1', port: 0, wsPort: 0 });
  const http = createHttpClient();
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = account.split('-');
  const limits = kisLimits(env, sessionDate('2026-11-26'));
  const rest = createKisRest({
    endpoint: { environment: env, kind: 'emulator', restUrl: served.rest, wsUrl: served.ws },
    keys: () => ({ appKey, appSecret, accountNo, productCode, htsId }),
    tokenStore: createMemoryTokenStore(),
    transport: uneven(http, jitterMs),
    catalogue: kisCatalogue(),
    clock: systemClock,
    timers: systemTimers,
    serverClock: createServerClock({ clock: systemClock }),
    rng: Rng.from(1, 'rest'),
    logger: silent,
    limits,
    epoch: () => 0,
  });
  try {
    await rest.ensureToken();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const params = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: BUNDLED[0]?.code ?? '' };
    const startMs = performance.now();
    const all = Promise.all(
      Array.from({ length: reads }, () => rest.call({ api: 'domestic-stock.inquire-price', params })),
    );
    await new Promise((resolve) => setTimeout(resolve, (reads / limits.callsPerSecond) * 500));
    const cancelStartMs = performance.now();
    const fields = { ORGN_ODNO: '0000000001', RVSE_CNCL_DVSN_CD: '02', QTY_ALL_ORD_YN: 'Y' };
    await rest.call({ api: 'domestic-stock.order-rvsecncl', params: fields, pass: 'cancel' }).catch(() => undefined);
    const cancelMs = performance.now() - cancelStartMs;
    await all;
    const tookS = (performance.now() - startMs) / 1_000;
    const overLimit = rest.health().errors.filter(({ code }) => code === 'EGW00201' || code === 'EGW00215');
    const refused = overLimit.reduce((total, { count }) => total + count, 0);
    return { percent: ((reads + 1) / tookS / limits.callsPerSecond) * 100, refused, cancelMs };
  } finally {
    rest.close();
    await http.close();
    await served.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const RUNS: readonly (Run & { readonly name: string })[] = [
  { name: '20 a second', env: 'real', reads: 100, jitterMs: 0 },
  { name: '20 a second, 0 to 40 ms on the way', env: 'real', reads: 100, jitterMs: 40 },
  { name: '2 a second', env: 'paper', reads: 20, jitterMs: 0 },
];

export const bench = {
  name: 'KIS REST limit',
  async run() {
    const rows: { metric: string; value: number; unit: string; target: string; pass: boolean }[] = [];
    for (const run of RUNS) {
      const { percent, refused, cancelMs } = await measure(run);
      rows.push(
        {
          metric: `${run.name}: used`,
          value: percent,
          unit: '%',
          target: `≥ ${TARGET_PERCENT}`,
          pass: percent >= TARGET_PERCENT,
        },
        { metric: `${run.name}: refused by the server`, value: refused, unit: '', target: '0', pass: refused === 0 },
        { metric: `${run.name}: a cancel among them`, value: cancelMs, unit: 'ms', target: '', pass: true },
      );
    }
    return { measured: 'reads asked for all at once, one cancel in the middle, offline KIS over loopback', rows };
  },
};
