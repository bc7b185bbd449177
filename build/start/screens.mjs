/** `npm run screens`: pictures of every panel and factory workspace, of a real day in replay, in both themes at three sizes. */
import { fail, runNode } from './run.mjs';
import { prepare } from './setup.mjs';

async function main() {
  await prepare({ build: true });
  const { code } = await runNode(['test/screens/take.ts', ...process.argv.slice(2)], { talk: 'own' });
  process.exitCode = code;
}

main().catch(fail);
