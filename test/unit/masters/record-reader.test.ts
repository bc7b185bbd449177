/** Records of every layout read back field by field, and records that do not fit are told apart. */
import { describe, expect, it } from 'vitest';
import { masterLayouts, type MasterLayout } from '#core/catalogue/index.ts';
import { masterFile, masterFileOf } from '#core/emulator/synthetic/index.ts';
import { BUNDLED } from '#core/market/index.ts';
import { masterSpecs } from '#core/masters/index.ts';
import { isFault, recordReader } from '#core/masters/record-reader.ts';
import { fieldsBy, symbolMaker, variantOf } from '#core/masters/symbol.ts';

function layoutOf(id: string): MasterLayout {
  const layout = masterLayouts().masters.find((each) => each.id === id);
  if (!layout) throw new Error(`no layout ${id}`);
  return layout;
}

function recordsOf(file: string, bytes = masterFile(file, BUNDLED)): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; bytes && at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    records.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return records;
}

function fieldOf(layout: MasterLayout, record: Buffer): (name: string) => string {
  const values = recordReader(layout)(record);
  if (isFault(values)) throw new Error(`${values.code} ${JSON.stringify(values.params)}`);
  return fieldsBy(layout)(values);
}

describe('records of the emulator', () => {
  it.each(masterSpecs().map((spec) => [spec.id, spec] as const))('%s: every line fits its layout', (id, spec) => {
    const records = recordsOf(id);
    expect(records.length).toBeGreaterThan(0);
    const read = recordReader(spec.layout);
    const seen = new Set<string>();
    for (const record of records) {
      const values = read(record);
      if (isFault(values)) throw new Error(`${values.code} ${JSON.stringify(values.params)}`);
      expect(values).toHaveLength(spec.layout.fields.length);
      const symbol = symbolMaker(spec)(values);
      expect(symbol.code).not.toBe('');
      expect(symbol.nameKo).not.toBe('');
      expect(symbol.market).not.toBe('');
      seen.add(`${symbol.code} ${variantOf(spec, fieldsBy(spec.layout)(values))}`);
    }
    expect(seen.size).toBe(records.length);
  });

  it('name Samsung Electronics with all that is known of it', () => {
    const record = recordsOf('kospi_code.mst').find((each) => each.includes('005930'));
    const field = fieldOf(layoutOf('kospi'), record!);
    expect(field('mksc_shrn_iscd')).toBe('005930');
    expect(field('stnd_iscd')).toBe('KR7005930003');
    expect(field('hts_kor_isnm')).toBe('삼성전자');
    expect(field('scrt_grp_cls_code')).toBe('ST');
    expect(field('trht_yn')).toBe('N');
    expect(Number(field('marg_rate'))).toBe(40);
  });
});

describe('a record', () => {
  const stock = (row: Record<string, string>): Buffer =>
    recordsOf('kospi_code.mst', masterFileOf('kospi_code.mst', [{ mksc_shrn_iscd: '123456', ...row }]))[0]!;
  const kospi = layoutOf('kospi');

  it('keeps letters of code page 949 that the plain Korean table does not have', () => {
    expect(fieldOf(kospi, stock({ hts_kor_isnm: '뷁똠갂전자' }))('hts_kor_isnm')).toBe('뷁똠갂전자');
  });

  it('of another length is left out, with both lengths', () => {
    const record = stock({});
    const read = recordReader(kospi);
    expect(read(record.subarray(0, -1))).toMatchObject({
      code: 'MASTER_ROW_LENGTH',
      params: { found: 287, wanted: 288 },
    });
    expect(read(Buffer.concat([record, Buffer.from(' ')]))).toMatchObject({ code: 'MASTER_ROW_LENGTH' });
  });

  it('without a code, with a word for a number, or with half a letter is left out and names the field', () => {
    const read = recordReader(kospi);
    expect(read(stock({ mksc_shrn_iscd: '' }))).toMatchObject({ field: '단축코드' });
    expect(read(stock({ mksc_shrn_iscd: '00 593' }))).toMatchObject({ field: '단축코드' });
    expect(read(stock({ stck_sdpr: 'N000' }))).toMatchObject({ code: 'MASTER_ROW_VALUE', field: '주식 기준가' });
    expect(read(stock({ stck_lstn_date: '2026-1-1' }))).toMatchObject({ field: '주식 상장 일자' });
    const cut = Buffer.from(stock({ hts_kor_isnm: '삼성' }));
    cut[22] = 0x20;
    expect(read(cut)).toMatchObject({ code: 'MASTER_ROW_LETTERS', field: '한글종목명' });
  });

  it('with blanks where facts would stand is taken: they are not known', () => {
    const field = fieldOf(kospi, stock({ stck_sdpr: '  ', lstn_stcn: ' ', stck_lstn_date: ' ' }));
    expect([field('stck_sdpr'), field('lstn_stcn'), field('stck_lstn_date')]).toEqual(['', '', '']);
  });

  it('of a bond may end after the day of redemption, where the sources disagree', () => {
    const bond = layoutOf('bond');
    const [record] = recordsOf('bond_code.mst');
    const short = fieldOf(bond, record!.subarray(0, 82));
    expect(short('stnd_iscd')).toBe('KR103502GA34');
    expect(short('sale_date')).toBe('');
    expect(recordReader(bond)(record!.subarray(0, 90))).toMatchObject({ code: 'MASTER_ROW_LENGTH' });
  });

  it('whose name has no sure width is read from both ends', () => {
    const night = layoutOf('fo-night-options');
    const row = {
      info_type: '5',
      shrn_iscd: '201W12400',
      kor_name: '야간옵션 C 400.0',
      acpr: '400',
      unas_kor_name: 'KOSPI200',
    };
    const [record] = recordsOf('fo_eurex_code.mst', masterFileOf('fo_eurex_code.mst', [row]));
    // Three bytes of the name's padding are not there.
    const shorter = Buffer.concat([record!.subarray(0, 59), record!.subarray(62)]);
    const field = fieldOf(night, shorter);
    expect(field('kor_name')).toBe('야간옵션 C 400.0');
    expect(Number(field('acpr'))).toBe(400);
    expect(field('unas_kor_name')).toBe('KOSPI200');
  });

  it('of columns is counted by its delimiter; an empty one behind the last is none', () => {
    const overseas = layoutOf('overseas-stock');
    const [record] = recordsOf('nasmst.cod');
    const read = recordReader(overseas);
    expect(isFault(read(Buffer.concat([record!, Buffer.from('\t')])))).toBe(false);
    expect(read(Buffer.concat([record!, Buffer.from('\tX')]))).toMatchObject({
      code: 'MASTER_ROW_FIELDS',
      params: { found: 25, wanted: 24 },
    });
  });
});
