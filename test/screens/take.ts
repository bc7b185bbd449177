/** Takes the pictures into out/screens: by theme and size, one of every factory workspace, panel and dialog. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { FACTORY_WORKSPACES } from '#shared/domain/index.ts';
import { coreClient } from '../support/core-client.ts';
import { openBrowser, openScreen, startCore, temporaryDataDir } from '../support/workstation.ts';
import { playDay } from './day.ts';

const OUT = join(import.meta.dirname, '..', '..', 'out', 'screens');
const THEMES = ['dark', 'light'] as const;
const SIZES = [
  { width: 1_280, height: 720 },
  { width: 1_920, height: 1_080 },
  { width: 2_560, height: 1_440 },
] as const;
const DIALOGS = ['palette', 'shortcuts', 'settings', 'connections', 'replay', 'import'] as const;
/** A panel has drawn what it was told by then. */
const SETTLE_MS = 450;

/** Runs an action by its name, as the palette does. */
async function act(page: Page, id: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId(`palette-${id}`).click();
}

/** Every panel that the palette offers. */
async function panelsOf(page: Page): Promise<readonly string[]> {
  await page.keyboard.press('Control+k');
  const ids = await page
    .locator('[data-testid^="palette-show-"]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-testid')?.replace('palette-show-', '') ?? ''));
  await page.keyboard.press('Escape');
  return ids;
}

/** Takes all pictures of one theme at one size; returns how many. */
async function takeAll(page: Page, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  const shoot = async (name: string): Promise<void> => {
    await page.waitForTimeout(SETTLE_MS);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    count += 1;
  };
  for (const id of FACTORY_WORKSPACES) {
    await page.getByTestId(`workspace-${id}`).click();
    await page.waitForTimeout(SETTLE_MS);
    await shoot(`workspace-${id}`);
  }
  await page.getByTestId('workspace-day').click();
  for (const id of await panelsOf(page)) {
    await act(page, `show-${id}`);
    const maximise = page.getByTestId(`maximise-${id}`).first();
    await maximise.click();
    await shoot(`panel-${id}`);
    await maximise.click();
  }
  for (const id of DIALOGS) {
    if (id === 'palette') {
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('ㅅㅅ');
    } else await act(page, `open-${id}`);
    await shoot(`dialog-${id}`);
    await page.keyboard.press('Escape');
  }
  // What the panels have added to the day's workspace is taken back.
  await act(page, 'workspace-put-back');
  return count;
}

const data = temporaryDataDir();
rmSync(OUT, { recursive: true, force: true });
const core = await startCore(data.path);
const browser = await openBrowser();
let count = 0;
try {
  const connection = await coreClient(data.path);
  await playDay(connection.client);
  await connection.client.system.setPreferences({ tourDone: true });
  const { page, problems } = await openScreen(browser, core.url);
  await page.locator('[data-ready="true"]').waitFor();
  for (const theme of THEMES) {
    await page.keyboard.press('Control+,');
    await page.getByTestId(`settings-theme-${theme}`).click();
    await page.keyboard.press('Escape');
    for (const size of SIZES) {
      await page.setViewportSize(size);
      count += await takeAll(page, join(OUT, theme, `${size.width}x${size.height}`));
    }
  }
  connection.close();
  if (problems.length > 0) throw new Error(`The screen met problems:\n${problems.join('\n')}`);
} finally {
  await browser.close();
  await core.stop();
  data.remove();
}
process.stdout.write(`${count} pictures in ${OUT}\n`);
