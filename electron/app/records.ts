/** Looks, before a data folder is opened, whether the two records that belong together are both there. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';

function holdsBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Throws RECORD_MISSING where the exchange has its record and the desk's is gone. The journal is made first, so no
 * start that was cut short looks like this; opening a new one would pass off the user's orders as another program's.
 */
export function assertJournalKept(dataDir: string): void {
  const path = join(dataDir, 'journal.db');
  if (!holdsBytes(path) && holdsBytes(join(dataDir, 'simulator.db'))) throw new AppError('RECORD_MISSING', { path });
}

/**
 * Throws RECORD_MISSING where the desk has entries and the exchange's record is gone: an account stands in it before the
 * desk writes its first entry, and a new account must not take the place of the old.
 */
export function assertExchangeKept(dataDir: string, journalEntries: number): void {
  const path = join(dataDir, 'simulator.db');
  if (journalEntries > 0 && !holdsBytes(path)) throw new AppError('RECORD_MISSING', { path });
}
