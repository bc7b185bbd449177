/** What the guard asks of whoever asks the broker about credit. */
import type { CreditFacts, GuardedOrder } from '#shared/domain/index.ts';

export interface CreditView {
  /** What was last told, while it is fresh; undefined: the account takes no orders on credit. Asks nothing. */
  facts(
    order: Pick<GuardedOrder, 'instrumentId' | 'side' | 'type' | 'timeInForce' | 'session' | 'price' | 'credit'> & {
      readonly accountId: string;
    },
  ): CreditFacts | undefined;
}
