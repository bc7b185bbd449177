/** How much of a purchase must be there when it is ordered (위탁증거금), and what follows from what is not paid (미수). */
import facts from '#resources/krx/margin.json' with { type: 'json' };
import { AccountKind, type Market } from '../domain/index.ts';
import { krw, mulDiv, type Krw } from '../num/index.ts';
import { addDays, type SessionDate } from '../time/index.ts';

export type { AccountKind } from '../domain/index.ts';

/** The kinds of account, in order. */
export const ACCOUNT_KINDS = AccountKind.options;

/** The rates an issue may have, in percent of the purchase. */
export const MARGIN_PERCENTS: readonly number[] = facts.rates.percents;

/** What makes an issue one of full payment: alert 투자경고 · risk 투자위험 · managed 관리종목 · liquidation 정리매매 · halted 거래정지 */
export const FULL_MARGIN_REASONS = ['alert', 'risk', 'managed', 'liquidation', 'halted'] as const;
export type FullMarginReason = (typeof FULL_MARGIN_REASONS)[number];

export interface MarginQuestion {
  readonly kind: AccountKind;
  readonly market: Market;
  /** The issue's own rate, where the broker gave one. */
  readonly percent?: number;
  /** Set where the issue must be paid in full. */
  readonly reason?: FullMarginReason;
  /** true: the account left something unpaid and buys at 100 % for now. */
  readonly frozen?: boolean;
}

/** A rate in percent, why it is that, and how sure that is (C, S, U). */
export interface MarginRate {
  readonly percent: number;
  readonly why: 'cash' | 'frozen' | 'issue' | 'default' | FullMarginReason;
  readonly status: string;
  readonly source: string;
}

/**
 * The margin rate of a purchase.
 * @source resources/krx/margin.json
 */
export function marginRate(question: MarginQuestion): MarginRate {
  const { kind, market, percent, reason, frozen = false } = question;
  const said = ({ status, source }: { readonly status: string; readonly source: string }) => ({ status, source });
  const account = facts.accounts.find((row) => row.kind === kind);
  if (account && !account.unpaidAllowed) return { percent: 100, why: 'cash', ...said(account) };
  if (frozen) return { percent: facts.unpaid.frozenPercent, why: 'frozen', ...said(facts.unpaid) };
  if (reason !== undefined) return { percent: 100, why: reason, ...said(facts.hundred) };
  if (percent !== undefined) {
    if (!MARGIN_PERCENTS.includes(percent)) throw new RangeError(`no margin rate of ${percent} %`);
    return { percent, why: 'issue', ...said(facts.rates) };
  }
  const usual = market === 'KONEX' ? facts.default.konexPercent : facts.default.percent;
  return { percent: usual, why: 'default', ...said(facts.default) };
}

/** Cash that a purchase of `amount` won must have behind it at a rate; rounded up to a won. */
export function marginOf(amount: Krw, percent: number): Krw {
  return krw(mulDiv(amount, percent, 100, 'ceil'));
}

/** What follows from a purchase that is not paid for. Sessions count from the trade; all of it is unconfirmed. */
export const UNPAID_RULE: {
  readonly dueSessions: number;
  readonly saleSessions: number;
  readonly frozenDays: number;
  readonly status: string;
  readonly source: string;
} = facts.unpaid;

/** Last day on which an account that was unpaid on `date` buys at 100 %. */
export function frozenUntil(date: SessionDate): SessionDate {
  return addDays(date, UNPAID_RULE.frozenDays);
}

/** false: no interest on unpaid money is charged here, for want of a rate; shown wherever unpaid money is. */
export const UNPAID_INTEREST: { readonly modelled: boolean; readonly status: string; readonly source: string } =
  facts.interest;
