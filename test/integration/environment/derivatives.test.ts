/** A connection with product code 03 through the composed core: its account trades futures, and no call of the share account is made. */
import { expect, it } from 'vitest';
import { openAppStand } from '#test/support/app-stand.ts';
import { openOfflineKis } from '#test/support/offline-kis.ts';

it(
  'has one account that opens a short and closes it, without a word to the share account',
  { timeout: 60_000 },
  async () => {
    const real = await openOfflineKis('real');
    const asked: string[] = [];
    const transport = {
      ...real.transport,
      request: (request: Parameters<typeof real.transport.request>[0]) => {
        asked.push(new URL(request.url).pathname);
        return real.transport.request(request);
      },
      close: () => Promise.resolve(),
    };
    const stand = await openAppStand({ openTransport: () => transport });
    const { client } = stand;
    const entry = { ...real.entry, account: real.entry.account.replace(/-01$/, '-03') };
    const { connectionId: accountId, accountMasked } = await client.kis.save(entry);
    expect(accountMasked).toMatch(/-03$/);
    const checks = await client.kis.test({ connectionId: accountId });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    await client.environment.setPin({ pin: '402817' });
    await client.environment.switchTo({ environment: 'real' });
    await expect
      .poll(() => client.trading.accounts({}), { timeout: 15_000 })
      .toMatchObject([{ accountId, product: 'derivative', cashD0Krw: 100_000_000 }]);
    await client.environment.arm({ pin: '402817' });
    const instrumentId = real.emulator.contracts.seats()[0]?.contract.code ?? '';
    const order = (requestId: string, side: 'buy' | 'sell') =>
      client.trading.submit({
        requestId,
        accountId,
        instrumentId: `KRXF:${instrumentId}`,
        side,
        type: 'market',
        timeInForce: 'day',
        price: null,
        quantity: 1,
      });
    const held = async (): Promise<number | undefined> => (await client.trading.positions({ accountId }))[0]?.quantity;
    expect(await order('the-opening-request', 'sell')).toMatchObject({ state: 'accepted', reason: null });
    await expect.poll(held, { timeout: 15_000 }).toBe(-1);
    expect(await order('the-closing-request', 'buy')).toMatchObject({ state: 'accepted', reason: null });
    await expect.poll(held, { timeout: 15_000 }).toBe(0);
    const account = asked.filter((path) => path.includes('/trading/'));
    expect(account.length).toBeGreaterThan(5);
    expect(account.filter((path) => !path.includes('/domestic-futureoption/'))).toEqual([]);
  },
);

it('trades at night as the night, and refuses an order of the day by then', { timeout: 90_000 }, async () => {
  const real = await openOfflineKis('real', { market: 'us', startAt: '20:30' });
  const stand = await openAppStand({
    openTransport: () => ({ ...real.transport, close: () => Promise.resolve() }),
  });
  const { client } = stand;
  const entry = { ...real.entry, account: real.entry.account.replace(/-01$/, '-03') };
  const { connectionId: accountId } = await client.kis.save(entry);
  await client.environment.setPin({ pin: '402817' });
  await client.environment.switchTo({ environment: 'real' });
  const night = async (): Promise<unknown> => (await client.trading.accounts({}))[0];
  await expect.poll(night, { timeout: 20_000 }).toMatchObject({ accountId, product: 'derivative' });
  const account = (await client.trading.accounts({}))[0];
  await client.environment.arm({ pin: '402817' });
  const code = real.emulator.contracts.seats()[0]?.contract.code ?? '';
  const order = (requestId: string, session: 'regular' | 'night') =>
    client.trading.submit({
      requestId,
      accountId,
      instrumentId: `KRXF:${code}`,
      side: 'sell',
      type: 'market',
      timeInForce: 'day',
      session,
      price: null,
      quantity: 1,
    });
  expect(await order('the-request-of-the-day', 'regular')).toMatchObject({
    state: 'denied',
    reason: { code: 'GUARD_NIGHT_NOW' },
  });
  expect(await order('the-request-of-the-night', 'night')).toMatchObject({ state: 'accepted', reason: null });
  const held = async (): Promise<number | undefined> => (await client.trading.positions({ accountId }))[0]?.quantity;
  await expect.poll(held, { timeout: 15_000 }).toBe(-1);
  const orders = await client.trading.orders({ accountId, open: false });
  expect(orders.find(({ state }) => state === 'filled')).toMatchObject({
    session: 'night',
    sessionDate: account?.sessionDate,
    brokerOrderNo: expect.stringMatching(/^N/) as unknown,
  });
  expect(real.emulator.contracts.orders.map((each) => each.night)).toEqual([true]);
});
