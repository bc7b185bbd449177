/** Small files that are replaced whole: the old text or the new one is there, never half of either. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { guarded } from './storage-error.ts';

/** Damaged files kept aside; past this the newest replaces the last. */
const KEPT_FILES = 20;

/** Puts `text` in the place of a file, on the disk when it returns; `mode` as for a new file. Throws as `storageError` tells. */
export function replaceFile(path: string, text: string, mode = 0o666): void {
  guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const partial = `${path}.partial`;
    const file = openSync(partial, 'w', mode);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
  });
}

/** The text of a file, or null where there is none. */
export function readWhole(path: string): string | null {
  return guarded(path, () => (existsSync(path) ? readFileSync(path, 'utf8') : null));
}

/** Puts a damaged file aside and says where. */
export function setAside(path: string): string {
  let number = 1;
  while (number < KEPT_FILES && existsSync(`${path}.bad-${number}`)) number += 1;
  const kept = `${path}.bad-${number}`;
  guarded(path, () => renameSync(path, kept));
  return kept;
}
