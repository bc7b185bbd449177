/** Short texts of frames without making each of them anew: codes, times and flags come over and over. */

/** A power of two; each place holds the last text that fell on it, so the table never grows. */
const PLACES = 2_048;
const LONGEST = 12;
const SPACE = 0x20;
const HIGHEST_ASCII = 0x7e;

const known: string[] = Array.from({ length: PLACES }, () => '');

function isText(text: string, bytes: Buffer, start: number): boolean {
  for (let n = 0; n < text.length; n += 1) if (text.charCodeAt(n) !== bytes[start + n]) return false;
  return true;
}

/** The text in `bytes[start, end)` without padding; what is no UTF-8 becomes replacement letters, never an error. */
export function shortText(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length <= 0) return '';
  if (length > LONGEST) return bytes.toString('utf8', start, end).trim();
  let hash = length;
  for (let place = start; place < end; place += 1) {
    const byte = bytes[place] as number;
    if (byte <= SPACE || byte > HIGHEST_ASCII) return bytes.toString('utf8', start, end).trim();
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  const slot = (hash ^ (hash >>> 11)) & (PLACES - 1);
  const text = known[slot] as string;
  if (text.length === length && isText(text, bytes, start)) return text;
  return (known[slot] = bytes.toString('latin1', start, end));
}
