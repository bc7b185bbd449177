/** Made-up answers: the same question has the same answer, pages end and do not overlap, and what KIS refuses is refused. */
import { describe, expect, it } from 'vitest';
import { kisCatalogue, type RestApi } from '#core/catalogue/index.ts';
import { syntheticAnswer, syntheticRecord, type SyntheticQuestion } from '#core/emulator/synthetic/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { exampleParams } from '#test/support/kis-params.ts';

const catalogue = kisCatalogue();
type Row = Readonly<Record<string, string>>;

function ask(api: RestApi, more: Partial<SyntheticQuestion> & { readonly fields?: Row } = {}) {
  const { fields, ...rest } = more;
  const params = { ...exampleParams(api), ...fields };
  const answer = syntheticAnswer({ api, env: 'real', params, today: '20261126', ...rest });
  return { ...answer, json: JSON.parse(answer.body) as Readonly<Record<string, unknown>> };
}

const text = (value: unknown): string => (value as string).trimEnd();

describe('an answer', () => {
  const api = catalogue.rest('domestic-stock.volume-rank');

  it('is stable per question and says that it is made up', () => {
    const first = ask(api);
    expect(first).toMatchObject({ status: 200, headers: { 'x-emulator-data': 'synthetic', tr_cont: '' } });
    expect(ask(api).body).toBe(first.body);
    expect(ask(api, { fields: { FID_BLNG_CLS_CODE: '3' } }).body).not.toBe(first.body);
    expect(ask(api, { trId: 'OTHER' }).body).not.toBe(first.body);
  });

  it('does not depend on the order in which the fields were sent', () => {
    const params = exampleParams(api);
    const turned = Object.fromEntries(Object.entries(params).reverse());
    expect(syntheticAnswer({ api, env: 'real', params: turned, today: '20261126' }).body).toBe(ask(api).body);
  });

  it('has prices that hang together and names that fit their codes', () => {
    const { output } = ask(api).json as { output: Row[] };
    expect(output).toHaveLength(30);
    const base = (row: Row): number => Number(row['stck_prpr']) - Number(row['prdy_vrss']);
    for (const row of output) {
      expect(row['mksc_shrn_iscd']).toMatch(/^[0-9A-Z]{6}$/);
      expect(row['hts_kor_isnm']).not.toBe('');
      const change = Number(row['prdy_vrss']);
      expect(row['prdy_vrss_sign']).toBe(change > 0 ? '2' : change < 0 ? '5' : '3');
      expect(Number(row['prdy_ctrt'])).toBeCloseTo((change / base(row)) * 100, 1);
    }
    expect(output.map((row) => row['data_rank'])).toEqual(Array.from({ length: 30 }, (_, i) => String(i + 1)));
  });

  it('repeats the issue that was asked for', () => {
    const stock = catalogue.rest('domestic-stock.search-info');
    const { output } = ask(stock, { fields: { PDNO: '000660' } }).json as { output: Row };
    expect(output['shtn_pdno']).toBe('000660');
  });
});

describe('refusals', () => {
  it('name the field that is missing', () => {
    const api = catalogue.rest('domestic-stock.volume-rank');
    const { FID_INPUT_ISCD: _, ...params } = exampleParams(api) as Row & { FID_INPUT_ISCD: string };
    const answer = syntheticAnswer({ api, env: 'real', params });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      rt_cd: '1',
      msg_cd: 'OPSQ2001',
      msg1: 'ERROR INPUT FIELD NOT FOUND [FID_INPUT_ISCD]',
    });
  });

  it('say that paper does not have it, before anything else', () => {
    const api = catalogue.rest('domestic-stock.volume-rank');
    const answer = syntheticAnswer({ api, env: 'paper', params: {} });
    expect(answer).toMatchObject({ status: 500 });
    expect(JSON.parse(answer.body)).toMatchObject({ rt_cd: '1', msg_cd: 'EGW00213' });
  });

  it('take no text that is longer than its field, and no unknown market', () => {
    const api = catalogue.rest('domestic-stock.inquire-price-2');
    expect(ask(api, { fields: { FID_INPUT_ISCD: '9'.repeat(40) } }).json['msg_cd']).toBe('OPSQ2002');
    expect(ask(api, { fields: { FID_COND_MRKT_DIV_CODE: '?' } }).json['msg_cd']).toBe('OPSQ2001');
  });
});

