/** Headless entry: the core behind the loopback web door, with or without a browser window. */
import { nodeWillDo } from './start/node-version.ts';

if (nodeWillDo()) {
  const { startHeadless } = await import('./start/headless.ts');
  await startHeadless(process.argv.slice(2));
}
