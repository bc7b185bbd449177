/** The API explorer as a user works it: found, sent, read as table and raw, downloaded, copied as code, listened to; orders led to the ticket or refused. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

/** How long an answer may take on a busy machine. */
const SOON = { timeout: 20_000 };

/** What axe finds wrong within the panel. */
async function wrong(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (where: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run('[data-testid="panel-explorer"]');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

describe('the API explorer', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;

  const text = async (testId: string): Promise<string> => (await page.getByTestId(testId).first().textContent()) ?? '';
  const find = async (typed: string, api: string): Promise<void> => {
    await page.getByTestId('explorer-search').fill(typed);
    await page.getByTestId(`api-${api}`).first().click();
    await expect.poll(() => text('explorer-title'), SOON).not.toBe('');
  };
  const send = async (): Promise<void> => {
    await page.getByTestId('explorer-send').click();
    await page.getByTestId('explorer-told').waitFor({ timeout: 30_000 });
  };
  const saved = async (testId: string): Promise<string> => {
    const coming = page.waitForEvent('download');
    await page.getByTestId(testId).click();
    return readFileSync(await (await coming).path(), 'utf8');
  };

  beforeAll(async () => {
    core = await startCore(data.path);
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await page.getByTestId('panel-chart').waitFor({ timeout: 30_000 });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('API 탐색기');
    await page.keyboard.press('Enter');
    await page.getByTestId('explorer').waitFor(SOON);
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('finds by initials and walks the list by keys', async () => {
    await page.getByTestId('explorer-search').fill('ㅈㅅㅎㅈㄱ');
    await page.getByTestId('api-domestic-stock.inquire-price').first().focus();
    const focused = (): Promise<string | null> =>
      page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'] ?? null);
    const before = await focused();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(before);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => text('explorer-title'), SOON).toContain('주식현재가');
    expect(await wrong(page)).toEqual([]);
  });

  it('sends, says that the data are made up, and shows a table with Korean names and figures', async () => {
    await find('주식현재가 일자별', 'domestic-stock.inquire-daily-price');
    await send();
    expect(await text('explorer-synthetic')).toContain('합성 자료');
    const table = page.getByTestId('block-output');
    await expect.poll(() => table.locator('.ag-row').count(), SOON).toBeGreaterThan(3);
    expect(await table.textContent()).toContain('주식 종가');
    // Grouped, as a figure is.
    expect(await table.locator('.ag-row').first().textContent()).toMatch(/\d,\d{3}/);
    expect(await text('explorer-cost')).toContain('1건');
    expect(await wrong(page)).toEqual([]);
  });

  it('shows the answer as it came, and downloads it as JSON and CSV', async () => {
    await page.getByTestId('explorer-result-raw').click();
    expect(await text('explorer-raw')).toContain('"stck_clpr"');
    expect(await wrong(page)).toEqual([]);
    const whole = JSON.parse(await saved('explorer-json')) as { readonly api: string; readonly synthetic: boolean };
    expect(whole).toMatchObject({ api: 'domestic-stock.inquire-daily-price', env: 'simulator' });
    await page.getByTestId('explorer-result-table').click();
    await page.getByTestId('block-output-out').click();
    const csv = await saved('block-output-csv');
    expect(csv.split('\n')[0]).toContain('주식 종가');
    expect(csv.split('\n').length).toBeGreaterThan(20);
  });

  it('asks for the next page and for all of them', async () => {
    await find('기간별계좌권리현황조회', 'domestic-stock.period-rights');
    await send();
    const rows = async (): Promise<number> => {
      const told = await page.getByTestId('explorer').locator('.block .tbar .num').first().textContent();
      return Number(/(\d+)건/.exec(told ?? '')?.[1] ?? NaN);
    };
    const first = await rows();
    await page.getByTestId('explorer-next').click();
    await expect.poll(rows, SOON).toBeGreaterThan(first);
    await page.getByTestId('explorer-all').click();
    await expect.poll(() => page.getByTestId('explorer-next').isDisabled(), SOON).toBe(true);
    expect(await text('explorer-told')).toMatch(/[2-9]쪽/);
  });

  it('writes the call as code, without a key', async () => {
    await find('잔고', 'domestic-stock.inquire-balance');
    expect(await text('explorer-filled')).toContain('연결이 채우는 칸');
    await page.getByTestId('explorer-result-code').click();
    await expect.poll(() => text('explorer-code'), SOON).toContain('$KIS_ACCOUNT_NO');
    for (const [form, words] of [
      ['typescript', 'openKisClient'],
      ['python', 'os.environ["KIS_ACCOUNT_NO"]'],
      ['cli', 'kis call domestic-stock.inquire-balance'],
    ] as const) {
      await page.getByTestId(`explorer-form-of-code-${form}`).click();
      await expect.poll(() => text('explorer-code'), SOON).toContain(words);
    }
    await screen.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('explorer-copy').click();
    await expect.poll(() => text('explorer-copy'), SOON).toContain('복사했습니다');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('kis call');
    expect(await wrong(page)).toEqual([]);
    await page.getByTestId('explorer-result-table').click();
  });

  it('listens to a channel and stops', async () => {
    await find('H0STCNT0', 'domestic-stock.ccnl-krx');
    await page.getByTestId('channel-start').click();
    await expect.poll(() => text('channel-state'), SOON).toContain('받는 중');
    await expect
      .poll(() => page.getByTestId('channel-messages').locator('.ag-row').count(), { timeout: 30_000 })
      .toBeGreaterThan(1);
    expect(await text('explorer-synthetic')).toContain('합성 자료');
    expect(await wrong(page)).toEqual([]);
    await page.getByTestId('channel-stop').click();
    await expect.poll(() => text('channel-state'), SOON).toContain('받지 않음');
  });

  it('leads an order that the desk knows to the ticket, and refuses every other with its reason', async () => {
    await find('TTTC0012U', 'domestic-stock.order-cash');
    expect(await page.getByTestId('explorer-send').count()).toBe(0);
    await page.getByTestId('field-side').selectOption('sell');
    await page.getByTestId('field-ORD_QTY').fill('7');
    await page.getByTestId('field-ORD_UNPR').fill('55700');
    await page.getByTestId('explorer-open-ticket').click();
    await expect.poll(() => page.getByTestId('ticket-quantity').inputValue(), SOON).toBe('7');
    expect(await page.getByTestId('ticket-price').inputValue()).toMatch(/^55,?700$/);
    expect(await page.getByTestId('ticket-side-sell').getAttribute('aria-checked')).toBe('true');
    await find('채권 매수주문', 'domestic-bond.buy');
    // A bond order leads there as well; what the desk does not know stays refused.
    expect(await page.getByTestId('explorer-open-ticket').count()).toBe(1);
    expect(await page.getByTestId('explorer-send').count()).toBe(0);
    await find('해외선물옵션 주문', 'overseas-futureoption.order');
    expect(await page.getByTestId('explorer-open-ticket').count()).toBe(0);
    expect(await page.getByTestId('explorer-send').count()).toBe(0);
    await find('접근토큰발급', 'auth.token');
    expect(await text('explorer-secret')).toContain('키와 토큰');
    expect(await wrong(page)).toEqual([]);
  });

  it('fills a recipe, and takes a call of this run up again', async () => {
    await page.getByTestId('explorer-left-recipes').click();
    await page.getByTestId('explorer-search').fill('채권 현재가');
    await page.getByTestId('recipe-domestic-bond.inquire-price').click();
    await expect.poll(() => text('explorer-title'), SOON).toContain('장내채권현재가');
    await send();
    expect(await text('explorer-synthetic')).toContain('형식에 맞추어');
    expect(await wrong(page)).toEqual([]);
    await page.getByTestId('explorer-left-calls').click();
    await page.getByTestId('call-domestic-stock.inquire-daily-price').click();
    await expect.poll(() => text('explorer-title'), SOON).toContain('주식현재가 일자별');
    expect(await wrong(page)).toEqual([]);
    const postman = JSON.parse(await saved('explorer-postman')) as { readonly info: { readonly schema: string } };
    expect(postman.info.schema).toContain('v2.1.0');
    expect(screen.problems).toEqual([]);
  });
});
