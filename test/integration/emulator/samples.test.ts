/** Answers of the offline KIS held against the broker's samples: every field of a sample is there, as a text of the same kind. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { openEmulator, PlainClient, type TestEmulator } from '#test/support/emulator.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/kis');

interface Sample {
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly trId: string;
  readonly requestTrId?: string;
  readonly request: { readonly query?: Record<string, string>; readonly body?: Record<string, string> };
  readonly response: Readonly<Record<string, unknown>>;
}

const SAMPLES: readonly Sample[] = readdirSync(FOLDER)
  .filter((name) => /^(domestic|overseas)-stock\./.test(name))
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Sample);

/** Changes that make a sample's question one about this market. */
const INSTEAD: Readonly<Record<string, Record<string, string>>> = {
  'domestic-stock.order-cash': { PDNO: '005930', ORD_UNPR: '65000' },
  'domestic-stock.inquire-daily-ccld': { PDNO: '', INQR_STRT_DT: '20261124', INQR_END_DT: '20261124' },
  'domestic-stock.inquire-daily-itemchartprice': { fid_input_date_1: '20260701', fid_input_date_2: '20261124' },
  'domestic-stock.chk-holiday': { BASS_DT: '20261102' },
  'overseas-stock.order': { OVRS_ORD_UNPR: '200.00' },
  'overseas-stock.order-rvsecncl': { OVRS_EXCG_CD: 'NASD', PDNO: 'TSLA', ORD_QTY: '1', OVRS_ORD_UNPR: '201.00' },
  'overseas-stock.inquire-nccs': { OVRS_EXCG_CD: 'NASD' },
  'overseas-stock.inquire-balance': { CTX_AREA_NK200: '' },
  'overseas-stock.inquire-time-itemchartprice': { KEYB: '' },
};

type Rows = readonly Record<string, unknown>[];
const rowsOf = (block: unknown): Rows => (Array.isArray(block) ? (block as Rows) : [block as Record<string, unknown>]);
const isNumber = (value: unknown): boolean => /^\s*[+-]?\d+(\.\d+)?\s*$/.test(String(value));

/** Fields that hold a number in a sample only because nothing else was there. */
const LOOSE = /(_name|_nm|isnm|_yn|_cd|_code|odno|_dt|_date|_tmd|_hour|^ord[yr]|name$|ip_addr|pdno|iscd|_no$)/;

function compare(sample: Sample, said: Readonly<Record<string, unknown>>): void {
  for (const [name, block] of Object.entries(sample.response)) {
    if (typeof block !== 'object') {
      expect(Object.keys(said), `${sample.api} ${name}`).toContain(name);
      continue;
    }
    const [theirs] = rowsOf(block);
    expect(Array.isArray(said[name]), `${sample.api} ${name}`).toBe(Array.isArray(block));
    const [ours] = rowsOf(said[name]);
    expect(ours, `${sample.api} ${name} has no row`).toBeDefined();
    for (const [field, value] of Object.entries(theirs ?? {})) {
      expect(Object.keys(ours ?? {}), `${sample.api} ${name}.${field}`).toContain(field);
      const own = ours?.[field];
      expect(typeof own, `${sample.api} ${name}.${field}`).toBe('string');
      if (isNumber(value) && !LOOSE.test(field)) {
        expect(isNumber(own), `${sample.api} ${name}.${field}: ${String(own)}`).toBe(true);
      }
    }
  }
}

describe('answers and samples', () => {
  let at: TestEmulator;
  let us: TestEmulator;
  beforeAll(async () => {
    at = await openEmulator('real', { settings: { callsPerSecond: 1_000 } });
    us = await openEmulator('real', { market: 'us', settings: { callsPerSecond: 1_000 } });
    await us.emulator.step(120_000);
  });
  afterAll(async () => {
    await at.emulator.close();
    await us.emulator.close();
  });

  it.each([{ product: 'domestic-stock' }, { product: 'overseas-stock' }])('agree for $product', async ({ product }) => {
    const { emulator } = product === 'domestic-stock' ? at : us;
    const me = await new PlainClient(emulator).login();
    const send = async (sample: Sample, more: Record<string, string>): Promise<Readonly<Record<string, unknown>>> => {
      const fields = { ...(sample.request.query ?? sample.request.body), ...INSTEAD[sample.api], ...more };
      if ('CANO' in fields) Object.assign(fields, me.account);
      const api = kisCatalogue().rest(sample.api);
      const tr = sample.requestTrId ?? sample.trId;
      const said =
        api.method === 'GET' ? await me.get(api.path, tr, fields) : await me.post(api.path, fields, me.headers(tr));
      expect([sample.api, said.json.rt_cd, said.json.msg1]).toEqual([sample.api, '0', said.json.msg1]);
      return said.json as unknown as Readonly<Record<string, unknown>>;
    };
    const of = (api: string): Sample => SAMPLES.find((each) => each.api === `${product}.${api}`) as Sample;
    const [order, change] =
      product === 'domestic-stock' ? ['order-cash', 'order-rvsecncl'] : ['order', 'order-rvsecncl'];
    // Something to see: an order that waits and one that was filled.
    const dear = product === 'domestic-stock' ? { ORD_UNPR: '75000' } : { OVRS_ORD_UNPR: '360.00' };
    compare(of(order), await send(of(order), dear));
    const waiting = (await send(of(order), {})) as { output: { ODNO: string } };
    const revise = { ORGN_ODNO: waiting.output.ODNO, RVSE_CNCL_DVSN_CD: '01' };
    const price = product === 'domestic-stock' ? { ORD_UNPR: '65100' } : {};
    compare(of(change), await send(of(change), { ...revise, ...price }));
    for (const sample of SAMPLES) {
      if (!sample.api.startsWith(product) || /\.order/.test(sample.api)) continue;
      compare(sample, await send(sample, {}));
    }
  });
});
