/** Inputs of sheets: what is refused, in words that say what to do, and what goes into the question. */
import { describe, expect, it } from 'vitest';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { inputsOf, questionOf, SHEETS, type Sheet } from '#shared/sheets/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const TODAY = sessionDate('2026-11-26');
const sheet = (id: string): Sheet => SHEETS.find((each) => each.id === id) as Sheet;
const refused = (id: string, values: Record<string, string>): string => {
  try {
    inputsOf(sheet(id), values, TODAY);
    return 'taken';
  } catch (error) {
    return JSON.stringify(error);
  }
};

describe('inputs', () => {
  it('begin as the sheet says, and take an issue in every way it is written', () => {
    expect(inputsOf(sheet('short-sales'), { issue: 'KRX:005930' }, TODAY)).toEqual({
      issue: 'KRX:005930',
      from: '20260927',
      to: '20261126',
    });
    for (const issue of ['005930', 'a005930', ' KRX:005930 '])
      expect(inputsOf(sheet('investors'), { issue }, TODAY)['issue']).toBe('KRX:005930');
    expect(inputsOf(sheet('overseas-now'), { issue: 'SEHK:00700' }, TODAY)).toEqual({ issue: 'HKS:00700' });
  });

  it('refuse what does not fit, and say what to do', () => {
    expect(refused('investors', {})).toContain('종목을 고르거나');
    expect(refused('investors', { issue: 'NASD:AAPL' })).toContain('국내 종목이 아닙니다');
    expect(refused('overseas-now', { issue: 'KRX:005930' })).toContain('해외 종목이 아닙니다');
    expect(refused('investors', { issue: '005930', venue: 'XX' })).toContain('목록에 있는 것');
    expect(refused('short-sales', { issue: '005930', from: '2026-13-01' })).toContain('날짜를');
    expect(refused('short-sales', { issue: '005930', from: '2026-11-20', to: '2026-11-01' })).toContain('종료일보다');
    expect(refused('bond-now', { code: '<script>' })).toContain('코드를');
    expect(refused('holidays', { other: '1' })).toContain('그런 입력이 없습니다');
  });

  it('go into every field of the question, in parts where a code has two', () => {
    const ask = (id: string, values: Record<string, string>): Record<string, string> => {
      const api = kisCatalogue().rest(sheet(id).api);
      return questionOf(sheet(id), {
        fields: api.request,
        pageKeys: [],
        htsId: 'user01',
        values: inputsOf(sheet(id), values, TODAY),
      });
    };
    expect(ask('market-investors', { market: 'KSQ:1001' })).toEqual({
      FID_INPUT_ISCD: 'KSQ',
      FID_INPUT_ISCD_2: '1001',
    });
    expect(ask('overseas-now', { issue: 'NASD:AAPL' })).toEqual({ AUTH: '', EXCD: 'NAS', SYMB: 'AAPL' });
    expect(ask('conditions', {})).toEqual({ user_id: 'user01' });
    expect(() =>
      questionOf(sheet('conditions'), {
        fields: [{ name: 'user_id', required: true }],
        pageKeys: [],
        htsId: null,
        values: {},
      }),
    ).toThrow('INPUT_INVALID');
  });
});
