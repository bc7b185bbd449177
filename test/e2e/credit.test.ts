/** Credit and statements before the offline KIS: bought on a loan and repaid in the ticket, then the profit of the period and the money by currency. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

describe('credit and statements', () => {
  const data = temporaryDataDir();
  let kis: EmulatorProcess;
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    [kis, core, browser] = await Promise.all([
      startEmulator(['--env', 'real', '--at', '09:01']),
      startCore(data.path, ['--keys', 'memory']),
      openBrowser(),
    ]);
    const { client, close } = await coreClient(data.path);
    const { rest: restUrl, ws: wsUrl, env: kind, appKey, appSecret, account, htsId } = kis.line;
    const keys = { appKey, appSecret, account, htsId, issuedOn: null };
    await client.kis.save({ label: '', kind, endpoint: 'emulator', restUrl, wsUrl, ...keys });
    await client.environment.setPin({ pin: PIN });
    await client.environment.switchTo({ environment: 'real' });
    await client.environment.arm({ pin: PIN });
    await vi.waitFor(async () => expect((await client.trading.accounts({})).length).toBeGreaterThan(0), SLOW);
    close();
    screen = await openScreen(browser, core.url);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await kis?.stop();
    data.remove();
  });

  const text = async (testId: string): Promise<string> => {
    const found = screen.page.getByTestId(testId).first();
    return (await found.count()) === 0 ? '' : ((await found.textContent()) ?? '');
  };
  const click = (testId: string): Promise<void> => screen.page.getByTestId(testId).first().click(SLOW);

  it('begins in cash, buys on a loan when told to, and says what it may cost', async () => {
    const { page } = screen;
    await page.getByTestId('book-ask-1').waitFor(SLOW);
    await click('ticket-side-buy');
    expect(await page.getByTestId('ticket-credit-cash').getAttribute('aria-checked')).toBe('true');
    await expect.poll(() => page.getByTestId('ticket-credit-credit').isEnabled(), SLOW).toBe(true);
    await click('ticket-credit-credit');
    expect(await text('credit-risk')).toContain('반대매매');
    await click('ticket-price-ask');
    await page.getByTestId('ticket-quantity').fill('3');
    await page.getByTestId('guard-ok').waitFor(SLOW);
    expect(await text('order-submit')).toContain('신용');
    expect(await axeProblems(page, '[data-testid="order-ticket"]')).toEqual([]);
    await click('order-submit');
    await click('tab-orders');
    await expect.poll(() => text('blotter-orders'), SLOW).toMatch(/신용 지정가/);
    await expect.poll(() => text('panel-positions'), SLOW).toMatch(/삼성전자3/);
  });

  it('repays the loan that the user names', async () => {
    const { page } = screen;
    await click('ticket-side-sell');
    expect(await page.getByTestId('ticket-credit-cash').getAttribute('aria-checked')).toBe('true');
    await click('ticket-credit-credit');
    await page.getByTestId('credit-loan').waitFor(SLOW);
    await page.getByTestId('credit-loan').selectOption({ index: 1 });
    await click('ticket-price-bid');
    await page.getByTestId('ticket-quantity').fill('4');
    await expect.poll(() => text('order-ticket'), SLOW).toContain('GUARD_CREDIT_LOT');
    await page.getByTestId('ticket-quantity').fill('2');
    await page.getByTestId('guard-ok').waitFor(SLOW);
    await click('order-submit');
    await expect.poll(() => text('panel-positions'), SLOW).toMatch(/삼성전자1/);
  });

  it('tells the profit of the period and the money by currency, only when asked', async () => {
    const { page } = screen;
    await click('workspace-menu');
    await page.getByTestId('add-profit').click();
    expect(await text('profit-not-asked')).toContain('증권사에 3번');
    await click('profit-ask');
    await page.getByTestId('profit-sums').waitFor(SLOW);
    expect(await text('profit-source')).toContain('조회 3번');
    await click('profit-tab-issues');
    await expect.poll(() => text('blotter-profit-issues'), SLOW).toContain('자기융자');
    expect(await axeProblems(page, '[data-testid="profit"]')).toEqual([]);
    await click('profit-tab-funds');
    await click('profit-ask');
    await page.getByTestId('funds').waitFor(SLOW);
    await expect.poll(() => text('blotter-funds'), SLOW).toContain('USD');
    expect(await axeProblems(page, '[data-testid="funds"]')).toEqual([]);
    expect(screen.problems).toEqual([]);
  });
});
