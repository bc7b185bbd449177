/** Command-line entry. */
import { nodeWillDo } from './start/node-version.ts';

if (nodeWillDo()) {
  const { startCommandLine } = await import('./start/command-line.ts');
  process.exitCode = await startCommandLine(process.argv.slice(2));
}
