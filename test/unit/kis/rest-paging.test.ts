/** Pages to the end in every way the catalogue knows, partial results, and servers that turn in a circle. */
import { describe, expect, it } from 'vitest';
import type { KisCall, KisPages } from '#core/broker/kis/index.ts';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { TransportError, type HttpRequest } from '#core/platform/index.ts';
import { kisStand, success, type KisStand, type Reply } from '#test/support/kis-stand.ts';

const query = (request: HttpRequest | undefined, name: string): string | null =>
  new URL(request?.url ?? 'http://x').searchParams.get(name);

async function pagesOf(
  stand: KisStand,
  call: KisCall,
  options: Parameters<KisStand['rest']['pages']>[1] = {},
): Promise<KisPages> {
  const result = stand.rest.pages(call, options);
  result.catch(() => undefined);
  await stand.time.advance(60_000);
  return result;
}

const more = { tr_cont: 'M' };
const last = { tr_cont: 'D' };

/** Answers page after page. */
function inTurn(stand: KisStand, pages: readonly Reply[]): void {
  let page = -1;
  stand.reply = () => pages[Math.min((page += 1), pages.length - 1)]!;
}

describe('pages', () => {
  it('follow the context, with its trailing blanks, and the header N', async () => {
    const stand = kisStand();
    const fk = '12345678^01^'.padEnd(100);
    const nk = (n: number): string => `${n}!^`.padEnd(100);
    inTurn(stand, [
      success({ output1: [{ pdno: '1' }], output2: [{}], ctx_area_fk100: fk, ctx_area_nk100: nk(1) }, { tr_cont: 'F' }),
      success({ output1: [{ pdno: '2' }], output2: [{}], ctx_area_fk100: fk, ctx_area_nk100: nk(2) }, more),
      success({ output1: [{ pdno: '3' }], output2: [{}], ctx_area_fk100: fk, ctx_area_nk100: nk(0) }, { tr_cont: 'E' }),
    ]);
    const seen: number[] = [];
    const { pages, complete, error } = await pagesOf(
      stand,
      { api: 'domestic-stock.inquire-balance', params: { INQR_DVSN: '02' } },
      { onPage: (_, page) => seen.push(page) },
    );
    expect([pages.length, complete, error, seen]).toEqual([3, true, null, [1, 2, 3]]);
    expect(stand.calls.map((request) => request.headers['tr_cont'])).toEqual(['', 'N', 'N']);
    expect(stand.calls.map((request) => query(request, 'CTX_AREA_NK100'))).toEqual(['', nk(1), nk(2)]);
    expect(stand.calls.map((request) => query(request, 'CTX_AREA_FK100'))).toEqual(['', fk, fk]);
    expect(query(stand.calls[2], 'INQR_DVSN')).toBe('02');
    expect(pages.map((page) => page.more)).toEqual([true, true, false]);
  });

  it.each([
    ['domestic-stock.ksdinfo-bonus-issue', 'CTS', { cts: 'NEXT 1 ' }],
    ['overseas-stock.industry-theme', 'KEYB', { keyb: 'K1' }],
    ['overseas-futureoption.investor-unpd-trend', 'CTS_KEY', { output1: { cts_key: 'C1' } }],
    ['domestic-stock.news-title', 'FID_INPUT_SRNO', { output: [{ cntt_usiq_srno: '9' }, { cntt_usiq_srno: '8' }] }],
    ['domestic-futureoption.margin-rate', 'CTX_AREA_NK200', { ctx_area_nk200: 'x'.padEnd(200) }],
    ['domestic-stock.chk-holiday', 'CTX_AREA_NK', { ctx_area_nk: '20260101 ' }],
  ])('of %s carry %s', async (api, key, blocks) => {
    const stand = kisStand();
    inTurn(stand, [success(blocks, more), success({}, last)]);
    const { pages, complete } = await pagesOf(stand, { api, params: {} });
    expect([pages.length, complete]).toEqual([2, true]);
    const value = {
      CTS: 'NEXT 1 ',
      KEYB: 'K1',
      CTS_KEY: 'C1',
      FID_INPUT_SRNO: '8',
      CTX_AREA_NK200: 'x'.padEnd(200),
      CTX_AREA_NK: '20260101 ',
    }[key];
    expect(query(stand.calls[1], key)).toBe(value);
    expect(stand.calls[1]?.headers['tr_cont']).toBe('N');
  });

  it('of an API without a key are asked for by the header alone', async () => {
    const stand = kisStand();
    inTurn(stand, [success({ output1: [{ a: '1' }] }, more), success({ output1: [{ a: '2' }] }, last)]);
    const { pages, complete } = await pagesOf(stand, { api: 'overseas-stock.inquire-present-balance', params: {} });
    expect([pages.length, complete]).toEqual([2, true]);
    expect(stand.calls.map((request) => request.headers['tr_cont'])).toEqual(['', 'N']);
    expect(stand.calls[0]?.url).toBe(stand.calls[1]?.url);
  });

  it('of overseas futures go by QRY_TP and INDEX_KEY', async () => {
    const stand = kisStand();
    inTurn(stand, [
      success({ output1: [{ data_date: '1' }], output2: { index_key: '20231208       246' } }),
      success({ output1: [{ data_date: '2' }], output2: { index_key: '   ' } }),
    ]);
    const { pages, complete } = await pagesOf(stand, {
      api: 'overseas-futureoption.inquire-time-futurechartprice',
      params: {},
    });
    expect([pages.length, complete]).toEqual([2, true]);
    expect(stand.calls.map((request) => query(request, 'QRY_TP'))).toEqual(['Q', 'P']);
    expect(query(stand.calls[1], 'INDEX_KEY')).toBe('20231208       246');
    expect(stand.calls[1]?.headers['tr_cont']).toBe('');
  });

  it('of overseas minutes go by NEXT and a time one interval back', async () => {
    const stand = kisStand();
    inTurn(stand, [
      success({
        output1: { next: '1' },
        output2: [
          { xymd: '20240222', xhms: '160000' },
          { xymd: '20240222', xhms: '000200' },
        ],
      }),
      success({ output1: { next: '0' }, output2: [{ xymd: '20240221', xhms: '160000' }] }),
    ]);
    const { pages, complete } = await pagesOf(stand, {
      api: 'overseas-stock.inquire-time-itemchartprice',
      params: { NMIN: '5' },
    });
    expect([pages.length, complete]).toEqual([2, true]);
    expect(['NEXT', 'KEYB', 'PINC'].map((name) => query(stand.calls[1], name))).toEqual(['1', '20240221235700', '1']);
  });

  it('of a chart that moves by dates are one: the dates are its caller’s', async () => {
    const stand = kisStand();
    const { pages, complete } = await pagesOf(stand, {
      api: 'domestic-stock.inquire-daily-itemchartprice',
      params: {},
    });
    expect([pages.length, complete]).toEqual([1, true]);
  });
});

