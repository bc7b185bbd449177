/** Performance (성과) of an account: what was earned, lost and paid, each figure with its definition in docs/glossary.md. */
import { z } from 'zod';
import { InstrumentId } from './instrument.ts';

/** Figures for one issue; won. */
export const IssuePerformance = z.strictObject({
  instrumentId: InstrumentId,
  boughtQty: z.int().nonnegative(),
  soldQty: z.int().nonnegative(),
  boughtKrw: z.int().nonnegative(),
  soldKrw: z.int().nonnegative(),
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
  realisedKrw: z.int(),
  unrealisedKrw: z.int(),
  /** Round trips closed with a profit, and all closed: a sell fill order that reduces a position counts once. */
  wins: z.int().nonnegative(),
  closes: z.int().nonnegative(),
});
export type IssuePerformance = z.infer<typeof IssuePerformance>;

export const Performance = z.strictObject({
  accountId: z.string(),
  startingCashKrw: z.int(),
  equityKrw: z.int(),
  realisedKrw: z.int(),
  unrealisedKrw: z.int(),
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
  /** (equity − starting cash) ÷ starting cash, in parts per billion. */
  returnPpb: z.int(),
  /** Largest fall from a peak of the equity curve, in parts per billion of that peak. */
  maxDrawdownPpb: z.int().nonnegative(),
  /** wins ÷ closes in parts per billion; null before the first close. */
  winRatePpb: z.int().nonnegative().nullable(),
  wins: z.int().nonnegative(),
  closes: z.int().nonnegative(),
  fills: z.int().nonnegative(),
  issues: z.array(IssuePerformance),
});
export type Performance = z.infer<typeof Performance>;

/** The equity curve travels as columns. */
export const EQUITY_COLUMNS = ['ts', 'equity'] as const;
