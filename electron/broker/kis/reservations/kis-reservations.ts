/** Reservations of a connection's domestic share account: real only; one without an answer is told as unknown, never sent twice. */
import { codeOf, isPriced, type Cleared, type Reason } from '#shared/domain/index.ts';
import { AppError, toEnvelope } from '#shared/errors/index.ts';
import type {
  AccountReservations,
  HeldReservation,
  ReservationAnswer,
  ReservationChange,
  ReservationTerms,
} from '../../reservations.ts';
import { refusalOf, type Refusal } from '../domestic/order-form.ts';
import type { AccountFields } from '../domestic/wire/order-cash.ts';
import type { KisAnswer, KisCall, KisEnvironment, KisKeys, KisRest } from '../ports.ts';
import { changeCall, isDone, listCall, reservableCode, reservationNo, reservationRows, reserveCall } from './wire.ts';
import type { ReservationForm } from './wire.ts';

export interface KisReservationsParts {
  readonly environment: KisEnvironment;
  readonly connectionId: string;
  readonly keys: Pick<KisKeys, 'accountNo' | 'productCode'>;
  readonly rest: KisRest;
}

const NAME_KO = '예약주문';
/** ACNT_PRDT_CD of a share account. */
const SHARES = '01';

function formOf(terms: ReservationTerms): ReservationForm | Refusal {
  const { instrumentId, type, price, quantity } = terms;
  const kindCode = reservableCode(type);
  if (kindCode === null) return { ok: false, code: 'EXCH_TYPE' };
  if (!/^KRX:[0-9A-Z]{6}$/.test(instrumentId)) return { ok: false, code: 'EXCH_UNKNOWN_ISSUE' };
  if (!Number.isSafeInteger(quantity) || quantity <= 0) return { ok: false, code: 'EXCH_QUANTITY' };
  if (!isPriced(type) && price !== null) return { ok: false, code: 'EXCH_PRICE' };
  if (isPriced(type) && (price === null || !Number.isSafeInteger(price) || price <= 0))
    return { ok: false, code: 'EXCH_TICK' };
  return { code: codeOf(instrumentId), kindCode, terms };
}

class KisReservations implements AccountReservations {
  readonly #parts: KisReservationsParts;
  readonly #fields: AccountFields;

  constructor(parts: KisReservationsParts) {
    this.#parts = parts;
    this.#fields = { CANO: parts.keys.accountNo, ACNT_PRDT_CD: parts.keys.productCode };
  }

  unavailable(accountId: string): Reason | null {
    const error = this.#obstacle(accountId);
    if (error === null) return null;
    const { code, messageKo, actionKo } = toEnvelope(error);
    return { code, messageKo, actionKo };
  }

  async list(
    about: Parameters<AccountReservations['list']>[0],
    signal?: AbortSignal,
  ): Promise<readonly HeldReservation[]> {
    this.#require(about.accountId);
    const call = listCall(this.#fields, about);
    const { pages, complete, error } = await this.#parts.rest.pages(signal ? { ...call, signal } : call);
    // A part of the list would make one look as if it had never arrived.
    if (!complete) throw error instanceof Error ? error : new AppError('KIS_NO_ANSWER', { why: '' });
    return pages.flatMap((page) => reservationRows(page, about.accountId));
  }

  async place(cleared: Cleared<ReservationTerms>): Promise<ReservationAnswer> {
    const form = formOf(cleared.order);
    return 'ok' in form
      ? form
      : this.#send(cleared.order.accountId, { ...reserveCall(this.#fields, form), pass: { cleared } }, reservationNo);
  }

  async change(cleared: Cleared<ReservationChange>): Promise<ReservationAnswer> {
    const { of, to } = cleared.order;
    const form = formOf(to);
    if ('ok' in form) return form;
    const call = changeCall(this.#fields, { action: 'modify', of, form });
    return this.#send(of.accountId, { ...call, pass: { cleared } }, (answer) => (isDone(answer) ? of.no : ''));
  }

  async cancel(of: HeldReservation): Promise<ReservationAnswer> {
    const form = { code: codeOf(of.instrumentId), kindCode: of.kindCode, terms: of };
    const call = changeCall(this.#fields, { action: 'cancel', of, form });
    return this.#send(of.accountId, { ...call, pass: 'cancel' }, (answer) => (isDone(answer) ? of.no : ''));
  }

  async #send(accountId: string, call: KisCall, noOf: (answer: KisAnswer) => string): Promise<ReservationAnswer> {
    this.#require(accountId);
    try {
      const no = noOf(await this.#parts.rest.call(call));
      // Answered, but with what outcome? The list tells.
      if (no === '') throw new AppError('KIS_OUTCOME_UNKNOWN');
      return { ok: true, no };
    } catch (error) {
      return refusalOf(error);
    }
  }

  #obstacle(accountId: string): AppError | null {
    const { connectionId, environment, keys } = this.#parts;
    if (environment === 'paper') return new AppError('KIS_NOT_IN_PAPER', { name: NAME_KO });
    const isShares = accountId === connectionId && keys.productCode === SHARES;
    return isShares ? null : new AppError('KIS_STATEMENT_NONE', { name: NAME_KO });
  }

  #require(accountId: string): void {
    const error = this.#obstacle(accountId);
    if (error) throw error;
  }
}

/** The reservations of the domestic share account of a connection. */
export function createKisReservations(parts: KisReservationsParts): AccountReservations {
  return new KisReservations(parts);
}
