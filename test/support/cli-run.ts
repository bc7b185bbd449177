/** The command line on a core that answers from a table. */
import { runCli, type CliWorld } from '#core/hosts/cli/index.ts';
import { scenarioRunner } from '#core/start/scenario-runner.ts';
import type { Contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import { kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';

/** What a command did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Methods that were called, with their input. */
  readonly calls: readonly (readonly [string, unknown])[];
  readonly closed: boolean;
}

/** Noon in Korea. */
const NOW = kstInstant(sessionDate('2026-11-26'), timeOfDayMs('12:00'));

/** Answers of the core, by area and method. */
export type Answers = Readonly<Record<string, (input: unknown) => unknown>>;

/** A client that answers from a table and notes what it was asked; anything else is a mistake of the test. */
function cannedClient(answers: Answers, calls: (readonly [string, unknown])[]): Client<Contract> {
  const area = (areaName: string): object =>
    new Proxy(
      {},
      {
        get: (_, member: string) => async (input: unknown) => {
          const name = `${areaName}.${member}`;
          calls.push([name, input]);
          const answer = answers[name];
          if (!answer) throw new Error(`${name} was not expected`);
          return answer(input);
        },
      },
    );
  return new Proxy({}, { get: (_, name: string) => area(name) }) as Client<Contract>;
}

/** Runs a command on a core that answers from a table. */
export async function run(
  argv: readonly string[],
  answers: Answers = {},
  cwd = '/',
  typed: readonly string[] = [],
): Promise<Ran> {
  const input = [...typed];
  let [stdout, stderr, closed, id] = ['', '', false, 0];
  const calls: (readonly [string, unknown])[] = [];
  const world: CliWorld = {
    cwd,
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    ask: () => Promise.resolve(input.shift() ?? ''),
    newId: () => `request-${(id += 1)}`,
    now: () => NOW,
    monotonicMs: () => 0,
    after: () => ({ cancel: () => undefined }),
    verifyJournal: () =>
      Promise.resolve({
        ok: false,
        entries: 46,
        hash: 'ab',
        files: [{ file: 'journal.db', ok: false, entries: 46, hash: 'ab', brokenAt: 47 }],
      }),
    scenarios: scenarioRunner,
    startEmulator: () => Promise.reject(new Error('no emulator here')),
    openCore: (dataDir) => {
      if (dataDir === 'used') return Promise.reject(new AppError('DATA_IN_USE', { path: 'used' }));
      return Promise.resolve({
        client: cannedClient(answers, calls),
        close: () => {
          closed = true;
          return Promise.resolve();
        },
      });
    },
  };
  const code = await runCli(argv, world);
  return { code, stdout, stderr, calls, closed };
}

/** Its one account. */
export const ACCOUNT = { accountId: 'a1', name: '연습', startingCashKrw: 1, cashD2Krw: 1, buyingPowerKrw: 1 };
export const ACCEPTED = { orderId: 'o1', state: 'accepted', brokerOrderNo: '7', reason: null };
export const oneAccount: Answers = { 'trading.accounts': () => [ACCOUNT] };
/** An order that is complete. */
export const PLACE: readonly string[] = [
  'order',
  'place',
  '--code',
  '005930',
  '--side',
  'buy',
  '--price',
  '70,000',
  '--quantity',
  '3',
];
