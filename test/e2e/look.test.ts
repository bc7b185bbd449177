/** The look: nothing that axe finds wrong in any panel, dialog or theme, nothing cut off at any size, every act by keyboard. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FACTORY_WORKSPACES, type Order } from '#shared/domain/index.ts';
import { RESUME_PHRASE } from '#shared/errors/index.ts';
import { axeProblems, cutOff, focusNow } from '../support/audit.ts';
import { coreClient } from '../support/core-client.ts';
import { PLAIN } from '../support/plain-order.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const SLOW = { timeout: 20_000 };
const SAMSUNG = 'KRX:005930';
const THEMES = ['dark', 'light', 'hc'] as const;
const SIZES = [
  { width: 1_280, height: 720 },
  { width: 1_920, height: 1_080 },
  { width: 2_560, height: 1_440 },
] as const;
const PHONE = { width: 390, height: 844 };
/** Dialogs of the simulation, with the words that the palette finds them by. */
const DIALOGS = {
  import: '자료 가져오기',
  replay: '과거 하루 재생',
  synthetic: '합성 시장 열기',
  crash: '폭락일 연습',
  'new-account': '새 계좌 열기',
  alerts: '알림',
  settings: '설정',
  shortcuts: '단축키',
  pin: 'PIN',
  connections: 'KIS 연결',
} as const;
const DIALOG_NAMES = Object.keys(DIALOGS) as readonly (keyof typeof DIALOGS)[];

const data = temporaryDataDir();
let core: CoreProcess;
let browser: Browser;
let screen: Screen;
let page: Page;

/** Chooses in the settings, as a hand does. */
async function setUp(choice: string): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByTestId(`settings-${choice}`).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.scrim').count()).toBe(0);
}

async function orders(): Promise<readonly Order[]> {
  const line = await coreClient(data.path);
  const [account] = await line.client.trading.accounts({});
  const list = await line.client.trading.orders({ accountId: account?.accountId ?? '' });
  line.close();
  return list;
}

async function setTheme(theme: (typeof THEMES)[number]): Promise<void> {
  await setUp(`theme-${theme}`);
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(theme);
}

async function act(id: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId(`palette-${id}`).click();
}

async function panels(): Promise<readonly string[]> {
  await page.keyboard.press('Control+k');
  const ids = await page
    .locator('[data-testid^="palette-show-"]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-testid')?.replace('palette-show-', '') ?? ''));
  await page.keyboard.press('Escape');
  return ids;
}

beforeAll(async () => {
  core = await startCore(data.path);
  browser = await openBrowser();
  const line = await coreClient(data.path);
  await line.client.system.setPreferences({ tourDone: true });
  const [account] = await line.client.trading.accounts({});
  const base = {
    ...PLAIN,
    accountId: account?.accountId ?? '',
    instrumentId: SAMSUNG,
    side: 'buy',
    timeInForce: 'day',
    allowDuplicate: true,
  } as const;
  await line.client.trading.submit({ ...base, requestId: 'look-day-1', type: 'market', price: null, quantity: 10 });
  line.close();
  screen = await openScreen(browser, core.url, SIZES[1]);
  ({ page } = screen);
  await page.locator('[data-ready="true"]').waitFor(SLOW);
});

afterAll(async () => {
  await browser?.close();
  await core?.stop();
  data.remove();
});

/** Columns of a table that are not wholly in view without scrolling. */
async function columnsBeyond(testId: string): Promise<readonly string[]> {
  return page.getByTestId(testId).evaluate((table) => {
    const { right } = table.getBoundingClientRect();
    return [...table.querySelectorAll('.ag-header-cell')]
      .filter((cell) => cell.getBoundingClientRect().right > right + 1)
      .map((cell) => cell.getAttribute('col-id') ?? '');
  });
}

/** Holds the market still, or lets it go on. */
async function hold(still: boolean): Promise<void> {
  const line = await coreClient(data.path);
  await (still ? line.client.simulation.pause({}) : line.client.simulation.resume({}));
  line.close();
}

