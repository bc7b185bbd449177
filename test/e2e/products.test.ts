/** A bond and an option before the offline KIS: found by name, seen with price and chart, ordered by their own rules, withdrawn. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { masterFile } from '#core/emulator/synthetic/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
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
const BOND: InstrumentId = 'BOND:KR103502GA34';

interface Told {
  readonly id: InstrumentId;
  /** The name it is looked for by. */
  readonly name: string;
  readonly master: string;
  /** The account's product code, and what is the account's own in the core. */
  readonly code: string;
  readonly product: string;
  /** A price far below the market, as it is typed. */
  readonly price: string;
  readonly quantity: string;
  /** The part of the ticket that is the product's own, and what stands there. */
  readonly own: readonly [testId: string, says: RegExp];
}

/** Waits for the offline KIS, and stands on its screen with an open lock. */
async function connect(core: CoreProcess, data: string, told: Told, kis: EmulatorProcess): Promise<void> {
  const { client, close } = await coreClient(data);
  const folder = join(data, 'received');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${told.master}.zip`);
  writeFileSync(path, masterFile(`${told.master}.zip`, BUNDLED) ?? Buffer.alloc(0));
  const report = await client.masters.importFiles({ files: [{ path }] });
  expect(report.files.map(({ state }) => state)).toEqual(['taken']);
  const { rest: restUrl, ws: wsUrl, env: kind, appKey, appSecret, htsId } = kis.line;
  const account = kis.line.account.replace(/-\d\d$/, `-${told.code}`);
  const keys = { appKey, appSecret, account, htsId, issuedOn: null };
  await client.kis.save({ label: '', kind, endpoint: 'emulator', restUrl, wsUrl, ...keys });
  await client.environment.setPin({ pin: PIN });
  await client.environment.switchTo({ environment: 'real' });
  await client.environment.arm({ pin: PIN });
  // That of bonds is there once one of them is looked at.
  await vi.waitFor(async () => expect((await client.trading.accounts({})).length).toBeGreaterThan(0), SLOW);
  close();
  expect(core.errors()).toBe('');
}

function walk(title: string, told: Told): void {
  describe(title, () => {
    const data = temporaryDataDir();
    let kis: EmulatorProcess;
    let core: CoreProcess;
    let browser: Browser;
    let screen: Screen;

    beforeAll(async () => {
      [kis, core, browser] = await Promise.all([
        startEmulator(['--env', 'real', '--at', '09:30']),
        startCore(data.path, ['--keys', 'memory']),
        openBrowser(),
      ]);
      await connect(core, data.path, told, kis);
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

    it('is found by its name, and shows its price, its own part of the ticket and a chart', async () => {
      const { page } = screen;
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill(told.name);
      await page.getByTestId(`palette-${told.id}`).click(SLOW);
      await expect.poll(() => text('quote-last'), SLOW).toMatch(/\d/);
      await expect.poll(() => text(told.own[0]), SLOW).toMatch(told.own[1]);
      await expect.poll(() => text('order-book'), SLOW).toMatch(/\d/);
      const { client, close } = await coreClient(data.path);
      const days = await client.market.candles({ instrumentId: told.id, interval: '1d', limit: 5 });
      expect(days.length).toBeGreaterThan(0);
      close();
    });

    it('is ordered from the ticket, waits, and is withdrawn in the blotter', async () => {
      const { page } = screen;
      await page.getByTestId('ticket-price').fill(told.price);
      await page.getByTestId('ticket-quantity').fill(told.quantity);
      await page.getByTestId('guard-ok').waitFor(SLOW);
      expect(await axeProblems(page, '[data-testid="order-ticket"]')).toEqual([]);
      await page.getByTestId('order-submit').click(SLOW);
      const { client, close } = await coreClient(data.path);
      const accounts = await client.trading.accounts({});
      const { accountId = '' } = accounts.find(({ product }) => product === told.product) ?? {};
      const orders = () => client.trading.orders({ accountId, open: false });
      await expect
        .poll(async () => (await orders()).map(({ state, instrumentId }) => [state, instrumentId]), SLOW)
        .toEqual([['accepted', told.id]]);
      await page.getByTestId('tab-orders').first().click(SLOW);
      const [order] = await orders();
      await page.getByTestId(`order-row-${order?.orderId ?? ''}`).waitFor(SLOW);
      await client.trading.cancel({ requestId: 'products-cancel', orderId: order?.orderId ?? '' });
      await expect.poll(async () => (await orders())[0]?.state, SLOW).toBe('canceled');
      close();
    });

    it('met no error on the page', () => {
      expect(screen.problems).toEqual([]);
    });
  });
}

walk('a bond of the exchange', {
  id: BOND,
  name: '국고채권 합성 3년물',
  master: 'bond_code.mst',
  code: '01',
  product: 'bond',
  price: '10000',
  quantity: '10',
  own: ['ticket-bond', /%/],
});

walk('a call of the KOSPI 200', {
  id: 'KRXF:B01612360',
  name: 'B01612360',
  master: 'fo_idx_code_mts.mst',
  code: '03',
  product: 'derivative',
  price: '1.00',
  quantity: '2',
  own: ['ticket-contract', /만기|행사/],
});
