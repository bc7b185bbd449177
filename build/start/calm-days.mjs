/** `npm run calm-days -- --days 250 --from 2 --issues 20 --file calm.jsonl`: calm generated days, every second seed, and the alarms on them; with --any days of whatever kind. */
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { fail, runNode } from './run.mjs';
import { prepare } from './setup.mjs';

async function main() {
  const text = /** @type {const} */ ('string');
  const { values } = parseArgs({
    options: {
      days: { type: text },
      from: { type: text },
      issues: { type: text },
      file: { type: text },
      any: { type: 'boolean' },
    },
  });
  await prepare({ build: false });
  process.env['CALM_DAYS'] = values.days ?? '250';
  process.env['CALM_FIRST_SEED'] = values.from ?? '2';
  process.env['CALM_ISSUES'] = values.issues ?? '20';
  if (values.any) process.env['CALM_KIND'] = 'any';
  if (values.file !== undefined) process.env['CALM_FILE'] = resolve(values.file);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/checks/vitest.config.ts'];
  const { code } = await runNode([...vitest, '--reporter=dot', 'test/simulation/calm-days'], { talk: 'own' });
  process.exitCode = code;
}

main().catch(fail);
