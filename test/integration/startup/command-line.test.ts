/** The command line as a function: what goes to standard output, the exit codes, and that nothing is sent for bad input. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import { ACCEPTED, ACCOUNT, oneAccount, PLACE, run, type Answers } from '#test/support/cli-run.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

describe('words', () => {
  it('shows every command in the help, to standard output', async () => {
    const { code, stdout } = await run(['help']);
    expect(code).toBe(0);
    const names = [
      ...[
        'help',
        'contract',
        'import krx-eod',
        'import csv',
        'import minutes',
        'import ticks',
        'import books',
        'replay',
        'market generate',
        'market check',
        'market action',
        'exchange run',
        'exchange rules',
        'price',
      ],
      ...['account create', 'account list', 'account report', 'balance', 'journal verify'],
      ...['order place', 'order replace', 'order cancel', 'order list'],
    ];
    for (const name of names) expect(stdout).toContain(`  ${name}`);
    expect((await run([])).stdout).toBe(stdout);
  });

  it('explains one command', async () => {
    const { code, stdout } = await run(['order', 'place', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--quantity N');
  });

  it('answers bad words with 2 and no core opened', async () => {
    const lines = [
      ['nope'],
      ['order'],
      ['order', 'buy'],
      ['balance', 'x'],
      ['balance', '--nope'],
      ['replay', '--code'],
      ['--json'],
      [...PLACE, '--side', 'hold'],
    ];
    for (const argv of lines) {
      const { code, stdout, stderr, calls } = await run(argv);
      expect(code, argv.join(' ')).toBe(2);
      expect(argv.includes('--json') || stdout === '').toBe(true);
      expect(stderr).not.toContain('    at ');
      expect(calls).toEqual([]);
    }
  });

  it('answers with exactly one JSON object, also when it fails', async () => {
    const good = await run(['contract', '--json']);
    expect(Object.keys(JSON.parse(good.stdout) as object)).toContain('protocol');
    const bad = await run(['order', 'buy', '--json']);
    expect(JSON.parse(bad.stdout)).toMatchObject({ error: { code: 'COMMAND_UNKNOWN' } });
    const used = await run(['balance', '--json', '--data', 'used']);
    expect(used.code).toBe(1);
    expect(JSON.parse(used.stdout)).toMatchObject({ error: { code: 'DATA_IN_USE' } });
  });
});

describe('journal verify', () => {
  it('tells of a broken chain as a result, with 1, and where it breaks', async () => {
    const { code, stdout, stderr } = await run(['journal', 'verify', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, entries: 46, hash: 'ab', brokenAt: 47 });
    expect(stderr).toContain('47번에서 끊겼습니다');
  });
});

describe('numbers', () => {
  it('says what is wrong with one below zero', async () => {
    const { code, stderr } = await run(['market', 'generate', '--days', '-1', '--issues', '1', '--seed', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('--days: 1에서');
  });

  it('makes no market before the first day whose ticks are known, or after the last date', async () => {
    const make = ['market', 'generate', '--issues', '1', '--seed', '1', '--out', join(tempFolder(), 'a.csv')];
    const early = await run([...make, '--days', '1', '--from', '1800-01-01', '--json']);
    expect(early.code).toBe(2);
    expect(JSON.parse(early.stdout)).toMatchObject({ error: { details: { where: '--from' } } });
    const late = await run([...make, '--days', '9', '--from', '9999-12-28', '--json']);
    expect(late.code).toBe(2);
    expect(JSON.parse(late.stdout)).toMatchObject({ error: { details: { where: '--days' } } });
  });
});

describe('price', () => {
  it('says at once that an issue is not known', async () => {
    const answers: Answers = { 'market.instruments': () => ({ instruments: [{ id: 'KRX:005930' }], inMarket: [] }) };
    const { code, stdout } = await run(['price', '999999', '--json'], answers);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INSTRUMENT_UNKNOWN' } });
  });
});

describe('import csv', () => {
  const columns = { date: 'd', open: 'o', high: 'h', low: 'l', close: 'c', volume: 'v', value: null };
  const report = { rows: 1, instruments: 1, days: 1, from: null, to: null, rejected: [], rejectedRows: 0, ms: 1 };

  it('completes what is typed from what is known of the columns', async () => {
    const known = { ...columns, codeColumn: null, code: null };
    const answers: Answers = {
      'data.csvPreview': () => ({ header: [], rows: [], mapping: known, remembered: false }),
      'data.importCsv': () => report,
    };
    const { code, calls } = await run(['import', 'csv', 'a.csv', '--code', '000660'], answers);
    expect(code).toBe(0);
    expect(calls.at(-1)).toEqual([
      'data.importCsv',
      { file: { path: '/a.csv' }, mapping: { ...known, code: '000660' } },
    ]);
  });

  it('asks for columns that nobody knows', async () => {
    const answers: Answers = {
      'data.csvPreview': () => ({ header: [], rows: [], mapping: null, remembered: false }),
    };
    const { code, stderr, calls } = await run(['import', 'csv', 'a.csv', '--code', '000660'], answers);
    expect(code).toBe(2);
    expect(stderr).toContain('--date');
    expect(calls.map(([name]) => name)).toEqual(['data.csvPreview']);
  });
});

describe('orders', () => {
  it('sends what was typed, once, and closes the core', async () => {
    const ran = await run([...PLACE, '--json'], { ...oneAccount, 'trading.submit': () => ACCEPTED });
    expect(ran).toMatchObject({ code: 0, stderr: '', closed: true });
    expect(ran.calls.filter(([name]) => name === 'trading.submit')).toEqual([
      [
        'trading.submit',
        {
          requestId: 'request-1',
          accountId: 'a1',
          instrumentId: 'KRX:005930',
          side: 'buy',
          type: 'limit',
          timeInForce: 'day',
          session: 'regular',
          route: 'KRX',
          price: 70_000,
          stopPrice: null,
          quantity: 3,
          allowDuplicate: false,
        },
      ],
    ]);
    expect(JSON.parse(ran.stdout)).toEqual(ACCEPTED);
  });

  it('takes the kind of an order word by word, or by its code, and never both', async () => {
    const place = ['order', 'place', '--code', '005930', '--side', 'sell', '--quantity', '3'];
    const answers = { ...oneAccount, 'trading.submit': () => ACCEPTED };
    const sent = async (...words: readonly string[]): Promise<unknown> =>
      (await run([...place, ...words], answers)).calls.find(([name]) => name === 'trading.submit')?.[1];
    const stop = { type: 'stopLimit', timeInForce: 'day', session: 'regular', price: 69_000, stopPrice: 69_500 };
    expect(await sent('--type', 'stopLimit', '--price', '69,000', '--stop-price', '69,500')).toMatchObject(stop);
    expect(await sent('--ord-dvsn', '22', '--price', '69000', '--stop-price', '69500')).toMatchObject(stop);
    expect(await sent('--ord-dvsn', '45', '--route', 'KRX')).toMatchObject({
      type: 'bestOpposite',
      timeInForce: 'ioc',
      session: 'after',
      price: null,
      stopPrice: null,
    });
    expect(await sent('--type', 'mid', '--tif', 'fok', '--route', 'NXT')).toMatchObject({
      type: 'mid',
      timeInForce: 'fok',
      route: 'NXT',
    });
    for (const words of [
      ['--ord-dvsn', '22', '--type', 'limit'],
      ['--ord-dvsn', '00', '--session', 'after'],
      ['--ord-dvsn', '99'],
      ['--type', 'stop'],
      ['--route', 'XKRX'],
      ['--tif', 'gtc'],
      ['--stop-price', '1.5'],
    ]) {
      const { code, calls } = await run([...place, '--price', '1000', ...words], answers);
      expect(code, words.join(' ')).toBe(2);
      expect(calls).toEqual([]);
    }
  });

  it('never sends an order without a side, or with figures that are not whole', async () => {
    const without = (name: string): string[] =>
      PLACE.filter((word, place) => word !== name && PLACE[place - 1] !== name);
    const lines = [
      without('--side'),
      without('--quantity'),
      without('--code'),
      [...without('--quantity'), '--quantity', '1.5'],
      [...without('--quantity'), '--quantity', '1e3'],
      [...without('--price'), '--price', '７００００'],
      [...without('--code'), '--code', '5930'],
    ];
    for (const argv of lines) {
      const { code, calls } = await run(argv, { ...oneAccount, 'trading.submit': () => ACCEPTED });
      expect(code, argv.join(' ')).toBe(2);
      expect(calls).toEqual([]);
    }
  });

  it('ends with 1 and the reason when the order is refused', async () => {
    const reason = { code: 'GUARD_TICK', messageKo: '호가 단위가 아닙니다.', actionKo: '바꾸세요.' };
    const ran = await run(PLACE, { ...oneAccount, 'trading.submit': () => ({ ...ACCEPTED, state: 'denied', reason }) });
    expect(ran).toMatchObject({ code: 1, stderr: '호가 단위가 아닙니다. 바꾸세요.\n', closed: true });
  });

  it('tells an error of the core by its own sentence, and closes', async () => {
    const told = envelope('ORDER_UNKNOWN', { orderId: 'x' });
    const ran = await run(['order', 'cancel', '--order', 'x'], {
      'trading.cancel': () => {
        throw new RemoteError(told);
      },
    });
    expect(ran).toMatchObject({ code: 2, stderr: `${told.messageKo} ${told.actionKo}\n`, closed: true });
  });
});

describe('which account', () => {
  const two: Answers = { 'trading.accounts': () => [ACCOUNT, { ...ACCOUNT, accountId: 'a2', name: '둘째' }] };
  const positions: Answers = { 'trading.positions': () => [] };
  const chosen = (accountId: string | null): Answers => ({ 'system.preferences': () => ({ accountId }) });

  it('takes the one named, by name or id', async () => {
    for (const name of ['둘째', 'a2']) {
      const { calls } = await run(['balance', '--account', name, '--json'], { ...two, ...positions });
      expect(calls.at(-1)).toEqual(['trading.positions', { accountId: 'a2' }]);
    }
  });

  it('takes the one chosen on the screen, and never guesses', async () => {
    expect((await run(['balance', '--json'], { ...two, ...positions, ...chosen('a2') })).calls.at(-1)).toEqual([
      'trading.positions',
      { accountId: 'a2' },
    ]);
    expect(await run(['balance'], { ...two, ...chosen(null) })).toMatchObject({ code: 2 });
    expect(await run(['balance'], { 'trading.accounts': () => [] })).toMatchObject({ code: 2 });
    expect(await run(['balance', '--account', 'zz'], two)).toMatchObject({ code: 2 });
  });
});

describe('files', () => {
  const GENERATE = ['market', 'generate', '--days', '5', '--issues', '4', '--seed', '7', '--json', '--out'];

  it('generates the same market from the same seed', async () => {
    const folder = tempFolder();
    const [first, second] = [
      await run([...GENERATE, 'a.csv'], {}, folder),
      await run([...GENERATE, 'b.csv'], {}, folder),
    ];
    expect(JSON.parse(first.stdout)).toEqual(JSON.parse(second.stdout));
    expect(JSON.parse(first.stdout)).toMatchObject({
      rows: 20,
      ms: 0,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    const text = readFileSync(join(folder, 'a.csv'), 'utf8');
    expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toBe(text);
    expect(text.split('\n')).toHaveLength(22);
    expect(text).toMatch(/^code,date,open,high,low,close,volume,value\nS00001,2026-/);
  });

  it('leaves no file behind when it cannot', async () => {
    const folder = tempFolder();
    expect(await run([...GENERATE, 'gone/a.csv'], {}, folder)).toMatchObject({ code: 2 });
    const line = ['market', 'generate', '--days', '0', '--issues', '4', '--seed', '7', '--out', 'a.csv'];
    expect(await run(line, {}, folder)).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, 'a.csv'))).toBe(false);
  });

  it('runs an exchange script, a line of JSON for each event', async () => {
    const folder = tempFolder();
    writeFileSync(
      join(folder, 'day.jsonl'),
      '{"instrument":{"code":"005930","market":"KOSPI","basePrice":70000}}\nnot a line\n',
    );
    const { code, stdout, stderr } = await run(['exchange', 'run', 'day.jsonl'], {}, folder);
    expect(code).toBe(2);
    expect(stderr).toContain('번째 줄');
    for (const line of stdout.split('\n').slice(0, -1)) expect(JSON.parse(line)).toHaveProperty('event');
    expect(await run(['exchange', 'run', 'gone.jsonl'], {}, folder)).toMatchObject({ code: 2, stdout: '' });
    expect(await run(['exchange', 'run'], {}, folder)).toMatchObject({ code: 2 });
  });

  it("gives the core absolute paths from the caller's folder", async () => {
    const report = {
      rows: 1,
      instruments: 1,
      days: 1,
      from: '2025-01-02',
      to: '2025-01-02',
      rejected: [],
      rejectedRows: 0,
      ms: 2,
    };
    const { calls, stdout } = await run(
      ['import', 'krx-eod', 'a.csv.gz', '/b.csv', '--json'],
      { 'data.importKrxEod': () => report },
      '/desk',
    );
    expect(calls).toEqual([['data.importKrxEod', { files: [{ path: '/desk/a.csv.gz' }, { path: '/b.csv' }] }]]);
    expect(JSON.parse(stdout)).toEqual(report);
  });

  it('sends the whole mapping of a CSV, or none', async () => {
    const report = { rows: 1, instruments: 1, days: 1, from: null, to: null, rejected: [], rejectedRows: 0, ms: 2 };
    const answers: Answers = { 'data.importCsv': () => report };
    expect((await run(['import', 'csv', '/a.csv'], answers)).calls).toEqual([
      ['data.importCsv', { file: { path: '/a.csv' }, mapping: null }],
    ]);
    const named = [
      '--date',
      'd',
      '--open',
      'o',
      '--high',
      'h',
      '--low',
      'l',
      '--close',
      'c',
      '--volume',
      'v',
      '--code',
      '005930',
    ];
    expect((await run(['import', 'csv', '/a.csv', ...named], answers)).calls[0]?.[1]).toMatchObject({
      mapping: { date: 'd', volume: 'v', value: null, code: '005930', codeColumn: null },
    });
  });
});
