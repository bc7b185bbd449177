/** Buying with borrowed money (신용융자) and selling borrowed units (대주): codes, collateral and calls. */
import facts from '#resources/krx/credit.json' with { type: 'json' };
import type { Side } from '../domain/index.ts';
import { krw, mulDiv, type Krw } from '../num/index.ts';
import type { FullMarginReason } from './margin.ts';

/** loanOpen 융자 매수 · loanClose 융자 상환 매도 · shortOpen 대주 매도 · shortClose 대주 상환 매수 */
export const CREDIT_ACTS = ['loanOpen', 'loanClose', 'shortOpen', 'shortClose'] as const;
export type CreditAct = (typeof CREDIT_ACTS)[number];

/** house 자기 · market 유통 */
export type CreditMoney = 'house' | 'market';

export interface CreditOrderKind {
  /** CRDT_TYPE, 21 … 28. */
  readonly code: string;
  readonly side: Side;
  readonly act: CreditAct;
  readonly money: CreditMoney;
}

/**
 * The kinds of credit order by their code at KIS.
 * @source resources/krx/credit.json orderCodes
 */
export const CREDIT_ORDERS = facts.orderCodes as readonly CreditOrderKind[];

/** The kind of a code of CRDT_TYPE; undefined where there is none. */
export function creditOrderOf(code: string): CreditOrderKind | undefined {
  return CREDIT_ORDERS.find((kind) => kind.code === code);
}

/** Rules of loans, in percent and sessions after the close that was short. All unconfirmed. */
export const LOAN_RULE: {
  readonly ownPercent: number;
  readonly maintenancePercent: number;
  readonly callSessions: number;
  readonly saleSessions: number;
  readonly termDays: number;
  readonly status: string;
  readonly source: string;
} = facts.loan;

/** Rules of short sales of borrowed units. */
export const SHORT_RULE: {
  readonly collateralPercent: number;
  readonly termDays: number;
  readonly longestMonths: number;
  readonly status: string;
  readonly source: string;
} = facts.short;

/** false: no interest and no lending fee is charged here, for want of a rate; shown wherever credit is. */
export const CREDIT_INTEREST: { readonly modelled: boolean; readonly status: string; readonly source: string } =
  facts.interest;

/** Whether credit is barred for an issue of this kind. */
export function creditBarred(reason: FullMarginReason | undefined): boolean {
  return reason !== undefined && facts.barred.reasons.includes(reason);
}

/** Own cash behind a credit purchase of `amount` won; rounded up, the rest is lent. */
export function ownPart(amount: Krw): Krw {
  return krw(mulDiv(amount, LOAN_RULE.ownPercent, 100, 'ceil'));
}

/** Collateral that borrowed units of `value` won need; rounded up. */
export function shortCollateral(value: Krw): Krw {
  return krw(mulDiv(value, SHORT_RULE.collateralPercent, 100, 'ceil'));
}

/** What a loan stands on; won. */
export interface LoanCover {
  readonly collateral: Krw;
  readonly loan: Krw;
}

/** Collateral in percent of the loan, cut down; null without a loan. */
export function collateralPercent({ collateral, loan }: LoanCover): number | null {
  return loan === 0 ? null : mulDiv(collateral, 100, loan, 'floor');
}

/** Won by which collateral is short of the maintenance; 0 where it is enough. */
export function collateralShortage({ collateral, loan }: LoanCover): Krw {
  const needed = mulDiv(loan, LOAN_RULE.maintenancePercent, 100, 'ceil');
  return krw(Math.max(0, needed - collateral));
}
