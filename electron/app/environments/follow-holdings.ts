/** Keeps the data of what is held, and of what has an open order or a mandate, coming whether somebody looks at it or not. */
import type { MarketHub } from '#core/market/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { DeskDelta } from '#shared/contract/index.ts';
import { isOpen, isStanding, type InstrumentId } from '#shared/domain/index.ts';

export function followHoldings(desk: Pick<Desk, 'watch' | 'snapshot'>, hub: Pick<MarketHub, 'follow'>): () => void {
  const followed = new Map<InstrumentId, () => void>();
  /** Why an issue is followed: its open orders, and the accounts that hold it. */
  const reasons = new Map<InstrumentId, Set<string>>();
  const note = (id: InstrumentId, reason: string, holds: boolean): void => {
    const known = reasons.get(id) ?? new Set<string>();
    if (holds) known.add(reason);
    else known.delete(reason);
    reasons.set(id, known);
    if (known.size > 0 && !followed.has(id)) followed.set(id, hub.follow([id]));
    if (known.size > 0) return;
    followed.get(id)?.();
    followed.delete(id);
    reasons.delete(id);
  };
  const take = (deltas: readonly DeskDelta[]): void => {
    for (const delta of deltas) {
      if (delta.kind === 'order') {
        const { orderId, instrumentId, state } = delta.order;
        note(instrumentId, `order ${orderId}`, isOpen(state));
      } else if (delta.kind === 'position') {
        const { accountId, instrumentId, quantity } = delta.position;
        note(instrumentId, `held ${accountId}`, quantity !== 0);
      } else if (delta.kind === 'mandate') {
        const { mandateId, instrumentId, state } = delta.mandate;
        note(instrumentId, `mandate ${mandateId}`, isStanding(state));
      }
    }
  };
  take(desk.snapshot());
  const unwatch = desk.watch(take);
  return () => {
    unwatch();
    for (const stop of followed.values()) stop();
    followed.clear();
  };
}
