/** The journal among processes: two owners at once, and owners that are killed in the middle of writing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal } from '#core/storage/index.ts';
import { epochMs } from '#shared/time/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const WRITER = new URL('../../support/journal-writer.ts', import.meta.url).pathname;

interface Writer {
  readonly process: ChildProcess;
  /** Everything it has printed so far, by line. */
  readonly lines: string[];
  /** Resolves when `count` lines are there, or it has ended. */
  printed(count: number): Promise<void>;
  /** kill -9, then the last number it acknowledged. */
  kill(): Promise<number>;
}

function startWriter(path: string, mode: 'write' | 'hold'): Writer {
  const child = spawn(process.execPath, [WRITER, path, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  const closed = once(reader, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    process: child,
    lines,
    printed: async (count) => {
      while (lines.length < count) await Promise.race([once(reader, 'line'), closed.then(() => (count = 0))]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
      const last = lines.filter((line) => line.startsWith('ack ')).at(-1);
      return last ? Number(last.slice(4)) : 0;
    },
  };
}

const entry = (n: number) => ({ kind: 'test.parent', v: 1, ts: epochMs(n), data: { n } });

describe('a journal killed in the middle of writing', () => {
  it('keeps its chain and every acknowledged entry, ten kills in a row', async () => {
    const path = join(tempFolder(), 'journal.db');
    let before = 0;
    for (let round = 0; round < 10; round += 1) {
      const writer = startWriter(path, 'write');
      await writer.printed(2 + ((round * 53) % 160));
      const acknowledged = await writer.kill();
      expect(writer.lines[0]).toBe(`open ${before}`);
      const journal = Journal.open({ path, role: 'journal' });
      const verdict = journal.verify();
      expect(verdict).toMatchObject({ ok: true, entries: journal.lastSeq });
      expect(journal.lastSeq).toBeGreaterThanOrEqual(acknowledged);
      expect(acknowledged).toBeGreaterThan(before);
      let groupLeft = 0;
      for (const { data } of journal.read(before + 1)) {
        const { i, size } = data as { i: number; size: number };
        groupLeft = i === 0 ? size - 1 : groupLeft - 1;
      }
      expect(groupLeft, 'entries of one append stand or fall together').toBe(0);
      before = journal.lastSeq;
      journal.close();
    }
  }, 60_000);
});

describe('a journal in use', () => {
  it('refuses a second process at once, and opens as soon as the first is killed', async () => {
    const path = join(tempFolder(), 'journal.db');
    const first = Journal.open({ path, role: 'journal' });
    first.append([entry(1), entry(2)]);
    first.close();
    const holder = startWriter(path, 'hold');
    await holder.printed(1);
    const bytes = readFileSync(path);
    const startedAt = performance.now();
    expect(() => Journal.open({ path, role: 'journal' })).toThrow(expect.objectContaining({ code: 'DATA_IN_USE' }));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await holder.kill();
    const again = Journal.open({ path, role: 'journal' });
    expect(again.verify()).toMatchObject({ ok: true, entries: 2 });
    again.close();
  }, 20_000);

  it('refuses another process while this one holds it, and goes on writing', async () => {
    const path = join(tempFolder(), 'journal.db');
    const journal = Journal.open({ path, role: 'journal' });
    onTestFinished(() => journal.close());
    journal.append([entry(1)]);
    const other = startWriter(path, 'write');
    await other.printed(1);
    expect(other.lines).toEqual(['refused DATA_IN_USE']);
    journal.append([entry(2)]);
    expect(journal.verify()).toMatchObject({ ok: true, entries: 2 });
  }, 20_000);

  it('gives the file to at most one of several that start together', async () => {
    const path = join(tempFolder(), 'journal.db');
    const rivals = [1, 2, 3, 4].map(() => startWriter(path, 'hold'));
    await Promise.all(rivals.map((rival) => rival.printed(1)));
    const outcomes = rivals.map((rival) => rival.lines[0]).sort();
    expect(outcomes).toEqual(['open 0', 'refused DATA_IN_USE', 'refused DATA_IN_USE', 'refused DATA_IN_USE']);
  }, 30_000);
});
