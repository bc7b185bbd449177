/** The button that sends. It repeats side, quantity, amount and environment. */
import type { JSX } from 'react';
import type { Side } from '#shared/domain/index.ts';
import { useCore } from '../../../store/core.ts';
import { type TextKey, useText } from '../../../text/index.ts';
import { number } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';

export function SubmitButton(props: {
  readonly side: Side;
  readonly quantity: number | null;
  readonly amountKrw: number | null;
  readonly sending: boolean;
  /** Why nothing can be sent now. */
  readonly blocked: TextKey | null;
  readonly onSend: (allowDuplicate: boolean) => void;
}): JSX.Element {
  const t = useText();
  const environment = useCore((state) => state.environment);
  const { side, quantity, amountKrw } = props;
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
        <Icon
          name={
            environment === 'simulation'
              ? 'flask'
              : environment === 'live'
                ? 'wave'
                : environment === 'paper'
                  ? 'doc'
                  : 'unlock'
          }
          size="sm"
        />
        &nbsp;{t(`env.${environment}.tag`)}
      </span>
      {props.blocked !== null ? (
        t(props.blocked)
      ) : (
        <>
          {t(`side.${side}`)}
          {quantity !== null && <span className="num">{t('unit.shares', { count: number(quantity) })}</span>}
          {amountKrw !== null && <small className="num">{t('unit.wonOf', { amount: number(amountKrw) })}</small>}
        </>
      )}
      <kbd>Enter</kbd>
    </button>
  );
}
