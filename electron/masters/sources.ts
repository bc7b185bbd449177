/** Finds the master files in what the user named: a file, a zip archive, a folder of either. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError } from '#shared/errors/index.ts';
import { specOfName, type MasterFileSpec } from './files.ts';

/** A file or folder on this machine and the name by which the user knows it. */
export interface NamedPath {
  readonly path: string;
  readonly name: string;
}

/** One master file that was found. */
export interface MasterSource extends NamedPath {
  readonly spec: MasterFileSpec;
  /** Name of the entry in a zip archive; null: the file is plain. */
  readonly entry: string | null;
  /** Set: it has the name of a master file and cannot be opened. */
  readonly broken?: AppError;
}

const ZIP_MAGIC = 0x04034b50;
/** Entries of one archive that are looked at. */
const MOST_ENTRIES = 1_000;

/** The AppError of a failure while reading; anything else is returned as it came. */
export function readError(error: unknown, name: string): unknown {
  if (error instanceof AppError) return error;
  const options = { cause: error };
  const code = (error as { code?: string }).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('FILE_MISSING', { path: name }, options);
  if (/^Z_\w+$/.test(code)) return new AppError('MASTER_ZIP', { path: name }, options);
  if (/^E[A-Z]+$/.test(code)) return new AppError('FILE_UNREADABLE', { path: name, why: code }, options);
  return error;
}

async function isZip(file: NamedPath): Promise<boolean> {
  const handle = await open(file.path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 0) throw new AppError('FILE_EMPTY', { path: file.name });
    return bytesRead === 4 && buffer.readUInt32LE(0) === ZIP_MAGIC;
  } finally {
    await handle.close();
  }
}

/** Opens an archive; the caller closes it. Throws MASTER_ZIP. */
export async function openZip(file: NamedPath): Promise<ZipFile> {
  try {
    return await yauzl.openPromise(file.path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    const known = readError(error, file.name);
    throw known instanceof AppError ? known : new AppError('MASTER_ZIP', { path: file.name }, { cause: error });
  }
}

/** Entries that are files, in their order. Throws MASTER_ZIP. */
export async function entriesOf(zip: ZipFile, file: NamedPath): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) entries.push(entry);
      if (entries.length > MOST_ENTRIES) break;
    }
  } catch (error) {
    throw new AppError('MASTER_ZIP', { path: file.name }, { cause: error });
  }
  return entries;
}

async function inZip(file: NamedPath): Promise<readonly MasterSource[]> {
  const zip = await openZip(file);
  try {
    const names = (await entriesOf(zip, file)).map(({ fileName }) => fileName);
    const named = names.flatMap((entry) => {
      const spec = specOfName(entry);
      return spec ? [{ ...file, spec, entry }] : [];
    });
    const [only] = names;
    const spec = specOfName(file.name);
    // The archive has the right name and its one entry another: the archive's counts.
    if (named.length === 0 && spec && only !== undefined && names.length === 1) return [{ ...file, spec, entry: only }];
    return named;
  } finally {
    zip.close();
  }
}

/** One that has the right name and cannot be opened is found all the same: it is refused, and does not hinder the others. */
async function inFile(file: NamedPath): Promise<readonly MasterSource[]> {
  const spec = specOfName(file.name);
  try {
    if (await isZip(file)) return await inZip(file);
    return spec ? [{ ...file, spec, entry: null }] : [];
  } catch (error) {
    const broken = readError(error, file.name);
    if (!spec || !(broken instanceof AppError)) throw broken;
    return [{ ...file, spec, entry: null, broken }];
  }
}

async function inFolder(folder: NamedPath): Promise<readonly MasterSource[]> {
  const names = (await readdir(folder.path)).filter((name) => specOfName(name) !== undefined);
  const aged = await Promise.all(
    names.map(async (name) => {
      const path = join(folder.path, name);
      return { path, name, changedMs: (await stat(path)).mtimeMs };
    }),
  );
  // Of a packed and an unpacked copy the newer one.
  const newest = new Map<string, (typeof aged)[number]>();
  for (const file of aged.toSorted((a, b) => a.changedMs - b.changedMs))
    newest.set(specOfName(file.name)?.id ?? file.name, file);
  const found: MasterSource[] = [];
  for (const { path, name } of newest.values()) found.push(...(await inFile({ path, name })));
  if (found.length === 0) throw new AppError('MASTER_NONE', { path: folder.name });
  return found;
}

/**
 * The master files in a file, archive or folder; a folder's other files are passed over. Throws FILE_MISSING, FILE_EMPTY,
 * FILE_UNREADABLE, MASTER_ZIP, MASTER_FILE_UNKNOWN, MASTER_NONE.
 */
export async function findSources(named: NamedPath): Promise<readonly MasterSource[]> {
  try {
    if ((await stat(named.path)).isDirectory()) return await inFolder(named);
    const found = await inFile(named);
    if (found.length === 0) throw new AppError('MASTER_FILE_UNKNOWN', { path: named.name });
    return found;
  } catch (error) {
    throw readError(error, named.name);
  }
}
