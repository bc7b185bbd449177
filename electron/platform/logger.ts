/** The log: pino JSON lines in files of bounded size in the data folder, redacted before and scrubbed after. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger as Pino } from 'pino';
import type { Logger } from '#shared/ports.ts';
import { redactFacts, scrubText } from './redact.ts';

/** A file is put aside at this size; with the kept ones, at most 48 MiB on disk. */
const FILE_BYTES = 8 * 1_048_576;
const KEPT_FILES = 5;

/** How a log is made; only tests change the sizes. */
export interface LoggerOptions {
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
  readonly fileBytes?: number;
  readonly keptFiles?: number;
}

/** A logger with the file behind it. */
export interface FileLogger extends Logger {
  readonly path: string;
  /** Lines that could not be written, for example on a full disk. */
  lostLines(): number;
  close(): void;
}

/** Writes each line at once: what was logged before a kill is on file, and a full disk costs lines, never the program. */
class LogFile {
  readonly path: string;
  readonly #options: Required<Omit<LoggerOptions, 'level'>>;
  #file: number | null = null;
  #bytes = 0;
  #lost = 0;

  constructor(path: string, options: Required<Omit<LoggerOptions, 'level'>>) {
    this.path = path;
    this.#options = options;
  }

  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    const bytes = Buffer.from(scrubText(line));
    try {
      if (this.#file !== null && this.#bytes + bytes.length > this.#options.fileBytes) this.#putAside();
      this.#file ??= this.#open();
      writeSync(this.#file, bytes);
      this.#bytes += bytes.length;
    } catch {
      this.#lost += 1;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #open(): number {
    const file = openSync(this.path, 'a', 0o600);
    this.#bytes = fstatSync(file).size;
    return file;
  }

  #putAside(): void {
    this.close();
    for (let age = this.#options.keptFiles - 1; age >= 0; age -= 1) {
      const from = age === 0 ? this.path : `${this.path}.${age}`;
      try {
        renameSync(from, `${this.path}.${age + 1}`);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
  }
}

function wrap(inner: Pino): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, facts?: Readonly<Record<string, unknown>>) => {
      if (inner.isLevelEnabled(level)) inner[level](facts ? redactFacts(facts) : {}, message);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (service) => wrap(inner.child({ service })),
  };
}

/** Opens the log in `<dir>/logs/maru.log`; each service takes a `child`. */
export function createLogger(dir: string, options: LoggerOptions = {}): FileLogger {
  const folder = join(dir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new LogFile(join(folder, 'maru.log'), {
    fileBytes: options.fileBytes ?? FILE_BYTES,
    keptFiles: options.keptFiles ?? KEPT_FILES,
  });
  const inner = pino(
    {
      level: options.level ?? 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => file.write(line) },
  );
  return { ...wrap(inner), path: file.path, lostLines: () => file.lost, close: () => file.close() };
}
