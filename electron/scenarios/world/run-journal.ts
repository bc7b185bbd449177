/** The record of a run's desk, in memory: it lives as long as the run, whose result keeps what matters. */
import type { JournalEntry, NewJournalEntry } from '#core/storage/index.ts';
import type { JournalPort } from '#core/trading/index.ts';

export class RunJournal implements JournalPort {
  readonly entries: JournalEntry[] = [];

  append(entries: readonly NewJournalEntry[]): readonly { readonly seq: number }[] {
    const written = entries.map((entry, i) => ({ ...entry, seq: this.entries.length + i + 1 }));
    this.entries.push(...written);
    return written;
  }

  *read(fromSeq = 1): IterableIterator<JournalEntry> {
    yield* this.entries.slice(fromSeq - 1);
  }
}
