/** The built main process and preload: on a stand-in of Electron everywhere, the same on Electron itself where it is. How many behaviours have never run there is noted for `npm test`. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, runEntry, startNode } from '#test/support/built.ts';
import { openStages, play, type Played, readPlay, type Stage } from '#test/support/desktop-play.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { NOTES } from '../../../build/start/places.mjs';
import { prepare } from '../../../build/start/setup.mjs';
import { BEHAVIOURS } from './behaviours.ts';

const folder = mkdtempSync(join(tmpdir(), 'maru-desktop-'));
const stages: Stage[] = [];
/** Behaviours there are, and those that were right on a real Electron. */
const count = { behaviours: 0, onElectron: 0 };
const LONG_MS = 90_000;

function onStages(check: (stage: Stage) => Promise<void>): () => Promise<void> {
  count.behaviours += 1;
  return async () => {
    for (const stage of stages) {
      await check(stage);
      if (stage.name === 'electron') count.onElectron += 1;
    }
  };
}

beforeAll(async () => {
  await prepare({ build: true });
  stages.push(...(await openStages(join(folder, 'entry'))));
}, 180_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(NOTES, { recursive: true });
  writeFileSync(join(NOTES, 'desktop.json'), JSON.stringify(count));
});

describe.each(['all', 'orders', 'crash', 'shutdown', 'signal'] as const)('the desktop: %s', (scenario) => {
  const played = new Map<string, Played & { readonly dataDir: string }>();

  beforeAll(async () => {
    for (const stage of stages) {
      const dataDir = join(folder, stage.name, scenario);
      played.set(stage.name, { ...(await play(stage, scenario, dataDir)), dataDir });
    }
  }, LONG_MS);

  for (const { name, check } of BEHAVIOURS[scenario]) {
    it(
      name,
      onStages(async (stage) => {
        const seen = played.get(stage.name)!;
        // Whatever else is wrong, this says why.
        if (stage.name === 'stand-in') expect(seen.stderr).toBe('');
        check(seen, seen.dataDir);
      }),
    );
  }
});

describe('the desktop and its folder', () => {
  it(
    'closes its records, which are whole and free',
    onStages(async (stage) => {
      const dataDir = tempFolder();
      const { told } = await play(stage, 'orders', dataDir);
      expect(told['exit']).toMatchObject({ code: 0 });
      const verified = await runEntry('cli', ['journal', 'verify', '--json', '--data', dataDir]);
      expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    }),
    LONG_MS,
  );

  it(
    'puts the windows back where they stood, on a display that is there',
    onStages(async (stage) => {
      const dataDir = tempFolder();
      const first = await play(stage, 'places first', dataDir);
      expect(first.told['places kept']).toMatchObject({
        windows: { main: { x: 40, y: 60, width: 1_300, height: 800, open: true }, w2: { maximized: true, open: true } },
      });
      const second = await play(stage, 'places again', dataDir, { SCENARIO_WINDOWS: '2' });
      expect(second.told['places']).toEqual({
        windows: [
          { url: 'app://maru/', maximized: false },
          { url: 'app://maru/?window=w2', maximized: true },
        ],
        main: { x: 40, y: 60, width: 1_300, height: 800 },
        onDisplay: true,
      });
      // A display that has gone: x = 9000 is nowhere.
      const path = join(dataDir, 'windows.json');
      const kept = JSON.parse(readFileSync(path, 'utf8')) as { windows: { main: object } };
      kept.windows.main = { ...kept.windows.main, x: 9_000, y: -3_000 };
      writeFileSync(path, JSON.stringify(kept));
      const third = await play(stage, 'places again', dataDir, { SCENARIO_WINDOWS: '2' });
      expect(third.told['places']).toMatchObject({ onDisplay: true, main: { width: 1_300, height: 800 } });
    }),
    LONG_MS,
  );

  it(
    'opens with a broken file of places, and says so in the log',
    onStages(async (stage) => {
      const dataDir = tempFolder();
      writeFileSync(join(dataDir, 'windows.json'), '{"version":1,"windows":{"main":{"x":"left"}}}');
      const { told } = await play(stage, 'places again', dataDir);
      expect(told['places']).toMatchObject({ windows: [{ url: 'app://maru/' }] });
      const log = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(log|jsonl)$/.test(name))
        .map((name) => readFileSync(join(dataDir, name), 'utf8'))
        .join('');
      expect(log).toContain('window places ignored');
    }),
    LONG_MS,
  );

  it(
    'opens nothing as a second instance, and wakes the first',
    onStages(async (stage) => {
      const dataDir = join(tempFolder(), 'data');
      if (stage.name === 'stand-in') {
        const second = await play(stage, 'none', dataDir, { STAND_IN_SECOND: '1' });
        expect(second).toMatchObject({ code: 0, stderr: '' });
        expect(existsSync(dataDir)).toBe(false);
        return;
      }
      const first = stage.start('hold', dataDir);
      await first.line(/"ready"/);
      expect((await play(stage, 'none', dataDir)).code).toBe(0);
      expect((await readPlay(first)).told['woken']).toBe(true);
    }),
    LONG_MS,
  );

  it(
    'says so when the folder is in use by another door',
    onStages(async (stage) => {
      const dataDir = tempFolder();
      const core = startNode([join(ROOT, 'out', 'main', 'headless.js'), '--port', '0', '--data', dataDir]);
      await core.line(/^http/);
      const refused = await play(stage, 'none', dataDir);
      expect(refused.code).toBe(1);
      expect(refused.told['exit']).toMatchObject({
        errorBoxes: [[expect.stringContaining('다른 Maru가') as string, expect.any(String) as string]],
      });
      core.child.kill('SIGTERM');
      expect((await core.ended).code).toBe(0);
    }),
    LONG_MS,
  );
});
