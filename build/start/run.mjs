/** Runs other programs and talks to the user on standard error. */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { findNode, ROOT } from './places.mjs';

/** The part of a long output that is kept, characters. */
const KEPT = 200_000;

/** One line for the user. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure that has a sentence for the user and needs no stack. */
export class Failure extends Error {}

/** The environment in which the project's own tools and Node come first. @returns {NodeJS.ProcessEnv} */
export function ownEnv() {
  return { ...process.env, PATH: `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}` };
}

/**
 * Runs a program to its end and never throws: a program that cannot be started ends with code 127.
 * `talk` lets its output through, to standard error or as its own; otherwise it is kept and returned.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ talk?: 'error' | 'own', env?: NodeJS.ProcessEnv, cwd?: string, limitMs?: number, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  const outputs = { error: [2, 2], own: [1, 2] };
  return new Promise((done) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? ROOT,
      // What is kept is shown later, as plain text.
      env: { ...(options.env ?? ownEnv()), ...(options.talk === undefined ? { FORCE_COLOR: '0' } : {}) },
      shell: options.shell ?? false,
      stdio: [
        'ignore',
        ...(options.talk === undefined ? /** @type {const} */ (['pipe', 'pipe']) : outputs[options.talk]),
      ],
    });
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-KEPT);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const timer = options.limitMs === undefined ? null : setTimeout(() => child.kill('SIGKILL'), options.limitMs);
    const end = (/** @type {number} */ code) => {
      if (timer) clearTimeout(timer);
      done({ code, output });
    };
    child.once('error', () => end(127));
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs a script of the project under the Node that runs Maru.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(args, options) {
  const node = findNode();
  if (node === null) throw new Failure('Node 22 이상이 없습니다. npm ci 뒤에 npm rebuild node를 실행하세요.');
  return run(node, args, options);
}

/** Ends the process with the failure's sentence, or with the stack of what was not expected. @param {unknown} error */
export function fail(error) {
  say(error instanceof Failure ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(1);
}
