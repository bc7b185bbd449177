/** The whole program as a user meets it: window, live market with the screen attached, memory with both yearly files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Health } from '#shared/contract/index.ts';
import type { SimulationStatus } from '#shared/domain/index.ts';
import { coreClient } from '../support/core-client.ts';
import { openBrowser, openScreen, startCore, temporaryDataDir } from '../support/workstation.ts';

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared', 'market', 'krx-eod');
const FILES = ['krx-eod-2024.csv.gz', 'krx-eod-2025.csv.gz'].map((name) => join(SHARED, name));
const LIVE_SPEED = 60;
const LIVE_MS = 15_000;
const WINDOWS = 5;
const USABLE_MS = 2_000;
const LOOP_MS = 50;
const MEMORY_MB = 350;

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Resident memory of a process, MiB, as the system counts it. */
function residentMb(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return (pages * 4_096) / 1_048_576;
}

/** The newest item of a stream of one key. */
function newest<Item>(watch: (listener: { batch(items: readonly Item[]): void }) => () => void): {
  value(): Item | undefined;
  close(): void;
} {
  let last: Item | undefined;
  const close = watch({ batch: (items) => (last = items.at(-1)) });
  return { value: () => last, close };
}

export const bench = {
  name: 'workstation',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const data = temporaryDataDir();
    const rows: Row[] = [];
    const browser = await openBrowser();
    let core = await startCore(data.path);
    try {
      const files = FILES.filter((file) => existsSync(file));
      if (files.length > 0) {
        const { client, close } = await coreClient(data.path);
        await client.data.importKrxEod({ files: files.map((path) => ({ path })) });
        close();
      }
      // Warm: the program was opened before and its files are in memory. From the start of the process to a price on the screen.
      const windows: number[] = [];
      for (let turn = 0; turn < WINDOWS; turn += 1) {
        await core.stop();
        const startedMs = performance.now();
        core = await startCore(data.path);
        const { page, context } = await openScreen(browser, core.url);
        await page.waitForFunction(() =>
          /\d/.test(document.querySelector('[data-testid="quote-last"]')?.textContent ?? ''),
        );
        await page.getByTestId('order-submit').waitFor();
        windows.push(performance.now() - startedMs);
        await context.close();
      }
      const usableMs = round(median(windows));
      rows.push({
        metric: 'usable window, warm, median',
        value: usableMs,
        unit: 'ms',
        target: `≤ ${USABLE_MS}`,
        pass: usableMs <= USABLE_MS,
      });

      await core.stop();
      core = await startCore(data.path);
      const live = await openScreen(browser, core.url);
      await live.page.getByTestId('order-book').waitFor();
      const { client, close } = await coreClient(data.path);
      await client.simulation.setSpeed({ speed: LIVE_SPEED });
      const health = newest<Health>((listener) => client.system.health({}, listener));
      const status = newest<SimulationStatus>((listener) => client.simulation.status({}, listener));
      await pause(LIVE_MS);
      const loopMs = round(health.value()?.loopDelayP99Ms ?? Number.NaN);
      const speed = round(status.value()?.trueSpeed ?? Number.NaN);
      const issues = status.value()?.instruments ?? 0;
      const memoryMb = round(residentMb(core.process.pid ?? 0));
      health.close();
      status.close();
      close();
      rows.push(
        {
          metric: `event-loop delay p99, ${issues} issues at ${LIVE_SPEED}x, screen attached`,
          value: loopMs,
          unit: 'ms',
          target: `≤ ${LOOP_MS}`,
          pass: loopMs <= LOOP_MS,
        },
        {
          metric: 'true speed meanwhile',
          value: speed,
          unit: 'x',
          target: `≥ ${LIVE_SPEED - 1}`,
          pass: speed >= LIVE_SPEED - 1,
        },
        {
          metric:
            files.length === FILES.length
              ? 'memory of the core, both yearly files imported'
              : 'memory of the core (yearly files absent)',
          value: memoryMb,
          unit: 'MiB',
          target: `≤ ${MEMORY_MB}`,
          pass: memoryMb <= MEMORY_MB,
        },
      );
      await live.context.close();
    } finally {
      await browser.close();
      await core.stop();
      data.remove();
    }
    return { measured: 'the built core in its own process, Chromium on the same machine', rows };
  },
};
