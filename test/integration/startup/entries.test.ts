/** The built entries as the user starts them: old Node, address, signals, a folder in use, the command line. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runEntry, startNode, type Started } from '#test/support/built.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { prepare } from '../../../build/start/setup.mjs';

const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+\/#token=\S+$/;

beforeAll(() => prepare({ build: true }), 180_000);

function startHeadless(dataDir: string, options?: Parameters<typeof startNode>[1]): Started {
  return startNode([join(ROOT, 'out', 'main', 'headless.js'), '--port', '0', '--data', dataDir], options);
}

describe('an old Node', () => {
  // The version is the only thing that is made up; what was loaded is read from the process itself.
  const pretend = `
    Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
    process.on('exit', () => {
      const loaded = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
      console.error('NATIVE ' + loaded.length);
    });`;

  for (const entry of ['main', 'headless', 'cli'] as const) {
    it(`is refused by ${entry} in one line, before anything native is loaded`, async () => {
      const preload = join(tempFolder(), 'pretend.mjs');
      writeFileSync(preload, pretend);
      const end = await startNode([
        '--import',
        pathToFileURL(preload).href,
        join(ROOT, 'out', 'main', `${entry}.js`),
        'help',
      ]).ended;
      const lines = end.stderr.trim().split('\n');
      expect(lines).toEqual(['Node 20.20.2에서는 실행할 수 없습니다. Node 22 이상으로 실행하세요.', 'NATIVE 0']);
      expect(end.code).toBe(1);
      expect(end.stdout).toBe('');
    });
  }
});

describe('headless', () => {
  it('prints its address, serves the page, and closes in order at a signal', async () => {
    const dataDir = join(tempFolder(), 'data');
    const core = startHeadless(dataDir);
    const address = await core.line(ADDRESS);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(readdirSync(dataDir)).toContain('journal.db');
    core.child.kill('SIGTERM');
    const end = await core.ended;
    expect(end).toMatchObject({ code: 0, signal: null, stderr: '' });
    expect(end.stdout.trim().split('\n')).toEqual([address]);
  });

  it('closes when the starter that holds its channel goes away', async () => {
    const core = startHeadless(tempFolder(), { watched: true });
    await core.line(ADDRESS);
    core.child.disconnect();
    expect((await core.ended).code).toBe(0);
  });

  it('refuses a folder that another one serves', async () => {
    const dataDir = tempFolder();
    const core = startHeadless(dataDir);
    await core.line(ADDRESS);
    const second = await startHeadless(dataDir).ended;
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain('다른 Maru가 이 자료 폴더를 쓰고 있습니다');
    core.child.kill('SIGINT');
    expect((await core.ended).code).toBe(0);
  });

  it('refuses what it cannot read, and a folder it cannot write', async () => {
    for (const args of [
      ['--port', '99999'],
      ['--port', 'x'],
      ['--prot', '1'],
    ]) {
      expect((await runEntry('headless', [...args, '--data', tempFolder()])).code, args.join(' ')).toBe(2);
    }
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const end = await runEntry('headless', ['--port', '0', '--data', join(file, 'inside')]);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('자료 폴더에 쓸 수 없습니다');
  });
});

describe('the command line', () => {
  it('opens a core of its own where none runs, and keeps what it did', async () => {
    const dataDir = tempFolder();
    const made = await runEntry('cli', [
      'account',
      'create',
      '--name',
      '둘째',
      '--cash',
      '5,000,000',
      '--data',
      dataDir,
      '--json',
    ]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(made.stdout)).toMatchObject({ name: '둘째', startingCashKrw: 5_000_000 });
    const listed = await runEntry('cli', ['account', 'list', '--data', dataDir]);
    expect(listed.stdout).toContain('둘째');
    const verified = JSON.parse(
      (await runEntry('cli', ['journal', 'verify', '--json', '--data', dataDir])).stdout,
    ) as object;
    expect(verified).toMatchObject({
      ok: true,
      entries: expect.any(Number) as number,
      hash: expect.stringMatching(/^[0-9a-f]+$/) as string,
    });
  });

  it('talks to the core that runs on the folder', async () => {
    const dataDir = tempFolder();
    const core = startHeadless(dataDir);
    await core.line(ADDRESS);
    const ends = await Promise.all(
      ['가', '나', '다'].map((name) =>
        runEntry('cli', ['account', 'create', '--name', name, '--data', dataDir, '--json']),
      ),
    );
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(ends.map(() => ({ code: 0, stderr: '' })));
    core.child.kill('SIGTERM');
    await core.ended;
    const listed = await runEntry('cli', ['account', 'list', '--json', '--data', dataDir]);
    const names = (JSON.parse(listed.stdout) as { accounts: { name: string }[] }).accounts.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['가', '나', '다']));
  });

  it('takes turns with another command on the same folder', async () => {
    const dataDir = tempFolder();
    const ends = await Promise.all(
      ['가', '나'].map((name) => runEntry('cli', ['account', 'create', '--name', name, '--data', dataDir, '--json'])),
    );
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  });

  it("finds files from the caller's folder", async () => {
    const caller = tempFolder();
    mkdirSync(join(caller, 'out'));
    const end = await runEntry(
      'cli',
      ['market', 'generate', '--days', '2', '--issues', '3', '--seed', '1', '--out', 'out/a.csv', '--json'],
      {
        cwd: caller,
      },
    );
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(caller, 'out'))).toEqual(['a.csv']);
  });

  it.runIf(process.platform !== 'win32')('ends without a word when its reader has gone', async () => {
    const script = join(tempFolder(), 'long.jsonl');
    const orders = Array.from({ length: 20_000 }, (_, n) =>
      JSON.stringify({ order: 'buy', id: `o${n}`, price: 70_000, quantity: 1 }),
    );
    writeFileSync(script, ['{"instrument":"005930","base":70300}', ...orders].join('\n'));
    const cli = join(ROOT, 'out', 'main', 'cli.js');
    const pipeline = 'process.stdout.write(require("node:child_process").execSync(process.argv[1]))';
    const words = [process.execPath, cli, 'exchange', 'run', script].map((word) => `'${word}'`).join(' ');
    const end = await startNode(['-e', pipeline, `${words} | head -n 1`]).ended;
    expect(end).toMatchObject({ code: 0, stderr: '' });
    expect(end.stdout.split('\n')).toHaveLength(2);
  });
});
