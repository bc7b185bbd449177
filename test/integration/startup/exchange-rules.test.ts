/** `exchange rules`: stable keys, the vectors of the rules, where the issue comes from, and what is refused. */
import { scenarioRunner } from '#core/start/scenario-runner.ts';
import { describe, expect, it } from 'vitest';
import { runCli, type CliWorld } from '#core/hosts/cli/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Quote } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Client, StreamListener } from '#shared/rpc/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import vectors from '#test/fixtures/krx-rules/price-limits.json' with { type: 'json' };

/** Thursday noon in Korea. */
const NOW = kstInstant(sessionDate('2026-11-26'), timeOfDayMs('12:00'));
const samsung = BUNDLED.find(({ code }) => code === '005930');

/** A core that lists the bundled issues; `quote`: what the running market says of Samsung. */
function coreWith(quote?: Partial<Quote>): Client<Contract> {
  const market = {
    instruments: () => Promise.resolve({ instruments: [...BUNDLED], inMarket: quote ? ['KRX:005930'] : [] }),
    quotes: (_input: unknown, handler: StreamListener<Quote>) => {
      queueMicrotask(() =>
        handler.batch([{ instrumentId: 'KRX:005930', ...quote } as Quote], { snapshot: false, seq: 1 }),
      );
      return () => undefined;
    },
  };
  return { market } as unknown as Client<Contract>;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly opened: number;
}

async function run(argv: readonly string[], client: Client<Contract> | AppError = coreWith()): Promise<Ran> {
  let [stdout, stderr, opened] = ['', '', 0];
  const world: CliWorld = {
    cwd: '/',
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    ask: () => Promise.resolve(''),
    newId: () => 'one',
    now: () => NOW,
    monotonicMs: () => 0,
    after: () => ({ cancel: () => undefined }),
    verifyJournal: () => Promise.resolve({ ok: true, entries: 0, hash: '', files: [] }),
    scenarios: scenarioRunner,
    startEmulator: () => Promise.reject(new Error('no emulator here')),
    openCore: () => {
      opened += 1;
      return client instanceof AppError
        ? Promise.reject(client)
        : Promise.resolve({ client, close: () => Promise.resolve() });
    },
  };
  const code = await runCli(['exchange', 'rules', ...argv], world);
  return { code, stdout, stderr, opened };
}

type Answer = Readonly<Record<string, unknown>> & {
  readonly orderTypes: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly Readonly<Record<string, unknown>>[];
};

async function answer(argv: readonly string[], client?: Client<Contract> | AppError): Promise<Answer> {
  const { code, stdout, stderr } = await run([...argv, '--json'], client);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Answer;
}

const GIVEN = ['--code', '005930', '--market', 'KOSPI', '--base', '70300'];
const AT = ['--at', '2026-11-24T10:00'];

