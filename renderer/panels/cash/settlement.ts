/** What is settled on which day: rows of an account for today and the next two settlement days. */
import type { Account, AccountCurrency, Fill } from '#shared/domain/index.ts';
import { valueOf } from '#shared/market/index.ts';

/** Days of settlement: today's cash, and after one and two sessions. */
export const SETTLEMENT_DAYS = ['d0', 'd1', 'd2'] as const;
export type SettlementDay = (typeof SETTLEMENT_DAYS)[number];

/** Minor units of the account's currency. */
export interface SettlementRow {
  readonly id: string;
  readonly account: Account;
  readonly currency: AccountCurrency;
  readonly day: SettlementDay;
  readonly date: string;
  /** Cash after that day. */
  readonly cashKrw: number;
  /** What the day changes; null for today, whose changes are in the cash already. */
  readonly netKrw: number | null;
  /** Proceeds of sells after costs, and what buys cost with theirs; null where the known fills do not add up to the net. */
  readonly inKrw: number | null;
  readonly outKrw: number | null;
}

interface Flow {
  readonly inKrw: number;
  readonly outKrw: number;
}

function flowOn(fills: readonly Fill[], accountId: string, date: string): Flow {
  let inKrw = 0;
  let outKrw = 0;
  for (const fill of fills) {
    if (fill.accountId !== accountId || fill.settlementDate !== date) continue;
    const amount = valueOf(fill.instrumentId, fill.price, fill.quantity);
    if (fill.side === 'sell') inKrw += amount - fill.commissionKrw - fill.taxKrw;
    else outKrw += amount + fill.commissionKrw + fill.taxKrw;
  }
  return { inKrw, outKrw };
}

/** Rows of an account. Fills that this screen has not seen leave in and out open, never wrong. */
export function settlementRows(account: Account, fills: readonly Fill[]): readonly SettlementRow[] {
  const currency = account.currency ?? 'KRW';
  const row = (day: SettlementDay, date: string, cashKrw: number, netKrw: number | null): SettlementRow => {
    const flow = flowOn(fills, account.accountId, date);
    const known = netKrw !== null && flow.inKrw - flow.outKrw === netKrw;
    return {
      id: `${account.accountId}|${day}`,
      account,
      currency,
      day,
      date,
      cashKrw,
      netKrw,
      inKrw: known ? flow.inKrw : null,
      outKrw: known ? flow.outKrw : null,
    };
  };
  const { cashD0Krw, cashD1Krw, cashD2Krw } = account;
  return [
    row('d0', account.sessionDate, cashD0Krw, null),
    row('d1', account.d1Date, cashD1Krw, cashD1Krw - cashD0Krw),
    row('d2', account.d2Date, cashD2Krw, cashD2Krw - cashD1Krw),
  ];
}

/** An account, or the sum of the accounts in one currency. */
export interface CashRow {
  readonly id: string;
  readonly account: Account | null;
  readonly currency: AccountCurrency;
  readonly count: number;
  readonly cashKrw: number;
  readonly reservedKrw: number;
  readonly powerKrw: number;
  readonly marginPowerKrw: number;
  readonly unpaidKrw: number;
}

export function cashRow(account: Account): CashRow {
  return {
    id: account.accountId,
    account,
    currency: account.currency ?? 'KRW',
    count: 1,
    cashKrw: account.cashD0Krw,
    reservedKrw: account.reservedKrw,
    powerKrw: account.buyingPowerKrw,
    marginPowerKrw: account.marginPowerKrw,
    unpaidKrw: account.unpaidKrw,
  };
}

/** Sums by currency, won first; none for a currency of one account, which says the same. */
export function cashTotals(rows: readonly CashRow[]): readonly CashRow[] {
  const sums = new Map<AccountCurrency, CashRow>();
  for (const row of rows) {
    const sum = sums.get(row.currency);
    sums.set(row.currency, {
      id: `total-${row.currency}`,
      account: null,
      currency: row.currency,
      count: (sum?.count ?? 0) + 1,
      cashKrw: (sum?.cashKrw ?? 0) + row.cashKrw,
      reservedKrw: (sum?.reservedKrw ?? 0) + row.reservedKrw,
      powerKrw: (sum?.powerKrw ?? 0) + row.powerKrw,
      marginPowerKrw: (sum?.marginPowerKrw ?? 0) + row.marginPowerKrw,
      unpaidKrw: (sum?.unpaidKrw ?? 0) + row.unpaidKrw,
    });
  }
  return [...sums.values()].filter(({ count }) => count > 1).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
