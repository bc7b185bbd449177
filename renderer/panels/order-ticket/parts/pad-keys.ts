/** Keys of the quantity keypad: each makes another number out of the text, or is refused. Pure. */
import { number } from '../../../ui/format.ts';
import { TEN_THOUSAND } from '../../../ui/parse.ts';
import { readEntry } from './entry.ts';

/** Rows of the pad as they are shown; man: times ten thousand. */
export const PAD_KEYS = [
  ['7', '8', '9', 'back'],
  ['4', '5', '6', 'clear'],
  ['1', '2', '3', 'man'],
  ['0', '00', 'max'],
] as const;
export type PadKey = (typeof PAD_KEYS)[number][number];

export type Pressed = { readonly ok: true; readonly text: string } | { readonly ok: false };

/** The text as it is shown: with separators where it is plain digits. */
function spelled(text: string): string {
  return /^\d+$/u.test(text) && Number.isSafeInteger(Number(text)) ? number(Number(text)) : text;
}

/**
 * The text after a key. `most`: the most that can be ordered, null where it is not known. A key that would make no number,
 * or that follows a text which is none, changes nothing and is told.
 */
export function pressPad(text: string, key: PadKey, most: number | null): Pressed {
  if (key === 'clear') return { ok: true, text: '' };
  if (key === 'max') return most === null ? { ok: false } : { ok: true, text: number(most) };
  const plain = text.normalize('NFKC').replace(/[,\s]/gu, '');
  if (key === 'back') return { ok: true, text: spelled(plain.slice(0, -1)) };
  // What stands there is no number: a digit more would not make it the one meant.
  if (plain !== '' && !readEntry(text, 'quantity').ok) return { ok: false };
  const joined = `${plain}${key === 'man' ? TEN_THOUSAND : key}`.replace(/^0+(?=\d)/u, '');
  return readEntry(joined, 'quantity').ok ? { ok: true, text: spelled(joined) } : { ok: false };
}
