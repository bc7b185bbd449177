/** What a panel shows once its figures are old: the veil and since when, and the line that comes back by itself. */
import type { Browser, WebSocketRoute } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const SLOW = { timeout: 20_000 };
/** Panels of live figures. */
const PANELS = ['account', 'watchlist', 'board', 'tape', 'cash', 'rankings', 'heatmap', 'threats'] as const;

describe('old figures', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  /** The page's end of the line now, and whether a new one is let through. */
  let line: WebSocketRoute | null = null;
  let letsThrough = true;
  let silent = false;

  beforeAll(async () => {
    core = await startCore(data.path);
    const own = await coreClient(data.path);
    await own.client.system.setPreferences({ tourDone: true });
    own.close();
    browser = await openBrowser();
    screen = await openScreen(browser, 'about:blank');
    await screen.page.routeWebSocket(/\/pipe$/, (route) => {
      if (!letsThrough) {
        void route.close();
        return;
      }
      line = route;
      // What the core says of its market is changed on the way, as the core would say it of a silent feed.
      const server = route.connectToServer();
      server.onMessage((message) => {
        const says = typeof message === 'string' && message.includes('"loopDelayP99Ms"');
        route.send(silent && says ? message.replaceAll(/"market":"(?:live|paused)"/g, '"market":"stale"') : message);
      });
    });
    await screen.page.goto(core.url);
    await screen.page.locator('[data-ready="true"]').waitFor(SLOW);
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  async function show(view: string): Promise<void> {
    await screen.page.keyboard.press('Control+k');
    await screen.page.getByTestId(`palette-show-${view}`).click();
    await screen.page.getByTestId(`panel-${view}`).first().waitFor();
  }
  const veilIn = (view: string): ReturnType<Screen['page']['locator']> =>
    screen.page.getByTestId(`panel-${view}`).first().getByTestId('old-rows');

  it('stand without a veil while the line stands', async () => {
    for (const view of PANELS) {
      await show(view);
      expect(await veilIn(view).count(), view).toBe(0);
    }
  });

  it('go under a veil that says since when, in every panel of live figures', async () => {
    const equity = screen.page.getByTestId('account-equity');
    await show('account');
    await equity.waitFor();
    letsThrough = false;
    await line?.close();
    for (const view of PANELS) {
      await show(view);
      await veilIn(view).waitFor();
      expect(await veilIn(view).textContent(), view).toMatch(/\d\d:\d\d:\d\d까지의 내용입니다/);
      expect(await veilIn(view).getAttribute('data-why')).toBe('lost');
    }
    // Still there to be read, and grey: the layer lies over them.
    await show('account');
    expect(await equity.textContent()).toMatch(/\d/);
    const layer = await screen.page
      .getByTestId('panel-account')
      .locator('.old-rows.is')
      .evaluate((box) => getComputedStyle(box, '::after').backdropFilter);
    expect(layer).toContain('grayscale');
    await screen.page.getByTestId('reconnect').waitFor(SLOW);
  });

  it('are live again by themselves once the line can stand', async () => {
    letsThrough = true;
    await expect.poll(() => screen.page.getByTestId('reconnect').count(), { timeout: 30_000 }).toBe(0);
    for (const view of PANELS) {
      await show(view);
      expect(await veilIn(view).count(), view).toBe(0);
    }
  });

  it('go under a veil as well when the line stands and the market is silent', async () => {
    silent = true;
    for (const view of ['tape', 'account', 'watchlist', 'board'] as const) {
      await show(view);
      await veilIn(view).waitFor(SLOW);
      expect(await veilIn(view).textContent(), view).toMatch(/\d\d:\d\d:\d\d부터 시세가 오지 않습니다/);
    }
    // What the core has recorded is as true as before.
    await show('cash');
    expect(await veilIn('cash').count()).toBe(0);
    silent = false;
    await show('tape');
    await expect.poll(() => veilIn('tape').count(), SLOW).toBe(0);
  });
});
