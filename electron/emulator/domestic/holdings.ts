/** What the account holds with its average prices, as the firm's executions tell. Purchase amounts are without costs, as the broker shows them. */
import type { InstrumentId, LoanMoney, OrderCredit } from '#shared/domain/index.ts';
import { ownPart } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';
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
  /** Bought with a loan of that day; null: in cash. */
  readonly loan: { readonly date: SessionDate; readonly money: LoanMoney } | null;
  /** Won lent for it and not repaid. */
  debt: number;
}

export interface Totals {
  bought: number;
  sold: number;
  boughtQty: number;
  soldQty: number;
  /** Commission and tax together, and the tax of it. */
  costs: number;
  tax: number;
  profit: number;
}

/** A day's trades of the account. */
export interface DayTotals extends Totals {
  readonly date: SessionDate;
}

/** A day's trades in one issue, with what was left after them. */
export interface IssueDay extends DayTotals {
  readonly instrumentId: InstrumentId;
  readonly loan: Held['loan'];
  leftQty: number;
  /** Won paid for what was sold, without costs. */
  soldCost: number;
}

/** The account's trades, put together. */
export interface Books {
  readonly held: readonly Held[];
  readonly days: readonly DayTotals[];
  readonly issueDays: readonly IssueDay[];
}

const nothing = (): Totals => ({ bought: 0, sold: 0, boughtQty: 0, soldQty: 0, costs: 0, tax: 0, profit: 0 });

function book(held: Held, { side, price, quantity }: ExchangeExecution): number {
  const value = price * quantity;
  if (side === 'buy') {
    held.quantity += quantity;
    held.cost += value;
    if (held.loan) held.debt += value - ownPart(krw(value));
    return 0;
  }
  held.debt -= held.quantity === 0 ? 0 : Math.ceil((held.debt * quantity) / held.quantity);
  const share = held.quantity === 0 ? 0 : Math.round((held.cost * quantity) / held.quantity);
  held.quantity -= quantity;
  held.cost -= share;
  return value - share;
}

/** The loan that an order on credit makes or repays; null: in cash. */
function loanOf(credit: OrderCredit | undefined, date: SessionDate): Held['loan'] {
  if (!credit) return null;
  const { money, loanDate } = credit;
  return { money, date: loanDate !== null && isSessionDate(loanDate) ? loanDate : date };
}

/** Everything that was traded, by issue and by day. */
export function booksOf(ground: Ground): Books {
  const untraded = () => ({ boughtToday: 0, soldToday: 0, boughtBefore: 0, soldBefore: 0, today: nothing() });
  const cash = () => ({ loan: null, debt: 0 });
  const byId = new Map<string, Held>(
    ground.opening.map(({ instrumentId, quantity, costKrw: cost }) => [
      instrumentId,
      { instrumentId, quantity, cost, ...untraded(), ...cash() },
    ]),
  );
  const days: DayTotals[] = [];
  const issueDays: IssueDay[] = [];
  const dates = ground.days();
  const [today, yesterday] = [dates.at(-1), dates.at(-2)];
  for (const date of dates) {
    const total: DayTotals = { date, ...nothing() };
    const charged = new Map<string, { readonly costs: number; readonly tax: number }>();
    const byIssue = new Map<string, IssueDay>();
    const credits = new Map(
      ground.simulator.orders(ground.accountId, date).map(({ brokerOrderNo, credit }) => [brokerOrderNo, credit]),
    );
    for (const each of ground.simulator.executions(ground.accountId, date)) {
      const { instrumentId, side, price, quantity, brokerOrderNo } = each;
      const loan = loanOf(credits.get(brokerOrderNo), date);
      const key = loan ? `${instrumentId} ${loan.date} ${loan.money}` : instrumentId;
      let held = byId.get(key);
      if (!held) byId.set(key, (held = { instrumentId, quantity: 0, cost: 0, ...untraded(), loan, debt: 0 }));
      const profit = book(held, each);
      const soFar = { costs: each.cumulativeCommissionKrw + each.cumulativeTaxKrw, tax: each.cumulativeTaxKrw };
      const before = charged.get(brokerOrderNo) ?? { costs: 0, tax: 0 };
      charged.set(brokerOrderNo, soFar);
      const own = byIssue.get(key) ?? { date, instrumentId, loan, leftQty: 0, soldCost: 0, ...nothing() };
      byIssue.set(key, own);
      own.leftQty = held.quantity;
      if (side === 'sell') own.soldCost += price * quantity - profit;
      for (const sums of date === today ? [total, own, held.today] : [total, own]) {
        sums[side === 'buy' ? 'bought' : 'sold'] += price * quantity;
        sums[side === 'buy' ? 'boughtQty' : 'soldQty'] += quantity;
        sums.costs += soFar.costs - before.costs;
        sums.tax += soFar.tax - before.tax;
        sums.profit += profit;
      }
      if (date === today) held[side === 'buy' ? 'boughtToday' : 'soldToday'] += quantity;
      else if (date === yesterday) held[side === 'buy' ? 'boughtBefore' : 'soldBefore'] += quantity;
    }
    days.push(total);
    issueDays.push(...byIssue.values());
  }
  return { held: [...byId.values()], days, issueDays };
}
