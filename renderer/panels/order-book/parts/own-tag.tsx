/** My orders at a price of the ladder: their open quantity, and a cross that takes them back. Dragged to another row, or moved by the arrows, they are amended; unconfirmed ones can do neither. */
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import type { Order, Side } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useText } from '../../../text/index.ts';
import { number, volumeShort } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { changeable } from './decide.ts';
import { waitsForStop } from './rungs.ts';

/** From here on a tag has no room for every digit; its label says them all. */
const LONG_FROM = 100_000;

/** From here on a press is a drag, pixels. */
const DRAG_FROM = 5;
const LONG_STEP = 10;

/** What may be done with the orders under a hand; one object for good, so that rows are not drawn anew. */
export interface LadderHands {
  readonly carry: (side: Side, from: number, to: number) => void;
  readonly nudge: (side: Side, from: number, ticks: number) => void;
  readonly drop: () => void;
  readonly letGo: () => void;
  /** true: these orders are in the hand. */
  readonly holds: (side: Side, from: number) => boolean;
}

/** The price of the row under a point of the window; null where there is none. */
function priceUnder(x: number, y: number): number | null {
  const price = document.elementFromPoint(x, y)?.closest<HTMLElement>('.lrow')?.dataset['price'];
  return price === undefined ? null : Number(price);
}

/** Follows a pointer from the press on a tag to where it is let go. The rows may shift meanwhile, and the tag with them: the window is listened to. */
function follow(
  event: PointerEvent<HTMLButtonElement>,
  of: { readonly side: Side; readonly from: number; readonly hands: LadderHands; readonly moved: () => void },
): void {
  const { side, from, hands } = of;
  const { pointerId, clientY: startY } = event;
  let carrying = false;
  const ends = new AbortController();
  const listen = (name: 'pointermove' | 'pointerup' | 'pointercancel', run: (at: globalThis.PointerEvent) => void) =>
    window.addEventListener(
      name,
      (at) => {
        if (at.pointerId === pointerId) run(at);
      },
      { signal: ends.signal },
    );
  listen('pointermove', (at) => {
    if (!carrying && Math.abs(at.clientY - startY) < DRAG_FROM) return;
    carrying = true;
    of.moved();
    const to = priceUnder(at.clientX, at.clientY);
    if (to !== null) hands.carry(side, from, to);
  });
  listen('pointerup', (at) => {
    ends.abort();
    if (!carrying) return;
    // Let go outside of the rows, everything stays. The price is the one that was shown last.
    if (priceUnder(at.clientX, at.clientY) === null) hands.letGo();
    else hands.drop();
  });
  listen('pointercancel', () => {
    ends.abort();
    if (carrying) hands.letGo();
  });
}

/** Arrows on a tag choose another price, Enter amends, Escape leaves all as it was. */
function carryKeys(
  event: KeyboardEvent<HTMLButtonElement>,
  of: { readonly side: Side; readonly from: number; readonly hands: LadderHands },
): void {
  const { side, from, hands } = of;
  const size = event.shiftKey ? LONG_STEP : 1;
  if (event.key === 'ArrowUp') hands.nudge(side, from, size);
  else if (event.key === 'ArrowDown') hands.nudge(side, from, -size);
  else if (event.key === 'Enter' && hands.holds(side, from)) {
    // A key that is held down says yes once.
    if (!event.repeat) hands.drop();
  } else if (event.key === 'Escape' && hands.holds(side, from)) hands.letGo();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function OwnTag({
  orders,
  side,
  hands,
}: {
  readonly orders: readonly Order[];
  readonly side: Side;
  readonly hands: LadderHands;
}): JSX.Element | null {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const mine = orders.filter((order) => order.side === side);
  const movable = mine.filter(changeable);
  const from = movable[0]?.price ?? null;
  // The press that ends now was a drag, and no click.
  const dragged = useRef(false);
  if (mine.length === 0) return null;
  const quantity = mine.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
  const shown = quantity < LONG_FROM ? number(quantity) : volumeShort(quantity);
  if (mine.some((order) => order.state === 'unconfirmed')) {
    return <span className="tag wait">{shown} ?</span>;
  }
  if (looksOnly) return <span className={`tag ${side === 'buy' ? 'b' : 's'}`}>{shown}</span>;
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
      aria-keyshortcuts={movable.length > 0 ? 'ArrowUp ArrowDown' : undefined}
      onPointerDown={(event) => {
        dragged.current = false;
        if (event.button === 0 && from !== null)
          follow(event, { side, from, hands, moved: () => (dragged.current = true) });
      }}
      onKeyDown={(event) => {
        if (from !== null) carryKeys(event, { side, from, hands });
      }}
      onClick={() => {
        if (!dragged.current) mine.forEach((order) => workstation.cancelOrder(order.orderId));
      }}
    >
      {shown}
      <Icon name="x" />
    </button>
  );
}
