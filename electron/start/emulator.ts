/** What the command `emulator` starts: the offline KIS on loopback, until the process is told to stop. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { kisCatalogue } from '#core/catalogue/index.ts';
import {
  createEmulator,
  moneyIn,
  readScript,
  ScriptMistake,
  serveEmulator,
  type ScriptLine,
} from '#core/emulator/index.ts';
import type { EmulatorWish, RunningEmulator } from '#core/hosts/cli/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { createLogger, systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';

function scriptOf(path: string | null, cwd: string): readonly ScriptLine[] {
  if (path === null) return [];
  const full = resolve(cwd, path);
  let text: string;
  try {
    text = readFileSync(full, 'utf8');
  } catch (error) {
    throw new AppError('FILE_MISSING', { path: full }, { cause: error });
  }
  try {
    return readScript(text);
  } catch (error) {
    if (!(error instanceof ScriptMistake)) throw error;
    const where = `--faults ${path} ${error.line}째 줄`;
    throw new AppError('INPUT_INVALID', { where, why: error.message }, { cause: error });
  }
}

/** The folder of the books: the one that was named, or one that is gone afterwards. */
function folderOf(data: string | null, cwd: string): { readonly path: string; readonly remove: () => void } {
  if (data === null) {
    const path = mkdtempSync(join(tmpdir(), 'maru-emulator-'));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  }
  const path = resolve(cwd, data);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError('DATA_NOT_WRITABLE', { path }, { cause: error });
  }
  return { path, remove: () => undefined };
}

/** The first signal counts; a second one, as shells send to a whole group, must not cut the tidying short. */
function untilTold(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => done());
  });
}

/** Opens the offline KIS and both its doors. */
export async function startEmulator(wish: EmulatorWish, cwd: string): Promise<RunningEmulator> {
  const told = untilTold();
  const script = scriptOf(wish.faults, cwd);
  const folder = folderOf(wish.data, cwd);
  const logger = createLogger(folder.path);
  const undo: (() => void | Promise<void>)[] = [() => folder.remove(), () => logger.close()];
  const undoAll = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const emulator = await createEmulator({
      env: wish.env,
      folder: folder.path,
      clock: systemClock,
      timers: systemTimers,
      ids: systemIds,
      logger: logger.child('emulator'),
      random: (size) => randomBytes(size),
      calendar: krxCalendar,
      catalogue: kisCatalogue(),
      listing: () => BUNDLED,
      seed: wish.seed,
      speed: wish.speed,
      market: wish.market,
      startAt: wish.at,
      ...(wish.currencies ? { settings: { asia: moneyIn(wish.currencies) } } : {}),
      script,
    });
    undo.push(() => emulator.close());
    const served = await serveEmulator(emulator, { host: '127.0.0.1', port: wish.port, wsPort: wish.wsPort });
    undo.push(() => served.close());
    const { rest, ws } = served;
    return { line: { rest, ws, ...emulator.facts }, stopped: told.then(undoAll) };
  } catch (error) {
    await undoAll();
    throw error;
  }
}
