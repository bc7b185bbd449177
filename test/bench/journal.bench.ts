/** Durable appends to the journal: what every order waits for before it leaves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '#core/storage/index.ts';
import { epochMs } from '#shared/time/index.ts';

const APPENDS = 5_000;

/** The size of a usual entry: an order with its clearance. */
function orderEntry(i: number) {
  const data = {
    orderId: `01J0000000000000000000${i}`,
    requestId: `req-${i}`,
    accountId: 'sim-1',
    instrumentId: 'KRX:005930',
    side: i % 2 === 0 ? 'buy' : 'sell',
    type: 'limit',
    tif: 'day',
    price: 55_000 + (i % 50) * 100,
    qty: 1 + (i % 300),
    state: 'submitting',
  };
  return { kind: 'order.submitting', v: 1, ts: epochMs(1_700_000_000_000 + i), data };
}

export const bench = {
  name: 'journal',
  async run(): Promise<{
    measured: string;
    rows: Array<{ metric: string; value: number; unit: string; target: string; pass: boolean }>;
  }> {
    const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    const path = join(folder, 'journal.db');
    const journal = Journal.open({ path, role: 'journal' });
    const tookMs: number[] = [];
    for (let i = 0; i < APPENDS; i += 1) {
      const startedMs = performance.now();
      journal.append([orderEntry(i)]);
      tookMs.push(performance.now() - startedMs);
    }
    tookMs.sort((a, b) => a - b);
    const at = (share: number): number => Math.round((tookMs[Math.floor(APPENDS * share)] ?? 0) * 1_000) / 1_000;
    journal.close();
    const openedMs = performance.now();
    const again = Journal.open({ path, role: 'journal' });
    let read = 0;
    for (const { seq } of again.read()) read = seq;
    const loadMs = Math.round(performance.now() - openedMs);
    again.close();
    rmSync(folder, { recursive: true, force: true });
    const row = (metric: string, value: number, limitMs: number) => ({
      metric,
      value,
      unit: 'ms',
      target: `≤ ${limitMs}`,
      pass: value <= limitMs,
    });
    return {
      measured: `${APPENDS} single entries, each on the disk (synchronous=FULL) before the next; then ${read} read back and verified`,
      rows: [row('append p50', at(0.5), 1), row('append p99', at(0.99), 4), row('open and read all', loadMs, 500)],
    };
  },
};
