/** Snapshot files and the mark of time. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunSnapshot } from '#core/simulator/market-run.ts';
import { SNAPSHOT_VERSION, SnapshotStore, type StoredSnapshot } from '#core/simulator/snapshot-store.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

function snapshot(run: number, logSeq: number, over: Partial<StoredSnapshot> = {}): StoredSnapshot {
  return {
    version: SNAPSHOT_VERSION,
    logSeq,
    market: { run } as RunSnapshot,
    kept: Int32Array.of(run, logSeq),
    ...over,
  };
}

const names = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.snap'));

describe('snapshots', () => {
  it('come back whole, the newest that the log has reached', async () => {
    const store = new SnapshotStore(tempFolder());
    await store.save(snapshot(3, 10));
    store.saveNow(snapshot(3, 20));
    expect(store.load(3, 25)).toEqual(snapshot(3, 20));
    expect(store.load(3, 19)).toEqual(snapshot(3, 10));
    expect(store.load(3, 9)).toBeUndefined();
    expect(store.load(4, 25)).toBeUndefined();
  });

  it('keep two of the run, and none of runs before', async () => {
    const folder = tempFolder();
    const store = new SnapshotStore(folder);
    for (const [run, seq] of [
      [1, 1],
      [1, 2],
      [2, 3],
      [2, 4],
      [2, 5],
      [3, 6],
    ] as const)
      store.saveNow(snapshot(run, seq));
    await store.save(snapshot(2, 7));
    expect(names(folder)).toEqual([
      'run-00000002-log-000000000005.snap',
      'run-00000002-log-000000000007.snap',
      'run-00000003-log-000000000006.snap',
    ]);
    store.clear(3);
    expect(names(folder)).toHaveLength(2);
  });

  it('ahead of the log are removed: what they hold never happened', () => {
    const folder = tempFolder();
    const store = new SnapshotStore(folder);
    for (const seq of [10, 20, 30]) store.saveNow(snapshot(3, seq));
    store.saveNow(snapshot(4, 99));
    store.clearAhead(3, 20);
    expect(store.load(3, 99)?.logSeq).toBe(20);
    expect(store.load(4, 99)?.logSeq).toBe(99);
  });

  it('share the recorded day of their run, which goes with it', () => {
    const store = new SnapshotStore(tempFolder());
    const day = { date: '2025-06-10' as never, issues: [], indices: [], notes: ['viOff'] as const };
    store.saveDay(3, day);
    store.saveNow(snapshot(3, 10));
    store.prune(3);
    expect(store.loadDay(3)).toEqual(day);
    expect(store.loadDay(4)).toBeUndefined();
    store.saveNow(snapshot(4, 20));
    store.prune(4);
    expect(store.loadDay(3)).toBeUndefined();
  });

  it('are written one after the other, and it is known while one is', async () => {
    const folder = tempFolder();
    const store = new SnapshotStore(folder);
    const first = store.save(snapshot(1, 1));
    const second = store.save(snapshot(1, 2));
    expect(store.busy).toBe(true);
    await store.idle();
    expect(store.busy).toBe(false);
    await Promise.all([first, second]);
    expect(names(folder)).toHaveLength(2);
  });

  it('of another version are not read', () => {
    const store = new SnapshotStore(tempFolder());
    store.saveNow(snapshot(1, 1));
    store.saveNow(snapshot(1, 2, { version: SNAPSHOT_VERSION + 1 }));
    expect(store.load(1, 9)?.logSeq).toBe(1);
  });
});

describe('the mark of time', () => {
  it('comes back, and is ignored when torn or absurd', () => {
    const folder = tempFolder();
    const store = new SnapshotStore(folder);
    expect(store.loadMark()).toBeUndefined();
    const mark = { run: 2, at: 1_772_496_000_000, speed: 60, running: false };
    store.saveMark(mark);
    expect(store.loadMark()).toEqual(mark);
    for (const text of [
      '',
      '{"run":2,"at":1',
      'null',
      '{"run":2,"at":1.5,"speed":1,"running":true}',
      '{"run":2,"at":1,"speed":0,"running":true}',
    ]) {
      writeFileSync(join(folder, 'clock.json'), text);
      expect(store.loadMark()).toBeUndefined();
    }
  });
});
