/** The bad day rehearsed as a new user would, without a network: a shipped day with one's own holdings and a frozen feed, run, answered by plays, run again, compared, and played on the screen with the same plays on guard. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const SLOW = { timeout: 30_000 };
/** A run is heavy work for a small machine. */
const RUN = { timeout: 170_000 };
/** The first of the two days falls 5 % soon after half past twelve; what comes later would only take time. */
const UNTIL = '12:45';

describe('the bad day, rehearsed', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  const at = (testId: string): Locator => page.getByTestId(testId).first();
  const words = async (testId: string): Promise<string> => (await at(testId).textContent()) ?? '';
  const yaml = (): Promise<string> => at('scen-yaml').inputValue();
  const waitYaml = (wanted: string | RegExp): Promise<void> => expect.poll(yaml, SLOW).toMatch(wanted);

  /** Runs what stands in the editor, and shows what came of it. */
  async function run(): Promise<void> {
    await at('scen-view-run').click();
    const jobs = page.locator('.sc-job');
    const before = await jobs.count();
    await at('scen-run-go').click();
    await expect.poll(() => jobs.count(), SLOW).toBe(before + 1);
    await expect.poll(() => jobs.first().getAttribute('data-state'), RUN).toBe('done');
    await at('scen-job-result').click();
    await at('scen-result').waitFor(SLOW);
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    const [account] = await line.client.trading.accounts({});
    const ack = await line.client.trading.submit({
      requestId: 'rehearsal-holding',
      accountId: account?.accountId ?? '',
      instrumentId: 'KRX:000660',
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      quantity: 15,
      price: null,
    });
    expect(ack.reason).toBeNull();
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    page = screen.page;
    await page.locator('[data-ready="true"]').waitFor(SLOW);
  });

  afterAll(async () => {
    line?.close();
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('begins with the day that happened, one’s own holdings, and a feed that freezes', async () => {
    await page.keyboard.press('Control+k');
    await at('palette-show-scenarios').click();
    await at('scenarios').waitFor();
    await at('maximise-scenarios').click();
    await at('scen-search').fill('2026년 3월');
    await at('scen-item-lib:2026-03-04-iran-war').click();
    await at('scen-shipped-copy').click();
    await waitYaml('복사본');
    await at('scen-part-accounts').click();
    await expect.poll(() => words('scen-own-holdings'), SLOW).toContain('(1)');
    await at('scen-own-holdings').click();
    await waitYaml(/issue: '?000660'?[,\s]+quantity: 15[,\s]+averagePrice: \d+/);
    await at('scen-add').click();
    await at('scen-add-freezeFeed').click();
    await waitYaml('kind: freezeFeed');
    await at('scen-field-at').fill('12:30');
    await waitYaml(/kind: freezeFeed[\s\S]*?at: '12:30/);
    // Nothing answers yet; and the second day, and what follows the fall of the first, would only take time.
    const short = (await yaml())
      .replace(/plays:\n(?: {2}- .*\n)+/, '')
      .replaceAll(/^ {2}- \{[^\n]*day: 2[^\n]*\n/gm, '')
      .replace(/(days:\n {4}- KOSPI:[\s\S]*?\n) {4}- KOSPI:[\s\S]*?\naccounts:/, `$1until: '${UNTIL}'\naccounts:`);
    expect(short.match(/- KOSPI:/g)).toHaveLength(1);
    await at('scen-yaml').fill(short);
    await expect.poll(() => words('scen-verdict')).toContain('고칠 곳이 없습니다');
  });

  it('is run and read: what was seen, judged with its evidence', async () => {
    await run();
    expect(await words('scen-criteria')).toContain('낙폭');
    expect(await words('scen-result')).toMatch(/O06/);
    expect(await words('scen-result')).toMatch(/M05/);
  });

  it('is run again with two plays armed, and both runs stand side by side', async () => {
    await at('scen-view-edit').click();
    await at('scen-part-plays').click();
    for (const play of ['P5', 'P8']) {
      await at('scen-add-plays').click();
      await at(`scen-add-${play}`).click();
      await waitYaml(`play: ${play}`);
    }
    await run();
    const boxes = page.locator('[data-testid^="scen-compare-"][type="checkbox"]');
    await expect.poll(() => boxes.count(), SLOW).toBe(2);
    for (const box of await boxes.all()) await box.check();
    await at('scen-comparison').waitFor(SLOW);
    // The newer run answered, the older did not.
    await expect.poll(() => words('scen-comparison'), SLOW).toMatch(/실행한 대응[1-9]\d*0$/);
  });

  it('is laid out for paper', async () => {
    await page.evaluate(() => {
      window.print = () => void (document.documentElement.dataset.printed = document.title);
    });
    await at('scen-pdf').click();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.printed), SLOW).toContain('실행-비교');
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => {
      const paper = document.getElementById('paper');
      const text = paper?.shadowRoot?.textContent ?? '';
      return {
        height: paper?.getBoundingClientRect().height ?? 0,
        says: text.includes('낙폭'),
        program: document.querySelector('[data-testid="scenarios"]')?.getBoundingClientRect().height,
      };
    });
    await page.emulateMedia({ media: 'screen' });
    expect(shown).toMatchObject({ says: true, program: 0 });
    expect(shown.height).toBeGreaterThan(500);
  });

  it('plays on the screen with the same plays on guard, and they act', async () => {
    await at('scen-play').click();
    await at('scen-play-arm').waitFor(SLOW);
    expect(await at('scen-play-arm').isChecked()).toBe(true);
    await at('scen-play-go').click();
    await expect.poll(() => page.getByTestId('scen-play-dialog').count(), SLOW).toBe(0);
    await line.client.simulation.setSpeed({ speed: 1_500 });
    await line.client.simulation.resume({}).catch(() => undefined);
    // It is the practice market now, under the name of the scenario.
    const story = (): Promise<string | undefined> =>
      new Promise((resolve) => {
        const close = line.client.simulation.status(
          {},
          {
            batch: (items) => {
              const plan = items.at(-1)?.plan;
              resolve(plan?.mode === 'synthetic' ? plan.story?.title : undefined);
              close();
            },
          },
        );
      });
    await expect.poll(story, RUN).toContain('복사본');
    await page.keyboard.press('F9');
    await at('threat-centre').waitFor(SLOW);
    await page.locator('[data-testid="play-P5"][data-state="running"]').first().waitFor(RUN);
    await line.client.simulation.pause({});
    await expect.poll(() => at('risk-badge').getAttribute('data-level'), SLOW).toMatch(/mid|high|crit/);
    expect(await at('threat-trading').getAttribute('data-state')).toBe('reducing');
    expect(screen.problems).toEqual([]);
  });
});
