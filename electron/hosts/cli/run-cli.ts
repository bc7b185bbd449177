/** Runs one command line: finds the command, reads its options, runs it, answers with the exit code. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError, toEnvelope, type ErrorEnvelope } from '#shared/errors/index.ts';
import { RemoteError } from '#shared/rpc/index.ts';
import type { CliCore, CliWorld, Command, CommandContext } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { Flags, type RawFlags } from './flags.ts';
import { commandHelp, COMMON_OPTIONS, overview } from './help.ts';

/** Done, failed, bad input. */
export const EXIT = { done: 0, failed: 1, badInput: 2 } as const;

interface Asked {
  readonly command: Command | null;
  readonly rest: readonly string[];
}

/** The command whose words begin the line; the longest wins. */
function findCommand(words: readonly string[]): Asked {
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ');
    const command = COMMANDS.find((each) => each.name === name);
    if (command && words.length >= count) return { command, rest: words.slice(count) };
  }
  return { command: null, rest: words };
}

/** `--cash -5` as `--cash=-5`: a number below zero is a value, refused by what it is for and not as an unknown option. */
function joinNegatives(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (/^-\d/.test(word) && before !== undefined && /^--[a-z-]+$/.test(before))
      joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function readOptions(
  command: Command,
  words: readonly string[],
): { readonly flags: RawFlags; readonly args: readonly string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, spec] of Object.entries({ ...COMMON_OPTIONS, ...command.options })) {
    options[name] = { type: spec.kind === 'flag' ? 'boolean' : 'string', multiple: spec.repeatable === true };
  }
  try {
    const { values, positionals } = parseArgs({
      args: joinNegatives(words),
      options,
      allowPositionals: true,
      strict: true,
    });
    return { flags: values as RawFlags, args: positionals };
  } catch (error) {
    const at = /'(-[^']*)'/.exec((error as Error).message)?.[1] ?? '';
    throw new AppError(
      'INPUT_INVALID',
      { where: at === '' ? '명령줄' : at, why: '알 수 없거나 값이 빠진 말입니다.' },
      { cause: error },
    );
  }
}

function told(error: unknown): ErrorEnvelope {
  return error instanceof RemoteError ? error.envelope : toEnvelope(error);
}

function answerError(error: unknown, json: boolean, world: CliWorld): number {
  const envelope = told(error);
  if (json) world.stdout(`${JSON.stringify({ error: envelope })}\n`);
  world.stderr(`${envelope.messageKo} ${envelope.actionKo}\n`);
  // A bug of ours has no sentence that helps: the stack does.
  if (envelope.family === 'bug' && error instanceof Error) world.stderr(`${error.stack ?? error.message}\n`);
  return envelope.family === 'input' ? EXIT.badInput : EXIT.failed;
}

async function runCommand(command: Command, words: readonly string[], world: CliWorld): Promise<number> {
  const { flags: raw, args } = readOptions(command, words);
  const flags = new Flags(raw);
  if (flags.has('help')) {
    world.stdout(`${commandHelp(command)}\n`);
    return EXIT.done;
  }
  if (command.takes === '' && args.length > 0) {
    throw new AppError('INPUT_INVALID', { where: args[0] ?? '', why: '이 명령은 다른 말을 받지 않습니다.' });
  }
  let opened: CliCore | null = null;
  const context: CommandContext = {
    args,
    flags,
    world,
    async core() {
      opened ??= await world.openCore(flags.optional('data') ?? undefined);
      return opened.client;
    },
    result(object, human) {
      world.stdout(`${flags.has('json') ? JSON.stringify(object) : human()}\n`);
    },
  };
  try {
    return (await command.run(context)) ?? EXIT.done;
  } finally {
    await (opened as CliCore | null)?.close();
  }
}

/** Runs a command line and returns its exit code: 0 done, 1 failed, 2 bad input. Never throws. */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  const json = argv.includes('--json');
  try {
    if (argv.length === 0 || argv[0] === '--help' || argv[0] === '-h') {
      world.stdout(`${overview(COMMANDS)}\n`);
      return EXIT.done;
    }
    const { command, rest } = findCommand(argv);
    if (command === null) {
      // Up to the first option: what follows one may be a value that nobody should read again.
      const options = argv.findIndex((word) => word.startsWith('-'));
      const name = argv.slice(0, options < 0 ? argv.length : options).slice(0, 2);
      throw new AppError('COMMAND_UNKNOWN', { name: name.length === 0 ? (argv[0] ?? '') : name.join(' ') });
    }
    return await runCommand(command, rest, world);
  } catch (error) {
    return answerError(error, json, world);
  }
}
