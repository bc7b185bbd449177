/** The button that sends. It repeats side, quantity, amount and environment. */
import type { JSX } from 'react';
import type { AccountCurrency, Side } from '#shared/domain/index.ts';
import { useCore } from '../../../store/core.ts';
import { useEnvironment } from '../../../store/environment.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { environmentIcon } from '../../../ui/environment-icon.ts';
import { number } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { Icon } from '../../../ui/icons.tsx';

export function SubmitButton(props: {
  readonly side: Side;
  readonly quantity: number | null;
  readonly amountKrw: number | null;
  readonly currency: AccountCurrency;
  readonly sending: boolean;
  /** Why nothing can be sent now. */
  readonly blocked: TextKey | null;
  readonly onSend: (allowDuplicate: boolean) => void;
}): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const armed = useEnvironment((state) => state.status?.lock.state === 'armed');
  const { side, quantity, amountKrw, currency } = props;
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
          {t(`side.${side}`)}
          {quantity !== null && <span className="num">{t('unit.shares', { count: number(quantity) })}</span>}
          {amountKrw !== null && (
            <small className="num">
              {t(currency === 'USD' ? 'unit.dollarOf' : 'unit.wonOf', { amount: money(amountKrw, currency) })}
            </small>
          )}
        </>
      )}
      <kbd>Enter</kbd>
    </button>
  );
}
