/** Where Maru keeps the user's data when no folder is named. */
import { join, resolve } from 'node:path';

/** Facts of the machine that decide the folder. */
export interface DataDirFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
}

/** The data folder of this platform: XDG on Linux, Application Support on macOS, AppData on Windows. */
export function defaultDataDir(facts: DataDirFacts): string {
  const { platform, env, home } = facts;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Maru');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Maru');
  const xdg = env['XDG_DATA_HOME'];
  // The XDG rules: a relative path is to be ignored.
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), 'maru');
}

/** The folder asked for, made absolute against the caller's folder, or the default. */
export function chooseDataDir(asked: string | undefined, facts: DataDirFacts & { readonly cwd: string }): string {
  return asked === undefined || asked === '' ? defaultDataDir(facts) : resolve(facts.cwd, asked);
}
