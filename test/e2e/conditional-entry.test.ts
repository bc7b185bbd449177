/** Conditions written in the ticket: a stop and a target of a holding, protection of a purchase, a trailing stop; what is wrong is said, and Enter sends nothing of it. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Mandate, Order } from '#shared/domain/index.ts';
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

describe('conditions in the ticket', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  let accountId = '';
  const mandates = new Map<string, Mandate>();
  let stop: () => void = () => undefined;
  const standing = (): readonly Mandate[] =>
    [...mandates.values()].filter(({ state }) => state === 'armed' || state === 'waiting');
  const orders = (): Promise<readonly Order[]> => line.client.trading.orders({ accountId });
  const text = (id: string): Promise<string> =>
    page
      .getByTestId(id)
      .first()
      .textContent()
      .then((said) => said ?? '');
  const last = async (): Promise<number> => Number((await text('quote-last')).replace(/\D/gu, ''));

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    stop = line.client.trading.desk(
      {},
      {
        batch: (deltas) => {
          for (const delta of deltas)
            if (delta.kind === 'mandate') mandates.set(delta.mandate.mandateId, delta.mandate);
        },
      },
    );
    const [account] = await line.client.trading.accounts({});
    accountId = account?.accountId ?? '';
    const ack = await line.client.trading.submit({
      requestId: 'cond-00001',
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
    await page.getByTestId('quote-last').waitFor();
  });

  afterAll(async () => {
    stop();
    await browser?.close();
    line?.close();
    await core?.stop();
    data.remove();
  });

  it('says what is missing or the wrong way round, and Enter sends nothing', async () => {
    const before = (await orders()).length;
    await page.getByTestId('ticket-side-sell').click();
    await page.getByTestId('ticket-mode-wait').click();
    await page.getByTestId('ticket-quantity').fill('60');
    await expect.poll(() => text('guard-missing')).toContain('조건 가격을 하나 이상');
    await page.getByTestId('ticket-below').fill('+3%');
    await expect.poll(() => text('guard-missing')).toContain('부호가 반대');
    await page.getByTestId('ticket-below').press('Enter');
    await page.getByTestId('ticket-below').fill('900,000');
    await expect.poll(() => text('guard-missing')).toContain('낮아야 합니다');
    await page.getByTestId('ticket-below').press('Enter');
    expect(await orders()).toHaveLength(before);
    expect(standing()).toHaveLength(0);
  });

  it('keeps a stop and a target of a holding, which end each other', async () => {
    await page.getByTestId('ticket-below').fill('-10%');
    await page.getByTestId('ticket-above').fill('10%');
    await expect.poll(() => text('guard-ok'), SLOW).toContain('걸 수 있습니다');
    await expect.poll(() => text('ticket-cond-lives')).toContain('Maru가 켜져 있는 동안만');
    await page.getByTestId('order-submit').click();
    await page.getByTestId('condition-kept').waitFor();
    await expect.poll(() => standing().length, SLOW).toBe(2);
    const [first, second] = standing();
    expect(first?.setId).toBe(second?.setId);
    expect(
      standing().every(({ side, quantity, state }) => side === 'sell' && quantity === 60 && state === 'armed'),
    ).toBe(true);
    for (const { mandateId } of standing()) await line.client.trading.revokeMandate({ mandateId });
    await expect.poll(() => standing().length, SLOW).toBe(0);
  });

  it('keeps a trailing stop', async () => {
    await page.getByTestId('ticket-quantity').fill('50');
    await page.getByTestId('ticket-above').fill('');
    await page.getByTestId('ticket-trailing').click();
    await page.getByTestId('ticket-below').fill('5%');
    await expect.poll(() => text('guard-ok'), SLOW).toContain('걸 수 있습니다');
    await page.getByTestId('order-submit').click();
    await expect.poll(() => standing().length, SLOW).toBe(1);
    expect(standing()[0]?.trigger).toEqual({ kind: 'trailing', distance: { by: 'rate', value: 50_000_000 } });
    for (const { mandateId } of standing()) await line.client.trading.revokeMandate({ mandateId });
    await expect.poll(() => standing().length, SLOW).toBe(0);
    await page.getByTestId('ticket-trailing').click();
  });

  it('buys now and protects what is filled', async () => {
    await page.getByTestId('ticket-side-buy').click();
    await page.getByTestId('ticket-mode-protect').click();
    await page.getByTestId('ticket-quantity').fill('7');
    const price = (await last()) + 500;
    await page.getByTestId('ticket-price').fill(String(price));
    await page.getByTestId('ticket-below').fill('-5%');
    await page.getByTestId('ticket-above').fill('8%');
    await expect.poll(() => page.getByTestId('guard-ok').count(), SLOW).toBe(1);
    await page.getByTestId('order-submit').click();
    await expect.poll(() => text('order-sent'), SLOW).toContain('조건 2건');
    await expect.poll(() => standing().map(({ state }) => state), SLOW).toEqual(['armed', 'armed']);
    expect(
      standing().every(
        ({ side, quantity, entryOrderId }) => side === 'sell' && quantity === 7 && entryOrderId !== null,
      ),
    ).toBe(true);
    const entry = (await orders()).find(({ orderId }) => orderId === standing()[0]?.entryOrderId);
    expect(entry).toMatchObject({ side: 'buy', quantity: 7, price });
  });

  it('keeps the way of another issue but none of its figures', async () => {
    await page.getByTestId('watch-row-KRX:000660').first().click();
    await expect.poll(() => page.getByTestId('ticket-below').inputValue()).toBe('');
    expect(await page.getByTestId('ticket-quantity').inputValue()).toBe('');
    expect(await page.getByTestId('ticket-mode-protect').getAttribute('aria-checked')).toBe('true');
    expect(screen.problems).toEqual([]);
  });
});
