/** What is held abroad, with what was paid for it. */
import type { AbroadIssue } from './abroad-issues.ts';
import type { AbroadMarket } from './abroad-market.ts';

/** One holding. */
export interface Standing {
  readonly issue: AbroadIssue;
  readonly market: AbroadMarket;
  readonly quantity: number;
  readonly sellable: number;
  /** Paid without charges, scaled. */
  readonly cost: number;
  readonly worth: number;
  readonly boughtToday: number;
  readonly soldToday: number;
}

/** What is held, with what was paid for it: average cost without charges, from the orders' fills. */
export function standings(market: AbroadMarket): Standing[] {
  return market.holdings().flatMap(({ exchange, code, quantity, sellable }) => {
    const issue = market.issues.find((each) => each.exchange === exchange && each.symbol === code);
    if (!issue) return [];
    let [units, cost, boughtToday, soldToday] = [0, 0, 0, 0];
    for (const order of market.orders) {
      if (order.issue !== issue || order.filledQty === 0) continue;
      if (order.side === 'buy') {
        units += order.filledQty;
        cost += order.traded;
        if (order.date === market.date) boughtToday += order.filledQty;
      } else {
        cost -= units === 0 ? 0 : Math.round((cost * order.filledQty) / units);
        units -= order.filledQty;
        if (order.date === market.date) soldToday += order.filledQty;
      }
    }
    return [{ issue, market, quantity, sellable, cost, worth: market.last(issue) * quantity, boughtToday, soldToday }];
  });
}
