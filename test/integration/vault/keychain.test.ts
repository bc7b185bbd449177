/** The keychain of the operating system as it truly is: gnome-keyring on a bus of its own, where this machine has one. */
import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { letters } from '#test/support/made-up-keys.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const WALK = join(import.meta.dirname, '..', '..', 'support', 'keychain-walk.ts');

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const NEEDED = ['dbus-run-session', 'gnome-keyring-daemon'] as const;
const missing = process.platform === 'linux' ? NEEDED.filter((name) => !has(name)) : ['Linux'];
/** The report counts what was skipped; the name of the test tells the reason. */
const why = missing.length === 0 ? '' : ` (skipped, not on this machine: ${missing.join(', ')})`;

const UNLOCK = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
const LEAVE_LOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1';

/** Runs the walk in a home of its own; on a new bus with a keyring where `keyring` starts one, else without any bus. */
async function walk(word: string, keyring: string | null): Promise<{ told: Record<string, unknown>; home: string }> {
  const home = tempFolder();
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home };
  const script = `mkdir -p "$HOME/.cache"; ${keyring ?? ':'}; exec "$0" "$1" "$2"`;
  const shell = ['sh', '-c', script, process.execPath, WALK, word];
  const [command = '', ...args] = keyring === null ? shell : ['dbus-run-session', '--', ...shell];
  const { stdout } = await promisify(execFile)(command, args, { env, timeout: 30_000 });
  return { told: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>, home };
}

describe('the keychain', () => {
  it.skipIf(missing.length > 0)(`keeps, gives back and forgets in gnome-keyring${why}`, async () => {
    const word = letters(180);
    const { told, home } = await walk(word, UNLOCK);
    expect(told).toEqual({
      keptIn: 'keychain',
      reasonKo: null,
      read: true,
      other: null,
      removed: [true, false],
      after: null,
      trial: null,
    });
    // The keyring's own files are sealed.
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) {
      expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(word);
    }
  });

  it.skipIf(missing.length > 0)(`that cannot be read is an error, never "nothing"${why}`, async () => {
    const { told } = await walk('word', LEAVE_LOCKED);
    expect(told).toMatchObject({ keptIn: 'memory', error: 'KEYCHAIN_FAILED' });
    expect(told['reasonKo']).toContain('메모리');
  });

  it.skipIf(process.platform !== 'linux')('that is not there is an error too, and memory stands in', async () => {
    const { told } = await walk('word', null);
    expect(told).toMatchObject({ keptIn: 'memory', error: 'KEYCHAIN_FAILED' });
  });
});
