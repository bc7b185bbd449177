/** What must not go wrong at the screen: double clicks, two windows, the kill switch, refused orders, broken files, a killed core. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '#shared/domain/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

describe('the screen keeps the user safe', () => {
  const data = temporaryDataDir();
  const files = mkdtempSync(join(tmpdir(), 'maru-files-'));
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    core = await startCore(data.path);
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
    rmSync(files, { recursive: true, force: true });
  });

  async function text(testId: string, page: Page = screen.page): Promise<string> {
    return (await page.getByTestId(testId).first().textContent()) ?? '';
  }

  async function orders(): Promise<readonly Order[]> {
    const connection = await coreClient(data.path);
    const [account] = await connection.client.trading.accounts({});
    const list = await connection.client.trading.orders({ accountId: account?.accountId ?? '' });
    connection.close();
    return list;
  }

  /** A buy limit five ticks under the market: it rests. */
  async function draftBuy(quantity: string): Promise<void> {
    const { page } = screen;
    await page.getByTestId('ticket-side-buy').click();
    await page.getByTestId('ticket-price-bid').click();
    for (let i = 0; i < 5; i += 1) await page.getByTestId('ticket-price-less').click();
    await page.getByTestId('ticket-quantity').fill(quantity);
  }

  it('sends one order for a double click', async () => {
    await expect.poll(() => text('quote-last'), { timeout: 20_000 }).toMatch(/\d/);
    await draftBuy('3');
    await screen.page.getByTestId('guard-ok').waitFor();
    await screen.page.getByTestId('order-submit').dblclick();
    await expect.poll(async () => (await orders()).length).toBeGreaterThan(0);
    await screen.page.waitForTimeout(500);
    expect((await orders()).filter((order) => order.state !== 'denied')).toHaveLength(1);
  });

  it('says why an order is refused and sends nothing', async () => {
    const { page } = screen;
    const before = (await orders()).length;
    await page.getByTestId('ticket-quantity').fill('0');
    await page.getByTestId('guard-missing').waitFor();
    await page.getByTestId('ticket-quantity').fill('1.5');
    await page.getByTestId('guard-missing').waitFor();
    await page.getByTestId('ticket-quantity').fill('1');
    await page.getByTestId('ticket-price').fill('1');
    await page.getByTestId('guard-code').waitFor();
    await page.getByTestId('ticket-quantity').fill('999999999');
    await page.getByTestId('ticket-price-bid').click();
    await expect.poll(() => text('guard-code')).toMatch(/GUARD_/);
    expect((await orders()).length).toBe(before);
  });

  it('shows the same desk in two windows', async () => {
    // A window opened from this one inherits its session, as a duplicated tab does.
    const [second] = await Promise.all([
      screen.context.waitForEvent('page'),
      screen.page.evaluate(() => void window.open(location.origin)),
    ]);
    await expect.poll(() => text('blotter-orders', second), { timeout: 20_000 }).toContain('접수');
    await second.locator('[data-testid^="order-cancel-"]').first().click();
    await expect.poll(() => text('blotter-orders')).toContain('취소');
    await second.close();
  });

  it('halts by one press, cancels what is open, and opens halted after a kill', async () => {
    const { page } = screen;
    await draftBuy('2');
    await page.getByTestId('guard-ok').waitFor();
    await page.getByTestId('order-submit').click();
    await expect.poll(async () => (await orders()).some((order) => order.state === 'accepted')).toBe(true);
    await page.getByTestId('kill-button').click();
    await expect.poll(async () => (await orders()).filter((order) => order.state === 'accepted').length).toBe(0);
    await expect.poll(() => text('kill-button')).toMatch(/중지/);
    await core.stop('SIGKILL');
    core = await startCore(data.path);
    await screen.context.close();
    screen = await openScreen(browser, core.url);
    await screen.page.getByTestId('resume-open').waitFor({ timeout: 20_000 });
    await screen.page.getByTestId('resume-open').click();
    await screen.page.getByTestId('resume-phrase').fill('재개');
    await screen.page.getByTestId('resume-send').click();
    await screen.page.getByTestId('resume-error').waitFor();
    await screen.page.getByTestId('resume-phrase').fill('매매 재개');
    await screen.page.getByTestId('resume-send').click();
    await expect.poll(() => screen.page.getByTestId('resume-open').count(), { timeout: 20_000 }).toBe(0);
  });

  it('halts by the key as well', async () => {
    await screen.page.keyboard.press('Control+Shift+X');
    await screen.page.getByTestId('resume-open').waitFor();
  });

  it('says what is wrong with a broken file and keeps what it had', async () => {
    const { page } = screen;
    const broken = join(files, 'broken.csv');
    writeFileSync(broken, '이름,값\n삼성전자,1\n');
    await page.getByTestId('import-open').click();
    await page.getByTestId('import-file').setInputFiles(broken);
    await page.getByTestId('import-error').waitFor({ timeout: 20_000 });
    expect(await text('import-error')).toContain('열');
  });

  it('tells when the core is gone, and is back by itself once it has started again', async () => {
    const { port } = new URL(core.url);
    await core.stop('SIGKILL');
    await screen.page.getByTestId('reconnect').waitFor({ timeout: 20_000 });
    const stranger = temporaryDataDir();
    const other = await startCore(stranger.path, ['--port', port]);
    // A core on another folder has never let this page in.
    await screen.page.getByTestId('refused').waitFor({ timeout: 20_000 });
    await other.stop();
    stranger.remove();
    core = await startCore(data.path, ['--port', port]);
    await screen.page.reload();
    await expect.poll(() => text('quote-last'), { timeout: 20_000 }).toMatch(/\d/);

    await core.stop('SIGKILL');
    await screen.page.getByTestId('reconnect').waitFor({ timeout: 20_000 });
    core = await startCore(data.path, ['--port', port]);
    await screen.page.getByTestId('reconnect').waitFor({ state: 'detached', timeout: 20_000 });
    await expect.poll(() => text('quote-last'), { timeout: 20_000 }).toMatch(/\d/);
  });
});
