/** Notifications: told once, kept until acknowledged in every window and over a restart, heard by their level, silent when wanted. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import { RESUME_PHRASE } from '#shared/errors/index.ts';
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

declare global {
  interface Window {
    /** Tones that the page asked for, and notices that the operating system was given. */
    heard: number;
    desk: string[];
  }
}

/** Stands in for the sounds and the notices of the operating system, which a headless browser has not. */
function listen(): void {
  window.heard = 0;
  window.desk = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function heard(this: OscillatorNode, when?: number): void {
    window.heard += 1;
    start.call(this, when);
  };
  class Told extends EventTarget {
    static permission = 'granted';
    static requestPermission = (): Promise<string> => Promise.resolve('granted');
    constructor(title: string) {
      super();
      window.desk.push(title);
    }
    close(): void {
      return undefined;
    }
  }
  Object.defineProperty(window, 'Notification', { value: Told });
}

describe('notifications', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  let accountId = '';
  let orders = 0;
  const count = (): Promise<string> =>
    page
      .locator('.bell .cnt')
      .allTextContents()
      .then((texts) => texts.join('').trim());

  async function again(): Promise<void> {
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor();
  }

  /** Buys at the market: one fill or more of one order. */
  async function buy(): Promise<void> {
    orders += 1;
    const ack = await line.client.trading.submit({
      requestId: `notice-${String(orders).padStart(5, '0')}`,
      accountId,
      instrumentId: 'KRX:005930',
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      price: null,
      quantity: 10 + orders,
    });
    expect(ack.reason).toBeNull();
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    accountId = (await line.client.trading.accounts({}))[0]?.accountId ?? '';
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await page.locator('[data-ready="true"]').waitFor();
    await page.addInitScript(listen);
    await again();
  });

  afterAll(async () => {
    await browser?.close();
    line?.close();
    await core?.stop();
    data.remove();
  });

  it('tells a fill, counts it at the bell, and lists it by its kind', async () => {
    await buy();
    await expect.poll(() => page.getByTestId('toast-info').textContent(), SLOW).toContain('체결되었습니다');
    expect(await count()).toBe('1');
    await page.getByTestId('bell').click();
    await page.getByTestId('notices-kind-system').click();
    expect(await page.getByTestId('alerts-told').textContent()).toContain('이 종류의 알림이 없습니다');
    await page.getByTestId('notices-kind-fill').click();
    expect(await page.getByTestId('alerts-told').textContent()).toContain('삼성전자 매수 11주가 모두 체결되었습니다');
    await page.keyboard.press('Escape');
    // It asked for nothing, so it has been seen by looking.
    await expect.poll(count, SLOW).toBe('');
  });

  it('keeps what stops trading until it is acknowledged, over a reload and in the panel, and sounds it', async () => {
    await page.keyboard.press('Control+Shift+X');
    await page.getByTestId('toast-critical').waitFor();
    await expect.poll(() => page.evaluate(() => window.heard), SLOW).toBeGreaterThan(0);
    await page.getByTestId('bell').click();
    await page.getByTestId('alert-list').waitFor();
    await page.keyboard.press('Escape');
    // What asked for nothing has been seen by looking; the stop has not.
    await expect.poll(count, SLOW).toBe('1');
    await again();
    await expect.poll(count, SLOW).toBe('1');
    await page.getByTestId('bell').click();
    await page.getByTestId('notices-to-panel').click();
    await page.getByTestId('panel-alerts').getByTestId('notices-ack-all').click();
    await expect.poll(count, SLOW).toBe('');
    await line.client.trading.resume({ phrase: RESUME_PHRASE });
  });

  it('reaches the desktop while another program is in use', async () => {
    await page.keyboard.press('Control+,');
    await page.getByTestId('notices-desktop').click();
    await expect.poll(() => page.getByTestId('notices-desktop').isChecked(), SLOW).toBe(true);
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      document.hasFocus = () => false;
    });
    await buy();
    await expect
      .poll(() => page.evaluate(() => window.desk), SLOW)
      .toEqual(['삼성전자 매수 12주가 모두 체결되었습니다']);
  });

  it('leaves the user alone when asked to, and says so at the bell', async () => {
    await page.getByTestId('panel-alerts').getByTestId('notices-quiet').click();
    await page.locator('.bell.quiet').waitFor();
    await buy();
    // Counted at the bell, and told in no other way.
    await expect.poll(count, SLOW).not.toBe('');
    expect(await page.evaluate(() => window.desk)).toHaveLength(1);
    expect(await page.getByTestId('toast-info').filter({ hasText: '13주' }).count()).toBe(0);
    await page.keyboard.press('Control+,');
    await page.getByTestId('notices-sound-info').click();
    // What is chosen is heard at once.
    await expect.poll(() => page.evaluate(() => window.heard), SLOW).toBeGreaterThan(0);
    await page.getByTestId('notices-daily').click();
    await expect.poll(() => page.getByTestId('notices-daily').isChecked(), SLOW).toBe(true);
    await page.getByTestId('notices-from').fill('23:15');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.locator('.bell.quiet').waitFor();
    await page.keyboard.press('Control+,');
    await expect.poll(() => page.getByTestId('notices-from').inputValue(), SLOW).toBe('23:15');
    await page.keyboard.press('Escape');
    expect(screen.problems).toEqual([]);
  });
});
