/** Words of the detectors: percents, won, counts and multiples in both languages, Korean particles, and names of issues. */
import type { IssueEvent } from '../events.ts';

/** Longest name that goes into a sentence. */
const NAME_LENGTH = 30;
const EOK = 1e8;
const SYLLABLES = { from: 0xac00, to: 0xd7a3, finals: 28, rieul: 8 };
/** Final consonants of the digits as they are read (영 일 이 삼 …): none 0, ㄹ 8, another 1. */
const DIGIT_FINALS = [1, 8, 0, 1, 0, 0, 1, 8, 8, 0];
/** Letters of the Latin alphabet whose Korean name ends in a consonant; words in -R are mostly read as words (NAVER 네이버). */
const LETTER_FINALS: Readonly<Record<string, number>> = { L: 8, M: 1, N: 1 };

/** 1234567 as "1,234,567", rounded to `digits` behind the point. What is no finite number is "?". */
export function decimal(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '?';
  const text = Math.abs(value).toFixed(digits);
  const [whole = '0', part] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const sign = value < 0 && Number(text) !== 0 ? '-' : '';
  return `${sign}${grouped}${part === undefined ? '' : `.${part}`}`;
}

/** A fraction as percent: 0.0213 is "2.1 %". */
export function percent(fraction: number, digits = 1): string {
  return `${decimal(fraction * 100, digits)} %`;
}

/** Parts per million as percent. */
export function percentOfPpm(ppm: number, digits = 1): string {
  return percent(ppm / 1e6, digits);
}

/** "1,234,500원"; from a hundred million on "12억 원", from a trillion on "1.2조 원". */
export function wonKo(krw: number): string {
  const size = Math.abs(krw);
  if (size >= 1e4 * EOK) return `${decimal(krw / (1e4 * EOK), 1)}조 원`;
  return size >= EOK ? `${decimal(krw / EOK)}억 원` : `${decimal(krw)}원`;
}

/** "KRW 1,234,500"; from a million on "KRW 1.2 million", then billion and trillion. */
export function wonEn(krw: number): string {
  const size = Math.abs(krw);
  if (size >= 1e12) return `KRW ${decimal(krw / 1e12, 1)} trillion`;
  if (size >= 1e9) return `KRW ${decimal(krw / 1e9, 1)} billion`;
  return size >= 1e7 ? `KRW ${decimal(krw / 1e6, 1)} million` : `KRW ${decimal(krw)}`;
}

/** Final consonant of a word as it is read: 0 none, 8 ㄹ, else another; null: not known. */
function finalOf(word: string): number | null {
  const last = word.replace(/[\s)\]”"'.]+$/, '').at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= SYLLABLES.from && code <= SYLLABLES.to) return (code - SYLLABLES.from) % SYLLABLES.finals;
  if (last >= '0' && last <= '9') return DIGIT_FINALS[Number(last)] ?? null;
  return /^[A-Za-z]$/.test(last) ? (LETTER_FINALS[last.toUpperCase()] ?? 0) : null;
}

const PARTICLES = {
  '이/가': ['이', '가', '이(가)'],
  '을/를': ['을', '를', '을(를)'],
  '은/는': ['은', '는', '은(는)'],
  '와/과': ['과', '와', '와(과)'],
  '으로/로': ['으로', '로', '(으)로'],
} as const;

/** A word with its particle: `withParticle('삼성전자', '이/가')` is "삼성전자가". */
export function withParticle(word: string, particle: keyof typeof PARTICLES): string {
  const [afterConsonant, afterVowel, unknown] = PARTICLES[particle];
  const final = finalOf(word);
  if (final === null) return word + unknown;
  const open = final === 0 || (particle === '으로/로' && final === SYLLABLES.rieul);
  return word + (open ? afterVowel : afterConsonant);
}

/** A name that fits into a sentence. */
export function shortName(name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}

export function indexKo(market: 'KOSPI' | 'KOSDAQ'): string {
  return market === 'KOSPI' ? '코스피' : '코스닥';
}

/** Names of issues, as issue events tell them. */
export class IssueNames {
  readonly #names = new Map<string, string>();

  learn(event: IssueEvent): void {
    if (event.nameKo.length > 0) this.#names.set(event.id, shortName(event.nameKo));
  }

  /** The name, or the code where no event has told it. */
  of(id: string): string {
    return this.#names.get(id) ?? id.slice(id.indexOf(':') + 1);
  }
}
