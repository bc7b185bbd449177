/** Every row of the broker's list in one pass, through the real client to the offline KIS in memory: what was answered, and what of it was wrong. */
import {
  createKisRealtime,
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  kisLimits,
  type ChannelRecord,
  type KisAnswer,
  type KisCall,
  type KisRestClient,
} from '#core/broker/kis/index.ts';
import {
  isOrderApi,
  kisCatalogue,
  recipeBook,
  type ChannelApi,
  type KisApi,
  type RestApi,
} from '#core/catalogue/index.ts';
import { memoryTransport, type Emulator, type EmulatorOptions } from '#core/emulator/index.ts';
import type { Cleared } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { bondOrders, BOND_ORDERS } from './all-bond-orders.ts';
import { reservationOrders, RESERVATION_ORDERS } from './all-reservations.ts';
import { openEmulator } from './emulator.ts';
import type { FakeTime } from './fake-time.ts';
import { exampleParams } from './kis-params.ts';
import { createMemoryLog } from './memory-log.ts';
import { answerFaults, recordFaults } from './typed-answer.ts';

/** Enough that no call waits for another: limits have tests of their own. */
const PLENTY = 1_000_000;
/** More channels than the broker takes, so that one session hears them all. */
const CHANNELS = 100;

const catalogue = kisCatalogue();

/** What became of one API. */
export interface Heard {
  readonly api: KisApi;
  /** answered · refused, with its code · registered: a channel of what this market does not have, so nothing comes */
  readonly outcome: 'answered' | 'refused' | 'registered';
  readonly code: string | null;
  readonly pages: number;
  readonly rows: number;
  /** Fields whose values were looked at. */
  readonly values: number;
  readonly synthetic: boolean;
  readonly complete: boolean;
  /** What is wrong, a line each. */
  readonly faults: readonly string[];
}

interface Stand {
  readonly emulator: Emulator;
  readonly time: FakeTime;
  readonly rest: KisRestClient;
  readonly realtime: ReturnType<typeof createKisRealtime>;
  close(): Promise<void>;
}

async function open(env: 'paper' | 'real', options: Partial<EmulatorOptions> = {}): Promise<Stand> {
  const settings = { callsPerSecond: PLENTY, registrations: CHANNELS };
  const { emulator, time } = await openEmulator(env, { settings, ...options });
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = account.split('-');
  const { clock, timers } = time;
  const shared = {
    endpoint: { environment: env, kind: 'emulator', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1' } as const,
    transport: memoryTransport(emulator, { timers }),
    catalogue,
    clock,
    timers,
    rng: Rng.from(1, 'all-apis'),
    logger: createMemoryLog().logger,
  };
  const rest = createKisRest({
    ...shared,
    keys: () => ({ appKey, appSecret, accountNo, productCode, htsId }),
    tokenStore: createMemoryTokenStore(),
    serverClock: createServerClock({ clock }),
    limits: {
      ...kisLimits(env, sessionDate('2026-11-24')),
      callsPerSecond: PLENTY,
      ledgerPerSecond: PLENTY,
      waitingLimit: PLENTY,
      inFlightLimit: PLENTY,
    },
    epoch: () => 0,
  });
  const realtime = createKisRealtime({
    ...shared,
    approvalKey: () => rest.approvalKey(),
    settings: { registrations: CHANNELS },
  });
  const close = async (): Promise<void> => {
    realtime.close();
    rest.close();
    await emulator.close();
  };
  return { emulator, time, rest, realtime, close };
}

/** Lets time go on until the work is done. */
async function drive<T>({ time }: Stand, work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  over.catch(() => undefined);
  for (let turn = 0; !isOver; turn += 1) {
    if (turn > 20_000) throw new Error('some call never ends');
    await time.advance(1);
  }
  return over;
}

/** Values that choose the TR id where a field does not. */
const SELECT = { period: 'within3Months', market: 'us', session: 'day', side: 'buy', action: 'cancel' };

function selectOf(api: KisApi): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SELECT).filter(([key]) => api.trIdBy?.some(({ when }) => key in when) === true),
  );
}

/** Whatever the guard would have cleared: there is no guard here, and no broker either. */
const PASS = { cleared: { order: {}, epoch: 0 } as Cleared<unknown> };

const NOTHING = { pages: 0, rows: 0, values: 0, synthetic: false, complete: true, faults: [] } as const;

function refusal(api: KisApi, error: unknown): Heard {
  if (!(error instanceof AppError)) throw error;
  return { ...NOTHING, api, outcome: 'refused', code: String(error.params['code'] ?? error.code) };
}

function answered(api: RestApi, pages: readonly KisAnswer[], complete: boolean): Heard {
  const { faults, values, rows } = answerFaults(api, pages);
  const found = complete ? faults : [...faults, `${api.id}: its pages do not end`];
  const synthetic = pages[0]?.synthetic === true;
  return {
    api,
    outcome: 'answered',
    code: null,
    pages: pages.length,
    rows,
    values,
    synthetic,
    complete,
    faults: found,
  };
}

