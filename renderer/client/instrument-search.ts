/** Finds issues by code, Korean or English name, initial consonants and half-typed syllables, in either keyboard layout. */
import type { Instrument } from '#shared/domain/index.ts';
import { findUnits, keysOfKorean, koreanOfKeys, readingsOf, standAt, type Unit } from '../ui/hangul.ts';

/** What the user has to do with issues; what is nearer to them comes first among matches of the same strength. */
export interface Nearness {
  /** Newest first. */
  readonly recents: readonly string[];
  readonly held: ReadonlySet<string>;
  readonly watched: ReadonlySet<string>;
}

const NOBODY: Nearness = { recents: [], held: new Set(), watched: new Set() };

/** How an issue matches, best first. */
const MATCH = {
  code: 0,
  name: 1,
  codeStart: 2,
  nameStart: 3,
  unitsStart: 4,
  splitStart: 5,
  englishStart: 6,
  layoutStart: 7,
  nameInside: 8,
  unitsInside: 9,
  englishInside: 10,
  layoutInside: 11,
  everyWord: 12,
} as const;
const MATCHES = Object.keys(MATCH).length;

/** Exact, at the beginning, inside: nearness to the user does not lift a match over a stronger kind. */
function strength(match: number): number {
  if (match <= MATCH.name) return match;
  return match <= MATCH.layoutStart ? 2 : 3;
}

/** Spaces and marks are typed by nobody the same way. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.,&()·'’/_-]/g, '');
}

interface Entry {
  readonly instrument: Instrument;
  readonly code: string;
  readonly name: string;
  readonly english: string;
  /** English with spaces, for the beginnings of its words. */
  readonly words: string;
}

/** A query, taken apart once. */
interface Question {
  readonly text: string;
  /** The code of which a spreadsheet has dropped the zeros in front; null where it is none. */
  readonly padded: string | null;
  readonly readings: readonly (readonly Unit[])[];
  /** Readings of the same keys in the Korean layout. */
  readonly korean: string | null;
  readonly koreanReadings: readonly (readonly Unit[])[];
  /** The same keys in the Latin layout. */
  readonly latin: string | null;
  /** The words of a query with spaces; empty: there is one. */
  readonly words: readonly (readonly Unit[])[];
}

function questionOf(query: string): Question {
  const text = plain(query);
  const korean = koreanOfKeys(query.trim());
  const words = query.trim().split(/\s+/).map(plain).filter(Boolean);
  return {
    text,
    padded: /^\d{3,5}$/.test(text) ? text.padStart(6, '0') : null,
    readings: readingsOf(text),
    korean: korean === null ? null : plain(korean),
    koreanReadings: korean === null ? [] : readingsOf(plain(korean)),
    latin: keysOfKorean(text),
    words: words.length < 2 ? [] : words.map((word) => readingsOf(word)[0] ?? []),
  };
}

/** The strongest way in which an issue answers a question; null: it does not. */
function matchOf(entry: Entry, question: Question): number | null {
  const { code, name, english } = entry;
  const { text, readings, koreanReadings, latin, words } = question;
  if (code === text || code === latin) return MATCH.code;
  if (name === text || english === text || name === question.korean) return MATCH.name;
  if (code.startsWith(text) || code === question.padded) return MATCH.codeStart;
  if (name.startsWith(text)) return MATCH.nameStart;
  const [asTyped, split] = readings;
  if (asTyped && standAt(name, asTyped, 0)) return MATCH.unitsStart;
  if (split && standAt(name, split, 0)) return MATCH.splitStart;
  if (english !== '' && (english.startsWith(text) || entry.words.includes(` ${text}`))) return MATCH.englishStart;
  if (koreanReadings.some((units) => standAt(name, units, 0))) return MATCH.layoutStart;
  if (latin !== null && (code.startsWith(latin) || name.startsWith(latin) || english.startsWith(latin)))
    return MATCH.layoutStart;
  if (name.includes(text)) return MATCH.nameInside;
  if (readings.some((units) => findUnits(name, units, 1) !== -1)) return MATCH.unitsInside;
  if (english !== '' && english.includes(text)) return MATCH.englishInside;
  if (koreanReadings.some((units) => findUnits(name, units, 1) !== -1)) return MATCH.layoutInside;
  if (words.length > 0 && words.every((units) => findUnits(name, units) !== -1)) return MATCH.everyWord;
  return null;
}

