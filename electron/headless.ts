/** Headless entry: the core behind the loopback web door, with or without a browser window. */
import { nodeWillDo } from './entry.ts';

if (nodeWillDo()) {
  const { startHeadless } = await import('./web.ts');
  await startHeadless(process.argv.slice(2));
}
