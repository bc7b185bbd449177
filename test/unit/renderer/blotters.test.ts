/** Cash by day, totals by currency, the record in words and in pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Account, type Fill, type JournalLine, type JournalPage, type Position } from '#shared/domain/index.ts';
import { settlementRows, cashRow, cashTotals } from '../../../renderer/panels/cash/settlement.ts';
import { JournalPages, journalSource } from '../../../renderer/panels/journal/pages.ts';
import { JOURNAL_WORDS, journalCause, journalSentence } from '../../../renderer/panels/journal/words.ts';
import { fillTotals } from '../../../renderer/panels/orders/parts/fill-columns.ts';
import { holdingRow, holdingRows, holdingTotals } from '../../../renderer/panels/positions/parts/columns.ts';
import { translate, type Translate } from '../../../renderer/text/index.ts';
import { readable } from '../../../renderer/ui/money-column.ts';

const t: Translate = (key, params) => translate('ko', key, params);

const ACCOUNT: Account = {
  accountId: 'a1',
  name: '연습',
  environment: 'simulation',
  kind: 'cash',
  startingCashKrw: 1_000_000,
  cashD0Krw: 1_000_000,
  cashD1Krw: 1_000_000,
  cashD2Krw: 899_900,
  reservedKrw: 0,
  buyingPowerKrw: 899_900,
  marginPowerKrw: 899_900,
  unpaidKrw: 0,
  frozenUntil: null,
  sessionDate: '2025-02-11',
  d1Date: '2025-02-12',
  d2Date: '2025-02-13',
  createdTs: 0,
};

const fill = (change: Partial<Fill>): Fill => ({
  fillId: 'f1',
  orderId: 'o1',
  accountId: 'a1',
  instrumentId: 'KRX:005930',
  side: 'buy',
  price: 10_000,
  quantity: 10,
  venue: 'KRX',
  commissionKrw: 100,
  taxKrw: 0,
  realisedKrw: 0,
  exchangeTs: 0,
  sessionDate: '2025-02-11',
  settlementDate: '2025-02-13',
  reconciled: false,
  ...change,
});

describe('settlement', () => {
  it('says what comes and goes on each day where the fills add up to it', () => {
    const rows = settlementRows(ACCOUNT, [fill({})]);
    expect(
      rows.map(({ day, date, netKrw, inKrw, outKrw, cashKrw }) => [day, date, netKrw, inKrw, outKrw, cashKrw]),
    ).toEqual([
      ['d0', '2025-02-11', null, null, null, 1_000_000],
      ['d1', '2025-02-12', 0, 0, 0, 1_000_000],
      ['d2', '2025-02-13', -100_100, 0, 100_100, 899_900],
    ]);
  });

  it('leaves in and out open where fills are missing', () => {
    expect(settlementRows(ACCOUNT, [])[2]).toMatchObject({ netKrw: -100_100, inKrw: null, outKrw: null });
    expect(settlementRows(ACCOUNT, [fill({ accountId: 'other' })])[2]).toMatchObject({ inKrw: null });
  });

  it('sums accounts by currency, and never won with dollars', () => {
    const dollars: Account = { ...ACCOUNT, accountId: 'us', currency: 'USD' };
    const rows = [cashRow(ACCOUNT), cashRow({ ...ACCOUNT, accountId: 'a2' }), cashRow(dollars)];
    expect(cashTotals(rows)).toMatchObject([{ currency: 'KRW', count: 2, cashKrw: 2_000_000 }]);
  });
});

describe('totals', () => {
  it('of fills stand by currency', () => {
    const rows = [
      { id: '1', fill: fill({}), total: null },
      { id: '2', fill: fill({ side: 'sell', taxKrw: 15, realisedKrw: -115 }), total: null },
      { id: '3', fill: fill({ instrumentId: 'NASD:AAPL', price: 1_902_500 }), total: null },
    ];
    expect(fillTotals(rows).map(({ total }) => total)).toMatchObject([
      { currency: 'KRW', count: 2, quantity: 20, amount: 200_000, commission: 200, tax: 15, realised: -115 },
      { currency: 'USD', count: 1, amount: 19_025_000 },
    ]);
    expect(fillTotals([])).toEqual([]);
  });

  it('of holdings count what has no price at its cost', () => {
    const position: Position = {
      accountId: 'a1',
      instrumentId: 'KRX:005930',
      quantity: 10,
      sellable: 10,
      costKrw: 100_100,
      realisedKrw: 0,
    };
    const known = holdingRow(position, { last: 11_000, base: 10_000 }, 1_000_000);
    const unknown = holdingRow({ ...position, instrumentId: 'KRX:000660' }, undefined, null);
    expect(known).toMatchObject({ valueKrw: 110_000, unrealisedKrw: 9_900 });
    expect(unknown).toMatchObject({ valueKrw: null, unrealisedKrw: null });
    expect(holdingTotals([known, unknown])).toMatchObject([
      { count: 2, costKrw: 200_200, valueKrw: 210_100, unrealisedKrw: 9_900 },
    ]);
    // Nothing moved: the same object, so that the table draws nothing.
    const again = holdingRows(
      [position],
      () => ({ last: 11_000, base: 10_000 }),
      () => 1_000_000,
      new Map([[known.id, known]]),
    );
    expect(again[0]).toBe(known);
  });

  it('leave the program in won or in dollars', () => {
    expect(readable(1_902_500, 'USD')).toBe(190.25);
    expect(readable(55_700, 'KRW')).toBe(55_700);
  });
});

const line = (change: Partial<JournalLine>): JournalLine => ({
  seq: 1,
  ts: 0,
  kind: 'orderCreated',
  group: 'orders',
  actor: 'user',
  reason: null,
  orderId: 'o1',
  accountId: 'a1',
  instrumentId: 'KRX:005930',
  side: 'buy',
  data: {},
  ...change,
});

describe('the record in words', () => {
  it('has words for every kind that the desk and the record of switches write', () => {
    const root = join(import.meta.dirname, '..', '..', '..', 'electron');
    const desk = readFileSync(join(root, 'trading', 'journal-events.ts'), 'utf8');
    const system = readFileSync(join(root, 'app', 'system-record.ts'), 'utf8');
    const kinds = [
      ...[...desk.matchAll(/\bevent\(\s*'(\w+)'/g)].map((found) => found[1]),
      ...[...system.matchAll(/readonly kind: ((?:'\w+'(?: \| )?)+)/g)].flatMap((found) =>
        [...(found[1] ?? '').matchAll(/'(\w+)'/g)].map((name) => name[1]),
      ),
    ];
    expect(kinds.length).toBeGreaterThan(35);
    expect(kinds.filter((kind) => kind === undefined || !Object.hasOwn(JOURNAL_WORDS, kind))).toEqual([]);
  });

  it('names issue, side, quantity and price in the currency of the issue', () => {
    const data = { quantity: 1_500, price: 55_700, type: 'limit' };
    expect(journalSentence(t, line({ data }))).toBe('005930 매수 1,500주 주문을 썼습니다. 가격 55,700');
    const dollars = line({ kind: 'fillRecorded', instrumentId: 'NASD:AAPL', data: { quantity: 3, price: 1_902_500 } });
    expect(journalSentence(t, dollars)).toBe('AAPL 매수 3주가 $190.25에 체결되었습니다.');
    expect(journalSentence(t, line({ data: { ...data, price: null, type: 'market' } }))).toContain('시장가');
  });

  it('says what it can of an order that is not known, and names a kind without words', () => {
    expect(journalSentence(t, line({ kind: 'cancelAsked', instrumentId: null, side: null }))).toBe(
      '주문 주문의 취소를 요청했습니다.',
    );
    expect(journalSentence(t, line({ kind: 'somethingNew' }))).toBe('somethingNew 기록');
    expect(journalSentence(t, line({ kind: 'constructor' }))).toBe('constructor 기록');
  });

  it('says why', () => {
    const reason = { code: 'GUARD_TICK', messageKo: '호가 단위에 맞지 않습니다.', actionKo: '' };
    expect(journalCause(t, line({ reason }))).toBe('호가 단위에 맞지 않습니다.');
    expect(journalCause(t, line({ kind: 'orderCanceled', data: { cause: 'ioc' } }))).toBe(
      '즉시 체결되지 않은 나머지입니다.',
    );
    expect(journalCause(t, line({ kind: 'orderUnconfirmed', data: { cause: 'timeout' } }))).toBe(
      '답이 제때 오지 않았습니다.',
    );
    expect(journalCause(t, line({ data: { tradingState: { note: '점심' } } }))).toBe('점심');
    expect(journalCause(t, line({}))).toBe('');
  });
});

/** A record of `total` entries of which `wanted` pass; a page looks through at most `look`. */
function recordOf(total: number, wanted: (seq: number) => boolean = () => true, look = 1_000) {
  const asked: (number | null)[] = [];
  const fetch = ({
    before,
    limit,
  }: {
    readonly before: number | null;
    readonly limit: number;
  }): Promise<JournalPage> => {
    asked.push(before);
    const lines: JournalLine[] = [];
    let seq = before ?? total + 1;
    const stop = Math.max(1, seq - look);
    while (seq > stop && lines.length < limit) {
      seq -= 1;
      if (wanted(seq)) lines.push(line({ seq }));
    }
    return Promise.resolve({ lines, next: seq > 1 ? seq : null, total });
  };
  return { fetch, asked };
}

