/** Every code of the broker has a sentence, a next step, and a path that raises it. */
import { describe, expect, it } from 'vitest';
import { codeError, codeFacts } from '#core/broker/kis/index.ts';
import file from '#resources/kis/error-codes.json' with { type: 'json' };
import { CATALOG, toEnvelope, type ErrorCode } from '#shared/errors/index.ts';
import { kisStand, refusal } from '#test/support/kis-stand.ts';

interface Entry {
  readonly code: string;
  readonly example?: string;
  readonly family: string;
  readonly ko: string;
  readonly action: string;
  readonly handling?: string;
  readonly order?: string;
  readonly own?: string;
  readonly text?: readonly string[];
  readonly source: string;
}
const EXACT: readonly Entry[] = file.codes;
const PATTERNS: readonly Entry[] = file.patterns;

/** Codes as the protocol facts list them; ranges by their ends and middle. @source KIS protocol facts, July 2026, sections 4 and 10 */
const FACTS = [
  ...['00001', '00002', '00003', '00004', '00101', '00102', '00103', '00104', '00105', '00106', '00110', '00115'],
  ...['00116', '00117', '00118', '00119', '00120', '00121', '00122', '00123', '00124', '00125', '00126', '00127'],
  ...['00128', '00129', '00130', '00131', '00132', '00133', '00201', '00202', '00203', '00204', '00205', '00206'],
  ...[
    '00207',
    '00208',
    '00209',
    '00210',
    '00211',
    '00212',
    '00213',
    '00215',
    '00300',
    '00301',
    '00302',
    '00303',
    '00304',
  ],
]
  .map((number) => `EGW${number}`)
  .concat(
    [
      '0001',
      '0002',
      '0003',
      '0004',
      '0005',
      '0006',
      '0007',
      '0008',
      '0009',
      '0010',
      '0011',
      '1002',
      '2000',
      '2001',
    ].map((number) => `OPSQ${number}`),
    ['2002', '2003', '3001', '3002', '3003', '3004', '9995', '9996', '9997', '9998', '9999'].map(
      (number) => `OPSQ${number}`,
    ),
    [
      '0002',
      '0003',
      '0007',
      '0008',
      '0009',
      '0010',
      '0011',
      '8991',
      '8992',
      '8993',
      '8994',
      '8995',
      '8996',
      '8997',
    ].map((number) => `OPSP${number}`),
    ['8998', '8999', '9990', '9991', '9992', '9993', '9994', '9995', '9996', '9997', '9998', '9999'].map(
      (number) => `OPSP${number}`,
    ),
    ['APBK0918', 'APBK0919', 'APBK0656', 'APBK1234', 'APBK1664', '40270000', 'MCA05918', 'MCA05762'],
  );

