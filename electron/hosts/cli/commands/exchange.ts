/** `exchange run`: a script of orders and clock steps through the exchange, every event out. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import { runScript } from '#shared/exchange/index.ts';
import type { Command } from '../command.ts';

/** Largest script that is read, bytes. */
const LARGEST = 256 * 1_048_576;
/** Text gathered before it is written, characters. */
const CHUNK = 1 << 16;

function readScript(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') throw new AppError('FILE_MISSING', { path }, { cause: error });
    throw new AppError('FILE_UNREADABLE', { path, why: code }, { cause: error });
  }
  if (bytes.byteLength > LARGEST) throw new AppError('FILE_UNREADABLE', { path, why: '파일이 256 MiB를 넘습니다.' });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('FILE_ENCODING', { path }, { cause: error });
  }
}

export const exchangeRun: Command = {
  name: 'exchange run',
  summary: '주문 대본(JSONL)을 거래소에 넣고 모든 사건을 한 줄에 하나씩 JSON으로 알려 줍니다.',
  takes: 'FILE.jsonl',
  options: {},
  run({ args, world }) {
    const [name, ...others] = args;
    if (name === undefined || others.length > 0) {
      throw new AppError('INPUT_INVALID', { where: 'FILE.jsonl', why: '대본 파일 하나를 적으세요.' });
    }
    const text = readScript(resolve(world.cwd, name));
    let waiting = '';
    const flush = (): void => {
      if (waiting !== '') world.stdout(waiting);
      waiting = '';
    };
    try {
      runScript(text.split('\n'), (event) => {
        waiting += `${JSON.stringify(event)}\n`;
        if (waiting.length >= CHUNK) flush();
      });
    } finally {
      // What happened before a bad line is told too.
      flush();
    }
    return Promise.resolve(undefined);
  },
};
