/** Opens an address in a browser window of its own, with a profile of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** An open window. */
export interface AppWindow {
  /** Settles when the user has closed it; false where the browser could not run. */
  readonly closed: Promise<boolean>;
  close(): void;
}

/** A browser that ends sooner than this never showed a window, milliseconds. */
const TOO_SOON_MS = 1_500;

/** Opens `url` as an app window. Chromium refuses its sandbox to the superuser, who has to do without. */
export function openAppWindow(parts: {
  readonly browser: string;
  readonly url: string;
  /** Where this window keeps its profile, so that it does not join a browser already open. */
  readonly profileDir: string;
  readonly superuser: boolean;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonicMs: () => number;
}): AppWindow {
  mkdirSync(parts.profileDir, { recursive: true, mode: 0o700 });
  const startedMs = parts.monotonicMs();
  const child = spawn(
    parts.browser,
    [
      `--app=${parts.url}`,
      `--user-data-dir=${parts.profileDir}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1440,900',
      ...(parts.superuser ? ['--no-sandbox', '--test-type'] : []),
    ],
    { stdio: 'ignore' },
  );
  const closed = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0 || parts.monotonicMs() - startedMs > TOO_SOON_MS));
  });
  return {
    closed,
    close() {
      child.kill('SIGTERM');
    },
  };
}
