/** What an order on a bond comes to in face amount, and the yield at the last price. */
import type { JSX } from 'react';
import type { Quote } from '#shared/domain/index.ts';
import { decimalText } from '#shared/num/index.ts';
import { useText } from '../../../text/index.ts';
import { number, UNKNOWN } from '../../../ui/format.ts';
import { issuePrice } from '../../../ui/money.ts';

/** Won of face amount in a unit of quantity. */
const FACE_WON = 1_000;
/** Percent with three places. */
const PPM_DIGITS = 4;

/** A yield in millionths as percent: 44,780 is "4.478". */
export function yieldPercent(ppm: number): string {
  return decimalText(ppm, PPM_DIGITS, 2).replace('-', '−');
}

export function BondNote(props: { readonly quantity: number | null; readonly quote: Quote | undefined }): JSX.Element {
  const t = useText();
  const { quantity, quote } = props;
  const last = quote?.last ?? null;
  return (
    <div className="fr slim" data-testid="ticket-bond">
      <span className="l">{t('ticket.yield')}</span>
      <span className="note num">
        {quote?.yieldPpm === undefined
          ? UNKNOWN
          : last === null
            ? `${yieldPercent(quote.yieldPpm)}%`
            : t('ticket.yieldAt', {
                percent: yieldPercent(quote.yieldPpm),
                price: issuePrice(last, quote.instrumentId),
              })}
        {quantity !== null && ` · ${t('ticket.face', { amount: number(quantity * FACE_WON) })}`}
      </span>
    </div>
  );
}
