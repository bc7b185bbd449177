/** Fills a core with a real day in replay: imported records, a running market, orders in every state a blotter shows. */
import { join } from 'node:path';
import { systemTimers } from '#core/platform/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { NewOrder } from '#shared/domain/index.ts';
import type { Connection } from '#shared/rpc/index.ts';

const RECORDS = join(import.meta.dirname, '..', 'fixtures', 'krx-eod-extract.csv');
const DATE = '2025-02-11';
export const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';
const FAST = 600;

type Client = Connection<Contract>['client'];

const pause = (ms: number): Promise<void> => new Promise((done) => systemTimers.after(ms, done));

let request = 0;

function order(accountId: string, facts: Partial<NewOrder>): NewOrder {
  return {
    requestId: `screens-${(request += 1)}`,
    accountId,
    instrumentId: SAMSUNG,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    price: null,
    stopPrice: null,
    route: 'KRX',
    session: 'regular',
    quantity: 100,
    allowDuplicate: true,
    ...facts,
  };
}

/** Waits until the simulated clock has come to a time of day, milliseconds since midnight in Korea. */
async function until(client: Client, atMs: number): Promise<void> {
  const KOREA_MS = 9 * 3_600_000;
  await client.simulation.setSpeed({ speed: FAST });
  await new Promise<void>((done) => {
    const close = client.simulation.status(
      {},
      {
        batch: (items) => {
          const now = items.at(-1);
          if (!now || (now.simTs + KOREA_MS) % 86_400_000 < atMs) return;
          close();
          done();
        },
      },
    );
  });
  await client.simulation.setSpeed({ speed: 1 });
}

/** Imports, replays to half past ten, and trades a little on the way. */
export async function playDay(client: Client): Promise<void> {
  await client.data.importKrxEod({ files: [{ path: RECORDS }] });
  await client.simulation.start({
    plan: { mode: 'replay', instrumentId: SAMSUNG, others: 'market', date: DATE, seed: 1 },
  });
  await client.simulation.resume({}).catch(() => undefined);
  const [account] = await client.trading.accounts({});
  if (!account) throw new Error('the first account is missing');
  const { accountId } = account;
  await until(client, 9.2 * 3_600_000);
  await client.trading.submit(order(accountId, { type: 'market', quantity: 120 }));
  await client.trading.submit(order(accountId, { instrumentId: HYNIX, type: 'market', quantity: 20 }));
  await until(client, 10 * 3_600_000);
  await client.trading.submit(order(accountId, { side: 'sell', type: 'market', quantity: 40 }));
  await client.trading.submit(order(accountId, { price: 55_000, quantity: 50 }));
  await client.trading.submit(order(accountId, { side: 'sell', price: 56_500, quantity: 30 }));
  // Refused by the guard: more than is held.
  await client.trading.submit(order(accountId, { side: 'sell', price: 56_500, quantity: 5_000 }));
  await until(client, 10.5 * 3_600_000);
  await pause(1_500);
}
