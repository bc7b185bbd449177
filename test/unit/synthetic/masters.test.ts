/** Master files byte by byte: widths in cp949, the listing inside, and archives that open. */
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { masterLayouts } from '#core/catalogue/index.ts';
import { masterFile, masterFileNames } from '#core/emulator/synthetic/index.ts';
import { cp949Field, toCp949 } from '#core/emulator/synthetic/masters/cp949.ts';
import { standardCode } from '#core/emulator/synthetic/masters/master-rows.ts';
import { BUNDLED } from '#core/market/index.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('euc-kr').decode(bytes);
const recordsOf = (bytes: Buffer): Buffer[] => {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    records.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return records;
};

describe('cp949', () => {
  it('writes what the decoder reads', () => {
    const text = '삼성전자 LG생활건강우 ①㈜';
    expect(decode(toCp949(text))).toBe(text);
    expect(decode(toCp949('😀'))).toBe('?');
  });

  it('knows the syllables that EUC-KR does not', () => {
    expect(toCp949('뷁똠갂힣').toString('hex')).toBe('94ee8c638141c652');
    const all = Array.from({ length: 0xd7a3 - 0xac00 + 1 }, (_, i) => String.fromCharCode(0xac00 + i)).join('');
    expect(toCp949(all)).toHaveLength(2 * all.length);
    expect(toCp949(all).includes('?')).toBe(false);
  });

  it('fills a field to its width and never cuts a letter in two', () => {
    expect(decode(cp949Field('삼성', 6))).toBe('삼성  ');
    expect(decode(cp949Field('삼성전', 5))).toBe('삼성 ');
    expect(cp949Field('삼성전', 5)).toHaveLength(5);
  });
});

describe('standard codes', () => {
  it('have the check digit of the real ones', () => {
    expect(standardCode('005930')).toBe('KR7005930003');
    expect(standardCode('000660')).toBe('KR7000660001');
  });
});

describe('a master file', () => {
  const kospi = BUNDLED.filter(({ market }) => market === 'KOSPI');

  it('holds every listed issue of its market in records of 288 bytes', () => {
    const file = masterFile('kospi_code.mst', BUNDLED);
    const records = recordsOf(file!);
    expect(records).toHaveLength(kospi.length);
    for (const [place, record] of records.entries()) {
      expect(record).toHaveLength(288);
      expect(decode(record.subarray(0, 9)).trim()).toBe(kospi[place]!.code);
      expect(decode(record.subarray(21, 61)).trim()).toBe(kospi[place]!.nameKo);
    }
  });

  it('reads back as the usual readers cut it: name before the last 227 bytes of letters', () => {
    const line = decode(recordsOf(masterFile('kospi_code.mst', BUNDLED)!).find((record) => record.includes('005930'))!);
    const front = line.slice(0, line.length - 227);
    expect([front.slice(0, 9).trim(), front.slice(9, 21), front.slice(21).trim()]).toEqual([
      '005930',
      'KR7005930003',
      '삼성전자',
    ]);
  });

  it('comes packed under the name with .zip', () => {
    const plain = masterFile('kosdaq_code.mst', BUNDLED)!;
    const zip = masterFile('kosdaq_code.mst.zip', BUNDLED)!;
    expect(zip.readUInt32LE(0)).toBe(0x04034b50);
    const name = zip.readUInt16LE(26);
    expect(zip.subarray(30, 30 + name).toString()).toBe('kosdaq_code.mst');
    const packed = zip.subarray(30 + name, 30 + name + zip.readUInt32LE(18));
    expect(inflateRawSync(packed)).toEqual(plain);
    expect(zip.readUInt32LE(zip.length - 22)).toBe(0x06054b50);
    expect(masterFile('kosdaq_code.mst.zip', BUNDLED)).toEqual(zip);
  });

  it('is there for every layout, each record as long as the layout says', () => {
    expect(masterFileNames()).toHaveLength(28);
    for (const layout of masterLayouts().masters) {
      const names = layout.file === undefined ? layout.files!.map(({ file }) => file) : [layout.file];
      for (const name of names) {
        const records = recordsOf(masterFile(name, BUNDLED)!);
        const width = layout.fields.reduce((sum, field) => sum + (field.width ?? 0), 0);
        for (const record of records) {
          if (layout.format === 'fixed') expect(record.length, name).toBe(width);
          else expect(decode(record).split(layout.delimiter!), name).toHaveLength(layout.fields.length);
        }
      }
    }
  });

  it('of an American exchange names its issues by code, tab by tab', () => {
    const lines = recordsOf(masterFile('nasmst.cod', BUNDLED)!).map((record) => decode(record).split('\t'));
    expect(lines.find((line) => line[4] === 'AAPL')).toEqual(
      expect.arrayContaining(['US', 'NAS', 'DNASAAPL', '애플', 'USD', '230.0000']),
    );
    expect(recordsOf(masterFile('nysmst.cod', [])!).length).toBeGreaterThan(0);
  });

  it('is not there under another name', () => {
    expect(masterFile('other.mst', BUNDLED)).toBeNull();
    expect(masterFile('../kospi_code.mst', BUNDLED)).toBeNull();
  });
});
