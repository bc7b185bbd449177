/** A record of a hundred thousand entries walked through in Chromium: opened, scrolled, jumped to its end, searched. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { Journal } from '#core/storage/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { coreClient } from '../support/core-client.ts';
import { openBrowser, startCore, temporaryDataDir } from '../support/workstation.ts';

const ENTRIES = 100_000;
const CHUNK = 1_000;
const JUMPS = 60;
const WORKSPACE = 'w-journal';

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

function atMost(metric: string, value: number, limit: number, unit: string): Row {
  return { metric, value: round(value), unit, target: `≤ ${limit}`, pass: value <= limit };
}

/** A journal as long as years of trading make it. */
function fill(path: string): void {
  const journal = Journal.open({ path, role: 'journal' });
  for (let from = 0; from < ENTRIES; from += CHUNK) {
    journal.append(
      Array.from({ length: CHUNK }, (_, n) => ({
        kind: 'test.written',
        v: 1,
        ts: epochMs(1_700_000_000_000 + (from + n) * 1_000),
        data: { n: from + n },
      })),
    );
  }
  journal.close();
}

function workspace(): Readonly<Record<string, unknown>> {
  const leaf = { type: 'leaf', size: 1_272, data: { views: ['j-1'], activeView: 'j-1', id: '1' } };
  const root = { type: 'branch', size: 560, data: [leaf] };
  const panels = { 'j-1': { view: 'journal', group: 'A', instrumentId: null } };
  const dock = { grid: { root, width: 1_272, height: 560, orientation: 'HORIZONTAL' } };
  return { name: '기록', place: 9, factory: null, windows: { main: { dock, panels } }, links: {} };
}

/** Jumps through the rows, each time until rows stand there. */
async function walk(
  page: Page,
): Promise<{ readonly frames: number[]; readonly longest: number; readonly jumps: number[] }> {
  return page.evaluate(async (jumps) => {
    const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const found = document.querySelector<HTMLElement>('[data-testid="blotter-journal"] .ag-grid-viewport');
    if (!found) throw new Error('the grid has no viewport');
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ type: 'longtask' });
    const frames: number[] = [];
    const took: number[] = [];
    let last = await frame();
    const step = async (): Promise<void> => {
      const now = await frame();
      frames.push(now - last);
      last = now;
    };
    // A hand on the wheel.
    for (let turn = 0; turn < 120; turn += 1) {
      found.scrollTop += 90;
      await step();
    }
    for (let turn = 0; turn < jumps; turn += 1) {
      const startedMs = performance.now();
      const share = turn === jumps - 1 ? 1 : ((turn * 37) % jumps) / jumps;
      found.scrollTop = share * (found.scrollHeight - found.clientHeight);
      const shown = (): boolean => {
        const box = found.getBoundingClientRect();
        const row = document.elementFromPoint(box.left + 60, box.top + box.height / 2)?.closest('.ag-row');
        return (
          row !== null &&
          row !== undefined &&
          !row.classList.contains('ag-row-loading') &&
          (row.textContent ?? '').trim().length > 8
        );
      };
      do await step();
      while (!shown() && performance.now() - startedMs < 5_000);
      took.push(performance.now() - startedMs);
    }
    observer.disconnect();
    return { frames: frames.slice(0, 120), longest, jumps: took };
  }, JUMPS);
}

export const bench = {
  name: 'blotter',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const data = temporaryDataDir();
    let core = await startCore(data.path);
    await core.stop();
    fill(join(data.path, 'journal.db'));
    core = await startCore(data.path);
    const browser = await openBrowser();
    try {
      const { client, close } = await coreClient(data.path);
      await client.documents.save({ kind: 'workspace', id: WORKSPACE, revision: 0, body: workspace() });
      await client.system.setPreferences({ workspaceId: WORKSPACE, tourDone: true });
      await client.simulation.pause({}).catch(() => undefined);
      const page = await browser.newPage({ viewport: { width: 1_280, height: 720 } });
      await page.goto(core.url);
      await page.locator('[data-testid="blotter-journal"] .ag-row').first().waitFor();
      const { frames, longest, jumps } = await walk(page);
      close();
      return {
        measured: `the built program in Chromium, a journal of ${ENTRIES} entries, ${JUMPS} jumps through it`,
        rows: [
          atMost('longest task', longest, 50, 'ms'),
          atMost('frame p95, at the wheel', p95(frames), 20, 'ms'),
          atMost('jump to rows that stand p95', p95(jumps), 200, 'ms'),
        ],
      };
    } finally {
      await browser.close();
      await core.stop();
      data.remove();
    }
  },
};
