/** From the call of submit to the call of the broker, with the journal on the disk: the wait that every order pays. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIds, systemClock, systemTimers } from '#core/platform/index.ts';
import { Journal } from '#core/storage/index.ts';
import { DEFAULT_TRADING_SETTINGS, Desk, DESK_UPCASTERS } from '#core/trading/index.ts';
import type { Logger } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import { issueFacts } from '#test/support/desk-stand.ts';
import { PLAIN } from '#test/support/plain-order.ts';
import { ScriptedBroker } from '#test/support/scripted-broker.ts';

const WARM_UP = 200;
const ORDERS = 2_000;
const TARGET_P99_MS = 5;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const round = (ms: number): number => Math.round(ms * 1_000) / 1_000;

async function measure(folder: string): Promise<{ readonly sent: number[]; readonly answered: number[] }> {
  const journal = Journal.open({ path: join(folder, 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
  const sent: number[] = [];
  const answered: number[] = [];
  const facts = issueFacts();
  const silent: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    child: () => silent,
  };
  let seed = 0;
  const random = (size: number): Uint8Array =>
    Uint8Array.from({ length: size }, () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) & 255);
  const guard = { ...DEFAULT_TRADING_SETTINGS.guard, rates: [], duplicateWindowMs: 0 };
  const broker = new ScriptedBroker({
    clock: systemClock,
    timers: systemTimers,
    accounts: [{ accountId: 'A1', cashKrw: 1_000_000_000_000 }],
  });
  const desk = new Desk({
    journal,
    broker,
    market: { facts: () => facts, exchangeNow: () => epochMs(systemClock.now()) },
    clock: systemClock,
    timers: systemTimers,
    ids: createIds({ clock: systemClock, random }),
    log: silent,
    settings: () => ({ ...DEFAULT_TRADING_SETTINGS, guard }),
  });
  let startMs = 0;
  broker.mischief.submit = () => {
    sent.push(performance.now() - startMs);
    return undefined;
  };
  await desk.start();
  for (let i = 0; i < WARM_UP + ORDERS; i += 1) {
    startMs = performance.now();
    const ack = await desk.submit({
      requestId: `bench-${String(i).padStart(8, '0')}`,
      accountId: 'A1',
      instrumentId: 'KRX:005930',
      side: 'buy',
      type: 'limit',
      timeInForce: 'day',
      ...PLAIN,
      price: 10_000,
      quantity: 1 + (i % 50),
      allowDuplicate: true,
    });
    answered.push(performance.now() - startMs);
    // Most orders end, as in life; some stay open and make the desk's work larger.
    if (i % 10 !== 0 && ack.brokerOrderNo !== null) broker.fill(ack.brokerOrderNo, 1 + (i % 50));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  desk.stop();
  journal.close();
  return { sent: sent.slice(WARM_UP).sort((a, b) => a - b), answered: answered.slice(WARM_UP).sort((a, b) => a - b) };
}

/** The journal alone with entries of the same size, so that a slow or busy disk is seen for what it is. */
function appendAlone(folder: string): number[] {
  const journal = Journal.open({ path: join(folder, 'alone.db'), role: 'journal' });
  const times: number[] = [];
  const entry = { kind: 'bench.written', v: 1, ts: epochMs(0), data: { filler: '0'.repeat(200) } };
  for (let i = 0; i < WARM_UP + ORDERS; i += 1) {
    const startMs = performance.now();
    journal.append([entry, entry]);
    times.push(performance.now() - startMs);
  }
  journal.close();
  return times.slice(WARM_UP).sort((a, b) => a - b);
}

export const bench = {
  name: 'submit to broker, journal durable',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    try {
      const { sent, answered } = await measure(folder);
      const p99 = percentile(sent, 0.99);
      return {
        measured: `${ORDERS} orders, one after another, each written with synchronous=FULL before the broker is called; 10 % stay open`,
        rows: [
          {
            metric: 'submit to broker p50',
            value: round(percentile(sent, 0.5)),
            unit: 'ms',
            target: `p99 ≤ ${TARGET_P99_MS}`,
            pass: true,
          },
          {
            metric: 'submit to broker p99',
            value: round(p99),
            unit: 'ms',
            target: `≤ ${TARGET_P99_MS}`,
            pass: p99 <= TARGET_P99_MS,
          },
          {
            metric: 'of it the journal alone p99',
            value: round(percentile(appendAlone(folder), 0.99)),
            unit: 'ms',
            target: '',
            pass: true,
          },
          {
            metric: 'submit to first answer p99',
            value: round(percentile(answered, 0.99)),
            unit: 'ms',
            target: '',
            pass: true,
          },
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
