/** What survives: restarts, a full disk, a damaged record. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, Journal } from '#core/storage/index.ts';
import { DESK_UPCASTERS, type Desk, type JournalPort } from '#core/trading/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { DeskStand } from '#test/support/desk-stand.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const PHRASE = '매매 재개';

const sorted = (desk: Desk): string[] =>
  desk
    .snapshot()
    .filter(({ kind }) => kind !== 'account')
    .map((delta) => canonicalJson(delta))
    .sort();

describe('a restart', () => {
  it('finds the same state in the journal on the disk, whose chain holds', async () => {
    const path = join(tempFolder(), 'journal.db');
    let journal = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS });
    const record: JournalPort = {
      append: (entries) => journal.append(entries),
      read: (fromSeq) => journal.read(fromSeq),
    };
    const stand = await DeskStand.open({ record });
    await stand.buy(10);
    await stand.submit({ side: 'sell', price: 10_500, quantity: 4 });
    stand.broker.fill('000002', 3);
    await stand.submit({ price: 10_003 });
    await stand.time.advance(1_000);
    const before = sorted(stand.desk);
    stand.kill();
    journal.close();
    journal = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS });
    expect(journal.verify()).toMatchObject({ ok: true, entries: journal.lastSeq });
    await stand.start();
    expect(sorted(stand.desk)).toEqual(before);
    expect(stand.desk.performance('A1')).toMatchObject({ fills: 2, closes: 1 });
    journal.close();
  });

  it('learns what happened while Maru was away', async () => {
    const stand = await DeskStand.open();
    const buy = await stand.submit({ quantity: 10, price: 10_000 });
    const gone = await stand.submit({ quantity: 3, price: 9_000 });
    stand.kill();
    stand.broker.fill('000001', 10);
    stand.broker.endSession();
    await stand.time.advance(3_600_000);
    await stand.start();
    expect(stand.find(buy.orderId)).toMatchObject({ state: 'filled', filledQty: 10 });
    expect(stand.find(gone.orderId)).toMatchObject({ state: 'expired', filledQty: 0 });
    expect(stand.desk.positions('A1')).toMatchObject([{ quantity: 10, costKrw: 100_010 }]);
  });

  it('does not send again what was leaving when the process died', async () => {
    const stand = await DeskStand.open();
    stand.journal.after = (entries) => {
      if (entries.some(({ kind }) => kind === 'desk.orderSubmitting')) stand.kill();
    };
    const order = stand.order();
    void stand.desk.submit(order).catch(() => undefined);
    stand.journal.after = () => undefined;
    await stand.start();
    expect(stand.broker.received).toEqual([]);
    expect(stand.orders()).toMatchObject([{ state: 'unconfirmed' }]);
    const repeated = await stand.desk.submit(order);
    expect(repeated).toMatchObject({ state: 'unconfirmed' });
    await stand.time.advance(60_000);
    expect(stand.broker.received).toEqual([]);
  });
});

describe('a full disk', () => {
  it('refuses new orders, lets cancels out, and is written up when there is room', async () => {
    const stand = await DeskStand.open();
    const resting = await stand.submit({ price: 9_900 });
    const filling = await stand.submit({ price: 9_800 });
    stand.journal.full = true;
    const first = await stand.submit({ price: 9_700 });
    expect(first).toMatchObject({ state: 'rejected', reason: { code: 'DISK_FULL' } });
    expect(stand.broker.received.filter(({ verb }) => verb === 'submit')).toHaveLength(2);
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'storage' });
    expect(stand.desk.isRecording).toBe(false);
    await stand.time.advance(1_000);
    expect(stand.broker.openNos()).toEqual([]);
    expect(stand.find(resting.orderId).state).toBe('canceled');
    // Money that moves while nothing can be written is still shown.
    stand.broker.fill('000002', 10);
    await stand.time.advance(1_000);
    expect(stand.find(filling.orderId)).toMatchObject({ state: 'filled' });
    const resume = stand.desk.resume(PHRASE);
    resume.catch(() => undefined);
    await stand.time.advance(1_000);
    await expect(resume).rejects.toMatchObject({ code: 'DISK_FULL' });
    stand.journal.full = false;
    await stand.time.advance(5_000);
    expect(stand.desk.isRecording).toBe(true);
    expect(stand.alerts().some((title) => title.startsWith('다시 기록할 수 있습니다'))).toBe(true);
    expect(stand.desk.tradingState.state).toBe('halted');
    const before = sorted(stand.desk).filter(
      (delta) => delta.includes('"kind":"order"') || delta.includes('"kind":"fill"'),
    );
    await stand.crash();
    expect(
      sorted(stand.desk).filter((delta) => delta.includes('"kind":"order"') || delta.includes('"kind":"fill"')),
    ).toEqual(before);
    const released = stand.desk.resume(PHRASE);
    await stand.time.advance(1_000);
    expect(await released).toMatchObject({ state: 'active' });
  });

  it('is known as such from the real file too', async () => {
    const path = join(tempFolder(), 'journal.db');
    const journal = Journal.open({ path, role: 'journal', upcasters: DESK_UPCASTERS, maxBytes: 120_000 });
    const stand = await DeskStand.open({ record: journal, settings: { sampleMs: 3_600_000 } });
    const codes = new Set<string>();
    for (let i = 0; i < 400 && stand.desk.isRecording; i += 1) {
      const answer = stand.desk.submit(stand.order({ price: 10_003 }));
      await stand.time.advance(1_100);
      codes.add((await answer).reason?.code ?? '');
    }
    expect(codes).toContain('GUARD_TICK');
    expect(stand.desk.isRecording).toBe(false);
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'storage', note: 'DISK_FULL' });
    await expect(stand.desk.submit(stand.order())).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(journal.verify()).toMatchObject({ ok: true });
    journal.close();
  });

  it('found while the kill switch is pulled still stops everything', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    stand.journal.full = true;
    expect(await stand.desk.setTradingState('halted')).toMatchObject({ state: 'halted' });
    await stand.time.advance(1_000);
    expect(stand.broker.openNos()).toEqual([]);
  });
});

describe('a damaged record', () => {
  it('is refused loudly', async () => {
    const stand = await DeskStand.open();
    await stand.buy(1);
    const at = stand.journal.entries.findIndex(({ kind }) => kind === 'desk.fillRecorded');
    const entry = stand.journal.entries[at];
    if (!entry) throw new Error('no fill');
    stand.journal.entries[at] = { ...entry, data: { ...(entry.data as object), quantity: -1 } };
    stand.kill();
    await expect(stand.desk.start()).rejects.toMatchObject({ code: 'JOURNAL_BROKEN', params: { seq: entry.seq } });
  });

  it('that breaks in the middle is not read past', async () => {
    const broken: JournalPort = {
      append: () => [],
      read: () => {
        throw new AppError('JOURNAL_BROKEN', { seq: 7 });
      },
    };
    const stand = new DeskStand({ record: broken });
    await expect(stand.desk.start()).rejects.toMatchObject({ code: 'JOURNAL_BROKEN' });
  });
});

describe('a bug in the desk', () => {
  it('halts trading, is logged and told, and leaves the rest alive', async () => {
    const stand = await DeskStand.open();
    await stand.submit({ price: 9_900 });
    stand.market.get = () => {
      throw new Error('the market broke');
    };
    await expect(stand.desk.submit(stand.order())).rejects.toThrow('the market broke');
    expect(stand.desk.tradingState).toMatchObject({ state: 'halted', cause: 'invariant' });
    expect(stand.log.lines.map(({ message }) => message)).toContain('desk step failed');
    expect(stand.alerts()).toContain('프로그램 안에서 오류가 났습니다.');
    await stand.time.advance(1_000);
    expect(stand.broker.openNos()).toEqual([]);
  });
});
