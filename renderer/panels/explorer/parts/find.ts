/** Finds APIs by name, initial consonants, path and TR id. */
import type { ApiRow } from '#shared/contract/index.ts';
import { findUnits, readingsOf } from '../../../ui/hangul.ts';

interface Known {
  /** Everything that is compared letter by letter. */
  readonly text: string;
  /** Korean names without spaces, for syllables that are still being typed. */
  readonly name: string;
}

const KNOWN = new WeakMap<ApiRow, Known>();

const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s·/()_[\]-]/g, '');

function knownOf(row: ApiRow): Known {
  const known = KNOWN.get(row);
  if (known) return known;
  const { name, category, menu, id, path, trIds } = row;
  const made = {
    text: [name, category, menu, id, path, ...trIds.real, ...trIds.paper].map(plain).join(' '),
    name: plain(`${category}${menu}${name}`),
  };
  KNOWN.set(row, made);
  return made;
}

function holds(row: ApiRow, word: string): boolean {
  const { text, name } = knownOf(row);
  if (text.includes(word)) return true;
  return /\p{Script=Hangul}/u.test(word) && readingsOf(word).some((units) => findUnits(name, units) >= 0);
}

/** Rows that hold every word of what was typed, in their order; all of them where nothing was. */
export function findApis(rows: readonly ApiRow[], typed: string): readonly ApiRow[] {
  const words = typed
    .split(/\s+/)
    .map(plain)
    .filter((word) => word !== '');
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => holds(row, word)));
}
