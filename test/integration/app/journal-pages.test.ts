/** The record in pages: from a journal on the disk, backwards, with filters, in turns. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Journal, type NewJournalEntry } from '#core/storage/index.ts';
import { DESK_UPCASTERS } from '#core/trading/index.ts';
import { JournalFilter, JournalPage } from '#shared/domain/index.ts';
import type { Timers } from '#shared/ports.ts';
import { epochMs } from '#shared/time/index.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { JournalReader } from '../../../electron/app/journal-reader.ts';

const START = 1_700_000_000_000;
const SAMSUNG = 'KRX:005930';
const HYNIX = 'KRX:000660';

/** Timers that count the turns that were given away. */
function countingTimers(): { readonly timers: Timers; readonly turns: () => number } {
  let turns = 0;
  const timers: Timers = {
    after: () => ({ cancel: () => undefined }),
    every: () => ({ cancel: () => undefined }),
    yieldTurn(run) {
      turns += 1;
      setImmediate(run);
    },
  };
  return { timers, turns: () => turns };
}

function created(orderId: string, instrumentId: string, at: number, automated = false): NewJournalEntry {
  return {
    kind: 'desk.orderCreated',
    v: 3,
    ts: epochMs(START + at),
    data: { orderId, accountId: 'a1', instrumentId, side: 'buy', quantity: 10, price: 10_000, automated },
  };
}

const accepted = (orderId: string, at: number, no = orderId): NewJournalEntry => ({
  kind: 'desk.orderAccepted',
  v: 1,
  ts: epochMs(START + at),
  data: { orderId, brokerOrderNo: no, via: 'answer' },
});
const denied = (orderId: string, at: number): NewJournalEntry => ({
  kind: 'desk.orderDenied',
  v: 1,
  ts: epochMs(START + at),
  data: { orderId, code: 'GUARD_TICK', params: { tick: 100 } },
});

function openJournal(): Journal {
  return Journal.open({ path: join(tempFolder(), 'journal.db'), role: 'journal', upcasters: DESK_UPCASTERS });
}

const everything = JournalFilter.parse({});
const never = new AbortController().signal;

describe('the record in pages', () => {
  it('goes from the newest to the first, page after page, without a gap', async () => {
    const journal = openJournal();
    journal.append(Array.from({ length: 25 }, (_, at) => created(`o${at}`, SAMSUNG, at)));
    const reader = new JournalReader(countingTimers().timers);
    const seqs: number[] = [];
    let before: number | null = null;
    do {
      const page: JournalPage = JournalPage.parse(
        await reader.page(journal, { before, limit: 10, filter: everything }, never),
      );
      expect(page.total).toBe(25);
      seqs.push(...page.lines.map(({ seq }) => seq));
      before = page.next;
    } while (before !== null);
    expect(seqs).toEqual(Array.from({ length: 25 }, (_, at) => 25 - at));
    journal.close();
  });

  it('says of every entry whom and what it concerns, why, and who made it', async () => {
    const journal = openJournal();
    journal.append([created('o1', SAMSUNG, 1), denied('o1', 2), created('o2', HYNIX, 3, true), accepted('o2', 4)]);
    const reader = new JournalReader(countingTimers().timers);
    // The page begins after the order was made: its terms are found all the same.
    const { lines } = await reader.page(journal, { before: null, limit: 1, filter: everything }, never);
    expect(lines).toMatchObject([
      { kind: 'orderAccepted', group: 'orders', actor: 'broker', instrumentId: HYNIX, accountId: 'a1', side: 'buy' },
    ]);
    const rest = await reader.page(journal, { before: 4, limit: 10, filter: everything }, never);
    expect(rest.lines.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['orderCreated', 'program'],
      ['orderDenied', 'maru'],
      ['orderCreated', 'user'],
    ]);
    expect(rest.lines[1]?.reason).toMatchObject({ code: 'GUARD_TICK' });
    expect(rest.lines[1]?.reason?.messageKo).toContain('호가');
    journal.close();
  });

  it('finds by issue, kind, time and text, and says where it goes on', async () => {
    const journal = openJournal();
    journal.append([
      created('o1', SAMSUNG, 0),
      created('o2', HYNIX, 1),
      accepted('o1', 2, '0000077'),
      accepted('o2', 3),
      {
        kind: 'desk.sweepStarted',
        v: 1,
        ts: epochMs(START + 4),
        data: { sweepId: 's', accountId: null, orderIds: null },
      },
    ]);
    const reader = new JournalReader(countingTimers().timers);
    const found = async (filter: Partial<JournalFilter>): Promise<number[]> => {
      const page = await reader.page(journal, { before: null, limit: 10, filter: { ...everything, ...filter } }, never);
      expect(page.next).toBeNull();
      return page.lines.map(({ seq }) => seq);
    };
    expect(await found({ instrumentId: SAMSUNG })).toEqual([3, 1]);
    expect(await found({ groups: ['state'] })).toEqual([5]);
    expect(await found({ fromTs: START + 1, toTs: START + 3 })).toEqual([4, 3, 2]);
    expect(await found({ text: '0000077' })).toEqual([3]);
    expect(await found({ accountId: 'a1', groups: ['orders'] })).toEqual([4, 3, 2, 1]);
    expect(await found({ accountId: 'a2' })).toEqual([]);
    journal.close();
  });

  it('gives turns away on a long record, looks only so far in one call, and stops where it is cancelled', async () => {
    const journal = openJournal();
    const batch = 5_000;
    for (let from = 0; from < 25_000; from += batch) {
      journal.append(Array.from({ length: batch }, (_, at) => created(`o${from + at}`, SAMSUNG, from + at)));
    }
    const { timers, turns } = countingTimers();
    const reader = new JournalReader(timers);
    const rare: JournalFilter = { ...everything, instrumentId: HYNIX };
    const page = await reader.page(journal, { before: null, limit: 10, filter: rare }, never);
    expect(page).toEqual({ lines: [], next: 5_001, total: 25_000 });
    expect(turns()).toBeGreaterThanOrEqual(40);
    const rest = await reader.page(journal, { before: page.next, limit: 10, filter: rare }, never);
    expect(rest.next).toBeNull();
    const abort = new AbortController();
    const walking = reader.page(journal, { before: null, limit: 10, filter: rare }, abort.signal);
    abort.abort(new Error('gone'));
    await expect(walking).rejects.toThrow('gone');
    journal.close();
  });

  it('is empty before anything was recorded', async () => {
    const journal = openJournal();
    const reader = new JournalReader(countingTimers().timers);
    expect(await reader.page(journal, { before: null, limit: 10, filter: everything }, never)).toEqual({
      lines: [],
      next: null,
      total: 0,
    });
    journal.close();
  });
});
