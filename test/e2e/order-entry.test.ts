/** Writing orders at the screen: bad paste, amount and percent, what a press in the ladder does, its guard, cancelling a side. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '#shared/domain/index.ts';
import { coreClient } from '../support/core-client.ts';
import {
  openBrowser,
  openScreen,
  startCore,
  temporaryDataDir,
  type CoreProcess,
  type Screen,
} from '../support/workstation.ts';

describe('writing orders', () => {
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
    await page.getByTestId('quote-last').waitFor({ timeout: 20_000 });
  });

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    data.remove();
  });

  async function text(testId: string): Promise<string> {
    return (await page.getByTestId(testId).first().textContent()) ?? '';
  }

  async function orders(): Promise<readonly Order[]> {
    const connection = await coreClient(data.path);
    const [account] = await connection.client.trading.accounts({});
    const list = await connection.client.trading.orders({ accountId: account?.accountId ?? '' });
    connection.close();
    return list;
  }
  const open = async (): Promise<number> => (await orders()).filter((order) => order.state === 'accepted').length;

  const paste = (testId: string, words: string): Promise<void> =>
    page.getByTestId(testId).evaluate((input, given) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', given);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, words);

  async function choose(act: string): Promise<void> {
    await page.getByTestId('ladder-act').selectOption(act);
  }

  async function limit(name: string, value: string): Promise<void> {
    await page.getByTestId(`ladder-${name}`).fill(value);
    await page.getByTestId(`ladder-${name}`).press('Enter');
  }

  /** Presses the cell of my side beside the nth bid. */
  const pressBid = (depth: number): Promise<void> =>
    page.getByTestId(`book-bid-${depth}`).locator('[data-testid^="book-buy-at-"]').click();

  it('refuses a paste that is no single number and changes nothing', async () => {
    await page.getByTestId('ticket-quantity').fill('7');
    const price = await page.getByTestId('ticket-price').inputValue();
    await paste('ticket-quantity', '55,700\t150');
    expect(await text('ticket-held')).toContain('숫자가 여럿입니다');
    await paste('ticket-price', '1,234.5');
    expect(await text('ticket-held')).toContain('소수는 받지 않습니다');
    expect(await page.getByTestId('ticket-quantity').inputValue()).toBe('7');
    expect(await page.getByTestId('ticket-price').inputValue()).toBe(price);
    await paste('ticket-quantity', '１，２３４주');
    expect(await page.getByTestId('ticket-quantity').inputValue()).toBe('1,234');
  });

  it('counts shares from an amount and sends nothing by Enter there', async () => {
    await page.getByTestId('ticket-price').fill('50,000');
    await page.getByTestId('ticket-by-amount').click();
    await page.getByTestId('ticket-amount').fill('300만');
    expect(await text('ticket-amount-says')).toContain('60주');
    await page.getByTestId('ticket-amount').press('Enter');
    expect(await page.getByTestId('ticket-quantity').inputValue()).toBe('60');
    expect(await orders()).toHaveLength(0);
    await page.getByTestId('ticket-by-amount').click();
  });

  it('writes the quantity on the keypad, by touch and by keys, and refuses a key that makes no number', async () => {
    const quantity = (): Promise<string> => page.getByTestId('ticket-quantity').inputValue();
    await page.getByTestId('ticket-quantity').fill('');
    await page.getByTestId('ticket-keypad').click();
    for (const key of ['1', '2', '00']) await page.getByTestId(`ticket-pad-${key}`).click();
    expect(await quantity()).toBe('1,200');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('7');
    expect(await quantity()).toBe('1,207');
    await page.getByTestId('ticket-pad-clear').click();
    await page.getByTestId('ticket-pad-man').click();
    expect(await text('ticket-pad-wrong')).toContain('붙일 수 없습니다');
    expect(await quantity()).toBe('');
    await page.getByTestId('ticket-pad-3').click();
    await page.getByTestId('ticket-pad-man').click();
    expect(await quantity()).toBe('3만');
    await page.getByTestId('ticket-pad-share-50').click();
    const half = Number((await quantity()).replaceAll(',', ''));
    await page.getByTestId('ticket-pad-max').click();
    const most = Number((await quantity()).replaceAll(',', ''));
    expect(half).toBe(Math.floor(most / 2));
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('ticket-pad').count()).toBe(0);
    expect(await orders()).toHaveLength(0);
  });

  it('keeps presets for all, for the market and for the issue, each field from the nearest', async () => {
    const value = (): Promise<string> => page.getByTestId('ladder-quantity').inputValue();
    await page.getByTestId('ladder-settings').click();
    await page.getByTestId('ladder-level-global').click();
    await limit('quantity', '4');
    await expect.poll(() => text('ladder-from-quantity')).toBe('전체');
    await page.getByTestId('ladder-level-issue').click();
    await limit('quantity', '6');
    await expect.poll(() => text('ladder-from-quantity')).toBe('이 종목');
    await page.getByTestId('ladder-level-market').click();
    // The market says nothing: its value is that for all, and the issue has one of its own.
    expect(await value()).toBe('4');
    expect(await text('ladder-from-quantity')).toBe('전체 · 지금은 6');
    await limit('maxTicks', '7');
    await expect.poll(() => text('ladder-from-maxTicks')).toBe('시장');
    await page.getByTestId('ladder-level-issue').click();
    expect(await value()).toBe('6');
    expect(await page.getByTestId('ladder-maxTicks').inputValue()).toBe('7');
    await page.getByTestId('ladder-from-quantity-clear').click();
    await expect.poll(() => text('ladder-from-quantity')).toBe('전체');
    expect(await value()).toBe('4');
    await page.getByTestId('ladder-level-market').click();
    await page.getByTestId('ladder-from-maxTicks-clear').click();
    await expect.poll(() => text('ladder-from-maxTicks')).toBe('처음 값');
    await page.getByTestId('ladder-settings').click();

    await page.getByTestId('ticket-presets').click();
    await page.getByTestId('ticket-level-market').click();
    await page.getByTestId('ticket-preset-quantity').fill('25');
    await page.getByTestId('ticket-preset-quantity').press('Enter');
    await expect.poll(() => text('ticket-from-quantity')).toBe('시장');
    await page.keyboard.press('Escape');
    // Another issue of the market starts with it; what is written for this one stays as it is.
    await page.getByTestId('watch-row-KRX:000660').click();
    await expect.poll(() => page.getByTestId('ticket-quantity').inputValue()).toBe('25');
    await page.getByTestId('watch-row-KRX:005930').click();
    await page.getByTestId('ticket-presets').click();
    await page.getByTestId('ticket-from-quantity-clear').click();
    await expect.poll(() => text('ticket-from-quantity')).toBe('처음 값');
    await page.keyboard.press('Escape');
    const connection = await coreClient(data.path);
    const files = await connection.client.documents.problems({});
    expect(files).toEqual([]);
    connection.close();
  });

  it('moves the price by percent onto a tick', async () => {
    await page.getByTestId('ticket-by-percent').click();
    await page.getByTestId('ticket-percent--10').click();
    const price = Number((await page.getByTestId('ticket-price').inputValue()).replaceAll(',', ''));
    expect(price % 100).toBe(0);
    await page.getByTestId('ticket-by-percent').click();
  });

  it('puts a pressed price into the ticket and sends nothing', async () => {
    const row = page.getByTestId('book-bid-3').locator('button.p');
    await row.click();
    expect(await page.getByTestId('ticket-price').inputValue()).toMatch(/^[\d,]+$/);
    expect(await page.locator('[data-testid^="book-buy-at-"]').count()).toBe(0);
    expect(await orders()).toHaveLength(0);
  });

  it('sends at once by the choice, holds what is beyond the guard, and cancels a whole side', async () => {
    await choose('send');
    await expect.poll(() => text('ladder-says')).toContain('바로 나갑니다');
    await page.getByTestId('ladder-settings').click();
    await limit('quantity', '3');
    await limit('maxTicks', '20');
    await limit('maxQuantity', '2');
    await limit('maxAmount', 'abc');
    expect(await text('ladder-settings-box')).toContain('바꾸지 않았습니다');
    await page.getByTestId('ladder-settings').click();
    await expect.poll(() => text('ladder-says')).toContain('2주');
    await pressBid(6);
    expect(await text('ladder-stopped')).toContain('수량이 실수 막기 한도를 넘습니다');
    expect(await orders()).toHaveLength(0);
    await page.getByTestId('ladder-settings').click();
    await page.getByTestId('ladder-over-ask').click();
    await page.getByTestId('ladder-settings').click();
    await pressBid(6);
    await page.getByTestId('ladder-ask').waitFor();
    expect(await orders()).toHaveLength(0);
    await page.getByTestId('ladder-yes').click();
    await expect.poll(open).toBe(1);
    expect((await orders())[0]).toMatchObject({ side: 'buy', quantity: 3, type: 'limit' });
    await page.getByTestId('ladder-cancel-buy').click();
    await expect.poll(open).toBe(0);
  });

  it('amends what is dragged to another row: at once where a press sends, after a yes where it only takes prices', async () => {
    const resting = async (): Promise<readonly Order[]> =>
      (await orders()).filter(({ state }) => state === 'accepted' || state === 'partiallyFilled');
    await page.getByTestId('ladder-settings').click();
    await limit('maxQuantity', '100');
    await limit('maxTicks', '100');
    await limit('maxAmount', '1억');
    await page.getByTestId('ladder-settings').click();
    // Far enough from the market to rest, near enough to stay among the rows.
    await pressBid(8);
    await expect.poll(async () => (await resting()).length).toBe(1);
    const [first] = await resting();
    const tag = (price: number | null | undefined) => page.getByTestId(`book-own-buy-${price}`);
    const rowOf = (price: number) => page.locator(`.lrow[data-price="${price}"]`);
    const drag = async (from: number, to: number): Promise<void> => {
      const a = await tag(from).boundingBox();
      if (!a) throw new Error('the order is not among the rows');
      await page.mouse.move(a.x + 8, a.y + a.height / 2);
      await page.mouse.down();
      // The market goes on, and the rows with it: the hand follows the row.
      await expect
        .poll(async () => {
          const b = await rowOf(to).boundingBox();
          if (b) await page.mouse.move(a.x + 8, b.y + b.height / 2, { steps: 3 });
          return text('ladder-carried');
        })
        .toContain(`→ ${to.toLocaleString('ko-KR')}`);
      await page.mouse.up();
    };
    const from = first?.price ?? 0;
    await drag(from, from - 100);
    await expect.poll(async () => (await resting())[0]?.price).toBe(from - 100);
    expect(await resting()).toHaveLength(1);

    await choose('price');
    await expect.poll(() => page.getByTestId('ladder-act').inputValue()).toBe('price');
    await drag(from - 100, from);
    await page.getByTestId('ladder-ask').waitFor();
    expect((await resting())[0]?.price).toBe(from - 100);
    await page.getByTestId('ladder-no').click();
    expect((await resting())[0]?.price).toBe(from - 100);

    // By the keyboard: Escape leaves it, Enter twice amends it.
    await tag(from - 100).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('ladder-carried').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByTestId('ladder-yes').click();
    await expect.poll(async () => (await resting())[0]?.price).toBe(from);

    // A press on the quantity does nothing; the cross beside it takes back all of mine at the price.
    await tag(from).click();
    expect(await resting()).toHaveLength(1);
    const connection = await coreClient(data.path);
    const { accountId = '' } = first ?? {};
    const again = { accountId, instrumentId: 'KRX:005930', side: 'buy', type: 'limit', timeInForce: 'day' } as const;
    await connection.client.trading.submit({ ...again, requestId: 'level-00001', price: from, quantity: 4 });
    connection.close();
    await expect.poll(async () => (await resting()).map((order) => order.price)).toEqual([from, from]);
    await page.getByTestId(`book-cancel-buy-${from}`).click();
    await expect.poll(async () => (await resting()).length).toBe(0);
  });

  it('shows no control of orders in the view of a phone', async () => {
    const connection = await coreClient(data.path);
    const { client } = connection;
    const [account] = await client.trading.accounts({});
    const of = { accountId: account?.accountId ?? '', instrumentId: 'KRX:005930', timeInForce: 'day' } as const;
    const bid = Number(await page.getByTestId('book-bid-6').getAttribute('data-price'));
    const send = { ...of, side: 'buy', type: 'limit', quantity: 5, price: bid, allowDuplicate: true } as const;
    const bought = { ...send, type: 'market', price: null } as const;
    let sent = 0;
    // What was sent a moment ago counts against the pace of orders: once it allows another, this one must pass.
    const pass = async (order: typeof send | typeof bought): Promise<void> => {
      let refused: string | null = null;
      await expect
        .poll(
          async () => {
            const { reason } = await client.trading.submit({ ...order, requestId: `phone-${(sent += 1)}-order` });
            return (refused = reason?.code ?? null);
          },
          { timeout: 70_000, interval: 500 },
        )
        .not.toBe('GUARD_RATE');
      expect(refused).toBeNull();
    };
    await pass(send);
    await pass(bought);
    await expect
      .poll(async () => (await client.trading.positions({ accountId: of.accountId })).length, { timeout: 20_000 })
      .toBe(1);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByTestId('phone').waitFor();
    const controls = async (view: string, shown: string): Promise<number> => {
      await page.getByTestId(`phone-${view}`).click();
      await page.locator(shown).first().waitFor();
      return page
        .locator(
          [
            '[data-testid^="book-cancel-"], [data-testid^="book-buy-at-"], button[data-testid^="book-own-"], .lrow button',
            '[data-testid="ladder-foot"], [data-testid^="order-cancel-"], [data-testid^="order-replace-"]',
            '[data-testid="orders-cancel-all"], [data-testid^="position-close-"], [data-testid="order-submit"]',
          ].join(', '),
        )
        .count();
    };
    expect(await controls('order-book', '.lrow .tag')).toBe(0);
    expect(await controls('orders', '[data-testid="blotter-orders"] [role="row"]')).toBe(0);
    expect(await controls('positions', '[data-testid="panel-positions"] [role="row"]')).toBe(0);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.getByTestId('orders-cancel-all').click();
    await expect.poll(open).toBe(0);
    connection.close();
  }, 120_000);

  it('says nothing wrong in the console', () => {
    expect(screen.problems).toEqual([]);
  });
});