describe('pages', () => {
  it('follow the context keys, blanks and all, to the end without a row twice', () => {
    const api = catalogue.rest('domestic-stock.inquire-balance-rlz-pl');
    const first = ask(api);
    expect(first.headers['tr_cont']).toBe('F');
    expect((first.json['ctx_area_nk100'] as string).length).toBe(100);
    const rows: string[] = (first.json['output1'] as Row[]).map((row) => JSON.stringify(row));
    let at = first;
    let pages = 1;
    while (at.headers['tr_cont'] === 'F' || at.headers['tr_cont'] === 'M') {
      const { ctx_area_fk100: CTX_AREA_FK100, ctx_area_nk100: CTX_AREA_NK100 } = at.json as Row;
      at = ask(api, {
        trCont: 'N',
        fields: { CTX_AREA_FK100: CTX_AREA_FK100 ?? '', CTX_AREA_NK100: CTX_AREA_NK100 ?? '' },
      });
      rows.push(...(at.json['output1'] as Row[]).map((row) => JSON.stringify(row)));
      pages += 1;
    }
    expect(at.headers['tr_cont']).toBe('E');
    expect(text(at.json['ctx_area_nk100'])).toBe('');
    expect(pages).toBeGreaterThan(1);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('refuse the context of another question', () => {
    const api = catalogue.rest('domestic-stock.inquire-balance-rlz-pl');
    const { ctx_area_nk100: CTX_AREA_NK100 = '' } = ask(api).json as Row;
    const wrong = ask(api, { trCont: 'N', fields: { CTX_AREA_FK100: 'other^', CTX_AREA_NK100 } });
    expect(wrong.json).toMatchObject({ rt_cd: '1', msg_cd: 'OPSQ2001' });
  });

  it('hold what the environment holds', () => {
    const api = catalogue.rest('domestic-stock.inquire-balance');
    expect(ask(api).json['output1']).toHaveLength(50);
    expect(ask(api, { env: 'paper' }).json['output1']).toHaveLength(20);
  });

  it('of overseas futures follow the index key', () => {
    const api = catalogue.rest('overseas-futureoption.daily-ccnl');
    const first = ask(api, { fields: { QRY_TP: 'Q', QRY_CNT: '20', INDEX_KEY: '' } });
    const key = (first.json['output1'] as Row)['index_key'] ?? '';
    expect(key).toMatch(/^\d{8}\s+20$/);
    const second = ask(api, { fields: { QRY_TP: 'P', QRY_CNT: '20', INDEX_KEY: key } });
    expect(second.json['output2']).not.toEqual(first.json['output2']);
  });

  it('of a chart go back with the date, and the same day is the same bar', () => {
    const api = catalogue.rest('domestic-futureoption.inquire-daily-fuopchartprice');
    const window = (to: string) =>
      ask(api, { fields: { FID_PERIOD_DIV_CODE: 'D', FID_INPUT_DATE_1: '20260101', FID_INPUT_DATE_2: to } }).json[
        'output2'
      ] as Row[];
    const newest = window('20261126');
    expect(newest).toHaveLength(100);
    expect(newest[0]!['stck_bsop_date']).toBe('20261126');
    const older = window(newest.at(-1)!['stck_bsop_date']!);
    expect(older[0]).toEqual(newest.at(-1));
    expect(window('20260110').length).toBeLessThan(10);
  });

  it('of a minute chart end with the first minute of the day', () => {
    const api = catalogue.rest('domestic-futureoption.inquire-time-fuopchartprice');
    const bars = (hour: string) =>
      ask(api, { fields: { FID_INPUT_DATE_1: '20261125', FID_INPUT_HOUR_1: hour } }).json['output2'] as Row[];
    expect(bars('153000')).toHaveLength(102);
    expect(bars('090200').map((row) => row['stck_cntg_hour'])).toEqual(['090200', '090100', '090000']);
    expect(bars('085900')).toEqual([]);
  });

  it('of the overseas minute chart go back with KEYB', () => {
    const api = catalogue.rest('overseas-stock.inquire-time-itemchartprice');
    const first = ask(api, { fields: { NMIN: '5', NREC: '120', NEXT: '', KEYB: '' } });
    expect(first.json['output1']).toMatchObject({ next: '1', nrec: '120' });
    const last = (first.json['output2'] as Row[]).at(-1)!;
    const second = ask(api, { fields: { NMIN: '5', NREC: '120', NEXT: '1', KEYB: `${last['xymd']}${last['xhms']}` } });
    expect((second.json['output2'] as Row[])[0]).toEqual(last);
  });

  it('with the header alone are two', () => {
    const api = catalogue.rest('overseas-stock.inquire-present-balance');
    expect(ask(api).headers['tr_cont']).toBe('F');
    expect(ask(api, { trCont: 'N' }).headers['tr_cont']).toBe('E');
  });

  it('go on after the number of the last row', () => {
    const api = catalogue.rest('domestic-stock.news-title');
    const rows = ask(api, { fields: { FID_INPUT_SRNO: '' } }).json['output'] as Row[];
    const next = ask(api, { trCont: 'N', fields: { FID_INPUT_SRNO: rows.at(-1)!['cntt_usiq_srno']! } });
    expect(Number((next.json['output'] as Row[])[0]!['cntt_usiq_srno'])).toBe(rows.length + 1);
  });
});

describe('records', () => {
  const nowTs = kstInstant(sessionDate('2026-11-26'), timeOfDayMs('10:20:30'));

  it('have every column of every channel, its key first and never a separator', () => {
    for (const channel of catalogue.apis) {
      if (channel.kind !== 'ws') continue;
      const values = syntheticRecord({ channel, key: '005930', seq: 3, nowTs });
      expect(values, channel.id).toHaveLength(channel.columns.length);
      for (const [place, column] of channel.columns.entries()) {
        expect(values[place], `${channel.id} ${column.name}`).not.toMatch(/^$|\^/);
        if (column.numeric === true)
          expect(values[place], `${channel.id} ${column.name}`).toMatch(/^[+-]?\d+(\.\d+)?$/);
      }
      expect(syntheticRecord({ channel, key: '005930', seq: 3, nowTs })).toEqual(values);
    }
  });

  it('walk around one price and carry the time of the server', () => {
    const channel = catalogue.channel('domestic-stock.ccnl-nxt');
    const at = (name: string): number => channel.columns.findIndex((column) => column.name === name);
    const prices = Array.from({ length: 50 }, (_, seq) => {
      const values = syntheticRecord({ channel, key: '005930', seq, nowTs });
      expect(values[at('STCK_CNTG_HOUR')]).toBe('102030');
      return Number(values[at('STCK_PRPR')]);
    });
    expect(new Set(prices).size).toBeGreaterThan(5);
    expect(Math.max(...prices) / Math.min(...prices)).toBeLessThan(1.1);
  });

  it('name the symbol behind an overseas key', () => {
    const channel = catalogue.channel('overseas-stock.asking-price');
    const values = syntheticRecord({ channel, key: 'DNASAAPL', seq: 0, nowTs });
    expect(values.slice(0, 2)).toEqual(['DNASAAPL', 'AAPL']);
  });
});
