/** What a command of the command line is, and what it is given to run with. */
import type { Contract } from '#shared/contract/index.ts';
import type { ScenarioDocument, ScenarioRun } from '#shared/domain/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { Flags } from './flags.ts';

/** One option of a command, `--name` on the command line. */
export interface OptionSpec {
  readonly kind: 'text' | 'flag';
  /** Names the value in the help. */
  readonly value?: string;
  /** true: may be given more than once. */
  readonly repeatable?: boolean;
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
  /** Asks the person, or takes the next line of standard input; secrets are asked for and never taken from the command line. */
  readonly ask: (question: string, how: { readonly secret: boolean }) => Promise<string>;
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
  /** The scenarios that came along, and how any is played. */
  readonly scenarios: ScenarioRunner;
  /** Opens the offline KIS, which runs until the process is told to stop. */
  readonly startEmulator: (wish: EmulatorWish) => Promise<RunningEmulator>;
}

/** Plays scenarios on its own, whatever core runs. */
export interface ScenarioRunner {
  readonly library: readonly { readonly id: string; readonly text: string }[];
  /** Whether an issue can be traded in a run. */
  readonly knows: (code: string) => boolean;
  /** `dataDir`: where the records of a replay lie; the usual folder if undefined. */
  readonly run: (
    document: ScenarioDocument,
    how: { readonly seed: number; readonly dataDir: string | undefined },
  ) => Promise<ScenarioRun>;
  /** The report as an HTML page. */
  readonly report: (runs: readonly ScenarioRun[]) => string;
}

/** How the offline KIS is to be opened. */
export interface EmulatorWish {
  readonly env: 'paper' | 'real';
  /** 0: any free port. */
  readonly port: number;
  readonly wsPort: number;
  readonly speed: number;
  readonly seed: number;
  readonly market: 'kr' | 'us';
  /** Server time at the start, "09:30"; null: the open. */
  readonly at: string | null;
  /** Foreign currencies beside dollars that the account begins with; null: those of the environment. */
  readonly currencies: readonly ('HKD' | 'JPY' | 'CNY' | 'VND')[] | null;
  /** Folder of its books; null: one that is gone afterwards. */
  readonly data: string | null;
  /** File of faults; null: none. */
  readonly faults: string | null;
}

/** An offline KIS that runs. */
export interface RunningEmulator {
  /** What a client needs to come in. */
  readonly line: Readonly<Record<string, unknown>>;
  /** Resolves when it has been stopped. */
  readonly stopped: Promise<void>;
}

/** What walking the chains of all journals found. */
export interface ChainVerdict {
  /** Of all files. */
  readonly ok: boolean;
  /** Of the simulation's journal: entries whose chain holds, and the hash of the last of them, hexadecimal. */
  readonly entries: number;
  readonly hash: string;
  /** Every file, the simulation's first. */
  readonly files: readonly {
    readonly file: string;
    readonly ok: boolean;
    readonly entries: number;
    readonly hash: string;
    /** Number of the first entry that is missing or altered. */
    readonly brokenAt?: number | undefined;
  }[];
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
  /** The result: one JSON object (or list) with `--json`, else what `human` makes of it. */
  readonly result: (object: Readonly<Record<string, unknown>> | readonly unknown[], human: () => string) => void;
}
