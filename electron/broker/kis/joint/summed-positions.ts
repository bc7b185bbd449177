/** Holdings that the broker lists in several rows of one issue, as one position each. */
import type { InstrumentId } from '#shared/domain/index.ts';
import type { BrokerPosition } from '../../broker.ts';

export interface HeldRow {
  readonly instrumentId: InstrumentId;
  readonly quantity: number;
  readonly sellable: number;
  /** Minor units of the account's currency. */
  readonly cost: number;
  readonly end?: NonNullable<BrokerPosition['end']> | null;
}

/** One position an issue, in the order in which the issues first came. */
export function summedPositions(accountId: string, rows: readonly HeldRow[]): readonly BrokerPosition[] {
  const sums = new Map<InstrumentId, BrokerPosition>();
  for (const { instrumentId, quantity, sellable, cost, end } of rows) {
    const { quantity: q = 0, sellable: s = 0, costKrw: c = 0 } = sums.get(instrumentId) ?? {};
    const sum = { quantity: q + quantity, sellable: s + sellable, costKrw: c + cost };
    sums.set(instrumentId, { accountId, instrumentId, ...sum, ...(end ? { end } : {}) });
  }
  return [...sums.values()];
}
