/** The simulated market under kill -9 at any moment, again and again on one folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Simulator } from '#core/simulator/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { addDays, sessionDate } from '#shared/time/index.ts';
import { testSimulator } from '#test/support/simulator.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const TRADER = new URL('../../support/simulator-trader.ts', import.meta.url).pathname;
const KILLS = 8;

interface Told {
  /** Numbers of orders that were taken, with their quantity. */
  readonly taken: Map<string, number>;
  /** Fills by order number, as they were told. */
  readonly fills: Map<string, { readonly cumulativeQty: number; readonly price: number; readonly quantity: number }[]>;
  readonly canceled: Set<string>;
  readonly problems: unknown[];
}

/** Lets a process trade for a while after it has opened, kills it, and adds what it said to `told`. */
async function tradeAndKill(
  folder: string,
  round: { readonly seed: number; readonly lines: number; readonly told: Told },
): Promise<void> {
  const child = spawn(process.execPath, [TRADER, folder, String(round.seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const reader = createInterface({ input: child.stdout });
  let lines = 0;
  reader.on('line', (line) => {
    lines += 1;
    note(line, round.told);
    if (lines >= round.lines) child.kill('SIGKILL');
  });
  await once(reader, 'close');
  expect(lines).toBeGreaterThanOrEqual(round.lines);
}

function note(line: string, told: Told): void {
  const [kind, value] = JSON.parse(line) as [string, never];
  if (kind === 'open' && (value as unknown[]).length > 0) told.problems.push(value);
  if (kind === 'taken') told.taken.set((value as { no: string }).no, (value as { quantity: number }).quantity);
  if (kind === 'canceled') told.canceled.add(value);
  if (kind === 'fill') {
    const { no, ...fill } = value as { no: string; cumulativeQty: number; price: number; quantity: number };
    told.fills.set(no, [...(told.fills.get(no) ?? []), fill]);
  }
}

/** Every order and execution of the account on all days it may have traded. */
function everything(simulator: Simulator) {
  const account = simulator.accounts()[0];
  if (!account) throw new Error('no account');
  const first = addDays(sessionDate(account.sessionDate), -40);
  const days = Array.from({ length: 81 }, (_, i) => addDays(first, i));
  return {
    account,
    orders: days.flatMap((day) => simulator.orders(account.accountId, day)),
    executions: days.flatMap((day) => simulator.executions(account.accountId, day)),
    positions: simulator.positions(account.accountId),
  };
}

describe('killed in the middle of trading', () => {
  it('keeps every order that was answered and every fill that was told, once each', { timeout: 300_000 }, async () => {
    const folder = tempFolder();
    const told: Told = { taken: new Map(), fills: new Map(), canceled: new Set(), problems: [] };
    const rng = Rng.from(20_260_303, 'kills');
    for (let round = 0; round < KILLS; round += 1) {
      await tradeAndKill(folder, { seed: round, lines: 2 + rng.int(250), told });
    }
    expect(told.problems).toEqual([]);
    expect(told.taken.size).toBeGreaterThan(50);
    expect(told.fills.size).toBeGreaterThan(10);

    const { simulator, lines } = testSimulator(folder);
    await simulator.open();
    simulator.pause();
    expect(lines.filter((line) => line.level === 'error')).toEqual([]);
    const { account, orders, executions, positions } = everything(simulator);
    const byNo = new Map(orders.map((order) => [order.brokerOrderNo, order]));
    expect(byNo.size).toBe(orders.length);
    for (const [no, quantity] of told.taken) expect(byNo.get(no)).toMatchObject({ quantity });
    for (const no of told.canceled) expect(byNo.get(no)?.status).toBe('canceled');
    for (const [no, fills] of told.fills) {
      const own = executions.filter((execution) => execution.brokerOrderNo === no);
      // A kill may come between the record and the telling, never the other way round.
      for (const fill of fills)
        expect(own.filter((each) => each.cumulativeQty === fill.cumulativeQty)).toMatchObject([fill]);
      expect(new Set(fills.map((fill) => fill.cumulativeQty)).size).toBe(fills.length);
    }
    for (const order of orders) {
      const own = executions.filter((execution) => execution.brokerOrderNo === order.brokerOrderNo);
      const total = own.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(total).toBe(order.filledQty);
      expect(order.filledQty).toBeLessThanOrEqual(order.quantity);
      expect(own.at(-1)?.cumulativeQty ?? 0).toBe(order.filledQty);
    }
    let cash: number = account.startingCashKrw;
    let held = 0;
    for (const order of orders) {
      const last = executions.filter((execution) => execution.brokerOrderNo === order.brokerOrderNo).at(-1);
      if (!last) continue;
      const sign = order.side === 'buy' ? -1 : 1;
      cash += sign * order.filledValue - last.cumulativeCommissionKrw - last.cumulativeTaxKrw;
      held -= sign * order.filledQty;
    }
    expect(account.cashD2Krw).toBe(cash);
    expect(positions.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(held);
    await simulator.close();
  });
});
