/** Reads the ticket's text fields into an order. */
import {
  priceUnitOf,
  isPriced,
  NewOrder as NewOrderSchema,
  type OrderSession,
  type Route,
} from '#shared/domain/index.ts';
import type { DraftState } from '../../../store/draft.ts';
import type { DraftOrder } from '../../../store/on-the-way.ts';
import type { TextKey } from '../../../text/index.ts';
import { type EntryKind, quantityKind, readEntry } from './entry.ts';

export interface ReadDraft {
  readonly price: number | null;
  readonly stopPrice: number | null;
  readonly quantity: number | null;
  /** null where a field is missing or no number. */
  readonly order: DraftOrder | null;
}

const DraftSchema = NewOrderSchema.omit({ requestId: true, allowDuplicate: true });

function valueOf(text: string, kind: EntryKind): number | null {
  const entry = readEntry(text, kind);
  return entry.ok ? entry.value : null;
}

export function readDraft(
  draft: Pick<
    DraftState,
    'side' | 'type' | 'timeInForce' | 'priceText' | 'stopText' | 'quantityText' | 'credit' | 'mode'
  >,
  of: {
    readonly accountId: string | null;
    readonly instrumentId: string | null;
    readonly route: Route;
    readonly session: OrderSession;
  },
): ReadDraft {
  const priced = isPriced(draft.type);
  const stops = draft.type === 'stopLimit';
  const unit = priceUnitOf(of.instrumentId ?? '');
  const price = priced ? valueOf(draft.priceText, unit) : null;
  const stopPrice = stops ? valueOf(draft.stopText, unit) : null;
  const quantity = valueOf(draft.quantityText, quantityKind(of.instrumentId ?? ''));
  const parsed = DraftSchema.safeParse({
    accountId: of.accountId ?? '',
    instrumentId: of.instrumentId ?? '',
    side: draft.side,
    type: draft.type,
    timeInForce: draft.timeInForce,
    price,
    stopPrice,
    route: of.route,
    session: of.session,
    quantity,
    // What waits with Maru, or protects a fill, is in cash.
    ...(draft.credit && draft.mode === 'now' ? { credit: draft.credit } : {}),
  });
  const complete = parsed.success && (!priced || price !== null) && (!stops || stopPrice !== null);
  return { price, stopPrice, quantity, order: complete ? parsed.data : null };
}

/** What the fields lack, as a text; null where nothing. */
export function missingText(draft: DraftState, read: ReadDraft): TextKey | null {
  if (read.order) return null;
  if (draft.type === 'stopLimit' && read.stopPrice === null)
    return draft.stopText.trim() === '' ? 'ticket.needStop' : 'ticket.badStop';
  if (isPriced(draft.type) && read.price === null)
    return draft.priceText.trim() === '' ? 'ticket.needPrice' : 'ticket.badPrice';
  if (read.quantity === null) return draft.quantityText.trim() === '' ? 'ticket.needQuantity' : 'ticket.badQuantity';
  return 'ticket.badNumber';
}

/** A share of the most that can be ordered, in whole lots. */
export function shareOfMost(most: number, percent: number, lotSize: number): number {
  return Math.floor((most * percent) / 100 / lotSize) * lotSize;
}
