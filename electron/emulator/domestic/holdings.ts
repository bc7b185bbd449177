/** What the account holds with its average prices, as the firm's executions tell. Purchase amounts are without costs, as the broker shows them. */
import type { InstrumentId } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { ExchangeExecution } from '../../simulator/index.ts';
import type { Ground } from '../ground.ts';

export interface Held {
  readonly instrumentId: InstrumentId;
  quantity: number;
  /** Won paid for what is held, without costs. */
  cost: number;
  /** Today's and yesterday's trades. */
  boughtToday: number;
  soldToday: number;
  boughtBefore: number;
  soldBefore: number;
  /** Won of today's trades and costs, and the profit of today's sales before costs. */
  readonly today: Totals;
}

export interface Totals {
  bought: number;
  sold: number;
  costs: number;
  profit: number;
}

/** A day's trades of the account. */
export interface DayTotals extends Totals {
  readonly date: SessionDate;
}

/** The account's trades, put together. */
export interface Books {
  readonly held: readonly Held[];
  readonly days: readonly DayTotals[];
}

const nothing = (): Totals => ({ bought: 0, sold: 0, costs: 0, profit: 0 });

function book(held: Held, { side, price, quantity }: ExchangeExecution): number {
  const value = price * quantity;
  if (side === 'buy') {
    held.quantity += quantity;
    held.cost += value;
    return 0;
  }
  const share = held.quantity === 0 ? 0 : Math.round((held.cost * quantity) / held.quantity);
  held.quantity -= quantity;
  held.cost -= share;
  return value - share;
}

/** Everything that was traded, by issue and by day. */
export function booksOf(ground: Ground): Books {
  const untraded = () => ({ boughtToday: 0, soldToday: 0, boughtBefore: 0, soldBefore: 0, today: nothing() });
  const byId = new Map<InstrumentId, Held>(
    ground.opening.map(({ instrumentId, quantity, costKrw: cost }) => [
      instrumentId,
      { instrumentId, quantity, cost, ...untraded() },
    ]),
  );
  const days: DayTotals[] = [];
  const dates = ground.days();
  const [today, before] = [dates.at(-1), dates.at(-2)];
  for (const date of dates) {
    const total: DayTotals = { date, ...nothing() };
    const charged = new Map<string, number>();
    for (const each of ground.simulator.executions(ground.accountId, date)) {
      const { instrumentId, side, price, quantity, brokerOrderNo } = each;
      let held = byId.get(instrumentId);
      if (!held) {
        byId.set(instrumentId, (held = { instrumentId, quantity: 0, cost: 0, ...untraded() }));
      }
      const profit = book(held, each);
      const soFar = each.cumulativeCommissionKrw + each.cumulativeTaxKrw;
      const costs = soFar - (charged.get(brokerOrderNo) ?? 0);
      charged.set(brokerOrderNo, soFar);
      for (const sums of date === today ? [total, held.today] : [total]) {
        if (side === 'buy') sums.bought += price * quantity;
        else sums.sold += price * quantity;
        sums.costs += costs;
        sums.profit += profit;
      }
      if (date === today) held[side === 'buy' ? 'boughtToday' : 'soldToday'] += quantity;
      else if (date === before) held[side === 'buy' ? 'boughtBefore' : 'soldBefore'] += quantity;
    }
    days.push(total);
  }
  return { held: [...byId.values()], days };
}
