/** Orders that became known from outside: from a row of an inquiry, or from a notice. */
import { krxId } from '#shared/domain/index.ts';
import { SECOND_MS, type EpochMs } from '#shared/time/index.ts';
import { kindOf, KnownOrder, shownPrice } from './known-order.ts';
import type { SessionClock } from './session-clock.ts';
import type { Notice } from './wire/ccnl-notice.ts';
import { instantOf } from './wire/fields.ts';
import type { OrderRow } from './wire/order-row.ts';

interface Where {
  readonly accountId: string;
  readonly clock: SessionClock;
}

/**
 * When on our clock the broker received an order that nobody told of: by its time there, unless a clock is wrong, for it
 * was not there yet when the inquiry before began.
 */
function receivedTs(exchangeTs: EpochMs, { clock, askedTs }: Where & { readonly askedTs: EpochMs | null }): EpochMs {
  const told = clock.ours(exchangeTs);
  return askedTs === null || told >= askedTs - SECOND_MS ? told : clock.wallNow();
}

/** `askedTs`: when the inquiry before it began; null: there was none. */
export function orderOfRow(row: OrderRow, where: Where & { readonly askedTs: EpochMs | null }): KnownOrder {
  const kind = kindOf(row.kind);
  const exchangeTs = instantOf(row.date, row.time) ?? where.clock.now();
  const facts = {
    accountId: where.accountId,
    no: row.no,
    originalNo: row.originalNo === '' ? null : row.originalNo,
    date: row.date,
    instrumentId: krxId(row.code),
    side: row.side,
    ...kind,
    route: row.route,
    stopPrice: row.stopPrice > 0 ? row.stopPrice : null,
    quantity: row.quantity,
    exchangeTs,
    receivedTs: receivedTs(exchangeTs, where),
  };
  return new KnownOrder(facts, shownPrice(kind.type, row.price));
}

/** null: the notice does not say enough. */
export function orderOfNotice(notice: Notice, { accountId, clock }: Where): KnownOrder | null {
  const quantity = notice.orderQuantity || notice.quantity;
  if (notice.no === '' || quantity <= 0) return null;
  const kind = kindOf(notice.orderKind);
  const date = clock.date();
  const facts = {
    accountId,
    no: notice.no,
    originalNo: notice.originalNo === '' ? null : notice.originalNo,
    date,
    instrumentId: krxId(notice.code),
    side: notice.side,
    ...kind,
    route: notice.route,
    stopPrice: kind.type === 'stopLimit' && notice.stopPrice > 0 ? notice.stopPrice : null,
    quantity,
    exchangeTs: instantOf(date, notice.time) ?? clock.now(),
    receivedTs: clock.wallNow(),
  };
  return new KnownOrder(facts, shownPrice(kind.type, notice.orderPrice || notice.price));
}
