/** Quantity: typed, by shares of the most that can be ordered, or by amount. */
import type { JSX, RefObject } from 'react';
import { useState } from 'react';
import { type InstrumentId, productOf, type Side } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { NumberField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { countWord } from '../../../ui/issue-units.ts';
import { AmountRow } from './amount-row.tsx';
import { shareOfMost } from './draft-order.ts';
import { quantityKind, readEntry } from './entry.ts';
import { KeypadButton, SHARES } from './keypad.tsx';

export function QuantityRows(props: {
  readonly text: string;
  readonly side: Side;
  readonly quantity: number | null;
  readonly invalid: boolean;
  readonly lot: number;
  /** The most that can be ordered; null: not known. */
  readonly most: number | null;
  /** Price that an amount is divided by. */
  readonly price: number | null;
  readonly instrumentId: InstrumentId;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onText: (text: string) => void;
  readonly onStep: (steps: number) => void;
}): JSX.Element {
  const t = useText();
  const [byAmount, setByAmount] = useState(false);
  const { most, lot, instrumentId } = props;
  const label = t(productOf(instrumentId) === 'bond' ? 'ticket.quantityFace' : 'ticket.quantity');
  const leave = (): void => {
    const entry = readEntry(props.text, quantityKind(instrumentId));
    if (entry.ok) props.onText(number(entry.value));
  };
  return (
    <>
      <div className="fr">
        <span className="l">
          {t('ticket.quantity')}
          <KeypadButton text={props.text} side={props.side} lot={lot} most={most} onText={props.onText} />
        </span>
        <NumberField
          label={label}
          text={props.text}
          unit={countWord(t, instrumentId)}
          invalid={props.invalid}
          testId="ticket-quantity"
          inputRef={props.inputRef}
          lessLabel={t('ticket.lotDown')}
          moreLabel={t('ticket.lotUp')}
          onText={props.onText}
          onStep={props.onStep}
          onLeave={leave}
        />
      </div>
      <div className="fr">
        <span />
        <span className="q4 shares" role="group" aria-label={t(`ticket.pad.of.${props.side}`)}>
          {SHARES.map((percent) => (
            <button
              key={percent}
              type="button"
              title={t(`ticket.pad.of.${props.side}`)}
              data-testid={`ticket-share-${percent}`}
              disabled={most === null}
              onClick={() => most !== null && props.onText(number(shareOfMost(most, percent, lot)))}
            >
              {percent}%
            </button>
          ))}
          <button
            type="button"
            data-testid="ticket-share-100"
            disabled={most === null}
            onClick={() => most !== null && props.onText(number(shareOfMost(most, 100, lot)))}
          >
            {most === null ? t('ticket.most') : t('ticket.mostOf', { count: number(most) })}
          </button>
          <button
            type="button"
            aria-pressed={byAmount}
            className={byAmount ? 'on' : ''}
            data-testid="ticket-by-amount"
            onClick={() => setByAmount(!byAmount)}
          >
            {t('ticket.amount')}
          </button>
        </span>
      </div>
      {byAmount && (
        <AmountRow
          price={props.price}
          lot={lot}
          instrumentId={instrumentId}
          onQuantity={(quantity) => props.onText(number(quantity))}
        />
      )}
    </>
  );
}
