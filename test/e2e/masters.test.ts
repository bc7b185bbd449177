/** Symbol masters as a user meets them: files in, a search over every product, details, downloads from an emulator, the palette. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { masterFile, masterFileNames, masterFileOf } from '#core/emulator/synthetic/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { serveMasterHost, type MasterHost } from '../support/master-files.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

const SAMSUNG = 'KRX:005930';
const TENCENT = 'hksmst.cod::00700';
const OPTION = 'fo_idx_code_mts.mst::B01612350';
const BOND = 'bond_code.mst:C0:KR103502GA34';
const ELW = 'elw_code.mst::57LA11';

/** What axe finds wrong within the panel. */
async function wrong(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    const { axe: run } = globalThis as unknown as {
      axe: { run: (where: string) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await run.run(selector);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, '[data-testid="panel-masters"]');
}

describe('symbol masters', () => {
  const folder = temporaryDataDir();
  const data = folder.path;
  const files = join(data, 'received');
  let browser: Browser;
  let core: CoreProcess;
  let screen: Screen;
  let page: Page;
  let host: MasterHost;

  const shown = (testId: string) => page.getByTestId(testId).first();
  const says = (testId: string, wanted: string | RegExp): Promise<void> =>
    expect.poll(() => shown(testId).textContent(), { timeout: 60_000 }).toMatch(wanted);
  const look = async (query: string): Promise<void> => {
    await shown('masters-query').fill(query);
  };

  beforeAll(async () => {
    mkdirSync(files, { recursive: true });
    for (const name of masterFileNames())
      writeFileSync(join(files, `${name}.zip`), masterFile(`${name}.zip`, BUNDLED) ?? Buffer.alloc(0));
    browser = await openBrowser();
    core = await startCore(data);
    screen = await openScreen(browser, core.url);
    page = screen.page;
    host = await serveMasterHost((path) => masterFile(path.replace('/common/master/', ''), BUNDLED));
    await page.keyboard.press('Control+k');
    await shown('palette-input').fill('종목 마스터');
    await shown('palette-show-masters').click();
  });

  afterAll(async () => {
    await host.close();
    await screen.context.close();
    await core.stop();
    await browser.close();
    folder.remove();
  });

  it('say what is missing before anything was taken in', async () => {
    await shown('masters-empty').waitFor();
    await shown('masters-to-files').click();
    await shown('masters-file-kospi_code.mst').waitFor();
    expect(await shown('masters-nightly').isChecked()).toBe(false);
    expect(await wrong(page)).toEqual([]);
  });

  it('take the files that are chosen, and tell how much came', async () => {
    const paths = masterFileNames().map((name) => join(files, `${name}.zip`));
    await shown('masters-file').setInputFiles(paths);
    await says('masters-report', '파일 28개');
    await says('masters-file-kospi_code.mst', '사용 중');
    expect(await wrong(page)).toEqual([]);
  });

  it('find a bond, an option and a Hong Kong stock by name', async () => {
    await page.getByTestId('masters-tab').getByRole('radio').first().click();
    await look('국고채');
    await shown(`masters-row-${BOND}`).click();
    // It is found in every market, and says where it is traded.
    await shown('masters-show-chart').waitFor();
    await look('ㅌㅅㅌ');
    await shown(`masters-row-${TENCENT}`).click();
    await says('masters-field-enam', 'TENCENT HOLDINGS');
    await shown('masters-product').selectOption('options');
    await look('ㅋㅅㅍ200 콜');
    await shown(`masters-row-${OPTION}`).waitFor();
    await look('C 202612');
    await shown(`masters-row-${OPTION}`).waitFor();
    await shown('masters-product').selectOption('all');
    expect(await wrong(page)).toEqual([]);
  });

  it('lead from a stock to its chart', async () => {
    await look('ㅅㅅㅈㅈ');
    await shown('masters-row-kospi_code.mst::005930').click();
    await says('masters-field-mksc_shrn_iscd', '005930');
    await says('masters-field-trht_yn', '아니요');
    await shown('masters-show-chart').click();
    await says('panel-chart', '삼성전자');
  });

  it('are found from the palette, beside the issues known here', async () => {
    await page.keyboard.press('Control+k');
    await shown('palette-input').fill('국고채');
    await shown('palette-BOND:KR103502GA34').click();
    await says('ticket-issue', '국고채권 합성 3년물');
    await says('ticket-lack', /연습 시장.*상품코드 01인 KIS 실전투자/);
    await says('chart-lack', '연습 시장');
    await page.keyboard.press('Control+k');
    await shown('palette-input').fill('57LA11');
    await shown(`palette-master-${ELW}`).click();
    await says('masters-field-hts_kor_isnm', '합성 KOSPI200콜');
    await page.keyboard.press('Control+k');
    await shown('palette-input').fill('삼성전자');
    await shown(`palette-${SAMSUNG}`).waitFor();
    expect(await page.getByTestId('palette-master-kospi_code.mst::005930').count()).toBe(0);
    await page.keyboard.press('Escape');
  });

  it('keep the old rows of a file whose columns moved, and say why', async () => {
    await page.getByTestId('masters-tab').getByRole('radio').last().click();
    const bytes =
      masterFileOf('konex_code.mst', [{ mksc_shrn_iscd: '123450', hts_kor_isnm: '만든종목' }]) ?? Buffer.alloc(0);
    const moved = join(data, 'konex_code.mst');
    writeFileSync(moved, Buffer.concat([Buffer.from('X'), bytes]));
    await shown('masters-file').setInputFiles([moved]);
    await says('masters-refused-konex_code.mst', '열 자리가 바뀐');
    await says('masters-file-konex_code.mst', '이전 자료 사용');
    await shown('masters-file-konex_code.mst').click();
    await says('masters-faults', '이전 자료를 그대로');
    expect(await wrong(page)).toEqual([]);
  });

  it('come from an emulator on this machine when it is asked, and from nobody before', async () => {
    expect(host.asked).toEqual([]);
    await shown('masters-base-change').click();
    await shown('masters-base-text').fill('http://example.com');
    await shown('masters-base-save').click();
    await says('masters-error', '받을 수 없는 주소');
    await shown('masters-base-text').fill(host.base);
    await shown('masters-base-save').click();
    await says('masters-base', host.base);
    await shown('masters-download').click();
    await says('masters-report', '파일 28개');
    expect(host.asked).toHaveLength(28);
    await says('masters-file-konex_code.mst', '사용 중');
    await shown('masters-nightly').click();
    await expect.poll(() => shown('masters-nightly').isChecked(), { timeout: 60_000 }).toBe(true);
    await says('masters-nightly-state', '모두 받았습니다');
  });
});
