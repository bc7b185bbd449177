/** A real-time client before a scripted server, on a clock that stands still until it is moved. */
import { createKisRealtime, type KisRealtimeParts } from '#core/broker/kis/realtime/index.ts';
import type { ChannelRecord, WishRank, WishState } from '#core/broker/kis/ports.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { createFakeTime } from './fake-time.ts';
import { createMemoryLog } from './memory-log.ts';
import { ScriptedSockets } from './scripted-socket.ts';

/** A wish and what its wisher was told. */
export interface Wisher {
  readonly states: WishState[];
  readonly records: ChannelRecord[];
  stop(): void;
}

/** Everything a test of the client needs. */
export function realtimeStand(parts: Partial<KisRealtimeParts> & { readonly environment?: 'paper' | 'real' } = {}) {
  const { environment = 'real', ...own } = parts;
  const time = createFakeTime();
  const sockets = new ScriptedSockets();
  const log = createMemoryLog();
  const renewals: boolean[] = [];
  const client = createKisRealtime({
    endpoint: { environment, kind: 'emulator', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:2' },
    approvalKey: async (renew = false) => {
      renewals.push(renew);
      return `approval-${renewals.length}`;
    },
    transport: sockets,
    catalogue: kisCatalogue(),
    clock: time.clock,
    timers: time.timers,
    rng: Rng.from(7),
    logger: log.logger,
    ...own,
  });
  const want = (key: string, options: { readonly api?: string; readonly rank?: WishRank } = {}): Wisher => {
    const states: WishState[] = [];
    const records: ChannelRecord[] = [];
    const stop = client.want({
      api: options.api ?? 'domestic-stock.ccnl-krx',
      key,
      rank: options.rank ?? 'list',
      record: (record) => void records.push(record),
      state: (state) => void states.push(state),
    });
    return { states, records, stop };
  };
  return { client, time, sockets, log, renewals, want };
}

/** The payload of a trade of H0STCNT0 with its 46 columns. */
export function tradeFields(code: string, price: number, columns = 46): string {
  const fields = [code, '093354', String(price), '5', '-100', '-0.14', '72023.83', '72100', '72400', '71700'];
  return [...fields, ...Array.from({ length: 36 }, (_, n) => String(n))].slice(0, columns).join('^');
}

/** A frame of trades. */
export function tradeFrame(...records: readonly string[]): string {
  return `0|H0STCNT0|${String(records.length).padStart(3, '0')}|${records.join('^')}`;
}
