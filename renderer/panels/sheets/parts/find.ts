/** Finds sheets by their names in either language, by initial consonants, and by the broker's name of the API. */
import type { SheetInfo } from '#shared/contract/index.ts';
import { findUnits, readingsOf } from '../../../ui/hangul.ts';

const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s·/()[\]-]/g, '');

function holds({ ko, en, api }: SheetInfo, word: string): boolean {
  if ([ko, en, api.name, api.id].some((text) => plain(text).includes(word))) return true;
  return /\p{Script=Hangul}/u.test(word) && readingsOf(word).some((units) => findUnits(plain(ko), units) >= 0);
}

/** Sheets that hold every word of what was typed; all of them where nothing was. */
export function findSheets(list: readonly SheetInfo[], typed: string): readonly SheetInfo[] {
  const words = typed
    .split(/\s+/)
    .map(plain)
    .filter((word) => word !== '');
  return words.length === 0 ? list : list.filter((info) => words.every((word) => holds(info, word)));
}
