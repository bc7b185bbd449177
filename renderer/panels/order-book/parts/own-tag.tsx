/** My orders at a price of the ladder: their open quantity, and beside it a cross that takes them all back. Dragged to another row, or moved by the arrows, they are amended; unconfirmed ones cannot be moved. */
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import type { Order, Side } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { useConnection } from '../../../store/connection.ts';
import { useText } from '../../../text/index.ts';
import { number, volumeShort } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { countText } from '../../../ui/issue-units.ts';
import { cancellable, changeable } from './decide.ts';
import { waitsForStop } from './rungs.ts';

/** From here on a tag has no room for every digit; its label says them all. */
const LONG_FROM = 10_000;

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
  of: { readonly side: Side; readonly from: number; readonly hands: LadderHands },
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

/** Takes back my orders of a side at one price by one press; allowed while new orders are not. */
function CancelCross({ orders, label }: { readonly orders: readonly Order[]; readonly label: string }): JSX.Element {
  const workstation = useWorkstation();
  const online = useConnection((state) => state.link.phase === 'open');
  const left = cancellable(orders);
  return (
    <button
      type="button"
      className="cx"
      aria-label={label}
      title={label}
      disabled={!online || left.length === 0}
      data-testid={`book-cancel-${orders[0]?.side ?? ''}-${orders[0]?.price ?? 0}`}
      onClick={() => {
        for (const order of left) workstation.cancelOrder(order.orderId);
      }}
    >
      <Icon name="x" />
    </button>
  );
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
  const { looksOnly } = usePanel();
  const mine = orders.filter((order) => order.side === side);
  if (mine.length === 0) return null;
  const quantity = mine.reduce((sum, order) => sum + order.quantity - order.filledQty, 0);
  const shown = quantity < LONG_FROM ? number(quantity) : volumeShort(quantity);
  const open = mine.some((order) => order.state === 'unconfirmed');
  const stop = mine.every(waitsForStop);
  const tone = side === 'buy' ? 'b' : 's';
  const words = { side: t(`side.${side}`), quantity: countText(t, quantity, mine[0]?.instrumentId ?? '') };
  if (looksOnly)
    return open ? <span className="tag wait">{shown} ?</span> : <span className={`tag ${tone}`}>{shown}</span>;
  return (
    <>
      {open ? (
        <span className="tag wait">{shown} ?</span>
      ) : (
        <MovableTag orders={mine} tone={stop ? `${tone} stop` : tone} shown={shown} words={words} hands={hands} />
      )}
      <CancelCross orders={mine} label={t(stop ? 'book.cancelStop' : 'book.cancelOwn', words)} />
    </>
  );
}

/** The quantity itself: what is dragged, and what the arrows move. A press alone does nothing. */
function MovableTag(props: {
  readonly orders: readonly Order[];
  readonly tone: string;
  readonly shown: string;
  readonly words: { readonly side: string; readonly quantity: string };
  readonly hands: LadderHands;
}): JSX.Element {
  const t = useText();
  const { orders, hands, tone } = props;
  const [first] = orders.filter(changeable);
  const busy = orders.some((order) => order.pending !== 'none' || order.state === 'submitting');
  const testId = `book-own-${orders[0]?.side ?? ''}-${orders[0]?.price ?? 0}`;
  if (first === undefined || first.price === null)
    return (
      <span className={`tag ${tone}${busy ? ' busy' : ''}`} data-testid={testId}>
        {props.shown}
      </span>
    );
  const { side, price: from } = first;
  const label = t('book.moveOwn', props.words);
  return (
    <button
      type="button"
      className={`tag ${tone}${busy ? ' busy' : ''}`}
      aria-label={label}
      title={label}
      data-testid={testId}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onPointerDown={(event) => {
        if (event.button === 0) follow(event, { side, from, hands });
      }}
      onKeyDown={(event) => carryKeys(event, { side, from, hands })}
    >
      {props.shown}
    </button>
  );
}
