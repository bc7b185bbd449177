/** Plays the desktop's scenario: on the stand-in of the electron module everywhere, on a real Electron where its program file is. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { findElectron } from '../../build/start/electron-binary.mjs';
import { ROOT, startNode, type Started } from './built.ts';

/** What the scenario told, by name, and how the program ended. */
export interface Played {
  readonly code: number | null;
  readonly stderr: string;
  readonly told: Readonly<Record<string, unknown>>;
}

export type ScenarioName =
  'all' | 'crash' | 'hold' | 'none' | 'orders' | 'shutdown' | 'signal' | 'places first' | 'places again';

/** Something that shows a window: the stand-in, or Electron itself. */
export interface Stage {
  readonly name: 'stand-in' | 'electron';
  start(scenario: ScenarioName, dataDir: string, env?: NodeJS.ProcessEnv): Started;
}

/** Bundles the scenario's entry to one file that needs no TypeScript. */
async function bundleEntry(outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    build: {
      ssr: join(ROOT, 'test', 'support', 'electron-entry.ts'),
      outDir,
      emptyOutDir: false,
      target: 'node22',
      rolldownOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'entry.mjs' } },
    },
  });
  return join(outDir, 'entry.mjs');
}

function environment(scenario: ScenarioName, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    SCENARIO: scenario,
    SCENARIO_MAIN: pathToFileURL(join(ROOT, 'out', 'main', 'main.js')).href,
    SCENARIO_FILE: join(ROOT, 'test', 'fixtures', 'krx-eod-extract.csv'),
    SCENARIO_BARE: readdirSync(join(ROOT, 'out', 'renderer', 'assets')).find((name) => name.endsWith('.css')) ?? '',
    ...env,
  };
}

/** Electron's program file, where it can show a window; null where not. */
function electronHere(): string | null {
  const screen = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return screen ? findElectron() : null;
}

/** The stages of this machine, with their entry put into `folder`; the build has to be there. */
export async function openStages(folder: string): Promise<Stage[]> {
  const entry = await bundleEntry(folder);
  const hook = pathToFileURL(join(ROOT, 'test', 'support', 'electron-hook.mjs')).href;
  const standIn: Stage = {
    name: 'stand-in',
    start: (scenario, dataDir, env = {}) =>
      startNode(['--no-warnings', '--import', hook, entry, '--no-sandbox', '--data', dataDir], {
        env: environment(scenario, env),
      }),
  };
  const program = electronHere();
  if (program === null) return [standIn];
  // Chromium's sandbox does not run for the superuser.
  const superuser = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron: Stage = {
    name: 'electron',
    start: (scenario, dataDir, env = {}) =>
      startNode([entry, ...superuser, '--data', dataDir], {
        program,
        env: { ...environment(scenario, env), ELECTRON_RUN_AS_NODE: undefined },
      }),
  };
  return [standIn, electron];
}

/** Reads what a started program told; Chromium's own lines are passed over. */
export async function readPlay({ ended }: Started): Promise<Played> {
  const { code, stdout, stderr } = await ended;
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"about"'))
    .map((line) => JSON.parse(line) as { about: string; facts: unknown });
  return { code, stderr, told: Object.fromEntries(lines.map(({ about, facts }) => [about, facts])) };
}

/** Plays one scenario to its end. */
export function play(stage: Stage, scenario: ScenarioName, dataDir: string, env?: NodeJS.ProcessEnv): Promise<Played> {
  return readPlay(stage.start(scenario, dataDir, env));
}
