/** `npm start` itself: headless, without a screen, with a browser window, and when the one who started it goes away. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, startNode } from '#test/support/built.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { findElectron } from '../../../build/start/electron-binary.mjs';
import { prepare } from '../../../build/start/setup.mjs';

const START = join(ROOT, 'build', 'start', 'start.mjs');
const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+\/#token=\S+$/;
/** No screen, and no attempt to fetch a hundred megabytes in a test. */
const BARE = { DISPLAY: '', WAYLAND_DISPLAY: '', ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };

beforeAll(() => prepare({ build: true }), 180_000);

/** A core that closed in order has left its records and taken its local door away. */
function isClosed(dataDir: string): boolean {
  return existsSync(join(dataDir, 'journal.db')) && !existsSync(join(dataDir, 'maru.sock'));
}

describe('npm start', () => {
  it('serves without a window, prints the address alone, and hands on a signal', async () => {
    const dataDir = tempFolder();
    const started = startNode([START, '--headless', '--port', '0', '--data', dataDir]);
    const address = await started.line(ADDRESS);
    expect((await fetch(address)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toMatchObject({ code: 0, stdout: `${address}\n`, stderr: '' });
    expect(isClosed(dataDir)).toBe(true);
  });

  it('ends with 2 on words it does not know', async () => {
    const end = await startNode([START, '--headles']).ended;
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('--headles');
  });

  it.runIf(process.platform === 'linux')(
    'prints the address where there is no screen, and says why in one line',
    async () => {
      const started = startNode([START, '--data', tempFolder()], { env: BARE });
      await started.line(ADDRESS);
      started.child.kill('SIGINT');
      const end = await started.ended;
      expect(end.code).toBe(0);
      expect(end.stderr.trim().split('\n')).toHaveLength(1);
      expect(end.stderr).toContain('브라우저 주소로 엽니다');
    },
  );

  it.runIf(process.platform === 'linux' && findElectron() === null)(
    'opens a browser window, and closes with it',
    async () => {
      const folder = tempFolder();
      const browser = join(folder, 'browser');
      writeFileSync(browser, `#!/bin/sh\necho "$@" > ${folder}/args\nexec sleep 2\n`);
      chmodSync(browser, 0o700);
      const dataDir = join(folder, 'data');
      const end = await startNode([START, '--data', dataDir], {
        env: { ...BARE, DISPLAY: ':9', MARU_BROWSER: browser },
      }).ended;
      expect(end).toMatchObject({ code: 0, stdout: '', stderr: 'Electron 실행 파일이 없어 브라우저로 엽니다.\n' });
      const args = readFileSync(join(folder, 'args'), 'utf8');
      expect(args).toMatch(/--app=http:\/\/127\.0\.0\.1:\d+\/#token=\S+/);
      expect(args).toContain(`--user-data-dir=${dataDir}`);
    },
  );

  it.runIf(process.platform === 'linux' && findElectron() === null)(
    'prints the address where the browser fails',
    async () => {
      const started = startNode([START, '--data', tempFolder()], {
        env: { ...BARE, DISPLAY: ':9', MARU_BROWSER: '/bin/false' },
      });
      await started.line(ADDRESS);
      started.child.kill('SIGTERM');
      expect((await started.ended).stderr).toContain('브라우저 창을 열지 못했습니다');
    },
  );

  it.runIf(process.platform !== 'win32')('closes when the shell that npm put in between is killed', async () => {
    const dataDir = tempFolder();
    const command = `"${process.execPath}" "${START}" --headless --port 0 --data "${dataDir}"; exit $?`;
    const shell = spawn('sh', ['-c', command], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((heard) => shell.stdout.once('data', heard));
    const silent = new Promise((done) => shell.stdout.once('end', done));
    shell.kill('SIGKILL');
    // The pipe ends only when the last process that holds it is gone.
    await silent;
    expect(isClosed(dataDir)).toBe(true);
  });
});
