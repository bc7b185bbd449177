/** Corporate actions of the practice market as the log tells them: what was entered, what took effect, whose holdings changed. */
import { assert } from '#shared/errors/index.ts';
import type { Ledger } from '#shared/exchange/index.ts';
import { actionNameKo } from '#shared/market/index.ts';
import { krw } from '#shared/num/index.ts';
import { epochMs, sessionDate, type SessionDate } from '#shared/time/index.ts';
import type { LogData } from './log-entry.ts';
import type { ExchangeAdjustment, RegisteredAction } from './terms.ts';

/** Digits of the firm's numbers of adjustments. */
const NUMBER_DIGITS = 10;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Where an adjustment is booked. */
interface Place {
  readonly ledger: Ledger;
  readonly accountId: string;
  readonly sessionDate: SessionDate;
}

export class ActionBook {
  readonly #actions: Mutable<RegisteredAction>[] = [];
  readonly #withdrawn = new Set<number>();
  #adjustments = 0;

  /** In order of registration; none that was taken back. */
  list(): RegisteredAction[] {
    return this.#actions.filter(({ no }) => !this.#withdrawn.has(no)).map((action) => ({ ...action }));
  }

  /** The number the next action gets. */
  nextNo(): number {
    return this.#actions.length + 1;
  }

  /** Adjustments of holdings so far, of all accounts. */
  get adjustmentCount(): number {
    return this.#adjustments;
  }

  register(data: LogData<'action.registered'>): void {
    assert(data.no === this.nextNo(), `action ${data.no} out of order`);
    this.#actions.push({ ...data, exDate: sessionDate(data.exDate), appliedOn: null });
  }

  withdraw(data: LogData<'action.withdrawn'>): void {
    assert(this.#action(data.action).appliedOn === null, `action ${data.action} has taken effect`);
    this.#withdrawn.add(data.action);
  }

  /** It takes effect on a day; the holdings that it changes follow. */
  apply(data: LogData<'action.applied'>, date: SessionDate): void {
    const action = this.#action(data.action);
    assert(action.appliedOn === null, `action ${data.action} twice`);
    action.appliedOn = date;
  }

  /** Books what became of a holding; null where the customer has no position of it: only own units are shown as such. */
  adjust(data: LogData<'holding.adjusted'>, place: Place): ExchangeAdjustment | null {
    const { adjustment, ts, held: kind, instrumentId, before, after } = data;
    const { ledger, accountId } = place;
    assert(adjustment === this.#adjustments + 1, `adjustment ${adjustment} out of order`);
    this.#adjustments = adjustment;
    const units = { quantity: after.quantity, costKrw: krw(after.costKrw) };
    const paid = { cashKrw: krw(after.cashKrw), incomeKrw: krw(after.incomeKrw) };
    const other = after.other && { ...after.other, costKrw: krw(after.other.costKrw) };
    const change = { ...units, ...paid, realisedKrw: krw(after.realisedKrw), other };
    ledger.takeChange({ accountId, kind, instrumentId, after: change });
    if (kind !== 'own') return null;
    const { action } = this.#action(data.action);
    return {
      accountId,
      adjustmentNo: String(adjustment).padStart(NUMBER_DIGITS, '0'),
      instrumentId,
      action,
      before: { quantity: before.quantity, costKrw: krw(before.costKrw) },
      after: units,
      ...paid,
      other,
      reasonKo: actionNameKo(action),
      exchangeTs: epochMs(ts),
      sessionDate: place.sessionDate,
    };
  }

  #action(no: number): Mutable<RegisteredAction> {
    const action = this.#actions[no - 1];
    assert(action, `no action has number ${no}`);
    return action;
  }
}
