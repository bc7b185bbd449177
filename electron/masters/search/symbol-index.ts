/** Finds symbols among hundreds of thousands by code, name, initial consonants and half-typed syllables, in either keyboard layout. */
import { MASTER_PRODUCTS, type MasterProduct } from '#shared/domain/index.ts';
import { keysOfKorean, koreanOfKeys, readingsOf, type Unit } from '#shared/hangul/index.ts';
import { Column, type Take } from './column.ts';

/** What a search knows of a symbol. */
export interface IndexedSymbol {
  /** File, variant and code. */
  readonly id: string;
  readonly code: string;
  readonly standard: string | null;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product: MasterProduct;
  readonly market: string;
  readonly worth: number | null;
}

/** Spaces and marks are typed by nobody the same way. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s.,&()·'’/_-]/g, '');
}

const KOREAN = /[ㄱ-ㅣ가-힣]/;

/** A query, taken apart once. */
interface Question {
  readonly text: string;
  /** The code of which a spreadsheet has dropped the zeros in front; null where it is none. */
  readonly padded: string | null;
  readonly readings: readonly (readonly Unit[])[];
  /** Readings of the same keys in the Korean layout; the text of it. */
  readonly korean: string | null;
  readonly koreanReadings: readonly (readonly Unit[])[];
  /** The same keys in the Latin layout. */
  readonly latin: string | null;
  /** In English, as it stands: for the beginning of a word. */
  readonly words: string;
}

function questionOf(query: string): Question {
  const text = plain(query);
  const korean = koreanOfKeys(query.trim());
  const koreanText = korean === null ? null : plain(korean);
  return {
    text,
    padded: /^\d{3,5}$/.test(text) ? text.padStart(6, '0') : null,
    // Plain letters read as they stand, which the ways before have looked for.
    readings: KOREAN.test(text) ? readingsOf(text) : [],
    korean: koreanText,
    koreanReadings: koreanText === null ? [] : readingsOf(koreanText),
    latin: keysOfKorean(text),
    words: query.trim().toLowerCase().replace(/\s+/g, ' '),
  };
}

/** The symbols of one product, the larger and the shorter names first. */
class Shelf {
  readonly symbols: readonly IndexedSymbol[];
  readonly codes: Column;
  readonly standards: Column;
  readonly names: Column;
  readonly english: Column;
  /** English as it is written, with a blank in front: for the beginnings of its words. */
  readonly words: Column;

  constructor(symbols: readonly IndexedSymbol[]) {
    this.symbols = symbols.toSorted(
      (a, b) =>
        (b.worth ?? 0) - (a.worth ?? 0) ||
        a.nameKo.length - b.nameKo.length ||
        (a.code < b.code ? -1 : Number(a.code > b.code)),
    );
    const column = (textOf: (symbol: IndexedSymbol) => string): Column => new Column(this.symbols.map(textOf));
    this.codes = column(({ code }) => plain(code));
    this.standards = column(({ standard }) => (standard ?? '').toLowerCase());
    this.names = column(({ nameKo }) => plain(nameKo));
    this.english = column(({ nameEn }) => (nameEn === null ? '' : plain(nameEn)));
    this.words = column(({ nameEn }) => (nameEn === null ? '' : ` ${nameEn.toLowerCase()}`));
  }
}

/** Looks in one way through one shelf. */
type Way = (shelf: Shelf, question: Question, take: Take) => boolean;

/** Ways in which a symbol may answer, best first; within a way the products follow each other. */
const WAYS: readonly Way[] = [
  ({ codes }, { text, latin }, take) => codes.equal(text, take) && (latin === null || codes.equal(latin, take)),
  ({ names, english }, { text, korean }, take) =>
    names.equal(text, take) && english.equal(text, take) && (korean === null || names.equal(korean, take)),
  ({ codes, standards }, { text, padded }, take) =>
    (padded === null || codes.equal(padded, take)) && codes.starting(text, take) && standards.starting(text, take),
  ({ names }, { text }, take) => names.starting(text, take),
  ({ names }, { readings }, take) => readings.every((units) => names.startingUnits(units, take)),
  ({ english, words }, question, take) =>
    english.starting(question.text, take) && words.holding(` ${question.words}`, take),
  ({ names }, { koreanReadings }, take) => koreanReadings.every((units) => names.startingUnits(units, take)),
  ({ codes, names, english }, { latin }, take) =>
    latin === null || (codes.starting(latin, take) && names.starting(latin, take) && english.starting(latin, take)),
  ({ names }, { text }, take) => names.holding(text, take),
  ({ names }, { readings }, take) => readings.every((units) => names.holdingUnits(units, take)),
  ({ english }, { text }, take) => english.holding(text, take),
  ({ names }, { koreanReadings }, take) => koreanReadings.every((units) => names.holdingUnits(units, take)),
];

export class SymbolIndex {
  readonly #shelves: ReadonlyMap<MasterProduct, Shelf>;
  readonly size: number;

  constructor(symbols: Iterable<IndexedSymbol>) {
    const byProduct = new Map<MasterProduct, IndexedSymbol[]>();
    let size = 0;
    for (const symbol of symbols) {
      const list = byProduct.get(symbol.product);
      if (list) list.push(symbol);
      else byProduct.set(symbol.product, [symbol]);
      size += 1;
    }
    this.size = size;
    this.#shelves = new Map([...byProduct].map(([product, list]) => [product, new Shelf(list)]));
  }

  /** At most `limit` symbols: the exact code or name, those that begin alike, those that hold it. `products`: none means all. */
  find(query: string, products: readonly MasterProduct[], limit: number): readonly IndexedSymbol[] {
    const question = questionOf(query);
    if (question.text === '') return [];
    const shelves = MASTER_PRODUCTS.filter((product) => products.length === 0 || products.includes(product)).flatMap(
      (product) => this.#shelves.get(product) ?? [],
    );
    const found = new Map<string, IndexedSymbol>();
    for (const way of WAYS) {
      for (const shelf of shelves) {
        const goOn = way(shelf, question, (line) => {
          const symbol = shelf.symbols[line];
          if (symbol) found.set(symbol.id, symbol);
          return found.size < limit;
        });
        if (!goOn) return [...found.values()];
      }
    }
    return [...found.values()];
  }
}
