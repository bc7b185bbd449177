/** Quantity by amount: "300만" becomes whole lots at the price, and says how many before they stand in the field. */
import type { JSX, KeyboardEvent } from 'react';
import { useState } from 'react';
import { currencyOf, type InstrumentId, priceUnitOf } from '#shared/domain/index.ts';
import { valueUnit } from '#shared/market/index.ts';
import { useText } from '../../../text/index.ts';
import { countText } from '../../../ui/issue-units.ts';
import { money } from '../../../ui/money.ts';
import { lotsFor, readEntry } from './entry.ts';

export function AmountRow(props: {
  /** Price that the amount is divided by; null: none is known. */
  readonly price: number | null;
  readonly lot: number;
  readonly instrumentId: InstrumentId;
  readonly onQuantity: (quantity: number) => void;
}): JSX.Element {
  const t = useText();
  const [text, setText] = useState('');
  const { price, instrumentId } = props;
  const currency = currencyOf(instrumentId);
  const entry = readEntry(text, currency);
  const count =
    entry.ok && price !== null ? lotsFor(entry.value, price, props.lot, valueUnit(instrumentId) ?? undefined) : 0;
  const says = ((): string => {
    if (!entry.ok) return entry.fault === 'empty' ? t('ticket.amountHint') : t(`entry.${entry.fault}`);
    if (price === null) return t('ticket.amountNoPrice');
    return count === 0
      ? t('ticket.amountFew')
      : t('ticket.amountIs', {
          price: money(price, priceUnitOf(instrumentId)),
          count: countText(t, count, instrumentId),
        });
  })();
  const keyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // Enter takes the quantity over here; it must not also send.
    event.preventDefault();
    event.stopPropagation();
    if (count > 0) props.onQuantity(count);
  };
  return (
    <>
      <div className="fr">
        <span className="l">{t('ticket.amount')}</span>
        <span className={entry.ok || entry.fault === 'empty' ? 'field' : 'field bad'}>
          <input
            className="num num-in"
            aria-label={t('ticket.amount')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            data-testid="ticket-amount"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={keyDown}
          />
          <span className="unit">{t(`currency.${currency}`)}</span>
        </span>
      </div>
      <div className="fr slim">
        <span />
        <span className="note" role="status" data-testid="ticket-amount-says">
          {says}{' '}
          {count > 0 && (
            <button
              type="button"
              className="btn sm"
              data-testid="ticket-amount-take"
              onClick={() => props.onQuantity(count)}
            >
              {countText(t, count, instrumentId)}
            </button>
          )}
        </span>
      </div>
    </>
  );
}
