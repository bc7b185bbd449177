/** A chart of a million one-minute bars in Chromium: how soon it stands, and whether a tick costs more than with two thousand. */
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { build } from 'vite';
import { openBrowser } from '../support/workstation.ts';
import type { MillionBarsPage } from './pages/million-bars.ts';

const MILLION = 1_000_000;
const FEW = 2_000;
const FRAMES = 240;
const TURNS = 7;

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The page's script, made as the program's own is. */
async function script(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '..', '..'),
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      lib: { entry: join(import.meta.dirname, 'pages', 'million-bars.ts'), formats: ['iife'], name: 'page' },
    },
  });
  const [first] = Array.isArray(made) ? made : [made];
  const output = first && 'output' in first ? first.output : [];
  const chunk = output.find((part) => part.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('the page was not built');
  return chunk.code;
}

async function workMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
}

/** Opens the chart again and again on so many bars. */
async function opened(page: Page, count: number): Promise<number> {
  await page.evaluate((bars) => (window as unknown as { bars: MillionBarsPage }).bars.know(bars), count);
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1)
    times.push(await page.evaluate(() => (window as unknown as { bars: MillionBarsPage }).bars.open()));
  return median(times);
}

/** Milliseconds of the page's thread for a frame with a changed bar. */
async function updated(page: Page, devtools: CDPSession): Promise<number> {
  const run = (frames: number): Promise<void> =>
    page.evaluate((turns) => (window as unknown as { bars: MillionBarsPage }).bars.update(turns), frames);
  await run(FRAMES / 4);
  const before = await workMs(devtools);
  await run(FRAMES);
  return ((await workMs(devtools)) - before) / FRAMES;
}

export const bench = {
  name: 'million-bars',
  async run(): Promise<{ measured: string; rows: Row[] }> {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1_280, height: 720 } });
      await page.setContent('<!doctype html><html lang="ko"><title>bars</title><body></body></html>');
      await page.addScriptTag({ content: await script() });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Performance.enable');
      const firstFew = await opened(page, FEW);
      const costFew = await updated(page, devtools);
      const firstAll = await opened(page, MILLION);
      const costAll = await updated(page, devtools);
      const bare = await page.evaluate(
        (count) => (window as unknown as { bars: MillionBarsPage }).bars.bare(count),
        MILLION,
      );
      const ratio = costAll / costFew;
      return {
        measured: `candles, volume and three averages in Chromium, ${TURNS} openings and ${FRAMES} frames each`,
        rows: [
          {
            metric: 'first paint, a million bars',
            value: round(firstAll),
            unit: 'ms',
            target: '≤ 150',
            pass: firstAll <= 150,
          },
          { metric: 'first paint, two thousand bars', value: round(firstFew), unit: 'ms', target: '—', pass: true },
          {
            metric: 'first paint, the bare library with all of them',
            value: round(bare),
            unit: 'ms',
            target: '—',
            pass: true,
          },
          { metric: 'a changed bar, two thousand bars', value: round(costFew), unit: 'ms', target: '—', pass: true },
          { metric: 'a changed bar, a million bars', value: round(costAll), unit: 'ms', target: '—', pass: true },
          {
            metric: 'the second over the first: flat',
            value: round(ratio),
            unit: '×',
            target: '≤ 1.5',
            pass: ratio <= 1.5,
          },
        ],
      };
    } finally {
      await browser.close();
    }
  },
};
