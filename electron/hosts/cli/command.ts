/** What a command of the command line is, and what it is given to run with. */
import type { Contract } from '#shared/contract/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { Flags } from './flags.ts';

/** One option of a command, `--name` on the command line. */
export interface OptionSpec {
  readonly kind: 'text' | 'flag';
  /** Names the value in the help. */
  readonly value?: string;
  readonly summary: string;
}

/** A command: its words, what it takes and what it does. */
export interface Command {
  /** One or two words. */
  readonly name: string;
  readonly summary: string;
  /** The words after the name, as the help shows them; empty: none are taken. */
  readonly takes: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Throws AppError for what went wrong; returns the exit code where it is not 0. */
  run(context: CommandContext): Promise<number | undefined>;
}

/** Files and output, given so that tests can stand in for them. */
export interface CliWorld {
  /** The caller's folder. */
  readonly cwd: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** A new id for a gesture of the user. */
  readonly newId: () => string;
  /** Wall time. */
  readonly now: () => EpochMs;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonicMs: () => number;
  /** Runs after a delay; used only to bound waits. */
  readonly after: (delayMs: number, run: () => void) => { cancel(): void };
  /** Speaks to the core of a data folder: the running one, or one opened for this command. */
  readonly openCore: (dataDir: string | undefined) => Promise<CliCore>;
  /** Walks the journal of a data folder: a damaged one, on which no core opens, too. */
  readonly verifyJournal: (dataDir: string | undefined) => Promise<ChainVerdict>;
}

/** What walking the chain of the journal found. */
export interface ChainVerdict {
  readonly ok: boolean;
  /** Entries whose chain holds. */
  readonly entries: number;
  /** Hash of the last of them, hexadecimal. */
  readonly hash: string;
  /** Number of the first entry that is missing or altered. */
  readonly brokenAt?: number | undefined;
}

/** A core for the length of one command. */
export interface CliCore {
  readonly client: Client<Contract>;
  close(): Promise<void>;
}

/** What a running command works with. */
export interface CommandContext {
  /** The words after the command's name. */
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly world: CliWorld;
  /** Opened at the first call, closed when the command is over. */
  readonly core: () => Promise<Client<Contract>>;
  /** The result: one JSON object with `--json`, else what `human` makes of it. */
  readonly result: (object: Readonly<Record<string, unknown>>, human: () => string) => void;
}
