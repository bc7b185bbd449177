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
      ['phase', undefined],
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
