/** Reads the ticket's text fields into an order. */
import { type NewOrder, NewOrder as NewOrderSchema } from '#shared/domain/index.ts';
import type { DraftState } from '../../../store/draft.ts';
import { parseWhole } from '../../../ui/parse.ts';

/** A draft that can be asked about or sent, once it has a request id. */
export type DraftOrder = Omit<NewOrder, 'requestId' | 'allowDuplicate'>;

export interface ReadDraft {
  readonly price: number | null;
  readonly quantity: number | null;
  /** null where a field is missing or no number. */
  readonly order: DraftOrder | null;
}

const DraftSchema = NewOrderSchema.omit({ requestId: true, allowDuplicate: true });

export function readDraft(
  draft: Pick<DraftState, 'side' | 'type' | 'timeInForce' | 'priceText' | 'quantityText'>,
  of: { readonly accountId: string | null; readonly instrumentId: string | null },
): ReadDraft {
  const price = draft.type === 'market' ? null : parseWhole(draft.priceText);
  const quantity = parseWhole(draft.quantityText);
  const parsed = DraftSchema.safeParse({
    accountId: of.accountId ?? '',
    instrumentId: of.instrumentId ?? '',
    side: draft.side,
    type: draft.type,
    timeInForce: draft.timeInForce,
    price,
    quantity,
  });
  const complete = parsed.success && (draft.type === 'market' || price !== null);
  return { price, quantity, order: complete ? parsed.data : null };
}

/** A share of the most that can be ordered, in whole lots. */
export function shareOfMost(most: number, percent: number, lotSize: number): number {
  return Math.floor((most * percent) / 100 / lotSize) * lotSize;
}
