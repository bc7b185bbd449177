/** The screen in front of a desktop's shell: its actions as the native menu is told them, and what is chosen there. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShellWord } from '#shared/contract/index.ts';
import { coreClient } from '../support/core-client.ts';
import { type CoreProcess, openBrowser, startCore, temporaryDataDir } from '../support/workstation.ts';

type Menu = Extract<ShellWord, { readonly kind: 'menu' }>;

/** What preload puts into the page, in a page that Chromium shows. */
interface ShellPage extends Window {
  told: { readonly kind: string }[];
  act: (id: string) => void;
  /** Notifications that the operating system was given. */
  notified: EventTarget[];
}

describe('the screen before its shell', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const menu = async (): Promise<Menu> => {
    const word = ShellWord.parse(
      await page.evaluate(() => (window as unknown as ShellPage).told.findLast(({ kind }) => kind === 'menu')),
    );
    if (word.kind !== 'menu') throw new Error(`not a menu: ${word.kind}`);
    return word;
  };
  const actions = async () => (await menu()).rooms.flatMap((room) => room.actions);
  const enabled = async (id: string): Promise<boolean | undefined> =>
    (await actions()).find((action) => action.id === id)?.enabled;
  const choose = (id: string): Promise<void> =>
    page.evaluate((chosen) => (window as unknown as ShellPage).act(chosen), id);

  beforeAll(async () => {
    core = await startCore(data.path);
    const line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    line.close();
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1_600, height: 900 }, locale: 'ko-KR' });
    await context.addInitScript(() => {
      const shell = window as unknown as ShellPage;
      shell.told = [];
      Object.defineProperty(window, 'maruShell', {
        value: {
          tell: (word: { readonly kind: string }) => void shell.told.push(word),
          onAct: (act: (id: string) => void) => (shell.act = act),
        },
      });
    });
    await context.addInitScript(() => {
      const shell = window as unknown as ShellPage;
      shell.notified = [];
      // A headless browser has no notifications.
      class Notified extends EventTarget {
        static permission = 'granted';
        static requestPermission = (): Promise<string> => Promise.resolve('granted');
        constructor() {
          super();
          shell.notified.push(this);
        }
        close(): void {
          return undefined;
        }
      }
      Object.defineProperty(window, 'Notification', { value: Notified });
    });
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(core.url);
    await page.locator('[data-testid="workstation"][data-ready="true"]').waitFor(SLOW);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await core.stop();
    data.remove();
  });

  it('is told every action in words its shell takes', async () => {
    const ids = (await actions()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['buy', 'halt', 'show-chart', 'open-settings', 'open-palette', 'tour']));
    expect(new Set(ids).size).toBe(ids.length);
    await expect.poll(() => enabled('buy')).toBe(true);
    expect(await enabled('open-resume')).toBe(false);
  });

  it('runs what is chosen, and nothing beside a dialog but halting', async () => {
    await choose('open-settings');
    await page.getByRole('dialog').first().waitFor();
    await expect.poll(() => enabled('buy')).toBe(false);
    expect(await enabled('halt')).toBe(true);
    await choose('open-palette');
    expect(await page.getByTestId('palette').count()).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => enabled('buy')).toBe(true);
  });

  it('follows the language and the keys of the user', async () => {
    await choose('next-language');
    await expect.poll(async () => (await menu()).language, SLOW).toBe('en');
    expect((await menu()).rooms[0]?.label).not.toMatch(/[가-힣]/);
    await choose('next-language');
    await expect.poll(async () => (await menu()).language, SLOW).toBe('ko');
  });

  it('has its window shown when a notification is clicked', async () => {
    await page.keyboard.press('Control+,');
    await page.getByTestId('notices-desktop').click();
    await expect.poll(() => page.getByTestId('notices-desktop').isChecked(), SLOW).toBe(true);
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      document.hasFocus = () => false;
    });
    const line = await coreClient(data.path);
    const [account] = await line.client.trading.accounts({});
    const order = { instrumentId: 'KRX:005930', side: 'buy', type: 'market', timeInForce: 'day', price: null } as const;
    const accountId = account?.accountId ?? '';
    await line.client.trading.submit({ requestId: 'shell-00001', accountId, quantity: 1, ...order });
    line.close();
    await expect.poll(() => page.evaluate(() => (window as unknown as ShellPage).notified.length), SLOW).toBe(1);
    const shows = () =>
      page.evaluate(() => (window as unknown as ShellPage).told.filter(({ kind }) => kind === 'show').length);
    expect(await shows()).toBe(0);
    await page.evaluate(() => (window as unknown as ShellPage).notified[0]?.dispatchEvent(new Event('click')));
    expect(await shows()).toBe(1);
    await page.getByTestId('alert-list').waitFor();
    await page.keyboard.press('Escape');
  });

  it('follows the trading state', async () => {
    await choose('halt');
    await expect.poll(() => enabled('open-resume'), SLOW).toBe(true);
    expect(await enabled('halt')).toBe(false);
    expect(problems).toEqual([]);
  });
});

