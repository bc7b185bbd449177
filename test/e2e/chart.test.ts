/** The chart: kinds, intervals made of days, indicators, comparison, templates, its picture; kept panel by panel. */
import type { Browser, Page } from 'playwright';
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

describe('the chart', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  const legend = (): Promise<string> =>
    page
      .locator('.chart .legend')
      .allTextContents()
      .then((texts) => texts.join(' '));

  beforeAll(async () => {
    core = await startCore(data.path);
    const { client, close } = await coreClient(data.path);
    await playDay(client);
    await client.system.setPreferences({ tourDone: true });
    close();
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await page.getByTestId('chart').waitFor();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('draws its issue with three averages and my own orders and fills', async () => {
    await expect.poll(legend, SLOW).toMatch(/삼성전자.*MA 5\s+[\d,]+.*MA 20\s+[\d,]+/);
    expect(await page.locator('.pill').count()).toBeGreaterThanOrEqual(2);
  });

  it('shows indicators over the price and below it, with figures that can be changed', async () => {
    await page.getByTestId('chart-indicators').click();
    await page.getByTestId('chart-add-indicator').selectOption('macd');
    await page.getByTestId('chart-add-indicator').selectOption('rsi');
    await page.getByTestId('indicator-4-length').fill('7');
    // Out of its range: not taken over.
    await page.getByTestId('indicator-0-length').fill('0');
    await page.keyboard.press('Escape');
    await expect.poll(legend, SLOW).toMatch(/MACD 12 26 9\s+−?-?[\d.]+.*RSI 7\s+[\d.]+/);
    expect(await legend()).toContain('MA 5');
  });

  it('is drawn in every kind, and in weeks made of days', async () => {
    for (const kind of ['bars', 'line', 'area', 'heikinAshi', 'candles']) {
      await page.getByTestId('chart-kind').selectOption(kind);
      await expect.poll(() => page.getByTestId('chart-kind').inputValue()).toBe(kind);
    }
    await page.getByTestId('chart-interval-1w').click();
    await expect.poll(legend, SLOW).toContain('주봉');
    await expect.poll(() => page.getByTestId('chart').getAttribute('data-bars'), SLOW).toMatch(/^[1-9]/);
    await page.getByTestId('chart-interval-1m').click();
    await expect.poll(legend, SLOW).toContain('1분봉');
  });

  it('compares with other issues in percent', async () => {
    await page.getByTestId('chart-compare').click();
    await page.getByTestId('chart-compare-add').fill('sk하이닉스');
    await page.getByTestId('chart-compare-add-KRX:000660').click();
    await page.getByTestId('chart-compare-remove-KRX:000660').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('chart-compare').textContent()).toContain('1');
  });

  it('goes to a file as a picture, and its look is kept under a name', async () => {
    await page.getByTestId('chart-more').click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('chart-save').click()]);
    expect(file.suggestedFilename()).toBe('삼성전자.png');
    await page.getByTestId('chart-more').click();
    await page.getByTestId('chart-template-name').fill('내 모양');
    await page.getByTestId('chart-template-save').click();
    await page.getByTestId('chart-more').click();
    await page.getByTestId('chart-template-내 모양').waitFor();
    await page.keyboard.press('Escape');
  });

  it('comes back as it was left', async () => {
    await page.reload();
    await expect.poll(legend, SLOW).toMatch(/MACD 12 26 9.*RSI 7/);
    expect(await page.getByTestId('chart-compare').textContent()).toContain('1');
    expect(screen.problems).toEqual([]);
  });
});
