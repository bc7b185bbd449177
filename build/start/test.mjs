/** `npm test`: prepares everything and runs everything. The last line is `N passed, N failed`. */
import { join } from 'node:path';
import { prepareMachine } from './debian.mjs';
import { ROOT } from './places.mjs';
import { fail } from './run.mjs';
import { prepare } from './setup.mjs';
import { conclude, runChecks, runSuite, runUnderTheHood, sum } from './suites.mjs';

async function main() {
  await prepareMachine();
  await prepare({ build: false });
  const checks = await runChecks();
  /** @type {{ passed: number, failed: number }} */
  let built;
  try {
    await prepare({ build: true });
    built = { passed: 1, failed: 0 };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    built = { passed: 0, failed: 1 };
  }
  const core = await runUnderTheHood();
  // Without a build there is nothing to open.
  const screen =
    built.failed > 0
      ? { passed: 0, failed: 1 }
      : await runSuite('e2e', join(ROOT, 'build', 'checks', 'vitest.e2e.config.ts'));
  conclude(sum([checks, built, core, screen]));
}

main().catch((error) => {
  process.stdout.write('0 passed, 1 failed\n');
  fail(error);
});