/** What a window that a shell would open was asked for, and the pipe of the desktop, here over the web's socket. */
interface DesktopPage extends Window {
  asked: string[];
}

describe('the screen behind the desktop door', () => {
  const data = temporaryDataDir();
  const SLOW = { timeout: 20_000 };
  let core: CoreProcess;
  let browser: Browser;
  let page: Page;
  const click = (id: string): Promise<void> => page.getByTestId(id).first().click();
  const asked = (): Promise<string[]> => page.evaluate(() => (window as unknown as DesktopPage).asked);

  beforeAll(async () => {
    core = await startCore(data.path);
    const line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    line.close();
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1_920, height: 1_080 }, locale: 'ko-KR' });
    await context.addInitScript(() => {
      const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? location.hash.slice(1);
      const socket = new WebSocket(`ws://${location.host}/pipe`);
      socket.binaryType = 'arraybuffer';
      const waiting: string[] = [];
      socket.addEventListener('open', () => {
        for (const text of waiting.splice(0)) socket.send(text);
      });
      Object.defineProperty(window, 'maru', {
        value: {
          send(frame: { readonly kind: string }) {
            // The web's door asks for its token where the desktop's has none.
            const text = JSON.stringify(frame.kind === 'hello' ? { ...frame, token } : frame);
            if (socket.readyState === WebSocket.OPEN) socket.send(text);
            else waiting.push(text);
          },
          onFrame(receive: (frame: unknown, bytes: Uint8Array | null) => void) {
            socket.addEventListener('message', ({ data: message }: MessageEvent<string | ArrayBuffer>) => {
              if (typeof message === 'string') {
                receive(JSON.parse(message), null);
                return;
              }
              const end = 4 + new DataView(message).getUint32(0, true);
              const head = new TextDecoder().decode(new Uint8Array(message, 4, end - 4));
              receive(JSON.parse(head), new Uint8Array(message, end));
            });
          },
          onClose: (closed: () => void) => socket.addEventListener('close', closed),
        },
      });
      // As the shell does: it opens the window itself, and the page gets nothing.
      const shell = window as unknown as DesktopPage;
      shell.asked = [];
      window.open = (address) => {
        shell.asked.push(String(address));
        return null;
      };
    });
    page = await context.newPage();
    await page.goto(core.url);
    await page.locator('[data-testid="workstation"][data-ready="true"]').waitFor(SLOW);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await core.stop();
    data.remove();
  });

  it('moves a panel to a window that the shell opens', async () => {
    await click('panel-menu-positions');
    await click('panel-to-window');
    await expect.poll(() => page.getByTestId('panel-positions').count(), SLOW).toBe(0);
    expect(await asked()).toEqual(['/?window=w2']);
    // The way back, where that window is not open any more.
    await page.getByTestId('workspace-reopen').waitFor(SLOW);
  });

  it('asks for no more windows than there can be, says so, and keeps the panel', async () => {
    await page.evaluate(() => {
      const windows = new BroadcastChannel('maru-windows');
      for (let n = 2; n <= 8; n += 1) windows.postMessage({ kind: 'here', from: `w${n}` });
    });
    await expect.poll(() => page.getByTestId('workspace-reopen').count(), SLOW).toBe(0);
    await click('panel-menu-order-book');
    await click('panel-to-window');
    await page.getByText('창은 8개까지 엽니다').first().waitFor(SLOW);
    expect(await asked()).toEqual(['/?window=w2']);
    expect(await page.getByTestId('panel-order-book').count()).toBe(1);
  });
});
