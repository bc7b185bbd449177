/** `npm run fault-days -- --days 1000 --from 1 --sockets 10`: seeded days on KIS under faults, in memory and over real sockets. */
import { parseArgs } from 'node:util';
import { fail, runNode } from './run.mjs';
import { prepare } from './setup.mjs';

async function main() {
  const text = /** @type {const} */ ('string');
  const { values } = parseArgs({ options: { days: { type: text }, from: { type: text }, sockets: { type: text } } });
  await prepare({ build: false });
  process.env['KIS_FAULT_DAYS'] = values.days ?? '1000';
  process.env['KIS_FAULT_FIRST_SEED'] = values.from ?? '1';
  process.env['KIS_SOCKET_DAYS'] = values.sockets ?? '0';
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/checks/vitest.config.ts'];
  const { code } = await runNode([...vitest, '--reporter=dot', 'test/simulation/kis-fault-days'], { talk: 'own' });
  process.exitCode = code;
}

main().catch(fail);
