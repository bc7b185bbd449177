/** What the command-line entry starts: commands that speak to the running core, or to one opened for the command. */
import { homedir } from 'node:os';
import { assertJournalKept, verifyFolder } from '#core/app/index.ts';
import { runCli, type ChainVerdict, type CliCore } from '#core/hosts/cli/index.ts';
import { connectLocal } from '#core/hosts/web/index.ts';
import { chooseDataDir, systemClock, systemIds, systemTimers } from '#core/platform/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { connectPipe, openCore } from './core.ts';
import { startEmulator } from './emulator.ts';
import { Questions } from './questions.ts';
import { scenarioRunner } from './scenario-runner.ts';

/** Another command may hold the data folder for a moment: how often to ask again, and the pause in milliseconds. */
const TRIES = 50;
const PAUSE_MS = 200;

function pause(): Promise<void> {
  return new Promise((wake) => systemTimers.after(PAUSE_MS, () => wake()));
}

function reportNothing(): void {
  // Faults that belong to no call end the call with PIPE_CLOSED, which the command tells.
}

/** The core that runs on the folder, or null where none does. */
async function joinRunning(dataDir: string): Promise<CliCore | null> {
  const pipe = await connectLocal(dataDir);
  if (pipe === null) return null;
  const connection = connectPipe(pipe, reportNothing);
  await connection.ready;
  return {
    client: connection.client,
    close() {
      connection.close();
      return Promise.resolve();
    },
  };
}

async function openOwn(dataDir: string): Promise<CliCore> {
  const core = await openCore({ dataDir, host: 'cli' });
  const connection = core.connect();
  await connection.ready;
  return {
    client: connection.client,
    async close() {
      connection.close();
      await core.close();
    },
  };
}

async function verifyOn(core: CliCore): Promise<ChainVerdict> {
  try {
    return await core.client.system.journalVerify({});
  } finally {
    await core.close();
  }
}

/** Walks the files themselves: no core opens on a broken chain. */
function verifyFiles(dataDir: string): Promise<ChainVerdict> {
  assertJournalKept(dataDir);
  const files = verifyFolder(dataDir);
  const { entries, hash } = files[0] ?? { entries: 0, hash: '' };
  return Promise.resolve({ ok: files.every(({ ok }) => ok), entries, hash, files });
}

/** What the running core gives, else what we do ourselves; a folder that another command holds is asked for again. */
async function withEither<T>(
  dataDir: string,
  use: { readonly running: (core: CliCore) => Promise<T>; readonly own: (dataDir: string) => Promise<T> },
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const running = await joinRunning(dataDir);
    if (running) return use.running(running);
    try {
      return await use.own(dataDir);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'DATA_IN_USE' || tries >= TRIES) throw error;
    }
    await pause();
  }
}

/** Runs one command line and returns the exit code. */
export async function startCommandLine(args: readonly string[]): Promise<number> {
  const facts = { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() };
  // Whoever read our output has gone (`| head`): there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const questions = new Questions(process.stdin, (text) => void process.stderr.write(text));
  const code = await runCli(args, {
    ask: (question, how) => questions.ask(question, how),
    cwd: facts.cwd,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    newId: () => systemIds.next(),
    now: () => systemClock.now(),
    monotonicMs: () => systemClock.monotonicMs(),
    after: (delayMs, run) => systemTimers.after(delayMs, run),
    openCore: (dataDir) =>
      withEither(chooseDataDir(dataDir, facts), { running: (core) => Promise.resolve(core), own: openOwn }),
    verifyJournal: (dataDir) => withEither(chooseDataDir(dataDir, facts), { running: verifyOn, own: verifyFiles }),
    scenarios: scenarioRunner,
    startEmulator: (wish) => startEmulator(wish, facts.cwd),
  });
  questions.close();
  return code;
}
