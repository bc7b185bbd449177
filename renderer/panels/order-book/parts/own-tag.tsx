/** My orders at a price of the ladder: their open quantity and a cross; unconfirmed ones have neither. */
import type { JSX } from 'react';
import type { Order } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { useText } from '../../../text/index.ts';
import { number, volumeShort } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { waitsForStop } from './rungs.ts';

/** From here on a tag has no room for every digit; its label says them all. */
const LONG_FROM = 100_000;

export function OwnTag({
  orders,
  side,
}: {
  readonly orders: readonly Order[];
  readonly side: 'buy' | 'sell';
}): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const mine = orders.filter((order) => order.side === side);
  if (mine.length === 0) return null;
  const quantity = mine.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
  const shown = quantity < LONG_FROM ? number(quantity) : volumeShort(quantity);
  if (mine.some((order) => order.state === 'unconfirmed')) {
    return <span className="tag wait">{shown} ?</span>;
  }
  const busy = mine.some((order) => order.pending === 'cancel' || order.state === 'submitting');
  const stop = mine.every(waitsForStop);
  const label = t(stop ? 'book.cancelStop' : 'book.cancelOwn', {
    side: t(`side.${side}`),
    quantity: number(quantity),
  });
  return (
    <button
      type="button"
      className={`tag ${side === 'buy' ? 'b' : 's'}${stop ? ' stop' : ''}${busy ? ' busy' : ''}`}
      aria-label={label}
      title={label}
      disabled={busy}
      data-testid={`book-own-${side}-${mine[0]?.price ?? 0}`}
      onClick={() => mine.forEach((order) => workstation.cancelOrder(order.orderId))}
    >
      {shown}
      <Icon name="x" />
    </button>
  );
}
