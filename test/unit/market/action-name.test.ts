/** How corporate actions are named to the user. */
import { expect, it } from 'vitest';
import type { CorporateAction } from '#shared/domain/index.ts';
import { actionNameKo } from '#shared/market/index.ts';

it.each<[CorporateAction, string]>([
  [{ kind: 'split', from: 1, to: 5 }, '1:5 액면분할'],
  [{ kind: 'split', from: 10, to: 1 }, '10:1 액면병합'],
  [{ kind: 'capitalReduction', from: 5, to: 1 }, '5:1 감자'],
  [{ kind: 'bonus', old: 2, new: 1 }, '2주당 1주 무상증자'],
  [{ kind: 'stockDividend', old: 100, new: 3 }, '100주당 3주 주식배당'],
  [{ kind: 'rights', old: 10, new: 2, issuePrice: 50_000 }, '10주당 2주 유상증자(발행가 50,000원)'],
  [{ kind: 'relisting', appraisal: 1_234_500 }, '재상장(평가가격 1,234,500원)'],
  [{ kind: 'splitOff', from: 10, to: 7, appraisal: 900 }, '10:7 분할(평가가격 900원)'],
  [{ kind: 'newListing', offerPrice: 30_000 }, '신규 상장(공모가 30,000원)'],
  [{ kind: 'distribution', perUnit: 400 }, '1주당 400원 분배금'],
  [{ kind: 'cashDividend', perUnit: 361 }, '1주당 361원 현금배당'],
])('%j is %s', (action, name) => {
  expect(actionNameKo(action)).toBe(name);
});
