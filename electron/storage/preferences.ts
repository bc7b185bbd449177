/** The user's preferences: a small file, replaced whole, checked on every reading. */
import { z } from 'zod';
import { Preferences } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { readWhole, replaceFile, setAside } from './whole-file.ts';

/** What a new user starts with. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'dark',
  upDown: 'kr',
  language: 'ko',
  watchlist: [],
  recents: [],
  panelLists: {},
  accountId: null,
  instrumentId: null,
  interval: null,
  viClasses: {},
  workspaceId: null,
  tourDone: false,
};

const StoredFile = z.strictObject({ version: z.literal(1), preferences: Preferences.partial() });

export class PreferencesFile {
  /** Set where the file could not be read: it was kept aside and the defaults are in force. */
  readonly problem: AppError | null;
  readonly #path: string;
  #value: Preferences = DEFAULT_PREFERENCES;

  constructor(path: string) {
    this.#path = path;
    this.problem = this.#load();
  }

  get(): Preferences {
    return this.#value;
  }

  /** Changes some preferences; when it returns they are on the disk. */
  set(changes: Partial<Preferences>): Preferences {
    const next = Preferences.parse({ ...this.#value, ...changes });
    replaceFile(this.#path, `${JSON.stringify({ version: 1, preferences: next }, null, 2)}\n`);
    this.#value = next;
    return next;
  }

  #load(): AppError | null {
    const text = readWhole(this.#path);
    if (text === null) return null;
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
