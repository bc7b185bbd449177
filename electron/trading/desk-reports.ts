/** Reading the desk: lists, figures and the equity curve. Nothing here changes an order. */
import type { EQUITY_COLUMNS, Account, Fill, Order, Performance, Position } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import type { Columns } from '#shared/rpc/index.ts';
import type { DeskState } from './desk-state.ts';
import type { MarketView } from './market-view.ts';
import type { AskedSessions } from './inquiry.ts';
import { equityOf, ownCashKrw, type MarkPrice } from './performance.ts';
import type { Step } from './step.ts';

/** The equity curve as it travels. */
export type EquityColumns = Columns<(typeof EQUITY_COLUMNS)[number], { accountId: string }>;

interface ReportParts {
  readonly state: DeskState;
  readonly market: MarketView;
}

export class DeskReports {
  readonly #state: DeskState;
  /** Last price, else the base price, else none: then an issue is valued at its cost. */
  readonly #mark: MarkPrice;

  constructor({ state, market }: ReportParts) {
    this.#state = state;
    this.#mark = (instrumentId) => {
      const facts = market.facts(instrumentId);
      return facts?.last ?? facts?.base ?? null;
    };
  }

  accounts(): Account[] {
    return this.#state.accountIds().flatMap((accountId) => this.#state.account(accountId) ?? []);
  }

  /** Throws ACCOUNT_UNKNOWN. */
  account(accountId: string): Account {
    const account = this.#state.account(accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return account;
  }

  /** Newest first. */
  orders(query: { readonly accountId: string; readonly open: boolean; readonly limit: number }): Order[] {
    this.account(query.accountId);
    const records = query.open ? this.#state.openRecords() : [...this.#state.orders.values()];
    return records
      .map(({ order }) => order)
      .filter((order) => order.accountId === query.accountId)
      .slice(-query.limit)
      .reverse();
  }

  /** Newest first. */
  fills(query: { readonly accountId: string; readonly limit: number }): Fill[] {
    this.account(query.accountId);
    return this.#state.book(query.accountId).fills.slice(-query.limit).reverse();
  }

  /** Issues held, and those that were. */
  positions(accountId: string): Position[] {
    this.account(accountId);
    return this.#state.holdings(accountId).map(({ instrumentId }) => this.#state.position(accountId, instrumentId));
  }

  performance(accountId: string): Performance {
    const account = this.account(accountId);
    const { startingCashKrw } = account;
    const state = this.#state;
    const { totals, curve } = state.book(accountId);
    return totals.report({
      accountId,
      startingCashKrw,
      cashKrw: ownCashKrw(account),
      holdings: state.holdings(accountId),
      mark: this.#mark,
      curve,
    });
  }

  /** The recorded curve with the present as its last point; wall time in milliseconds and won. */
  equity(accountId: string, now: number): EquityColumns {
    const points = [
      ...this.#state.book(accountId).curve.points,
      { ts: now, equityKrw: this.#equityKrw(this.account(accountId)) },
    ];
    const columns = {
      ts: Float64Array.from(points, ({ ts }) => ts),
      equity: Float64Array.from(points, ({ equityKrw }) => equityKrw),
    };
    return { header: { accountId }, length: points.length, columns };
  }

  /** What is left to ask the broker about, by account. */
  askedSessions(): ReadonlyMap<string, AskedSessions> {
    const open = this.#state.openRecords().map(({ order }) => order);
    const of = (accountId: string): AskedSessions => {
      const { reconciledTo: since, askAgain } = this.#state.book(accountId);
      const days = open.filter((order) => order.accountId === accountId).map((order) => order.sessionDate);
      days.push(...askAgain.keys());
      return {
        since: since !== null && isSessionDate(since) ? since : null,
        open: new Set(days.filter(isSessionDate)),
      };
    };
    return new Map(this.#state.accountIds().map((accountId) => [accountId, of(accountId)]));
  }

  /** Records the equity of accounts that hold something, where it has changed. */
  sample(step: Step): void {
    this.#record(step, (account, last) => last !== this.#equityKrw(account));
  }

  /** Records the equity of accounts with fills since the last sample, and the first of a new account. */
  sampleAfterFills(step: Step): void {
    this.#record(step, ({ accountId }, last) => last === null || this.#state.book(accountId).unsampled > 0);
  }

  #record(step: Step, isDue: (account: Account, last: number | null) => boolean): void {
    const points = this.accounts()
      .filter((account) => isDue(account, this.#state.book(account.accountId).curve.points.at(-1)?.equityKrw ?? null))
      .map((account) => ({ accountId: account.accountId, equityKrw: this.#equityKrw(account) }));
    if (points.length > 0) step.emit({ kind: 'equitySampled', points, ts: step.now });
  }

  #equityKrw(account: Account): number {
    return equityOf({
      cashKrw: ownCashKrw(account),
      holdings: this.#state.holdings(account.accountId),
      mark: this.#mark,
    });
  }
}