describe('axe', () => {
  // A figure that has just changed glows for a third of a second; what is judged is how it stands.
  beforeAll(() => hold(true));
  afterAll(() => hold(false));

  for (const theme of THEMES) {
    it(`finds nothing wrong in the window and its panels, ${theme}`, async () => {
      await setTheme(theme);
      const found: string[] = [];
      for (const id of FACTORY_WORKSPACES) {
        await page.getByTestId(`workspace-${id}`).click();
        await page.waitForTimeout(600);
        for (const problem of await axeProblems(page, 'body')) found.push(`workspace ${id}: ${problem}`);
      }
      await page.getByTestId('workspace-day').click();
      for (const id of await panels()) {
        await act(`show-${id}`);
        await page.getByTestId(`panel-${id}`).first().waitFor();
        await page.waitForTimeout(400);
        const where = `[data-testid="panel-${id}"]`;
        for (const problem of await axeProblems(page, where)) found.push(`panel ${id}: ${problem}`);
      }
      await act('workspace-put-back');
      expect([...new Set(found)]).toEqual([]);
    });

    it(`finds nothing wrong in the dialogs, ${theme}`, async () => {
      await setTheme(theme);
      const found: string[] = [];
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('ㅅㅅ');
      for (const problem of await axeProblems(page, '.scrim')) found.push(`palette: ${problem}`);
      await page.keyboard.press('Escape');
      for (const id of [...DIALOG_NAMES, 'wizard'] as const) {
        await act(id === 'wizard' ? id : `open-${id}`);
        await page.locator('.scrim, .alist').first().waitFor();
        await page.waitForTimeout(250);
        for (const problem of await axeProblems(page, '.scrim, .alist')) found.push(`dialog ${id}: ${problem}`);
        await page.keyboard.press('Escape');
        await expect.poll(() => page.locator('.scrim, .alist').count(), SLOW).toBe(0);
      }
      // Out of a halt: the other dialogs of trading under KIS are looked at on a day with KIS.
      const line = await coreClient(data.path);
      await line.client.trading.setTradingState({ state: 'halted' });
      await page.getByTestId('resume-open').waitFor(SLOW);
      await act('open-resume');
      await page.getByTestId('resume-dialog').waitFor();
      await page.waitForTimeout(250);
      for (const problem of await axeProblems(page, 'body')) found.push(`resume: ${problem}`);
      await page.keyboard.press('Escape');
      await line.client.trading.resume({ phrase: RESUME_PHRASE });
      line.close();
      await expect.poll(() => page.getByTestId('resume-open').count(), SLOW).toBe(0);
      expect([...new Set(found)]).toEqual([]);
    });
  }

  it('finds nothing wrong on a phone, and neither has it a control of orders', async () => {
    await setTheme('dark');
    await page.setViewportSize(PHONE);
    await page.getByTestId('phone').waitFor();
    const found: string[] = [];
    for (const theme of THEMES) {
      // A phone has no settings: the desk's are its own.
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      for (const tab of await page.locator('.phone-nav button').all()) {
        const name = await tab.getAttribute('data-testid');
        await tab.click();
        await page.waitForTimeout(400);
        for (const problem of await axeProblems(page, 'body')) found.push(`${name}: ${problem}`);
        for (const problem of await cutOff(page)) found.push(`${name}: ${problem}`);
      }
    }
    expect(await page.getByTestId('order-submit').count()).toBe(0);
    await page.getByTestId('phone-positions').click();
    await page.getByTestId('position-row-KRX:005930').waitFor(SLOW);
    expect(await columnsBeyond('blotter-positions')).toEqual([]);
    const clock = await page.getByTestId('clock-time').boundingBox();
    const head = await page.locator('.phone-top .clock').boundingBox();
    if (!clock || !head) throw new Error('the phone has no clock');
    expect(clock.y >= head.y && clock.y + clock.height <= head.y + head.height, 'the clock is seen').toBe(true);
    await page.getByTestId('phone-order-book').click();
    await expect.poll(() => page.getByTestId('phone-issue').textContent()).toContain('삼성전자');
    await page.setViewportSize(SIZES[1]);
    await page.getByTestId('workspace-day').waitFor();
    expect([...new Set(found)]).toEqual([]);
  });
});

describe('the layout', () => {
  for (const language of ['ko', 'en'] as const) {
    it(`cuts nothing off at three sizes, ${language}`, async () => {
      await setUp(`language-${language}`);
      const found: string[] = [];
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const id of FACTORY_WORKSPACES) {
          await page.getByTestId(`workspace-${id}`).click();
          await page.waitForTimeout(500);
          for (const problem of await cutOff(page)) found.push(`${size.width} ${id}: ${problem}`);
          if (id !== 'review') continue;
          await page.getByTestId('blotter-positions').waitFor();
          for (const column of await columnsBeyond('blotter-positions'))
            found.push(`${size.width} ${id}: the column ${column} of the positions runs off`);
        }
      }
      await page.setViewportSize(SIZES[0]);
      for (const id of DIALOG_NAMES) {
        await act(`open-${id}`);
        await page.locator('.scrim, .alist').first().waitFor();
        await page.waitForTimeout(150);
        for (const problem of await cutOff(page)) found.push(`dialog ${id}: ${problem}`);
        await page.keyboard.press('Escape');
        await expect.poll(() => page.locator('.scrim, .alist').count(), SLOW).toBe(0);
      }
      expect([...new Set(found)]).toEqual([]);
      await setUp('language-ko');
      await page.setViewportSize(SIZES[1]);
    });
  }
});