/** Issues ready to be searched; built once for a list, since names do not change while one types. */
export class InstrumentIndex {
  readonly #entries: readonly Entry[];
  readonly #byId: ReadonlyMap<string, Instrument>;
  readonly #list: readonly Instrument[];

  /** The list keeps its order among equals, after those of greater worth and of shorter names. */
  constructor(list: readonly Instrument[]) {
    this.#list = list;
    this.#byId = new Map(list.map((instrument) => [instrument.id, instrument]));
    this.#entries = list
      .map((instrument, place) => ({ instrument, place, worth: worthOf(instrument) }))
      .sort((a, b) => b.worth - a.worth || a.instrument.nameKo.length - b.instrument.nameKo.length || a.place - b.place)
      .map(({ instrument }) => ({
        instrument,
        code: plain(instrument.code),
        name: plain(instrument.nameKo),
        english: instrument.nameEn === null ? '' : plain(instrument.nameEn),
        words: instrument.nameEn === null ? '' : ` ${instrument.nameEn.toLowerCase()}`,
      }));
  }

  /** At most `limit` issues: the exact code, the exact name, then those that begin alike, then those that hold it; the user's own before others. */
  find(query: string, limit: number, nearness: Nearness = NOBODY): readonly Instrument[] {
    const question = questionOf(query);
    if (question.text === '') return this.#nearest(limit, nearness);
    const place = placesOf(nearness);
    const others: Instrument[][] = Array.from({ length: MATCHES }, () => []);
    const near: { readonly instrument: Instrument; readonly match: number; readonly place: number }[] = [];
    for (const entry of this.#entries) {
      const match = matchOf(entry, question);
      if (match === null) continue;
      const own = place.get(entry.instrument.id);
      if (own === undefined) others[match]?.push(entry.instrument);
      else near.push({ instrument: entry.instrument, match, place: own });
    }
    near.sort((a, b) => a.place - b.place);
    const found: Instrument[] = [];
    for (let match = 0; match < MATCHES && found.length < limit; match += 1) {
      // The user's own stand before the first kind of their strength.
      if (match === 0 || strength(match) !== strength(match - 1)) {
        for (const own of near) if (strength(own.match) === strength(match)) found.push(own.instrument);
      }
      found.push(...(others[match] ?? []).slice(0, limit));
    }
    return found.slice(0, limit);
  }

  /** Nothing is typed yet: what the user has to do with, then the first of the list. */
  #nearest(limit: number, nearness: Nearness): readonly Instrument[] {
    const found = new Set<Instrument>();
    for (const id of placesOf(nearness).keys()) {
      const instrument = this.#byId.get(id);
      if (instrument) found.add(instrument);
    }
    for (const instrument of this.#list) {
      if (found.size >= limit) break;
      found.add(instrument);
    }
    return [...found].slice(0, limit);
  }
}

function worthOf(instrument: Instrument): number {
  return instrument.priceScale !== 0 ? 0 : (instrument.listedShares ?? 0) * instrument.basePrice;
}

/** Place of each issue that the user has to do with: recently found, held, watched. */
function placesOf({ recents, held, watched }: Nearness): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const ids of [recents, held, watched]) {
    for (const id of ids) if (!places.has(id)) places.set(id, places.size);
  }
  return places;
}

const indexes = new WeakMap<readonly Instrument[], InstrumentIndex>();

/** The index of a list, built when it is first asked for. */
export function indexOf(list: readonly Instrument[]): InstrumentIndex {
  const known = indexes.get(list);
  if (known) return known;
  const index = new InstrumentIndex(list);
  indexes.set(list, index);
  return index;
}

/** At most `limit` issues that match; with an empty query the user's own and the first ones of the list. */
export function searchInstruments(
  list: readonly Instrument[],
  query: string,
  limit: number,
  nearness: Nearness = NOBODY,
): readonly Instrument[] {
  return indexOf(list).find(query, limit, nearness);
}
