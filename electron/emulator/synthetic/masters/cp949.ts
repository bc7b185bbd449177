/**
 * Writes Korean text as cp949, two bytes a Korean letter: the letters of EUC-KR are the platform's decoder turned round,
 * the other syllables follow each other in the places that EUC-KR leaves free.
 */

/** Lead and trail bytes of EUC-KR. */
const PLAIN = { from: 0xa1, to: 0xfe };
/** Lead bytes of the other syllables; below 0xa1 their trail goes to 0xfe, from there on to 0xa0. */
const MORE = { from: 0x81, to: 0xc6 };
/** All syllables, 가 to 힣. */
const SYLLABLES = { from: 0xac00, to: 0xd7a3 };
const LINE_FEED = 0x0a;

let pairs: ReadonlyMap<string, number> | undefined;

/** EUC-KR: every pair decoded in one go, each on a line of its own; what is no letter comes back as more than one sign. */
function plainPairs(): Map<string, number> {
  const codes: number[] = [];
  for (let lead = PLAIN.from; lead <= PLAIN.to; lead += 1) {
    for (let trail = PLAIN.from; trail <= PLAIN.to; trail += 1) codes.push((lead << 8) | trail);
  }
  const bytes = Buffer.alloc(codes.length * 3);
  codes.forEach((code, place) => {
    bytes.writeUInt16BE(code, place * 3);
    bytes[place * 3 + 2] = LINE_FEED;
  });
  const lines = new TextDecoder('euc-kr').decode(bytes).split('\n');
  const found = new Map<string, number>();
  codes.forEach((code, place) => {
    const letter = lines[place] ?? '';
    if (letter.length === 1 && letter !== '\uFFFD' && !found.has(letter)) found.set(letter, code);
  });
  return found;
}

/** The places of the other syllables, in their order: trail bytes are capitals, small letters, then 0x81 and on. */
function* freePlaces(): Generator<number> {
  for (let lead = MORE.from; lead <= MORE.to; lead += 1) {
    const last = lead < PLAIN.from ? 0xfe : 0xa0;
    for (let trail = 0x41; trail <= last; trail += 1) {
      const letter = trail <= 0x5a || (trail >= 0x61 && trail <= 0x7a) || trail >= 0x81;
      if (letter) yield (lead << 8) | trail;
    }
  }
}

/** @source Microsoft code page 949 */
function table(): ReadonlyMap<string, number> {
  const found = plainPairs();
  const free = freePlaces();
  for (let code = SYLLABLES.from; code <= SYLLABLES.to; code += 1) {
    const letter = String.fromCharCode(code);
    if (found.has(letter)) continue;
    const place = free.next();
    if (place.done !== true) found.set(letter, place.value);
  }
  return found;
}

/** Text in cp949; a letter that it does not have becomes "?". */
export function toCp949(text: string): Buffer {
  pairs ??= table();
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const pair = pairs.get(letter);
    if (code < 0x80 && letter.length === 1) bytes.push(code);
    else if (pair === undefined) bytes.push(0x3f);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Buffer.from(bytes);
}

/** Text in exactly `width` bytes: blanks behind, and what does not fit is cut between letters. */
export function cp949Field(text: string, width: number): Buffer {
  const out = Buffer.alloc(width, 0x20);
  let at = 0;
  for (const letter of text) {
    const bytes = toCp949(letter);
    if (at + bytes.length > width) break;
    at += bytes.copy(out, at);
  }
  return out;
}
