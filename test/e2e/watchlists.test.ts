/** Watchlists as a user keeps them: lists, folders, search, order by hand, files, and the way back from a mistake. */
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const [SAMSUNG, HYNIX, KIA, HYUNDAI] = ['KRX:005930', 'KRX:000660', 'KRX:000270', 'KRX:005380'] as const;
/** 종목코드,종목명 / 660, / 005930,삼성전자 / ,똠방 / 5930,again in CP949; 똠 stands in CP949 alone. */
const CP949 = Buffer.concat([
  Buffer.from('c1beb8f1c4dab5e52cc1beb8f1b8ed0d0a', 'hex'),
  Buffer.from('660,\r\n005930,\r\n,'),
  Buffer.from('8c63b9e6', 'hex'),
  Buffer.from('\r\n5930,again\r\n'),
]);

describe('watchlists', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;

  beforeAll(async () => {
    core = await startCore(data.path);
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
  });
  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  const by = (testId: string): Locator => page.getByTestId(testId);
  /** Rows from top to bottom: ids of issues, folders by number. */
  const order = async (): Promise<readonly string[]> => {
    const rows = await by('watchlist-grid')
      .locator('.ag-row[row-id]')
      .evaluateAll((all) =>
        all
          .map((row) => ({ id: row.getAttribute('row-id') ?? '', top: row.getBoundingClientRect().top }))
          .sort((a, b) => a.top - b.top)
          .map(({ id }) => id),
      );
    return rows;
  };
  const shows = (...ids: readonly string[]): Promise<void> => expect.poll(order, { timeout: 10_000 }).toEqual(ids);
  const menu = async (testId: string): Promise<void> => {
    await by('watch-menu').click();
    await by(testId).click();
  };
  const find = async (query: string, id: string): Promise<void> => {
    await by('watchlist-search').click();
    await by('watchlist-search').fill(query);
    await by(`watchlist-add-${id}`).waitFor();
    await by('watchlist-search').press('Enter');
    await by(`watch-row-${id}`).waitFor();
  };

  it('begin with the largest issues of the market', async () => {
    await by(`watch-row-${SAMSUNG}`).waitFor({ timeout: 30_000 });
    expect(await order()).toHaveLength(20);
  });

  it('are made and named', async () => {
    await by('watch-lists').click();
    await by('watch-list-new').click();
    await by('watchlist-empty').waitFor();
    await menu('watch-list-rename');
    await by('watch-name').fill('반도체');
    await by('watch-name').press('Enter');
    await expect.poll(() => by('watch-lists').textContent()).toBe('반도체');
  });

  it('take what is found by initials, half a name, and the wrong layout', async () => {
    await find('ㅅㅅㅈㅈ', SAMSUNG);
    await find('sk하', HYNIX);
    await find('rldk', KIA);
    await shows(SAMSUNG, HYNIX, KIA);
  });

  it('leave Enter to the input method while a syllable is composed', async () => {
    const field = by('watchlist-search');
    await field.fill('현대');
    await by(`watchlist-add-${HYUNDAI}`).waitFor();
    await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    expect(await field.inputValue()).toBe('현대');
    await field.press('Escape');
    await shows(SAMSUNG, HYNIX, KIA);
  });

  it('switch the linked panels by the arrow keys', async () => {
    await by(`watch-row-${SAMSUNG}`).click();
    await expect.poll(() => by('panel-chart').textContent()).toContain('삼성전자');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => by('panel-chart').textContent()).toContain('SK하이닉스');
  });

  it('change their order by keys and by dragging', async () => {
    await page.keyboard.press('Control+ArrowUp');
    await shows(HYNIX, SAMSUNG, KIA);
    await page.keyboard.press('Control+ArrowDown');
    await shows(SAMSUNG, HYNIX, KIA);
    await by(`watch-row-${KIA}`).dragTo(by(`watch-row-${SAMSUNG}`), { targetPosition: { x: 40, y: 3 } });
    await shows(KIA, SAMSUNG, HYNIX);
  });

  it('have folders that take rows and fold', async () => {
    await menu('watch-folder-new');
    await shows('folder-0', KIA, SAMSUNG, HYNIX, 'folder-1');
    await by('watch-folder-menu-1').click();
    await by('watch-folder-rename').click();
    await by('watch-name').fill('메모리');
    await by('watch-name-save').click();
    await expect.poll(() => by('watch-folder-1').textContent()).toContain('메모리');
    await by(`watch-row-${SAMSUNG}`).dragTo(by('watch-folder-1'));
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
    await by('watch-fold-1').click();
    await shows('folder-0', KIA, HYNIX, 'folder-1');
    await by('watch-fold-1').click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
  });

  it('are sorted without losing the order of the user', async () => {
    const head = by('watchlist-grid').locator('.ag-header-cell[col-id="name"]');
    await head.click();
    await head.click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
    await head.click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
  });

  it('bring back what was deleted', async () => {
    await by(`watch-row-${KIA}`).click();
    await expect.poll(() => by(`watch-row-${KIA}`).first().getAttribute('class')).toContain('sel');
    await page.keyboard.press('Delete');
    await shows('folder-0', HYNIX, 'folder-1', SAMSUNG);
    await by('watch-undo').click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
    await by('watch-folder-menu-1').click();
    await by('watch-folder-delete').click();
    await shows('folder-0', KIA, HYNIX).catch(() => shows(KIA, HYNIX));
    await by('watch-undo').click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
  });

  it('go out to a file and come in again', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), menu('watch-export')]);
    const path = await file.path();
    expect(readFileSync(path, 'utf8')).toBe(
      '\uFEFF종목코드,종목,폴더\r\n000270,기아,\r\n000660,SK하이닉스,\r\n005930,삼성전자,메모리\r\n',
    );
    await by('watch-lists').click();
    await by('watch-list-new').click();
    await by('watchlist-empty').waitFor();
    await menu('watch-import');
    await by('watch-file-input').setInputFiles(path);
    await by('watch-file-facts').waitFor();
    await by('watch-file-send').click();
    await expect.poll(async () => (await order()).filter((id) => id.startsWith('KRX'))).toEqual([KIA, HYNIX, SAMSUNG]);
    expect(await by('watchlist-grid').textContent()).toContain('메모리');
  });

  it('say of every line of a file what becomes of it', async () => {
    await by('watch-lists').click();
    await by('watch-list-new').click();
    await by('watchlist-empty').waitFor();
    await menu('watch-import');
    await by('watch-file-input').setInputFiles({ name: 'old.csv', mimeType: 'text/csv', buffer: CP949 });
    await expect.poll(() => by('watch-file-facts').textContent()).toContain('CP949');
    await expect.poll(() => by('watch-file-4').textContent()).toMatch(/4.*똠방.*모르는 종목/);
    await expect.poll(() => by('watch-file-5').textContent()).toContain('3번째 줄과 같음');
    await expect.poll(() => by('watch-file-2').textContent()).toMatch(/660.*SK하이닉스 000660.*앞의 0/);
    await by('watch-file-zeros').uncheck();
    await by('watch-file-send').click();
    await shows(SAMSUNG);
    await menu('watch-import');
    const large = { name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from('005930\n'.repeat(1_000_000)) };
    await by('watch-file-input').setInputFiles(large);
    await expect.poll(() => by('watch-file-error').textContent()).toContain('WATCH_FILE_LARGE');
    await by('watch-file-close').click();
  });

  it('come back after they were deleted', async () => {
    await menu('watch-list-delete');
    await expect.poll(() => by('watch-note').textContent()).toContain('지웠습니다');
    await by('watch-undo').click();
    await shows(SAMSUNG);
  });

  it('stand after the screen was loaded again, list by list and folder by folder', async () => {
    await by('watch-lists').click();
    await by('watch-list-1').click();
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
    await page.reload();
    await by('watchlist-grid').waitFor({ timeout: 30_000 });
    await shows('folder-0', KIA, HYNIX, 'folder-1', SAMSUNG);
    await expect.poll(() => by('watch-lists').textContent()).toBe('반도체');
    await by('watchlist-search').click();
    await expect.poll(() => page.getByText('최근 찾은 종목').count()).toBe(1);
    expect(screen.problems).toEqual([]);
  });
});
