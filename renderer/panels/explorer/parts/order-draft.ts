/** An order as the broker's fields write it, read as the ticket writes it. */
import type { ApiOrder } from '#shared/contract/index.ts';
import { orderKindOf } from '#shared/market/index.ts';
import { bondId, isPriced } from '#shared/domain/index.ts';
import type { DraftChange } from '../../../store/draft.ts';

/** An issue and what is to be written for it. */
export interface TicketDraft {
  readonly instrumentId: string;
  readonly draft: DraftChange;
}

type Fields = Readonly<Record<string, string>>;

/** A bond's order: the API itself is the side. */
function bondDraft(code: string, fields: Fields): TicketDraft {
  const price = (fields['BOND_ORD_UNPR'] ?? '').trim();
  return {
    instrumentId: bondId(code),
    draft: {
      side: fields['side'] === 'sell' ? 'sell' : 'buy',
      type: 'limit',
      priceText: Number(price) > 0 ? price : '',
      quantityText: (fields['ORD_QTY2'] ?? '').trim(),
    },
  };
}

/** Fields of the order APIs that the desk knows; a figure of 0 stands for none. */
export function ticketDraft(desk: NonNullable<ApiOrder['desk']>, fields: Fields): TicketDraft {
  const code = (fields['PDNO'] ?? '').trim().toUpperCase();
  if (desk === 'bond') return bondDraft(code, fields);
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
