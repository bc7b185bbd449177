/** `import`: market files into the store. */
import { resolve } from 'node:path';
import type { CsvMapping, ImportReport, RecordKind } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Command, CommandContext } from '../command.ts';
import type { Flags } from '../flags.ts';
import { facts, table } from '../table.ts';

/** Bad rows that are shown to a human; `--json` lists up to 1,000. */
const SHOWN_ROWS = 20;

function describe(report: ImportReport): string {
  const summary = facts([
    ['가져온 줄', report.rows],
    ['종목', report.instruments],
    ['거래일', report.days],
    ['기간', report.from === null ? null : `${report.from} ~ ${report.to ?? ''}`],
    ['맞지 않는 줄', report.rejectedRows],
    ['걸린 시간(ms)', Math.round(report.ms)],
  ]);
  if (report.rejected.length === 0) return summary;
  const rows = report.rejected.slice(0, SHOWN_ROWS).map((row) => [row.file, row.line, row.reason]);
  return `${summary}\n\n${table(['파일', '줄', '이유'], rows)}`;
}

function filesOf({ args, world }: CommandContext): readonly string[] {
  if (args.length === 0) throw new AppError('INPUT_INVALID', { where: 'FILE', why: '가져올 파일을 적으세요.' });
  return args.map((path) => resolve(world.cwd, path));
}

export const importKrxEod: Command = {
  name: 'import krx-eod',
  summary: '전 종목 일별 시세 파일(CSV, gzip)을 가져옵니다.',
  takes: 'FILE...',
  options: {},
  async run(context) {
    const files = filesOf(context).map((path) => ({ path }));
    const client = await context.core();
    const report = await client.data.importKrxEod({ files });
    context.result(report, () => describe(report));
    return undefined;
  },
};

/** Commands for the three kinds of record of single days. */
const recordCommand = (kind: RecordKind, name: string, what: string): Command => ({
  name,
  summary: `${what} 파일(CSV, gzip)을 가져옵니다. 열은 docs/market-files.md에 있습니다.`,
  takes: 'FILE...',
  options: {},
  async run(context) {
    const files = filesOf(context).map((path) => ({ path }));
    const client = await context.core();
    const report = await client.data.importRecords({ kind, files });
    context.result(report, () => describe(report));
    return undefined;
  },
});

export const importMinutes = recordCommand('minutes', 'import minutes', '분봉');
export const importTicks = recordCommand('trades', 'import ticks', '체결');
export const importBooks = recordCommand('books', 'import books', '호가');

const COLUMNS = ['date', 'open', 'high', 'low', 'close', 'volume'] as const;

/** How much of the mapping the line names: nothing leaves the remembered one in force, a part is completed from it. */
function named(flags: Flags): 'nothing' | 'part' | 'whole' {
  const given = (name: string): boolean => flags.optional(name) !== null;
  const issue = given('code') || given('code-column');
  if (COLUMNS.every(given) && issue) return 'whole';
  return issue || given('value') || COLUMNS.some(given) ? 'part' : 'nothing';
}

/** The mapping named on the command line, completed from what is remembered or guessed for the file. */
function mappingOf(flags: Flags, known: CsvMapping | null): CsvMapping {
  const column = (name: (typeof COLUMNS)[number]): string => flags.optional(name) ?? known?.[name] ?? flags.text(name);
  const given = { code: flags.optional('code'), codeColumn: flags.optional('code-column') };
  const whose = given.code === null && given.codeColumn === null && known ? known : given;
  if ((whose.code === null) === (whose.codeColumn === null)) {
    throw new AppError('INPUT_INVALID', { where: '--code', why: '--code와 --code-column 가운데 하나만 적으세요.' });
  }
  if (whose.code !== null && !/^[0-9A-Z]{6}$/.test(whose.code))
    throw new AppError('INSTRUMENT_UNKNOWN', { code: whose.code });
  return {
    date: column('date'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    value: flags.optional('value') ?? known?.value ?? null,
    code: whose.code,
    codeColumn: whose.codeColumn,
  };
}

const column = (of: string) => ({ kind: 'text', value: 'COLUMN', summary: `${of} 열의 이름` }) as const;

export const importCsv: Command = {
  name: 'import csv',
  summary: '아무 일별 CSV 파일을 가져옵니다. 열의 뜻은 한 번만 적으면 기억합니다.',
  takes: 'FILE...',
  options: {
    date: column('날짜'),
    code: { kind: 'text', value: 'CODE', summary: '파일 전체의 종목 코드' },
    'code-column': column('종목 코드'),
    open: column('시가'),
    high: column('고가'),
    low: column('저가'),
    close: column('종가'),
    volume: column('거래량'),
    value: column('거래대금'),
  },
  async run(context) {
    const files = filesOf(context);
    const client = await context.core();
    const reports: ImportReport[] = [];
    const extent = named(context.flags);
    for (const path of files) {
      const file = { path };
      const known = extent === 'part' ? (await client.data.csvPreview({ file })).mapping : null;
      const mapping = extent === 'nothing' ? null : mappingOf(context.flags, known);
      reports.push(await client.data.importCsv({ file, mapping }));
    }
    const whole = joinReports(reports);
    context.result(whole, () => describe(whole));
    return undefined;
  },
};

/** Reports of several files as one; instruments and days of the largest, since files may share them. */
export function joinReports(reports: readonly ImportReport[]): ImportReport {
  const edge = (name: 'from' | 'to'): string | null => {
    const dates = reports.map((report) => report[name]).filter((date) => date !== null);
    return (name === 'from' ? dates.toSorted()[0] : dates.toSorted().at(-1)) ?? null;
  };
  const total = (name: 'rows' | 'rejectedRows' | 'ms'): number =>
    reports.reduce((sum, report) => sum + report[name], 0);
  return {
    rows: total('rows'),
    instruments: Math.max(0, ...reports.map((report) => report.instruments)),
    days: Math.max(0, ...reports.map((report) => report.days)),
    from: edge('from'),
    to: edge('to'),
    rejected: reports.flatMap((report) => report.rejected).slice(0, 1_000),
    rejectedRows: total('rejectedRows'),
    ms: total('ms'),
  };
}
