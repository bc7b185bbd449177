/** Instruments out of master rows: each kind with what its file tells, what cannot be traded left out, kept until an import. */
import { describe, expect, it } from 'vitest';
import { Issues } from '#core/app/issues.ts';
import { FOREIGN_LISTING } from '#core/market/index.ts';
import { CandleStore } from '#core/storage/index.ts';
import { Instrument } from '#shared/domain/index.ts';
import { masterRoom, stocks, writeMaster } from '#test/support/master-room.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const TENCENT = { symb: '00700', knam: '텐센트', enam: 'TENCENT', stis: '2', curr: 'HKD', bnit: '200', anit: '200' };
const FUND = {
  symb: '08888',
  knam: '추적펀드',
  enam: 'TRACKER FUND',
  stis: '3',
  curr: 'HKD',
  bnit: '500',
  anit: '500',
};
const WARRANT = {
  symb: '12345',
  knam: '만든워런트',
  enam: 'WARRANT',
  stis: '4',
  curr: 'HKD',
  bnit: '1000',
  anit: '1000',
};
const NO_LOT = { symb: '00005', knam: '만든은행', enam: 'BANK', stis: '2', curr: 'HKD', bnit: '', anit: '' };
const KOSPI200 = { unas_shrn_iscd: '2001', unas_kor_name: 'KOSPI200' };
const SAMSUNG = { unas_shrn_iscd: '005930', unas_kor_name: '삼성전자' };
const BOND = { stnd_iscd: 'KR103502GA34', sname: '국고채권 만든 3년', rdmp_date: '20280610', lstn_date: '20250610' };

/** As the files write them. */
const FILES = {
  'hksmst.cod': [TENCENT, FUND, WARRANT, NO_LOT],
  'bond_code.mst': [
    { ...BOND, type: 'C0', bond_cls_code: 'GA', srfc_intrt: '' },
    { ...BOND, type: 'A0', bond_cls_code: 'GA', srfc_intrt: '3.25' },
    { stnd_iscd: 'KR6000001A11', sname: '만든회사채', type: 'A0', rdmp_date: '00000000', srfc_intrt: '00003250' },
  ],
  'fo_idx_code_mts.mst': [
    { info_type: '1', shrn_iscd: 'A01612', kor_name: 'F 202612', acpr: '00000.00', mmsc_cls_code: '1', ...KOSPI200 },
    { info_type: '1', shrn_iscd: '101000', kor_name: 'F 연결', acpr: '00000.00', mmsc_cls_code: '0', ...KOSPI200 },
    {
      info_type: '2',
      shrn_iscd: 'D01612703',
      kor_name: 'SP 2612-2703',
      acpr: '00000.00',
      mmsc_cls_code: ' ',
      ...KOSPI200,
    },
    {
      info_type: '5',
      shrn_iscd: 'B01612747',
      kor_name: 'C 202612   747.5',
      acpr: '00747.50',
      mmsc_cls_code: ' ',
      ...KOSPI200,
    },
    {
      info_type: 'B',
      shrn_iscd: 'A05612',
      kor_name: '미니F 202612',
      acpr: '00000.00',
      mmsc_cls_code: '1',
      ...KOSPI200,
    },
  ],
  'fo_stk_code_mts.mst': [
    {
      info_type: '1',
      shrn_iscd: 'A11612',
      kor_name: '삼성전자   F 202612 (  10)',
      acpr: '0.00',
      mmsc_cls_code: '1',
      ...SAMSUNG,
    },
    {
      info_type: '6',
      shrn_iscd: 'C11612065',
      kor_name: '삼성전자   P 202612  65,000(  10)',
      acpr: '65000.00',
      mmsc_cls_code: ' ',
      ...SAMSUNG,
    },
  ],
  'kospi_code.mst': stocks(2),
} as const;

async function filled() {
  const stand = masterRoom();
  const folder = tempFolder();
  for (const [file, rows] of Object.entries(FILES)) await stand.take(writeMaster(folder, file, rows));
  return { ...stand, source: folder };
}

