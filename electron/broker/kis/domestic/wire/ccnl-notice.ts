/**
 * 국내주식 실시간체결통보 H0STCNI0, H0STCNI9: what becomes of the orders of an HTS id, over all its accounts.
 *
 *     receipt  HTS ID^0000000001^0000002891^^02^0^01^0^136480^0000000001^000000000^094941^0^1^1^06010^000000001^X^^10^^하림^^^^^
 *     fill     HTS ID^0000000001^0000002891^^02^0^00^0^136480^0000000001^000003190^094941^0^2^2^06010^000000001^X^^10^^하림^^^^^
 *
 * In a receipt the places of the executed quantity and price hold the order's.
 */
import type { Route, Side, VenueName } from '#shared/domain/index.ts';
import type { ChannelRecord } from '../../ports.ts';
import { orderNo, text, whole } from './fields.ts';
import { codeOfProduct } from './order-row.ts';

export const NOTICE = 'domestic-stock.ccnl-notice';

/**
 * received: the broker has it · confirmed: it took effect · lapsed: its rest went by itself (IOC, FOK) · refused · filled.
 */
export type NoticeKind = 'received' | 'confirmed' | 'lapsed' | 'refused' | 'filled';

export interface Notice {
  readonly kind: NoticeKind;
  /** What the number stands for: an order, a change of one, a withdrawal of one. */
  readonly about: 'order' | 'replace' | 'cancel';
  readonly account: string;
  readonly no: string;
  readonly originalNo: string;
  readonly side: Side;
  /** ORD_DVSN. */
  readonly orderKind: string;
  readonly code: string;
  /** Of the execution where it is one, else of the order. */
  readonly quantity: number;
  readonly price: number;
  /** 주문수량, 0: not told. */
  readonly orderQuantity: number;
  /** 주문가격, 0: none, or an older server. */
  readonly orderPrice: number;
  readonly stopPrice: number;
  readonly time: string;
  readonly orgNo: string;
  readonly route: Route;
  readonly venue: VenueName | null;
  /** Everything it says, by which a repeated one is known. */
  readonly print: string;
}

const ROUTES: Readonly<Record<string, { readonly route: Route; readonly venue: VenueName }>> = {
  '1': { route: 'KRX', venue: 'KRX' },
  '2': { route: 'NXT', venue: 'NXT' },
  '3': { route: 'SOR', venue: 'KRX' },
  '4': { route: 'SOR', venue: 'NXT' },
};

/** The columns that say something of an order. A record may hold more than its columns, so they are named. */
const SAID = [
  'ACNT_NO',
  'ODER_NO',
  'OODER_NO',
  'RCTF_CLS',
  'CNTG_QTY',
  'CNTG_UNPR',
  'STCK_CNTG_HOUR',
  'RFUS_YN',
  'CNTG_YN',
  'ACPT_YN',
  'ORD_EXG_GB',
] as const;

function kindOf(row: ChannelRecord): NoticeKind {
  if (text(row, 'CNTG_YN') === '2') return 'filled';
  if (text(row, 'RFUS_YN') === '1') return 'refused';
  const how = text(row, 'ACPT_YN');
  if (how === '3') return 'lapsed';
  return how === '2' ? 'confirmed' : 'received';
}

/** One record of the channel. */
export function readNotice(row: ChannelRecord): Notice {
  const class_ = text(row, 'RCTF_CLS');
  return {
    kind: kindOf(row),
    about: class_ === '1' ? 'replace' : class_ === '2' ? 'cancel' : 'order',
    account: text(row, 'ACNT_NO'),
    no: orderNo(text(row, 'ODER_NO')),
    originalNo: orderNo(text(row, 'OODER_NO')),
    side: text(row, 'SELN_BYOV_CLS') === '01' ? 'sell' : 'buy',
    orderKind: text(row, 'ODER_KIND').padStart(2, '0'),
    code: codeOfProduct(text(row, 'STCK_SHRN_ISCD')),
    quantity: whole(row, 'CNTG_QTY'),
    price: whole(row, 'CNTG_UNPR'),
    orderQuantity: whole(row, 'ODER_QTY'),
    orderPrice: whole(row, 'ODER_PRC'),
    stopPrice: whole(row, 'ORD_COND_PRC'),
    time: text(row, 'STCK_CNTG_HOUR'),
    orgNo: text(row, 'BRNC_NO'),
    // An older server does not tell the exchange: then everything traded on KRX.
    ...(ROUTES[text(row, 'ORD_EXG_GB')] ?? { route: 'KRX', venue: null }),
    print: SAID.map((name) => text(row, name)).join('^'),
  };
}
