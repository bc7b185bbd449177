/** The workspace: panels that are docked, named layouts, windows, keys of the user's own, the tour, a phone; and files that are broken. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CoreProcess,
  openBrowser,
  openScreen,
  type Screen,
  startCore,
  temporaryDataDir,
} from '../support/workstation.ts';

const data = temporaryDataDir();
const SLOW = { timeout: 20_000 };
const HYNIX = 'KRX:000660';
let core: CoreProcess;
let browser: Browser;
let screen: Screen;

beforeAll(async () => {
  core = await startCore(data.path);
  browser = await openBrowser();
  screen = await openScreen(browser, core.url);
  await screen.page.locator('[data-ready="true"]').waitFor();
});

afterAll(async () => {
  await browser.close();
  await core.stop();
  data.remove();
});

const folder = (): string => join(data.path, 'documents', 'workspace');
const stored = (): readonly string[] => readdirSync(folder());
const click = (id: string, page: Page = screen.page): Promise<void> => page.getByTestId(id).first().click();
/** Where the panels stand, by their names: what a layout is to the eye. */
const places = (page: Page): Promise<readonly (readonly [string, readonly number[]])[]> =>
  page.locator('[data-panel]').evaluateAll((panels) =>
    panels.map((panel) => {
      const { left, top, width, height } = panel.getBoundingClientRect();
      return [panel.getAttribute('data-panel') ?? '', [left, top, width, height]] as const;
    }),
  );

/** Starts the core again on the same folder, and opens the screen on it. */
async function again(): Promise<void> {
  await screen.context.close();
  await core.stop();
  core = await startCore(data.path);
  screen = await openScreen(browser, core.url);
  await screen.page.locator('[data-ready="true"]').waitFor();
}

