/** The port for statements of an account: what it earned in a period, and its money by currency; asked for by the user alone. */
import type { AccountFunds, PeriodProfit, Reason } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

/** Whether an account answers a statement, and what it costs. */
export interface StatementPlan {
  /** null: it answers. */
  readonly unavailable: Reason | null;
  /** Calls at least: a page each; 0 where nothing is asked of the broker. */
  readonly calls: number;
}

export interface ProfitQuestion {
  readonly accountId: string;
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly signal: AbortSignal;
  /** Told after every page. */
  readonly page: (so: { readonly calls: number; readonly rows: number }) => void;
}

export interface AccountStatements {
  /** Asks nothing. Throws ACCOUNT_UNKNOWN. */
  plan(accountId: string): { readonly profit: StatementPlan; readonly funds: StatementPlan };
  /** All pages or none. Throws what stands in the way, and as a page fails. */
  profit(question: ProfitQuestion): Promise<PeriodProfit>;
  /** Throws what stands in the way, and as a call fails. */
  funds(accountId: string, signal: AbortSignal): Promise<AccountFunds>;
}
