/** Desktop entry: Electron's main process. */
import { nodeWillDo } from './start/node-version.ts';

if (nodeWillDo()) {
  // Electron waits for this module before it is ready, so the scheme is announced in time.
  const { startDesktop } = await import('./start/desktop.ts');
  startDesktop();
} else {
  process.exit(1);
}
