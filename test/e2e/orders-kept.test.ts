/** Orders that wait: conditional orders sent by a trade, price alerts, and baskets judged as a whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  type CoreProcess,
  openBrowser,
  openScreen,
  type Screen,
  startCore,
  temporaryDataDir,
} from '../support/workstation.ts';

const SAMSUNG = 'KRX:005930';

describe('orders that wait', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  let accountId = '';
  const panel = (): Promise<string> =>
    page
      .getByTestId('panel-conditional')
      .textContent()
      .then((text) => text ?? '');

  /** Shows a view, as the palette does. */
  async function show(id: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await page.getByTestId(`palette-show-${id}`).click();
    await page.getByTestId(`panel-${id}`).waitFor();
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    const [account] = await line.client.trading.accounts({});
    accountId = account?.accountId ?? '';
    const ack = await line.client.trading.submit({
      requestId: 'kept-00001',
      accountId,
      instrumentId: SAMSUNG,
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 100,
    });
    expect(ack.reason).toBeNull();
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await page.locator('[data-ready="true"]').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    line?.close();
    await core?.stop();
    data.remove();
  });

  it('says where a conditional order lives, and shows how far its price is', async () => {
    await show('conditional');
    await page.getByTestId('mandates-empty').waitFor();
    const { sessionDate } = (await line.client.trading.accounts({}))[0] ?? { sessionDate: '' };
    await line.client.trading.placeMandate({
      requestId: 'kept-stop-1',
      legs: [
        {
          accountId,
          instrumentId: SAMSUNG,
          side: 'sell',
          trigger: { kind: 'price', when: 'atOrBelow', price: 40_000 },
          type: 'market',
          price: null,
          quantity: 100,
          expires: sessionDate,
        },
      ],
    });
    await expect.poll(panel, SLOW).toMatch(/앱을 끄거나 환경을 바꾸면 멈춥니다.*손절.*≤ 40,000.*감시 중/s);
  });

  it('is changed by its price, sent by the trade that reaches it, and told', async () => {
    await page.locator('[data-testid^="mandate-revise-"]').first().click();
    const last = (await page.getByTestId('quote-last').textContent())?.replace(/\D/g, '') ?? '0';
    // Just below the price of now: the next trades reach it.
    await page.getByTestId('mandate-price').fill(String(Number(last) - 100));
    await page.getByTestId('mandate-revise-send').click();
    await line.client.simulation.setSpeed({ speed: 600 });
    await expect
      .poll(() => page.getByTestId('mandates-filter').textContent(), { timeout: 60_000 })
      .toContain('끝난 것 1');
    await line.client.simulation.setSpeed({ speed: 1 });
    const orders = await line.client.trading.orders({ accountId, open: false, limit: 10 });
    expect(orders.filter((order) => order.side === 'sell')).toHaveLength(1);
    await page.getByTestId('mandates-filter-ended').click();
    await expect.poll(panel).toContain('보냄');
  });

  it('tells a price alert by the trade that reaches it, and keeps it as told', async () => {
    await show('alerts');
    const last = Number((await page.getByTestId('quote-last').textContent())?.replace(/\D/g, '') ?? '0');
    await page.getByTestId('alert-price').fill(String(last));
    await expect.poll(() => page.getByTestId('alert-add').isDisabled()).toBe(true);
    // The market goes one way or the other.
    for (const price of [last + 100, last - 100]) {
      await page.getByTestId('alert-price').fill(String(price));
      await page.getByTestId('alert-note').fill('여기서 보기');
      await page.getByTestId('alert-add').click();
      await expect.poll(() => page.getByTestId('alert-price').inputValue()).toBe('');
    }
    await line.client.simulation.setSpeed({ speed: 600 });
    await expect
      .poll(() => page.getByTestId('alerts-told').textContent(), { timeout: 60_000 })
      .toContain('여기서 보기');
    await line.client.simulation.setSpeed({ speed: 1 });
    await expect.poll(() => page.getByTestId('panel-alerts').textContent()).toContain('알렸음');
  });

  it('sends no row of a basket while one is refused, then all', async () => {
    await show('basket');
    for (const [query, id] of [
      ['005930', SAMSUNG],
      ['000660', 'KRX:000660'],
    ] as const) {
      await page.getByTestId('basket-add').fill(query);
      await page.getByTestId(`basket-add-${id}`).click();
    }
    await page.getByTestId('basket-type-0-market').click();
    await page.getByTestId('basket-quantity-0').fill('10');
    await page.getByTestId('basket-quantity-0').press('Enter');
    await page.getByTestId('basket-quantity-1').fill('5');
    await page.getByTestId('basket-quantity-1').press('Enter');
    // Off its tick, and far from the market.
    await page.getByTestId('basket-price-1').fill('1');
    await page.getByTestId('basket-price-1').press('Enter');
    // What was written is kept by the core before it is judged.
    const folder = join(data.path, 'documents', 'basket');
    await expect
      .poll(
        () =>
          readdirSync(folder)
            .map((name) => readFileSync(join(folder, name), 'utf8'))
            .join(),
        SLOW,
      )
      .toContain('"price":1,');
    await page.getByTestId('basket-check').click();
    await expect.poll(() => page.getByTestId('basket-words').textContent(), SLOW).toContain('1줄이 걸렸습니다');
    expect(await page.getByTestId('basket-send').isDisabled()).toBe(true);
    await page.getByTestId('basket-type-1-market').click();
    await page.getByTestId('basket-check').click();
    await expect.poll(() => page.getByTestId('basket-words').textContent(), SLOW).toContain('모두 보낼 수 있습니다');
    await page.getByTestId('basket-send').click();
    await page.getByTestId('basket-send').click();
    await expect.poll(() => page.getByTestId('basket-words').textContent(), SLOW).toContain('2건을 보냈습니다');
    expect(screen.problems).toEqual([]);
  });
});
