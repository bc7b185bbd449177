/** Statements from Maru's own record of fills, for accounts whose firm keeps no such books: the simulation and invented fills. */
import type { AccountFunds, Fill, PeriodProfit, ProfitFigures, Reason } from '#shared/domain/index.ts';
import { codeOf } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import { valueOf } from '#shared/market/index.ts';
import type { AccountStatements, ProfitQuestion, StatementPlan } from '../broker/index.ts';
import type { DeskReading } from './desk-reading.ts';

const FUNDS_KO = '통화별 증거금';

function figuresOf(fills: readonly Fill[]): ProfitFigures {
  const sum = (pick: (fill: Fill) => number): number => fills.reduce((total, fill) => total + pick(fill), 0);
  const of = (side: Fill['side'], pick: (fill: Fill) => number): number =>
    sum((fill) => (fill.side === side ? pick(fill) : 0));
  const amount = ({ instrumentId, price, quantity }: Fill): number => valueOf(instrumentId, price, quantity);
  return {
    boughtQty: of('buy', ({ quantity }) => quantity),
    boughtKrw: of('buy', amount),
    soldQty: of('sell', ({ quantity }) => quantity),
    soldKrw: of('sell', amount),
    realisedKrw: sum(({ realisedKrw }) => realisedKrw),
    commissionKrw: sum(({ commissionKrw }) => commissionKrw),
    taxKrw: sum(({ taxKrw }) => taxKrw),
    // Nothing is lent here.
    interestKrw: 0,
    returnPpb: null,
  };
}

function grouped(fills: readonly Fill[], keyOf: (fill: Fill) => string): readonly (readonly [Fill, readonly Fill[]])[] {
  const groups = new Map<string, [Fill, Fill[]]>();
  for (const fill of fills) {
    const key = keyOf(fill);
    const group = groups.get(key);
    if (group) group[1].push(fill);
    else groups.set(key, [fill, [fill]]);
  }
  return [...groups.values()];
}

/** Newest days first; `nameOf` for the rows. */
export function ownStatements(
  desk: Pick<DeskReading, 'accounts' | 'fills'>,
  nameOf: (fill: Fill) => string,
): AccountStatements {
  const { code, messageKo, actionKo } = toEnvelope(new AppError('KIS_STATEMENT_NONE', { name: FUNDS_KO }));
  const noFunds: Reason = { code, messageKo, actionKo };
  const accountOf = (accountId: string) => {
    const account = desk.accounts().find((each) => each.accountId === accountId);
    if (!account) throw new AppError('ACCOUNT_UNKNOWN', { accountId });
    return account;
  };
  return {
    plan(accountId): { profit: StatementPlan; funds: StatementPlan } {
      accountOf(accountId);
      return { profit: { unavailable: null, calls: 0 }, funds: { unavailable: noFunds, calls: 0 } };
    },
    profit({ accountId, from, to }: ProfitQuestion): Promise<PeriodProfit> {
      const { currency = 'KRW', sessionDate } = accountOf(accountId);
      const all = desk.fills({ accountId, limit: Number.MAX_SAFE_INTEGER });
      const fills = all.filter((fill) => fill.sessionDate >= from && fill.sessionDate <= to);
      const days = grouped(fills, (fill) => fill.sessionDate).map(([{ sessionDate: date }, of]) => ({
        date,
        ...figuresOf(of),
      }));
      const issues = grouped(fills, (fill) => `${fill.sessionDate} ${fill.instrumentId}`).map(([first, of]) => ({
        date: first.sessionDate,
        instrumentId: first.instrumentId,
        code: codeOf(first.instrumentId),
        name: nameOf(first),
        kind: '',
        loanDate: null,
        ...figuresOf(of),
      }));
      const today = all.filter((fill) => fill.sessionDate === sessionDate);
      return Promise.resolve({
        accountId,
        currency,
        from,
        to,
        source: 'maru',
        days,
        issues,
        total: figuresOf(fills),
        todayKrw: to < sessionDate ? null : figuresOf(today).realisedKrw,
        settlement: null,
        calls: 0,
      });
    },
    funds(accountId): Promise<AccountFunds> {
      accountOf(accountId);
      return Promise.reject(new AppError('KIS_STATEMENT_NONE', { name: FUNDS_KO }));
    },
  };
}
