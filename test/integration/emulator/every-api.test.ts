/** Every REST API of the catalogue that places no order, through the real client to the offline KIS in memory, in both environments. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  createKisRest,
  createMemoryTokenStore,
  createServerClock,
  kisLimits,
  type KisAnswer,
  type KisRestClient,
} from '#core/broker/index.ts';
import { isOrderApi, kisCatalogue, type ResponseField, type RestApi } from '#core/catalogue/index.ts';
import { memoryTransport, type Emulator } from '#core/emulator/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { openEmulator } from '#test/support/emulator.ts';
import type { FakeTime } from '#test/support/fake-time.ts';
import { exampleParams } from '#test/support/kis-params.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';

/** Enough that no call waits for another: limits have tests of their own. */
const PLENTY = 1_000_000;

const catalogue = kisCatalogue();
/** All but orders and the calls that hand out keys. */
const reads = catalogue.apis.filter(
  (api): api is RestApi => api.kind === 'rest' && !isOrderApi(api) && api.product !== 'auth',
);

interface Stand {
  readonly emulator: Emulator;
  readonly time: FakeTime;
  readonly rest: KisRestClient;
}

let stand: Stand;
afterEach(async () => {
  stand.rest.close();
  await stand.emulator.close();
});

async function open(env: 'paper' | 'real'): Promise<Stand> {
  const { emulator, time } = await openEmulator(env, { settings: { callsPerSecond: PLENTY } });
  const { appKey, appSecret, account, htsId } = emulator.facts;
  const [accountNo = '', productCode = ''] = account.split('-');
  const { clock, timers } = time;
  const rest = createKisRest({
    endpoint: { environment: env, kind: 'emulator', restUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:1' },
    keys: () => ({ appKey, appSecret, accountNo, productCode, htsId }),
    tokenStore: createMemoryTokenStore(),
    transport: memoryTransport(emulator, { timers }),
    catalogue,
    clock,
    timers,
    serverClock: createServerClock({ clock }),
    rng: Rng.from(1, 'rest'),
    logger: createMemoryLog().logger,
    limits: {
      ...kisLimits(env, sessionDate('2026-11-24')),
      callsPerSecond: PLENTY,
      ledgerPerSecond: PLENTY,
      waitingLimit: PLENTY,
      inFlightLimit: PLENTY,
    },
    epoch: () => 0,
  });
  return { emulator, time, rest };
}

/** Values that choose the TR id where a field does not. */
const SELECT = { period: 'within3Months', market: 'us', session: 'day', side: 'buy' };

/** What an API answered: its pages, or the code of its refusal. */
type Heard = { readonly pages: readonly KisAnswer[]; readonly complete: boolean; readonly code: string | null };

async function hear(api: RestApi): Promise<Heard> {
  const params = exampleParams(api, stand.emulator.facts.account);
  const select = Object.fromEntries(
    Object.entries(SELECT).filter(([key]) => api.trIdBy?.some(({ when }) => key in when) === true),
  );
  try {
    const { pages, complete } = await stand.rest.pages({ api: api.id, params, select, lane: 'background' });
    return { pages, complete, code: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { pages: [], complete: false, code: String(error.params['code'] ?? error.code) };
  }
}

/** All APIs at once, with time moving until the last has answered. */
async function hearAll(apis: readonly RestApi[]): Promise<ReadonlyMap<RestApi, Heard>> {
  const heard = new Map<RestApi, Heard>();
  let left = apis.length;
  for (const api of apis)
    void hear(api)
      .then(
        (found) => heard.set(api, found),
        (error: unknown) => heard.set(api, { pages: [], complete: false, code: String(error) }),
      )
      .finally(() => (left -= 1));
  for (let turn = 0; left > 0; turn += 1) {
    if (turn > 20_000) throw new Error('some call never ends');
    await stand.time.advance(1);
  }
  return heard;
}

function wrong(field: ResponseField, value: string | undefined, synthetic: boolean): string | null {
  if (value === undefined) return 'is not there';
  // What the market answers may leave a field empty; what is made up never does.
  if (value.trim() === '') return synthetic && field.name.toLowerCase() !== 'index_key' ? 'is empty' : null;
  if (field.numeric === true && !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return `is no number: ${value}`;
  const codes = Object.keys(field.values ?? {});
  const plain = codes.length > 0 && codes.every((code) => /^[0-9A-Z]{1,4}$/.test(code));
  if (synthetic && plain && field.numeric !== true && /_(cd|code|yn|cls)$/i.test(field.name) && !codes.includes(value))
    return `is none of its codes: ${value}`;
  if (/_(dt|date)$/i.test(field.name) && synthetic && /일자$/.test(field.label) && !/^\d{8}$/.test(value))
    return `is no date: ${value}`;
  return null;
}

/** APIs whose example names an issue that this market does not list. */
const UNKNOWN_ISSUE: Readonly<Record<string, string>> = { 'overseas-stock.inquire-psamount': 'APBK0656' };

/** What is wrong with the answers of an API, a line each. */
function faults(api: RestApi, { pages, complete, code }: Heard): readonly string[] {
  if (code !== null && code === UNKNOWN_ISSUE[api.id]) return [];
  if (code !== null) return [`${api.id}: refused with ${code}`];
  const found: string[] = complete ? [] : [`${api.id}: its pages do not end`];
  for (const answer of pages) {
    for (const [name, block] of Object.entries(api.response)) {
      const said = answer.blocks[name];
      if (said === undefined) found.push(`${api.id}: no ${name}`);
      else if (Array.isArray(said) !== (block.kind === 'array')) found.push(`${api.id}: ${name} has the wrong shape`);
      // The rows of a page are made alike: the first and the last speak for all.
      for (const row of said === undefined
        ? []
        : [said].flat().filter((_, i, all) => i === 0 || i === all.length - 1)) {
        for (const field of block.fields) {
          const fault = wrong(field, (row as Record<string, string>)[field.name], answer.synthetic === true);
          if (fault !== null) found.push(`${api.id}.${name}.${field.name} ${fault}`);
        }
      }
    }
  }
  return found;
}

describe('every API', () => {
  it.each(['real', 'paper'] as const)('answers in %s with every field, to the last page', async (env) => {
    stand = await open(env);
    await Promise.all([stand.rest.ensureToken(), stand.time.advance(100)]);
    const offered = reads.filter((api) => stand.rest.offers(api.id));
    expect(offered.length).toBe(env === 'real' ? reads.length : reads.filter(({ paper }) => paper).length);
    const heard = await hearAll(offered);
    expect([...heard].flatMap(([api, answer]) => faults(api, answer))).toEqual([]);
    const made = [...heard.values()].filter(({ pages }) => pages[0]?.synthetic === true).length;
    const paged = [...heard].filter(([api, { pages }]) => api.paging !== null && pages.length > 1).length;
    // Most of the list is made up, and most of what pages has more than one page.
    expect(made).toBeGreaterThan(env === 'real' ? 200 : 5);
    expect(paged).toBeGreaterThan(env === 'real' ? 60 : 2);
  });

  it('that paper lacks is refused there, by the client and by the server', async () => {
    stand = await open('paper');
    const token = stand.rest.ensureToken();
    await stand.time.advance(100);
    await token;
    const lacking = reads.filter(({ paper }) => !paper);
    for (const api of lacking) {
      expect(stand.rest.offers(api.id), api.id).toBe(false);
      expect(await hear(api), api.id).toMatchObject({ code: 'KIS_NOT_IN_PAPER' });
    }
    expect(lacking.length).toBeGreaterThan(200);
  });
});
