/** Two charts of one link group: the cross, the interval and the issue go along, as far as each wants it. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreClient } from '../support/core-client.ts';
import {
  type CoreProcess,
  openBrowser,
  openScreen,
  type Screen,
  startCore,
  temporaryDataDir,
} from '../support/workstation.ts';
import { playDay } from '../screens/day.ts';

const WORKSPACE = 'w-two-charts';

/** A watchlist, and two charts beside it, all in group A. */
function twoCharts(): Readonly<Record<string, unknown>> {
  const panels: Record<string, unknown> = {};
  const leaf = (id: string, view: string, size: number): unknown => {
    panels[id] = { view, group: 'A', instrumentId: null };
    return { type: 'leaf', size, data: { views: [id], activeView: id, id } };
  };
  const root = {
    type: 'branch',
    size: 900,
    data: [leaf('list', 'watchlist', 320), leaf('left', 'chart', 780), leaf('right', 'chart', 780)],
  };
  const dock = { grid: { root, width: 1_880, height: 900, orientation: 'HORIZONTAL' } };
  return { name: '두 차트', place: 9, factory: null, windows: { main: { dock, panels } }, links: {} };
}

describe('charts in step', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  const chart = (at: number): Locator => page.getByTestId('chart').nth(at);
  const legend = async (at: number): Promise<string> =>
    (await chart(at).locator('.legend').first().textContent()) ?? '';
  const figures = async (at: number): Promise<string> =>
    (/시\s*[\d,]+.*종\s*[\d,]+/u.exec(await legend(at)) ?? [''])[0];
  const more = async (at: number, item: string): Promise<void> => {
    await page.getByTestId('chart-more').nth(at).click();
    await page.getByTestId(item).click();
    await page.keyboard.press('Escape');
  };

  beforeAll(async () => {
    core = await startCore(data.path);
    const { client, close } = await coreClient(data.path);
    await playDay(client);
    await client.documents.save({ kind: 'workspace', id: WORKSPACE, revision: 0, body: twoCharts() });
    await client.system.setPreferences({ tourDone: true, workspaceId: WORKSPACE });
    await client.simulation.pause({});
    close();
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await chart(1).waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('shows the bar under the cross of the other', async () => {
    await expect.poll(() => chart(1).getAttribute('data-bars'), SLOW).toMatch(/^[1-9]/u);
    await expect.poll(() => figures(1), SLOW).not.toBe('');
    const newest = await figures(1);
    const box = await chart(0).boundingBox();
    if (!box) throw new Error('the chart has no box');
    await page.mouse.move(box.x + box.width * 0.55, box.y + box.height * 0.4);
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4);
    await expect.poll(() => figures(0)).not.toBe(newest);
    await expect.poll(async () => (await figures(0)) === (await figures(1))).toBe(true);
    await page.mouse.move(10, 10);
    await expect.poll(() => figures(1)).toBe(newest);
  });

  it('shares the interval only once both want to', async () => {
    const interval = (at: number): Promise<string> => legend(at);
    await page.getByTestId('chart-interval-1m').first().click();
    await expect.poll(() => interval(0), SLOW).toContain('1분봉');
    await page.getByTestId('chart-interval-5m').nth(1).click();
    await expect.poll(() => interval(1), SLOW).toContain('5분봉');
    expect(await interval(0)).toContain('1분봉');
    await more(0, 'chart-sync-interval');
    await page.getByTestId('chart-interval-3m').first().click();
    await expect.poll(() => interval(0), SLOW).toContain('3분봉');
    expect(await interval(1)).toContain('5분봉');
    await more(1, 'chart-sync-interval');
    await page.getByTestId('chart-interval-15m').first().click();
    await expect.poll(() => interval(1), SLOW).toContain('15분봉');
  });

  it('shows another issue together', async () => {
    await page.getByTestId('watch-row-KRX:000660').first().click();
    for (const at of [0, 1]) await expect.poll(() => legend(at), SLOW).toContain('SK하이닉스');
    expect(screen.problems).toEqual([]);
  });
});