describe('a partial result', () => {
  const BALANCE: KisCall = { api: 'domestic-stock.inquire-balance', params: {} };
  const page = (key: string, header = more): Reply =>
    success({ output1: [{ pdno: key }], ctx_area_nk100: key }, header);

  it('stays after an error, and says so', async () => {
    const stand = kisStand();
    inTurn(stand, [page('1'), page('2'), new TransportError('cut', true)]);
    const { pages, complete, error } = await pagesOf(stand, BALANCE);
    expect([pages.length, complete]).toEqual([2, false]);
    expect(error).toMatchObject({ code: 'KIS_NO_ANSWER' });
  });

  it('is none where not even the first page came', async () => {
    const stand = kisStand();
    stand.reply = () => new TransportError('tls', false);
    await expect(pagesOf(stand, BALANCE)).rejects.toMatchObject({ code: 'KIS_NO_ANSWER' });
  });

  it('ends at the number of pages asked for', async () => {
    const stand = kisStand();
    inTurn(stand, [page('1'), page('2'), page('3')]);
    const { pages, complete, error } = await pagesOf(stand, BALANCE, { maxPages: 2 });
    expect([pages.length, complete, error]).toEqual([2, false, null]);
    expect(stand.calls).toHaveLength(2);
  });

  it('ends where the server names the same key twice', async () => {
    const stand = kisStand();
    inTurn(stand, [page('1'), page('2'), page('1'), page('2')]);
    const { pages, complete, error } = await pagesOf(stand, BALANCE);
    expect([pages.length, complete]).toEqual([3, false]);
    expect(error).toMatchObject({ code: 'KIS_PAGES_CIRCLE' });
  });

  it('ends where a server without keys repeats its rows', async () => {
    const stand = kisStand();
    stand.reply = () => success({ output1: [{ a: '1' }] }, more);
    const { pages, complete, error } = await pagesOf(stand, { api: 'overseas-stock.foreign-margin', params: {} });
    expect([pages.length, complete]).toEqual([1, false]);
    expect(error).toMatchObject({ code: 'KIS_PAGES_CIRCLE' });
    expect(stand.calls).toHaveLength(2);
  });

  it('never grows without end', async () => {
    const stand = kisStand();
    let key = 0;
    stand.reply = () => success({ ctx_area_nk100: String((key += 1)) }, more);
    const { pages, complete } = await pagesOf(stand, BALANCE);
    expect([pages.length, complete]).toEqual([200, false]);
  });
});

it('knows every way of paging in the catalogue', () => {
  const ways = new Set(
    kisCatalogue().apis.flatMap((api) =>
      api.kind === 'rest' && api.paging !== null ? [`${api.paging.kind} ${api.paging.keys.join()}`] : [],
    ),
  );
  const known =
    /^(time .*|key QRY_TP,INDEX_KEY|key NEXT,KEYB|tr_cont (|CTS|CTS_KEY|KEYB|FID_INPUT_SRNO|(CTX_AREA_FK\d*,)?CTX_AREA_NK\d*))$/;
  for (const way of ways) expect(way).toMatch(known);
});
