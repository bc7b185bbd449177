/** Reads a journal backwards in pages, in turns so that nothing waits for it, and says of each entry whom and what it concerns. */
import {
  type JournalFilter,
  type JournalLine,
  type JournalPage,
  journalActor,
  journalGroup,
  Side,
} from '#shared/domain/index.ts';
import { CATALOG, envelope, type ErrorCode } from '#shared/errors/index.ts';
import type { Timers } from '#shared/ports.ts';
import type { Journal, JournalEntry } from '#core/storage/index.ts';

/** Entries read in one turn. */
const WINDOW = 500;
/** Entries that one page looks through at most; a filter that finds little goes on with the next call. */
const LOOK_LIMIT = 20_000;
/** Orders whose terms are known at a time; the oldest are forgotten first. */
const ORDERS_KNOWN = 200_000;

type Data = Readonly<Record<string, unknown>>;

/** What later entries of an order leave out. */
interface OrderTerms {
  readonly accountId: string;
  readonly instrumentId: string;
  readonly side: Side;
}

/** The kind without the name of its room: "desk.fillRecorded" is "fillRecorded". */
function kindOf(entry: JournalEntry): string {
  return entry.kind.slice(entry.kind.indexOf('.') + 1);
}

function dataOf(entry: JournalEntry): Data {
  const { data } = entry;
  return typeof data === 'object' && data !== null ? (data as Data) : {};
}

function textOf(data: Data, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' ? value : null;
}

/** What the orders of a journal are about, learnt as it is read. */
class OrderTermsIndex {
  readonly #terms = new Map<string, OrderTerms>();
  /** Entries up to here have all been read. */
  #readTo = 0;

  learn(entry: JournalEntry): void {
    const data = dataOf(entry);
    const orderId = textOf(data, 'orderId');
    const accountId = textOf(data, 'accountId');
    const instrumentId = textOf(data, 'instrumentId');
    const side = Side.safeParse(data['side']);
    if (orderId === null || accountId === null || instrumentId === null || !side.success) return;
    this.#terms.set(orderId, { accountId, instrumentId, side: side.data });
    if (this.#terms.size <= ORDERS_KNOWN) return;
    const [oldest] = this.#terms.keys();
    if (oldest !== undefined) this.#terms.delete(oldest);
  }

  of(data: Data): OrderTerms | null {
    return this.#terms.get(textOf(data, 'orderId') ?? '') ?? null;
  }

  /** true: the terms of an order may still stand in what has not been read. */
  lacks(data: Data): boolean {
    return data['orderId'] !== undefined && this.of(data) === null;
  }

  /** Reads the journal up to an entry, in turns. */
  async readTo(journal: Journal, seq: number, turn: () => Promise<void>): Promise<void> {
    while (this.#readTo < seq) {
      const end = Math.min(seq, this.#readTo + WINDOW);
      for (const entry of windowOf(journal, this.#readTo + 1, end)) this.learn(entry);
      this.#readTo = Math.max(this.#readTo, end);
      await turn();
    }
  }
}

/** Entries from one number to another, oldest first. Throws JOURNAL_BROKEN where the chain does not hold. */
function windowOf(journal: Journal, from: number, to: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const entry of journal.read(from)) {
    if (entry.seq > to) break;
    entries.push(entry);
  }
  return entries;
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(CATALOG, code);
}

/** The recorded code in words; one that the program no longer has stands for itself. */
function reasonOf(data: Data): JournalLine['reason'] {
  const code = textOf(data, 'code');
  if (code === null) return null;
  if (!isCode(code)) return { code, messageKo: code, actionKo: '' };
  const params = data['params'];
  const { messageKo, actionKo } = envelope(
    code,
    typeof params === 'object' && params !== null ? (params as Record<string, string | number>) : {},
  );
  return { code, messageKo, actionKo };
}

function lineOf(entry: JournalEntry, terms: OrderTerms | null): JournalLine {
  const kind = kindOf(entry);
  const data = dataOf(entry);
  return {
    seq: entry.seq,
    ts: entry.ts,
    kind,
    group: journalGroup(kind),
    actor: journalActor(kind, data),
    reason: reasonOf(data),
    orderId: textOf(data, 'orderId'),
    accountId: textOf(data, 'accountId') ?? terms?.accountId ?? null,
    instrumentId: textOf(data, 'instrumentId') ?? terms?.instrumentId ?? null,
    side: terms?.side ?? null,
    data,
  };
}

/** True where a line is wanted. */
function passes(line: JournalLine, filter: JournalFilter): boolean {
  const { groups, accountId, instrumentId, fromTs, toTs } = filter;
  if (groups && !groups.includes(line.group)) return false;
  if (accountId !== null && line.accountId !== accountId) return false;
  if (instrumentId !== null && line.instrumentId !== instrumentId) return false;
  if (fromTs !== null && line.ts < fromTs) return false;
  if (toTs !== null && line.ts > toTs) return false;
  const text = filter.text.toLowerCase();
  return text === '' || `${line.kind} ${JSON.stringify(line.data)}`.toLowerCase().includes(text);
}

export class JournalReader {
  readonly #timers: Timers;
  readonly #terms = new WeakMap<Journal, OrderTermsIndex>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Entries before `before` (null: from the newest), newest first. Throws JOURNAL_BROKEN, or the signal's reason where it is cancelled. */
  async page(
    journal: Journal,
    wish: { readonly before: number | null; readonly limit: number; readonly filter: JournalFilter },
    signal: AbortSignal,
  ): Promise<JournalPage> {
    const { limit, filter } = wish;
    const total = journal.lastSeq;
    const terms = this.#termsOf(journal);
    const turn = async (): Promise<void> => {
      await new Promise<void>((resolve) => this.#timers.yieldTurn(resolve));
      signal.throwIfAborted();
    };
    const lines: JournalLine[] = [];
    const first = Math.min(wish.before ?? total + 1, total + 1);
    const stop = Math.max(1, first - LOOK_LIMIT);
    let before = first;
    while (before > stop && lines.length < limit) {
      // Where everything is wanted, no more is read than is shown.
      const from = Math.max(stop, before - Math.min(WINDOW, limit - lines.length + this.#slack(filter)));
      const window = windowOf(journal, from, before - 1);
      for (const entry of window) terms.learn(entry);
      if (window.some((entry) => terms.lacks(dataOf(entry)))) await terms.readTo(journal, total, turn);
      for (const entry of window.toReversed()) {
        before = entry.seq;
        const line = lineOf(entry, terms.of(dataOf(entry)));
        if (passes(line, filter)) lines.push(line);
        if (lines.length === limit) break;
      }
      await turn();
    }
    return { lines, next: before > 1 ? before : null, total };
  }

  /** How many entries more than are wanted a window reads, because not all of them pass. */
  #slack(filter: JournalFilter): number {
    const { groups, accountId, instrumentId, fromTs, toTs, text } = filter;
    const all = groups ?? accountId ?? instrumentId ?? fromTs ?? toTs;
    return all === null && text === '' ? 0 : WINDOW;
  }

  #termsOf(journal: Journal): OrderTermsIndex {
    const known = this.#terms.get(journal);
    if (known) return known;
    const index = new OrderTermsIndex();
    this.#terms.set(journal, index);
    return index;
  }
}
