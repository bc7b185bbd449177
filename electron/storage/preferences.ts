/** The user's preferences: a small file, replaced whole, checked on every reading. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Preferences } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { guarded } from './storage-error.ts';

/** What a new user starts with. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'dark',
  upDown: 'kr',
  language: 'ko',
  watchlist: [],
  accountId: null,
  instrumentId: null,
  interval: null,
  viClasses: {},
};

const StoredFile = z.strictObject({ version: z.literal(1), preferences: Preferences.partial() });
/** Damaged files kept aside; past this the newest replaces the last. */
const KEPT_FILES = 20;

function replaceFile(path: string, text: string): void {
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, path);
}

function setAside(path: string): string {
  let number = 1;
  while (number < KEPT_FILES && existsSync(`${path}.bad-${number}`)) number += 1;
  const kept = `${path}.bad-${number}`;
  renameSync(path, kept);
  return kept;
}

export class PreferencesFile {
  /** Set where the file could not be read: it was kept aside and the defaults are in force. */
  readonly problem: AppError | null;
  readonly #path: string;
  #value: Preferences = DEFAULT_PREFERENCES;

  constructor(path: string) {
    this.#path = path;
    this.problem = guarded(path, () => this.#load());
  }

  get(): Preferences {
    return this.#value;
  }

  /** Changes some preferences; when it returns they are on the disk. */
  set(changes: Partial<Preferences>): Preferences {
    const next = Preferences.parse({ ...this.#value, ...changes });
    guarded(this.#path, () => {
      mkdirSync(dirname(this.#path), { recursive: true });
      replaceFile(this.#path, `${JSON.stringify({ version: 1, preferences: next }, null, 2)}\n`);
    });
    this.#value = next;
    return next;
  }

  #load(): AppError | null {
    if (!existsSync(this.#path)) return null;
    const text = readFileSync(this.#path, 'utf8');
    try {
      const { preferences } = StoredFile.parse(JSON.parse(text));
      const known = Object.entries(preferences).filter(([, value]) => value !== undefined);
      this.#value = { ...DEFAULT_PREFERENCES, ...Object.fromEntries(known) };
      return null;
    } catch (error) {
      return new AppError('PREFERENCES_CORRUPT', { kept: setAside(this.#path) }, { cause: error });
    }
  }
}
