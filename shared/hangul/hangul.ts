/** Korean letters as they are typed: initial consonants, syllables still being composed, and keys struck in the wrong layout. */

const INITIALS = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
const MEDIALS = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ');
const FINALS = ['', ...Array.from('ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ')];

const SYLLABLES_FROM = 0xac00;
const SYLLABLES_TO = 0xd7a3;
const PER_INITIAL = 588;
const PER_MEDIAL = 28;

/** Letters that take two keys, in the usual layout (두벌식). */
const VOWEL_PAIRS: Readonly<Record<string, string>> = {
  ㅗㅏ: 'ㅘ',
  ㅗㅐ: 'ㅙ',
  ㅗㅣ: 'ㅚ',
  ㅜㅓ: 'ㅝ',
  ㅜㅔ: 'ㅞ',
  ㅜㅣ: 'ㅟ',
  ㅡㅣ: 'ㅢ',
};
const FINAL_PAIRS: Readonly<Record<string, string>> = {
  ㄱㅅ: 'ㄳ',
  ㄴㅈ: 'ㄵ',
  ㄴㅎ: 'ㄶ',
  ㄹㄱ: 'ㄺ',
  ㄹㅁ: 'ㄻ',
  ㄹㅂ: 'ㄼ',
  ㄹㅅ: 'ㄽ',
  ㄹㅌ: 'ㄾ',
  ㄹㅍ: 'ㄿ',
  ㄹㅎ: 'ㅀ',
  ㅂㅅ: 'ㅄ',
};
const SPLIT: Readonly<Record<string, string>> = Object.fromEntries(
  [...Object.entries(VOWEL_PAIRS), ...Object.entries(FINAL_PAIRS)].map(([pair, letter]) => [letter, pair]),
);

const KEYS = 'rRseEfaqQtTdwWczxvgkoiOjpuPhynbml';
const LETTERS = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ');
const LETTER_OF_KEY = new Map(Array.from(KEYS).map((key, at) => [key, LETTERS[at] ?? key]));
const KEY_OF_LETTER = new Map(Array.from(KEYS).map((key, at) => [LETTERS[at] ?? key, key.toLowerCase()]));

function isSyllable(code: number): boolean {
  return code >= SYLLABLES_FROM && code <= SYLLABLES_TO;
}

/** The text with each Korean syllable replaced by its initial consonant; other characters stay, in lower case. */
export function initialsOf(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    out += isSyllable(code)
      ? (INITIALS[Math.floor((code - SYLLABLES_FROM) / PER_INITIAL)] ?? char)
      : char.toLowerCase();
  }
  return out;
}

/** True where the text holds a consonant on its own, as initials are typed. */
export function hasInitials(text: string): boolean {
  return /[ㄱ-ㅎ]/.test(text);
}

/** The keys, in the usual layout, by which a text is typed: each letter on its own, pairs taken apart. */
function lettersOf(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (isSyllable(code)) {
      const at = code - SYLLABLES_FROM;
      const parts = [
        INITIALS[Math.floor(at / PER_INITIAL)],
        MEDIALS[Math.floor((at % PER_INITIAL) / PER_MEDIAL)],
        FINALS[at % PER_MEDIAL],
      ];
      for (const part of parts) out += SPLIT[part ?? ''] ?? part ?? '';
    } else out += SPLIT[char] ?? char;
  }
  return out;
}

interface Composing {
  initial: string;
  medial: string;
  final: string;
}

function written({ initial, medial, final }: Composing): string {
  if (initial === '' || medial === '') return initial + medial + final;
  const at = INITIALS.indexOf(initial) * PER_INITIAL + MEDIALS.indexOf(medial) * PER_MEDIAL + FINALS.indexOf(final);
  return String.fromCharCode(SYLLABLES_FROM + at);
}

/** The last key of a final, which the vowel that follows takes along: 갃 + ㅏ = 각사. */
function handOver(state: Composing): Composing {
  const pair = SPLIT[state.final];
  const initial = pair?.[1] ?? state.final;
  state.final = pair?.[0] ?? '';
  return { initial, medial: '', final: '' };
}

/** Letters put together as an input method does. */
function compose(letters: string): string {
  let out = '';
  let state: Composing = { initial: '', medial: '', final: '' };
  const flush = (next: Composing): void => {
    out += written(state);
    state = next;
  };
  for (const letter of letters) {
    if (MEDIALS.includes(letter)) {
      const pair = state.final === '' ? VOWEL_PAIRS[state.medial + letter] : undefined;
      if (pair !== undefined) state.medial = pair;
      else if (state.medial === '') state.medial = letter;
      else if (state.final !== '') {
        const next = handOver(state);
        flush({ ...next, medial: letter });
      } else flush({ initial: '', medial: letter, final: '' });
    } else if (INITIALS.includes(letter)) {
      const pair = FINAL_PAIRS[state.final + letter];
      if (state.initial !== '' && state.medial !== '' && state.final === '' && FINALS.includes(letter)) {
        state.final = letter;
      } else if (pair !== undefined && state.medial !== '') state.final = pair;
      else flush({ initial: letter, medial: '', final: '' });
    } else {
      flush({ initial: '', medial: '', final: '' });
      out += letter;
    }
  }
  return out + written(state);
}

