/** The chart under the hand: drawings kept by issue, order lines that are dragged, alerts that are set where they are meant, charts in step. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Drawing, Drawings, PriceAlert } from '#shared/domain/index.ts';
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
import { playDay, SAMSUNG } from '../screens/day.ts';

type Client = Connection<Contract>['client'];

describe('the chart under the hand', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let client: Client;
  let close: () => void;
  const chart = (): Locator => page.getByTestId('chart').first();
  const drawn = (): Promise<string | null> => chart().getAttribute('data-drawings');
  /** Bodies of the documents of a kind, as the core has them now. */
  const bodies = (kind: 'drawings' | 'alert'): Promise<readonly unknown[]> =>
    new Promise((resolve) => {
      const stop = client.documents.follow(
        { kind },
        {
          batch(items) {
            resolve(items.flatMap(({ body }) => (body === null ? [] : [body])));
            queueMicrotask(() => stop());
          },
        },
      );
    });
  const stored = async (): Promise<readonly Drawing[]> =>
    (await bodies('drawings')).flatMap((body) => (body as Drawings).drawings);
  const openOrders = async () => {
    const [account] = await client.trading.accounts({});
    return client.trading.orders({ accountId: account?.accountId ?? '', open: true });
  };
  /** A place in the price pane, as parts of the chart's width and height. */
  const at = async (x: number, y: number): Promise<readonly [number, number]> => {
    const box = await chart().boundingBox();
    if (!box) throw new Error('the chart has no box');
    return [box.x + box.width * x, box.y + box.height * y];
  };
  const press = async (x: number, y: number): Promise<void> => page.mouse.click(...(await at(x, y)));
  const tool = async (name: string): Promise<void> => {
    await page.getByTestId('chart-draw').click();
    await page.getByTestId(`draw-${name}`).click();
  };

  beforeAll(async () => {
    core = await startCore(data.path);
    ({ client, close } = await coreClient(data.path));
    await playDay(client);
    await client.system.setPreferences({ tourDone: true });
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await chart().waitFor();
  }, 120_000);

  afterAll(async () => {
    close?.();
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('takes each tool in the hand, and keeps what it draws with the issue', async () => {
    await expect.poll(() => chart().getAttribute('data-bars'), SLOW).toMatch(/^[1-9]/);
    await page.getByTestId('chart-interval-1m').click();
    await expect.poll(() => page.locator('.pill').count(), SLOW).toBeGreaterThanOrEqual(2);
    await tool('trend');
    await press(0.3, 0.4);
    await press(0.5, 0.3);
    await expect.poll(drawn).toBe('1');
    await tool('horizontal');
    await press(0.4, 0.45);
    await tool('ray');
    await press(0.2, 0.5);
    await press(0.3, 0.48);
    await tool('channel');
    await press(0.2, 0.2);
    await press(0.4, 0.25);
    await press(0.3, 0.35);
    await tool('fibonacci');
    await press(0.55, 0.2);
    await press(0.6, 0.6);
    await tool('measure');
    await press(0.62, 0.3);
    await press(0.68, 0.5);
    await tool('text');
    await press(0.25, 0.6);
    await page.keyboard.type('여기서 샀다');
    await page.keyboard.press('Enter');
    await expect.poll(drawn).toBe('7');
    await expect
      .poll(async () => (await stored()).map((each) => each.tool), SLOW)
      .toEqual(['trend', 'horizontal', 'ray', 'channel', 'fibonacci', 'measure', 'text']);
    await page.reload();
    await expect.poll(drawn, SLOW).toBe('7');
  });

  it('takes back what was drawn, and does it again', async () => {
    await tool('horizontal');
    await press(0.4, 0.55);
    await expect.poll(drawn).toBe('8');
    await page.keyboard.press('Control+z');
    await expect.poll(drawn).toBe('7');
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(drawn).toBe('8');
    // What was drawn last is selected.
    await page.keyboard.press('Control+z');
    await expect.poll(drawn).toBe('7');
  });

  it('is drawn on without a mouse', async () => {
    await chart().focus();
    await page.keyboard.press('t');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(drawn).toBe('8');
    await page.keyboard.press('Delete');
    await expect.poll(drawn).toBe('7');
    await page.keyboard.press('Escape');
  });

  it('replaces an order only after a yes, at the price its line was let go', async () => {
    const sells = async () => (await openOrders()).filter(({ side }) => side === 'sell');
    const [far] = await sells();
    if (!far) throw new Error('there is no open sell order');
    // Outside of what is in view its label stands at the edge, and is not lost.
    await page.getByTestId(`chart-order-${far.orderId}`).waitFor();
    expect(await page.getByTestId(`chart-order-${far.orderId}`).getAttribute('data-off')).toBe('above');
    const price = Number((await page.getByTestId('chart').first().getAttribute('data-last')) ?? 0) + 300;
    await client.trading.replace({ requestId: 'nearer-1', orderId: far.orderId, price });
    await expect.poll(async () => (await sells())[0]?.price, SLOW).toBe(price);
    const [before] = await sells();
    if (!before) throw new Error('the order is gone');
    const pill = page.getByTestId(`chart-order-${before.orderId}`);
    await pill.waitFor();
    const drag = async (down: number): Promise<void> => {
      const box = await pill.boundingBox();
      if (!box) throw new Error('the pill has no box');
      const [x] = await at(0.45, 0.5);
      const y = box.y + box.height / 2;
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, y + down / 2);
      await page.mouse.move(x, y + down);
      await page.mouse.up();
    };
    await expect.poll(() => pill.getAttribute('data-off')).toBe(null);
    await drag(30);
    await page.getByTestId('chart-move-send').waitFor();
    expect((await sells())[0]?.price).toBe(before.price);
    await page.getByTestId('chart-move-cancel').click();
    await expect.poll(() => page.getByTestId('chart-move').count()).toBe(0);
    expect((await sells())[0]?.price).toBe(before.price);
    await drag(30);
    const asked = await page.getByTestId('chart-move').textContent();
    await page.getByTestId('chart-move-send').click();
    await expect.poll(async () => (await sells())[0]?.price === before.price, SLOW).toBe(false);
    const [after] = await sells();
    expect(asked).toContain(after?.price?.toLocaleString('ko-KR'));
    expect(after?.quantity).toBe(before.quantity);
    expect(await sells()).toHaveLength(1);
  });

  it('moves an order by the arrows, and leaves it with Escape', async () => {
    const [order] = (await openOrders()).filter(({ side }) => side === 'sell');
    if (!order) throw new Error('there is no open sell order');
    const label = page.getByTestId(`chart-line-${order.orderId}`);
    await label.focus();
    await page.keyboard.press('ArrowUp');
    await page.getByTestId('chart-move').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('chart-move').count()).toBe(0);
    await label.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => (await openOrders()).find(({ side }) => side === 'sell')?.price, SLOW)
      .toBe((order.price ?? 0) + 100);
  });

  it('sets an alert where the right button is pressed; it is dragged, moved by the arrows and taken away', async () => {
    const alerts = async () => (await bodies('alert')) as PriceAlert[];
    const [x, y] = await at(0.72, 0.12);
    await page.mouse.click(x, y, { button: 'right' });
    await page.getByTestId('chart-alert-here').click();
    await expect.poll(async () => (await alerts()).length, SLOW).toBe(1);
    const [first] = await alerts();
    expect(first?.instrumentId).toBe(SAMSUNG);
    const bell = page.locator('.pill.bell');
    const price = async (): Promise<number> => (await alerts())[0]?.price ?? 0;
    /** Takes hold of a place, and lets it go lower. */
    const drag = async (left: number, top: number): Promise<void> => {
      await page.mouse.move(left, top);
      await page.mouse.down();
      await page.mouse.move(left, top + 20);
      await page.mouse.move(left, top + 40);
      await page.mouse.up();
    };
    const set = first?.price ?? 0;
    const box = await bell.boundingBox();
    if (!box) throw new Error('the alert has no label');
    // The line, far from its label: the label is never seen at another height than the line's.
    await drag(x, box.y + box.height / 2);
    await expect.poll(async () => (await price()) < set, SLOW).toBe(true);
    const dragged = await price();
    await expect.poll(() => bell.getAttribute('data-price'), SLOW).toBe(String(dragged));
    const label = await bell.locator('.say').boundingBox();
    if (!label) throw new Error('the alert has no label');
    // A press that hardly moves leaves it where it is; by the label it goes as by the line.
    await page.mouse.move(label.x + label.width / 2, label.y + label.height / 2);
    await page.mouse.down();
    await page.mouse.move(label.x + label.width / 2, label.y + label.height / 2 + 2);
    await page.mouse.up();
    expect(await price()).toBe(dragged);
    await drag(label.x + label.width / 2, label.y + label.height / 2);
    await expect.poll(async () => (await price()) < dragged, SLOW).toBe(true);
    const before = await price();
    await expect.poll(() => bell.getAttribute('data-price'), SLOW).toBe(String(before));
    await bell.locator('.say').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await price()) < before, SLOW).toBe(true);
    await bell.locator('button').last().click();
    await expect.poll(async () => (await alerts()).length, SLOW).toBe(0);
  });

  it('keeps nothing of all this when drawings are removed, and gives them back', async () => {
    await page.getByTestId('chart-draw').click();
    await page.getByTestId('draw-remove-all').click();
    await expect.poll(drawn).toBe('0');
    await page.getByTestId('draw-undo').click();
    await expect.poll(drawn).toBe('7');
    await page.keyboard.press('Escape');
    expect(screen.problems).toEqual([]);
  });
});