describe('an answer', () => {
  it('has the documented keys', async () => {
    const found = await answer([...GIVEN, ...AT, '--shares', '5969782550', '--class', 'kospi200', '--nxt', 'yes']);
    const { rules, ...rest } = found;
    const { refused, vi, fees, ...plain } = rest;
    expect(plain).toEqual({
      code: '005930',
      name: '',
      market: 'KOSPI',
      product: 'stock',
      issueFrom: 'given',
      date: '2026-11-24',
      time: '10:00:00',
      sessionDay: true,
      venue: null,
      tick: 100,
      base: 70_300,
      upperLimit: 91_300,
      lowerLimit: 49_300,
      limitRule: '±30%',
      quantityCap: 1_422_475,
      phase: { KRX: 'continuous', NXT: 'continuous' },
      orderTypes: {
        KRX: ['00', '01', '02', '03', '04', '11', '12', '13', '14', '15', '16', '21', '22', '23', '24'],
        NXT: ['00', '03', '04', '11', '12', '13', '14', '15', '16', '21', '22', '23', '24'],
        SOR: ['00', '01', '03', '04', '11', '12', '13', '14', '15', '16'],
      },
      viClass: 'kospi200',
      tax: { sellPpb: 2_000_000 },
      settlementDate: '2026-11-26',
    });
    expect(refused).toMatchObject({ NXT: { '01': 'VENUE_TYPE', '27': 'TYPE_HOURS' } });
    expect(vi).toMatchObject({
      KRX: { viClass: 'kospi200', continuousPercent: 3, closingPercent: 2, expiryClosingPercent: 1, staticPercent: 10 },
    });
    expect(fees).toMatchObject({
      KRX: {
        commissionPpb: { maker: 140_527, taker: 140_527, auction: 140_527 },
        exchangePpb: { maker: 23_000, taker: 23_000, auction: 23_000 },
      },
    });
    for (const key of ['id', 'group', 'labelKo', 'valueKo', 'value', 'source', 'date', 'status', 'noteKo'])
      for (const rule of rules) expect(rule).toHaveProperty(key);
  });

  it.each(vectors.stock)('limits of $base', async ({ base, upper, lower }) => {
    const found = await answer(['--code', 'A00001', '--market', 'KOSDAQ', '--base', String(base), ...AT]);
    expect([found.upperLimit, found.lowerLimit]).toEqual([upper, lower]);
  });

  it.each(vectors.etf)('limits of an ETF x$multiple at $base', async ({ base, multiple, upper, lower }) => {
    const etf = ['--product', 'etp', '--multiple', String(multiple)];
    const found = await answer(['--code', '0193T0', '--market', 'KOSPI', '--base', String(base), ...etf, ...AT]);
    expect([found.upperLimit, found.lowerLimit, found.tax]).toEqual([upper, lower, { sellPpb: 0 }]);
  });

  it.each(vectors.newListing)('limits of a first day at $base', async ({ base, upper, lower }) => {
    const found = await answer([
      '--code',
      'A00001',
      '--market',
      'KOSPI',
      '--base',
      String(base),
      '--new-listing',
      ...AT,
    ]);
    expect([found.upperLimit, found.lowerLimit]).toEqual([upper, lower]);
  });

  it.each([
    ['08:10', 'preOpen', 'preMarket', []],
    ['08:35', 'openAuction', 'preMarket', ['00', '01', '02', '05', '22']],
    ['15:25', 'closeAuction', 'break', ['00', '01', '22']],
    ['15:45', 'postClose', 'afterMarket', ['06']],
    ['19:59:59', 'afterMarket', 'afterMarket', ['41', '42', '43', '44', '45', '46', '47']],
    ['21:00', 'closed', 'closed', []],
  ])('at %s', async (time, krx, nxt, codes) => {
    const found = await answer([...GIVEN, '--date', '2026-11-24', '--at', time]);
    expect(found.phase).toEqual({ KRX: krx, NXT: nxt });
    expect(found.orderTypes.KRX).toEqual(codes);
  });

  it('of one venue leaves the other out', async () => {
    const found = await answer([...GIVEN, ...AT, '--venue', 'NXT']);
    expect(found).toMatchObject({ venue: 'NXT', phase: { NXT: 'continuous' } });
    expect(Object.keys(found.orderTypes)).toEqual(['NXT']);
    expect(found.rules.some(({ id }) => /KRX|SOR/.test(String(id)))).toBe(false);
  });

  it('is of today where no date is named, and says when the exchange is shut', async () => {
    expect(await answer([...GIVEN, '--at', '10:00'])).toMatchObject({ date: '2026-11-26', sessionDay: true });
    const shut = await answer([...GIVEN, '--at', '2026-12-25T10:00']);
    expect(shut).toMatchObject({ sessionDay: false, phase: { KRX: 'closed', NXT: 'closed' }, settlementDate: null });
    expect(shut.orderTypes.KRX).toEqual([]);
  });

  it('of a day without known rules says null', async () => {
    const old = await answer([...GIVEN, '--at', '1995-01-04T10:00']);
    expect(old).toMatchObject({ tick: null, upperLimit: null, phase: { KRX: null, NXT: null } });
  });

  it('reads for a person too', async () => {
    const { code, stdout } = await run([...GIVEN, ...AT]);
    expect(code).toBe(0);
    expect(stdout).toContain('[호가 단위]');
    expect(stdout).toContain('91,300원');
  });
});

