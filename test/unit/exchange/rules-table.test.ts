/** The table of rules: every row names a rule and its article, and is played on the exchange or asked of the rule functions. */
import { describe, expect, it } from 'vitest';
import { AUCTION_ROWS } from '#test/fixtures/rules/auctions.ts';
import { CODE_ROWS } from '#test/fixtures/rules/codes.ts';
import { CONTINUOUS_ROWS } from '#test/fixtures/rules/continuous.ts';
import { DAY_ROWS } from '#test/fixtures/rules/days.ts';
import { HALT_ROWS } from '#test/fixtures/rules/halts.ts';
import { VI_ROWS } from '#test/fixtures/rules/interruptions.ts';
import { MONEY_ROWS } from '#test/fixtures/rules/money.ts';
import { PRICE_ROWS } from '#test/fixtures/rules/prices.ts';
import { VALIDATION_ROWS } from '#test/fixtures/rules/validation.ts';

const TABLE = {
  가격: PRICE_ROWS,
  '날과 시간': DAY_ROWS,
  주문유형: CODE_ROWS,
  접속매매: CONTINUOUS_ROWS,
  단일가매매: AUCTION_ROWS,
  거부: VALIDATION_ROWS,
  변동성완화장치: VI_ROWS,
  '중단과 안정': HALT_ROWS,
  '비용과 권리': MONEY_ROWS,
} as const;
const ALL = Object.values(TABLE).flat();

for (const [part, rows] of Object.entries(TABLE)) {
  describe(part, () => {
    it.each(rows.map((row) => [row.name, row.source, row] as const))('%s [%s]', (_name, _source, row) => row.check());
  });
}

describe('the table', () => {
  it('has at least 120 rows', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(120);
  });

  it('names no rule twice', () => {
    const names = ALL.map((row) => row.name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('cites a source in every row', () => {
    expect(ALL.filter(({ source }) => !/^([RKBNXDTGSCF]\d?\b)/u.test(source)).map(({ name }) => name)).toEqual([]);
  });
});
