/** When auction mode is over: its issue has left continuous trading since, and is back in it. */
import type { MarketHub } from '#core/market/index.ts';
import type { Desk } from '#core/trading/index.ts';
import type { InstrumentId } from '#shared/domain/index.ts';
import { isContinuous } from '#shared/time/index.ts';

export class AuctionEnds {
  /** Issues in auction mode that were seen outside continuous trading. */
  #away = new Set<InstrumentId>();

  /** Takes down what is over. Put up before an auction has begun it waits for it, or for the end of its threat. */
  review({ desk, hub }: { readonly desk: Desk; readonly hub: MarketHub }): void {
    const away = new Set<InstrumentId>();
    desk.protections.reviewAuctions((id) => {
      const issue = hub.facts(id);
      if (!issue) return undefined;
      if (!issue.halted && isContinuous(issue.krx.phase)) return this.#away.has(id) ? issue : undefined;
      away.add(id);
      return undefined;
    });
    this.#away = away;
  }
}
