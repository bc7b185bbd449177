/** Exchange scripts: every example of the documentation prints what the page shows, and bad lines are named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { runScript, type ScriptOutput } from '#shared/exchange/index.ts';

const page = readFileSync(new URL('../../../docs/exchange-script.md', import.meta.url), 'utf8');
const examples = [
  ...page.matchAll(
    /## ([^\n]+)\n(?:(?!\n## )[\s\S])*?```jsonl script\n([\s\S]*?)```\n\n```jsonl output\n([\s\S]*?)```/g,
  ),
];

function run(...lines: string[]): ScriptOutput[] {
  const out: ScriptOutput[] = [];
  runScript(lines, (line) => out.push(line));
  return out;
}

/** The line number and the reason of a script that must fail. */
function mistake(...lines: string[]): { line: unknown; why: unknown } {
  try {
    run(...lines);
  } catch (error) {
    if (error instanceof AppError && error.code === 'SCRIPT_LINE')
      return { line: error.params.line, why: error.params.why };
    throw error;
  }
  throw new Error('the script was accepted');
}

const listing = '{"instrument":"005930","base":70300}';

describe('the documented examples', () => {
  it('are all found', () => {
    expect(examples).toHaveLength(page.split('```jsonl script').length - 1);
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples.map((match) => [match[1] ?? '', match[2] ?? '', match[3] ?? '']))('%s', (_title, script, output) => {
    const printed = run(...script.split('\n')).map((line) => JSON.stringify(line));
    expect(printed).toEqual(output.trimEnd().split('\n'));
  });
});

describe('a line that cannot be read', () => {
  it.each([
    ['not JSON', '{"order":', 'JSON이 아닙니다.'],
    ['no object', '[1]', 'JSON 객체 하나를 적어야 합니다.'],
    ['no command', '{"id":"a1"}', '명령은'],
    ['two commands', '{"order":"buy","cancel":"a1"}', '명령은'],
    ['an unknown key', '{"cancel":"a1","now":true}', '모르는 항목입니다: now.'],
    ['a missing key', '{"order":"buy","id":"a1","price":70300}', 'quantity 항목이 없습니다.'],
    ['a wrong word', '{"order":"hold","id":"a1","quantity":1}', 'order 값은 다음 가운데 하나입니다: buy, sell.'],
    ['text for a number', '{"order":"buy","id":"a1","price":"70300","quantity":1}', 'price 값의 종류가 맞지 않습니다.'],
    ['a limit order without a price', '{"order":"buy","id":"a1","quantity":1}', '지정가 주문에는 price를 적습니다.'],
    ['a time that is none', '{"clock":"25:00"}', '없는 시각입니다: 25:00.'],
    ['a date after the instruments', '{"phase":"continuous"}\n{"date":"2026-11-24"}', 'date는'],
    ['a second listing', listing, '종목 005930를 두 번 적었습니다.'],
    ['a book of another issue', '{"book":"000660"}', '적지 않은 종목입니다: 000660.'],
    ['a clock that goes back', '{"clock":"09:00"}\n{"clock":"08:59"}', '시계를'],
    ['an issue listed late', '{"phase":"continuous"}\n{"instrument":"000660","base":220000}', '종목은'],
    ['a type that is none', '{"order":"buy","id":"a","type":"iceberg","price":1,"quantity":1}', 'type 값은'],
    ['a code that is none', '{"order":"buy","id":"a","ordDvsn":"99","quantity":1}', '없는 주문구분입니다: 99.'],
    [
      'a code beside a type',
      '{"order":"buy","id":"a","ordDvsn":"01","type":"market","quantity":1}',
      'ordDvsn을 적으면',
    ],
    ['a clock below zero', '{"clock":"-09:00"}', 'clock 값이'],
    [
      'a stop order without its limit',
      '{"order":"buy","id":"a","ordDvsn":"22","stopPrice":1,"quantity":1}',
      'price를 적습니다.',
    ],
    [
      'a replace that says nothing',
      '{"order":"buy","id":"a","price":70300,"quantity":1}\n{"replace":"a"}',
      'price, quantity, type',
    ],
    [
      'a part named like another order',
      '{"order":"buy","id":"a","price":70300,"quantity":2}\n{"order":"buy","id":"b","price":70300,"quantity":2}\n{"replace":"a","price":70200,"quantity":1,"as":"b"}',
      '주문 이름 b을',
    ],
    [
      'an account that is not open',
      '{"order":"buy","id":"a","price":70300,"quantity":1,"account":"X"}',
      '열지 않은 계좌입니다: X.',
    ],
    ['an account opened twice', '{"account":"X","cash":1000}\n{"account":"X","cash":1000}', '이미 열었습니다'],
    [
      'an account beside an owner',
      '{"account":"X","cash":1000}\n{"order":"buy","id":"a","price":70300,"quantity":1,"account":"X","owner":3}',
      'owner와 account',
    ],
    [
      'credit without an account',
      '{"order":"buy","id":"a","price":70300,"quantity":1,"credit":"loanOpen"}',
      '계좌의 주문에만',
    ],
    [
      'a margin rate that is none',
      '{"account":"X","cash":1000000,"kind":"margin40"}\n{"order":"buy","id":"a","price":70300,"quantity":1,"account":"X","marginPercent":45}',
      '없는 증거금률',
    ],
    ['a state that was not kept', '{"rewind":"noon"}', '남기지 않은 상태입니다: noon.'],
    ['a phase of NXT without it', '{"phase":"preMarket","venue":"NXT"}', 'NXT에서 거래하는 종목이 없습니다.'],
    ['a book of NXT without it', '{"book":"005930","venue":"NXT"}', 'NXT에서 거래하지 않는 종목입니다: 005930.'],
    ['a market without issues', '{"market":"KOSDAQ"}', 'KOSDAQ에 적은 종목이 없습니다.'],
    ['a halt of another issue', '{"halt":"000660"}', '적지 않은 종목입니다: 000660.'],
    [
      'a name used twice',
      '{"order":"buy","id":"a","price":1,"quantity":1}\n{"order":"buy","id":"a","price":1,"quantity":1}',
      '주문 이름',
    ],
  ])('%s', (_name, text, why) => {
    const lines = [listing, '', '# a remark', ...text.split('\n')];
    const found = mistake(...lines);
    expect(found.line).toBe(lines.length);
    expect(String(found.why)).toContain(why);
  });

  it('wants an issue first, a code where there are several, a day that is known', () => {
    expect(mistake('{"phase":"continuous"}').why).toContain('먼저 instrument');
    const second = '{"instrument":"000660","base":220000}';
    expect(mistake(listing, second, '{"order":"buy","id":"a","price":70300,"quantity":1}').why).toContain('code');
    expect(mistake('{"date":"1990-01-03"}', listing, '{"phase":"continuous"}').why).toContain('1990-01-03');
    expect(mistake('{"date":"2026-02-30"}', listing).line).toBe(1);
    expect(mistake('{"instrument":"005930","base":70300,"upper":80000}').why).toContain('함께');
  });

  it('keeps what came before it', () => {
    const out: ScriptOutput[] = [];
    const script = [listing, '{"order":"buy","id":"a","price":70300,"quantity":1}', '{"nonsense":1}'];
    expect(() => runScript(script, (line) => out.push(line))).toThrow(AppError);
    expect(out.map((line) => line.event)).toEqual(['phase', 'accepted']);
  });
});

describe('names', () => {
  it('belong to the owner, unless a line says otherwise', () => {
    const out = run(
      listing,
      '{"order":"buy","id":"a","price":70300,"quantity":1,"owner":4}',
      '{"cancel":"a","owner":5}',
      '{"cancel":"a"}',
    );
    expect(out.map((line) => [line.event, line['reason'] ?? line['cause']])).toEqual([
      ['phase', 'hand'],
      ['accepted', undefined],
      ['rejected', 'UNKNOWN_ORDER'],
      ['canceled', 'user'],
      ['end', undefined],
    ]);
  });

  it('an empty script ends with nothing', () => {
    expect(run()).toEqual([{ event: 'end', events: 0, hash: '' }]);
  });
});

describe('orders in every phase', () => {
  /** Codes with a price need one; a stop order needs a stop too. */
  const sent = (ordDvsn: string, route: string): string => {
    const price = ['00', '02', '07', '11', '22', '27', '41'].includes(ordDvsn) ? { price: 70_300 } : {};
    const stop = ordDvsn === '22' ? { stopPrice: 70_400 } : {};
    return JSON.stringify({ order: 'buy', id: `${route}${ordDvsn}`, ordDvsn, quantity: 1, route, ...price, ...stop });
  };
  const CODES = ['00', '01', '02', '03', '11', '21', '22', '05', '06', '07', '41', '27'];
  const shut = 'SESSION '.repeat(9).trim().split(' ');
  const other = 'TYPE_HOURS';
  /** What KRX says to each of the codes while a phase set by hand lasts; of 2026-11-24, where 07 is no more and 27 is of NXT. */
  const KRX: readonly (readonly [string, readonly string[]])[] = [
    ['closed', shut],
    ['preOpen', shut],
    ['break', shut],
    ['openAuction', ['ok', 'ok', 'ok', 'TYPE', 'TYPE', 'TYPE', 'ok', other, other]],
    ['continuous', ['ok', 'ok', 'ok', 'ok', 'ok', 'NO_QUOTE', 'ok', other, other]],
    ['viAuction', ['ok', 'ok', 'ok', 'TYPE', 'TYPE', 'TYPE', 'ok', other, other]],
    ['reopenAuction', ['ok', 'ok', 'ok', 'TYPE', 'TYPE', 'TYPE', 'ok', other, other]],
    ['closeAuction', ['ok', 'ok', 'TYPE', 'TYPE', 'TYPE', 'TYPE', 'ok', other, other]],
    ['halted', 'HALTED '.repeat(9).trim().split(' ')],
    ['postClose', Array<string>(9).fill(other)],
    ['afterMarket', Array<string>(9).fill(other)],
  ];

  it.each(KRX)('KRX %s', (phase, regular) => {
    const after = phase === 'afterMarket' ? 'ok' : regular[0] === 'ok' ? other : (regular[0] ?? '');
    const expected = [...regular, 'VENUE_TYPE', after, 'VENUE_TYPE'];
    for (const [at, code] of CODES.entries()) {
      const out = run('{"date":"2026-11-24"}', listing, `{"phase":"${phase}"}`, sent(code, 'KRX'));
      const refused = out.find((line) => line.event === 'rejected');
      expect([code, refused?.['reason'] ?? 'ok']).toEqual([code, expected[at]]);
      if (refused) expect(String(refused['message'])).toMatch(/[가-힣]/);
    }
  });

  it.each([
    ['preMarket', 'ok', 'ok'],
    ['continuous', 'ok', other],
    ['afterAuction', 'ok', other],
    ['afterMarket', 'ok', other],
    ['break', 'SESSION', 'SESSION'],
    ['halted', 'HALTED', 'HALTED'],
  ])('NXT %s', (phase, limit, gtp) => {
    const nxt = '{"instrument":"005930","base":70300,"nxt":true}';
    const reasons = ['00', '27', '01'].map((code) => {
      const out = run('{"date":"2026-11-24"}', nxt, `{"phase":"${phase}","venue":"NXT"}`, sent(code, 'NXT'));
      return out.find((line) => line.event === 'rejected')?.['reason'] ?? 'ok';
    });
    expect(reasons).toEqual([limit, gtp, 'VENUE_TYPE']);
  });
});

describe('a word that is a command and an item', () => {
  it('is read as the item of the line it belongs to', () => {
    const out = run(
      '{"date":"2026-11-24","index":"given"}',
      '{"market":"KOSDAQ","instrument":"005930","base":70300}',
      '{"date":"2026-11-25","order":"buy","id":"a","price":70300,"quantity":1}',
      '{"market":"KOSDAQ"}',
    );
    expect(out.map((line) => [line.event, line['reason']])).toEqual([
      ['phase', undefined],
      ['rejected', 'OTHER_DAY'],
      ['market', undefined],
      ['end', undefined],
    ]);
  });
});

describe('interruptions', () => {
  const jump = [
    '{"order":"sell","id":"s","price":77400,"quantity":1}',
    '{"order":"buy","id":"b","price":77400,"quantity":1}',
  ];
  const kinds = (...lines: string[]): string[] => run(...lines).map((line) => line.event);

  it('are there where a clock can end them, unless the script says otherwise', () => {
    expect(kinds(listing, '{"clock":"09:01"}', ...jump)).toContain('vi');
    expect(kinds(listing, ...jump)).not.toContain('vi');
    expect(kinds('{"date":"2026-11-24","vi":false}', listing, '{"clock":"09:01"}', ...jump)).not.toContain('vi');
    expect(kinds('{"date":"2026-11-24","vi":true}', listing, ...jump)).toContain('vi');
  });

  it('of a market follow the issues where the script wants that', () => {
    const fall = [
      '{"instrument":"005930","base":70300,"shares":1000000}',
      '{"clock":"09:05"}',
      '{"order":"buy","id":"b","price":60000,"quantity":1}',
      '{"order":"sell","id":"s","price":60000,"quantity":1}',
      '{"clock":"09:07"}',
    ];
    expect(kinds('{"date":"2026-11-24","vi":false,"index":"issues"}', ...fall)).toContain('circuitBreaker');
    expect(kinds('{"date":"2026-11-24","vi":false}', ...fall)).not.toContain('circuitBreaker');
  });
});

describe('accounts', () => {
  const open = ['{"account":"A","cash":1000000}', '{"order":"sell","id":"s","price":70300,"quantity":10}'];
  const buy = '{"order":"buy","id":"b","price":70300,"quantity":10,"account":"A"}';
  const ask = '{"account":"A"}';
  const money = (out: readonly ScriptOutput[]): unknown[] =>
    out.filter((line) => line.event === 'account').map((line) => [line['cashD2Krw'], line['reservedKrw']]);

  it('hold what an order may need until it trades or leaves', () => {
    const waiting = '{"order":"buy","id":"w","price":70000,"quantity":4,"account":"A"}';
    const out = run(listing, open[0] ?? '', waiting, ask, '{"cancel":"w","quantity":1}', ask, '{"cancel":"w"}', ask);
    const [all, part, none] = money(out) as [number, number][];
    expect(all?.[1]).toBeGreaterThanOrEqual(280_000);
    expect(part?.[1]).toBeLessThan(all?.[1] ?? 0);
    expect(part?.[1]).toBeGreaterThanOrEqual(210_000);
    expect(none).toEqual([1_000_000, 0]);
  });

  it('go back with the exchange, and come out alike again', () => {
    const out = run(listing, ...open, '{"snapshot":"x"}', buy, ask, '{"rewind":"x"}', ask, buy, ask);
    const [bought, before, again] = money(out);
    expect(before).toEqual([1_000_000, 0]);
    expect(again).toEqual(bought);
    expect(out.filter((line) => line.event === 'cost')).toHaveLength(2);
  });

  it('tell what a part of an order has cost though it was cut in two', () => {
    const out = run(
      listing,
      ...open,
      '{"order":"sell","id":"t","price":70300,"quantity":1}',
      '{"order":"buy","id":"p","price":70300,"quantity":13,"account":"A"}',
      '{"cancel":"p","quantity":1}',
      '{"order":"sell","id":"u","price":70300,"quantity":1}',
    );
    const costs = out.filter((line) => line.event === 'cost');
    expect(costs.map((line) => line['filledQty'])).toEqual([10, 11, 12]);
    expect(costs.at(-1)).toMatchObject({ id: 'p', filledValueKrw: 843_600 });
  });

  it('keep the credit of an order that moves', () => {
    const out = run(
      listing,
      '{"account":"A","cash":1000000,"kind":"margin40"}',
      '{"order":"buy","id":"w","price":70000,"quantity":10,"account":"A","credit":"loanOpen"}',
      '{"replace":"w","price":70100}',
      '{"order":"sell","id":"s","price":70100,"quantity":10}',
      ask,
    );
    const account = out.find((line) => line.event === 'account');
    expect(account?.['holdings']).toMatchObject([{ code: '005930', kind: 'loan', quantity: 10 }]);
    expect(Number(account?.['loanKrw'])).toBeGreaterThan(0);
  });

  it('are asked again when an order moves to a dearer price', () => {
    const out = run(
      listing,
      open[0] ?? '',
      '{"order":"buy","id":"w","price":60000,"quantity":16,"account":"A"}',
      '{"replace":"w","price":65000}',
      '{"replace":"w","price":61000}',
    );
    expect(out.map((line) => line.event)).toEqual(['phase', 'accepted', 'refused', 'canceled', 'accepted', 'end']);
  });
});

describe('a day without a session', () => {
  it.each(['2026-11-21', '2026-11-22', '2026-07-17', '2022-11-19'])('stays closed by the clock: %s', (date) => {
    const order = '{"order":"buy","id":"b","price":70300,"quantity":1}';
    const out = run(`{"date":"${date}"}`, listing, '{"clock":"10:00:00"}', order, '{"clock":"16:00:00"}');
    expect(out.map(({ event, reason }) => [event, reason])).toEqual([
      ['rejected', 'SESSION'],
      ['end', undefined],
    ]);
    const byHand = run(`{"date":"${date}"}`, listing, '{"phase":"continuous"}', order);
    expect(byHand.map(({ event }) => event)).toEqual(['phase', 'accepted', 'end']);
  });
});
