/** Statements of an account (기간 손익, 통화별 잔고·증거금) as the broker tells them: what it did not tell is null, never 0. */
import { z } from 'zod';
import { AccountCurrency, InstrumentId, IsoDate } from './instrument.ts';

/** Minor units of the account's currency: won, or 1/10,000 of it. */
const Told = z.int().nullable();

/** What was bought, sold, earned and paid. */
export const ProfitFigures = z.strictObject({
  boughtQty: Told,
  boughtKrw: Told,
  soldQty: Told,
  soldKrw: Told,
  realisedKrw: Told,
  /** Commission; where the broker tells costs only as one figure, all of them. */
  commissionKrw: Told,
  taxKrw: Told,
  /** Interest of loans. */
  interestKrw: Told,
  /** Profit by what was paid, parts per billion. */
  returnPpb: Told,
});
export type ProfitFigures = z.infer<typeof ProfitFigures>;

export const ProfitDay = z.strictObject({ date: IsoDate, ...ProfitFigures.shape });
export type ProfitDay = z.infer<typeof ProfitDay>;

/** What one issue brought on one day. */
export const ProfitIssue = z.strictObject({
  date: IsoDate,
  /** null: a thing that has no id here. */
  instrumentId: InstrumentId.nullable(),
  code: z.string(),
  name: z.string(),
  /** The broker's word for the kind of trade (매매구분); empty: none. */
  kind: z.string(),
  /** Of a trade on credit. */
  loanDate: IsoDate.nullable(),
  ...ProfitFigures.shape,
});
export type ProfitIssue = z.infer<typeof ProfitIssue>;

/** The daily settlement of futures and options on one day, won. */
export const Settlement = z.strictObject({
  date: IsoDate,
  /** 당일차금, 갱신차금. */
  dayKrw: Told,
  renewalKrw: Told,
  commissionKrw: Told,
  contracts: z.array(
    z.strictObject({
      instrumentId: InstrumentId.nullable(),
      code: z.string(),
      name: z.string(),
      kind: z.string(),
      quantity: Told,
      openedQty: Told,
      closedQty: Told,
      realisedKrw: Told,
      unrealisedKrw: Told,
    }),
  ),
});
export type Settlement = z.infer<typeof Settlement>;

/** 기간 손익 of an account between two days, both included. */
export const PeriodProfit = z.strictObject({
  accountId: z.string(),
  currency: AccountCurrency,
  from: IsoDate,
  to: IsoDate,
  /** broker: as it told us · maru: from the fills in Maru's own record. */
  source: z.enum(['broker', 'maru']),
  days: z.array(ProfitDay),
  issues: z.array(ProfitIssue),
  /** As the broker sums it up, which need not be the sum of the rows. */
  total: ProfitFigures,
  /** What was realised today, by the balance; null: not told. */
  todayKrw: Told,
  /** Of futures and options, on the last day; null for every other account. */
  settlement: Settlement.nullable(),
  calls: z.int().nonnegative(),
});
export type PeriodProfit = z.infer<typeof PeriodProfit>;

/** One currency of an account (해외증거금 통화별), in 1/10,000 of it. */
export const CurrencyFunds = z.strictObject({
  currency: z.string(),
  nation: z.string(),
  deposit: Told,
  unsettledBuy: Told,
  unsettledSell: Told,
  unpaid: Told,
  margin: Told,
  /** Of this currency alone, and with what else stands in for it. */
  orderable: Told,
  combinedOrderable: Told,
  /** Won for one unit as the broker writes it; empty: not told. */
  rate: z.string(),
});
export type CurrencyFunds = z.infer<typeof CurrencyFunds>;

/** What may be ordered at a rate of margin or on a loan of that share, won. */
const AtRate = z.strictObject({ percent: z.int().positive(), aloneKrw: Told, combinedKrw: Told });

/** 통합증거금 of an account. */
export const CombinedMargin = z.strictObject({
  /** 계좌증거금율, as written. */
  marginRate: z.string(),
  /** Whether currencies stand in for each other, in the broker's words. */
  mode: z.string(),
  cashKrw: Told,
  substituteKrw: Told,
  reusableKrw: Told,
  unpaidKrw: Told,
  limitKrw: Told,
  byMargin: z.array(AtRate),
  byLoan: z.array(AtRate),
  currencies: z.array(
    z.strictObject({
      currency: z.string(),
      subject: Told,
      used: Told,
      orderable: Told,
      general: Told,
      combined: Told,
      rate: z.string(),
    }),
  ),
});
export type CombinedMargin = z.infer<typeof CombinedMargin>;

/** Money of an account by currency; nothing is added up over currencies. */
export const AccountFunds = z.strictObject({
  accountId: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  currencies: z.array(CurrencyFunds),
  combined: CombinedMargin.nullable(),
  calls: z.int().nonnegative(),
});
export type AccountFunds = z.infer<typeof AccountFunds>;