describe('the pages of the record', () => {
  it('are found by their place where everything is shown, in any order', async () => {
    const pages = new JournalPages(recordOf(100_000).fetch, true);
    const deep = await pages.block(99_800, 200);
    expect([deep.rows[0]?.seq, deep.rows.at(-1)?.seq, deep.last]).toEqual([200, 1, 100_000]);
    const first = await pages.block(0, 200);
    expect([first.rows[0]?.seq, first.rows.at(-1)?.seq]).toEqual([100_000, 99_801]);
    expect(await pages.block(100_000, 200)).toEqual({ rows: [], last: 100_000 });
  });

  it('follow one another where a filter is in force, and are found again', async () => {
    const { fetch } = recordOf(1_000, (seq) => seq % 2 === 0, 150);
    const pages = new JournalPages(fetch, false);
    const first = await pages.block(0, 200);
    expect(first.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, at) => 1_000 - 2 * at));
    expect(first.last).toBeNull();
    const second = await pages.block(200, 200);
    expect(second.rows[0]?.seq).toBe(600);
    const third = await pages.block(400, 200);
    expect([third.rows.length, third.rows.at(-1)?.seq, third.last]).toEqual([100, 2, 500]);
    expect((await pages.block(200, 200)).rows[0]?.seq).toBe(600);
    // A block whose beginning was never reached is walked to.
    pages.restart();
    expect((await pages.block(400, 200)).rows[0]?.seq).toBe(200);
  });

  it('ask again after a failure', async () => {
    const { fetch } = recordOf(10);
    let broken = true;
    const pages = new JournalPages((wish) => (broken ? Promise.reject(new Error('cut')) : fetch(wish)), true);
    await expect(pages.block(0, 5)).rejects.toThrow('cut');
    broken = false;
    expect((await pages.block(0, 5)).rows).toHaveLength(5);
  });

  it('leave as a whole for a file', async () => {
    const { fetch } = recordOf(1_234, () => true, 20_000);
    const source = journalSource(fetch, { header: ['순번'], read: ({ seq }) => [seq] }, 1_234);
    const seqs: unknown[] = [];
    for await (const slice of source.slices(new AbortController().signal)) seqs.push(...slice.map(([seq]) => seq));
    expect(seqs).toEqual(Array.from({ length: 1_234 }, (_, at) => 1_234 - at));
  });
});
