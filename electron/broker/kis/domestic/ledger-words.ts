/** Which inquiries a share account answers: those of every account, or those of a retirement pension (product code 29). */
import type { EpochMs, SessionDate } from '#shared/time/index.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisRest } from '../ports.ts';
import { balance, balanceCash, heldRows, type BalanceCash, type HeldRow } from './wire/inquire-balance.ts';
import { dailyCcld, dailyCcldRows } from './wire/inquire-daily-ccld.ts';
import { buyingPower, psblOrder } from './wire/inquire-psbl-order.ts';
import { PSBL_RVSECNCL, psblRvsecncl } from './wire/inquire-psbl-rvsecncl.ts';
import type { AccountFields } from './wire/order-cash.ts';
import type { OrderRow } from './wire/order-row.ts';
import {
  pensionBalance,
  pensionBuyingPower,
  pensionCash,
  pensionHeld,
  pensionOrders,
  pensionPower,
  pensionRows,
} from './wire/pension.ts';

/** ACNT_PRDT_CD of a retirement pension (IRP). @source protocol of the broker: 22 개인연금, 29 퇴직연금 */
const RETIREMENT_PENSION = '29';

interface DayAsked {
  readonly environment: KisEnvironment;
  readonly date: SessionDate;
  /** The present session, and the server's clock. */
  readonly today: SessionDate;
  readonly now: EpochMs;
}

/** Calls of an account and how their answers are read. */
export interface LedgerWords {
  /** false: only orders of the present day can be asked for. */
  readonly tellsPastDays: boolean;
  readonly day: (account: AccountFields, asked: DayAsked) => KisCall;
  readonly dayRows: (answer: KisAnswer, asked: DayAsked) => readonly OrderRow[];
  /** Orders that can be changed; null: there is no such inquiry. */
  readonly changeable: (account: AccountFields, rest: KisRest) => KisCall | null;
  readonly balance: (account: AccountFields) => KisCall;
  readonly held: (answer: KisAnswer) => readonly HeldRow[];
  readonly cash: (answer: KisAnswer) => BalanceCash | null;
  readonly power: (account: AccountFields) => KisCall;
  readonly buyingPower: (answer: KisAnswer) => number;
}

const USUAL: LedgerWords = {
  tellsPastDays: true,
  day: (account, { environment, date, today }) =>
    dailyCcld(account, { date, today, allVenues: environment === 'real' }),
  dayRows: (answer, { date }) => dailyCcldRows(answer, date),
  changeable: (account, rest) => (rest.offers(PSBL_RVSECNCL) ? psblRvsecncl(account) : null),
  balance,
  held: heldRows,
  cash: balanceCash,
  power: psblOrder,
  buyingPower,
};

const PENSION: LedgerWords = {
  tellsPastDays: false,
  day: pensionOrders,
  dayRows: (answer, { date, now }) => pensionRows(answer, date, now),
  changeable: () => null,
  balance: pensionBalance,
  held: pensionHeld,
  cash: pensionCash,
  power: pensionPower,
  buyingPower: pensionBuyingPower,
};

/** The inquiries of an account; a personal pension (22) answers those of every account. */
export function ledgerWordsOf(productCode: string): LedgerWords {
  return productCode === RETIREMENT_PENSION ? PENSION : USUAL;
}
