/** What values mean, which file a name stands for, and how master facts are laid over what is known otherwise. */
import { describe, expect, it } from 'vitest';
import { masterLayouts } from '#core/catalogue/index.ts';
import { masterSpecs, specOfName, withMasters, type MasterIssue } from '#core/masters/index.ts';
import { fits, flagOf, kindOf, meaningOf, numberOf, wholeOf } from '#core/masters/field-kinds.ts';
import { baseOf } from '#core/masters/download.ts';
import { nextRun } from '#core/masters/nightly.ts';
import { keyOfId } from '#core/masters/search/symbols.ts';
import type { KrxInstrument } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { epochMs, kstInstant, sessionDate, timeOfDayMs } from '#shared/time/index.ts';

describe('files', () => {
  it('are 28 of 18 layouts, known packed or not, in any case and folder', () => {
    expect(masterSpecs()).toHaveLength(28);
    expect(new Set(masterSpecs().map(({ layout }) => layout.id)).size).toBe(18);
    expect(specOfName('KOSPI_CODE.MST.ZIP')?.id).toBe('kospi_code.mst');
    expect(specOfName('C:\\받은 파일\\nasmst.cod')?.title).toBe('해외 나스닥');
    expect(specOfName('memcode.mst')?.id).toBe('memcode.mst');
    expect(specOfName('kospi_code.csv')).toBeUndefined();
  });
});

describe('values', () => {
  it('have a kind in every layout', () => {
    const kinds = new Map(
      masterLayouts().masters.flatMap(({ fields }) => fields.map((field) => [field.name, kindOf(field)] as const)),
    );
    expect(kinds.get('stck_sdpr')).toBe('number');
    expect(kinds.get('trht_yn')).toBe('flag');
    expect(kinds.get('sSprdYN')).toBe('flag');
    expect(kinds.get('stck_lstn_date')).toBe('date');
    expect(kinds.get('mrkt_alrm_cls_code')).toBe('choice');
    expect(kinds.get('hts_kor_isnm')).toBe('text');
    expect(kinds.get('sFiller')).toBe('filler');
    expect(kinds.get('bstp_medm_div_code')).toBe('code');
  });

  it('are never made up: a blank is not zero and not false', () => {
    expect(numberOf('')).toBeNull();
    expect(numberOf(undefined)).toBeNull();
    expect(numberOf('-00012.50')).toBe(-12.5);
    expect(wholeOf('000063700')).toBe(63_700);
    expect(wholeOf('0.25')).toBeNull();
    expect(flagOf('')).toBeNull();
    expect([flagOf('Y'), flagOf('N'), flagOf('X')]).toEqual([true, false, null]);
    expect(fits('number', '12A')).toBe(false);
    expect(fits('date', '202612')).toBe(true);
  });

  it('mean what the layout says, by the type of the row where it depends on it', () => {
    const bond = masterLayouts().masters.find(({ id }) => id === 'bond')!;
    const kind = bond.fields.find(({ name }) => name === 'bond_cls_code')!;
    expect(meaningOf(kind, 'GA', 'A0')).toBe('국고채');
    expect(meaningOf(kind, '03', 'F9')).toBe('장내소액채권');
    expect(meaningOf(kind, 'ZZ', 'A0')).toBeNull();
    const options = masterLayouts().masters.find(({ id }) => id === 'ovs-options')!;
    const group = options.fields.find(({ name }) => name === 'sClasCd')!;
    expect(meaningOf(group, '001')).toBe('지수옵션');
  });

  it('name a row by file, variant and code, whatever the code holds', () => {
    expect(keyOfId('frgn_code.mst:X:FX@KRW')).toEqual({ file: 'frgn_code.mst', variant: 'X', code: 'FX@KRW' });
    expect(keyOfId('nasmst.cod::A:B')).toEqual({ file: 'nasmst.cod', variant: '', code: 'A:B' });
    expect(keyOfId('nasmst.cod')).toBeNull();
  });
});

describe('the address of a download', () => {
  it('is the official host, or one on this machine', () => {
    expect(baseOf(null).official).toBe(true);
    expect(baseOf('  ').official).toBe(true);
    expect(baseOf(masterLayouts().host).official).toBe(true);
    expect(baseOf('http://127.0.0.1:8123/')).toEqual({ url: 'http://127.0.0.1:8123', official: false });
  });

  it.each(['http://example.com', 'ftp://127.0.0.1', 'https://127.0.0.1@example.com', 'http://127.0.0.1/?to=x', 'x'])(
    'is never another: %s',
    (text) => {
      expect(() => baseOf(text)).toThrow(AppError);
    },
  );
});

