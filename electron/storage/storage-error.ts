/** Turns what SQLite and the file system throw into errors with words. */
import { AppError } from '#shared/errors/index.ts';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** IOERR_LOCK: the file was opened for reading only, or lies where locks do not work. */
const NOT_WRITABLE =
  /^(SQLITE_READONLY|SQLITE_IOERR_LOCK|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EISDIR|EEXIST)/;

/** The AppError of a storage failure on `path`; anything that is not one is returned as it came. */
export function storageError(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new AppError('DATA_IN_USE', { path }, options);
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return new AppError('DISK_FULL', { path }, options);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return new AppError('DB_CORRUPT', { path }, options);
  if (NOT_WRITABLE.test(code)) return new AppError('DATA_NOT_WRITABLE', { path }, options);
  if (/^(SQLITE_IOERR|EIO)/.test(code)) return new AppError('DISK_FAILED', { path, why: code }, options);
  return error;
}

/** Runs `work`; a storage failure leaves as an AppError that names `path`. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageError(error, path);
  }
}
