/** Statements of a connection's accounts: which inquiries an account answers, all their pages, and nothing before it is asked for. */
import {
  currencyOf,
  ForeignCurrency,
  type AccountFunds,
  type PeriodProfit,
  type Reason,
} from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type { Clock } from '#shared/ports.ts';
import { kstDate } from '#shared/time/index.ts';
import type { AccountStatements, ProfitQuestion, StatementPlan } from '../../statements.ts';
import { bondAccountId } from '../bonds/index.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import { foreignAccountId } from '../overseas/index.ts';
import { regionOf } from '../overseas/region.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRest, ServerClock } from '../ports.ts';
import {
  derivativeDays,
  derivativeProfitRows,
  derivativeTotal,
  settlementOf,
  settlementRows,
} from './wire/derivative-profit.ts';
import {
  foreignProfit,
  foreignProfitRows,
  foreignTotal,
  foreignTradeRows,
  foreignTrades,
  joinedForeign,
} from './wire/foreign-profit.ts';
import { combinedMargin, combinedRow, currencyRows, foreignMargin } from './wire/funds.ts';
import {
  profitDayRows,
  profitDays,
  profitIssueRows,
  profitIssues,
  profitTotal,
  realisedToday,
  realisedTodayKrw,
} from './wire/stock-profit.ts';
import { byDay, UNTOLD } from './wire/told.ts';

export interface KisStatementsParts {
  readonly environment: KisEnvironment;
  readonly connectionId: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
  readonly serverClock: ServerClock;
  readonly clock: Clock;
}

/** What an account is, as far as its inquiries go. */
type Kind =
  | { readonly kind: 'stock' | 'derivative' | 'pension' | 'bond' | 'futureAbroad' }
  | { readonly kind: 'foreign'; readonly currency: ForeignCurrency };

type ProfitRows = Omit<PeriodProfit, 'accountId' | 'from' | 'to' | 'source' | 'calls'>;

const PROFIT_KO = '기간 손익';
const FUNDS_KO = '통화별 증거금';
/** Calls at least: rows by day, by issue and of today · closed and traded · by contract and the settlement of the last day. */
const PROFIT_CALLS: Readonly<Record<Kind['kind'], number>> = {
  stock: 3,
  pension: 3,
  foreign: 2,
  derivative: 2,
  bond: 0,
  futureAbroad: 0,
};
const FUNDS_CALLS = 2;
/** ACNT_PRDT_CD of a retirement pension, which answers its own five inquiries only, none of them about profit. */
const RETIREMENT_PENSION = '29';
/** That of futures abroad, whose profit is not asked for. */
const FUTURES_ABROAD = '08';

function none(code: 'KIS_NOT_IN_PAPER' | 'KIS_STATEMENT_NONE', name: string): StatementPlan {
  const { code: own, messageKo, actionKo } = toEnvelope(new AppError(code, { name }));
  return { unavailable: { code: own, messageKo, actionKo }, calls: 0 };
}

/** Asks all pages of an inquiry and counts them. */
class Asker {
  calls = 0;
  #rows = 0;
  readonly #rest: KisRest;
  readonly #question: Pick<ProfitQuestion, 'signal' | 'page'>;

  constructor(rest: KisRest, question: Pick<ProfitQuestion, 'signal' | 'page'>) {
    this.#rest = rest;
    this.#question = question;
  }

