/**
 * 해외주식 실시간체결통보 H0GSCNI0, H0GSCNI9: something became of an order of an HTS id. What it was is asked for by REST, because
 * the prices of notices have no decimal point and how many places they hold differs by market.
 *
 *     HTS ID^00000000^3567^^02^0^1^7203^0000000100^000032200^^0^1^1^^^X^도요타자동차^D^10^^^^
 */
import type { ChannelRecord } from '../../ports.ts';
import { text } from '../../domestic/wire/fields.ts';

export const FOREIGN_NOTICE = 'overseas-stock.ccnl-notice';

/** The account a notice is about: 8 digits, or 10 with the product code. */
export function accountOfNotice(record: ChannelRecord): string {
  return text(record, 'ACNT_NO');
}

/** The market a notice is about (해외종목구분), as `Region.notices` names them. */
export function marketOfNotice(record: ChannelRecord): string {
  return text(record, 'ODER_COND');
}