describe('the keyboard alone', () => {
  /** Presses Tab until the focus is on something; fails after a round of the page. */
  async function tabTo(testId: string): Promise<void> {
    for (let step = 0; step < 40; step += 1) {
      if ((await focusNow(page)).at === testId) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${testId}`);
  }

  it('finds an issue by its initials and gives the focus back', async () => {
    await page.getByTestId('workspace-day').waitFor();
    await act('workspace-1');
    await page.keyboard.press('F6');
    const before = (await focusNow(page)).at;
    expect(before).toMatch(/^panel-/);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    expect((await focusNow(page)).at).toBe(before);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ㅋㅋㅇ');
    await expect.poll(() => page.locator('.pal .it.on').getAttribute('data-testid')).toBe('palette-KRX:035720');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('order-ticket').textContent()).toContain('카카오');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ㅅㅅㅈㅈ');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByTestId('order-ticket').textContent()).toContain('삼성전자');
    expect((await focusNow(page)).at).toBe(before);
  });

  it('writes, checks and sends an order, and cancels it', async () => {
    const waiting = async (): Promise<number> => (await orders()).filter((order) => order.state === 'accepted').length;
    expect(await waiting()).toBe(0);
    await page.keyboard.press('Control+b');
    await expect.poll(async () => focusNow(page)).toEqual({ at: 'ticket-quantity', seen: true });
    await page.keyboard.type('3');
    await page.keyboard.press('Shift+Tab');
    for (let step = 0; step < 12 && (await focusNow(page)).at !== 'ticket-price'; step += 1) {
      await page.keyboard.press('Shift+Tab');
    }
    expect(await focusNow(page)).toEqual({ at: 'ticket-price', seen: true });
    // Far enough below the market to wait there.
    for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowDown');
    await page.getByTestId('guard-ok').waitFor(SLOW);
    await tabTo('order-submit');
    expect((await focusNow(page)).seen).toBe(true);
    await page.keyboard.press('Enter');
    // Where none waits, what became of it and what the ticket says tell why.
    const told = async (): Promise<string> =>
      JSON.stringify([await orders(), await page.getByTestId('order-ticket').textContent()]);
    await expect.poll(waiting, { ...SLOW, message: await told() }).toBe(1);
    // The key acts on what the window knows.
    await page.getByTestId('order-sent').waitFor(SLOW);
    await page.keyboard.press('Control+Delete');
    await expect.poll(waiting, SLOW).toBe(0);
  });

  it('changes the workspace', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+2');
    await expect
      .poll(() => page.getByTestId(`workspace-${FACTORY_WORKSPACES[1]}`).getAttribute('class'))
      .toContain('on');
    await page.keyboard.press('Alt+1');
    await expect.poll(() => page.getByTestId('workspace-day').getAttribute('class')).toContain('on');
  });

  it('opens and closes every dialog, with the focus inside it and back where it was', async () => {
    await page.keyboard.press('F6');
    const before = (await focusNow(page)).at;
    for (const [id, words] of Object.entries(DIALOGS)) {
      await page.keyboard.press('Control+k');
      await expect.poll(async () => (await focusNow(page)).at).toBe('palette-input');
      await page.keyboard.type(words);
      await page.getByTestId(`palette-open-${id}`).waitFor();
      // The command of that name, wherever it stands in the list.
      for (let step = 0; step < 12; step += 1) {
        if ((await page.locator('.pal .it.on').getAttribute('data-testid')) === `palette-open-${id}`) break;
        await page.keyboard.press('ArrowDown');
      }
      expect(await page.locator('.pal .it.on').getAttribute('data-testid')).toBe(`palette-open-${id}`);
      await page.keyboard.press('Enter');
      await page.locator('.dlg, .alist').waitFor();
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement?.closest('.dlg, .alist') !== null);
      expect(inside, `${id}: focus inside`).toBe(true);
      expect((await focusNow(page)).seen, `${id}: focus seen`).toBe(true);
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.dlg, .alist').count(), SLOW).toBe(0);
      expect((await focusNow(page)).at, `after ${id}`).toBe(before);
    }
  });

  it('shows where it is at every step through the window', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const unseen: string[] = [];
    for (let step = 0; step < 140; step += 1) {
      await page.keyboard.press('Tab');
      const { at, seen } = await focusNow(page);
      if (at !== 'nowhere' && !seen) unseen.push(at);
    }
    expect([...new Set(unseen)]).toEqual([]);
    expect(screen.problems).toEqual([]);
  });
});
