/** A recorded book (호가): what rested at each level at each moment of the record. */
import { epochMs, type EpochMs } from '../../time/index.ts';
import type { PriceLadder } from '../book/ladder.ts';
import type { ShownLevel, ShownLevels } from './replay-quotes.ts';
import type { RecordedBooks } from './replay-record.ts';

/** Reads the rows of a record as levels of a price grid; a price that is not on the grid is passed over. */
export class RecordedBook {
  readonly #books: RecordedBooks;
  readonly #grid: PriceLadder;
  readonly #midnight: EpochMs;

  constructor(books: RecordedBooks, day: { readonly grid: PriceLadder; readonly midnight: EpochMs }) {
    this.#books = books;
    this.#grid = day.grid;
    this.#midnight = day.midnight;
  }

  /** When a row was recorded; Infinity after the last. */
  tsAt(row: number): number {
    const atMs = this.#books.atMs[row];
    return atMs === undefined ? Number.POSITIVE_INFINITY : epochMs(this.#midnight + atMs);
  }

  levelsAt(row: number): ShownLevels {
    const { levels } = this.#books;
    const first = row * levels * 4;
    return { asks: this.#side(first, levels), bids: this.#side(first + 2 * levels, levels) };
  }

  #side(from: number, count: number): ShownLevel[] {
    const { figures } = this.#books;
    const side: ShownLevel[] = [];
    for (let i = 0; i < count; i += 1) {
      const price = figures[from + 2 * i] ?? 0;
      const qty = figures[from + 2 * i + 1] ?? 0;
      const step = price === 0 ? -1 : this.#grid.indexOf(price);
      if (step >= 0 && qty > 0) side.push({ step, qty });
    }
    return side;
  }
}
