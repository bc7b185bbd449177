/** Which account a command means: the one named, the only one, or the one chosen on the screen. */
import type { Contract } from '#shared/contract/index.ts';
import { currencyOf, productOf, type Account, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import type { CliWorld, OptionSpec } from '../command.ts';
import type { Flags } from '../flags.ts';

/** The option that names an account. */
export const ACCOUNT_OPTION: OptionSpec = {
  kind: 'text',
  value: 'NAME',
  summary: '계좌의 이름이나 번호. 하나뿐이면 적지 않아도 됩니다.',
};

/** Whether an account trades an issue: its kind of thing, in its currency. */
function trades(account: Account, instrumentId: InstrumentId): boolean {
  return (
    (account.currency ?? 'KRW') === currencyOf(instrumentId) && (account.product ?? 'stock') === productOf(instrumentId)
  );
}

/** How long an account may take to come once an issue is looked at, milliseconds, and how often it is asked for. */
const COMES_WITHIN_MS = 10_000;
const ASKED_EVERY_MS = 500;

/** Looks at a bond until the account that trades it is there: it comes into being when one is first looked at. */
export async function bringAccount(
  client: Client<Contract>,
  instrumentId: InstrumentId,
  world: CliWorld,
): Promise<void> {
  if (productOf(instrumentId) !== 'bond') return;
  const isThere = async (): Promise<boolean> =>
    (await client.trading.accounts({})).some((account) => trades(account, instrumentId));
  if (await isThere()) return;
  const close = client.market.quotes(
    { instrumentIds: [instrumentId] },
    { batch: () => undefined, end: () => undefined },
  );
  try {
    for (let waitedMs = 0; waitedMs < COMES_WITHIN_MS; waitedMs += ASKED_EVERY_MS) {
      await new Promise<void>((done) => void world.after(ASKED_EVERY_MS, done));
      if (await isThere()) return;
    }
  } finally {
    close();
  }
}

/** The account meant, of several the only one that trades the issue; throws ACCOUNT_UNKNOWN, ACCOUNT_NONE or ACCOUNT_CHOOSE. */
export async function chooseAccount(
  client: Client<Contract>,
  flags: Flags,
  instrumentId?: InstrumentId,
): Promise<Account> {
  const accounts = await client.trading.accounts({});
  const named = flags.optional('account');
  if (named !== null) {
    const account = accounts.find((each) => each.accountId === named || each.name === named);
    if (account === undefined) throw new AppError('ACCOUNT_UNKNOWN', { accountId: named });
    return account;
  }
  const [only, ...others] = accounts;
  if (only === undefined) throw new AppError('ACCOUNT_NONE');
  if (others.length === 0) return only;
  const { accountId } = await client.system.preferences({});
  const fitting = accounts.filter((each) => instrumentId === undefined || trades(each, instrumentId));
  const [alone, ...more] = fitting;
  if (instrumentId !== undefined && alone && more.length === 0) return alone;
  const chosen = fitting.find((each) => each.accountId === accountId);
  if (chosen === undefined) throw new AppError('ACCOUNT_CHOOSE', { count: accounts.length });
  return chosen;
}
