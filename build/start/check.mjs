/** `npm run check`: types, lint, imports, format, tidy, and every test but the end-to-end one. */
import { fail } from './run.mjs';
import { prepare } from './setup.mjs';
import { conclude, runChecks, runUnderTheHood, sum } from './suites.mjs';

async function main() {
  // Built too: the tests of the entries start what is built.
  await prepare({ build: true });
  conclude(sum([await runChecks(), await runUnderTheHood()]));
}

main().catch(fail);