/** A read, to its last page. */
async function read(stand: Stand, api: RestApi): Promise<Heard> {
  // The examples of the catalogue name issues that are not listed here; the recipes name some that are.
  const listed = recipeBook().recipes.find((each) => each.api === api.id)?.params;
  const params = { ...exampleParams(api, stand.emulator.facts.account), ...listed };
  try {
    const { pages, complete } = await stand.rest.pages({
      api: api.id,
      params,
      select: selectOf(api),
      lane: 'background',
    });
    return answered(api, pages, complete);
  } catch (error) {
    return refusal(api, error);
  }
}

/** An order, which only a test can send without the desk: its pass is made up, and the market is. */
async function order(stand: Stand, api: RestApi, given: Readonly<Record<string, string>>): Promise<Heard> {
  const params = { ...exampleParams(api, stand.emulator.facts.account), ...given };
  const call: KisCall = { api: api.id, params, select: selectOf(api), pass: PASS };
  try {
    return answered(api, [await stand.rest.call(call)], true);
  } catch (error) {
    return refusal(api, error);
  }
}

function orderNo(answer: KisAnswer): string {
  const { output } = answer.blocks;
  const record = (Array.isArray(output) ? output[0] : output) as Readonly<Record<string, string>> | undefined;
  return record?.['ODNO'] ?? '';
}

/** Orders of the markets that the offline KIS has: one that waits in the book, and its cancel. */
async function marketOrders(
  stand: Stand,
  ids: { readonly place: string; readonly change: string },
  fields: Readonly<Record<string, string>>,
): Promise<readonly Heard[]> {
  const [place, change] = [catalogue.rest(ids.place), catalogue.rest(ids.change)];
  const params = { ...exampleParams(place, stand.emulator.facts.account), ...fields };
  const answer = await stand.rest.call({ api: place.id, params, select: selectOf(place), pass: PASS });
  const cancelled = {
    ...fields,
    ORGN_ODNO: orderNo(answer),
    RVSE_CNCL_DVSN_CD: '02',
    QTY_ALL_ORD_YN: 'Y',
    ORD_DVSN: '00',
  };
  const known = new Set(change.request.map(({ name }) => name));
  const given = Object.fromEntries(Object.entries(cancelled).filter(([name]) => known.has(name)));
  const cancel = await order(stand, change, given);
  return [answered(place, [answer], true), cancel];
}

