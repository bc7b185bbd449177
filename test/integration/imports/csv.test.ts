/** Any CSV into the daily table: asked once, remembered by its header. */
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { previewCsv } from '#core/market/imports/csv.ts';
import { runImport } from '#core/market/imports/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { sessionDate } from '#shared/time/index.ts';
import { createFakeTime } from '#test/support/fake-time.ts';
import { EXTRACT_PATH, writeCsv } from '#test/support/krx-csv.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const { clock } = createFakeTime();
const HEADER = '일자,시가,고가,저가,종가,거래량';
const LINES = [
  '20250210,"53,000","55,900","52,900","55,600","27,577,591"',
  '20250211,"55,500","56,300","55,000","55,700","24,596,196"',
];
const MAPPING = {
  date: '일자',
  codeColumn: null,
  code: '005930',
  open: '시가',
  high: '고가',
  low: '저가',
  close: '종가',
  volume: '거래량',
  value: null,
};

function newStore(): CandleStore {
  const store = CandleStore.open(join(tempFolder(), 'candles.db'));
  onTestFinished(() => store.close());
  return store;
}

describe('a CSV of one issue', () => {
  it('needs a mapping once, then remembers it', async () => {
    const store = newStore();
    const file = writeCsv(tempFolder(), LINES, { header: HEADER });
    const look = () => previewCsv(file, (header) => store.csvMapping(header));
    expect(await look()).toMatchObject({
      header: HEADER.split(','),
      rows: [
        ['20250210', '53,000', '55,900', '52,900', '55,600', '27,577,591'],
        ['20250211', '55,500', '56,300', '55,000', '55,700', '24,596,196'],
      ],
      mapping: { ...MAPPING, code: null },
      remembered: false,
    });
    const run = (mapping: typeof MAPPING | null) =>
      runImport({ store, clock }, { kind: 'csv', files: [file], mapping });
    await expect(run(null)).rejects.toThrow(expect.objectContaining({ code: 'CSV_MAPPING_NEEDED' }));
    const report = {
      rows: 2,
      instruments: 1,
      days: 2,
      from: '2025-02-10',
      to: '2025-02-11',
      rejected: [],
      rejectedRows: 0,
      ms: 0,
    };
    expect(await run(MAPPING)).toEqual(report);
    expect(await look()).toMatchObject({ mapping: MAPPING, remembered: true });
    expect(await run(null)).toEqual(report);
    expect(store.bar('005930', sessionDate('2025-02-11'))).toMatchObject({
      close: 55700,
      volume: 24596196,
      base: null,
      market: null,
    });
  });

  it('does not take the file of another issue for the first one', async () => {
    const store = newStore();
    const file = writeCsv(tempFolder(), LINES, { header: HEADER });
    const other = { ...file, name: 'another.csv' };
    const run = (of: typeof file, mapping: typeof MAPPING | null) =>
      runImport({ store, clock }, { kind: 'csv', files: [of], mapping });
    await run(file, MAPPING);
    await expect(run(other, null)).rejects.toThrow(expect.objectContaining({ code: 'CSV_CODE_NEEDED' }));
    expect(await previewCsv(other, (key) => store.csvMapping(key))).toMatchObject({
      mapping: { ...MAPPING, code: null },
      remembered: false,
    });
    await run(other, { ...MAPPING, code: '000660' });
    expect(await run(file, null)).toMatchObject({ rows: 2 });
    expect(store.bar('000660', sessionDate('2025-02-11'))).toMatchObject({ close: 55700 });
  });

  it('is not remembered when it fails', async () => {
    const store = newStore();
    const file = writeCsv(tempFolder(), LINES, { header: HEADER });
    const wrong = { ...MAPPING, volume: '없는 열' };
    await expect(runImport({ store, clock }, { kind: 'csv', files: [file], mapping: wrong })).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_COLUMNS', params: { columns: '없는 열' } }),
    );
    expect((await previewCsv(file, (header) => store.csvMapping(header))).remembered).toBe(false);
    expect(store.coverage().rows).toBe(0);
  });

  it('keeps what only the exchange told, unless its close is another', async () => {
    const store = newStore();
    await runImport({ store, clock }, { kind: 'krx-eod', files: [{ path: EXTRACT_PATH, name: 'extract' }] });
    const same = writeCsv(tempFolder(), LINES, { header: HEADER });
    await runImport({ store, clock }, { kind: 'csv', files: [same], mapping: MAPPING });
    expect(store.bar('005930', sessionDate('2025-02-11'))).toMatchObject({
      base: 55600,
      nameKo: '삼성전자',
      listedShares: 5969782550,
    });
    const halved = writeCsv(tempFolder(), ['20250211,27750,28150,27500,27850,49192392'], { header: HEADER });
    await runImport({ store, clock }, { kind: 'csv', files: [halved], mapping: MAPPING });
    expect(store.bar('005930', sessionDate('2025-02-11'))).toMatchObject({
      close: 27850,
      base: null,
      nameKo: '삼성전자',
    });
    expect(store.instrumentsSeen().find(({ code }) => code === '005930')).toMatchObject({
      market: 'KOSPI',
      nameKo: '삼성전자',
    });
  });
});

describe('a CSV of many issues', () => {
  it('may use tabs or semicolons, and reports bad rows by line', async () => {
    const store = newStore();
    const mapping = {
      ...MAPPING,
      date: 'Date',
      codeColumn: 'Code',
      code: null,
      open: 'O',
      high: 'H',
      low: 'L',
      close: 'C',
      volume: 'V',
    };
    for (const separator of ['\t', ';', '|']) {
      const rows = [
        'Code,Date,O,H,L,C,V',
        '005930,2025/02/11,10,12,9,11,5',
        '5930,2025/02/11,10,12,9,11,5',
        '0193T0,2025.02.11,10,12,9,11,5',
      ];
      const [header = '', ...lines] = rows.map((row) => row.replaceAll(',', separator));
      const file = writeCsv(tempFolder(), lines, { header, name: 'many.csv' });
      const report = await runImport({ store, clock }, { kind: 'csv', files: [file], mapping });
      expect(report).toMatchObject({
        rows: 2,
        instruments: 2,
        rejected: [{ file: 'many.csv', line: 3, reason: '종목 코드가 아닙니다: 5930' }],
      });
    }
  });

  it('shows at most twenty rows and refuses an empty file', async () => {
    const many = writeCsv(
      tempFolder(),
      Array.from({ length: 50 }, (_, i) => `${i},1`),
      { header: 'a,b' },
    );
    const preview = await previewCsv(many, () => undefined);
    expect(preview).toMatchObject({ header: ['a', 'b'], mapping: null, remembered: false });
    expect(preview.rows).toHaveLength(20);
    expect(preview.rows.at(-1)).toEqual(['19', '1']);
    const empty = writeCsv(tempFolder(), [], { header: 'a,b' });
    await expect(previewCsv(empty, () => undefined)).rejects.toThrow(expect.objectContaining({ code: 'FILE_EMPTY' }));
  });
});
