/** A data folder from which one of the two records is gone: refused by name, and nothing new is made in its place. */
import { existsSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, startNode } from '#test/support/built.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { prepare } from '../../../build/start/setup.mjs';

beforeAll(() => prepare({ build: true }), 180_000);

const maru = (...args: string[]) => startNode([join(ROOT, 'out', 'main', 'cli.js'), ...args, '--json']).ended;

async function usedFolder(): Promise<string> {
  const dataDir = tempFolder();
  expect(await maru('account', 'list', '--data', dataDir)).toMatchObject({ code: 0 });
  return dataDir;
}

function refused(path: string): unknown {
  return expect.objectContaining({
    error: expect.objectContaining({ code: 'RECORD_MISSING', details: { path } }) as unknown,
  });
}

describe('a record that is gone', () => {
  it('the journal: refused, and not made anew', async () => {
    const dataDir = await usedFolder();
    const path = join(dataDir, 'journal.db');
    rmSync(path);
    for (const command of [
      ['order', 'list'],
      ['journal', 'verify'],
    ]) {
      const { code, stdout } = await maru(...command, '--data', dataDir);
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toEqual(refused(path));
    }
    expect(existsSync(path)).toBe(false);
  });

  it('the journal cut to nothing', async () => {
    const dataDir = await usedFolder();
    const path = join(dataDir, 'journal.db');
    truncateSync(path);
    expect(JSON.parse((await maru('balance', '--data', dataDir)).stdout)).toEqual(refused(path));
    expect(statSync(path).size).toBe(0);
  });

  it("the exchange's: refused, and no new account takes the place of the old", async () => {
    const dataDir = await usedFolder();
    const path = join(dataDir, 'simulator.db');
    rmSync(path);
    const { code, stdout } = await maru('balance', '--data', dataDir);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual(refused(path));
    expect(existsSync(path)).toBe(false);
    expect((await maru('journal', 'verify', '--data', dataDir)).code).toBe(0);
  });
});
