/** Scripts of foreign issues: prices in the currency, local times, costs, and bad lines named. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { runScript, type ScriptOutput } from '#shared/exchange/index.ts';

function run(...lines: object[]): ScriptOutput[] {
  const out: ScriptOutput[] = [];
  runScript(
    lines.map((line) => JSON.stringify(line)),
    (line) => out.push(line),
  );
  return out;
}

function why(...lines: object[]): unknown {
  try {
    run(...lines);
  } catch (error) {
    if (error instanceof AppError && error.code === 'SCRIPT_LINE') return error.params['why'];
    throw error;
  }
  return 'accepted';
}

const day = { date: '2026-11-24' };
const apple = { instrument: 'AAPL', market: 'NASD', base: 270.15 };

describe('an American day', () => {
  const out = run(
    day,
    apple,
    { clock: '09:00' },
    { order: 'sell', id: 's1', price: 270.5, quantity: 30 },
    { order: 'buy', id: 'loo', price: 270.6, quantity: 20, orderCode: '32', owner: 2 },
    { order: 'buy', id: 'fine', price: 270.155, quantity: 20 },
    { clock: '09:30' },
    { replace: 's1', price: 270.6 },
    { book: 'AAPL' },
    { cancel: 's1' },
    { clock: '20:00' },
  );
  const of = (event: string): ScriptOutput[] => out.filter((line) => line.event === event);

  it('trades the opening cross at the time of New York, in dollars', () => {
    expect(of('trade')).toMatchObject([{ time: '09:30:00.000', buy: 'loo', sell: 's1', price: 270.5, quantity: 20 }]);
    expect(of('accepted').at(-1)).toMatchObject({ id: 's1', originalOrderNo: 1, price: 270.6, quantity: 10 });
    expect(of('book')).toMatchObject([{ asks: [{ price: 270.6, quantity: 10 }], upperLimit: null, last: 270.5 }]);
    expect(of('canceled').at(-1)).toMatchObject({ id: 's1', cause: 'user' });
  });

  it('refuses a price finer than the tick in Korean', () => {
    expect(of('rejected')).toMatchObject([
      { id: 'fine', reason: 'TICK', message: '가격이 호가 단위에 맞지 않습니다.' },
    ]);
  });

  it('ends with the hash of all events, the same every time', () => {
    const [end] = of('end');
    expect(end).toMatchObject({ event: 'end', events: out.length - 2 });
    expect(String(end?.['hash'])).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('costs', () => {
  it('in dollars and in won, with the day of settlement', () => {
    const [sale, purchase] = run(
      day,
      apple,
      { costs: 'sell', price: 270.5, quantity: 100, rate: 1390.5 },
      { costs: 'buy', price: 270.5, quantity: 100, rate: 1390.5 },
    );
    expect(sale).toMatchObject({
      currency: 'USD',
      amount: 27_050,
      total: 68.18,
      settlement: '2026-11-25',
      won: 37_480_702,
    });
    expect(purchase).toMatchObject({ net: 27_117.62, won: 37_744_762 });
  });
});

describe('other markets', () => {
  it('Hong Kong: the odd-lot book; Tokyo: limits in yen', () => {
    const hongKong = run(
      day,
      { instrument: '0700', market: 'SEHK', base: 385.2, lot: 100 },
      { clock: '10:00' },
      { order: 'sell', id: 'odd', price: 385.2, quantity: 20, orderCode: '50' },
      { book: '0700', oddLots: true },
    );
    expect(hongKong.at(-2)).toMatchObject({ asks: [{ price: 385.2, quantity: 20 }] });
    const tokyo = run(
      day,
      { instrument: '7203', market: 'TKSE', base: 999, segment: 'topix500' },
      { clock: '10:00' },
      { book: '7203' },
    );
    expect(tokyo.at(-2)).toMatchObject({ upperLimit: 1_149, lowerLimit: 849 });
  });
});

describe('a line that cannot be carried out', () => {
  const cases: readonly (readonly [string, string, readonly object[]])[] = [
    ['domestic and foreign issues', '국내 종목과 해외 종목을', [{ instrument: '005930', base: 70_300 }, apple]],
    ['two foreign exchanges', '한 거래소', [apple, { instrument: 'IBM', market: 'NYSE', base: 250 }]],
    ['an issue twice', '두 번', [apple, apple]],
    ['a phase', '명령은', [apple, { phase: 'continuous' }]],
    ['a clock back', '시계를', [apple, { clock: '10:00' }, { clock: '09:59' }]],
    ['no such time', '없는 시각', [apple, { clock: '25:00' }]],
    [
      'an unknown kind of order',
      'orderCode',
      [apple, { order: 'buy', id: 'a', price: 1, quantity: 1, orderCode: '99' }],
    ],
    ['an unknown segment', 'segment', [{ ...apple, segment: 'star' }, { clock: '10:00' }]],
    ['Hong Kong without a lot', '매매 단위', [{ instrument: '0700', market: 'SEHK', base: 385.2 }, { clock: '10:00' }]],
    ['a base off tick', '기준가격', [{ ...apple, base: 270.155 }, { clock: '10:00' }]],
    ['a book of another issue', '적지 않은 종목', [apple, { book: 'IBM' }]],
  ];

  it.each(cases)('%s', (_name, text, lines) => {
    expect(why(day, ...lines)).toContain(text);
  });
});
