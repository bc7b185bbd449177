/** `npm run bench`: runs each test/bench/*.bench.ts under Maru's Node, one after another. Arguments name benches to run. */
import { fail, runNode } from './run.mjs';
import { prepare } from './setup.mjs';

async function main() {
  await prepare({ build: true });
  const { code } = await runNode(['--expose-gc', 'build/checks/bench-table.mjs', ...process.argv.slice(2)], {
    talk: 'own',
  });
  process.exitCode = code;
}

main().catch(fail);
