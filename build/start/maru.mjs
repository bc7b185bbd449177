/** `npm run -s maru -- COMMAND`: the command line. Prepares by itself; standard output belongs to the command. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CALLER, findNode, ROOT } from './places.mjs';
import { fail, ownEnv } from './run.mjs';
import { prepare } from './setup.mjs';

/** @param {readonly string[]} args */
async function main(args) {
  await prepare({ build: true });
  const node = findNode() ?? process.execPath;
  // The caller's folder is where paths on the command line start from.
  const child = spawn(node, [join(ROOT, 'out', 'main', 'cli.js'), ...args], {
    cwd: CALLER,
    env: ownEnv(),
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.once('error', fail);
  child.once('exit', (code) => process.exit(code ?? 1));
}

main(process.argv.slice(2)).catch(fail);
