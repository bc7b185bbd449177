/** A first day with KIS, against the offline KIS: from no key at all to a real order whose line was cut, and back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('a first day with KIS', () => {
  const data = temporaryDataDir();
  let paper: EmulatorProcess;
  let real: EmulatorProcess;
  /** Starts beside the first tests. */
  let realStarts: Promise<EmulatorProcess>;
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    [paper, core, browser] = await Promise.all([
      startEmulator(['--env', 'paper', '--at', '09:01']),
      startCore(data.path, ['--keys', 'memory']),
      openBrowser(),
    ]);
    screen = await openScreen(browser, core.url);
    realStarts = startEmulator(['--env', 'real', '--at', '09:01', '--seed', '2']);
    realStarts.catch(() => undefined);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await paper?.stop();
    await real?.stop();
    data.remove();
  });

  const text = async (testId: string): Promise<string> => {
    const found = screen.page.getByTestId(testId).first();
    return (await found.count()) === 0 ? '' : ((await found.textContent()) ?? '');
  };
  const click = (testId: string): Promise<void> => screen.page.getByTestId(testId).first().click(SLOW);
  const environment = (): Promise<string | null> =>
    screen.page.getByTestId('environment-chip').getAttribute('data-environment');

  /** Enters the keys of an offline KIS by its one line, and comes as far as the test of the connection. */
  async function enterKeys(of: EmulatorProcess): Promise<void> {
    const { page } = screen;
    await click('wizard-next');
    await click('wizard-endpoint-emulator');
    await click('wizard-next');
    await page.getByTestId('wizard-emulator-line').fill(JSON.stringify(of.line));
    expect(await page.getByTestId('wizard-account').inputValue()).toBe(of.line.account);
    await click('wizard-save');
  }

  async function connectionWorks(): Promise<void> {
    await expect.poll(() => text('check-list'), SLOW).not.toBe('');
    expect(await screen.page.locator('[data-testid^="check-"][data-ok="false"]').allTextContents()).toEqual([]);
  }

  /** Nothing of a secret is in the page, its address or its storage. */
  async function leaksOf({ line }: EmulatorProcess): Promise<readonly string[]> {
    const { page } = screen;
    const places = {
      html: await page.content(),
      address: page.url(),
      storage: await page.evaluate(() =>
        JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
      ),
    };
    return Object.entries(places)
      .filter(([, held]) => held.includes(line.appKey) || held.includes(line.appSecret))
      .map(([name]) => name);
  }

  /** What axe finds in the open dialog, in every theme. */
  async function dialogProblems(): Promise<readonly string[]> {
    const { page } = screen;
    await page.locator('.scrim').waitFor(SLOW);
    // The dialog has faded in by then.
    await page.waitForTimeout(250);
    const found: string[] = [];
    const theme = await page.locator('html').getAttribute('data-theme');
    for (const name of ['dark', 'light', 'hc', theme ?? 'dark']) {
      await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), name);
      await page.waitForTimeout(150);
      found.push(...(await axeProblems(page, '.scrim')).map((problem) => `${name}: ${problem}`));
    }
    return [...new Set(found)];
  }

  async function act(id: string): Promise<void> {
    await screen.page.keyboard.press('Control+k');
    await click(`palette-${id}`);
  }

  async function writeOrder(quantity: string): Promise<void> {
    await click('ticket-side-buy');
    await click('ticket-price-ask');
    await screen.page.getByTestId('ticket-quantity').fill(quantity);
    await screen.page.getByTestId('guard-ok').waitFor(SLOW);
  }

  it('works without any key from the first minute, and says why KIS is greyed', async () => {
    await expect.poll(() => text('quote-last'), SLOW).toMatch(/\d/);
    expect(await environment()).toBe('simulation');
    expect(await screen.page.getByTestId('market-menu').count()).toBe(1);
    await click('env-paper');
    expect(await text('env-choice-paper-none')).toMatch(/연결/);
    await click('env-wizard');
  });

  it('takes keys and tries them step by step, and never holds them afterwards', async () => {
    await enterKeys(paper);
    expect(await leaksOf(paper)).toEqual([]);
    await connectionWorks();
    expect(await leaksOf(paper)).toEqual([]);
  });

  it('switches to paper by one click, with a frame, words and the clock of the server', async () => {
    const { page } = screen;
    await click('wizard-switch');
    await expect.poll(environment, SLOW).toBe('paper');
    expect(await page.locator('html').getAttribute('data-env')).toBe('paper');
    await expect.poll(() => page.title()).toContain('모의투자');
    expect(await page.getByTestId('market-menu').count()).toBe(0);
    await expect.poll(() => text('clock-skew'), SLOW).toMatch(/KIS 서버 [+−]/);
    await expect.poll(() => text('clock-phase'), SLOW).toContain('정규장');
    await expect.poll(() => text('banner-notices'), SLOW).toContain('오프라인 KIS');
    await click('notices-ack');
    expect(await page.getByTestId('ticket-route-NXT').getAttribute('title')).toContain('모의투자는 KRX');
    expect(await text('order-submit')).toContain('모의');
  });

  it('watches quotes and the book of the broker', async () => {
    await expect.poll(() => text('quote-last'), SLOW).toMatch(/\d/);
    await screen.page.getByTestId('book-ask-1').waitFor(SLOW);
    await screen.page.keyboard.press('F3');
    await expect.poll(() => text('line-streams'), SLOW).toContain('실시간호가');
    expect(await text('line-registrations')).toMatch(/\d+ \/ 41/);
    await expect.poll(() => text('line-token'), SLOW).toContain('유효');
  });

  it('trades, and its encrypted notices become fills', async () => {
    await writeOrder('3');
    await click('order-submit');
    await click('tab-orders');
    await expect.poll(() => text('blotter-orders'), SLOW).toMatch(/체결/);
    await expect.poll(() => text('panel-positions'), SLOW).toMatch(/3/);
    await click('tab-line');
    const notices = screen.page.locator('[data-testid="line-streams"] tr', { hasText: '국내주식 실시간체결통보' });
    await expect.poll(async () => Number(await notices.locator('td').last().textContent()), SLOW).toBeGreaterThan(0);
  });

  it('takes a second connection, with a PIN for real orders, and opens the real one locked', async () => {
    const { page } = screen;
    real = await realStarts;
    await click('env-menu');
    await click('env-wizard');
    await enterKeys(real);
    await page.getByTestId('pin-new').fill(PIN, SLOW);
    await page.getByTestId('pin-again').fill(PIN);
    await click('pin-save');
    await connectionWorks();
    await click('wizard-switch');
    await expect.poll(environment, SLOW).toBe('real');
    expect(await text('lock-bar')).toContain('잠겨');
    expect(await text('ticket-locked')).toContain('REAL_LOCKED');
    expect(await page.getByTestId('order-submit').isDisabled()).toBe(true);
    expect(await text('blotter-orders')).not.toContain('체결');
    expect(await page.title()).toContain('실전투자');
    await paper.pause();
  });

  it('opens with the right PIN alone, and says how long to wait after a wrong one', async () => {
    const { page } = screen;
    await click('lock-open');
    expect(await dialogProblems()).toEqual([]);
    await page.getByTestId('arm-pin').fill('999999');
    await click('arm-send');
    await expect.poll(() => text('arm-error'), SLOW).toContain('PIN_WRONG');
    expect(await dialogProblems()).toEqual([]);
    await expect.poll(() => page.getByTestId('arm-send').isEnabled(), SLOW).toBe(true);
    await page.getByTestId('arm-pin').fill(PIN);
    await click('arm-send');
    await expect.poll(() => page.getByTestId('lock-bar').getAttribute('data-lock'), SLOW).toBe('armed');
    expect(await page.content()).not.toContain(PIN);
  });

  it('trades with real orders once open', async () => {
    await expect.poll(() => text('quote-last'), SLOW).toMatch(/\d/);
    await screen.page.getByTestId('book-ask-1').waitFor(SLOW);
    await writeOrder('1');
    expect(await text('order-submit')).toContain('실전');
    await click('order-submit');
    await click('tab-orders');
    await expect.poll(() => text('blotter-orders'), SLOW).toMatch(/체결/);
    await expect.poll(() => text('panel-positions'), SLOW).toMatch(/삼성전자1/);
  });

  it('finds what became of an order whose line was cut, and sends nothing twice', async () => {
    await writeOrder('2');
    // The inquiries that find the order come late, so that the time of not knowing is seen.
    await real.fault(
      { fault: 'cut', when: 'after', only: 'orders' },
      { fault: 'slow', ms: 1_500, only: 'others', times: 10 },
    );
    await click('order-submit');
    await screen.page.getByTestId('banner-unconfirmed').waitFor(SLOW);
    // The bar and the ticket hear of it by two ways, in either order.
    await expect.poll(() => text('order-sent'), SLOW).toContain('다시 주문하지 마세요');
    await expect.poll(() => screen.page.getByTestId('banner-unconfirmed').count(), SLOW).toBe(0);
    await click('tab-orders');
    await expect.poll(() => text('panel-positions'), SLOW).toMatch(/삼성전자3/);
    expect(await screen.page.locator('[data-testid^="order-row-"]').count()).toBe(2);
  });

  it('asks before it leaves an order that only Maru keeps, and goes out of a halt by two dialogs', async () => {
    const { page } = screen;
    const line = await coreClient(data.path);
    const [account] = await line.client.trading.accounts({});
    const last = Number((await text('quote-last')).replaceAll(',', ''));
    const { accountId = '', sessionDate = '' } = account ?? {};
    const { mandates } = await line.client.trading.placeMandate({
      requestId: 'kis-day-kept-1',
      legs: [
        {
          accountId,
          instrumentId: 'KRX:005930',
          side: 'sell',
          trigger: { kind: 'price', when: 'atOrBelow', price: Math.floor((last * 0.8) / 1_000) * 1_000 },
          type: 'market',
          price: null,
          quantity: 1,
          expires: sessionDate,
        },
      ],
    });
    expect(mandates).toHaveLength(1);
    await click('env-simulation');
    await page.getByTestId('switch-blocker').first().waitFor(SLOW);
    expect(await dialogProblems()).toEqual([]);
    await click('switch-stay');
    expect(await environment()).toBe('real');
    for (const { mandateId } of mandates) await line.client.trading.revokeMandate({ mandateId });
    line.close();
    await page.keyboard.press('Control+Shift+X');
    await page.getByTestId('resume-open').waitFor(SLOW);
    await act('open-adopt');
    expect(await dialogProblems()).toEqual([]);
    await page.keyboard.press('Escape');
    await act('open-resume');
    expect(await dialogProblems()).toEqual([]);
    await page.getByTestId('resume-phrase').fill('매매 재개');
    await click('resume-send');
    await expect.poll(() => page.getByTestId('resume-open').count(), SLOW).toBe(0);
  });

  it('locks by a key, and goes back to the simulation by one click with nothing left of the real one', async () => {
    const { page } = screen;
    await page.keyboard.press('Control+l');
    await expect.poll(() => page.getByTestId('lock-bar').getAttribute('data-lock'), SLOW).toBe('locked');
    await click('env-simulation');
    await expect.poll(environment, SLOW).toBe('simulation');
    await page.getByTestId('market-menu').waitFor(SLOW);
    await expect.poll(() => text('account-picker'), SLOW).toContain('연습 1호');
    expect(await text('blotter-orders')).not.toContain('체결');
  });

  it('left no secret in its files, and met no error in the page', () => {
    const files = readdirSync(data.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const secrets = [paper, real].flatMap(({ line }) => [line.appKey, line.appSecret]);
    const holding = files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => secrets.some((secret) => readFileSync(path).includes(secret)));
    expect(files.length).toBeGreaterThan(0);
    expect(holding).toEqual([]);
    expect(screen.problems).toEqual([]);
    expect(core.errors()).toBe('');
  });
});
