/** The room of scenarios: versions, drafts and removals on the disk, results that are kept, and the command line on them. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUNDLED } from '#core/market/index.ts';
import { NO_RECORDS, ScenarioRoom } from '#core/scenarios/index.ts';
import type { RunJob } from '#shared/domain/index.ts';
import { formatScenario } from '#shared/scenario/index.ts';
import { run as cli } from '#test/support/cli-run.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { createMemoryLog } from '#test/support/memory-log.ts';
import { scenario } from '#test/support/scenario-run.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const TEXT = formatScenario(scenario());
let folder: string;
let room: ScenarioRoom;
let count: number;

const open = (): ScenarioRoom =>
  new ScenarioRoom({
    dataDir: folder,
    workerUrl: new URL('../../../electron/worker.ts', import.meta.url),
    library: [{ id: 'lib:one', text: TEXT }],
    listing: () => BUNDLED,
    recorded: { ...NO_RECORDS, listing: () => BUNDLED },
    version: 'test',
    clock: createFakeTime().clock,
    ids: { next: () => `id${String((count += 1)).padStart(4, '0')}` },
    logger: createMemoryLog().logger,
  });

beforeEach(() => {
  count = 0;
  folder = tempFolder();
  room = open();
});
afterEach(() => room.close());

describe('versions', () => {
  it('are made one on another, and none is lost to another window or a crash', () => {
    const { id } = room.create({ from: 'lib:one', text: null, name: '내 것' });
    expect(room.read(id, null)).toMatchObject({ version: 0, draft: expect.stringContaining('내 것') as string });
    const text = room.read(id, null).text;
    expect(room.save(id, { version: 0, text, note: '처음' })).toMatchObject({
      version: 1,
      name: '내 것',
      draft: false,
    });
    room.saveDraft(id, `${text}# 아직\n`);
    // The process dies here; another opens the same folder.
    room = open();
    expect(room.read(id, null)).toMatchObject({ version: 1, text, draft: `${text}# 아직\n` });
    expect(() => room.save(id, { version: 0, text, note: '' })).toThrow('SCENARIO_CHANGED');
    expect(() => room.save(id, { version: 1, text: 'name: x', note: '' })).toThrow('SCENARIO_BROKEN');
    room.save(id, { version: 1, text: `${text}# 둘째\n`, note: '둘째' });
    expect(room.versions(id).map(({ version, note }) => [version, note])).toEqual([
      [2, '둘째'],
      [1, '처음'],
    ]);
    expect(room.read(id, 1).text).toBe(text);
  });

  it('come back from their files where the index is damaged', () => {
    const { id } = room.create({ from: null, text: TEXT, name: null });
    room.save(id, { version: 0, text: TEXT, note: '' });
    const path = join(folder, 'scenarios', id.slice(3), 'index.json');
    writeFileSync(path, '{');
    expect(open().read(id, null)).toMatchObject({ version: 1, text: TEXT });
    expect(existsSync(`${path}.bad-1`)).toBe(true);
    rmSync(path);
    expect(
      open()
        .list()
        .map((each) => each.id),
    ).toContain(id);
  });

  it('that came along stay as they are, and removed ones keep their files', () => {
    expect(() => room.save('lib:one', { version: 1, text: TEXT, note: '' })).toThrow('SCENARIO_SHIPPED');
    expect(() => room.read('my:ghost', null)).toThrow('SCENARIO_UNKNOWN');
    const { id } = room.create({ from: 'lib:one', text: null, name: null });
    const told: boolean[] = [];
    room.watch(({ removed }) => told.push(removed));
    room.remove(id);
    expect(told).toEqual([true]);
    expect(room.list().map((each) => each.id)).toEqual(['lib:one']);
    expect(readdirSync(join(folder, 'scenarios', 'removed'))).toHaveLength(1);
  });
});

describe('a job', () => {
  const ended = (jobId: string): Promise<RunJob> =>
    new Promise((done) => {
      room.jobs.watch((job) => {
        if (job.jobId === jobId && job.state !== 'running' && job.state !== 'waiting') done(job);
      });
    });

  it('plays seeds in a worker, keeps what came of them, and is told of', async () => {
    const job = room.run({ id: 'lib:one', text: null, seed: 5, seeds: 2, pace: null });
    const done = await ended(job.jobId);
    expect(done).toMatchObject({ state: 'done', done: 2, seeds: 2, problem: null });
    expect(room.runs.rows().map(({ seed, passed }) => [seed, passed])).toEqual([
      [6, true],
      [5, true],
    ]);
    const again = open();
    expect(again.runs.get(done.runIds[0] ?? '')).toMatchObject({ scenario: '시험 시나리오', seed: 5 });
    await again.close();
  }, 60_000);

  it('is canceled, and refuses what cannot be played', async () => {
    const job = room.run({ id: 'lib:one', text: null, seed: 1, seeds: 1_000, pace: null });
    const waits = ended(job.jobId);
    room.jobs.cancel(job.jobId);
    expect(await waits).toMatchObject({ state: 'canceled' });
    expect(() =>
      room.run({ id: 'lib:one', text: TEXT.replaceAll('000660', '999999'), seed: 1, seeds: 1, pace: null }),
    ).toThrow('SCENARIO_ISSUE');
  }, 60_000);
});

describe('the command line', () => {
  it('lists, looks, plays and compares', async () => {
    const listed = await cli(['scenario', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ id: 'lib:calm-day' }));
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, TEXT.replace('schemaVersion: 1', 'schemaVersion: 9'));
    const looked = await cli(['scenario', 'validate', bad, '--json']);
    expect(looked.code).toBe(2);
    expect(looked.stdout).toContain('더 새로운 Maru');
    const good = join(folder, 'good.yaml');
    writeFileSync(good, TEXT);
    const report = join(folder, 'report.html');
    const ran = await cli(['scenario', 'run', good, '--seed', '7', '--report', report, '--json']);
    expect(ran.code).toBe(0);
    const told = JSON.parse(ran.stdout) as Record<string, unknown>;
    for (const name of ['scenario', 'seed', 'version', 'hash', 'criteria', 'threats', 'plays', 'account', 'ms'])
      expect(told).toHaveProperty(name);
    expect((await cli(['scenario', 'run', good, '--seed', '7', '--json'])).stdout).toContain(String(told['hash']));
    expect(readFileSync(report, 'utf8')).toMatch(/<h1>시험 시나리오<\/h1>[^]*계좌 평가액/);
    const more = join(folder, 'more.yaml');
    writeFileSync(more, TEXT.replace('10000000', '20000000'));
    expect((await cli(['scenario', 'diff', good, more])).stdout).toContain('현금: 10,000,000원 → 20,000,000원');
    expect((await cli(['scenario', 'run', 'nothing.yaml'])).code).toBe(2);
    expect((await cli(['scenario', 'run', 'lib:ghost'])).stderr).toContain('없는 시나리오');
  }, 60_000);
});
