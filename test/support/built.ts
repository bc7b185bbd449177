/** Runs the built entries as processes of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export const ROOT = join(import.meta.dirname, '..', '..');

/** How a process ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started process and its end. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The first line on standard output that fits; rejects when the process ends before. */
  line(fits: RegExp): Promise<string>;
}

/** Longest life of a process in a test, milliseconds. */
const LIFE_MS = 60_000;

/** Starts Node on a script of the project, or another program in its place. */
export function startNode(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly watched?: boolean;
    readonly program?: string;
  } = {},
): Started {
  const child = spawn(options.program ?? process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    // Colours, and Node's warning about two wishes for them, would stand in what is compared.
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
    stdio: options.watched === true ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const looking = new Set<() => void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
    for (const look of looking) look();
  });
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const late = setTimeout(() => child.kill('SIGKILL'), LIFE_MS);
  const told = (stream: Readable | null) => new Promise<void>((done) => stream?.once('end', () => done()));
  // Not 'close': it does not come where the channel was cut from here.
  const exited = new Promise<Pick<Ended, 'code' | 'signal'>>((done) =>
    child.once('exit', (code, signal) => done({ code, signal })),
  );
  const ended = Promise.all([exited, told(child.stdout), told(child.stderr)]).then(([end]) => {
    clearTimeout(late);
    return { ...end, stdout, stderr };
  });
  return {
    child,
    ended,
    line: (fits) =>
      new Promise((found, reject) => {
        const look = (): void => {
          const line = stdout
            .split('\n')
            .slice(0, -1)
            .find((each) => fits.test(each));
          if (line === undefined) return;
          looking.delete(look);
          found(line);
        };
        looking.add(look);
        look();
        void ended.then((end) => reject(new Error(`ended with ${end.code ?? end.signal ?? ''}: ${end.stderr}`)));
      }),
  };
}

/** Runs a built entry to its end. */
export function runEntry(
  entry: 'main' | 'headless' | 'cli',
  args: readonly string[],
  options?: Parameters<typeof startNode>[1],
): Promise<Ended> {
  return startNode([join(ROOT, 'out', 'main', `${entry}.js`), ...args], options).ended;
}
