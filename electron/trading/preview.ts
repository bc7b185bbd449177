/** What a draft would cost and what the guard would say of it; sends nothing. */
import {
  GUARD_RULES,
  closingQuantity,
  countedPrice,
  fittingQuantity,
  isOption,
  loanSellable,
  notionalQuantity,
  openableQuantity,
} from '#shared/domain/index.ts';
import type { GuardFacts, IssueFacts } from '#shared/domain/index.ts';
import { envelope } from '#shared/errors/index.ts';
import { daysLeft, derivativeTerms, isSettledByDifference, valueOf } from '#shared/market/index.ts';
import type { OrderPreview } from '#shared/contract/index.ts';
import type { Guard, OrderDraft } from './guard.ts';
import { termsFor } from './issue-terms.ts';
import { reasonOf } from './order-record.ts';

/** The preview of a draft at the instant `now` (wall time), behind the drafts that would be sent before it. */
export function previewOf(
  guard: Guard,
  draft: OrderDraft,
  now: number,
  ahead: readonly OrderDraft[] = [],
): OrderPreview {
  const { facts, denial, warnings } = guard.judgeDraft(draft, now, ahead);
  const told = {
    denial: denial ? reasonOf(denial.code, denial.params) : null,
    rules: GUARD_RULES,
    warnings: warnings.map(({ code, params }) => envelope(code, params).messageKo),
    ...contractOf(draft, facts),
  };
  const { issue } = facts;
  const price = issue ? countedPrice(draft, issue) : 0;
  // An absurd quantity is denied above; its cost is not worked out.
  if (!issue || price === 0 || draft.quantity > notionalQuantity(facts, issue, price)) {
    const nothing = { amountKrw: 0, commissionKrw: 0, taxKrw: 0, totalKrw: 0, settlementDate: null, maxQuantity: 0 };
    return {
      ...told,
      ...nothing,
      buyingPowerAfterKrw: facts.powerKrw,
      ...(issue && price > 0 ? { maxQuantity: maxQuantity(draft, facts, { issue, price }) } : {}),
    };
  }
  const amount = valueOf(draft.instrumentId, price, draft.quantity);
  const terms = termsFor(issue);
  const { commission, tax } = terms.charges({ side: draft.side, amount, quantity: draft.quantity });
  const costs = commission + tax;
  // Nothing is paid for a future and nothing got for it: its costs only.
  const paid = isSettledByDifference(draft.instrumentId) ? 0 : amount;
  const total = draft.side === 'buy' ? paid + costs : paid - costs;
  return {
    ...told,
    amountKrw: amount,
    commissionKrw: commission,
    taxKrw: tax,
    totalKrw: total,
    settlementDate: terms.settlement(),
    // On margin a purchase uses its margin only; one without a price holds more than it is likely to cost.
    buyingPowerAfterKrw:
      draft.side === 'buy'
        ? facts.powerKrw - Math.min(total, facts.cashFor(draft.quantity))
        : facts.powerKrw + (told.contract ? Math.min(0, total) : total),
    maxQuantity: maxQuantity(draft, facts, { issue, price }),
  };
}

function maxQuantity(
  draft: OrderDraft,
  facts: ReturnType<Guard['judgeDraft']>['facts'],
  { issue, price }: { readonly issue: IssueFacts; readonly price: number },
): number {
  const { settings, exchangeQuantityCap } = facts;
  const cap = Math.min(
    settings.quantityCap,
    exchangeQuantityCap ?? settings.quantityCap,
    notionalQuantity(facts, issue, price),
  );
  if (facts.openable !== undefined) return openableQuantity(draft, facts, issue, cap);
  if (draft.credit) {
    const most = draft.side === 'buy' ? facts.credit?.openable : loanSellable(draft, facts);
    return Math.min(cap, most ?? 0);
  }
  if (draft.side === 'sell') return Math.min(cap, Math.max(0, facts.held - facts.reserved));
  return fittingQuantity(facts, cap, facts.lot?.unit);
}

/** What a future or option is, what of the draft closes and opens, and what the broker lets be opened. */
function contractOf(draft: OrderDraft, facts: GuardFacts): Pick<OrderPreview, 'contract'> {
  const { issue } = facts;
  const terms = derivativeTerms(draft.instrumentId);
  if (terms === null || issue?.instrument.market !== 'KRX_DERIVATIVES') return {};
  const { lastDay, strike } = issue.instrument;
  const closes = closingQuantity(draft, facts);
  // A premium is paid in full: no answer about margin is needed for it.
  const isPremium = isOption(issue) && draft.side === 'buy';
  return {
    contract: {
      multiplierKrw: terms.multiplierKrw,
      lastDay,
      daysLeft: lastDay === null ? null : daysLeft(issue.sessionDate, lastDay),
      strike,
      closes,
      opens: draft.quantity - closes,
      openable: isPremium ? null : (facts.openable ?? null),
    },
  };
}
