/** Where corporate actions are entered for the practice market: what cannot be is refused, the rest is recorded. */
import { codeOf, type CorporateAction, type InstrumentId } from '#shared/domain/index.ts';
import { AppError, groupDigits } from '#shared/errors/index.ts';
import { listedAfter, type ListedIssue } from '#shared/exchange/index.ts';
import { actionNameKo } from '#shared/market/index.ts';
import { isSessionDate, type SessionDate, type TradingCalendar } from '#shared/time/index.ts';
import type { MarketEngine } from './market-engine.ts';
import type { RegisteredAction } from './terms.ts';

/** Highest price that an action may lead to, won: with the wide limits of a new listing still a number the exchange holds. */
const HIGHEST_BASE = 100_000_000;

/** What is to happen to an issue, and on which day first. */
export interface ActionWish {
  readonly instrumentId: InstrumentId;
  readonly date: string;
  readonly action: CorporateAction;
}

/** Why an action cannot be, in Korean; null where it can. `price` is the issue's price in won. */
function impossibleKo(action: CorporateAction, price: number): string | null {
  switch (action.kind) {
    case 'split':
      if (action.from === action.to) return '분할 전과 후의 수량이 같습니다.';
      return price * action.from < action.to ? '기준가가 1원보다 낮아집니다.' : null;
    case 'capitalReduction':
      return action.from <= action.to ? '감자는 뒤의 수량이 앞보다 적어야 합니다.' : null;
    case 'splitOff':
      return action.from < action.to ? '분할 뒤의 수량이 앞보다 많을 수 없습니다.' : null;
    case 'stockDividend':
    case 'bonus':
      return price * action.old < action.old + action.new ? '기준가가 1원보다 낮아집니다.' : null;
    case 'distribution':
    case 'cashDividend':
      return action.perUnit >= price ? `1주당 금액이 지금 값 ${groupDigits(price)}원보다 적어야 합니다.` : null;
    default:
      return null;
  }
}

/** The day an action takes effect first. Throws DATE_INVALID, ACTION_PAST, CALENDAR_UNKNOWN and DATE_NOT_SESSION. */
function exDateOf(date: string, today: SessionDate, calendar: TradingCalendar): SessionDate {
  if (!isSessionDate(date)) throw new AppError('DATE_INVALID', { date });
  if (date <= today) throw new AppError('ACTION_PAST', { date, today });
  const { from, to } = calendar;
  if (date > to) throw new AppError('CALENDAR_UNKNOWN', { date, from, to });
  if (!calendar.isSession(date)) throw new AppError('DATE_NOT_SESSION', { date });
  return date;
}

/** The base price that an action would lead to now; null where the figures go beyond what is counted exactly. */
function baseAfter(
  issue: ListedIssue,
  day: { readonly date: SessionDate; readonly close: number },
  action: CorporateAction,
) {
  try {
    return listedAfter(issue, { ...day, actions: [action] }).basePrice;
  } catch {
    return null;
  }
}

export class ActionCounter {
  readonly #engine: MarketEngine;
  readonly #calendar: TradingCalendar;

  constructor(engine: MarketEngine, calendar: TradingCalendar) {
    this.#engine = engine;
    this.#calendar = calendar;
  }

  /** In order of registration. */
  list(): readonly RegisteredAction[] {
    return this.#engine.log.books.actions.list();
  }

  /**
   * Enters an action for the practice market; it is durable when this returns. Throws ACTION_REPLAY, INSTRUMENT_UNKNOWN,
   * DATE_INVALID, DATE_NOT_SESSION, CALENDAR_UNKNOWN, ACTION_PAST, ACTION_IMPOSSIBLE, ACTION_TWICE, BROKER_UNAVAILABLE.
   */
  add(wish: ActionWish): RegisteredAction {
    const { run, ready } = this.#engine;
    if (!ready) throw new AppError('BROKER_UNAVAILABLE');
    const { instrumentId, action } = wish;
    // A recorded row carries the base price that its own actions made.
    if (run.plan.mode === 'replay') throw new AppError('ACTION_REPLAY');
    this.#inMarket(instrumentId);
    const exDate = exDateOf(wish.date, run.exchange.date, this.#calendar);
    this.#requirePossible(instrumentId, exDate, action);
    const actions = this.list();
    const alike = actions.find(
      (each) => each.instrumentId === instrumentId && each.exDate === exDate && each.action.kind === action.kind,
    );
    if (alike) {
      const what = actionNameKo(alike.action);
      throw new AppError('ACTION_TWICE', { code: codeOf(instrumentId), date: exDate, what });
    }
    const no = this.#engine.log.books.actions.nextNo();
    this.#engine.commit([{ kind: 'action.registered', data: { no, instrumentId, exDate, action } }]);
    return { no, instrumentId, exDate, action, appliedOn: null };
  }

  /** Takes back an action that has not taken effect. Throws ACTION_UNKNOWN, ACTION_APPLIED and BROKER_UNAVAILABLE. */
  remove(no: number): void {
    if (!this.#engine.ready) throw new AppError('BROKER_UNAVAILABLE');
    const found = this.list().find((each) => each.no === no);
    if (!found) throw new AppError('ACTION_UNKNOWN', { no });
    if (found.appliedOn !== null) throw new AppError('ACTION_APPLIED', { no, date: found.appliedOn });
    this.#engine.commit([{ kind: 'action.withdrawn', data: { action: no } }]);
  }

  #inMarket(instrumentId: InstrumentId): void {
    if (!this.#engine.has(instrumentId)) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(instrumentId) });
  }

  #requirePossible(instrumentId: InstrumentId, date: SessionDate, action: CorporateAction): void {
    const { run } = this.#engine;
    const what = actionNameKo(action);
    const { last, basePrice } = run.exchange.issue(codeOf(instrumentId));
    const close = last || basePrice;
    const why = impossibleKo(action, close);
    if (why !== null) throw new AppError('ACTION_IMPOSSIBLE', { what, why });
    const base = baseAfter(run.listed(instrumentId), { date, close }, action);
    if (base === null || base > HIGHEST_BASE)
      throw new AppError('ACTION_IMPOSSIBLE', { what, why: `기준가가 ${groupDigits(HIGHEST_BASE)}원보다 높아집니다.` });
    if (action.kind !== 'splitOff' || !action.newIssue) return;
    this.#inMarket(action.newIssue.instrumentId);
    if (action.newIssue.instrumentId === instrumentId)
      throw new AppError('ACTION_IMPOSSIBLE', { what, why: '새 종목이 분할되는 종목과 같습니다.' });
  }
}
