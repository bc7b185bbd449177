/** The market overview as a user sees it: map, whole board, rankings, screener, and the end of an imported day. */
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import { BoardTable, fieldReader } from '#shared/market/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const EXTRACT = join(import.meta.dirname, '..', 'fixtures', 'krx-eod-extract.csv');
const SAMSUNG = 'KRX:005930';

async function text(page: Page, testId: string): Promise<string> {
  return (await page.getByTestId(testId).first().textContent()) ?? '';
}

async function waitText(page: Page, testId: string, wanted: string | RegExp): Promise<void> {
  await expect.poll(() => text(page, testId), { timeout: 20_000 }).toMatch(wanted);
}

/** What axe finds wrong within a panel. */
async function wrong(page: Page, view: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (where: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run(selector);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, `[data-testid="panel-${view}"]`);
}

/** The board as another client of the same core sees it now. */
function boardNow(line: Connection<Contract>): Promise<BoardTable> {
  const table = new BoardTable();
  return new Promise((resolve) => {
    const close = line.client.market.board(
      {},
      {
        batch(items, { snapshot }) {
          table.apply(items, snapshot);
          close();
          resolve(table);
        },
      },
    );
  });
}

describe('the market overview', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let line: Connection<Contract>;

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    // Still, so that two looks at the same market see the same.
    await line.client.simulation.pause({});
    await line.client.simulation.step({ ms: 60_000 });
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    await screen.page.getByTestId('workspace-monitor').click();
  });

  afterAll(async () => {
    line?.close();
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('draws every issue on the map and is walked by keys', async () => {
    const { page } = screen;
    const { inMarket } = await line.client.market.instruments({});
    await expect
      .poll(() => page.getByTestId('heatmap').getAttribute('data-tiles'), { timeout: 20_000 })
      .toBe(String(inMarket.length));
    await page.getByTestId('heatmap').focus();
    await page.keyboard.press('ArrowRight');
    await waitText(page, 'heat-spoken', /\S/);
    const first = await text(page, 'heat-spoken');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => text(page, 'heat-spoken')).not.toBe(first);
    const second = await text(page, 'heat-spoken');
    await page.keyboard.press('Enter');
    const name = second.split(',')[0] ?? '';
    const { instruments } = await line.client.market.instruments({});
    await expect
      .poll(async () => {
        const { instrumentId } = await line.client.system.preferences({});
        return instruments.find(({ id }) => id === instrumentId)?.nameKo;
      })
      .toBe(name);
    const chosen = instruments.find(({ nameKo }) => nameKo === name)?.id ?? '';
    await page.getByTestId('heat-table').click();
    await page.getByTestId('heat-grid').getByText('시가총액').click();
    await page.getByTestId('heat-grid').getByText('시가총액').click();
    await expect.poll(() => page.getByTestId(`heat-row-${chosen}`).first().getAttribute('class')).toMatch(/\bsel\b/);
    await page.getByTestId('heat-table').click();
  });

  it('chooses an issue by a click, and shows one market large by its name', async () => {
    const { page } = screen;
    const canvas = page.getByTestId('heat-canvas');
    await canvas.click({ position: { x: 60, y: 80 } });
    await expect.poll(async () => (await line.client.system.preferences({})).instrumentId).toBe(SAMSUNG);
    await waitText(page, 'heat-detail', '삼성전자');
    const all = Number(await page.getByTestId('heatmap').getAttribute('data-tiles'));
    await canvas.click({ position: { x: 20, y: 8 } });
    await expect
      .poll(async () => Number(await page.getByTestId('heatmap').getAttribute('data-tiles')))
      .toBeLessThan(all);
    await page.keyboard.press('Escape');
    await expect.poll(async () => Number(await page.getByTestId('heatmap').getAttribute('data-tiles'))).toBe(all);
  });

  it('ranks by change, and holds the order while the pointer is there', async () => {
    const { page } = screen;
    const figures = async (): Promise<readonly number[]> => {
      const cells = await page.locator('[data-testid="rankings-grid"] .ag-row [col-id="change"]').allTextContents();
      return cells.map((cell) => Number(cell.replace('−', '-').replace(/[+%,]/g, ''))).sort((a, b) => b - a);
    };
    await expect.poll(async () => (await figures()).length, { timeout: 20_000 }).toBeGreaterThan(5);
    const table = await boardNow(line);
    const read = fieldReader(table, 'change');
    const best = Math.max(...Array.from({ length: table.length }, (_, place) => read(place)).filter(Number.isFinite));
    expect((await figures())[0]).toBeCloseTo(best, 2);
    await page.getByTestId('rankings-grid').hover();
    await line.client.simulation.step({ ms: 120_000 });
    await waitText(page, 'rank-foot', '순서를 멈췄습니다');
    await page.mouse.move(5, 5);
    await waitText(page, 'rank-foot', '계속 고칩니다');
  });

  it('offers in the menu of a row what the list of actions offers, for the issue of the row', async () => {
    const { page } = screen;
    const third = page.locator('[data-testid^="rank-row-"]').nth(2);
    const id = (await third.getAttribute('data-testid'))?.replace('rank-row-', '') ?? '';
    const row = page.getByTestId(`rank-row-${id}`);
    await row.click({ button: 'right' });
    await page.getByTestId('issue-menu').waitFor();
    expect(await page.getByTestId('issue-buy').textContent()).toContain('Ctrl B');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('issue-menu').count()).toBe(0);
    await row.click({ button: 'right' });
    await page.getByTestId('issue-show-chart').click();
    await expect.poll(() => page.getByTestId('chart').first().getAttribute('data-issue')).toBe(id);
  });

  it('finds what an expression asks for, says where one is wrong, and keeps a screen', async () => {
    const { page } = screen;
    await page.getByTestId('tab-screener').click();
    for (let left = 3; left > 0; left -= 1) await page.getByTestId('screen-drop-0').click();
    await page.getByTestId('screen-expression').fill('change > 0.5 and volum > 1');
    await waitText(page, 'screen-problem', '18번째 글자: 모르는 이름입니다: volum');
    await page.getByTestId('screen-expression').fill('change > 0.5 and 거래량 > 1,000');
    const table = await boardNow(line);
    const [change, volume] = [fieldReader(table, 'change'), fieldReader(table, 'volume')];
    const places = Array.from({ length: table.length }, (_, place) => place);
    const wanted = places.filter((place) => change(place) > 0.5 && volume(place) > 1_000).length;
    expect(wanted).toBeGreaterThan(0);
    await waitText(page, 'screen-count', `${table.length}종목 가운데 ${wanted}종목`);
    await page.getByTestId('screen-name').fill('내 조건');
    await page.getByTestId('screen-save').click();
    await expect.poll(() => text(page, 'screen-save')).toBe('덮어쓰기');
    await page.getByTestId('screen-expression').fill('');
    await page.reload();
    await page.getByTestId('screen-saved').selectOption({ label: '내 조건' });
    await expect.poll(() => page.getByTestId('screen-expression').inputValue()).toBe('change > 0.5 and 거래량 > 1,000');
  });

  it('shows the end of an imported day with its date, never as live', async () => {
    const { page } = screen;
    await page.getByTestId('tab-board').click();
    await page.getByTestId('board-scope-records').click();
    await waitText(page, 'board-empty', '가져온 일봉이 없습니다');
    await line.client.data.importKrxEod({ files: [{ path: EXTRACT }] });
    await waitText(page, 'board-age', '2025-02-11');
    await page.getByTestId('board-quick').fill('005930');
    await expect
      .poll(() => page.getByTestId(`board-row-${SAMSUNG}`).first().textContent(), { timeout: 10_000 })
      .toMatch(/55,700.*0\.18%/);
    await page.getByTestId('board-quick').fill('');
    await page.getByTestId('board-scope-market').click();
    await waitText(page, 'board-age', /\d\d:\d\d:\d\d/);
  });

  it('has nothing that axe finds wrong, and no errors', async () => {
    const { page } = screen;
    expect(await wrong(page, 'board')).toEqual([]);
    expect(await wrong(page, 'screener')).toEqual([]);
    await page.getByTestId('tab-heatmap').click();
    await page.getByTestId('tab-rankings').click();
    await page.getByTestId('heatmap').waitFor();
    expect(await wrong(page, 'heatmap')).toEqual([]);
    expect(await wrong(page, 'rankings')).toEqual([]);
    expect(screen.problems).toEqual([]);
  });
});
