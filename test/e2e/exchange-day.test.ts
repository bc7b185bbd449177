/** The exchange on the screen: auction, types with their reasons, rules with their sources, rewinding, the day's own hours. */
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const EXTRACT = join(import.meta.dirname, '..', 'fixtures', 'krx-eod-extract.csv');
const SAMSUNG = 'KRX:005930';
const SLOW = { timeout: 60_000 };

describe('a replayed day as its rules have it', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;

  beforeAll(async () => {
    core = await startCore(data.path);
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  const text = async (testId: string): Promise<string> =>
    (await screen.page.getByTestId(testId).first().textContent()) ?? '';

  async function jump(target: string): Promise<void> {
    await screen.page.getByTestId('jump-menu').click(SLOW);
    await screen.page.getByTestId(`jump-${target}`).click();
    await screen.page.getByTestId('jump-menu').waitFor(SLOW);
  }

  it('opens with the issues of the watchlist that are recorded', async () => {
    const { page } = screen;
    await page.getByTestId('import-open').click();
    await page.getByTestId('import-file').setInputFiles(EXTRACT);
    await page.getByTestId('import-report').waitFor(SLOW);
    await page.getByTestId('import-to-replay').click();
    await page.getByTestId('replay-search').fill('005930');
    await page.getByTestId(`replay-pick-${SAMSUNG}`).click();
    await page.getByTestId('replay-day-2025-02-11').click();
    await page.getByTestId('replay-others-watch').click();
    await page.getByTestId('replay-start').click();
    await expect.poll(() => text('market-name'), SLOW).toContain('2025-02-11');
  });

  it('says by which rules it is played, and that there was no NXT yet', async () => {
    const { page } = screen;
    await page.getByTestId('day-rules').click();
    expect(await text('day-rules-list')).toMatch(/2025-02-11.*서킷브레이커는 걸지 않습니다/);
    await page.keyboard.press('Escape');
    expect(await text('session-NXT')).toContain('NXT가 없었습니다');
    expect(await page.getByTestId('ticket-route-NXT').isDisabled()).toBe(true);
  });

  it('collects orders in the closing auction, and counts down to its end', async () => {
    await jump('closeAuction');
    await expect.poll(() => text('clock-phase'), SLOW).toContain('종가 단일가');
    await expect.poll(() => text('book-auction'), SLOW).toMatch(/15:30:00 \+0~30초 무작위/);
  });

  it('keeps the types it does not take now in sight, with the reason', async () => {
    const { page } = screen;
    await page.getByTestId('ticket-type').click();
    expect(await page.getByTestId('ticket-type-bestOpposite').isDisabled()).toBe(true);
    expect(await text('ticket-type-bestOpposite')).toContain('종가 단일가에서는 받지 않습니다');
    expect(await page.getByTestId('ticket-type-market').isEnabled()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('shows the rules in force by a key, with how sure they are', async () => {
    const { page } = screen;
    await page.keyboard.press('F2');
    await page.getByTestId('rule-limit.upper').waitFor(SLOW);
    expect(await text('rule-limit.upper')).toMatch(/55,600원 × 30%.*72,200원.*확인됨/);
    await page.getByTestId('rules-filter-unsure').click();
    await expect.poll(() => page.getByTestId('rule-limit.upper').count()).toBe(0);
  });

  it('goes back within the day and shows the market of then', async () => {
    const { page } = screen;
    await page.getByTestId('rewind-open').click();
    await page.getByTestId('rewind-back-30').click();
    const at = await text('rewind-time');
    expect(at).toMatch(/^14:5/);
    await page.getByTestId('rewind-send').click();
    await expect.poll(() => text('clock-time'), SLOW).toBe(at);
    await expect.poll(() => text('clock-phase'), SLOW).toContain('정규장');
    await page.getByTestId('quote-last').waitFor(SLOW);
    await page.getByTestId('book-bid-1').waitFor(SLOW);
  });

  it('ends the day, where nothing is taken any more', async () => {
    const { page } = screen;
    await page.getByTestId('jump-menu').click(SLOW);
    expect(await page.getByTestId('jump-afterMarket').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await jump('dayEnd');
    await expect.poll(() => text('clock-phase'), SLOW).toContain('장 마감');
    await expect.poll(() => text('quote-close'), SLOW).toContain('55,700');
    expect(await text('ticket-kind-note')).toContain('주문을 받지 않는 시간');
  });

  it('met no error in the page', () => {
    expect(screen.problems).toEqual([]);
    expect(core.errors()).toBe('');
  });
});
