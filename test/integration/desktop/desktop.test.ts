/** The built main process and preload on a stand-in of Electron: window, page, pipe, ways out, import by menu, closing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runEntry, startNode } from '#test/support/built.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { prepare } from '../../../build/start/setup.mjs';

const SUPPORT = join(ROOT, 'test', 'support');
const IMPORTS = ['electron-hook.mjs', 'desktop-scenario.ts'].flatMap((file) => [
  '--import',
  pathToFileURL(join(SUPPORT, file)).href,
]);

interface Played {
  readonly code: number | null;
  readonly stderr: string;
  /** What the scenario told, by name. */
  readonly told: Readonly<Record<string, unknown>>;
}

async function play(scenario: 'all' | 'quit' | 'second' | 'crash', dataDir: string): Promise<Played> {
  const { ended } = startNode(
    ['--no-warnings', ...IMPORTS, join(ROOT, 'out', 'main', 'main.js'), '--no-sandbox', '--data', dataDir],
    { env: { SCENARIO: scenario, SCENARIO_FILE: join(ROOT, 'test', 'fixtures', 'krx-eod-extract.csv') } },
  );
  const { code, stdout, stderr } = await ended;
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { about: string; facts: unknown });
  return { code, stderr, told: Object.fromEntries(lines.map(({ about, facts }) => [about, facts])) };
}

let all: Played;
let dataDir = '';

describe('the desktop', () => {
  beforeAll(() => prepare({ build: true }), 180_000);

  it('opens, works, and closes in order', async () => {
    dataDir = join(tempFolder(), 'data');
    all = await play('all', dataDir);
    expect(all.stderr).toBe('');
    expect(all.told['exit']).toEqual({ code: 0, errorBoxes: [], userData: join(dataDir, 'window') });
    // The records are closed and free.
    const verified = await runEntry('cli', ['journal', 'verify', '--json', '--data', dataDir]);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
  });

  it('shows a sandboxed, isolated window', () => {
    expect(all.told['window']).toMatchObject({
      shown: true,
      sandboxed: true,
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        webSecurity: true,
      },
      schemes: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
    });
  });

  it('serves the page under a strict policy, and nothing beside it', () => {
    const page = all.told['page'] as { status: number; policy: string; html: string };
    expect(page.status).toBe(200);
    expect(page.html.toLowerCase()).toContain('<!doctype html>');
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(page.policy).toContain(part);
    expect(page.policy).not.toMatch(/unsafe-(inline|eval)|https?:/);
    expect(all.told['other pages']).toEqual([404, 404, 404, 404]);
  });

  it('exposes send, onFrame and onClose, and carries calls, streams and bytes', () => {
    expect(all.told['bridge']).toEqual(['onClose', 'onFrame', 'send']);
    expect(all.told['welcome']).toBe('welcome');
    expect(all.told['about']).toMatchObject({ kind: 'result', value: { host: 'desktop', dataDir } });
    expect(all.told['stream']).toEqual({ kind: 'item', snapshot: true });
    expect(all.told['bytes']).toEqual({ kind: 'result', bytes: true });
    expect(all.told['refused']).toMatchObject({ kind: 'error', error: { code: 'METHOD_UNKNOWN' } });
  });

  it('hears only its own page, and a reload starts a new line', () => {
    expect(all.told['after strangers']).toBe('result');
    expect(all.told['after reload']).toEqual({ welcome: 'welcome', about: 'result' });
  });

  it('keeps the page where it is', () => {
    expect(all.told['navigation']).toEqual({
      elsewhere: true,
      frame: true,
      redirect: true,
      lookalike: true,
      itself: false,
    });
    expect(all.told['links']).toEqual({
      actions: ['deny', 'deny', 'deny', 'deny', 'deny'],
      opened: ['https://github.com/'],
    });
    expect(all.told['permissions']).toEqual({
      media: false,
      geolocation: false,
      'clipboard-read': false,
      'clipboard-sanitized-write': true,
    });
  });

  it('imports by the menu and tells the outcome', () => {
    const [good, bad] = all.told['import'] as string[];
    expect(good).toMatch(/^[\d,]+줄을 가져왔습니다\./);
    expect(bad).toContain('파일이 없습니다');
  });

  it('is woken by a second instance, which itself opens nothing', async () => {
    expect(all.told['second instance']).toEqual({ focused: 1 });
    const folder = join(tempFolder(), 'data');
    const second = await play('second', folder);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(folder)).toBe(false);
  });

  it('loads a page that died again, three times', async () => {
    const crashed = await play('crash', tempFolder());
    expect([1, 2, 3, 4].map((time) => crashed.told[`crash ${time}`])).toEqual([
      'welcome',
      'welcome',
      'welcome',
      undefined,
    ]);
    expect(crashed.told['exit']).toMatchObject({
      code: 0,
      errorBoxes: [['마루', expect.stringContaining('거듭') as string]],
    });
  });

  it('says so when the folder is in use by another door', async () => {
    const folder = tempFolder();
    const core = startNode([join(ROOT, 'out', 'main', 'headless.js'), '--port', '0', '--data', folder]);
    await core.line(/^http/);
    const refused = await play('quit', folder);
    expect(refused.code).toBe(1);
    expect(refused.told['exit']).toMatchObject({
      errorBoxes: [[expect.stringContaining('다른 Maru가') as string, expect.any(String) as string]],
    });
    core.child.kill('SIGTERM');
    expect((await core.ended).code).toBe(0);
  });
});
