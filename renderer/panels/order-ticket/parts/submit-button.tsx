/** The button that sends. It repeats side, quantity, amount and environment. */
import type { JSX, KeyboardEvent } from 'react';
import { currencyOf, type InstrumentId, type Side } from '#shared/domain/index.ts';
import { useCore } from '../../../store/core.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { environmentIcon } from '../../../ui/environment-icon.ts';
import { countText } from '../../../ui/issue-units.ts';
import { money } from '../../../ui/money.ts';
import { Icon } from '../../../ui/icons.tsx';

export function SubmitButton(props: {
  readonly side: Side;
  readonly quantity: number | null;
  readonly amountKrw: number | null;
  readonly instrumentId: InstrumentId;
  readonly sending: boolean;
  /** true: nothing is sent now, Maru keeps it. */
  readonly waits: boolean;
  /** true: it is bought with, or repays, borrowed money. */
  readonly onCredit: boolean;
  /** Why nothing can be sent now. */
  readonly blocked: TextKey | null;
  readonly onSend: (allowDuplicate: boolean) => void;
}): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const armed = useEnvironment((state) => state.status?.lock.state === 'armed');
  const { side, quantity, amountKrw, instrumentId } = props;
  const currency = currencyOf(instrumentId);
  return (
    <button
      type="button"
      className={`submit ${side === 'buy' ? 'b' : 's'}`}
      disabled={props.blocked !== null}
      aria-busy={props.sending}
      data-testid="order-submit"
      onClick={(event) => {
        // The second press of a double click is no second order.
        if (event.detail <= 1) props.onSend(event.shiftKey);
      }}
    >
      <span className="tag">
        <Icon name={environmentIcon(environment, armed)} size="sm" />
        &nbsp;{t(`env.${environment}.tag`)}
      </span>
      {props.blocked !== null ? (
        t(props.blocked)
      ) : (
        <>
          {props.onCredit && `${t('credit.short')} `}
          {t(props.waits ? `cond.keep.${side}` : `side.${side}`)}
          {quantity !== null && <span className="num">{countText(t, quantity, instrumentId)}</span>}
          {amountKrw !== null && (
            <small className="num">
              {t('unit.of', { amount: money(amountKrw, currency), unit: t(`currency.${currency}`) })}
            </small>
          )}
        </>
      )}
      <kbd>Enter</kbd>
    </button>
  );
}

/** On the button itself: up and down move the price, left and right the quantity. */
export function stepByArrows(
  event: KeyboardEvent,
  act: { readonly changePrice: (steps: number) => void; readonly changeQuantity: (steps: number) => void },
): void {
  const size = event.shiftKey ? 5 : 1;
  const steps = { ArrowUp: size, ArrowRight: size, ArrowDown: -size, ArrowLeft: -size }[event.key];
  if (steps === undefined) return;
  event.preventDefault();
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') act.changePrice(steps);
  else act.changeQuantity(steps);
}
