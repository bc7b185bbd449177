/** The member firm's counter: checks what a customer asks against the ledger, sends it to the exchange, answers. */
import {
  amendedType,
  codeOf,
  holdsOwnPrice,
  isPriced,
  type AccountKind,
  type InstrumentId,
  type OrderType,
} from '#shared/domain/index.ts';
import { AppError, assert, type ErrorCode } from '#shared/errors/index.ts';
import type { RejectCode, Shortage } from '#shared/exchange/index.ts';
import type { Ids } from '#shared/ports.ts';
import type { BookedOrder } from './firm-books.ts';
import type { MarketEngine } from './market-engine.ts';
import type {
  ExchangeAccount,
  ExchangeAnswer,
  ExchangeCancelRequest,
  ExchangeOrderRequest,
  ExchangeReceipt,
  ExchangeRefusal,
  ExchangeReplaceRequest,
} from './terms.ts';

/** Bounds of an account's starting cash, won, and what it is unless chosen. */
export const MIN_STARTING_CASH_KRW = 10_000;
export const MAX_STARTING_CASH_KRW = 1_000_000_000_000;
export const DEFAULT_STARTING_CASH_KRW = 100_000_000;
export const MAX_ACCOUNTS = 1_000;

/** Largest quantity and price the exchange's numbers hold; its own caps are lower. */
const MAX_FIGURE = 1_000_000_000;

/** The exchange's reasons as codes with words. */
const REFUSED: Readonly<Record<RejectCode, ErrorCode>> = {
  SESSION: 'EXCH_SESSION',
  TYPE: 'EXCH_TYPE',
  QUANTITY: 'EXCH_QUANTITY',
  QUANTITY_CAP: 'EXCH_QUANTITY_CAP',
  PRICE: 'EXCH_PRICE',
  SAME_PRICE: 'EXCH_SAME_PRICE',
  TICK: 'EXCH_TICK',
  LIMIT: 'EXCH_LIMIT',
  HALTED: 'EXCH_HALTED',
  FULL: 'EXCH_FULL',
  UNKNOWN_ISSUE: 'EXCH_UNKNOWN_ISSUE',
  UNKNOWN_ORDER: 'EXCH_UNKNOWN_ORDER',
  VENUE_TYPE: 'EXCH_VENUE_TYPE',
  NOT_ON_NXT: 'EXCH_NOT_ON_NXT',
  NO_ETP: 'EXCH_NO_ETP',
  TYPE_HOURS: 'EXCH_TYPE_HOURS',
  MARKET_HALTED: 'EXCH_MARKET_HALTED',
  CONDITIONAL_LIMIT: 'EXCH_CONDITIONAL_LIMIT',
  SINGLE_PRICE: 'EXCH_SINGLE_PRICE',
  NO_QUOTE: 'EXCH_NO_QUOTE',
  BEST_SAME_NOW: 'EXCH_BEST_SAME_NOW',
  MARKET_BANNED: 'EXCH_MARKET_BANNED',
  STOP_PRICE: 'EXCH_STOP_PRICE',
  NO_REFERENCE: 'EXCH_NO_REFERENCE',
  SHORT_PRICE: 'EXCH_SHORT_PRICE',
  AMEND_TYPE: 'EXCH_AMEND_TYPE',
  AMEND_QUANTITY: 'EXCH_AMEND_QUANTITY',
  OTHER_DAY: 'EXCH_OTHER_DAY',
};

/** The firm's own reasons. */
const SHORT: Readonly<Record<Shortage, ErrorCode>> = { CASH: 'EXCH_CASH', SELLABLE: 'EXCH_SELLABLE' };

function refusal(code: ErrorCode, params?: ExchangeRefusal['params']): ExchangeRefusal {
  return params ? { ok: false, code, params } : { ok: false, code };
}

function refusedBy(reason: RejectCode): ExchangeRefusal {
  return refusal(REFUSED[reason]);
}

function isFigure(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value <= MAX_FIGURE;
}

/** What a new account is to be. */
export interface AccountWish {
  readonly name: string;
  /** cash if absent. */
  readonly kind?: AccountKind;
  readonly startingCashKrw?: number;
  /** Held from the beginning; nothing if absent. Won. */
  readonly holdings?: readonly {
    readonly instrumentId: InstrumentId;
    readonly quantity: number;
    readonly costKrw: number;
  }[];
}

export class FirmCounter {
  readonly #engine: MarketEngine;
  readonly #ids: Ids;

  constructor(engine: MarketEngine, ids: Ids) {
    this.#engine = engine;
    this.#ids = ids;
  }

  /** Throws ACCOUNT_NAME_TAKEN and ACCOUNT_LIMIT. */
  createAccount(wish: AccountWish): ExchangeAccount {
    const { name, kind: accountKind = 'cash', startingCashKrw = DEFAULT_STARTING_CASH_KRW, holdings } = wish;
    const { books } = this.#engine.log;
    assert(
      Number.isSafeInteger(startingCashKrw) &&
        startingCashKrw >= MIN_STARTING_CASH_KRW &&
        startingCashKrw <= MAX_STARTING_CASH_KRW,
      `starting cash ${startingCashKrw}`,
    );
    if (books.accounts().some((account) => account.name === name)) throw new AppError('ACCOUNT_NAME_TAKEN', { name });
    if (books.accountCount >= MAX_ACCOUNTS) throw new AppError('ACCOUNT_LIMIT', { limit: MAX_ACCOUNTS });
    const accountId = this.#ids.next();
    const owner = books.accountCount + 1;
    const held = holdings && { holdings: [...holdings] };
    const data = { accountId, owner, name, accountKind, startingCashKrw, ...held };
    this.#engine.commit([{ kind: 'account.opened', data }]);
    return books.account(accountId);
  }

