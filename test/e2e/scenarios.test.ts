/** Scenarios as a user works with them: found, copied, changed in three views that are one, kept through a crash, saved, run, compared, played. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { ScenarioId } from '#shared/domain/index.ts';
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

/** A short day with comments; they must outlive every change. */
const TEXT = `# 내 하루
schemaVersion: 1
name: 짧은 하루 # 이름
tags: [연습]
market:
  kind: synthetic
  date: '2026-08-05'
  issues: ['005930', '000660']
until: '09:20'
accounts:
  - { id: main, cashKrw: 10000000, holdings: [{ issue: '005930', quantity: 10 }] } # 계좌
events:
  - { kind: drift, at: '09:05', target: all, pct: -3, minutes: 10 } # 급락
plays:
  - { play: P1, severity: M }
criteria:
  - { name: 낙폭, measure: maxDrawdownPct, is: atMost, value: 15 }
`;
const SLOW = { timeout: 30_000 };
/** A run is heavy work for a small machine. */
const RUN = { timeout: 110_000 };

/** What axe finds wrong within the panel. */
async function wrong(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (where: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run('[data-testid="panel-scenarios"]');
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

describe('scenarios', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  const at = (testId: string): Locator => page.getByTestId(testId);
  const yaml = (): Promise<string> => at('scen-yaml').inputValue();
  const waitYaml = (wanted: string | RegExp): Promise<void> => expect.poll(yaml, SLOW).toMatch(wanted);
  const waitKept = (state: string): Promise<void> =>
    expect.poll(() => at('scen-kept').getAttribute('data-state'), SLOW).toBe(state);

  async function show(): Promise<void> {
    await page.locator('[data-ready="true"]').waitFor(SLOW);
    await page.keyboard.press('Control+k');
    await at('palette-show-scenarios').click();
    await at('scenarios').waitFor();
    await at('maximise-scenarios').first().click();
    await at('scen-item-lib:calm-day').waitFor(SLOW);
  }
  async function mine(): Promise<ScenarioId> {
    const own = await at('scen-list')
      .locator('[data-testid^="scen-item-my:"][aria-current="true"]')
      .getAttribute('data-testid');
    return (own ?? '').replace('scen-item-', '');
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    await line.client.simulation.pause({});
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    page = screen.page;
    await show();
  });

  afterAll(async () => {
    line?.close();
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  it('are found by name and tag; what came along is copied to be changed', async () => {
    await at('scen-nothing').waitFor();
    expect(await wrong(page)).toEqual([]);
    await at('scen-search').fill('이란');
    expect(await page.locator('.sc-item').count()).toBe(1);
    await at('scen-search').fill('없는 말');
    await at('scen-none').waitFor();
    await at('scen-search').fill('');
    await at('scen-tag').selectOption('장애');
    await at('scen-item-lib:frozen-feed').waitFor();
    expect(await at('scen-item-lib:2026-03-04-iran-war').count()).toBe(0);
    await at('scen-tag').selectOption('');
    await at('scen-item-lib:2026-03-04-iran-war').click();
    await waitYaml('2026년 3월 3일과 4일');
    expect(await at('scen-yaml').getAttribute('readonly')).not.toBeNull();
    expect(await at('scen-add').isDisabled()).toBe(true);
    expect(await wrong(page)).toEqual([]);
    await at('scen-shipped-copy').click();
    await waitYaml('복사본');
    expect(await yaml()).toContain('# 지난 날을 공표된 점으로');
    expect(await at('scen-yaml').getAttribute('readonly')).toBeNull();
  });

  it('come in from a file and go out as one', async () => {
    await at('scen-import').setInputFiles({
      name: 'day.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from(TEXT),
    });
    await waitYaml(TEXT);
    await at('scen-more').click();
    const [file] = await Promise.all([page.waitForEvent('download'), at('scen-export').click()]);
    expect(file.suggestedFilename()).toBe('짧은 하루.yaml');
    expect(readFileSync(await file.path(), 'utf8')).toBe(TEXT);
  });

  it('are changed by mouse, by keys, in the form and as text, and all views follow', async () => {
    const bar = at('scen-bar-e0');
    await bar.waitFor();
    const box = (await bar.locator('.body').boundingBox())!;
    const lane = (await page.locator('.sc-track.market .lane').boundingBox())!;
    // The hours of the day are spread over the lane.
    const minute = lane.width / (6 * 60 + 50);
    await page.mouse.move(box.x + 4, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + 4 + minute * 5, box.y + 8, { steps: 6 });
    await page.mouse.up();
    await waitYaml("at: '09:10'");
    const grip = (await at('scen-grip-e0').boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, grip.y + 8);
    await page.mouse.down();
    await page.mouse.move(grip.x + grip.width / 2 + minute * 4, grip.y + 8, { steps: 6 });
    await page.mouse.up();
    await waitYaml('minutes: 14');
    await bar.focus();
    await page.keyboard.press('ArrowLeft');
    await waitYaml("at: '09:09'");
    await page.keyboard.press('Shift+ArrowRight');
    await waitYaml('minutes: 15');
    // At its beginning: it ends as before, and one stroke is one step to undo.
    const start = (await at('scen-grip-start-e0').boundingBox())!;
    await page.mouse.move(start.x + start.width / 2, start.y + 8);
    await page.mouse.down();
    await page.mouse.move(start.x + start.width / 2 + minute * 3, start.y + 8, { steps: 6 });
    await page.mouse.up();
    await waitYaml(/at: '09:12', .*minutes: 12/);
    await page.keyboard.press('Control+z');
    await waitYaml(/at: '09:09', .*minutes: 15/);
    await bar.focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await waitYaml(/at: '09:08', .*minutes: 16/);
    await expect.poll(() => bar.getAttribute('aria-label')).toContain('09:08–09:24');
    await page.keyboard.press('Alt+ArrowRight');
    await waitYaml(/at: '09:09', .*minutes: 15/);
    expect(await at('scen-field-at').inputValue()).toBe('09:09');
    await at('scen-field-pct').fill('-4.5');
    await waitYaml('pct: -4.5');
    // What does not fit says its bounds and changes nothing.
    await at('scen-field-pct').fill('-500');
    await page.getByText('-99 ~ 500 % 사이로 적으세요.').or(page.getByText('−99 ~ 500 % 사이로 적으세요.')).waitFor();
    expect(await yaml()).toContain('pct: -4.5');
    await at('scen-field-at').focus();
    await at('scen-yaml').fill((await yaml()).replace('pct: -4.5', 'pct: -6'));
    await expect.poll(() => at('scen-field-pct').inputValue()).toBe('-6');
    await expect.poll(() => bar.getAttribute('aria-label')).toContain('−6 %');
    for (const comment of ['# 내 하루', '# 이름', '# 계좌', '# 급락']) expect(await yaml()).toContain(comment);
  });

  it('take steps back and forth, over all views', async () => {
    const before = await yaml();
    await at('scen-bar-e0').focus();
    await page.keyboard.press('Control+z');
    await waitYaml('pct: -4.5');
    await page.keyboard.press('Control+Shift+Z');
    await waitYaml('pct: -6');
    expect(await yaml()).toBe(before);
  });

  it('are given events, plays and criteria from menus, by keys alone', async () => {
    await at('scen-add').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');
    await at('scen-add-halt').focus();
    await page.keyboard.press('Enter');
    await waitYaml('kind: halt');
    await at('scen-bar-e1').focus();
    await page.keyboard.press('Delete');
    await expect.poll(yaml).not.toContain('kind: halt');
    await at('scen-part-plays').click();
    await at('scen-add-plays').click();
    await at('scen-add-P5').click();
    await waitYaml('play: P5');
    await at('scen-play-mode').selectOption('confirm');
    await at('scen-play-confirmSeconds').fill('30');
    await waitYaml(/play: P5, mode: confirm, confirmSeconds: 30/);
    await at('scen-part-criteria').click();
    await at('scen-add-criteria').click();
    await at('scen-add-booksDiffer').click();
    await waitYaml('measure: booksDiffer');
    for (const part of ['about', 'market', 'accounts', 'actors', 'events', 'detectors', 'labels']) {
      await at(`scen-part-${part}`).click();
      expect(await wrong(page), part).toEqual([]);
    }
  });

  it('say what has to be mended with its line, and lead to it', async () => {
    const good = await yaml();
    await at('scen-yaml').fill(good.replace('pct: -6', 'pct: 9000'));
    await expect.poll(() => at('scen-verdict').textContent()).toContain('고칠 곳 1개');
    const lineNo = good.slice(0, good.indexOf('pct: -6')).split('\n').length;
    expect(await at('scen-problem-0').textContent()).toContain(`${lineNo}줄`);
    await at('scen-stale').waitFor();
    expect(await at('scen-add').isDisabled()).toBe(true);
    expect(await at('scen-run').isDisabled()).toBe(true);
    expect(await wrong(page)).toEqual([]);
    await at('scen-problem-0').click();
    const selected = await at('scen-yaml').evaluate((box) => {
      const area = box as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
    expect(selected).toContain('pct: 9000');
    await at('scen-yaml').fill(good.replace("at: '09:09'", "at: '21:00'"));
    await expect.poll(() => at('scen-problem-0').textContent()).toContain('거래하는 시간');
    await at('scen-yaml').fill(good);
    await expect.poll(() => at('scen-verdict').textContent()).toContain('고칠 곳이 없습니다');
  });

  it('stand what is no scenario: nothing is lost, and the screen does not wait', async () => {
    const good = await yaml();
    const paste = async (text: string): Promise<void> => {
      await page.evaluate((put) => navigator.clipboard.writeText(put), text);
      await at('scen-yaml').focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+v');
    };
    await screen.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    // 5 MB: not taken, and said so.
    await paste('가나다 abc: 1\n'.repeat(450_000));
    await page.getByText('붙인 글이 너무 깁니다.').first().waitFor(SLOW);
    expect(await yaml()).toBe(good);
    // Ten thousand events: read beside the page.
    const events = Array.from({ length: 10_000 }, () => "  - { kind: expireToken, at: '10:00' }\n").join('');
    await paste(`${good.slice(0, good.indexOf('events:'))}events:\n${events}`);
    await expect.poll(() => at('scen-problem-0').textContent(), RUN).toContain('500개까지');
    await paste(good);
    await expect.poll(() => at('scen-verdict').textContent(), SLOW).toContain('고칠 곳이 없습니다');
    expect(await yaml()).toBe(good);
    // A file that is no text is not taken in.
    await at('scen-import').setInputFiles({
      name: '그림.yaml',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x01]),
    });
    await page.getByText('글 파일이 아닙니다.').first().waitFor(SLOW);
    expect(await yaml()).toBe(good);
  });

  it('are saved as versions with a note, compared in words, and brought back', async () => {
    await page.keyboard.press('Control+s');
    await at('scen-note').fill('처음');
    await at('scen-save-go').click();
    await waitKept('clean');
    await at('scen-yaml').fill((await yaml()).replace('cashKrw: 10000000', 'cashKrw: 20000000'));
    await waitKept('kept');
    await at('scen-save').click();
    await at('scen-save-go').click();
    await waitKept('clean');
    await at('scen-view-versions').click();
    await at('scen-version-1').click();
    await expect.poll(() => at('scen-differences').textContent(), SLOW).toMatch(/현금: 10,000,000원 → 20,000,000원/);
    expect(await wrong(page)).toEqual([]);
    await at('scen-restore').click();
    await waitYaml('cashKrw: 10000000');
    await page.keyboard.press('Control+z');
  });

  it('outlive a crash: what was not saved is offered again', async () => {
    await at('scen-yaml').fill((await yaml()).replace('pct: -6', 'pct: -7'));
    await waitKept('kept');
    const id = await mine();
    const unsaved = await yaml();
    line.close();
    await page.close();
    await core.stop('SIGKILL');
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.simulation.pause({});
    screen = await openScreen(browser, core.url);
    page = screen.page;
    await show();
    await at(`scen-item-${id}`).click();
    await at('scen-offer').waitFor(SLOW);
    expect(await yaml()).toBe(unsaved);
    await at('scen-offer-drop').click();
    await waitYaml('pct: -6');
    await page.keyboard.press('Control+z');
    await waitYaml('pct: -7');
  });

  it('ask what to do when another window has saved', async () => {
    const id = await mine();
    await waitKept('kept');
    const theirs = await line.client.scenarios.read({ id });
    await line.client.scenarios.save({
      id,
      version: theirs.version,
      text: theirs.text.replace('name: 짧은 하루', 'name: 남의 하루'),
      note: '',
    });
    await at('scen-conflict').waitFor(SLOW);
    expect(await yaml()).toContain('pct: -7');
    await at('scen-rebase').click();
    await expect.poll(() => at('scen-conflict').count()).toBe(0);
    await at('scen-save').click();
    await at('scen-save-go').click();
    await waitKept('clean');
    const now = await line.client.scenarios.read({ id });
    expect([now.version, now.text.includes('pct: -7'), now.draft]).toEqual([theirs.version + 2, true, null]);
  });

  it('are run with a seed, judged with evidence, and compared', async () => {
    await at('scen-view-run').click();
    await at('scen-no-jobs').waitFor();
    expect(await wrong(page)).toEqual([]);
    await at('scen-seed').fill('7');
    await at('scen-seeds').fill('2');
    await at('scen-run-go').click();
    await at('scen-progress').first().waitFor(SLOW);
    await expect.poll(() => page.locator('.sc-job').first().getAttribute('data-state'), RUN).toBe('done');
    expect(await wrong(page)).toEqual([]);
    await at('scen-job-result').first().click();
    await at('scen-result').waitFor(SLOW);
    await at('scen-spread').waitFor();
    expect(await at('scen-criteria').textContent()).toContain('낙폭');
    expect(await at('scen-account-main').textContent()).toContain('대응이 없었다면');
    expect(await wrong(page)).toEqual([]);
    const id = await mine();
    const rows = await line.client.scenarios.runs({ id });
    expect(rows.map(({ seed }) => seed).sort()).toEqual([7, 8]);
    for (const { runId } of rows) await at(`scen-compare-${runId}`).check();
    await at('scen-comparison').waitFor(SLOW);
    await expect.poll(() => at('scen-comparison').textContent(), SLOW).toContain('낙폭');
    expect(await wrong(page)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent('download'), at('scen-report').click()]);
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    expect(readFileSync(await file.path(), 'utf8')).toContain('짧은 하루');
  });

  it('are given up in the middle', async () => {
    await at('scen-view-run').click();
    await at('scen-seeds').fill('1');
    await at('scen-pace-1').click();
    await at('scen-run-go').click();
    const job = page.locator('.sc-job').first();
    await expect.poll(() => job.getAttribute('data-state'), SLOW).toBe('running');
    await at('scen-job-cancel').first().click();
    await expect.poll(() => job.getAttribute('data-state'), SLOW).toBe('canceled');
  });

  it('are put away, and met no trouble on the way', async () => {
    const id = await mine();
    await at('scen-more').click();
    await at('scen-remove').click();
    await at('scen-remove-go').click();
    await expect.poll(() => at(`scen-item-${id}`).count(), SLOW).toBe(0);
    await at('scen-nothing').waitFor();
    expect(screen.problems).toEqual([]);
  });
});