describe('the next nightly run', () => {
  const at = (day: string, time: string) => kstInstant(sessionDate(day), timeOfDayMs(time));
  const on = { on: true, sinceTs: at('2026-11-20', '12:00'), doneTs: null, failed: null };
  const why = { code: 'MASTER_DOWNLOAD', messageKo: '', actionKo: '' };

  it('is never while it is off', () => {
    expect(nextRun({ ...on, on: false }, at('2026-11-21', '07:00'))).toBeNull();
  });

  it('is the next morning after it was switched on, not at once', () => {
    expect(nextRun(on, at('2026-11-20', '12:01'))).toBe(at('2026-11-21', '06:10'));
    expect(nextRun(on, at('2026-11-21', '06:09'))).toBe(at('2026-11-21', '06:10'));
  });

  it('is due for a night that was slept through, and done for the day after it came', () => {
    expect(nextRun(on, at('2026-11-23', '09:00'))).toBe(at('2026-11-23', '06:10'));
    const done = { ...on, doneTs: at('2026-11-23', '09:01') };
    expect(nextRun(done, at('2026-11-23', '09:02'))).toBe(at('2026-11-24', '06:10'));
  });

  it('comes later after each failure, and not again that day after the fourth', () => {
    const failed = (times: number) => ({ ...on, failed: { ts: at('2026-11-21', '06:11'), times, why } });
    const now = at('2026-11-21', '06:12');
    expect(nextRun(failed(1), now)).toBe(at('2026-11-21', '06:16'));
    expect(nextRun(failed(2), now)).toBe(at('2026-11-21', '06:31'));
    expect(nextRun(failed(3), now)).toBe(at('2026-11-21', '07:11'));
    expect(nextRun(failed(4), now)).toBe(at('2026-11-22', '06:10'));
    expect(nextRun(failed(4), epochMs(at('2026-11-22', '06:10')))).toBe(at('2026-11-22', '06:10'));
  });
});

describe('masters over what is known', () => {
  const known: KrxInstrument = {
    id: 'KRX:005930',
    code: '005930',
    nameKo: '삼성전자',
    nameEn: 'Samsung Electronics',
    market: 'KOSPI',
    priceScale: 0,
    lotSize: 1,
    basePrice: 60_000,
    listedShares: 5_919_637_922,
    suspended: false,
    kospi200: null,
    asOf: '2026-11-25',
  };
  const issue: MasterIssue = {
    code: '005930',
    nameKo: '삼성전자',
    market: 'KOSPI',
    product: 'stock',
    basePrice: 61_000,
    lotSize: 1,
    listedThousands: 5_919_637,
    suspended: true,
    kospi200: true,
    facts: {
      asOf: '2026-11-26',
      designations: ['alert'],
      marginPercent: 100,
      credit: false,
      sector: '전기전자',
      themes: ['반도체'],
    },
  };

  it('win where they are newer, and leave what they do not say', () => {
    expect(withMasters([known], [issue])[0]).toEqual({
      ...known,
      basePrice: 61_000,
      suspended: true,
      kospi200: true,
      asOf: '2026-11-26',
      master: issue.facts,
    });
  });

  it('of the same day or older change neither price nor suspension', () => {
    const old = { ...issue, facts: { ...issue.facts, asOf: '2026-11-25' } };
    expect(withMasters([known], [old])[0]).toEqual({ ...known, kospi200: true, master: old.facts });
  });

  it('with blanks leave everything as it was', () => {
    const blank = { ...issue, basePrice: null, suspended: null, kospi200: null, listedThousands: null };
    expect(withMasters([known], [blank])[0]).toEqual({ ...known, master: issue.facts });
  });

  it('add an issue that nobody knew, but none without a base price', () => {
    const other = { ...issue, code: '000001', product: 'etp' as const };
    const [added] = withMasters([known], [other]);
    expect(added).toMatchObject({ id: 'KRX:000001', product: 'etp', listedShares: 5_919_637_000, nameEn: null });
    expect(withMasters([known], [{ ...other, basePrice: null }])).toHaveLength(1);
  });
});
