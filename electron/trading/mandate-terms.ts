/** Whether the terms of a mandate can be kept: prices on a tick, something to sell, a day that has not passed, a price not reached already. */
import {
  codeOf,
  judgeTrade,
  productOf,
  type InstrumentId,
  type IssueFacts,
  type MandateTerms,
  type Position,
} from '#shared/domain/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import type { DeskState } from './desk-state.ts';
import type { MarketView } from './market-view.ts';
import { termsFor } from './issue-terms.ts';

interface Around {
  readonly market: MarketView;
  readonly state: DeskState;
  /** It protects what an entry will fill: nothing has to be held yet, and the price may still be anywhere. */
  readonly entry: boolean;
}

type Denial = { readonly code: ErrorCode; readonly params: ErrorParams };

/** The name of an issue, or its code. */
export function issueOf(market: MarketView, instrumentId: InstrumentId): string {
  return market.facts(instrumentId)?.instrument.nameKo ?? codeOf(instrumentId);
}

function offTick(issue: IssueFacts, price: number): Denial | null {
  const tick = termsFor(issue).tickAround(price);
  if (tick === null) return { code: 'GUARD_FOREIGN_RULES_UNKNOWN', params: {} };
  const { size, below, above } = tick;
  return below === price ? null : { code: 'MANDATE_TICK', params: { tick: size, below, above } };
}

/** Why the terms are refused; null: they can be kept. */
export function termsDenial(terms: MandateTerms, { market, state, entry }: Around): Denial | null {
  const { accountId, instrumentId, side, trigger, type, price, quantity, expires } = terms;
  const issue = market.facts(instrumentId);
  if (!issue) return { code: 'INSTRUMENT_UNKNOWN', params: { code: codeOf(instrumentId) } };
  if (!state.account(accountId)) return { code: 'ACCOUNT_UNKNOWN', params: { accountId } };
  if (expires < issue.sessionDate) return { code: 'MANDATE_PAST', params: { expires } };
  if ((type === 'limit') !== (price !== null)) return { code: 'MANDATE_PRICE', params: {} };
  const prices = [trigger.kind === 'price' ? trigger.price : null, price].filter((each) => each !== null);
  for (const each of prices) {
    const denial = offTick(issue, each);
    if (denial) return denial;
  }
  if (entry) return null;
  const held = state.holding(accountId, instrumentId).quantity;
  const closable = Math.max(0, side === 'sell' ? held : -held);
  const onlyCloses = side === 'sell' || productOf(instrumentId) === 'derivative';
  if (onlyCloses && quantity > closable) return { code: 'MANDATE_HELD', params: { held: closable } };
  if (trigger.kind === 'price' && issue.last !== null && judgeTrade({ side, trigger, extreme: null }, issue.last).fires)
    return { code: 'MANDATE_MET', params: { last: issue.last } };
  return null;
}

/** Units that a mandate may send: what it sells is held, and on futures and options it only closes. */
export function fireable(
  { instrumentId, side, quantity }: Pick<MandateTerms, 'instrumentId' | 'side' | 'quantity'>,
  position: Pick<Position, 'quantity' | 'sellable'>,
): number {
  if (side === 'buy' && productOf(instrumentId) !== 'derivative') return quantity;
  const closes = side === 'sell' ? position.quantity > 0 : position.quantity < 0;
  return closes ? Math.min(quantity, position.sellable) : 0;
}
