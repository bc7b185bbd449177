/** 체결통보: what happened to the account's orders, as records of 26 columns. */
import { codeOf } from '#shared/domain/index.ts';
import type { EpochMs } from '#shared/time/index.ts';
import type { ExchangeNotice, ExchangeOrder } from '../../simulator/index.ts';
import { BRANCH, cancelNoOf, divisionCodeOf, SIDE_CODE } from '../domestic/order-rows.ts';
import type { Ground } from '../ground.ts';
import { timeText, zeroed } from '../server-text.ts';
import type { Row } from '../shape.ts';

/** What of a notice differs from the order it is about. */
interface Said {
  readonly no: string;
  readonly original?: string;
  /** 0 new · 1 change · 2 withdrawal */
  readonly change: 0 | 1 | 2;
  readonly quantity: number;
  readonly price: number;
  readonly at: EpochMs;
  readonly refused?: boolean;
  readonly filled?: boolean;
  /** 1 received · 2 confirmed · 3 rest gone (IOC, FOK) */
  readonly accepted: 1 | 2 | 3;
}

/** ORD_EXG_GB. @source protocol.md §11 */
function exchangeCode({ route, venue }: ExchangeOrder): string {
  if (route === 'SOR') return venue === 'NXT' ? '4' : '3';
  return route === 'NXT' ? '2' : '1';
}

function row(ground: Ground, order: ExchangeOrder, said: Said): Row {
  const { facts } = ground;
  return {
    CUST_ID: facts.htsId,
    ACNT_NO: facts.account.replace('-', ''),
    ODER_NO: said.no,
    OODER_NO: said.original ?? '',
    SELN_BYOV_CLS: SIDE_CODE[order.side],
    RCTF_CLS: said.change,
    ODER_KIND: divisionCodeOf(order),
    ODER_COND: order.timeInForce === 'ioc' ? 1 : order.timeInForce === 'fok' ? 2 : 0,
    STCK_SHRN_ISCD: codeOf(order.instrumentId),
    CNTG_QTY: zeroed(said.quantity, 10),
    CNTG_UNPR: zeroed(said.price, 9),
    STCK_CNTG_HOUR: timeText(said.at),
    RFUS_YN: said.refused ? 1 : 0,
    CNTG_YN: said.filled ? 2 : 1,
    ACPT_YN: said.accepted,
    BRNC_NO: BRANCH,
    ODER_QTY: zeroed(order.quantity, 9),
    ACNT_NAME: '모의고객',
    ORD_COND_PRC: zeroed(order.stopPrice ?? 0, 9),
    ORD_EXG_GB: exchangeCode(order),
    POPUP_YN: 'Y',
    FILLER: '',
    CRDT_CLS: '10',
    CRDT_LOAN_DATE: '',
    CNTG_ISNM40: ground.instrument(order.instrumentId)?.nameKo ?? '',
    ODER_PRC: zeroed(order.price ?? 0, 9),
  };
}

/** A new order was received, and an order that is refused after it got its number. */
export function receiptRow(ground: Ground, order: ExchangeOrder, refused = false): Row {
  const { brokerOrderNo: no, quantity, price, exchangeTs: at } = order;
  return row(ground, order, { no, change: 0, quantity, price: price ?? 0, at, accepted: 1, refused });
}

/** The records of a notice of the firm: none, one, or receipt and confirmation. */
export function noticeRows(
  ground: Ground,
  notice: ExchangeNotice,
  find: (no: string) => ExchangeOrder | undefined,
): Row[] {
  switch (notice.kind) {
    case 'accepted':
      return [receiptRow(ground, notice.order)];
    case 'replaced': {
      const { order } = notice;
      const { brokerOrderNo: no, originalOrderNo, quantity, price, exchangeTs: at } = order;
      const said = { no, original: originalOrderNo ?? '', change: 1, quantity, price: price ?? 0, at } as const;
      return [row(ground, order, { ...said, accepted: 1 }), row(ground, order, { ...said, accepted: 2 })];
    }
    case 'fill': {
      const { brokerOrderNo: no, price, quantity, exchangeTs: at, venue } = notice.execution;
      const order = find(no);
      if (!order) return [];
      const where = { ...order, venue };
      return [row(ground, where, { no, change: 0, quantity, price, at, filled: true, accepted: 2 })];
    }
    case 'canceled': {
      const { brokerOrderNo: original, quantity, cause, exchangeTs: at } = notice;
      const order = find(original);
      if (!order) return [];
      const price = order.price ?? 0;
      if (cause !== 'user') return [row(ground, order, { no: original, change: 0, quantity, price, at, accepted: 3 })];
      const said = { no: cancelNoOf(original), original, change: 2, quantity, price, at } as const;
      return [row(ground, order, { ...said, accepted: 1 }), row(ground, order, { ...said, accepted: 2 })];
    }
    // The broker says nothing of these.
    case 'expired':
    case 'triggered':
    case 'converted':
    case 'holdingAdjusted':
    case 'account':
    case 'session':
    case 'connection':
      return [];
  }
}
