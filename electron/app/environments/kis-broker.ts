/** The broker of a connection: which accounts it has follows from its product code (docs/adr/0013). */
import {
  createBondDesk,
  createDerivativeBroker,
  createForeignDesks,
  createFutureBroker,
  createKisBroker,
  joinDesks,
  type DerivativePower,
  type KisBroker,
} from '#core/broker/kis/index.ts';
import { currencyWords, type Instrument, type InstrumentId } from '#shared/domain/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';

/** ACNT_PRDT_CD of an account of futures and options. */
const DERIVATIVES = '03';
/** That of an account of shares and bonds. */
const SHARES = '01';
/** That of futures abroad. */
const FUTURES_ABROAD = '08';
/** Those of the pensions: 개인연금, 퇴직연금. */
const PENSIONS: ReadonlySet<string> = new Set(['22', '29']);

/** From those who see a bond come into the ticket to the account that then has to be there. */
export interface BondWishes {
  tell: (id: InstrumentId) => void;
}

/** Whether the account of a connection trades futures and options. */
export function tradesDerivatives(keys: { readonly productCode: string }): boolean {
  return keys.productCode === DERIVATIVES;
}

type AccountParts = Omit<Parameters<typeof createKisBroker>[0], 'accountId' | 'name' | 'find'>;

/** The last day of trading of a contract as far as it is known. */
function lastDayOf(issue: Instrument | undefined): SessionDate | null {
  const day = issue?.market === 'KRX_DERIVATIVES' ? issue.lastDay : null;
  return day !== null && isSessionDate(day) ? day : null;
}

/** One broker over all accounts of the connection; `power`: where its account trades futures and options. */
export function openKisBroker(
  account: AccountParts,
  about: {
    readonly connectionId: string;
    readonly name: string;
    readonly find: (id: InstrumentId) => Instrument | undefined;
    readonly power: DerivativePower | null;
    /** Told of bonds that come into the ticket, by whoever sees them. */
    readonly bondWishes: BondWishes;
  },
): KisBroker {
  const { connectionId, name, find, power, bondWishes } = about;
  const named = { ...account, accountId: connectionId, name };
  // No call of the share account is made with the number of an account that is none.
  if (power) {
    return createDerivativeBroker({
      ...account,
      accountId: connectionId,
      name,
      power,
      isKnown: (id) => find(id) !== undefined,
      lastDayOf: (id) => lastDayOf(find(id)),
    });
  }
  if (account.keys.productCode === FUTURES_ABROAD) return createFutureBroker({ ...account, connectionId, name });
  // The won account of the connection and its accounts in foreign currencies, as one broker.
  const nameOf = (currency: Parameters<typeof currencyWords>[0]): string =>
    `${name} (${currencyWords(currency).nameKo})`;
  const won = createKisBroker({ ...named, find });
  // A pension trades nothing abroad, and no bonds: nothing is ever asked for about either.
  if (PENSIONS.has(account.keys.productCode)) return won;
  const abroad = createForeignDesks({ ...account, connectionId, nameOf });
  // Paper has none of the APIs of bonds.
  if (account.environment !== 'real' || account.keys.productCode !== SHARES) return joinDesks(won, abroad);
  const bonds = createBondDesk({
    ...account,
    connectionId,
    name: `${name} (채권)`,
    cash: () => won.account(connectionId),
  });
  bondWishes.tell = (id) => bonds.wanted(id);
  return joinDesks(won, [...abroad, bonds]);
}
