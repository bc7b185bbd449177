/** The blotters in a real browser: filters, kept columns, clipboard, files, closing a holding, and a record of 100,000 entries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journal } from '#core/storage/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';
import { readXlsx } from '../support/xlsx-read.ts';

const SLOW = { timeout: 20_000 };
const ENTRIES = 100_000;
const SAMSUNG = 'KRX:005930';
const QUANTITIES = [11, 12, 13];

/** Puts a long history into a journal on which no core runs. */
function writeHistory(dataDir: string): void {
  const journal = Journal.open({ path: join(dataDir, 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
  const batch = 10_000;
  for (let from = 0; from < ENTRIES; from += batch) {
    journal.append(
      Array.from({ length: batch }, (_, at) => ({
        kind: 'desk.alertRaised',
        v: 1,
        ts: epochMs(1_700_000_000_000 + from + at),
        data: { alertId: `old-${from + at}`, level: 'info', code: 'GUARD_TICK', params: {} },
      })),
    );
  }
  journal.close();
}

/** Texts of a column in the order of the rows on the screen. */
async function column(page: Page, grid: string, id: string): Promise<string[]> {
  const cells = page.getByTestId(grid).locator(`.ag-row[data-testid] [col-id="${id}"]`);
  return (await cells.allTextContents()).map((text) => text.trim());
}

/** What the core keeps of all tables, as text. */
async function keptColumns(dataDir: string): Promise<string> {
  const { client, close } = await coreClient(dataDir);
  try {
    return await new Promise((resolve) => {
      client.documents.follow({ kind: 'columns' }, { batch: (items) => resolve(JSON.stringify(items)) });
    });
  } finally {
    close();
  }
}

async function download(
  page: Page,
  press: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

describe('the blotters', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    // The exchange and the journal are made by a first start, the history comes between two.
    core = await startCore(data.path);
    await core.stop();
    writeHistory(data.path);
    core = await startCore(data.path);
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    await screen.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const client = await coreClient(data.path);
    const [account] = await client.client.trading.accounts({});
    if (!account) throw new Error('no account');
    for (const [at, quantity] of QUANTITIES.entries()) {
      const ack = await client.client.trading.submit({
        requestId: `blotters-${at}-first`,
        accountId: account.accountId,
        instrumentId: SAMSUNG,
        side: 'buy',
        type: 'market',
        timeInForce: 'day',
        price: null,
        quantity,
      });
      expect(ack.reason).toBeNull();
    }
    client.close();
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('find by word, by figure and by choice', async () => {
    const { page } = screen;
    await expect.poll(() => column(page, 'blotter-orders', 'state'), SLOW).toEqual(['체결', '체결', '체결']);
    await page.getByTestId('orders-quick').fill('12');
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toEqual(['12']);
    await page.getByTestId('orders-quick').fill('');
    await page.getByTestId('orders-filter-row').click();
    const filters = page.getByTestId('blotter-orders').locator('.ag-header-row-filter');
    // By choice: only sells, of which there are none, then only buys.
    await filters.locator('[col-id="side"] button').click();
    await page.getByTestId('one-of-sell').check();
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toEqual([]);
    await page.getByTestId('one-of-buy').check();
    await page.getByTestId('one-of-sell').uncheck();
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toHaveLength(3);
    await page.keyboard.press('Escape');
    // By figure, in the field under the head.
    await filters.locator('[col-id="quantity"] input').first().fill('13');
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toEqual(['13']);
  });

  it('come back after a reload as they were left: filters, hidden columns, sort', async () => {
    const { page } = screen;
    await page.getByTestId('orders-columns').click();
    await page.getByTestId('orders-column-route').uncheck();
    await page.getByTestId('orders-column-number').check();
    await page.keyboard.press('Escape');
    await page.getByTestId('blotter-orders').getByRole('columnheader', { name: '수량' }).first().click();
    const shown = await page.getByTestId('blotter-orders').locator('.ag-header-cell-text').allTextContents();
    expect(shown).not.toContain('거래소');
    expect(shown).toContain('주문번호');
    // Each change is kept at once, not when the page goes.
    await expect.poll(() => keptColumns(data.path), SLOW).toContain('"sort":"asc"');
    await page.reload();
    await expect.poll(() => column(page, 'blotter-orders', 'quantity'), SLOW).toEqual(['13']);
    expect(await page.getByTestId('blotter-orders').locator('.ag-header-cell-text').allTextContents()).toEqual(shown);
    const sorted = page.getByTestId('blotter-orders').locator('[role="columnheader"][col-id="quantity"]');
    expect(await sorted.getAttribute('aria-sort')).toBe('ascending');
    await page.getByTestId('orders-columns').click();
    await page.getByTestId('orders-reset').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toHaveLength(3);
    expect(await page.getByTestId('blotter-orders').locator('.ag-header-cell-text').allTextContents()).toContain(
      '거래소',
    );
  });

  it('copy the rows that are selected, or all, with their names by Shift', async () => {
    const { page } = screen;
    const grid = page.getByTestId('blotter-orders');
    const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await grid.locator('.ag-row [col-id="quantity"]', { hasText: '12' }).click();
    await page.keyboard.press('Control+c');
    await expect.poll(clipboard).toMatch(/^[^\n]*\t삼성전자\t매수\t[^\n]*\t12\t12\t체결$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+c');
    await expect.poll(async () => (await clipboard()).split('\n').length).toBe(4);
    expect((await clipboard()).split('\n')[0]?.split('\t').slice(0, 3)).toEqual(['시각', '종목', '구분']);
  });

  it('leave as CSV and as a workbook, and are read back the same', async () => {
    const { page } = screen;
    const csv = await download(page, async () => {
      await page.getByTestId('orders-out').click();
      await page.getByTestId('orders-csv').click();
    });
    expect(csv.name).toBe('주문.csv');
    expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines: string[][] = parse(csv.bytes, { bom: true });
    expect(lines).toHaveLength(4);
    const at = lines[0]?.indexOf('수량') ?? -1;
    expect(lines.slice(1).map((line) => line[at])).toEqual(['13', '12', '11']);
    const xlsx = await download(page, async () => {
      await page.getByTestId('orders-out').click();
      await page.getByTestId('orders-xlsx').click();
    });
    expect(xlsx.name).toBe('주문.xlsx');
    const sheet = readXlsx(xlsx.bytes);
    expect(sheet[0]).toEqual(lines[0]);
    expect(sheet.slice(1).map((row) => row[at])).toEqual([13, 12, 11]);
  });

  it('write the order that closes a holding, and send nothing', async () => {
    const { page } = screen;
    await page.getByTestId(`position-close-${SAMSUNG}`).click();
    await expect.poll(() => page.getByTestId('ticket-quantity').inputValue()).toBe('36');
    await expect.poll(() => column(page, 'blotter-orders', 'quantity')).toHaveLength(3);
  });

  it('lead from an order to its fills and back', async () => {
    const { page } = screen;
    await page
      .getByTestId('blotter-orders')
      .locator('.ag-row [col-id="quantity"]', { hasText: '12' })
      .click({ button: 'right' });
    await page.getByTestId('order-menu-fills').click();
    await expect
      .poll(async () => (await column(page, 'blotter-fills', 'quantity')).map(Number).reduce((a, b) => a + b, 0))
      .toBe(12);
    await page.getByTestId('blotter-fills').locator('.ag-row[data-testid]').first().dblclick();
    await expect
      .poll(() => page.getByTestId('blotter-orders').locator('.ag-row-selected').textContent(), SLOW)
      .toContain('12');
  });

  it('page through a record of 100,000 entries to its first', async () => {
    const { page } = screen;
    await page.getByTestId('tab-journal').first().click();
    await expect
      .poll(() => column(page, 'blotter-journal', 'what'), SLOW)
      .toContainEqual(expect.stringContaining('체결되었습니다'));
    await page.getByTestId('journal-group').selectOption('all');
    await page.getByTestId('blotter-journal').locator('.ag-row [col-id="what"]').first().waitFor();
    await page.getByTestId('blotter-journal').locator('.ag-row [col-id="what"]').first().click();
    await page.keyboard.press('Control+End');
    await expect.poll(() => column(page, 'blotter-journal', 'seq'), SLOW).toContain('1');
    await page.getByTestId('journal-text').fill('old-54321');
    await expect
      .poll(() => column(page, 'blotter-journal', 'what'), { timeout: 40_000 })
      .toEqual(['알림을 남겼습니다.']);
  });

  it('say since when they are old once the core is gone', async () => {
    const { page, problems } = screen;
    expect(problems).toEqual([]);
    await core.stop();
    await page.getByTestId('old-rows').first().waitFor(SLOW);
    expect(await page.getByTestId('old-rows').first().textContent()).toMatch(/\d\d:\d\d:\d\d까지의 내용/);
  });
});
