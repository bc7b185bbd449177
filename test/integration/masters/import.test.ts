/** Imports of symbol masters in a worker: each file whole or not at all, drifted and broken ones refused, cancellation, search. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { masterFile, masterFileNames, masterFileOf, type MasterRow } from '#core/emulator/synthetic/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import type { MasterProgress } from '#shared/contract/index.ts';
import { masterRoom, stocks, writeMaster } from '#test/support/master-room.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const KOSPI = 'kospi_code.mst';
const MEMBERS = 'memcode.mst';
const coded = (code: string): unknown => expect.objectContaining({ code });

function stateOf({ room }: ReturnType<typeof masterRoom>, file: string) {
  const state = room.status().files.find((each) => each.file === file);
  if (!state) throw new Error(`no file ${file}`);
  return state;
}

const members = (count: number): readonly MasterRow[] =>
  Array.from({ length: count }, (_, at) => ({ mbcr_no: String(10_000 + at), mbcr_name: `만든증권${at}` }));

describe('an import of masters', () => {
  it('takes every file of a folder, packed or not, and finds what they name', async () => {
    const stand = masterRoom();
    const source = tempFolder();
    for (const name of masterFileNames()) {
      const packed = name === 'memcode.mst' ? name : `${name}.zip`;
      writeFileSync(join(source, packed), masterFile(packed, BUNDLED)!);
    }
    writeFileSync(join(source, 'readme.txt'), '다른 파일');
    const report = await stand.room.importFiles([{ path: source }]);
    expect(report.files).toHaveLength(28);
    expect(report.files.filter(({ state }) => state === 'refused')).toEqual([]);
    expect(report.files.reduce((sum, { faulty }) => sum + faulty, 0)).toBe(0);
    expect(stand.imported()).toBe(1);
    const found = async (query: string) =>
      (await stand.room.search({ query, products: [], limit: 5 })).map(({ nameKo, product }) => `${nameKo} ${product}`);
    expect((await found('ㅅㅅㅈㅈ'))[0]).toBe('삼성전자 stock');
    expect((await found('텐센트'))[0]).toBe('텐센트 홀딩스 overseasStock');
    expect(await found('국고채권 합성 3')).toEqual(['국고채권 합성 3년물 bond']);
    expect((await found('합성 테마')).length).toBe(1);
    expect(stand.room.status().symbols).toBe(report.files.reduce((sum, { rows }) => sum + rows, 0));
  });

  it('keeps every field of a row, with labels and meanings, and links themes with issues', async () => {
    const stand = masterRoom();
    const folder = tempFolder();
    const files = [
      writeMaster(folder, KOSPI, stocks(3, { mrkt_alrm_cls_code: '02', marg_rate: '100' })),
      writeMaster(folder, 'theme_code.mst', [{ theme_code: '007', theme_name: '만든 테마', shrn_iscd: '100001' }]),
    ];
    await stand.room.importFiles(files.map((path) => ({ path })));
    const symbol = stand.room.symbol(`${KOSPI}::100001`);
    expect(symbol.symbol).toMatchObject({ nameKo: '만든종목1', product: 'stock', instrumentId: 'KRX:100001' });
    expect(symbol.fields).toHaveLength(73);
    expect(symbol.fields.find(({ name }) => name === 'mrkt_alrm_cls_code')).toEqual({
      name: 'mrkt_alrm_cls_code',
      label: '시장 경고 구분 코드',
      kind: 'choice',
      raw: '02',
      meaningKo: '투자경고',
    });
    expect(symbol.linked.map(({ nameKo }) => nameKo)).toEqual(['만든 테마']);
    const theme = stand.room.symbol('theme_code.mst:100001:007');
    expect(theme.linked.map(({ code }) => code)).toEqual(['100001']);
    expect(() => stand.room.symbol(`${KOSPI}::999999`)).toThrow(coded('MASTER_SYMBOL_UNKNOWN'));
    expect(stand.room.issues().find(({ code }) => code === '100001')?.facts).toMatchObject({
      designations: ['alert'],
      marginPercent: 100,
      themes: ['만든 테마'],
    });
  });

  it('leaves broken lines out and tells each with its number', async () => {
    const stand = masterRoom();
    const rows = [...stocks(30), { ...stocks(1)[0], hts_kor_isnm: '두 번째' }];
    const path = writeMaster(tempFolder(), KOSPI, rows);
    const bytes = readFileSync(path);
    // Line 3 says no price, the last line is cut.
    bytes.write('N', 2 * 289 + bytes.indexOf('10000 '.trim().padStart(9, '0')));
    writeFileSync(path, bytes.subarray(0, -40));
    const report = await stand.take(path);
    expect(report.files[0]).toMatchObject({ state: 'taken', rows: 29, faulty: 2 });
    expect(stand.room.faults(KOSPI)).toEqual([
      { line: 3, reason: '"주식 기준가" 값이 맞지 않습니다: N00010000' },
      { line: 31, reason: '줄의 길이가 249바이트입니다. 288바이트여야 합니다.' },
    ]);
    const whole = writeMaster(tempFolder(), KOSPI, rows);
    await stand.take(whole);
    expect(stand.room.faults(KOSPI)).toEqual([{ line: 31, reason: '같은 코드가 1번째 줄에 이미 있습니다: 100000' }]);
    expect(stand.room.symbol(`${KOSPI}::100000`).symbol.nameKo).toBe('만든종목0');
  });
});

describe('a file that cannot be taken', () => {
  it('because its columns moved is refused with a sentence, and the old rows stay', async () => {
    const stand = masterRoom();
    const folder = tempFolder();
    await stand.take(writeMaster(folder, KOSPI, stocks(20)));
    const before = stateOf(stand, KOSPI).kept;
    // The broker puts a new flag of one byte in front of the name and drops one at the end: no length tells.
    const moved = readFileSync(join(folder, KOSPI))
      .toString('latin1')
      .split('\n')
      .map((line) => (line === '' ? '' : `${line.slice(0, 5)}Y${line.slice(5, -1)}`))
      .join('\n');
    writeFileSync(join(folder, KOSPI), Buffer.from(moved, 'latin1'));
    const report = await stand.take(join(folder, KOSPI));
    expect(report.files[0]).toMatchObject({ state: 'refused', rowsBefore: 20, error: coded('MASTER_DRIFT') });
    expect(report.files[0]?.error?.messageKo).toMatch(/20줄 가운데 20줄이 어긋나고, 처음 어긋난 곳은 1번째 줄/);
    expect(stateOf(stand, KOSPI).kept).toEqual(before);
    expect(stateOf(stand, KOSPI).refused?.why.code).toBe('MASTER_DRIFT');
    expect(stand.room.symbol(`${KOSPI}::100003`).symbol.nameKo).toBe('만든종목3');
    // The next good one takes the note away.
    await stand.take(writeMaster(folder, KOSPI, stocks(21)));
    expect(stateOf(stand, KOSPI)).toMatchObject({ kept: { rows: 21 }, refused: null });
  });

  it('does not hinder the others of its folder', async () => {
    const stand = masterRoom();
    const folder = tempFolder();
    writeMaster(folder, 'memcode.mst', [{ mbcr_no: '00001', mbcr_name: '만든증권' }]);
    const zip = masterFileOf('kosdaq_code.mst.zip', stocks(5))!;
    writeFileSync(join(folder, 'kosdaq_code.mst.zip'), zip.subarray(0, zip.length - 30));
    const spoilt = Buffer.from(masterFileOf('konex_code.mst.zip', stocks(5))!);
    spoilt.writeUInt32LE(1, spoilt.readUInt32LE(spoilt.length - 6) + 16);
    writeFileSync(join(folder, 'idxcode.mst'), '');
    writeFileSync(join(folder, 'frgn_code.mst'), '한 줄\n');
    writeFileSync(join(folder, 'konex_code.mst.zip'), spoilt);
    const { files } = await stand.room.importFiles([{ path: folder }]);
    const states = Object.fromEntries(files.map(({ file, state, error }) => [file, error?.code ?? state]));
    expect(states).toEqual({
      'memcode.mst': 'taken',
      // Cut before its directory.
      'kosdaq_code.mst': 'MASTER_ZIP',
      // The archive's own sum does not fit what it holds.
      'konex_code.mst': 'MASTER_ZIP',
      'idxcode.mst': 'FILE_EMPTY',
      'frgn_code.mst': 'MASTER_DRIFT',
    });
  });

  it('or found is told at once', async () => {
    const { room } = masterRoom();
    const folder = tempFolder();
    await expect(room.importFiles([{ path: join(folder, 'none.mst') }])).rejects.toThrow(coded('FILE_MISSING'));
    await expect(room.importFiles([{ path: folder }])).rejects.toThrow(coded('MASTER_NONE'));
    const other = join(folder, 'prices.csv');
    writeFileSync(other, 'a,b\n');
    await expect(room.importFiles([{ path: other }])).rejects.toThrow(coded('MASTER_FILE_UNKNOWN'));
  });
});

describe('an import that is stopped', () => {
  it('leaves the file at hand as it was, tells so, and the next import runs', async () => {
    const stand = masterRoom();
    const folder = tempFolder();
    await stand.take(writeMaster(folder, MEMBERS, members(10)));
    mkdirSync(join(folder, 'big'));
    const big = writeMaster(join(folder, 'big'), MEMBERS, members(40_000));
    const stop = new AbortController();
    const seen: MasterProgress['state'][] = [];
    stand.room.watch(({ state, rows }) => {
      seen.push(state);
      if (state === 'reading' && rows > 0) stop.abort();
    });
    await expect(stand.room.importFiles([{ path: big }], stop.signal)).rejects.toThrow(coded('IMPORT_INTERRUPTED'));
    expect(seen.at(-1)).toBe('canceled');
    expect(stateOf(stand, MEMBERS).kept?.rows).toBe(10);
    await stand.take(big);
    expect(stateOf(stand, MEMBERS).kept?.rows).toBe(40_000);
    expect(await stand.room.search({ query: '만든증권39', products: ['member'], limit: 1 })).toHaveLength(1);
  });

  it('is read again after the program was closed', async () => {
    const folder = tempFolder();
    const first = masterRoom({ folder });
    copyFileSync(writeMaster(tempFolder(), KOSPI, stocks(4)), join(folder, KOSPI));
    await first.room.importFiles([{ path: join(folder, KOSPI) }]);
    await first.room.close();
    const again = masterRoom({ folder });
    expect(stateOf(again, KOSPI).kept?.rows).toBe(4);
    expect(await again.room.search({ query: '100002', products: [], limit: 5 })).toHaveLength(1);
  });
});
