/** The threat centre: what is seen, answered by one key, stands against orders where they are written, and is judged afterwards. */
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#shared/contract/index.ts';
import type { Order } from '#shared/domain/index.ts';
import { OVERRIDE_PHRASE, RESUME_PHRASE } from '#shared/errors/index.ts';
import type { Connection } from '#shared/rpc/index.ts';
import { axeProblems } from '../support/audit.ts';
import { coreClient } from '../support/core-client.ts';
import {
  type CoreProcess,
  openBrowser,
  openScreen,
  type Screen,
  startCore,
  temporaryDataDir,
} from '../support/workstation.ts';

const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';
const SLOW = { timeout: 30_000 };
/** A market that moves a lot sets these off within seconds. */
const EAGER = { sd: 3, ticks: 1, minPct: 0.1, mediumPct: 0.1, warmUp: 10, coolDown: 5 };

describe('the threat centre', () => {
  const data = temporaryDataDir();
  let core: CoreProcess;
  let browser: Browser;
  let screen: Screen;
  let page: Page;
  let line: Connection<Contract>;
  let accountId = '';
  let asked = 0;

  const at = (testId: string): Locator => page.getByTestId(testId).first();
  const words = async (testId: string): Promise<string> => (await at(testId).textContent()) ?? '';
  const orders = (): Promise<Order[]> => line.client.trading.orders({ accountId });
  const tab = (name: string): Promise<void> => at(`threat-tab-${name}`).click();

  function submit(change: { instrumentId?: string; price?: number | null; quantity?: number }) {
    asked += 1;
    const price = change.price === undefined ? 50_000 : change.price;
    return line.client.trading.submit({
      requestId: `threats-${String(asked).padStart(5, '0')}`,
      accountId,
      instrumentId: change.instrumentId ?? SAMSUNG,
      side: 'buy',
      type: price === null ? 'market' : 'limit',
      timeInForce: 'day',
      price,
      quantity: change.quantity ?? asked,
    });
  }

  beforeAll(async () => {
    core = await startCore(data.path);
    line = await coreClient(data.path);
    await line.client.system.setPreferences({ tourDone: true });
    accountId = (await line.client.trading.accounts({}))[0]?.accountId ?? '';
    browser = await openBrowser();
    screen = await openScreen(browser, core.url);
    ({ page } = screen);
    await page.getByTestId('quote-last').first().waitFor(SLOW);
  });

  afterAll(async () => {
    await browser?.close();
    line?.close();
    await core?.stop();
    data.remove();
  });

  it('opens by its key or from the score in the status bar, and says what is looked at while nothing is wrong', async () => {
    await page.keyboard.press('F9');
    await at('threats-empty').waitFor(SLOW);
    await expect.poll(() => words('threats-empty'), SLOW).toContain('삼성전자');
    expect(await words('risk-badge')).toMatch(/위험 \d+낮음/);
    expect(await words('plays-empty')).toContain('대응이 없습니다');
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
    await page.keyboard.press('Control+b');
    await at('risk-badge').click();
    await at('threat-centre').waitFor(SLOW);
  });

  it('shows a burst of orders at once: sentence, evidence, score and what may be done', async () => {
    await Promise.all(Array.from({ length: 8 }, () => submit({})));
    await at('threat-O03').waitFor(SLOW);
    expect(await at('threat-O03').getAttribute('data-severity')).toBe('C');
    expect(await words('threat-O03')).toMatch(/주문이 1초에 \d+건 나왔습니다/);
    await expect.poll(() => at('risk-badge').getAttribute('data-level'), SLOW).toMatch(/high|crit/);
    await at('threat-open-O03').press('Enter');
    expect(await words('threat-figures')).toContain('기준5');
    await at('score-operation').click();
    expect(await words('score-parts')).toContain('주문 폭주');
    await at('score-operation').click();
    await at('threat-ack-O03').click();
    await expect.poll(() => page.getByTestId('threat-ack-O03').count(), SLOW).toBe(0);
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
  });

  it('runs a play by Enter on its row; it stands in the ticket, lets one order pass by the phrase, and falls by Delete', async () => {
    expect(await at('play-P6').getAttribute('data-state')).toBe('proposed');
    await at('play-P6').press('Enter');
    await at('protection-block').waitFor(SLOW);
    expect(await words('play-did-P6')).toMatch(/이 계좌의 새 주문. 막았습니다/);
    await expect.poll(() => words('ticket-protections'), SLOW).toContain('주문 막기');
    const blocked = await submit({});
    expect(blocked.reason?.code).toBe('GUARD_BLOCKED');

    await at('play-override').click();
    await at('override-phrase').fill('그냥 주문');
    await at('override-send').click();
    await at('override-error').waitFor(SLOW);
    expect(await words('override-error')).toContain(OVERRIDE_PHRASE);
    expect((await submit({})).reason?.code).toBe('GUARD_BLOCKED');
    await at('override-phrase').fill(OVERRIDE_PHRASE);
    await at('override-send').click();
    await at('override-done').waitFor(SLOW);
    await page.keyboard.press('Escape');
    expect((await submit({})).reason).toBeNull();
    expect((await submit({})).reason?.code).toBe('GUARD_BLOCKED');

    await page.locator('[data-testid="play-P6"][data-state="running"]').press('Delete');
    await expect.poll(() => page.getByTestId('protection-block').count(), SLOW).toBe(0);
    await expect.poll(() => page.getByTestId('ticket-protections').count(), SLOW).toBe(0);
  });

  it('answers with the most urgent play by one key wherever the focus is; a halt ends by its own phrase only', async () => {
    await expect.poll(() => page.locator('[data-testid="play-P7"][data-state="proposed"]').count(), SLOW).toBe(1);
    await page.getByTestId('ticket-quantity').focus();
    await page.keyboard.press('Control+Shift+Enter');
    await at('banner-halted').waitFor(SLOW);
    await expect.poll(() => at('threat-trading').getAttribute('data-state'), SLOW).toBe('halted');
    const halt = page.locator('[data-testid="play-P7"][data-state="running"]');
    await halt.press('Delete');
    expect(await halt.count()).toBe(1);
    await expect.poll(async () => (await orders()).filter((order) => order.state === 'accepted').length, SLOW).toBe(0);
    await expect
      .poll(() => line.client.trading.resume({ phrase: RESUME_PHRASE }).then(() => 'resumed', String), SLOW)
      .toBe('resumed');
    await expect.poll(() => at('threat-trading').getAttribute('data-state'), SLOW).toBe('active');
    await expect.poll(() => halt.count(), SLOW).toBe(0);
  });

  it('keeps the day in order of time, takes a verdict, and counts it', async () => {
    await tab('record');
    await expect.poll(() => words('threat-day'), SLOW).toContain('주문 폭주감지');
    expect(await words('threat-day')).toContain('P7 매매 중지실행');
    await at('threat-record-past').click();
    const row = page.getByTestId('past-O03').first();
    await row.getByTestId('verdict-false').click();
    await expect.poll(() => row.getByTestId('verdict-false').getAttribute('aria-pressed'), SLOW).toBe('true');
    await at('threat-record-counts').click();
    await expect.poll(() => words('count-O03'), SLOW).toContain('100.0%');
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
  });

  it('lets a figure be changed within its range, says where it is not, and puts it back as it ships', async () => {
    await tab('detectors');
    await at('detector-O03').click();
    expect(await page.getByTestId('detectors').locator('li').count()).toBe(35);
    const figure = async (): Promise<number | undefined> =>
      (await line.client.threats.detectors({}))
        .find(({ id }) => id === 'O03')
        ?.params.find(({ id }) => id === 'perSecond')?.value;
    await at('figure-perSecond').fill('0');
    expect(await words('figure-row-perSecond')).toContain('1부터 100까지의 수를');
    expect(await at('detector-save').isDisabled()).toBe(true);
    await at('figure-perSecond').fill('9');
    await at('detector-save').click();
    await expect.poll(figure, SLOW).toBe(9);
    await at('figure-reset-perSecond').click();
    await at('figure-perSecond').press('Enter');
    await expect.poll(figure, SLOW).toBe(5);
    await at('detector-on-O03').click();
    await expect.poll(() => words('detector-state-O03'), SLOW).toBe('꺼짐');
    await at('detector-on-O03').click();
    await expect.poll(() => words('detector-state-O03'), SLOW).toBe('켜짐');
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
  });

  it('signs a mandate only after what runs by itself was read, and takes it back', async () => {
    await tab('mandates');
    await at('mandate-play').selectOption('P9');
    expect(await words('mandate-warning')).toContain('묻지 않고 저절로');
    expect(await at('mandate-sign').isDisabled()).toBe(true);
    await at('mandate-read').check();
    await at('mandate-days').fill('91');
    // Another choice is read again.
    expect(await at('mandate-read').isChecked()).toBe(false);
    await at('mandate-read').check();
    expect(await at('mandate-sign').isDisabled()).toBe(true);
    await at('mandate-days').fill('5');
    await at('mandate-read').check();
    await at('mandate-sign').click();
    await at('mandate-P9').waitFor(SLOW);
    const signed = await line.client.threats.mandates({});
    expect(signed.map(({ play, severity, accountId: of }) => [play, severity, of])).toEqual([['P9', 'H', null]]);
    await at('mandate-revoke-P9').click();
    await expect.poll(() => line.client.threats.mandates({}).then((left) => left.length), SLOW).toBe(0);
    await expect.poll(() => page.getByTestId('mandate-P9').count(), SLOW).toBe(0);
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
  });

  it('sends a response plan after two presses and never twice; holdings before and after stand beside it', async () => {
    await tab('now');
    for (const instrumentId of [SAMSUNG, HYNIX])
      expect((await submit({ instrumentId, price: null, quantity: 100 })).reason).toBeNull();
    await line.client.threats.configure({ id: 'M01', on: true, params: EAGER });
    const shock = { at: 'open', market: 'all', pct: -14, minutes: 30 } as const;
    await line.client.simulation.start({ plan: { mode: 'synthetic', seed: 1, shock }, speed: 20 });
    await page.locator('[data-testid="play-P2"][data-state="proposed"]').first().waitFor({ timeout: 60_000 });
    await line.client.simulation.setSpeed({ speed: 1 });
    await page.locator('[data-testid="play-P2"][data-state="proposed"]').first().press('Enter');
    const plan = page.locator('[data-testid="play-P2"][data-state="done"]').first();
    await plan.waitFor(SLOW);
    const figures = await plan.getByTestId('plan-exposure').locator('td').allTextContents();
    expect(figures).toHaveLength(2);
    const [before, after] = figures.map((text) => Number(text.replaceAll(',', '')));
    expect(after).toBeLessThan(before ?? 0);
    const sales = async (): Promise<number> => (await orders()).filter(({ side }) => side === 'sell').length;
    const send = plan.getByTestId('plan-send');
    await send.click();
    await expect.poll(() => send.textContent(), SLOW).toContain('시뮬레이션에');
    expect(await sales()).toBe(0);
    await send.click();
    await expect.poll(sales, SLOW).toBeGreaterThan(0);
    const count = await sales();
    await expect.poll(() => send.isDisabled(), SLOW).toBe(true);
    expect(await plan.getByTestId('plan-words').textContent()).toContain(`${count}건을 보냈고 0건이 남았습니다`);
    await page.reload();
    await expect.poll(() => plan.getByTestId('plan-send').isDisabled(), SLOW).toBe(true);
    expect(await sales()).toBe(count);
  });

  it('pauses one-click orders in the ladder while a collar stands; cancelling works, and it ends by time', async () => {
    await line.client.simulation.setSpeed({ speed: 20 });
    const proposed = page.locator('[data-testid="play-P3"][data-state="proposed"]');
    await proposed.first().waitFor({ timeout: 60_000 });
    await line.client.simulation.setSpeed({ speed: 1 });
    const subject = (await proposed.first().getAttribute('data-subject')) ?? '';
    const threat = page.locator(`[data-testid="threat-M01"][data-subject="${subject}"]`);
    await threat.getByTestId('threat-open-M01').click();
    await threat.getByTestId('threat-detail').getByRole('button').click();
    await expect.poll(() => page.getByTestId('ticket-protections').count()).toBe(0);
    const quote = await page.getByTestId('quote-last').first().textContent();
    const low = Math.round((Number((quote ?? '').replaceAll(/\D/g, '')) * 0.9) / 1_000) * 1_000;
    const resting = await submit({ instrumentId: subject, price: low, quantity: 1 });
    expect(resting.reason).toBeNull();
    await at('ladder-act').selectOption('send');

    await page.locator(`[data-testid="play-P3"][data-subject="${subject}"]`).first().press('Enter');
    await at('ladder-paused').waitFor(SLOW);
    expect(await words('ladder-paused')).toMatch(/가격 울타리0:\d\d 남음호가를 눌러 내는 주문을 멈췄습니다/);
    expect(await words('ticket-protections')).toContain('가격 울타리');
    const known = (await orders()).length;
    const cell = page.getByTestId('order-book').locator('.lrow').nth(14).locator('button').last();
    await cell.click();
    await cell.dblclick();
    await expect.poll(() => words('ladder-stopped'), SLOW).toContain('가격 울타리');
    expect((await orders()).length).toBe(known);
    await at('ladder-cancel-buy').click();
    await expect
      .poll(async () => (await orders()).find(({ orderId }) => orderId === resting.orderId)?.state, SLOW)
      .toBe('canceled');
    await expect.poll(() => page.getByTestId('ladder-paused').count(), { timeout: 45_000 }).toBe(0);
    expect(screen.problems).toEqual([]);
  });

  it('is a thing to look at on a phone: no button that acts', async () => {
    await page.setViewportSize({ width: 400, height: 800 });
    await at('phone-threats').click();
    await at('open-threats').waitFor(SLOW);
    for (const id of ['threat-halt', 'plan-send', 'play-confirm-P3', 'threat-ack-M01'])
      expect(await page.getByTestId(id).count(), id).toBe(0);
    expect(await axeProblems(page, '[data-testid="panel-threats"]')).toEqual([]);
  });
});