describe('instruments out of master rows', () => {
  it('have what the file of their kind tells, and nothing guessed', async () => {
    const { room } = await filled();
    const known = (id: string): Instrument => Instrument.parse(room.instrument(id));
    expect(known('SEHK:00700')).toMatchObject({
      nameKo: '텐센트',
      nameEn: 'TENCENT',
      market: 'HKEX',
      currency: 'HKD',
      lotSize: 200,
      basePrice: 0,
      priceScale: 4,
    });
    expect(known('SEHK:08888').product).toBe('etp');
    expect(known('SEHK:00005').lotSize).toBe(0);
    expect(known('BOND:KR103502GA34')).toMatchObject({
      nameKo: '국고채권 만든 3년',
      maturity: '2028-06-10',
      couponPpm: 32_500,
    });
    expect(known('BOND:KR6000001A11')).toMatchObject({ maturity: null, couponPpm: null });
    expect(known('KRXF:A01612')).toMatchObject({
      nameKo: '코스피200 선물 202612',
      kind: 'future',
      strike: null,
      family: 'index',
    });
    expect(known('KRXF:B01612747')).toMatchObject({
      nameKo: '코스피200 콜 202612 747.5',
      kind: 'call',
      strike: 74_750,
      underlyingKo: 'KOSPI200',
    });
    expect(known('KRXF:A05612').nameKo).toBe('미니코스피200 선물 202612');
    expect(known('KRXJ:A11612').nameKo).toBe('삼성전자 선물 202612 (10)');
    expect(known('KRXJ:C11612065')).toMatchObject({ kind: 'put', strike: 6_500_000, underlyingKo: '삼성전자' });
  });

  it('leave out what nobody can trade, and what is in no file', async () => {
    const { room } = await filled();
    for (const id of ['SEHK:12345', 'KRXF:101000', 'KRXF:D01612703', 'KRXC:A65612', 'NASD:AAPL', 'KRX:100000'])
      expect([id, room.instrument(id)]).toEqual([id, undefined]);
  });

  it('are found by what is typed, in Korean, initials or as the broker writes them, each once', async () => {
    const { room } = await filled();
    const found = (query: string) => room.searchIssues(query, 8);
    expect(await found('국고채권')).toEqual(['BOND:KR103502GA34']);
    expect(await found('ㅋㅅㅍ200ㅋ')).toEqual(['KRXF:B01612747']);
    expect(await found('C 202612 747')).toEqual(['KRXF:B01612747']);
    expect(await found('삼성전자 풋')).toEqual(['KRXJ:C11612065']);
    expect(await found('ㅌㅅㅌ')).toEqual(['SEHK:00700']);
    expect(await found('100001')).toEqual(['KRX:100001']);
  });

  it('join what is listed, give Hong Kong its lot, and follow an import', async () => {
    const { room, source } = await filled();
    const candles = CandleStore.open(`${tempFolder()}/candles.db`);
    const without = new Issues(candles, FOREIGN_LISTING);
    const issues = new Issues(candles, FOREIGN_LISTING, room);
    expect([without.find('SEHK:00700')?.lotSize, issues.find('SEHK:00700')?.lotSize]).toEqual([0, 200]);
    expect(issues.find('KRX:100000')?.nameKo).toBe('만든종목0');
    expect(issues.find('BOND:KR103502GA34')?.nameKo).toBe('국고채권 만든 3년');
    expect(issues.find('BOND:KR999999AA99')).toBeUndefined();
    expect(issues.all).toHaveLength(without.all.length + 2);
    await room.importFiles([{ path: writeMaster(source, 'hksmst.cod', [{ ...TENCENT, bnit: '400' }]) }]);
    issues.refresh();
    expect([issues.find('SEHK:00700')?.lotSize, issues.find('SEHK:08888')]).toEqual([400, undefined]);
    candles.close();
  });
});
