/** The line breaks in the middle of an order: one that arrived is found and not sent again, one that did not is asked about, and never is there a second. */
import type { Browser, Page, WebSocketRoute } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Order } from '#shared/domain/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { coreClient } from '../support/core-client.ts';
import { type CoreProcess, openBrowser, startCore, temporaryDataDir } from '../support/workstation.ts';

/** What happens to the next order on the wire. */
type Fate = 'passes' | 'answer is lost' | 'order is lost';

describe('a line that breaks in the middle of an order', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 30_000 };
  let core: CoreProcess;
  let browser: Browser;
  let page: Page;
  let line: Connection<Contract>;
  let fate: Fate = 'passes';
  const text = async (id: string): Promise<string> => (await page.getByTestId(id).first().textContent()) ?? '';
  const orders = async (): Promise<readonly Order[]> => {
    const [account] = await line.client.trading.accounts({});
    return line.client.trading.orders({ accountId: account?.accountId ?? '' });
  };

  /** Cuts the line at an order as `fate` says, once. */
  function between(page_: WebSocketRoute): void {
    const server = page_.connectToServer();
    let cut = false;
    const end = (): void => {
      cut = true;
      fate = 'passes';
      void page_.close();
      void server.close();
    };
    page_.onMessage((message) => {
      if (cut) return;
      const isOrder = typeof message === 'string' && message.includes('trading.submit');
      if (isOrder && fate === 'order is lost') {
        end();
        return;
      }
      server.send(message);
      if (isOrder && fate === 'answer is lost') end();
    });
    server.onMessage((message) => {
      if (!cut) page_.send(message);
    });
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1_920, height: 1_080 }, locale: 'ko-KR' });
    page = await context.newPage();
    await page.routeWebSocket(/.*/u, between);
    await page.goto(core.url);
    await page.getByTestId('quote-last').waitFor(SLOW);
  });

  afterAll(async () => {
    await browser?.close();
    line?.close();
    await core?.stop();
    data.remove();
  });

  async function write(quantity: number): Promise<void> {
    await page.getByTestId('ticket-price').fill('50,000');
    await page.getByTestId('ticket-quantity').fill(String(quantity));
    await page.getByTestId('guard-ok').waitFor(SLOW);
  }

  it('finds the order that had arrived, says so, and sends nothing again', async () => {
    await write(3);
    fate = 'answer is lost';
    await page.getByTestId('order-submit').click();
    await expect.poll(async () => (await orders()).filter(({ quantity }) => quantity === 3).length, SLOW).toBe(1);
    await expect.poll(() => page.getByText('답을 받지 못한 주문을 찾았습니다').count(), SLOW).toBeGreaterThan(0);
    await expect.poll(() => page.getByTestId('ticket-lost').count(), SLOW).toBe(0);
    expect((await orders()).filter(({ quantity }) => quantity === 3)).toHaveLength(1);
  });

  it('holds the ticket while it does not know, and asks again under the same name', async () => {
    await write(5);
    fate = 'order is lost';
    await page.getByTestId('order-submit').click();
    await page.getByTestId('ticket-lost').waitFor(SLOW);
    expect(await text('order-submit')).toContain('확인 중');
    // Enter, the most usual slip, sends nothing meanwhile.
    await page.getByTestId('ticket-quantity').press('Enter');
    await expect.poll(() => page.getByTestId('ticket-ask-again').isEnabled(), SLOW).toBe(true);
    expect((await orders()).filter(({ quantity }) => quantity === 5)).toHaveLength(0);
    await page.getByTestId('ticket-ask-again').click();
    await expect.poll(async () => (await orders()).filter(({ quantity }) => quantity === 5).length, SLOW).toBe(1);
    await expect.poll(() => page.getByTestId('ticket-lost').count(), SLOW).toBe(0);
  });

  it('lets the user give up what never arrived', async () => {
    await write(7);
    fate = 'order is lost';
    await page.getByTestId('order-submit').click();
    await page.getByTestId('ticket-lost').waitFor(SLOW);
    await expect.poll(() => page.getByTestId('ticket-give-up').isEnabled(), SLOW).toBe(true);
    await page.getByTestId('ticket-give-up').click();
    await expect.poll(() => page.getByTestId('ticket-lost').count()).toBe(0);
    expect((await orders()).filter(({ quantity }) => quantity === 7)).toHaveLength(0);
  });
});
