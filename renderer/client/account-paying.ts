/** Which account comes into view with an issue. */
import { currencyOf, productOf, type Account } from '#shared/domain/index.ts';

type Paying = Pick<Account, 'accountId' | 'currency' | 'product'>;

/** Whether an account trades an issue: its kind of thing, in its currency. */
export function pays(account: Pick<Account, 'currency' | 'product'>, instrumentId: string): boolean {
  return (
    (account.currency ?? 'KRW') === currencyOf(instrumentId) && (account.product ?? 'stock') === productOf(instrumentId)
  );
}

/** The account to look at with an issue: the one in view where it trades the issue, else the first that does. */
export function accountPaying(instrumentId: string, accounts: readonly Paying[], inView: string | null): string | null {
  const present = accounts.find(({ accountId }) => accountId === inView) ?? accounts[0];
  if (present === undefined || pays(present, instrumentId)) return inView;
  return accounts.find((account) => pays(account, instrumentId))?.accountId ?? inView;
}
