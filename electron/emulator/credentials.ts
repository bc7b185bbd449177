/** Keys, account and HTS id of the offline KIS: made up once, of real length, and kept where the books are kept. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { EmulatorFacts } from './ports.ts';

const FILE = 'emulator.json';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const KEY_LETTERS = 36;
const SECRET_LETTERS = 180;

const Kept = z.object({
  env: z.enum(['paper', 'real']),
  appKey: z.string().length(KEY_LETTERS),
  appSecret: z.string().length(SECRET_LETTERS),
  account: z.string().regex(/^\d{8}-\d{2}$/),
  htsId: z.string().min(1),
  /** The firm's id of the account. */
  accountId: z.string().nullable(),
  /** Days that were traded, oldest first. */
  days: z.array(z.string()),
});

/** What is kept beside the market's own books. */
export type KeptFacts = z.infer<typeof Kept>;

function letters(random: (size: number) => Uint8Array, count: number): string {
  return Array.from(random(count), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

function made(env: EmulatorFacts['env'], random: (size: number) => Uint8Array): KeptFacts {
  const digits = Array.from(random(7), (byte) => String(byte % 10)).join('');
  return {
    env,
    appKey: `PS${letters(random, KEY_LETTERS - 2)}`,
    appSecret: letters(random, SECRET_LETTERS),
    account: `${env === 'paper' ? '5' : '6'}${digits}-01`,
    htsId: `maru${Array.from(random(4), (byte) => String(byte % 10)).join('')}`,
    accountId: null,
    days: [],
  };
}

function unusable(why: string): AppError {
  return new AppError('INPUT_INVALID', { where: '--data', why });
}

/**
 * The facts of a folder, or new ones. Throws INPUT_INVALID where the folder holds another environment's, a damaged file,
 * or the market of a workstation, into which no account of ours may come.
 */
export function openFacts(options: {
  readonly folder: string;
  readonly env: EmulatorFacts['env'];
  readonly random: (size: number) => Uint8Array;
}): KeptFacts {
  const path = join(options.folder, FILE);
  if (!existsSync(path)) {
    if (existsSync(join(options.folder, 'simulator.db')))
      throw unusable('마루의 자료 폴더입니다. 다른 폴더를 적으세요.');
    return made(options.env, options.random);
  }
  const kept = read(path);
  if (kept === null) throw unusable(`${FILE} 파일이 손상되었습니다.`);
  if (kept.env !== options.env) throw unusable(`${kept.env} 환경의 폴더입니다.`);
  return kept;
}

function read(path: string): KeptFacts | null {
  try {
    return Kept.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Writes the facts; only the owner may read them. */
export function keepFacts(folder: string, facts: KeptFacts): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(facts)}\n`, { mode: 0o600 });
}
