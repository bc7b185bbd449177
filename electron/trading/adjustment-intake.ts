/** Corporate actions on what is held: the broker's notice of one, brought into the desk's own books. */
import { codeOf } from '#shared/domain/index.ts';
import { groupDigits } from '#shared/errors/index.ts';
import { mulDiv } from '#shared/num/index.ts';
import type { BrokerAdjustment } from '../broker/index.ts';
import type { Step } from './step.ts';

/** known: nothing new · taken: recorded · gap: the desk holds another quantity than the broker said it changed. */
export type AdjustmentOutcome = 'known' | 'taken' | 'gap';

/** The part of our cost that `theirs` is of the broker's; the two may differ by a won of rounding. */
function shareOf(ours: number, theirs: { readonly part: number; readonly whole: number }): number {
  return theirs.whole === 0 ? theirs.part : mulDiv(ours, theirs.part, theirs.whole, 'halfUp');
}

/** What came besides the units of the issue itself, as an alert ends: ", 단수주 대금 1,600원". */
function moreKo({ cashKrw, incomeKrw, other, action }: BrokerAdjustment): string {
  const parts = [''];
  if (other) parts.push(`${codeOf(other.instrumentId)} ${groupDigits(other.quantity)}주`);
  if (cashKrw > 0) parts.push(`${action.kind === 'rights' ? '신주인수권' : '단수주'} 대금 ${groupDigits(cashKrw)}원`);
  if (incomeKrw > 0) parts.push(`세후 ${groupDigits(incomeKrw)}원`);
  return parts.join(', ');
}

/** The user hears of it: another quantity is held today, or money came. */
function tell(step: Step, adjustment: BrokerAdjustment): void {
  const { instrumentId, reasonKo: what, before, after, cashKrw, incomeKrw, other } = adjustment;
  const code = codeOf(instrumentId);
  if (before.quantity === after.quantity && !other) {
    step.alert('info', 'HOLDING_PAID', { code, what, quantity: after.quantity, paid: cashKrw + incomeKrw });
    return;
  }
  const quantities = { before: before.quantity, after: after.quantity };
  step.alert('caution', 'HOLDING_ADJUSTED', { code, what, ...quantities, more: moreKo(adjustment) });
}

/**
 * Takes an adjustment in, once. What the cost loses that no cash and no other units came for is a loss, and the other
 * way round: so equity less starting cash stays realised plus unrealised to the won. `reconciled`: it was asked for.
 */
export function takeAdjustment(step: Step, adjustment: BrokerAdjustment, reconciled: boolean): AdjustmentOutcome {
  const { accountId, adjustmentNo, instrumentId, before, after, cashKrw, incomeKrw } = adjustment;
  const book = step.state.book(accountId);
  if (book.adjustments.has(adjustmentNo)) return 'known';
  const held = book.holding(instrumentId);
  if (held.quantity !== before.quantity) return 'gap';
  const whole = before.costKrw;
  const other = adjustment.other && {
    ...adjustment.other,
    costKrw: shareOf(held.costKrw, { part: adjustment.other.costKrw, whole }),
  };
  const gone = whole - after.costKrw - (adjustment.other?.costKrw ?? 0);
  const goneKrw = shareOf(held.costKrw, { part: gone, whole });
  step.emit({
    kind: 'holdingAdjusted',
    accountId,
    adjustmentNo,
    instrumentId,
    action: adjustment.action,
    reasonKo: adjustment.reasonKo,
    quantityBefore: before.quantity,
    quantity: after.quantity,
    costKrw: held.costKrw - goneKrw - (other?.costKrw ?? 0),
    cashKrw,
    incomeKrw,
    realisedKrw: cashKrw + incomeKrw - goneKrw,
    other,
    exchangeTs: adjustment.exchangeTs,
    sessionDate: adjustment.sessionDate,
    reconciled,
    ts: step.now,
  });
  tell(step, adjustment);
  return 'taken';
}
