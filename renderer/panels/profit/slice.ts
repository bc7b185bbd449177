/** What the panel of statements shows of each account: the period, what is under way, and the last answers; nothing is asked by itself. */
import { create } from 'zustand';
import type { AccountFunds, PeriodProfit } from '#shared/domain/index.ts';
import type { ErrorEnvelope } from '#shared/errors/index.ts';
import type { CoreClient } from '../../client/supervisor.ts';
import { wordsOf } from '../../client/words-of.ts';

/** One account's statements. */
export interface Statements {
  /** As typed; empty: the usual period. */
  readonly from: string;
  readonly to: string;
  /** Pages so far; null: nothing is under way. */
  readonly running: { readonly calls: number; readonly rows: number } | null;
  readonly profit: PeriodProfit | null;
  readonly profitError: ErrorEnvelope | null;
  readonly asking: boolean;
  readonly funds: AccountFunds | null;
  readonly fundsError: ErrorEnvelope | null;
}

export const PROFIT_TABS = ['days', 'issues', 'settlement', 'funds'] as const;
export type ProfitTab = (typeof PROFIT_TABS)[number];

interface ProfitSlice {
  readonly tab: ProfitTab;
  /** By account id. */
  readonly accounts: Readonly<Record<string, Statements>>;
}

const BLANK: Statements = {
  from: '',
  to: '',
  running: null,
  profit: null,
  profitError: null,
  asking: false,
  funds: null,
  fundsError: null,
};

export const useProfit = create<ProfitSlice>(() => ({ tab: 'days', accounts: {} }));

export const statementsOf = (slice: ProfitSlice, accountId: string): Statements => slice.accounts[accountId] ?? BLANK;

/** Changes what is shown of an account. */
export function change(accountId: string, to: Partial<Statements>): void {
  useProfit.setState((slice) => ({
    accounts: { ...slice.accounts, [accountId]: { ...statementsOf(slice, accountId), ...to } },
  }));
}

/** What ends the asking under way, by account. */
const stops = new Map<string, () => void>();

/** Gives the asking up; what was shown before stays. */
export function stopProfit(accountId: string): void {
  stops.get(accountId)?.();
  stops.delete(accountId);
  change(accountId, { running: null });
}

/** Asks for a period, page after page; pages are shown as they are counted, the figures only when all are there. */
export function askProfit(
  client: CoreClient | null,
  wish: { readonly accountId: string; readonly from: string; readonly to: string },
): void {
  if (!client) return;
  const { accountId } = wish;
  stopProfit(accountId);
  change(accountId, { running: { calls: 0, rows: 0 }, profitError: null });
  let over = false;
  const close = client.trading.periodProfit(wish, {
    batch(steps) {
      for (const step of steps) {
        if (over) return;
        if (step.kind === 'page') change(accountId, { running: { calls: step.calls, rows: step.rows } });
        else {
          over = true;
          stops.delete(accountId);
          change(accountId, { profit: step.profit, running: null });
        }
      }
    },
    end(error) {
      if (over) return;
      over = true;
      stops.delete(accountId);
      change(accountId, { running: null, ...(error ? { profitError: error } : {}) });
    },
  });
  stops.set(accountId, () => {
    over = true;
    close();
  });
}

/** Asks for the money by currency. */
export async function askFunds(client: CoreClient | null, accountId: string): Promise<void> {
  if (!client) return;
  change(accountId, { asking: true, fundsError: null });
  try {
    change(accountId, { funds: await client.trading.funds({ accountId }) });
  } catch (error) {
    change(accountId, { fundsError: wordsOf(error) });
  } finally {
    change(accountId, { asking: false });
  }
}
