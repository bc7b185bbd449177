/** An order as the broker's fields write it, read as the ticket writes it. */
import { orderKindOf } from '#shared/market/index.ts';
import { isPriced } from '#shared/domain/index.ts';
import type { DraftChange } from '../../../store/draft.ts';

/** An issue and what is to be written for it. */
export interface TicketDraft {
  readonly instrumentId: string;
  readonly draft: DraftChange;
}

/** Fields of both order APIs that the desk knows; a figure of 0 stands for none. */
export function ticketDraft(desk: 'krx' | 'overseas', fields: Readonly<Record<string, string>>): TicketDraft {
  const code = (fields['PDNO'] ?? '').trim().toUpperCase();
  const exchange = desk === 'krx' ? 'KRX' : (fields['OVRS_EXCG_CD'] ?? '').trim();
  const price = ((desk === 'krx' ? fields['ORD_UNPR'] : fields['OVRS_ORD_UNPR']) ?? '').trim();
  // The division of a Korean order says its type; abroad the ticket's own choice stays.
  const row = desk === 'krx' ? orderKindOf(fields['ORD_DVSN'] ?? '') : null;
  const type = row?.type ?? 'limit';
  return {
    instrumentId: `${exchange}:${code}`,
    draft: {
      side: fields['side'] === 'sell' ? 'sell' : 'buy',
      type,
      ...(row ? { timeInForce: row.timeInForce } : {}),
      priceText: isPriced(type) && Number(price) > 0 ? price : '',
      quantityText: (fields['ORD_QTY'] ?? '').trim(),
    },
  };
}
