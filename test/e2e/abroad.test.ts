/** A stock of Tokyo before the offline KIS: found by name, seen with book and chart, ordered in its lot and its currency, withdrawn. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { axeProblems } from '../support/audit.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  startEmulator,
  temporaryDataDir,
  type CoreProcess,
  type EmulatorProcess,
  type Screen,
} from '../support/workstation.ts';

const SLOW = { timeout: 60_000 };
const PIN = '260411';

describe('a stock of Tokyo', () => {
  const data = temporaryDataDir();
  let kis: EmulatorProcess;
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    [kis, core, browser] = await Promise.all([
      startEmulator(['--env', 'real', '--at', '09:01']),
      startCore(data.path, ['--keys', 'memory']),
      openBrowser(),
    ]);
    const { client, close } = await coreClient(data.path);
    const { rest: restUrl, ws: wsUrl, env: kind, appKey, appSecret, account, htsId } = kis.line;
    const keys = { appKey, appSecret, account, htsId, issuedOn: null };
    await client.kis.save({ label: '', kind, endpoint: 'emulator', restUrl, wsUrl, ...keys });
    await client.environment.setPin({ pin: PIN });
    await client.environment.switchTo({ environment: 'real' });
    await client.environment.arm({ pin: PIN });
    await vi.waitFor(async () => expect(await client.trading.accounts({})).toHaveLength(6), SLOW);
    close();
    screen = await openScreen(browser, core.url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await kis?.stop();
    data.remove();
  });

  const text = async (testId: string): Promise<string> => {
    const found = screen.page.getByTestId(testId).first();
    return (await found.count()) === 0 ? '' : ((await found.textContent()) ?? '');
  };
  const click = (testId: string): Promise<void> => screen.page.getByTestId(testId).first().click(SLOW);

  it('is found by its Korean name, and shows price, book and a chart in its currency', async () => {
    const { page } = screen;
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-input').fill('도요타');
    await page.getByTestId('palette-TKSE:7203').click(SLOW);
    await expect.poll(() => text('quote-last'), SLOW).toMatch(/^\d,\d{3}/);
    expect(await text('ticket-exchange')).toMatch(/도쿄.*15분 지연/);
    await expect.poll(() => text('order-book'), SLOW).toMatch(/\d,\d{3}/);
    const { client, close } = await coreClient(data.path);
    const days = await client.market.candles({ instrumentId: 'TKSE:7203', interval: '1d', limit: 30 });
    expect(days.length).toBe(30);
    close();
  });

  it('is ordered in whole lots and in yen, and the guard says what is wrong before', async () => {
    const { page } = screen;
    await page.getByTestId('ticket-price').fill('2500');
    await page.getByTestId('ticket-quantity').fill('150');
    await expect.poll(() => text('order-ticket'), SLOW).toContain('매매 단위 100주');
    await page.getByTestId('ticket-quantity').fill('100');
    await page.getByTestId('guard-ok').waitFor(SLOW);
    expect(await text('cost-amount')).toContain('JP¥250,000');
    expect(await axeProblems(page, '[data-testid="order-ticket"]')).toEqual([]);
    await click('order-submit');
    await click('tab-orders');
    const { client, close } = await coreClient(data.path);
    const accounts = await client.trading.accounts({});
    const { accountId = '' } = accounts.find(({ currency }) => currency === 'JPY') ?? {};
    const orders = () => client.trading.orders({ accountId, open: false });
    await expect
      .poll(async () => (await orders()).map(({ state, price }) => [state, price]), SLOW)
      .toEqual([['accepted', 25_000_000]]);
    const [order] = await orders();
    await client.trading.cancel({ requestId: 'abroad-cancel', orderId: order?.orderId ?? '' });
    await expect.poll(async () => (await orders())[0]?.state, SLOW).toBe('canceled');
    close();
  });
});
