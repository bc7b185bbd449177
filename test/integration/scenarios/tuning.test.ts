/** Figures of a detector tried over scenarios and recorded sessions: judged beside the shipped ones, from recorded events the second time. */
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLED } from '#core/market/index.ts';
import { NO_RECORDS, ScenarioRoom, TuneRoom, type MonthWish } from '#core/scenarios/index.ts';
import { codeOf, type TuneJob, type TuneWish } from '#shared/domain/index.ts';
import { formatScenario } from '#shared/scenario/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { carriedRows } from '#test/support/krx-rows.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { scenario } from '#test/support/scenario-run.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const ROWS = carriedRows();
const DATE = '2026-08-05';
const at = (time: string): number => kstInstant(sessionDate(DATE), timeOfDayMs(time));

/** One issue falls by nine percent. */
const falling = formatScenario(
  scenario({
    name: '내리는 종목',
    until: '09:30',
    events: [{ kind: 'drift', at: '09:05', target: { issue: '005930' }, pct: -9.2, minutes: 5 }],
    labels: [{ detector: 'M03', from: '09:05', to: '09:30' }],
  }),
);
const calm = formatScenario(scenario({ name: '조용한 아침', until: '09:06' }));
/** Says nothing of that, and is not calm either. */
const other = formatScenario(
  scenario({ name: '다른 것', until: '09:06', labels: [{ detector: 'M01', from: '09:01', to: '09:05' }] }),
);
const NOBODY: MonthWish = { followed: [], held: () => 0, cashKrw: 0, replayDays: () => [] };
const wish = (params: Record<string, number>, change: Partial<TuneWish> = {}): TuneWish => ({
  detector: 'M03',
  on: true,
  params,
  over: 'library',
  ...change,
});

let folder: string;
let scenarios: ScenarioRoom;
let room: TuneRoom;
let count = 0;

const open = (): TuneRoom =>
  new TuneRoom({
    folder: join(folder, 'tuning'),
    workerUrl: new URL('../../../electron/worker.ts', import.meta.url),
    library: [
      { id: 'lib:falling', text: falling },
      { id: 'lib:calm', text: calm },
      { id: 'lib:other', text: other },
    ],
    scenarios,
    version: '1.2.3',
    ids: { next: () => `tune${(count += 1)}` },
    logger: createMemoryLog().logger,
  });

beforeEach(() => {
  folder = tempFolder();
  scenarios = new ScenarioRoom({
    dataDir: folder,
    workerUrl: new URL('../../../electron/worker.ts', import.meta.url),
    library: [],
    listing: () => BUNDLED,
    recorded: {
      ...NO_RECORDS,
      listing: () => BUNDLED,
      dailyRow: (id, date) => ROWS.find((row) => row.code === codeOf(id) && row.date === date),
    },
    version: '1.2.3',
    clock: createFakeTime().clock,
    ids: { next: () => `id${(count += 1)}` },
    logger: createMemoryLog().logger,
  });
  room = open();
});
afterEach(async () => {
  await room.close();
  await scenarios.close();
});

async function tried(asked: TuneWish, month: MonthWish = NOBODY): Promise<TuneJob> {
  const ended = new Promise<TuneJob>((done) => {
    const leave = room.watch((job) => {
      if (job.state === 'running') return;
      leave();
      done(job);
    });
  });
  const { jobId } = room.start(asked, month);
  const job = await ended;
  expect(job.jobId).toBe(jobId);
  return { ...job, results: job.results.toSorted((a, b) => a.name.localeCompare(b.name)) };
}