/** Orders that rest: a buy far below the market. */
const KR_ORDER = { PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', EXCG_ID_DVSN_CD: 'KRX' };
const US_ORDER = { PDNO: 'AAPL', OVRS_EXCG_CD: 'NASD', ORD_QTY: '1', ORD_DVSN: '00', ORD_SVR_DVSN_CD: '0' };
const IN_THE_MARKET: readonly string[] = [
  'domestic-stock.order-cash',
  'domestic-stock.order-rvsecncl',
  'overseas-stock.order',
  'overseas-stock.order-rvsecncl',
  ...BOND_ORDERS,
  ...RESERVATION_ORDERS,
];

/** A price at which a buy waits: ten ticks and more below. */
function restingPrice({ emulator }: Stand): string {
  const last = emulator.simulator.issue('KRX:005930')?.last ?? 0;
  return String(Math.floor((last * 0.9) / 1_000) * 1_000);
}

/** A call that the client makes by itself, and whether it got what it asked for. */
function told(id: string, isFine: boolean): Heard {
  const faults = isFine ? [] : [`${id}: nothing came`];
  return { ...NOTHING, api: catalogue.rest(id), outcome: 'answered', code: null, pages: 1, rows: 1, values: 1, faults };
}

/** The calls that hand out keys, by the client that makes them itself. */
async function keys({ rest }: Stand): Promise<readonly Heard[]> {
  await rest.ensureToken();
  const token = told('auth.token', rest.tokenFacts().state === 'valid');
  const approval = told('auth.approval', (await rest.approvalKey()) !== '');
  const hash = told('auth.hashkey', (await rest.hashKey({ PDNO: '005930', ORD_QTY: '1' })) !== '');
  return [token, approval, hash];
}

const senderOf = (stand: Stand) => (id: string, given: Readonly<Record<string, string>>) =>
  order(stand, catalogue.rest(id), given);

/** All REST APIs of an environment; `ask` names those that paper lacks. */
export async function hearRest(env: 'paper' | 'real'): Promise<ReadonlyMap<string, Heard>> {
  const heard = new Map<string, Heard>();
  const put = (found: readonly Heard[]): void => found.forEach((each) => heard.set(each.api.id, each));
  const stand = await open(env);
  try {
    put(await drive(stand, keys(stand)));
    const rest = catalogue.apis.filter((api): api is RestApi => api.kind === 'rest' && api.product !== 'auth');
    const plain = rest.filter(({ id }) => !IN_THE_MARKET.includes(id));
    const one = (api: RestApi): Promise<Heard> => (isOrderApi(api) ? order(stand, api, {}) : read(stand, api));
    put(await drive(stand, Promise.all(plain.map(one))));
    const fields = { ...KR_ORDER, ORD_UNPR: restingPrice(stand) };
    const ids = { place: 'domestic-stock.order-cash', change: 'domestic-stock.order-rvsecncl' };
    put(await drive(stand, marketOrders(stand, ids, fields)));
    put(await drive(stand, bondOrders(stand.emulator, senderOf(stand))));
    // The token is given back once it is needed no more.
    await stand.time.advance(61_000);
    put([told('auth.revoke', await drive(stand, stand.rest.revokeToken()))]);
  } finally {
    await stand.close();
  }
  const night = await open(env, { market: 'us' });
  try {
    const ids = { place: 'overseas-stock.order', change: 'overseas-stock.order-rvsecncl' };
    put(await drive(night, marketOrders(night, ids, { ...US_ORDER, OVRS_ORD_UNPR: '100.00' })));
  } finally {
    await night.close();
  }
  const evening = await open(env);
  try {
    put(await drive(evening, reservationOrders(evening.emulator, senderOf(evening))));
  } finally {
    await evening.close();
  }
  return heard;
}

/** Channels of orders in markets that the offline KIS does not have, and expected trades of NXT, which has no auction: nothing ever comes. */
const SILENT = /^H0(IF|MF|EU)CNI|^HDFFF[12]C0$|^H0NXANC0$/;

function keyOf(api: ChannelApi, htsId: string): string {
  if (api.encrypted) return htsId;
  const recipe = recipeBook().recipes.find((each) => each.api === api.id);
  return recipe?.key ?? api.keyExample ?? '005930';
}

/** Listens to channels while the market goes on; `act` makes something happen in it. */
async function listen(
  stand: Stand,
  channels: readonly ChannelApi[],
  act: () => Promise<void>,
): Promise<readonly Heard[]> {
  const { realtime, emulator, time } = stand;
  const records = new Map<string, ChannelRecord[]>(channels.map(({ id }) => [id, []]));
  const states = new Map<string, string>();
  for (const api of channels) {
    realtime.want({
      api: api.id,
      key: keyOf(api, emulator.facts.htsId),
      rank: 'list',
      record: (record) => void records.get(api.id)?.push(record),
      state: (state) => void states.set(api.id, state),
    });
  }
  const isSettled = (): boolean => channels.every(({ id }) => (states.get(id) ?? 'waiting') !== 'waiting');
  for (let turn = 0; turn < 300 && !isSettled(); turn += 1) await time.advance(100);
  await act();
  return channels.map((api): Heard => {
    const came = records.get(api.id) ?? [];
    const silent = SILENT.test(api.trId.real ?? '');
    const { faults, values } = recordFaults(api, came);
    const state = states.get(api.id) ?? 'none';
    const missing = [
      ...(state === 'live' ? [] : [`${api.id}: is ${state}`]),
      ...(came.length > 0 || silent ? [] : [`${api.id}: nothing came`]),
    ];
    return {
      ...NOTHING,
      api,
      outcome: silent ? 'registered' : 'answered',
      code: null,
      rows: came.length,
      values,
      synthetic: true,
      faults: [...missing, ...faults],
    };
  });
}

const isAbroad = (api: ChannelApi): boolean => api.product === 'overseas-stock';

/** All channels: those at home through a day with its closing auction, those abroad through a night. */
export async function hearChannels(): Promise<ReadonlyMap<string, Heard>> {
  const channels = catalogue.apis.filter((api): api is ChannelApi => api.kind === 'ws');
  const heard = new Map<string, Heard>();
  const put = (found: readonly Heard[]): void => found.forEach((each) => heard.set(each.api.id, each));
  const day = await open('real');
  try {
    const found = await listen(
      day,
      channels.filter((api) => !isAbroad(api)),
      async () => {
        const { emulator, time } = day;
        const fields = { ...KR_ORDER, ORD_UNPR: restingPrice(day) };
        await drive(
          day,
          marketOrders(day, { place: 'domestic-stock.order-cash', change: 'domestic-stock.order-rvsecncl' }, fields),
        );
        await emulator.step(30_000);
        await time.advance(1_000);
        await emulator.simulator.jump('closeAuction');
        await emulator.step(30_000);
        await time.advance(1_000);
      },
    );
    put(found);
  } finally {
    await day.close();
  }
  const night = await open('real', { market: 'us' });
  try {
    const found = await listen(night, channels.filter(isAbroad), async () => {
      const { emulator, time } = night;
      const ids = { place: 'overseas-stock.order', change: 'overseas-stock.order-rvsecncl' };
      await drive(night, marketOrders(night, ids, { ...US_ORDER, OVRS_ORD_UNPR: '100.00' }));
      for (let step = 0; step < 30; step += 1) await emulator.step(1_000);
      await time.advance(1_000);
    });
    put(found);
  } finally {
    await night.close();
  }
  return heard;
}
