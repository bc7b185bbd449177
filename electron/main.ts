/** Desktop entry: Electron's main process. */
import { nodeWillDo } from './entry.ts';

if (nodeWillDo()) {
  // Electron waits for this module before it is ready, so the scheme is announced in time.
  const { startDesktop } = await import('./desktop.ts');
  startDesktop();
} else {
  process.exit(1);
}
