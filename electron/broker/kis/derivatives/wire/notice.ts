/**
 * 선물옵션 실시간체결통보 H0IFCNI0, H0IFCNI9, and H0MFCNI0, H0EUCNI0 of the night (real only): something became of an order of an HTS id. What it was is asked for by REST, because
 * the prices of notices have no decimal point.
 *
 *     HTS ID^0000000003^0000001666^^02^0^0^111V06^0000000002^007840000^095835^0^2^2^00950^000000000^X^삼성전자   F 2^^^^000000000
 */
import type { ChannelRecord } from '../../ports.ts';
import { text } from '../../domestic/wire/fields.ts';

export const DERIVATIVE_NOTICE = 'domestic-futureoption.fuopt-ccnl-notice';
/** Of futures and of options. */
export const NIGHT_NOTICES = [
  'domestic-futureoption.krx-ngt-futures-ccnl-notice',
  'domestic-futureoption.krx-ngt-option-notice',
] as const;

/** The account a notice is about: 8 digits, or 10 with the product code. */
export function accountOfDerivativeNotice(record: ChannelRecord): string {
  return text(record, 'acnt_no');
}
