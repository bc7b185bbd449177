/** Finds issues by code, name or initial consonants, best match first. */
import type { Instrument } from '#shared/domain/index.ts';
import { hasInitials, initialsOf } from '../ui/hangul.ts';

/** Lower is better; null: no match. */
function rank(instrument: Instrument, query: string, initials: boolean): number | null {
  const name = instrument.nameKo.toLowerCase();
  const code = instrument.code.toLowerCase();
  if (code === query || name === query) return 0;
  if (code.startsWith(query)) return 1;
  if (name.startsWith(query)) return 2;
  if (initials) {
    const short = initialsOf(name);
    if (short.startsWith(query)) return 3;
    if (short.includes(query)) return 5;
  }
  if (name.includes(query)) return 4;
  if (instrument.nameEn?.toLowerCase().includes(query)) return 6;
  return null;
}

/** At most `limit` issues that match; with an empty query the first ones of the list. Equal matches keep the list's order, shorter names first. */
export function searchInstruments(list: readonly Instrument[], query: string, limit: number): readonly Instrument[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return list.slice(0, limit);
  const initials = hasInitials(wanted);
  const found: { readonly instrument: Instrument; readonly rank: number }[] = [];
  for (const instrument of list) {
    const at = rank(instrument, initials ? initialsOf(wanted) : wanted, initials);
    if (at !== null) found.push({ instrument, rank: at });
  }
  found.sort((a, b) => a.rank - b.rank || a.instrument.nameKo.length - b.instrument.nameKo.length);
  return found.slice(0, limit).map((entry) => entry.instrument);
}
