/** An issue as it is listed on the day a corporate action takes effect. */
import type { CorporateAction } from '../../domain/index.ts';
import { nextBase } from '../../market/index.ts';
import { mulDiv } from '../../num/index.ts';
import type { SessionDate } from '../../time/index.ts';
import type { ListedIssue } from '../types.ts';

/** What changes an issue from one day to the next; prices in won. */
export interface DayChange {
  readonly date: SessionDate;
  /** Regular close of the day before; null where there was none. */
  readonly close: number | null;
  readonly actions: readonly CorporateAction[];
}

/** Listed shares after an action that changes their number at once; new units of other actions are listed later. */
function sharesAfter(shares: number, action: CorporateAction): number {
  if (action.kind !== 'split' && action.kind !== 'capitalReduction' && action.kind !== 'splitOff') return shares;
  return Math.max(1, mulDiv(shares, action.to, action.from, 'floor'));
}

/**
 * The listing of a day: its base price by the rule, the first-price band of a relisting, split-off or capital reduction,
 * the wide limits of a new listing. `basePrice` of `issue` is the base price of the day before.
 * @source resources/krx/corporate-actions.json
 */
export function listedAfter(issue: ListedIssue, { date, close, actions }: DayChange): ListedIssue {
  const { market, product, basePrice, listedShares } = issue;
  const { limits: _oldLimits, firstPrice: _oldBand, newListing: _wasNew, ...rest } = issue;
  const question = { market, basePrice, ...(product === undefined ? {} : { product }) };
  const base = nextBase({ issue: question, date, close, actions });
  return {
    ...rest,
    basePrice: base.basePrice,
    listedShares: listedShares === null ? null : actions.reduce(sharesAfter, listedShares),
    ...(base.firstPrice === null ? {} : { firstPrice: base.firstPrice }),
    ...(base.newListing ? { newListing: true } : {}),
  };
}
