/** Every sheet read through a whole core: typed rows, counted calls, and answers that are kept. */
import { describe, expect, it } from 'vitest';
import type { SheetAnswer, SheetInfo } from '#shared/contract/index.ts';
import type { SheetCell } from '#shared/domain/index.ts';
import { openAppStand } from '#test/support/app-stand.ts';
import { openOfflineKis, transportTo } from '#test/support/offline-kis.ts';

const KINDS: Readonly<Record<string, (cell: Exclude<SheetCell, null>) => boolean>> = {
  text: (cell) => typeof cell === 'string',
  choice: (cell) => typeof cell === 'string',
  issue: (cell) => typeof cell === 'string',
  date: (cell) => /^\d{4}-\d{2}-\d{2}$/.test(String(cell)),
  month: (cell) => /^\d{4}-\d{2}$/.test(String(cell)),
  time: (cell) => /^\d{2}:\d{2}(:\d{2})?$/.test(String(cell)),
  won: (cell) => Number.isSafeInteger(cell),
  count: (cell) => Number.isSafeInteger(cell),
  price: (cell) => typeof cell === 'number' && cell !== 0,
  change: (cell) => typeof cell === 'number',
  percent: (cell) => typeof cell === 'number',
  ratio: (cell) => typeof cell === 'number',
  flag: (cell) => typeof cell === 'boolean',
};

function paramsOf({ inputs }: SheetInfo): Record<string, string> {
  const issue = inputs.find(({ kind }) => kind === 'issue');
  return issue?.kind === 'issue' ? { issue: issue.market === 'krx' ? 'KRX:005930' : 'NASD:AAPL' } : {};
}

/** The catalogue's labels do not tell what these hold, so the emulator makes up words where figures belong. */
const MADE_OF_WORDS = new Set(['estimates', 'expected-index-trend', 'overseas-positions']);

/** What is wrong with an answer. */
function faults(info: SheetInfo, answer: SheetAnswer): string[] {
  const found: string[] = [];
  const wrong = ['missing', 'block', 'drift', ...(MADE_OF_WORDS.has(info.id) ? [] : ['unreadable'])];
  const names = answer.notes.filter(({ kind }) => wrong.includes(kind));
  if (names.length > 0) found.push(`${info.id}: ${JSON.stringify(names)}`);
  if (answer.calls !== 1) found.push(`${info.id} cost ${answer.calls}`);
  if (!answer.synthetic) found.push(`${info.id} does not say that it is made up`);
  for (const [at, block] of answer.blocks.entries()) {
    const columns = info.blocks[at]?.columns ?? [];
    for (const { cells } of block.rows) {
      for (const [place, cell] of cells.entries()) {
        const column = columns[place];
        if (cell !== null && !(column && KINDS[column.kind]?.(cell)))
          found.push(`${info.id}.${column?.id} (${column?.kind}) holds ${JSON.stringify(cell)}`);
      }
    }
  }
  return found;
}

describe('sheets over a core', () => {
  it('are all read from the offline KIS, each with one call and typed cells', { timeout: 180_000 }, async () => {
    const { client } = await openAppStand();
    const { source, sheets } = await client.sheets.list({});
    expect(source).toEqual({ env: 'simulator', endpoint: 'emulator', label: null });
    const found: string[] = [];
    const empty: string[] = [];
    for (const info of sheets) {
      try {
        const answer = await client.sheets.read({ sheet: info.id, params: paramsOf(info) });
        found.push(...faults(info, answer));
        if (answer.blocks.every(({ rows }) => rows.length === 0)) empty.push(info.id);
      } catch (error) {
        found.push(`${info.id}: ${JSON.stringify(error)} ${String(error)}`);
      }
    }
    expect(found).toEqual([]);
    // A still market has no interruption to tell of.
    expect(empty.filter((id) => id !== 'vi-status')).toEqual([]);
  });

  it(
    'keep what was read, ask anew when told to, and put the next page behind the first',
    { timeout: 60_000 },
    async () => {
      const { client } = await openAppStand();
      const sheet = 'news';
      const first = await client.sheets.read({ sheet });
      expect(first).toMatchObject({ calls: 1, incomplete: true });
      const kept = await client.sheets.read({ sheet });
      expect(kept).toEqual({ ...first, calls: 0 });
      const [one, other] = await Promise.all([1, 2].map(() => client.sheets.read({ sheet, refresh: true })));
      // Two that ask at the same time cost one call between them.
      expect(one?.at).toBe(other?.at);
      const more = await client.sheets.read({ sheet, more: true });
      expect(more.calls).toBe(2);
      expect(more.blocks[0]?.rows.length).toBeGreaterThan(first.blocks[0]?.rows.length ?? 0);
      expect(more.blocks[0]?.rows.slice(0, first.blocks[0]?.rows.length)).toEqual(first.blocks[0]?.rows);
      await expect(client.sheets.read({ sheet: 'nothing' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      await expect(client.sheets.read({ sheet: 'investors' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      const holiday = await client.sheets.read({ sheet: 'market-investors-daily', params: { on: '2026-12-25' } });
      expect(holiday.notes).toContainEqual({ kind: 'holiday', names: ['2026-12-25'] });
    },
  );

  it('go over the connection in force, and ask paper nothing that it does not have', { timeout: 60_000 }, async () => {
    const paper = await openOfflineKis('paper', { still: true });
    const { client } = await openAppStand({ openTransport: transportTo(paper) });
    await client.kis.save(paper.entry);
    await client.environment.switchTo({ environment: 'paper' });
    const { source, sheets } = await client.sheets.list({});
    expect(source).toMatchObject({ env: 'paper', endpoint: 'emulator' });
    const lacking = sheets.filter(({ unavailable }) => unavailable !== null).map(({ id }) => id);
    expect(lacking).toContain('income-statement');
    expect(lacking).not.toContain('price-facts');
    const refused = await client.sheets.read({ sheet: 'income-statement', params: { issue: 'KRX:005930' } });
    expect(refused).toMatchObject({ calls: 0, blocks: [], unavailable: { code: 'KIS_NOT_IN_PAPER' } });
    expect(refused.unavailable?.messageKo).toMatch(/[가-힣]/);
    const read = await client.sheets.read({ sheet: 'price-facts', params: { issue: 'KRX:005930' } });
    expect(read).toMatchObject({ calls: 1, synthetic: true, source: { env: 'paper' } });
    expect(faults(sheets.find(({ id }) => id === 'price-facts') as SheetInfo, read)).toEqual([]);
  });
});
