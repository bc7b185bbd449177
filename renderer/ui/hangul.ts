/** Initial consonants of Korean names (초성), so that ㅅㅅㅈㅈ finds 삼성전자. */

const INITIALS = [
  'ㄱ',
  'ㄲ',
  'ㄴ',
  'ㄷ',
  'ㄸ',
  'ㄹ',
  'ㅁ',
  'ㅂ',
  'ㅃ',
  'ㅅ',
  'ㅆ',
  'ㅇ',
  'ㅈ',
  'ㅉ',
  'ㅊ',
  'ㅋ',
  'ㅌ',
  'ㅍ',
  'ㅎ',
] as const;
const SYLLABLES_FROM = 0xac00;
const SYLLABLES_TO = 0xd7a3;
const SYLLABLES_PER_INITIAL = 588;

/** The text with each Korean syllable replaced by its initial consonant; other characters stay, in lower case. */
export function initialsOf(text: string): string {
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    out +=
      code >= SYLLABLES_FROM && code <= SYLLABLES_TO
        ? (INITIALS[Math.floor((code - SYLLABLES_FROM) / SYLLABLES_PER_INITIAL)] ?? char)
        : char.toLowerCase();
  }
  return out;
}

/** True where the text holds a consonant on its own, as initials are typed. */
export function hasInitials(text: string): boolean {
  return /[ㄱ-ㅎ]/.test(text);
}
