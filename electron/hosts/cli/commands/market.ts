/** `market generate`: an invented market as a file, day by day or minute by minute. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import {
  generateMarket,
  MAX_GENERATED_ISSUES,
  MAX_GENERATED_ROWS,
  minutePath,
  type GeneratedRow,
} from '#shared/exchange/index.ts';
import { krxCalendar, tickTable } from '#shared/market/index.ts';
import { Rng } from '#shared/rng/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import type { Command } from '../command.ts';
import type { Flags } from '../flags.ts';
import { facts } from '../table.ts';

/** First day when none is named; part of what the hash names. */
const FIRST_DAY = '2026-01-02';
/** The first day whose ticks are known. @source resources/krx/tick-size.json */
const EARLIEST_DAY = '2010-10-04';
/** Text gathered before it is written, characters. */
const CHUNK = 1 << 20;
const HIGHEST_SEED = 4_294_967_295;
/** Rows of a day with a trade in every minute and in the closing auction. */
const MINUTES_A_DAY = 381;
const HEADERS = {
  days: 'code,date,open,high,low,close,volume,value\n',
  minutes: 'code,date,time,open,high,low,close,volume,value\n',
} as const;

function within(flags: Flags, name: string, highest: number, lowest = 1): number {
  const value = flags.integer(name);
  if (value < lowest || value > highest) {
    throw new AppError('INPUT_INVALID', { where: `--${name}`, why: `${lowest}에서 ${highest} 사이여야 합니다.` });
  }
  return value;
}

/** Writes text to a file that appears under its name only when it is whole. */
class WholeFile {
  readonly #path: string;
  readonly #partial: string;
  readonly #file: number;
  #text = '';

  constructor(path: string) {
    this.#path = path;
    this.#partial = `${path}.partial`;
    this.#file = openSync(this.#partial, 'w');
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK) this.#flush();
  }

  #flush(): void {
    writeSync(this.#file, this.#text);
    this.#text = '';
  }

  keep(): void {
    this.#flush();
    closeSync(this.#file);
    renameSync(this.#partial, this.#path);
  }

  drop(): void {
    closeSync(this.#file);
    rmSync(this.#partial, { force: true });
  }
}

function openFile(path: string): WholeFile {
  try {
    return new WholeFile(path);
  } catch (error) {
    throw new AppError('FILE_NOT_WRITABLE', { path }, { cause: error });
  }
}

function dayLine(row: GeneratedRow): string {
  return `${row.code},${row.date},${row.open},${row.high},${row.low},${row.close},${row.volume},${row.value}\n`;
}

/** The minutes of a day; each issue and day has draws of its own, so that a part of a market has the same minutes. */
function minuteLines(row: GeneratedRow, seed: number): { readonly text: string; readonly rows: number } {
  // KOSPI and KOSDAQ have had one tick table since 2010-10-04.
  const table = tickTable('KOSPI', row.date);
  const minutes = minutePath({ ...row, table }, Rng.from(seed, `minutes/${row.code}/${row.date}`));
  const two = (n: number): string => String(n).padStart(2, '0');
  const lines = minutes.map(({ minute, open, high, low, close, volume, value }) => {
    const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    return `${row.code},${row.date},${time},${open},${high},${low},${close},${volume},${value}\n`;
  });
  return { text: lines.join(''), rows: minutes.length };
}

export const marketGenerate: Command = {
  name: 'market generate',
  summary: '지어낸 시장의 일별 시세나 분봉을 파일로 만듭니다.',
  takes: '',
  options: {
    days: { kind: 'text', value: 'N', summary: '거래일 수' },
    issues: { kind: 'text', value: 'N', summary: '종목 수' },
    seed: { kind: 'text', value: 'S', summary: '난수의 씨앗(0부터). 같은 씨앗은 같은 시장입니다.' },
    out: { kind: 'text', value: 'FILE.csv', summary: '쓸 파일' },
    from: { kind: 'text', value: 'YYYY-MM-DD', summary: `첫날. 적지 않으면 ${FIRST_DAY}` },
    minutes: { kind: 'flag', summary: '하루 한 줄 대신 1분에 한 줄씩 씁니다. 합치면 일별 시세와 같습니다.' },
  },
  run({ flags, world, result }) {
    const days = within(flags, 'days', MAX_GENERATED_ROWS);
    const issues = within(flags, 'issues', MAX_GENERATED_ISSUES);
    const byMinute = flags.has('minutes');
    const perDay = byMinute ? MINUTES_A_DAY : 1;
    if (days * issues * perDay > MAX_GENERATED_ROWS) {
      throw new AppError('INPUT_INVALID', { where: '--days', why: `모두 ${MAX_GENERATED_ROWS}줄까지 만듭니다.` });
    }
    const seed = within(flags, 'seed', HIGHEST_SEED, 0);
    const from = flags.optional('from') ?? FIRST_DAY;
    if (!isSessionDate(from)) throw new AppError('DATE_INVALID', { date: from });
    if (from < EARLIEST_DAY)
      throw new AppError('INPUT_INVALID', { where: '--from', why: `${EARLIEST_DAY}부터 만들 수 있습니다.` });
    const path = resolve(world.cwd, flags.text('out'));
    const startedMs = world.monotonicMs();
    const file = openFile(path);
    let made;
    let rows = 0;
    try {
      file.write(byMinute ? HEADERS.minutes : HEADERS.days);
      made = generateMarket({ days, issues, seed, from, calendar: krxCalendar }, (row) => {
        const lines = byMinute ? minuteLines(row, seed) : { text: dayLine(row), rows: 1 };
        file.write(lines.text);
        rows += lines.rows;
      });
      file.keep();
    } catch (error) {
      file.drop();
      // The days ran past the last date that can be written.
      if (error instanceof RangeError)
        throw new AppError(
          'INPUT_INVALID',
          { where: '--days', why: '마지막 날이 9999년을 넘습니다.' },
          { cause: error },
        );
      throw error;
    }
    const ms = Math.round(world.monotonicMs() - startedMs);
    const report = { rows, ms, hash: made.hash, from: made.from, to: made.to };
    result(report, () =>
      facts([
        ['줄', report.rows],
        ['기간', `${report.from} ~ ${report.to}`],
        ['해시', report.hash],
        ['걸린 시간(ms)', report.ms],
      ]),
    );
    return Promise.resolve(undefined);
  },
};
