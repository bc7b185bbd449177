/** Which account comes into view with an issue. */
import { currencyOf, type Account } from '#shared/domain/index.ts';

/** The account to look at with an issue: the one in view where it is in the currency, else the first that is. */
export function accountPaying(
  instrumentId: string,
  accounts: readonly Pick<Account, 'accountId' | 'currency'>[],
  inView: string | null,
): string | null {
  const currency = currencyOf(instrumentId);
  const pays = (account: Pick<Account, 'currency'> | undefined): boolean => (account?.currency ?? 'KRW') === currency;
  const present = accounts.find(({ accountId }) => accountId === inView) ?? accounts[0];
  if (present === undefined || pays(present)) return inView;
  return accounts.find(pays)?.accountId ?? inView;
}
