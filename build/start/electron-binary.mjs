/** Finds Electron's program file, or fetches it. Never loads the `electron` package, which would fetch without asking. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOTES, ROOT } from './places.mjs';
import { runNode, say } from './run.mjs';

const FOLDER = join(ROOT, 'node_modules', 'electron');
const FETCH_LIMIT_MS = 5 * 60_000;
/** A fetch that failed is not tried again for this long. */
const PATIENCE_MS = 24 * 3_600_000;
const FAILED_NOTE = join(NOTES, 'electron-fetch-failed.json');

function electronVersion() {
  return /** @type {{ version: string }} */ (JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'))).version;
}

/** The program file, or null where it has not been fetched. @param {string} [folder] */
export function findElectron(folder = FOLDER) {
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function failedLately() {
  try {
    const note = /** @type {{ version: string, at: number }} */ (JSON.parse(readFileSync(FAILED_NOTE, 'utf8')));
    return note.version === electronVersion() && Date.now() - note.at < PATIENCE_MS;
  } catch {
    return false;
  }
}

/** The program file, fetched where it is missing and can be had; null where not. */
export async function obtainElectron() {
  const present = findElectron();
  if (present !== null) return present;
  if (failedLately() || process.env['ELECTRON_SKIP_BINARY_DOWNLOAD'] !== undefined) return null;
  say('Electron을 내려받습니다(5분까지).');
  await runNode([join(FOLDER, 'install.js')], { limitMs: FETCH_LIMIT_MS });
  const fetched = findElectron();
  if (fetched === null) {
    mkdirSync(NOTES, { recursive: true });
    writeFileSync(FAILED_NOTE, JSON.stringify({ version: electronVersion(), at: Date.now() }));
  } else {
    rmSync(FAILED_NOTE, { force: true });
  }
  return fetched;
}
