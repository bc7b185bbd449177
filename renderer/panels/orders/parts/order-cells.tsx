/** Cells of the order blotter that are more than a text. */
import type { JSX, KeyboardEvent } from 'react';
import { useState } from 'react';
import { amendedType, priceUnitOf, type Order, type OrderState, isOpen, isResting } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useQuote } from '../../../client/hooks.ts';
import { stepPrice, tableOf } from '../../../client/price-steps.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { useText } from '../../../text/index.ts';
import { MenuButton, NumberField } from '../../../ui/controls.tsx';
import { number } from '../../../ui/format.ts';
import { countText, priceWord } from '../../../ui/issue-units.ts';
import { money, parseMoney } from '../../../ui/money.ts';

const CHIP: Readonly<Record<OrderState, string>> = {
  created: 'chip',
  denied: 'chip mid',
  submitting: 'chip line',
  unconfirmed: 'chip high',
  accepted: 'chip',
  partiallyFilled: 'chip line',
  filled: 'chip ok',
  canceled: 'chip dis',
  expired: 'chip dis',
  rejected: 'chip mid',
};

export function StateCell({ order }: { readonly order: Order }): JSX.Element {
  const t = useText();
  return (
    <span className="state">
      <span className={CHIP[order.state]}>{t(`state.${order.state}`)}</span>
      {order.pending !== 'none' && isOpen(order.state) && <span className="l">{t(`pending.${order.pending}`)}</span>}
      {order.stopPrice !== null && isOpen(order.state) && (
        <span className="l" title={t(order.triggered ? 'orders.triggeredHint' : 'orders.waitingHint')}>
          {t(order.triggered ? 'orders.triggered' : 'orders.waiting')}
        </span>
      )}
      {order.reason && (
        <span className="l el" title={`${order.reason.messageKo} ${order.reason.actionKo} (${order.reason.code})`}>
          {order.reason.messageKo}
        </span>
      )}
    </span>
  );
}

/** `bar` draws the filled share beside the number. */
export function FilledCell({ order, bar }: { readonly order: Order; readonly bar: boolean }): JSX.Element {
  return (
    <span className="nw">
      {bar && (
        <span className="prog" aria-hidden="true">
          <i style={{ width: `${(order.filledQty / order.quantity) * 100}%` }} />
        </span>
      )}
      <span className="num">{number(order.filledQty)}</span>
    </span>
  );
}

/** A new price for the whole rest, moved by ticks. */
function ReplaceForm({ order, close }: { readonly order: Order; readonly close: () => void }): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const instrument = useInstruments((state) => state.byId.get(order.instrumentId));
  const quote = useQuote(order.instrumentId);
  const unit = priceUnitOf(order.instrumentId);
  const [text, setText] = useState(money(order.price ?? quote?.last ?? quote?.base ?? 0, unit));
  const price = parseMoney(text, unit);
  const halted = (order.route === 'NXT' ? quote?.nxt?.phase : quote?.phase) === 'halted';
  const becomes = amendedType(order.type);
  const table = tableOf(instrument, order.sessionDate);
  const valid = price !== null && price > 0 && price !== order.price && !halted;
  const send = (): void => {
    if (!valid) return;
    workstation.replaceOrder(order.orderId, price);
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    // Else the key would go on to the button that gets the focus back, and press it.
    event.preventDefault();
    if (!event.repeat) send();
  };
  return (
    <div className="replace">
      <span className="l">
        {t('orders.replaceHint', { quantity: countText(t, order.quantity - order.filledQty, order.instrumentId) })}
      </span>
      {becomes !== null && becomes !== order.type && (
        <span className="l">
          {t('orders.amendBecomes', { from: t(`type.${order.type}`), to: t(`type.${becomes}`) })}
        </span>
      )}
      <NumberField
        label={t('orders.newPrice')}
        text={text}
        unit={priceWord(t, order.instrumentId)}
        testId="replace-price"
        lessLabel={t('ticket.tickDown')}
        moreLabel={t('ticket.tickUp')}
        onText={setText}
        onStep={(steps) => {
          if (table && price !== null) setText(money(stepPrice(table, price, steps), unit));
        }}
        onKey={onKey}
      />
      <span className={halted ? 'l midc' : 'l'} role="status" data-testid="replace-note">
        {t(halted ? 'orders.amendHalted' : price === order.price ? 'orders.amendSame' : 'orders.amendPriority')}
      </span>
      <button type="button" className="btn pri" disabled={!valid} data-testid="replace-send" onClick={send}>
        {t('orders.replace')}
      </button>
    </div>
  );
}

export function ActionCell({ order }: { readonly order: Order }): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  if (looksOnly) return null;
  if (order.state === 'unconfirmed') {
    return (
      <span className="act">
        <button
          type="button"
          className="btn sm"
          title={t('orders.neverArrivedHint')}
          data-testid={`order-resolve-${order.orderId}`}
          onClick={() => workstation.resolveUnconfirmed(order.orderId)}
        >
          {t('orders.neverArrived')}
        </button>
      </span>
    );
  }
  if (!isOpen(order.state)) return null;
  const busy = order.pending !== 'none';
  const amendable = amendedType(order.type) !== null && !order.credit;
  return (
    <span className="act">
      {amendable ? (
        <MenuButton
          className="btn sm"
          kind="form"
          label={t('orders.replace')}
          testId={`order-replace-${order.orderId}`}
          disabled={busy || !isResting(order.state)}
          face={t('orders.replace')}
        >
          {(close) => <ReplaceForm order={order} close={close} />}
        </MenuButton>
      ) : (
        <button
          type="button"
          className="btn sm"
          disabled
          title={order.credit ? t('credit.noAmend') : t('orders.amendNever', { type: t(`type.${order.type}`) })}
          data-testid={`order-replace-${order.orderId}`}
        >
          {t('orders.replace')}
        </button>
      )}
      <button
        type="button"
        className="btn sm"
        disabled={order.pending === 'cancel'}
        data-testid={`order-cancel-${order.orderId}`}
        onClick={() => workstation.cancelOrder(order.orderId)}
      >
        {t('orders.cancel')}
      </button>
    </span>
  );
}