describe('the workspace', () => {
  it('offers the tour once, which points and stands in no way', async () => {
    const { page } = screen;
    await click('tour-next');
    for (let step = 0; step < 6; step += 1) {
      expect(await page.locator('.tour-ring').count()).toBe(1);
      await click('tour-next');
    }
    await click('tour-next');
    await expect.poll(() => page.getByTestId('tour').count()).toBe(0);
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor();
    expect(await page.getByTestId('tour').count()).toBe(0);
  });

  it('keeps a factory layout unsaved until a hand changes it, then saves at once', async () => {
    const { page } = screen;
    await click('workspace-review');
    await page.getByTestId('panel-performance').waitFor();
    await click('workspace-day');
    await page.getByTestId('panel-order-ticket').waitFor();
    await click('panel-menu-tape');
    await click('panel-close');
    await expect.poll(() => page.getByTestId('panel-tape').count()).toBe(0);
    await expect.poll(() => stored().includes('d-day.json'), SLOW).toBe(true);
  });

  it('splits a panel, moves a border, and finds everything where it was after a restart', async () => {
    const { page } = screen;
    await click('panel-menu-chart');
    await click('panel-another');
    await expect.poll(() => page.getByTestId('panel-chart').count()).toBe(2);
    const sash = page.locator('.dv-sash').first();
    const box = await sash.boundingBox();
    if (!box) throw new Error('no border to move');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForTimeout(600);
    const before = await places(page);
    await again();
    await expect.poll(async () => (await places(screen.page)).length, SLOW).toBe(before.length);
    (await places(screen.page)).forEach(([name, box], at) => {
      expect(name).toBe(before[at]?.[0]);
      // The library rounds a border to a pixel.
      box.forEach((edge, side) => expect(Math.abs(edge - (before[at]?.[1][side] ?? 0))).toBeLessThanOrEqual(2));
    });
  });

  it('links panels by letter: another issue in B leaves A alone, and a dragged issue lands where it is dropped', async () => {
    const { page } = screen;
    const charts = page.getByTestId('panel-chart');
    await page.locator('[data-testid^="link-chart-"]').first().click();
    await click('link-to-B');
    await page.locator(`[data-testid="watch-row-${HYNIX}"]`).dragTo(charts.last());
    await expect.poll(() => charts.last().textContent(), SLOW).toContain('SK하이닉스');
    expect(await page.getByTestId('panel-order-ticket').textContent()).not.toContain('SK하이닉스');
    await expect.poll(() => readFileSync(join(folder(), 'd-day.json'), 'utf8'), SLOW).toContain(HYNIX);
  });

  it('names a workspace, goes between them by key, takes one away and brings it back', async () => {
    const { page } = screen;
    await click('workspace-menu');
    await click('workspace-new');
    await page.getByTestId('workspace-name').fill('내 자리');
    await click('workspace-save');
    const own = page.locator('.ws', { hasText: '내 자리' });
    await own.waitFor();
    expect(await own.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Alt+3');
    await expect.poll(() => page.getByTestId('workspace-monitor').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Alt+6');
    await expect.poll(() => own.getAttribute('aria-pressed')).toBe('true');
    await click('workspace-menu');
    await click('workspace-remove');
    await expect.poll(() => own.count()).toBe(0);
    await click('workspace-menu');
    await click('workspace-bring-back');
    await own.waitFor();
    await click('workspace-day');
  });

  it('opens a panel in a window of its own, which shows the same issue and keeps its part', async () => {
    const { page, context } = screen;
    await click('panel-menu-positions');
    const opening = context.waitForEvent('page');
    await click('panel-to-window');
    const second = await opening;
    await second.getByTestId('panel-positions').waitFor();
    await expect.poll(() => page.getByTestId('panel-positions').count()).toBe(0);
    await click(`watch-row-${HYNIX}`);
    await click('panel-menu-positions', second);
    await click('add-order-book', second);
    await expect.poll(() => second.getByTestId('panel-order-book').count(), SLOW).toBe(1);
    await second.close();
    const reopening = context.waitForEvent('page');
    await click('workspace-reopen');
    const third = await reopening;
    await third.getByTestId('panel-order-book').waitFor();
    await third.close();
  });

  it('puts a workspace back to the first arrangement', async () => {
    const { page } = screen;
    await click('workspace-menu');
    await click('workspace-put-back');
    await page.getByTestId('panel-tape').waitFor();
    expect(await page.getByTestId('panel-chart').count()).toBe(1);
  });

  it('says that a panel is gone, and keeps it', async () => {
    const path = join(folder(), 'd-day.json');
    await click('panel-menu-tape');
    await click('panel-close');
    await expect.poll(() => readFileSync(path, 'utf8').includes('day-tape'), SLOW).toBe(false);
    await screen.context.close();
    await core.stop();
    const file = JSON.parse(readFileSync(path, 'utf8')) as {
      body: { windows: { main: { panels: Record<string, { view: string }> } } };
    };
    const panel = file.body.windows.main.panels['day-chart'];
    if (!panel) throw new Error('the chart is not in the file');
    panel.view = 'gone-in-this-version';
    writeFileSync(path, JSON.stringify(file));
    core = await startCore(data.path);
    screen = await openScreen(browser, core.url);
    await screen.page.getByTestId('panel-gone').waitFor();
    expect(readFileSync(path, 'utf8')).toContain('gone-in-this-version');
  });

  it('shows every panel of an arrangement that it cannot read, and says so', async () => {
    const path = join(folder(), 'd-day.json');
    await screen.context.close();
    await core.stop();
    const file = JSON.parse(readFileSync(path, 'utf8')) as {
      body: { windows: { main: { dock: unknown; panels: object } } };
    };
    const names = Object.keys(file.body.windows.main.panels);
    file.body.windows.main.dock = { grid: 'broken' };
    writeFileSync(path, JSON.stringify(file));
    core = await startCore(data.path);
    screen = await openScreen(browser, core.url);
    await screen.page.getByText('저장된 배치를 읽지 못했습니다.').first().waitFor();
    await expect.poll(() => screen.page.locator('.dv-tab').count(), SLOW).toBe(names.length);
  });

  it('leaves a file of a newer version alone, keeps a broken one aside, and starts with the factory’s', async () => {
    await screen.context.close();
    await core.stop();
    mkdirSync(folder(), { recursive: true });
    const newer = JSON.stringify({ version: 99, id: 'day', revision: 3, body: { secret: 'of tomorrow' } });
    writeFileSync(join(folder(), 'd-day.json'), newer);
    writeFileSync(join(folder(), 'd-monitor.json'), '{"version":1,');
    core = await startCore(data.path);
    screen = await openScreen(browser, core.url);
    await screen.page.getByTestId('panel-order-ticket').waitFor();
    await expect.poll(() => screen.page.getByText('더 새로운 버전의 Maru가').count(), SLOW).toBeGreaterThan(0);
    await click('panel-menu-order-book');
    await click('panel-close');
    await screen.page.waitForTimeout(800);
    expect(readFileSync(join(folder(), 'd-day.json'), 'utf8')).toBe(newer);
    expect(stored()).toContain('d-monitor.json.bad-1');
  });
});

describe('keys of the user’s own', () => {
  it('are bound with a check for conflicts, act at once, and come back', async () => {
    const { page } = screen;
    await page.keyboard.press('?');
    await click('key-show-journal');
    await page.keyboard.press('Control+b');
    await expect.poll(() => page.getByTestId('key-row-show-journal').textContent()).toContain('매수 주문 쓰기');
    await click('key-leave');
    await click('key-show-journal');
    await page.keyboard.press('j');
    await expect.poll(() => page.getByTestId('key-row-show-journal').textContent()).toContain('Ctrl이나 Alt');
    await click('key-leave');
    await click('key-show-journal');
    await page.keyboard.press('Control+j');
    await expect.poll(() => page.getByTestId('key-show-journal').locator('kbd').textContent()).toBe('Ctrl J');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+j');
    await page.getByTestId('panel-journal').waitFor();
    await page.reload();
    await page.locator('[data-ready="true"]').waitFor();
    await page.keyboard.press('?');
    expect(await page.getByTestId('key-show-journal').locator('kbd').textContent()).toBe('Ctrl J');
    await click('keys-reset');
    await expect.poll(() => page.getByTestId('key-show-journal').locator('kbd').textContent()).not.toContain('J');
    await page.keyboard.press('Escape');
  });
});

describe('a phone', () => {
  it('shows one panel at a time and sends nothing', async () => {
    await screen.page.setViewportSize({ width: 390, height: 844 });
    await screen.page.getByTestId('phone').waitFor();
    for (const id of ['order-book', 'positions', 'orders']) {
      await click(`phone-${id}`);
      await screen.page.getByTestId(`panel-${id}`).waitFor();
      expect(await screen.page.locator('[data-testid="order-submit"], [data-testid="kill-button"]').count()).toBe(0);
    }
    await screen.page.setViewportSize({ width: 1_920, height: 1_080 });
  });

  it('met no error in the page', () => {
    expect(screen.problems).toEqual([]);
  });
});