describe('the issue', () => {
  it('needs no core where market and base are given', async () => {
    expect((await run([...GIVEN, ...AT])).opened).toBe(0);
    expect((await run(['--code', '005930', ...AT])).opened).toBe(1);
  });

  it('comes from the listing of the core', async () => {
    const found = await answer(['--code', '005930', ...AT]);
    expect(found).toMatchObject({ issueFrom: 'core', name: samsung?.nameKo, base: samsung?.basePrice });
  });

  it('has the base of the running market on its day', async () => {
    const quote = { sessionDate: '2026-11-24', base: 80_000 };
    expect(await answer(['--code', '005930', ...AT], coreWith(quote))).toMatchObject({
      base: 80_000,
      upperLimit: 104_000,
    });
    const other = { sessionDate: '2026-11-25', base: 80_000 };
    expect(await answer(['--code', '005930', ...AT], coreWith(other))).toMatchObject({ base: samsung?.basePrice });
  });

  it('comes from what the program brings along where no core opens', async () => {
    const busy = new AppError('DATA_IN_USE', { path: 'x' });
    const found = await answer(['--code', '005930', ...AT], busy);
    expect(found).toMatchObject({ issueFrom: 'bundled', base: samsung?.basePrice });
    const { code, stdout } = await run(['--code', 'A00001', ...AT, '--json'], busy);
    expect(code).toBe(1);
    expect(stdout).toContain('DATA_IN_USE');
  });
});

describe('bad input', () => {
  it.each([
    [['--at', '10:00'], '--code'],
    [[...GIVEN], '--at'],
    [[...GIVEN, '--at', '10'], '--at'],
    [[...GIVEN, '--at', '25:00'], '--at'],
    [[...GIVEN, '--at', '-1'], '--at'],
    [[...GIVEN, '--at', '2026-11-24T10:00', '--date', '2026-11-25'], '--date'],
    [[...GIVEN, '--at', '2026-11-24T10:00Z'], '--at'],
    [['--code', '005930', '--market', 'NYSE', '--base', '1', ...AT], '--market'],
    [['--code', '005930', '--market', 'KOSPI', '--base', '0', ...AT], '--base'],
    [['--code', '005930', '--market', 'KOSPI', '--base', '70350', ...AT], '--base'],
    [['--code', '005930', '--market', 'KOSPI', '--base', '7e4', ...AT], '--base'],
    [[...GIVEN, ...AT, '--shares', '-5'], '--shares'],
    [[...GIVEN, ...AT, '--venue', 'SOR'], '--venue'],
    [[...GIVEN, ...AT, '--class', 'big'], '--class'],
    [[...GIVEN, ...AT, '--product', 'bond'], '--product'],
    [[...GIVEN, ...AT, '--multiple', '0'], '--multiple'],
    [[...GIVEN, ...AT, '--unknown', '1'], '--unknown'],
  ])('%j is refused and names %s', async (argv, where) => {
    const { code, stdout, stderr } = await run([...argv, '--json']);
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout) as { readonly error: { readonly code: string; readonly messageKo: string } };
    expect(error.code).toBe('INPUT_INVALID');
    expect(error.messageKo).toContain(where);
    expect(stderr).toMatch(/[가-힣]/);
  });

  it('a date that is none, and an issue nobody knows, have their own codes', async () => {
    const date = await run([...GIVEN, '--at', '2026-02-30T10:00', '--json']);
    expect([date.code, date.stdout.includes('DATE_INVALID')]).toEqual([2, true]);
    const issue = await run(['--code', 'ZZZZZZ', ...AT, '--json']);
    expect([issue.code, issue.stdout.includes('INSTRUMENT_UNKNOWN')]).toEqual([2, true]);
    const short = await run(['--code', '5930', ...AT, '--json']);
    expect([short.code, short.stdout.includes('INSTRUMENT_UNKNOWN')]).toEqual([2, true]);
  });
});
