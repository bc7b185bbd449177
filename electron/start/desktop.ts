/** What the desktop entry starts: where things lie, and the core behind the window. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDesktop } from '#core/hosts/desktop/index.ts';
import { chooseDataDir } from '#core/platform/index.ts';
import { openCore } from './core.ts';

function built(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Starts the desktop with the process's own arguments; Chromium's switches among them are left to Chromium. */
export function startDesktop(): void {
  const { values } = parseArgs({ args: process.argv.slice(1), strict: false, options: { data: { type: 'string' } } });
  const asked = typeof values.data === 'string' ? values.data : undefined;
  const dataDir = chooseDataDir(asked, {
    platform: process.platform,
    env: process.env,
    home: homedir(),
    cwd: process.cwd(),
  });
  openDesktop({
    dataDir,
    profileDir: join(dataDir, 'window'),
    preload: built('../preload/preload.cjs'),
    pageDir: built('../renderer'),
    openCore: async () => {
      const core = await openCore({ dataDir, host: 'desktop' });
      const { client } = core.connect();
      return {
        app: { serve: (pipe, door) => core.app.serve(pipe, door), close: () => core.close() },
        client,
        logger: core.logger.child('desktop'),
      };
    },
  });
}
