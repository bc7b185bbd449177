/** Labels over the chart: my orders with a cross at the right edge, my average price at the left. Moved outside React. */
import type { JSX } from 'react';
import { useEffect, useRef } from 'react';
import type { Order, Position } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { averageCost, markPrice, valueOf } from '../../../client/valuation.ts';
import { useText } from '../../../text/index.ts';
import { changePercent, direction, number } from '../../../ui/format.ts';
import { issueMoney } from '../../../ui/money.ts';
import { Icon } from '../../../ui/icons.tsx';
import { framed } from '../../../ui/platform.ts';
import type { ChartView } from './chart-view.ts';

const MARGIN = 8;
/** Pills are this high, so closer ones are pushed apart. */
const HEIGHT = 19;

/** Heights from top to bottom, pushed down where they would overlap. */
export function apart(heights: readonly number[], height: number): readonly number[] {
  const order = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let floor = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    const y = Math.max(heights[index] ?? 0, floor);
    placed[index] = y;
    floor = y + height;
  }
  return placed;
}

function place(box: HTMLElement, view: ChartView): void {
  const pills = [...box.querySelectorAll<HTMLElement>('.pill')];
  const shown: { readonly pill: HTMLElement; readonly y: number }[] = [];
  for (const pill of pills) {
    const y = view.yOf(Number(pill.dataset['price']));
    pill.style.visibility = y === null ? 'hidden' : 'visible';
    if (y === null) continue;
    if (pill.classList.contains('avg')) pill.style.top = `${y}px`;
    else {
      pill.style.right = `${view.axisWidth + MARGIN}px`;
      shown.push({ pill, y });
    }
  }
  const heights = apart(
    shown.map((entry) => entry.y),
    HEIGHT,
  );
  shown.forEach((entry, index) => {
    entry.pill.style.top = `${heights[index] ?? entry.y}px`;
  });
}

export function Pills(props: {
  readonly view: ChartView | null;
  readonly orders: readonly Order[];
  readonly position: Position | null;
  readonly instrumentId: string;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const box = useRef<HTMLDivElement>(null);
  const { view, orders, position, instrumentId } = props;
  useEffect(() => {
    if (!view || !box.current) return;
    const element = box.current;
    const move = framed(() => {
      if (element.isConnected) place(element, view);
    });
    move();
    const still = view.onMove(move);
    const unwatch = workstation.bus.watchQuote(instrumentId, move);
    // Dragging the price axis has no event of its own.
    const area = element.parentElement;
    area?.addEventListener('pointermove', move);
    area?.addEventListener('wheel', move, { passive: true });
    return () => {
      still();
      unwatch();
      area?.removeEventListener('pointermove', move);
      area?.removeEventListener('wheel', move);
    };
  }, [view, orders, position, instrumentId, workstation]);
  const quote = workstation.bus.quote(instrumentId);
  const value = position ? valueOf(position, quote) : null;
  return (
    <div className="pills" ref={box}>
      {position && position.quantity > 0 && (
        <span className="pill avg" data-price={averageCost(position)} data-testid="chart-average">
          {t('chart.average')} <b className="num">{issueMoney(averageCost(position), position.instrumentId)}</b>
          <span className="num">{t('unit.shares', { count: number(position.quantity) })}</span>
          {value && quote && position.costKrw > 0 && (
            <b
              className={`num ${direction(value.unrealisedKrw)}`}
              title={issueMoney(markPrice(quote), quote.instrumentId)}
            >
              {changePercent(value.unrealisedKrw, position.costKrw)}
            </b>
          )}
        </span>
      )}
      {orders.map((order) => (
        <span
          key={order.orderId}
          className={`pill ${order.state === 'unconfirmed' ? 'wait' : order.side === 'buy' ? 'b' : 's'}`}
          data-price={order.price ?? 0}
          data-testid={`chart-order-${order.orderId}`}
        >
          {t(`side.${order.side}`)} {number(order.quantity - order.filledQty)}
          {order.state === 'unconfirmed' ? (
            '?'
          ) : (
            <button
              type="button"
              aria-label={t('orders.cancel')}
              disabled={order.pending === 'cancel'}
              onClick={() => workstation.cancelOrder(order.orderId)}
            >
              <Icon name="x" />
            </button>
          )}
        </span>
      ))}
    </div>
  );
}