/** What would have been typed with the Korean layout: tkatjd → 삼성. null where nothing but the layout would change. */
export function koreanOfKeys(text: string): string | null {
  if (!/^[A-Za-z0-9 ]*[A-Za-z]{2}[A-Za-z0-9 ]*$/.test(text)) return null;
  const letters = Array.from(text).map((key) => LETTER_OF_KEY.get(key) ?? LETTER_OF_KEY.get(key.toLowerCase()) ?? key);
  return compose(letters.join(''));
}

/** What would have been typed with the Latin layout, in lower case: ㅁ메ㅣ → aapl. null where there is no Korean letter. */
export function keysOfKorean(text: string): string | null {
  const letters = lettersOf(text);
  if (letters === text && !/[ㄱ-ㅣ]/.test(text)) return null;
  return Array.from(letters)
    .map((letter) => KEY_OF_LETTER.get(letter) ?? letter)
    .join('');
}

/** One character that is looked for: any whose code lies between the two. Syllables in Unicode stand in the order of their letters. */
export interface Unit {
  readonly from: number;
  readonly to: number;
}

/** How many codes stand under a vowel, or under a final, that a second key could still extend: ㅗ → ㅘ ㅙ ㅚ, ㄹ → ㄺ … ㅀ. */
const VOWEL_REACH: Readonly<Record<string, number>> = { ㅗ: 3, ㅜ: 3, ㅡ: 1 };
const FINAL_REACH: Readonly<Record<string, number>> = { ㄱ: 2, ㄴ: 2, ㄹ: 7, ㅂ: 1 };

function exactly(code: number): Unit {
  return { from: code, to: code };
}

function initialUnit(letter: string): Unit {
  const from = SYLLABLES_FROM + INITIALS.indexOf(letter) * PER_INITIAL;
  return { from, to: from + PER_INITIAL - 1 };
}

/** Every syllable that a syllable can still become while it is being composed. */
function growing(code: number): Unit {
  const at = code - SYLLABLES_FROM;
  const final = FINALS[at % PER_MEDIAL] ?? '';
  if (final !== '') return { from: code, to: code + (FINAL_REACH[final] ?? 0) };
  const medial = MEDIALS[Math.floor((at % PER_INITIAL) / PER_MEDIAL)] ?? '';
  return { from: code, to: code + (VOWEL_REACH[medial] ?? 0) * PER_MEDIAL + PER_MEDIAL - 1 };
}

/** A lone letter: a consonant stands for every syllable that begins with it, a pair for two. */
function loneUnits(char: string): readonly Unit[] {
  const pair = SPLIT[char];
  if (pair !== undefined && INITIALS.includes(pair.charAt(0))) return Array.from(pair).map(initialUnit);
  return INITIALS.includes(char) ? [initialUnit(char)] : [exactly(char.charCodeAt(0))];
}

/** The units of a text that is still being typed: its last syllable may grow, lone consonants stand for syllables. */
function unitsOf(text: string, growingAt: number): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (at === growingAt) units.push(growing(code));
    else if (isSyllable(code)) units.push(exactly(code));
    else units.push(...loneUnits(text.charAt(at)));
  }
  return units;
}

/**
 * How a typed text can be read, likeliest first. The last syllable may still grow (삼서 → 삼성), and its final may be the
 * initial of the next one (삼섲 → 삼성전자, 항ㄴ → 하이닉스), since an input method cannot know.
 */
export function readingsOf(text: string): readonly (readonly Unit[])[] {
  let last = text.length - 1;
  while (last >= 0 && /[ㄱ-ㅎ]/.test(text.charAt(last))) last -= 1;
  const code = text.charCodeAt(last);
  if (last < 0 || !isSyllable(code)) return [unitsOf(text, -1)];
  const readings = [unitsOf(text, last)];
  const finalAt = (code - SYLLABLES_FROM) % PER_MEDIAL;
  if (finalAt > 0) {
    const final = FINALS[finalAt] ?? '';
    const pair = SPLIT[final];
    const kept = code - finalAt + (pair === undefined ? 0 : FINALS.indexOf(pair.charAt(0)));
    const open = text.slice(0, last) + String.fromCharCode(kept) + (pair?.charAt(1) ?? final) + text.slice(last + 1);
    readings.push(unitsOf(open, last));
  }
  return readings;
}

/** Where in a text the units stand one after another, at or after `from`; −1: nowhere. */
export function findUnits(text: string, units: readonly Unit[], from = 0): number {
  const end = text.length - units.length;
  for (let start = from; start <= end; start += 1) {
    if (standAt(text, units, start)) return start;
  }
  return -1;
}

/** True where the units stand in a text at a place. */
export function standAt(text: string, units: readonly Unit[], start: number): boolean {
  if (start + units.length > text.length) return false;
  for (let at = 0; at < units.length; at += 1) {
    const code = text.charCodeAt(start + at);
    const unit = units[at];
    if (!unit || code < unit.from || code > unit.to) return false;
  }
  return true;
}