describe('the codes of the broker', () => {
  it.each(FACTS)('%s of the facts has words of its own', (code) => {
    const facts = codeFacts({ code, text: 'TEXT OF THE BROKER' });
    const { messageKo, actionKo } = toEnvelope(codeError(facts));
    expect(messageKo).toMatch(/[가-힣]/);
    expect(actionKo).toMatch(/[가-힣].*\.$/);
    expect(facts.action).not.toBe(file.unknown.action);
    if (facts.own === null) expect(messageKo).toContain(code);
  });

  it('are told apart from each other and tagged with their source', () => {
    const keys = [...EXACT, ...PATTERNS].map(({ code, text }) => `${code} ${text?.join() ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const entry of [...EXACT, ...PATTERNS]) {
      expect(Object.keys(file.tags), entry.code).toContain(entry.source);
      expect(['input', 'refused', 'unavailable', 'unknown'], entry.code).toContain(entry.family);
      expect(['none', 'retry', 'rate', 'ledger', 'token', 'guard'], entry.code).toContain(entry.handling ?? 'none');
      expect(['refused', 'unknown'], entry.code).toContain(entry.order ?? 'refused');
      expect(entry.ko, entry.code).toMatch(/(니다\.|\{text\})$/);
      expect(entry.action, entry.code).toMatch(/(요|니다)\.$/);
      if (entry.own !== undefined) expect(CATALOG[entry.own as ErrorCode], entry.code).toBeDefined();
    }
  });

  it.each(
    [...EXACT, ...PATTERNS].map((entry) => [entry.example ?? entry.code, entry.text?.[0] ?? 'X', entry] as const),
  )('%s (%s) comes out of a call as it is written', async (code, text, entry) => {
    const stand = kisStand({ limits: { tries: 1 } });
    stand.reply = () => refusal(code, text, 500);
    const call = { api: 'domestic-stock.inquire-price', params: {} };
    const failed = stand.rest.call(call).catch((error: unknown) => error);
    await stand.time.advance(1_000);
    // A refused token is asked for anew first, which the guard of a minute forbids here.
    const wanted =
      entry.handling === 'token'
        ? 'KIS_TOKEN_GUARD'
        : (entry.own ??
          { input: 'KIS_INPUT', refused: 'KIS_REFUSED', unavailable: 'KIS_UNAVAILABLE', unknown: 'KIS_UNKNOWN' }[
            entry.family
          ]);
    expect(await failed).toMatchObject({ code: wanted });
  });

  it.each([
    ['APBK0918', '장운영시간이 아닙니다.(주문불가)', 'EXCH_SESSION'],
    ['APBK0918', '장 종료 후에는 주문할 수 없습니다.', 'EXCH_SESSION'],
    ['APBK0918', '주문가능금액이 부족합니다. (예수금 부족)', 'EXCH_CASH'],
    ['APBK0918', '주문가능수량이 부족합니다.', 'EXCH_SELLABLE'],
    ['APBK0918', 'SOMETHING ELSE', null],
    ['EGW00213', '모의투자 TR 이 아닙니다.', null],
  ])('%s with “%s” is read by its text', (code, text, own) => {
    expect(codeFacts({ code, text }).own).toBe(own);
  });

  it('read the text of a refused order where the number says nothing, and only there', () => {
    const tick = { code: 'APBK5555', text: '호가 단위 오류입니다.' };
    expect(codeFacts({ ...tick, order: true }).own).toBe('EXCH_TICK');
    expect(codeFacts(tick).own).toBeNull();
    expect(codeFacts({ code: 'EGW00301', text: '장운영시간', order: true }).own).toBeNull();
    expect(codeFacts({ code: 'EGW99999', text: '장운영시간', order: true, status: 500 })).toMatchObject({
      order: 'unknown',
      own: null,
    });
    for (const { own } of file.orderTexts) expect(CATALOG[own as ErrorCode].family, own).toBe('refused');
  });

  it('show the broker’s own words where nothing is known, in one line and not too long', () => {
    const facts = codeFacts({ code: 'ZZZZ0001', text: `  계좌가\n  정지되었습니다.   ${'x'.repeat(500)}` });
    expect(facts.ko.startsWith('계좌가 정지되었습니다. x')).toBe(true);
    expect(facts.ko.length).toBeLessThanOrEqual(160);
    expect(codeError(facts)).toMatchObject({ code: 'KIS_REFUSED', params: { code: 'ZZZZ0001' } });
  });

  it('are the same in both shapes of an error', async () => {
    const stand = kisStand();
    stand.issue = () => ({
      status: 403,
      headers: {},
      body: Buffer.from('{"error_description":"유효하지 않은 AppSecret입니다.","error_code":"EGW00105"}'),
    });
    await expect(stand.rest.ensureToken()).rejects.toMatchObject({ code: 'KIS_INPUT', params: { code: 'EGW00105' } });
    const other = kisStand();
    other.issue = () => refusal('EGW00105', '유효하지 않은 AppSecret입니다.', 500);
    await expect(other.rest.ensureToken()).rejects.toMatchObject({ code: 'KIS_INPUT', params: { code: 'EGW00105' } });
  });
});
