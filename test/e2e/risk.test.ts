/** Portfolio risk as a user sees it: nothing held, then a purchase, its losses and every scenario; and figures of a detector tried. */
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreClient } from '../support/core-client.ts';
import { PLAIN } from '../support/plain-order.ts';
import { openBrowser, openScreen, startCore, temporaryDataDir, type CoreProcess } from '../support/workstation.ts';

const SLOW = { timeout: 60_000 };
const SAMSUNG = 'KRX:005930';
const data = temporaryDataDir();
let core: CoreProcess;
let browser: Browser;
let page: Page;

const text = async (testId: string): Promise<string> => (await page.getByTestId(testId).first().textContent()) ?? '';

async function show(view: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId(`palette-show-${view}`).click();
}

/** What axe finds wrong in a part of the page. */
async function wrong(selector: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (where) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (part: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run(where);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, selector);
}

beforeAll(async () => {
  core = await startCore(data.path);
  browser = await openBrowser();
  const line = await coreClient(data.path);
  await line.client.system.setPreferences({ tourDone: true });
  line.close();
  const screen = await openScreen(browser, core.url, { width: 1_920, height: 1_080 });
  ({ page } = screen);
  await page.locator('[data-ready="true"]').waitFor(SLOW);
});

afterAll(async () => {
  await browser?.close();
  await core?.stop();
  data.remove();
});

describe('portfolio risk', () => {
  it('says that nothing is held, and computes as soon as something is', async () => {
    await show('risk');
    await page.getByTestId('risk-empty').waitFor(SLOW);
    const line = await coreClient(data.path);
    const [account] = await line.client.trading.accounts({});
    const base = {
      ...PLAIN,
      accountId: account?.accountId ?? '',
      side: 'buy',
      timeInForce: 'day',
      allowDuplicate: true,
      type: 'market',
      price: null,
    } as const;
    await line.client.trading.submit({ ...base, instrumentId: SAMSUNG, requestId: 'risk-day-1', quantity: 100 });
    await line.client.trading.submit({ ...base, instrumentId: 'KRX:000660', requestId: 'risk-day-2', quantity: 20 });
    await page.getByTestId('risk-historical-99').waitFor(SLOW);
    await expect.poll(() => page.locator('[data-testid="risk-holdings"] tbody tr').count(), SLOW).toBe(2);
    // What the screen shows is what the core says.
    await line.client.simulation.pause({});
    await page.getByTestId('risk-again').click();
    await expect.poll(() => page.getByTestId('risk-again').isEnabled(), SLOW).toBe(true);
    const report = await line.client.threats.portfolio({ accountId: account?.accountId ?? '' });
    const var99 = report.losses.find(
      ({ method, level, horizon }) => method === 'historical' && level === 0.99 && horizon === 1,
    );
    expect(var99?.figure.known).toBe(true);
    const shown = (await text('risk-historical-99')).replaceAll(',', '');
    expect(shown).toContain(String(var99?.figure.known === true && Math.round(var99.figure.value.varKrw)));
    const [worst] = report.scenarios;
    const first = page.locator('[data-testid="risk-scenarios"] tbody tr').first();
    expect(await first.getAttribute('data-testid')).toBe(`risk-scenario-${worst?.scenarioId ?? ''}`);
    line.close();
    expect(await wrong('[data-testid="panel-risk"]')).toEqual([]);
  }, 120_000);

  it('opens the scenario that its name stands for', async () => {
    await page.getByTestId('risk-open-lib:2026-03-04-iran-war').click();
    await expect.poll(() => page.getByTestId('panel-scenarios').textContent(), SLOW).toContain('이란 전쟁');
  });
});

describe('trying figures of a detector', () => {
  it('runs over scenarios with progress, is stopped, and sets what was tried', async () => {
    await show('threats');
    await page.getByTestId('threat-tab-detectors').click();
    await page.getByTestId('detector-M03').click();
    await page.getByTestId('detector-tuning').waitFor(SLOW);
    await page.getByTestId('tune-figure-warnPct').fill('4');
    expect(await page.getByTestId('tune-run').isDisabled()).toBe(true);
    await page.getByTestId('tune-figure-warnPct').fill('9');
    await page.getByTestId('tune-run').click();
    await expect.poll(() => text('tune-state'), SLOW).toContain('시험하는 중');
    await page.getByTestId('tune-cancel').click();
    await expect.poll(() => text('tune-state'), SLOW).toContain('멈춤');
    expect(await wrong('[data-testid="detector-tuning"]')).toEqual([]);
    await page.getByTestId('tune-set').click();
    const line = await coreClient(data.path);
    await expect
      .poll(async () => {
        const rows = await line.client.threats.detectors({});
        return rows.find(({ id }) => id === 'M03')?.params.find(({ id }) => id === 'warnPct')?.value;
      }, SLOW)
      .toBe(9);
    line.close();
  }, 120_000);
});
