/** Reference data and the company page as a user sees them: found, read, said to be made up, and followed to chart and watchlist. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { axeProblems } from '../support/audit.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const SLOW = { timeout: 20_000 };

describe('reference data', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let line: Connection<Contract>;

  const text = async (testId: string): Promise<string> =>
    (await screen.page.getByTestId(testId).first().textContent()) ?? '';
  const count = (testId: string): Promise<number> => screen.page.getByTestId(testId).count();

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.simulation.pause({});
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    await screen.page.getByTestId('panel-menu-chart').click();
  });

  afterAll(async () => {
    line?.close();
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('shows the company with few calls, and reads a section when it is opened', async () => {
    const { page } = screen;
    await page.getByTestId('add-company').click();
    await expect.poll(() => count('company-facts-price-facts-0'), SLOW).toBe(1);
    await expect.poll(() => count('company-table-income-statement-0'), SLOW).toBe(1);
    expect(await text('company-bar-price-facts-made')).toBe('합성 자료');
    expect(await text('company-bar-price-facts-cost')).toBe('쓴 호출 1건');
    expect(await count('company-table-short-sales-0')).toBe(0);
    await page.getByTestId('company-toggle-shortSale').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => count('company-table-short-sales-0'), SLOW).toBe(1);
    // A company at the other end of the link: its own figures.
    const before = await text('company-facts-price-facts-0');
    await page.getByTestId('watch-row-KRX:000660').first().click();
    await expect.poll(() => page.getByTestId('company').getAttribute('data-issue'), SLOW).toBe('KRX:000660');
    await expect.poll(() => count('company-facts-price-facts-0'), SLOW).toBe(1);
    expect(await text('company-facts-price-facts-0')).not.toBe(before);
    expect(await axeProblems(page, '[data-testid="panel-company"]')).toEqual([]);
  }, 60_000);

  it('finds a sheet, changes what it asks, and shows a ranking whose rows lead to the chart', async () => {
    const { page } = screen;
    await page.getByTestId('panel-menu-company').click();
    await page.getByTestId('add-sheets').click();
    await page.getByTestId('sheets-search').fill('ㄱㄹㄹ 순위');
    await page.getByTestId('sheet-volume-rank').click();
    await expect.poll(() => text('sheet-title')).toBe('거래량 순위');
    await expect.poll(() => page.locator('[data-testid="sheet-grid-0"] .ag-row').count(), SLOW).toBeGreaterThan(3);
    expect(await text('sheet-bar-made')).toBe('합성 자료');
    const row = page.locator('[data-testid="sheet-grid-0"] .ag-row').nth(1);
    const code = (await row.locator('[col-id="mksc_shrn_iscd"]').textContent()) ?? '';
    await row.click();
    await expect.poll(async () => (await line.client.system.preferences({})).instrumentId, SLOW).toBe(`KRX:${code}`);
    await page.getByTestId('sheet-input-sort').selectOption('3');
    await expect.poll(() => text('sheet-bar-cost'), SLOW).toBe('쓴 호출 1건');
    expect(await axeProblems(page, '[data-testid="panel-sheets"]')).toEqual([]);
  }, 60_000);

  it('runs a saved condition and makes a watchlist of it', async () => {
    const { page } = screen;
    await page.getByTestId('sheets-search').fill('조건 검색 목록');
    await page.getByTestId('sheet-conditions').click();
    await page.locator('[data-testid="sheet-grid-0"] .ag-row').first().click();
    await expect.poll(() => text('sheet-title'), SLOW).toBe('HTS 조건 검색 결과');
    await page.getByTestId('sheet-to-watchlist').click();
    await expect.poll(() => text('sheet-list-made'), SLOW).toMatch(/HTS 조건 검색 결과에 \d+종목/);
    await page.getByTestId('sheet-back').click();
    await expect.poll(() => text('sheet-title')).toBe('HTS 조건 검색 목록');
  }, 60_000);

  it('lays calls and puts at their strikes, and says what to do with a wrong code', async () => {
    const { page } = screen;
    await page.getByTestId('sheets-search').fill('전광판');
    await page.getByTestId('sheet-option-board').click();
    await expect.poll(() => page.locator('[data-testid="option-board"] tbody tr').count(), SLOW).toBeGreaterThan(3);
    // No master was imported here: the row names an option that nothing else tells of.
    await page.locator('[data-testid^="option-KRXF:"]').first().click();
    await expect.poll(() => text('sheet-foot'), SLOW).toContain('종목 마스터를 가져오면');
    expect(await axeProblems(page, '[data-testid="panel-sheets"]')).toEqual([]);
    await page.getByTestId('sheets-search').fill('채권 현재가');
    await page.getByTestId('sheet-bond-now').click();
    await expect.poll(() => count('sheet-facts-bond-now-0'), SLOW).toBe(1);
    await page.getByTestId('sheet-input-code').fill('!!');
    await page.keyboard.press('Enter');
    await expect.poll(() => text('sheet-error-bond-now'), SLOW).toContain('영문과 숫자로 된 코드');
    expect(screen.problems).toEqual([]);
  }, 60_000);
});
