/** Pages through the record as the table scrolls: remembers where each block begins, so that a block can be asked for again. */
import { JOURNAL_PAGE_LIMIT, type JournalLine, type JournalPage } from '#shared/domain/index.ts';
import type { OutRow, RowSource } from '../../ui/table/row-source.ts';

/** Asks the core for a page. */
export type FetchPage = (
  wish: { readonly before: number | null; readonly limit: number },
  signal?: AbortSignal,
) => Promise<JournalPage>;

interface Block {
  readonly rows: readonly JournalLine[];
  /** How many rows there are in all; null while that is not known. */
  readonly last: number | null;
}

export class JournalPages {
  readonly #fetch: FetchPage;
  /** Every entry is shown: the cursor of a row follows from its place. */
  readonly #everything: boolean;
  /** Number of the newest entry as the list began; entries written later come with the next beginning. */
  #head: Promise<number> | null = null;
  /** Where a block begins, by its first row. */
  readonly #cursors = new Map<number, number | null>();

  constructor(fetch: FetchPage, everything: boolean) {
    this.#fetch = fetch;
    this.#everything = everything;
  }

  /** Begins anew at the newest entry. */
  restart(): void {
    this.#head = null;
    this.#cursors.clear();
  }

  async block(start: number, count: number): Promise<Block> {
    return this.#everything ? this.#placed(start, count) : this.#found(start, count);
  }

  async #placed(start: number, count: number): Promise<Block> {
    const asked = (this.#head ??= this.#fetch({ before: null, limit: 1 }).then(({ total }) => total));
    // One that failed is asked again.
    asked.catch(() => {
      if (this.#head === asked) this.#head = null;
    });
    const head = await asked;
    const before = head + 1 - start;
    if (before <= 1) return { rows: [], last: head };
    const { rows } = await this.#collect(before, count);
    return { rows, last: head };
  }

  async #found(start: number, count: number): Promise<Block> {
    const known = [...this.#cursors.keys()].filter((row) => row <= start);
    let at = known.length === 0 ? 0 : Math.max(...known);
    let before = this.#cursors.get(at) ?? null;
    for (;;) {
      const wanted = at < start ? Math.min(count, start - at) : count;
      const { rows, next } = await this.#collect(before, wanted);
      if (next === null) return { rows: at < start ? [] : rows, last: at + rows.length };
      this.#cursors.set(at + rows.length, next);
      if (at >= start) return { rows, last: null };
      at += rows.length;
      before = next;
    }
  }

  /** As many rows as are wanted, however many pages that takes. */
  async #collect(
    from: number | null,
    count: number,
  ): Promise<{ readonly rows: readonly JournalLine[]; readonly next: number | null }> {
    const rows: JournalLine[] = [];
    let before = from;
    do {
      const page = await this.#fetch({ before, limit: Math.min(JOURNAL_PAGE_LIMIT, count - rows.length) });
      rows.push(...page.lines);
      before = page.next;
    } while (before !== null && rows.length < count);
    return { rows, next: before };
  }
}

/** The whole record on its way into a file, page by page. */
export function journalSource(
  fetch: FetchPage,
  columns: { readonly header: readonly string[]; readonly read: (line: JournalLine) => OutRow },
  total: number | null,
): RowSource {
  return {
    header: columns.header,
    total,
    async *slices(signal) {
      let before: number | null = null;
      do {
        const page: JournalPage = await fetch({ before, limit: JOURNAL_PAGE_LIMIT }, signal);
        yield page.lines.map(columns.read);
        before = page.next;
      } while (before !== null);
    },
  };
}
