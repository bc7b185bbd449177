/** The API explorer's half in the core: list and forms, calls with their pages, channels, refusals, what is remembered, and recipes that all run. */
import { describe, expect, it } from 'vitest';
import { kisCatalogue, recipeBook } from '#core/catalogue/index.ts';
import type { ApiDetail, ApiEnvironment, ApiMessage } from '#shared/contract/index.ts';
import { toEnvelope, type ErrorEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { openAppStand, type AppStand } from '#test/support/app-stand.ts';
import { run } from '#test/support/cli-run.ts';
import { buyAtAsk, openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

/** What a form sends when nobody changes it. */
function starts({ fields }: ApiDetail): Record<string, string> {
  return Object.fromEntries(fields.filter(({ fill }) => fill === 'user').map(({ name, start }) => [name, start]));
}

async function refused(answer: Promise<unknown>): Promise<ErrorEnvelope> {
  return answer.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => (error instanceof RemoteError ? error.envelope : toEnvelope(error)),
  );
}

/** A channel as it comes, until it is closed. */
function listen(stand: AppStand, wish: { readonly api: string; readonly env: ApiEnvironment; readonly key?: string }) {
  const messages: ApiMessage[] = [];
  let ended: ErrorEnvelope | null = null;
  const close = stand.client.apis.subscribe(
    { key: '', ...wish },
    { batch: (items) => void messages.push(...items), end: (error) => (ended = error) },
  );
  return {
    close,
    ended: () => ended,
    state: () => messages.findLast((message) => message.kind === 'state')?.state ?? null,
    records: () => messages.filter((message) => message.kind === 'record'),
  };
}

describe('the catalogue', () => {
  it('has the rows of the official list in their order, and behind them the rest', async () => {
    const { client } = await openAppStand();
    const rows = await client.apis.list({});
    const listed = rows.filter(({ no }) => no !== null);
    expect(listed.map(({ no }) => no)).toEqual(Array.from({ length: 334 }, (_, place) => place + 1));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(kisCatalogue().apis.length);
    expect(rows.find(({ id }) => id === 'domestic-stock.order-cash')).toMatchObject({
      category: '국내주식',
      menu: '주문/계좌',
      order: { verb: 'place', desk: 'krx', lack: null },
      trIds: { real: ['TTTC0011U', 'TTTC0012U'], paper: ['VTTC0011U', 'VTTC0012U'] },
    });
    // Every order API is either the desk's or says why it is not.
    for (const { id, order } of rows) if (order) expect((order.desk === null) !== (order.lack === null), id).toBe(true);
    expect(rows.filter(({ order }) => order).length).toBe(18);
    for (const { id } of rows) await client.apis.describe({ id });
  });

  it('fills a form with what is sensible, and leaves the account to the connection', async () => {
    const { client } = await openAppStand();
    const detail = await client.apis.describe({ id: 'domestic-stock.inquire-daily-ccld' });
    const field = (name: string) => detail.fields.find((each) => each.name === name);
    expect(field('CANO')).toMatchObject({ fill: 'account', start: '' });
    expect(field('CTX_AREA_FK100')).toMatchObject({ fill: 'page', start: '' });
    expect(field('period')).toMatchObject({ sent: false, start: 'within3Months', codes: { length: 2 } });
    expect(detail.paging.kind).toBe('next');
    const kinds = new Map(detail.blocks.flatMap(({ columns }) => columns).map(({ name, kind }) => [name, kind]));
    expect(['ord_dt', 'odno', 'sll_buy_dvsn_cd', 'ord_qty'].map((name) => kinds.get(name))).toEqual([
      'text',
      'text',
      'text',
      'open',
    ]);
    expect(await refused(client.apis.describe({ id: 'domestic-stock.inquire-pric' }))).toMatchObject({
      code: 'KIS_API_UNKNOWN',
    });
  });
});

describe('a call', () => {
  it('goes on page by page, or to the end at once, and is remembered without the account', async () => {
    const { client } = await openAppStand();
    const api = 'domestic-stock.period-rights';
    const params = starts(await client.apis.describe({ id: api }));
    const ask = (after: string | null, all = false) => client.kis.call({ api, env: 'simulator', params, all, after });
    const rows = (blocks: Readonly<Record<string, unknown>>): unknown[] => [blocks['output']].flat();
    const pages = [await ask(null)];
    expect(pages[0]).toMatchObject({ pages: 1, next: true, complete: false, synthetic: true, endpoint: 'emulator' });
    for (let last = pages[0]; last?.next === true && pages.length < 20; last = pages.at(-1))
      pages.push(await ask(last.callId));
    const last = pages.at(-1);
    expect(last).toMatchObject({ pages: 1, next: false, complete: true });
    expect(pages.length).toBeGreaterThan(1);
    const all = await ask(null, true);
    expect(all).toMatchObject({ pages: pages.length, complete: true, next: false });
    expect(rows(all.blocks)).toEqual(pages.flatMap(({ blocks }) => rows(blocks)));
    expect(new Set(rows(all.blocks).map((row) => JSON.stringify(row))).size).toBe(rows(all.blocks).length);
    // The rest from any page on.
    const rest = await client.kis.call({ api, env: 'simulator', params, all: true, after: pages[0]?.callId ?? null });
    expect(rest).toMatchObject({ pages: pages.length - 1, complete: true });
    expect(await refused(ask(last?.callId ?? ''))).toMatchObject({ code: 'INPUT_INVALID', family: 'input' });
    const history = await client.apis.history({});
    expect(history.map((call) => call.pages)).toEqual([pages.length - 1, pages.length, ...pages.map(() => 1)]);
    expect(history.every((call) => call.env === 'simulator' && call.reason === null)).toBe(true);
  });

  it('of an order, of a token or of what paper lacks is refused with its reason, and costs nothing', async () => {
    const paper = await openOfflineKis('paper');
    const { client } = await openAppStand({ openTransport: transportTo(paper) });
    await client.kis.save(paper.entry);
    const call = (api: string, env: ApiEnvironment) => refused(client.kis.call({ api, env, params: {} }));
    expect(await call('domestic-stock.order-cash', 'simulator')).toMatchObject({ code: 'KIS_ORDER_API' });
    expect(await call('domestic-bond.buy', 'paper')).toMatchObject({ code: 'KIS_ORDER_API' });
    expect(await call('auth.token', 'simulator')).toMatchObject({ code: 'KIS_SECRET_API' });
    expect(await call('domestic-bond.inquire-price', 'paper')).toMatchObject({ code: 'KIS_NOT_IN_PAPER' });
    expect(await call('domestic-stock.inquire-price', 'real')).toMatchObject({ code: 'ENVIRONMENT_ABSENT' });
    const history = await client.apis.history({});
    expect(history.length).toBe(5);
    expect(history.every(({ pages, reason }) => pages === 0 && reason !== null)).toBe(true);
    const places = await client.apis.places({});
    expect(places.map(({ env, reasonKo }) => [env, reasonKo === null])).toEqual([
      ['simulator', true],
      ['paper', true],
      ['real', false],
    ]);
    expect(places[1]?.label).toMatch(/\*/);
  });

  it('never tells account, keys or HTS id, whoever wrote them', async () => {
    const real = await openOfflineKis('real');
    const { client } = await openAppStand({ openTransport: transportTo(real) });
    await client.kis.save(real.entry);
    const [account = ''] = real.entry.account.split('-');
    const balance = 'domestic-stock.inquire-balance';
    const params = { ...starts(await client.apis.describe({ id: balance })), CANO: account };
    const told = [await client.kis.call({ api: balance, env: 'real', params }), await client.apis.history({})];
    const { appKey, appSecret, htsId } = real.entry;
    for (const secret of [account, appKey, appSecret, htsId ?? '']) expect(JSON.stringify(told)).not.toContain(secret);
  });
});

describe('a channel', () => {
  it(
    'comes from the market in this process, at home and abroad, while somebody listens',
    { timeout: 60_000 },
    async () => {
      const stand = await openAppStand();
      const trades = listen(stand, { api: 'domestic-stock.ccnl-krx', env: 'simulator', key: '005930' });
      const abroad = listen(stand, { api: 'overseas-stock.delayed-ccnl', env: 'simulator', key: 'DNASAAPL' });
      const made = listen(stand, { api: 'domestic-bond.bond-ccnl', env: 'simulator', key: 'KR103502GA34' });
      for (const channel of [trades, abroad, made])
        await expect.poll(() => channel.records().length, { timeout: 40_000 }).toBeGreaterThan(0);
      expect(trades.state()).toBe('live');
      expect(trades.records()[0]?.values).toMatchObject({ MKSC_SHRN_ISCD: '005930' });
      for (const channel of [trades, abroad, made]) channel.close();
      const count = trades.records().length;
      await new Promise((wake) => setTimeout(wake, 1_500));
      expect(trades.records().length).toBe(count);
    },
  );

  it(
    'over a connection hides whose notices they are, whether its environment is in force or not',
    { timeout: 60_000 },
    async () => {
      const real = await openOfflineKis('real');
      const stand = await openAppStand({ openTransport: transportTo(real) });
      const { connectionId } = await stand.client.kis.save(real.entry);
      const { emulator } = real;
      const [account = ''] = real.entry.account.split('-');
      const [instrumentId = 'KRX:005930'] = emulator.simulator.instrumentIds();
      const buy = () => {
        const {
          requestId: _,
          allowDuplicate: __,
          ...order
        } = { requestId: '', ...buyAtAsk(real, { accountId: emulator.accountId, instrumentId }) };
        return emulator.simulator.submit(order);
      };
      const hear = async (): Promise<void> => {
        const notices = listen(stand, { api: 'domestic-stock.ccnl-notice', env: 'real' });
        await expect.poll(() => notices.state(), { timeout: 20_000 }).toBe('live');
        expect(buy()).toMatchObject({ ok: true });
        await expect.poll(() => notices.records().length, { timeout: 20_000 }).toBeGreaterThan(0);
        const told = JSON.stringify(notices.records());
        expect(told).not.toContain(account);
        expect(told).not.toContain(real.entry.htsId);
        notices.close();
      };
      await hear();
      await expect.poll(() => emulator.registrations().length, { timeout: 20_000 }).toBe(0);
      await stand.client.environment.switchTo({ environment: 'real', connectionId });
      await stand.until(({ environment, phase }) => environment === 'real' && phase === 'ready');
      await hear();
      const { socket } = await new Promise<{ socket: { reconnects: number } }>((done) => {
        const close = stand.client.kis.health(
          {},
          {
            batch: ([health]) => {
              if (!health) return;
              close();
              done(health);
            },
          },
        );
      });
      // The session of the desk was shared, not pushed out.
      expect(socket.reconnects).toBe(0);
    },
  );

  it('that is not there, or has no key, ends with its reason', async () => {
    const paper = await openOfflineKis('paper');
    const stand = await openAppStand({ openTransport: transportTo(paper) });
    await stand.client.kis.save({ ...paper.entry, htsId: null });
    const end = async (wish: Parameters<typeof listen>[1]): Promise<string | undefined> => {
      const channel = listen(stand, wish);
      await expect.poll(() => channel.ended()).not.toBeNull();
      return channel.ended()?.code;
    };
    expect(await end({ api: 'domestic-bond.bond-ccnl', env: 'paper', key: 'KR103502GA34' })).toBe(
      'KIS_CHANNEL_NOT_HERE',
    );
    expect(await end({ api: 'domestic-stock.ccnl-notice', env: 'paper' })).toBe('INPUT_INVALID');
    expect(await end({ api: 'domestic-stock.ccnl-krx', env: 'paper', key: ' ' })).toBe('INPUT_INVALID');
    expect(await end({ api: 'domestic-stock.inquire-price', env: 'simulator', key: '1' })).toBe('KIS_API_UNKNOWN');
  });
});

describe('recipes', () => {
  it('stand for every product and every channel, and run', { timeout: 120_000 }, async () => {
    const stand = await openAppStand();
    const { client } = stand;
    const { samples } = recipeBook();
    const recipes = await client.apis.recipes({});
    expect(samples.flatMap(({ files }) => files).length).toBe(28);
    for (const { product } of samples) {
      const kinds = new Set(recipes.filter((recipe) => recipe.product === product).map(({ kind }) => kind));
      expect(kinds, product).toContain('call');
      expect(kinds, product).toContain('channel');
    }
    const channels = kisCatalogue().apis.filter(({ kind }) => kind === 'ws');
    expect(recipes.filter(({ kind }) => kind === 'channel').map(({ api }) => api)).toEqual(
      channels.map(({ id }) => id),
    );
    for (const { api, kind, params, id } of recipes) {
      if (kind === 'call' && api !== null) {
        const form = await client.apis.describe({ id: api });
        const wish = { api, env: 'simulator', params: { ...starts(form), ...params } } as const;
        const told = await client.kis.call(wish).then(({ pages }) => pages, String);
        expect(told, id).toBe(1);
      }
      if (kind === 'order' && api !== null)
        expect(await refused(client.kis.call({ api, env: 'simulator', params: {} })), id).toMatchObject({
          code: 'KIS_ORDER_API',
        });
    }
  });

  it('that are channels register and are heard or silent, as the market is', { timeout: 120_000 }, async () => {
    const stand = await openAppStand();
    const recipes = (await stand.client.apis.recipes({})).filter(({ kind }) => kind === 'channel');
    // Below what a session takes at once.
    for (let at = 0; at < recipes.length; at += 30) {
      const heard = recipes.slice(at, at + 30).map(({ api, key, id }) => ({
        id,
        channel: listen(stand, { api: api ?? '', env: 'simulator', key: key === '' ? keyOf(api ?? '') : key }),
      }));
      for (const { id, channel } of heard)
        await expect
          .poll(() => channel.state() ?? channel.ended()?.code, { timeout: 30_000, message: id })
          .toBe('live');
      for (const { channel } of heard) channel.close();
    }
  });

  it('on the command line are understood', async () => {
    const order = { orderId: 'o1', state: 'accepted', brokerOrderNo: '7', reason: null };
    const account = (accountId: string, currency: string) => ({
      accountId,
      name: accountId,
      currency,
      cashD2Krw: 1,
      buyingPowerKrw: 1,
    });
    const answers = {
      'system.preferences': () => ({ accountId: null }),
      'trading.accounts': () => [account('a1', 'KRW'), account('a2', 'USD')],
      'market.instruments': () => ({
        instruments: [
          { id: 'NASD:AAPL', code: 'AAPL', nameKo: '애플' },
          { id: 'KRX:005930', code: '005930', nameKo: '삼성전자' },
        ],
        inMarket: [],
      }),
      'trading.submit': () => order,
      'trading.replace': () => order,
      'trading.cancel': () => order,
      'trading.orders': () => [{ orderId: 'ID', instrumentId: 'KRX:005930' }],
      'trading.order': () => ({ orderId: 'ID', instrumentId: 'KRX:005930' }),
    };
    const canned = { 'kis.call': (input: unknown) => cannedCall((input as { readonly api: string }).api) };
    for (const { kind, api, params = {} } of recipeBook().recipes) {
      if (kind !== 'call' || api === undefined) continue;
      const given = Object.entries(params).flatMap((pair) => ['--param', pair.join('=')]);
      const { code, stderr } = await run(['kis', 'call', api, ...given], canned);
      expect([code, stderr], api).toEqual([0, '']);
    }
    const lines = recipeBook().recipes.flatMap(({ cli, kind }) => (cli === undefined || kind === 'cli' ? [] : [cli]));
    expect(lines.length).toBeGreaterThan(6);
    for (const line of lines) {
      const { code, stderr } = await run(line.split(' '), answers);
      expect([code, stderr], line).toEqual([0, '']);
    }
  });
});

/** An answer without rows. */
function cannedCall(api: string) {
  const facts = { trId: null, messageCode: '', message: '', blocks: {}, complete: true, pages: 1, synthetic: true };
  return { api, ...facts, callId: 'c1', endpoint: 'emulator', next: false, ms: 1 };
}

/** What the form of a channel begins with. */
function keyOf(api: string): string {
  const channel = kisCatalogue().channel(api);
  return channel.encrypted ? '' : (channel.keyExample ?? '');
}