  /** All pages, or a throw: a part of the rows would look like the whole. */
  async whole(call: KisCall): Promise<readonly KisAnswer[]> {
    const { signal, page } = this.#question;
    const onPage = ({ blocks }: KisAnswer): void => {
      this.calls += 1;
      const list = blocks['output1'];
      this.#rows += Array.isArray(list) ? list.length : 0;
      page({ calls: this.calls, rows: this.#rows });
    };
    const { pages, complete, error } = await this.#rest.pages({ ...call, signal }, { onPage });
    if (complete) return pages;
    throw error instanceof Error ? error : new AppError('KIS_NO_ANSWER', { why: '' });
  }
}

class KisStatements implements AccountStatements {
  readonly #parts: KisStatementsParts;
  readonly #fields: AccountFields;

  constructor(parts: KisStatementsParts) {
    this.#parts = parts;
    this.#fields = { CANO: parts.keys.accountNo, ACNT_PRDT_CD: parts.keys.productCode };
  }

  plan(accountId: string): { readonly profit: StatementPlan; readonly funds: StatementPlan } {
    const { kind } = this.#kindOf(accountId);
    const { environment, keys } = this.#parts;
    if (environment === 'paper')
      return { profit: none('KIS_NOT_IN_PAPER', PROFIT_KO), funds: none('KIS_NOT_IN_PAPER', FUNDS_KO) };
    const hasProfit = kind !== 'bond' && kind !== 'futureAbroad' && keys.productCode !== RETIREMENT_PENSION;
    const hasFunds = kind === 'stock' || kind === 'foreign';
    return {
      profit: hasProfit ? { unavailable: null, calls: PROFIT_CALLS[kind] } : none('KIS_STATEMENT_NONE', PROFIT_KO),
      funds: hasFunds ? { unavailable: null, calls: FUNDS_CALLS } : none('KIS_STATEMENT_NONE', FUNDS_KO),
    };
  }

  async profit(question: ProfitQuestion): Promise<PeriodProfit> {
    const { accountId, from, to } = question;
    this.#require(this.plan(accountId).profit.unavailable, PROFIT_KO);
    const asker = new Asker(this.#parts.rest, question);
    const told = await this.#profitOf(this.#kindOf(accountId), question, asker);
    return { accountId, from, to, source: 'broker', ...told, calls: asker.calls };
  }

  async funds(accountId: string, signal: AbortSignal): Promise<AccountFunds> {
    this.#require(this.plan(accountId).funds.unavailable, FUNDS_KO);
    const { rest, clock } = this.#parts;
    const asker = new Asker(rest, { signal, page: () => undefined });
    const abroad = await asker.whole(foreignMargin(this.#fields));
    const combined = await rest.call({ ...combinedMargin(this.#fields), signal });
    return {
      accountId,
      at: clock.now(),
      currencies: abroad.flatMap(currencyRows),
      combined: combinedRow(combined),
      calls: asker.calls + 1,
    };
  }

  async #profitOf(about: Kind, { from, to }: ProfitQuestion, asker: Asker): Promise<ProfitRows> {
    const span = { from, to };
    const fields = this.#fields;
    if (about.kind === 'foreign') {
      const { currency } = about;
      const closed = await asker.whole(foreignProfit(fields, regionOf(currency), span));
      const traded = await asker.whole(foreignTrades(fields, span));
      const trades = traded.flatMap((answer) => foreignTradeRows(answer, currency));
      const issues = joinedForeign(closed.flatMap(foreignProfitRows), trades).filter(
        ({ instrumentId }) => instrumentId === null || currencyOf(instrumentId) === currency,
      );
      const last = closed.at(-1);
      const total = last ? foreignTotal(last, trades) : UNTOLD;
      return { currency, days: byDay(issues), issues: [...issues], total, todayKrw: null, settlement: null };
    }
    if (about.kind === 'derivative') {
      const pages = await asker.whole(derivativeDays(fields, span));
      const settled = await asker.whole(settlementOf(fields, to));
      const issues = pages.flatMap(derivativeProfitRows);
      const last = pages.at(-1);
      return {
        currency: 'KRW',
        days: byDay(issues),
        issues,
        total: last ? derivativeTotal(last) : UNTOLD,
        todayKrw: null,
        settlement: settlementRows(settled, to),
      };
    }
    const days = await asker.whole(profitDays(fields, span));
    const issues = await asker.whole(profitIssues(fields, span));
    // What today has realised says something of a period only that reaches to today.
    const isPast = to < kstDate(this.#parts.serverClock.now());
    const today = isPast ? undefined : (await asker.whole(realisedToday(fields))).at(-1);
    const [last, lastIssues] = [days.at(-1), issues.at(-1)];
    // The rate of the whole period stands in the sums of the issues only.
    const { returnPpb } = lastIssues ? profitTotal(lastIssues) : UNTOLD;
    return {
      currency: 'KRW',
      days: days.flatMap(profitDayRows),
      issues: issues.flatMap(profitIssueRows),
      total: { ...(last ? profitTotal(last) : UNTOLD), returnPpb },
      todayKrw: today ? realisedTodayKrw(today) : null,
      settlement: null,
    };
  }

  #kindOf(accountId: string): Kind {
    const { connectionId, keys } = this.#parts;
    if (keys.productCode === FUTURES_ABROAD && accountId.startsWith(connectionId)) return { kind: 'futureAbroad' };
    if (accountId === connectionId) {
      if (keys.productCode === '03') return { kind: 'derivative' };
      return { kind: keys.productCode === '01' ? 'stock' : 'pension' };
    }
    if (accountId === bondAccountId(connectionId)) return { kind: 'bond' };
    const currency = ForeignCurrency.options.find((each) => accountId === foreignAccountId(connectionId, each));
    if (currency === undefined) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return { kind: 'foreign', currency };
  }

  #require(reason: Reason | null, name: string): void {
    if (reason === null) return;
    throw new AppError(this.#parts.environment === 'paper' ? 'KIS_NOT_IN_PAPER' : 'KIS_STATEMENT_NONE', { name });
  }
}

/** The statements of all accounts of a connection. */
export function createKisStatements(parts: KisStatementsParts): AccountStatements {
  return new KisStatements(parts);
}
