/** The books of the scripted broker: its accounts, its orders, and the figures made of both. */
import type { BrokerAccount, BrokerOrder } from '#core/broker/index.ts';
import { chargesOn } from '#shared/market/index.ts';
import { amountKrw, krw } from '#shared/num/index.ts';
import { addDays, type SessionDate } from '#shared/time/index.ts';

/** An account at the scripted broker. */
export interface Book {
  readonly account: Pick<BrokerAccount, 'accountId' | 'name' | 'createdTs'> & { readonly startingCashKrw: number };
  cashKrw: number;
  readonly positions: Map<string, number>;
}

/** An order with what it has cost. */
export type Row = { -readonly [K in keyof BrokerOrder]: BrokerOrder[K] } & { commissionKrw: number; taxKrw: number };

/** An account's figures: open buys hold their price and commission. */
export function accountFigures(book: Book, rows: readonly Row[], session: SessionDate): BrokerAccount {
  const { account, cashKrw } = book;
  let reserved = 0;
  for (const row of rows) {
    if (row.accountId !== account.accountId || row.status !== 'open' || row.side !== 'buy') continue;
    const amount = amountKrw(row.price ?? 13_000, Math.max(0, row.quantity - row.filledQty));
    const charged = { cumulativeValue: amount, side: 'buy', market: 'KOSPI', date: row.sessionDate } as const;
    reserved += amount + chargesOn(charged).commissionKrw;
  }
  return {
    ...account,
    startingCashKrw: krw(account.startingCashKrw),
    cashD0Krw: krw(cashKrw),
    cashD1Krw: krw(cashKrw),
    cashD2Krw: krw(cashKrw),
    reservedKrw: krw(reserved),
    kind: 'cash',
    buyingPowerKrw: krw(cashKrw - reserved),
    marginPowerKrw: krw(cashKrw - reserved),
    unpaidKrw: krw(0),
    frozenUntil: null,
    sessionDate: session,
    d1Date: addDays(session, 1),
    d2Date: addDays(session, 2),
  };
}