describe('over the library', () => {
  it('judges both settings where the detector is labelled and where all is calm', async () => {
    // One that waits for more than nine percent misses it.
    const deaf = await tried(wish({ warnPct: 9.9, hitPct: 15 }));
    expect(deaf).toMatchObject({ state: 'done', cases: 2, part: 1, problem: null });
    const [down, still] = deaf.results;
    expect(down).toMatchObject({
      scenarioId: 'lib:falling',
      name: '내리는 종목',
      days: [DATE],
      expected: [[at('09:05'), at('09:30')]],
      before: { hits: 1, falseAlarms: 0 },
      after: { hits: 0, falseAlarms: 0, fired: [], meanLatencyMs: null },
    });
    const first = down?.before.fired[0] ?? 0;
    expect(first).toBeGreaterThan(at('09:05'));
    expect(down?.before.meanLatencyMs).toBe(first - at('09:05'));
    expect(still).toMatchObject({ scenarioId: 'lib:calm', expected: [], before: { fired: [] }, after: { fired: [] } });
    // Recorded events say the same as the run did, in another room too.
    const files = (): string[] => readdirSync(join(folder, 'tuning')).sort();
    expect(files()).toHaveLength(2);
    const written = files().map((name) => statSync(join(folder, 'tuning', name)).mtimeMs);
    await room.close();
    room = open();
    const off = await tried(wish({}, { on: false }));
    expect(off.results.map(({ before }) => before)).toEqual(deaf.results.map(({ before }) => before));
    expect(off.results.map(({ after }) => after.fired)).toEqual([[], []]);
    expect(files().map((name) => statSync(join(folder, 'tuning', name)).mtimeMs)).toEqual(written);
    // A damaged recording is made anew.
    for (const name of files().slice(0, 1)) truncateSync(join(folder, 'tuning', name), 1_000);
    const anew = await tried(wish({}));
    expect(anew.results.map(({ after }) => after)).toEqual(deaf.results.map(({ before }) => before));
    for (const { before, after } of anew.results) expect(after).toEqual(before);
    // Recordings of another version are of no use.
    writeFileSync(join(folder, 'tuning', '1.2.2-old.events'), '');
    room = open();
    expect(files()).toHaveLength(2);
  }, 300_000);

  it('refuses what no detector takes and a second at a time, and is canceled', async () => {
    expect(() => room.start(wish({ warnPct: 1 }), NOBODY)).toThrow('DETECTOR_PARAM');
    expect(() => room.start(wish({ warnPct: Number.NaN }), NOBODY)).toThrow('DETECTOR_PARAM');
    expect(() => room.start(wish({}, { over: 'month' }), NOBODY)).toThrow('THREAT_TUNE_NO_DAYS');
    expect(() => room.cancel('nobody')).toThrow('THREAT_TUNE_UNKNOWN');
    const canceled = tried(wish({}));
    expect(() => room.start(wish({}), NOBODY)).toThrow('THREAT_TUNE_BUSY');
    room.cancel(room.list()[0]?.jobId ?? '');
    expect(await canceled).toMatchObject({ state: 'canceled' });
    // What was half recorded is not taken for whole.
    expect(readdirSync(join(folder, 'tuning')).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 60_000);
});

describe('over the last month', () => {
  it('replays the recorded sessions of what is followed, and counts what fires', async () => {
    const days = ROWS.filter(({ code }) => code === '005930');
    const month: MonthWish = {
      followed: ['KRX:005930', 'KRX:000660'],
      held: (id) => (id === 'KRX:005930' ? 10 : 0),
      cashKrw: 1_000_000,
      replayDays: (id) =>
        days
          .filter(({ date }) => date >= '2025-02-10' && (id === 'KRX:005930' || date === '2025-02-11'))
          .map(({ date }) => ({ date, suspended: false }))
          .reverse(),
    };
    const job = await tried(wish({}, { detector: 'M01', over: 'month' }), month);
    expect(job).toMatchObject({ state: 'done', cases: 2 });
    expect(job.results.map(({ name, scenarioId, expected }) => [name, scenarioId, expected])).toEqual([
      ['2025-02-10', null, []],
      ['2025-02-11', null, []],
    ]);
    for (const { before, after } of job.results) expect(after).toEqual(before);
  }, 300_000);
});