  /** The answer is durable. A throw means that the outcome is not known. */
  submit(order: ExchangeOrderRequest): ExchangeAnswer {
    const refused = this.#refuseEarly(order.accountId);
    if (refused) return refused;
    const { accountId, instrumentId, side, type, timeInForce, session, route, quantity } = order;
    if (!isFigure(quantity)) return refusedBy('QUANTITY');
    const price = order.price ?? 0;
    const stopPrice = order.stopPrice ?? 0;
    if (price !== 0 && !isFigure(price)) return refusedBy('TICK');
    if (stopPrice !== 0 && !isFigure(stopPrice)) return refusedBy('STOP_PRICE');
    // An unpriced order with a price is the exchange's to refuse.
    if (isPriced(type) || price === 0) {
      const short = this.#shortage(order, price);
      if (short) return short;
    }
    const { books } = this.#engine.log;
    const no = books.nextNo();
    const code = codeOf(instrumentId);
    const reason = this.#engine.send(books.ownerOf(accountId), {
      verb: 'submit',
      no,
      code,
      side,
      type,
      timeInForce,
      session,
      route,
      price,
      stopPrice,
      quantity,
      ...(order.credit ? { credit: order.credit } : {}),
    });
    return reason === null ? { ok: true, brokerOrderNo: no } : refusedBy(reason);
  }

  /** Moves the whole rest to another price; the notice brings the new number. */
  replace(request: ExchangeReplaceRequest): ExchangeReceipt {
    const { accountId, price } = request;
    const refused = this.#refuseEarly(accountId);
    if (refused) return refused;
    const order = this.#openOrder(request);
    if (!order) return refusedBy('UNKNOWN_ORDER');
    if (!isFigure(price)) return refusedBy('TICK');
    const type = amendedType(order.type);
    if (type === null) return refusedBy('AMEND_TYPE');
    const { books } = this.#engine.log;
    const holdPrice = this.#holdPrice(order.instrumentId, type, price);
    if (books.ledger.replaceShortage(order.brokerOrderNo, holdPrice) !== null) return refusal('EXCH_CASH');
    const changed = type === order.type ? null : type;
    const input = { verb: 'replace', no: books.nextNo(), orderNo: order.orderNo, price, type: changed } as const;
    const reason = this.#engine.send(books.ownerOf(accountId), input);
    return reason === null ? { ok: true } : refusedBy(reason);
  }

  /** Withdraws the whole rest. */
  cancel(request: ExchangeCancelRequest): ExchangeReceipt {
    const refused = this.#refuseEarly(request.accountId);
    if (refused) return refused;
    const order = this.#openOrder(request);
    if (!order) return refusedBy('UNKNOWN_ORDER');
    const { books } = this.#engine.log;
    const reason = this.#engine.send(books.ownerOf(request.accountId), { verb: 'cancel', orderNo: order.orderNo });
    return reason === null ? { ok: true } : refusedBy(reason);
  }

  #refuseEarly(accountId: string): ExchangeRefusal | null {
    if (!this.#engine.ready) return refusal('BROKER_UNAVAILABLE');
    return this.#engine.log.books.ledger.has(accountId) ? null : refusal('ACCOUNT_UNKNOWN', { accountId });
  }

  #openOrder(request: ExchangeCancelRequest): BookedOrder | null {
    const order = this.#engine.log.books.order(request.brokerOrderNo);
    return order?.accountId === request.accountId && order.status === 'open' ? order : null;
  }

  /** What the ledger holds against it; an order without a valid price or issue is the exchange's to refuse. */
  #shortage(order: ExchangeOrderRequest, price: number): ExchangeRefusal | null {
    const { accountId, instrumentId, side, type, quantity, credit } = order;
    const { run, log } = this.#engine;
    if (!run.has(instrumentId)) return null;
    const holdPrice = this.#holdPrice(instrumentId, type, price);
    if (holdPrice === 0) return null;
    const { ledger } = log.books;
    const market = run.marketOf(instrumentId);
    const shortage = ledger.shortage({
      accountId,
      instrumentId,
      market,
      side,
      quantity,
      holdPrice,
      marginPercent: ledger.marginRate(accountId, { market }).percent,
      tradeDate: run.exchange.date,
      ...(credit ? { credit: credit.act } : {}),
    });
    return shortage && refusal(SHORT[shortage]);
  }

  /** Won per unit that a buy must be able to pay: its price, or the upper limit of the day. */
  #holdPrice(instrumentId: InstrumentId, type: OrderType, price: number): number {
    return holdsOwnPrice(type) ? price : this.#engine.run.exchange.issue(codeOf(instrumentId)).upperLimit;
  }
}
