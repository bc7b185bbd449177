/** Replays as a scenario's market: recorded days played the same again, with an account in them, faults of the broker too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withRecordedMarket } from '#core/app/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { collectRecords, NO_RECORDS, ScenarioRoom, type RecordSources, type RunRecord } from '#core/scenarios/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { codeOf, type RunJob, type ScenarioDocument, type ScenarioRun } from '#shared/domain/index.ts';
import type { ReplayRow } from '#shared/exchange/index.ts';
import { formatScenario, validateScenario } from '#shared/scenario/index.ts';
import { run as cli } from '#test/support/cli-run.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { carriedRow, carriedRows } from '#test/support/krx-rows.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { played, scenario } from '#test/support/scenario-run.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const ISSUES = ['005930', '000660', '005380'];
const DATES = ['2025-02-05', '2025-02-10'];
const ROWS = carriedRows();
const rowsOf: RecordSources = {
  ...NO_RECORDS,
  dailyRow: (id, date) => ROWS.find((row) => row.code === codeOf(id) && row.date === date),
};

function replayed(change: Partial<Parameters<typeof scenario>[0]> = {}): ScenarioDocument {
  return scenario({
    market: { kind: 'replay', dates: DATES, issues: ISSUES },
    until: '15:40',
    actors: [
      {
        kind: 'orders',
        name: 'me',
        account: 'main',
        orders: [{ day: 2, at: '10:00', issue: '005380', side: 'buy', quantity: 3 }],
      },
    ],
    criteria: [{ name: '장부', measure: 'booksDiffer', is: 'exactly', value: 0 }],
    ...change,
  });
}

const play = (document: ScenarioDocument, records: readonly RunRecord[], seed = 3): Promise<ScenarioRun> =>
  played(document, { records, seed });
const valueOf = (run: ScenarioRun, code: string): number =>
  run.accounts[0]?.positions.find(({ issue }) => issue === code)?.valueKrw ?? 0;

describe('a replay', () => {
  it('plays recorded days to their very closes', async () => {
    const document = replayed();
    const records = collectRecords(document, rowsOf);
    const first = await play(document, records);
    expect(first.days).toEqual(DATES);
    expect(first.passed).toBe(true);
    // What is held is worth the recorded closes of the last day.
    expect(valueOf(first, '005930')).toBe(500 * carriedRow('005930', '2025-02-10').close);
    expect(valueOf(first, '000660')).toBe(100 * carriedRow('000660', '2025-02-10').close);
    expect(first.accounts[0]?.positions.find(({ issue }) => issue === '005380')?.quantity).toBe(3);
    // What was held before had cost the base price of the first day: the account starts at that.
    const base = (code: string): number => carriedRow(code, '2025-02-05').base;
    expect(first.accounts[0]?.startKrw).toBe(10_000_000 + 500 * base('005930') + 100 * base('000660'));
  }, 180_000);

  it('repeats byte for byte, and another seed is another day', async () => {
    const document = replayed({ until: '10:20', market: { kind: 'replay', dates: ['2025-02-05'], issues: ISSUES } });
    const records = collectRecords(document, rowsOf);
    const first = await play(document, records);
    const again = await play(document, structuredClone(records));
    expect({ ...again, ms: 0 }).toEqual({ ...first, ms: 0 });
    // Nothing was recorded of the days before, and nothing is made up of them.
    const said = first.timeline.map(({ ko }) => ko).join('\n');
    expect(said).toContain('입력 없음: M07, M08, M16, M17');
    expect(said).toContain('입력 부족: 삼성전자, SK하이닉스, 현대차');
    expect((await play(document, records, 4)).hash).not.toBe(first.hash);
  }, 120_000);

  it('goes through the whole KIS client where the broker fails', async () => {
    const document = replayed({
      market: { kind: 'replay', dates: ['2025-02-05'], issues: ISSUES },
      until: '09:40',
      actors: [],
      events: [{ kind: 'freezeFeed', at: '09:20', seconds: 300 }],
    });
    const records = collectRecords(document, rowsOf);
    const first = await play(document, records);
    expect(first.days).toEqual(['2025-02-05']);
    expect(first.threats.map(({ detector }) => detector)).toContain('O06');
    const again = await play(document, records);
    expect({ ...again, ms: 0 }).toEqual({ ...first, ms: 0 });
  }, 180_000);

  it('is refused by the day and the issue that nothing is known of', async () => {
    const missing = (dates: string[], issues = ISSUES): unknown => {
      try {
        return collectRecords(replayed({ market: { kind: 'replay', dates, issues } }), rowsOf);
      } catch (error) {
        return error;
      }
    };
    expect(missing(['2025-02-05', '2025-03-04'])).toMatchObject({
      code: 'SCENARIO_NO_RECORD',
      params: { date: '2025-03-04', code: '005930' },
    });
    expect(missing(['2025-02-05'], ['005930', '000270'])).toMatchObject({
      code: 'SCENARIO_NO_RECORD',
      params: { date: '2025-02-05', code: '000270' },
    });
    // A Sunday has no record, whatever is stored.
    expect(missing(['2025-02-09'])).toMatchObject({ code: 'SCENARIO_NO_RECORD', params: { date: '2025-02-09' } });
    // A worker that is given none does not play something else.
    await expect(played(replayed())).rejects.toMatchObject({ code: 'SCENARIO_NO_RECORD', params: { date: DATES[0] } });
  });

  it('cannot be changed by events of a market, and has no record of a holiday', () => {
    const drift = replayed({ events: [{ kind: 'drift', at: '10:00', target: 'all', pct: -3, minutes: 30 }] });
    expect(validateScenario(drift)).toEqual([
      expect.objectContaining({
        severity: 'error',
        path: ['events', 0, 'kind'],
        ko: expect.stringContaining('이벤트로 바꿀 수 없습니다') as string,
      }),
    ]);
    const holiday = replayed({ market: { kind: 'replay', dates: ['2025-03-03'], issues: ISSUES }, actors: [] });
    expect(validateScenario(holiday)).toEqual([
      expect.objectContaining({ severity: 'error', ko: expect.stringContaining('기록이 없습니다') as string }),
    ]);
    expect(validateScenario(replayed())).toEqual([]);
  });
});

describe('records of the house', () => {
  let folder: string;
  let room: ScenarioRoom | null = null;

  const nameOf = (code: string): string => BUNDLED.find((issue) => issue.code === code)?.nameKo ?? `종목 ${code}`;

  /** The carried rows, imported. */
  function imported(rows: readonly ReplayRow[]): void {
    const candles = CandleStore.open(join(folder, 'candles.db'));
    candles.begin();
    candles.put(
      rows.map((row) => ({ ...row, nameKo: nameOf(row.code), suspended: row.volume === 0, value: row.value })),
    );
    candles.commit();
    candles.close();
  }

  beforeEach(() => {
    folder = tempFolder();
    imported(ROWS.filter(({ code }) => [...ISSUES, '002600'].includes(code)));
  });
  afterEach(async () => {
    await room?.close();
    room = null;
  });

  it('are handed to the worker, which plays what this thread plays', async () => {
    const document = replayed({
      market: { kind: 'replay', dates: [...DATES], issues: ['005930', '000660'] },
      actors: [],
    });
    const text = formatScenario(document);
    const job = await withRecordedMarket(folder, async (recorded) => {
      let count = 0;
      room = new ScenarioRoom({
        dataDir: folder,
        workerUrl: new URL('../../../electron/worker.ts', import.meta.url),
        library: [{ id: 'lib:replay', text }],
        listing: () => BUNDLED,
        recorded,
        version: 'test',
        clock: createFakeTime().clock,
        ids: { next: () => `id${(count += 1)}` },
        logger: createMemoryLog().logger,
      });
      const { jobs } = room;
      expect(room.plan({ id: 'lib:replay', text: null, seed: 9 })).toEqual({
        mode: 'replay',
        instrumentId: 'KRX:005930',
        others: ['KRX:000660'],
        date: '2025-02-05',
        seed: 9,
      });
      const elsewhere = text.replace('2025-02-10', '2025-02-12');
      expect(() => room?.run({ id: 'lib:replay', text: elsewhere, seed: 1, seeds: 1, pace: null })).toThrow(
        'SCENARIO_NO_RECORD',
      );
      const started = room.run({ id: 'lib:replay', text: null, seed: 3, seeds: 1, pace: null });
      return new Promise<RunJob>((done) => {
        jobs.watch((each) => {
          if (each.jobId === started.jobId && each.state !== 'running' && each.state !== 'waiting') done(each);
        });
      });
    });
    expect(job).toMatchObject({ state: 'done', problem: null });
    const run = room?.runs.get(job.runIds[0] ?? '');
    const here = await play(document, collectRecords(document, rowsOf));
    expect(run?.hash).toBe(here.hash);
  }, 120_000);

  it('are found by the command line in the data folder', async () => {
    const file = join(folder, 'replay.yaml');
    // 002600 is in no bundled list: the import alone knows it.
    const market = { kind: 'replay', dates: ['2025-02-05'], issues: ['005930', '002600'] } as const;
    const accounts = [{ id: 'main', cashKrw: 10_000_000, holdings: [{ issue: '002600', quantity: 10 }] }];
    const document = replayed({
      market: { ...market, dates: [...market.dates], issues: [...market.issues] },
      accounts,
      actors: [],
    });
    writeFileSync(file, formatScenario(document));
    const ran = await cli(['scenario', 'run', file, '--data', folder, '--json']);
    expect(ran.stderr).toBe('');
    const told = JSON.parse(ran.stdout) as { account: ScenarioRun['accounts'][number] };
    expect(told.account.positions).toEqual([
      { issue: '002600', quantity: 10, valueKrw: 10 * carriedRow('002600', '2025-02-05').close },
    ]);
    const empty = await cli(['scenario', 'run', file, '--data', tempFolder(), '--json']);
    expect(empty.stderr).toContain('2025-02-05의 005930 기록이 없어');
  }, 120_000);
});
