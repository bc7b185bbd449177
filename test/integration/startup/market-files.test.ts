/** `market generate --minutes` and `market check` as a user calls them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '#test/support/cli-run.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

interface Report {
  readonly kind: string;
  readonly issues: number;
  readonly rows: number;
  readonly met: boolean;
  readonly bands: readonly { id: string; inside: number; judged: number; met: boolean | null }[];
  readonly byIssue: readonly {
    code: string;
    figures: Record<string, number | null>;
    inside: Record<string, boolean | null>;
  }[];
}

async function generate(folder: string, ...more: string[]): Promise<string> {
  const path = join(folder, more.includes('--minutes') ? 'minutes.csv' : 'days.csv');
  const { code, stderr } = await run(['market', 'generate', '--seed', '8', '--out', path, ...more]);
  expect([code, stderr]).toEqual([0, '']);
  return path;
}

async function check(path: string): Promise<Report> {
  const { code, stdout } = await run(['market', 'check', path, '--json']);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Report;
}

function file(text: string): string {
  const path = join(tempFolder(), 'a.csv');
  writeFileSync(path, text);
  return path;
}

describe('market check', () => {
  it('judges a generated market of 1,000 days: every daily band is met', async () => {
    const path = await generate(tempFolder(), '--days', '1000', '--issues', '20', '--from', '2022-01-03');
    const report = await check(path);
    expect(report).toMatchObject({ kind: 'daily', issues: 20, rows: 20_000, met: true });
    expect(report.bands).toHaveLength(10);
    expect(report.bands.filter(({ inside, judged }) => judged !== 20 || inside < 16)).toEqual([]);
    expect(report.byIssue).toHaveLength(20);
  }, 60_000);

  it('judges minutes, and leaves open what too few days cannot tell', async () => {
    const path = await generate(tempFolder(), '--minutes', '--days', '20', '--issues', '3');
    const report = await check(path);
    expect(report).toMatchObject({ kind: 'minute', issues: 3 });
    const of = (id: string): unknown => report.bands.find((band) => band.id === id);
    expect(of('USHAPE')).toMatchObject({ judged: 3, met: true });
    expect(of('KURT')).toMatchObject({ judged: 0, met: null });
  }, 60_000);

  it('shows figures, bands and verdicts to a person', async () => {
    const path = await generate(tempFolder(), '--minutes', '--days', '20', '--issues', '2');
    const { code, stdout } = await run(['market', 'check', path]);
    expect(code).toBe(0);
    for (const word of ['분봉', 'USHAPE', '13 ~ 22', '판정 못 함', '미확인']) expect(stdout).toContain(word);
  }, 60_000);

  it('reads real files: Korean names, dates without dashes, days without trading, no value', async () => {
    const days = Array.from({ length: 40 }, (_, i) => `005930,202501${String((i % 28) + 1).padStart(2, '0')}`);
    const rows = days
      .slice(0, 28)
      .map((day, i) => (i === 5 ? `${day},0,0,0,55000,0` : `${day},55000,55500,54800,55100,1000`));
    const report = await check(file(`종목코드,일자,시가,고가,저가,종가,거래량\n${rows.join('\n')}\n`));
    expect(report).toMatchObject({ kind: 'daily', issues: 1, rows: 28 });
  });

  it.each([
    ['', 'FILE_EMPTY'],
    ['code,date,open,high,low,close,volume\n', 'FILE_EMPTY'],
    ['code,date,open,high,low,volume\nA,2025-01-02,1,1,1,1\n', 'FILE_COLUMNS'],
    ['code,date,open,high,low,close,volume\nA,2025-02-30,1,1,1,1,1\n', '2번째 줄'],
    ['code,date,open,high,low,close,volume\nA,2025-01-02,1,1,1,x,1\n', '종가'],
    ['code,date,open,high,low,close,volume\nA,2025-01-02,1,1,1,-1,1\n', '종가'],
    ['code,date,open,high,low,close,volume\nA,2025-01-02,5,4,3,4,1\n', '고가'],
    ['code,date,open,high,low,close,volume\n\nA,2025-01-03,5,5,5,5,1\nA,2025-01-02,5,5,5,5,1\n', '4번째 줄'],
    ['code,date,open,high,low,close,volume\nA,2025-01-03,5,5,5,5,1\nA,2025-01-03,5,5,5,5,1\n', '두 번'],
    ['code,date,time,open,high,low,close,volume\nA,2025-01-03,24:10,5,5,5,5,1\n', '시각'],
    ['code,date,open,high,low,close,volume\nA,2025-01-03,5,5,5,5\n', '거래량'],
  ])('refuses %j, saying what is wrong', async (text, word) => {
    const path = file(text);
    const human = await run(['market', 'check', path]);
    expect([human.code, human.stdout]).toEqual([2, '']);
    const { stdout } = await run(['market', 'check', path, '--json']);
    expect(`${human.stderr} ${stdout}`).toContain(word);
  });

  it('refuses what is no text, no file, or more than one', async () => {
    const path = join(tempFolder(), 'b.csv');
    writeFileSync(path, Uint8Array.from([0x1f, 0x8b, 0x08, 0xff, 0xfe]));
    const codeOf = async (argv: string[]): Promise<unknown> =>
      (JSON.parse((await run([...argv, '--json'])).stdout) as { error: { code: string } }).error.code;
    expect(await codeOf(['market', 'check', path])).toBe('FILE_ENCODING');
    expect(await codeOf(['market', 'check', join(tempFolder(), 'none.csv')])).toBe('FILE_MISSING');
    expect(await codeOf(['market', 'check', tempFolder()])).toBe('FILE_UNREADABLE');
    expect(await codeOf(['market', 'check'])).toBe('INPUT_INVALID');
    expect(await codeOf(['market', 'check', path, path])).toBe('INPUT_INVALID');
  });
});

describe('market generate --minutes', () => {
  it('adds up to the daily rows of the same seed', async () => {
    const folder = tempFolder();
    const size = ['--days', '5', '--issues', '3'];
    const [days, minutes] = [await generate(folder, ...size), await generate(folder, ...size, '--minutes')];
    const read = (path: string): string[][] =>
      readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','));
    const byDay = new Map<string, string[][]>();
    for (const row of read(minutes)) {
      const key = `${row[0] ?? ''},${row[1] ?? ''}`;
      byDay.set(key, [...(byDay.get(key) ?? []), row]);
    }
    const daily = read(days);
    expect(byDay.size).toBe(daily.length);
    for (const [code, date, open, high, low, close, volume, value] of daily) {
      const rows = byDay.get(`${code ?? ''},${date ?? ''}`) ?? [];
      const column = (at: number): number[] => rows.map((row) => Number(row[at]));
      const sum = (at: number): number => column(at).reduce((total, x) => total + x, 0);
      expect([rows[0]?.[3], rows.at(-1)?.[6]]).toEqual([open, close]);
      expect([Math.max(...column(4)), Math.min(...column(5)), sum(7), sum(8)]).toEqual(
        [high, low, volume, value].map(Number),
      );
      expect(rows.every((row) => /^(09|1[0-5]):[0-5]\d$/.test(row[2] ?? ''))).toBe(true);
    }
  });

  it('refuses more lines than it writes', async () => {
    const { code, stderr } = await run([
      ...['market', 'generate', '--days', '1000', '--issues', '100', '--seed', '1', '--minutes'],
      ...['--out', join(tempFolder(), 'x.csv')],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('--days');
  });
});
