/** `kis list`, `kis describe` and `kis call`: what they say, what they hand to the core, and what they refuse before it opens. */
import { describe, expect, it } from 'vitest';
import { run } from '#test/support/cli-run.ts';

const ANSWER = {
  api: 'domestic-stock.inquire-price',
  trId: 'FHKST01010100',
  messageCode: 'MCA00000',
  message: '정상처리 되었습니다.',
  blocks: { output: { stck_prpr: '70000' }, top: {} },
  complete: true,
  pages: 1,
  synthetic: false,
};
const answers = { 'kis.call': () => ANSWER };
const PRICE = ['--param', 'FID_COND_MRKT_DIV_CODE=J', '--param', 'FID_INPUT_ISCD=005930'] as const;

/** The error that was told as JSON. */
function errorOf(stdout: string): { code: string; messageKo: string; actionKo: string } {
  return (JSON.parse(stdout) as { error: { code: string; messageKo: string; actionKo: string } }).error;
}

describe('kis list', () => {
  it('gives all 339 as a list of id, name, group, kind and paper, without a core', async () => {
    const { code, stdout, closed, calls } = await run(['kis', 'list', '--json']);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect([code, rows.length, calls.length, closed]).toEqual([0, 339, 0, false]);
    for (const row of rows) expect(Object.keys(row)).toEqual(['id', 'name', 'group', 'kind', 'paper']);
    expect(rows.find(({ id }) => id === 'domestic-stock.order-cash')).toEqual({
      id: 'domestic-stock.order-cash',
      name: '주식주문(현금)',
      group: '[국내주식]주문/계좌',
      kind: 'rest',
      paper: true,
    });
  });

  it('narrows by group, by paper and by words or TR ids', async () => {
    const ids = async (...more: string[]): Promise<string[]> => {
      const { stdout } = await run(['kis', 'list', '--json', ...more]);
      return (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    };
    expect(await ids('--group', 'OAuth')).toHaveLength(4);
    expect(await ids('--search', 'vttt1001u')).toEqual(['overseas-stock.order']);
    expect(await ids('--search', '주식현재가 시세')).toContain('domestic-stock.inquire-price');
    const paper = await ids('--paper', '--group', '[국내주식]주문/계좌');
    expect(paper).toContain('domestic-stock.order-cash');
    expect(paper).not.toContain('domestic-stock.order-credit');
  });

  it('is a table for people', async () => {
    const { stdout } = await run(['kis', 'list', '--search', 'order-cash']);
    expect(stdout).toContain('주식주문(현금)');
    expect(stdout).toContain('1개');
    expect((await run(['kis', 'list', '--search', 'no such thing'])).stdout).toContain('0개');
  });
});

describe('kis describe', () => {
  it('tells everything of an API as JSON', async () => {
    const { code, stdout } = await run(['kis', 'describe', 'overseas-stock.order', '--json']);
    const api = JSON.parse(stdout) as { trIdBy: { paper: string }[]; order: boolean; request: unknown[] };
    expect(code).toBe(0);
    expect(api.order).toBe(true);
    expect(api.trIdBy.map(({ paper }) => paper)).toContain('VTTT1001U');
    expect(api.request.length).toBeGreaterThan(8);
  });

  it('reads well: TR ids, fields with their values in order, blocks, notes', async () => {
    const { stdout } = await run(['kis', 'describe', 'domestic-stock.order-cash']);
    for (const part of ['TTTC0012U', 'VTTC0011U', 'ORD_DVSN', '[응답 output: 한 건]', '41 애프터마켓 지정가'])
      expect(stdout).toContain(part);
    expect(stdout.indexOf('00 지정가')).toBeLessThan(stdout.indexOf('11 IOC지정가'));
  });

  it('numbers the columns of a channel, and takes a TR id for a name', async () => {
    const { stdout } = await run(['kis', 'describe', 'h0stcnt0']);
    expect(stdout).toContain('domestic-stock.ccnl-krx');
    expect(stdout).toMatch(/ 46 {2}VI_STND_PRC/);
  });

  it('offers the nearest names for one that is not there', async () => {
    const { code, stdout, stderr } = await run(['kis', 'describe', 'domestic-stock.inquire-prise', '--json']);
    expect(code).toBe(2);
    expect(errorOf(stdout)).toMatchObject({ code: 'KIS_API_UNKNOWN' });
    expect(stderr).toContain('domestic-stock.inquire-price');
    expect((await run(['kis', 'describe'])).code).toBe(2);
  });

  it('has no hole in what it says of any API', async () => {
    const { stdout } = await run(['kis', 'list', '--json']);
    for (const { id } of JSON.parse(stdout) as { id: string }[]) {
      const told = await run(['kis', 'describe', id]);
      expect([told.code, told.stderr], id).toEqual([0, '']);
      expect(told.stdout, id).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('kis call', () => {
  it('hands every --param to the core, simulator unless another is named', async () => {
    const { code, calls, stdout } = await run(['kis', 'call', ANSWER.api, ...PRICE, '--json'], answers);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(ANSWER);
    expect(calls).toEqual([
      [
        'kis.call',
        {
          api: ANSWER.api,
          env: 'simulator',
          endpoint: null,
          params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' },
          all: false,
        },
      ],
    ]);
  });

  it('names environment, endpoint and all pages, and takes names in any case and values with "="', async () => {
    const { calls } = await run(
      ['kis', 'call', ANSWER.api, '--env', 'paper', '--endpoint', 'emulator', '--all'].concat(
        '--param=fid_cond_mrkt_div_code=J',
        '--param=FID_INPUT_ISCD=a=b',
      ),
      answers,
    );
    expect(calls[0]?.[1]).toMatchObject({
      env: 'paper',
      endpoint: 'emulator',
      all: true,
      params: { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: 'a=b' },
    });
  });

  it('fills what can only be one thing, and over the simulator the rest from the examples, and says so', async () => {
    const { code, calls, stdout } = await run(['kis', 'call', 'domestic-stock.volume-rank'], answers);
    expect(code).toBe(0);
    expect(calls[0]?.[1]).toMatchObject({ params: { FID_COND_SCR_DIV_CODE: '20171', FID_COND_MRKT_DIV_CODE: 'J' } });
    expect(stdout).toContain('FID_COND_SCR_DIV_CODE=20171');
    const real = await run(['kis', 'call', 'domestic-stock.volume-rank', '--env', 'real'], answers);
    expect([real.code, real.stderr.includes('SCR_DIV_CODE')]).toEqual([2, false]);
  });

  it('shows people the Korean names, and says what is made up', async () => {
    const { stdout } = await run(['kis', 'call', ANSWER.api, ...PRICE], {
      'kis.call': () => ({ ...ANSWER, synthetic: true, complete: false }),
    });
    for (const part of ['주식 현재가 (stck_prpr)', '70000', '지어낸 값', '--all']) expect(stdout).toContain(part);
  });

  it.each([
    ['an order', ['domestic-stock.order-cash'], 'KIS_ORDER_API', 1],
    ['a cancel', ['overseas-stock.order-rvsecncl'], 'KIS_ORDER_API', 1],
    ['a channel', ['domestic-stock.ccnl-krx'], 'INPUT_INVALID', 2],
    ['an unknown API', ['nothing-at-all'], 'KIS_API_UNKNOWN', 2],
    ['an unknown field', [ANSWER.api, '--param', 'FID_INPUT_ISC=1'], 'KIS_PARAM', 2],
    ['a field without a value', [ANSWER.api, '--param', 'FID_INPUT_ISCD'], 'KIS_PARAM', 2],
    ['a field given twice', [ANSWER.api, ...PRICE, '--param', 'FID_INPUT_ISCD=1'], 'KIS_PARAM', 2],
    ['a missing field', [ANSWER.api, '--env', 'real', '--param', 'FID_INPUT_ISCD=005930'], 'KIS_PARAM', 2],
    ['an unknown environment', [ANSWER.api, ...PRICE, '--env', 'moon'], 'INPUT_INVALID', 2],
    ['an unknown endpoint', [ANSWER.api, ...PRICE, '--endpoint', 'moon'], 'INPUT_INVALID', 2],
    ['nothing', [], 'INPUT_INVALID', 2],
  ] as const)('refuses %s before a core opens', async (_what, words, error, exit) => {
    const { code, stdout, calls, closed } = await run(['kis', 'call', ...words, '--json'], answers);
    expect([code, calls.length, closed]).toEqual([exit, 0, false]);
    expect(errorOf(stdout).code).toBe(error);
  });
});
