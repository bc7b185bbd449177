/** The start-up scripts: what they read, what they decide, and that only one sets up at a time. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '#test/support/temp-folder.ts';
import { findElectron } from '../../../build/start/electron-binary.mjs';
import { fingerprint } from '../../../build/start/fingerprint.mjs';
import { withLock } from '../../../build/start/lock.mjs';
import { matchesLockfile } from '../../../build/start/setup.mjs';
import { readArgs } from '../../../build/start/start.mjs';
import { countReport, desktopLine, sum } from '../../../build/start/suites.mjs';

const SCRIPTS = fileURLToPath(new URL('../../../build/start/', import.meta.url));

describe('npm start reads its arguments', () => {
  it('takes a port, a folder and headless, in both spellings', () => {
    expect(readArgs(['--headless', '--port', '0', '--data', '/d'])).toMatchObject({
      headless: true,
      port: '0',
      data: '/d',
    });
    expect(readArgs(['--headless', '--port=8080'])).toMatchObject({ port: '8080' });
    expect(readArgs([])).toEqual({
      headless: false,
      help: false,
      port: null,
      data: null,
      allowReal: false,
      keys: null,
    });
    expect(readArgs(['--headless', '--allow-real', '--keys', 'memory'])).toMatchObject({
      allowReal: true,
      keys: 'memory',
    });
    expect(() => readArgs(['--allow-real'])).toThrow(/--headless/);
  });

  it('refuses what it does not know', () => {
    for (const args of [['--hedless'], ['--port'], ['--port', '1'], ['--headless', '--data='], ['x']]) {
      expect(() => readArgs(args), args.join(' ')).toThrow(RangeError);
    }
  });
});

describe('set-up', () => {
  const lock = (version: string) =>
    JSON.stringify({
      packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version: '1', optional: true } },
    });

  it('sees whether what is installed is what the lockfile names', () => {
    const installed = JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } });
    expect(matchesLockfile(lock('1.0.0'), installed)).toBe(true);
    expect(matchesLockfile(lock('1.0.1'), installed)).toBe(false);
    expect(matchesLockfile(lock('1.0.0'), null)).toBe(false);
    expect(matchesLockfile(lock('1.0.0'), JSON.stringify({ packages: {} }))).toBe(false);
  });

  it('names the content of files, wherever they were touched', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'src', 'deep', 'a.ts'), '1');
    const first = fingerprint(folder, ['src', 'gone']);
    expect(fingerprint(folder, ['src', 'gone'])).toBe(first);
    writeFileSync(join(folder, 'src', 'deep', 'a.ts'), '2');
    const second = fingerprint(folder, ['src']);
    expect(second).not.toBe(first);
    writeFileSync(join(folder, 'src', 'b.ts'), '');
    expect(fingerprint(folder, ['src'])).not.toBe(second);
  });

  it('lets one process at a time work', async () => {
    const folder = tempFolder();
    const log = join(folder, 'log');
    writeFileSync(log, '');
    const program = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(pathToFileURL(join(SCRIPTS, 'lock.mjs')).href)};
      await withLock(async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((wake) => setTimeout(wake, 150));
        appendFileSync(${JSON.stringify(log)}, 'out ');
      }, { path: ${JSON.stringify(join(folder, 'lock'))} });`;
    const ends = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
      return new Promise((done) => child.once('exit', done));
    });
    expect(await Promise.all(ends)).toEqual([0, 0, 0]);
    expect(readFileSync(log, 'utf8').trim()).toBe('in out in out in out');
  });

  it('takes over from a process that was killed, and gives up on one that lives', async () => {
    const path = join(tempFolder(), 'lock');
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((done) => dead.once('exit', done));
    writeFileSync(path, String(dead.pid));
    expect(await withLock(() => Promise.resolve('worked'), { path, waitMs: 5_000 })).toBe('worked');
    writeFileSync(path, String(process.pid));
    await expect(withLock(() => Promise.resolve('worked'), { path, waitMs: 100 })).rejects.toThrow(path);
  });

  it("finds Electron's program file only where it is whole", () => {
    const folder = tempFolder();
    expect(findElectron(folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(findElectron(folder)).toBeNull();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(findElectron(folder)).toBe(join(folder, 'dist', 'electron'));
  });
});

describe('the count of npm test', () => {
  const report = (passed: number, failed: number, files: readonly object[] = []) =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files });

  it('adds up', () => {
    expect(countReport(report(5, 2), 1)).toEqual({ passed: 5, failed: 2 });
    expect(countReport(report(5, 0), 0)).toEqual({ passed: 5, failed: 0 });
    expect(
      sum([
        { passed: 1, failed: 0 },
        { passed: 2, failed: 3 },
      ]),
    ).toEqual({ passed: 3, failed: 3 });
  });

  it('never lets a bad end pass for a good one', () => {
    expect(countReport(null, 0)).toEqual({ passed: 0, failed: 1 });
    expect(countReport(report(5, 0), 1)).toEqual({ passed: 5, failed: 1 });
    expect(countReport(report(5, 0, [{ status: 'failed', assertionResults: [] }]), 1)).toEqual({
      passed: 5,
      failed: 1,
    });
  });

  it('says how much of the desktop has never run on a real Electron', () => {
    expect(desktopLine('{"behaviours":31,"onElectron":0}')).toContain(
      '31가지 중 실제 Electron에서 한 번도 실행되지 않은 것 31가지',
    );
    expect(desktopLine('{"behaviours":31,"onElectron":31}')).toContain('것 0가지');
    expect(desktopLine(null)).toContain('셀 수 없습니다');
  });
});
