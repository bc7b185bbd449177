/** Labels over the chart: my orders and alerts with a cross at the right edge, my average price at the left. Moved outside React. */
import type { JSX, KeyboardEvent } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Position } from '#shared/domain/index.ts';
import { useWorkstation } from '../../../client/context.tsx';
import { usePanel } from '../../../client/panel-context.tsx';
import { averageCost, markPrice, valueOf } from '../../../client/valuation.ts';
import { useText } from '../../../text/index.ts';
import { changePercent, direction, number } from '../../../ui/format.ts';
import { heldWords } from '../../../ui/issue-units.ts';
import { countText } from '../../../ui/issue-units.ts';
import { issuePrice } from '../../../ui/money.ts';
import { Icon } from '../../../ui/icons.tsx';
import { framed } from '../../../ui/platform.ts';
import type { ChartView } from './chart-view.ts';
import type { AlertsOf } from './lines/use-alerts.ts';
import type { Line, MovesOf } from './lines/use-moves.ts';

const MARGIN = 8;
/** Pills are this high, so closer ones are pushed apart. */
const HEIGHT = 19;
/** Middle of a label whose price is out of view, pixels from the pane's edge. */
const EDGE = 12;
/** The question stands beside the others, pixels from the axis. */
const ASK_MARGIN = 120;

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
    const price = Number(pill.dataset['price']);
    const off = pill.classList.contains('avg') ? null : view.offOf(price);
    // An order or alert out of view stays at the edge: it is in force all the same.
    if (off) pill.dataset['off'] = off;
    else delete pill.dataset['off'];
    const y = off ? (off === 'above' ? EDGE : view.paneHeight - EDGE) : view.yOf(price);
    pill.style.visibility = y === null ? 'hidden' : 'visible';
    if (y === null) continue;
    if (pill.classList.contains('avg') || pill.classList.contains('ask')) {
      pill.style.top = `${y}px`;
      if (pill.classList.contains('ask')) pill.style.right = `${view.axisWidth + ASK_MARGIN}px`;
    } else {
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

/** Ticks of an arrow with Shift. */
const LONG_STEP = 10;

/** Keys on the label of a line: arrows choose a price, Enter says yes, Escape leaves all as it was. */
function lineKeys(event: KeyboardEvent, line: Line, moves: MovesOf): void {
  const size = event.shiftKey ? LONG_STEP : 1;
  if (event.key === 'ArrowUp') moves.nudge(line, size);
  else if (event.key === 'ArrowDown') moves.nudge(line, -size);
  else if (event.key === 'Enter' && moves.move?.id === line.id) {
    // A key that is held down says yes once.
    if (!event.repeat) moves.accept(line);
  } else if (event.key === 'Escape' && moves.move) moves.cancel();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** A line's label: takes the keys that move it. */
function LineLabel({ line, moves }: { readonly line: Line; readonly moves: MovesOf }): JSX.Element {
  const t = useText();
  const price = issuePrice(line.price, line.kind === 'order' ? line.order.instrumentId : line.alert.instrumentId);
  const { order } = line.kind === 'order' ? line : { order: null };
  const quantity = order ? number(order.quantity - order.filledQty) : '';
  return (
    <button
      type="button"
      className="say"
      data-line={line.id}
      aria-label={
        order
          ? t('chart.orderLine', {
              side: t(`side.${order.side}`),
              quantity: countText(t, order.quantity - order.filledQty, order.instrumentId),
              price,
            })
          : t('chart.alertLine', { price })
      }
      data-testid={`chart-line-${line.id}`}
      onKeyDown={(event) => lineKeys(event, line, moves)}
    >
      {order ? `${t(`side.${order.side}`)} ${quantity}` : <Icon name="bell" />}
      <span className="num off">{price}</span>
    </button>
  );
}

/** Where a line is being moved to; once it is let go there, the question. */
function MovePill({ line, moves }: { readonly line: Line; readonly moves: MovesOf }): JSX.Element | null {
  const t = useText();
  const { move } = moves;
  if (!move) return null;
  const id = line.kind === 'order' ? line.order.instrumentId : line.alert.instrumentId;
  const [from, to] = [issuePrice(move.price, id), issuePrice(move.to, id)];
  return (
    <span className="pill ask" data-price={move.to} data-testid="chart-move">
      <span className="num" role="status">
        {line.kind === 'order'
          ? t('chart.moveAsk', {
              side: t(`side.${line.order.side}`),
              quantity: countText(t, line.order.quantity - line.order.filledQty, id),
              from,
              to,
            })
          : `${from} → ${to}`}
      </span>
      {move.asked && (
        <>
          <button
            type="button"
            className="yes"
            data-testid="chart-move-send"
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.repeat) event.preventDefault();
              else lineKeys(event, line, moves);
            }}
            onClick={() => moves.accept(line)}
          >
            {t('chart.moveSend')}
          </button>
          <button
            type="button"
            className="no"
            data-testid="chart-move-cancel"
            onKeyDown={(event) => {
              if (event.key === 'Escape') lineKeys(event, line, moves);
            }}
            onClick={() => moves.cancel()}
          >
            {t('common.cancel')}
          </button>
        </>
      )}
    </span>
  );
}

function LinePill({
  line,
  moves,
  alerts,
}: {
  readonly line: Line;
  readonly moves: MovesOf;
  readonly alerts: AlertsOf;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  if (line.kind === 'alert') {
    const price = issuePrice(line.price, line.alert.instrumentId);
    return (
      <span className="pill bell" data-price={line.price} data-testid={`chart-alert-${line.id}`}>
        <LineLabel line={line} moves={moves} />
        {!looksOnly && (
          <button
            type="button"
            aria-label={t('chart.alertRemove', { price })}
            data-testid={`chart-alert-remove-${line.id}`}
            onClick={() => alerts.remove(line.id)}
          >
            <Icon name="x" />
          </button>
        )}
      </span>
    );
  }
  const { order } = line;
  const unconfirmed = order.state === 'unconfirmed';
  return (
    <span
      className={`pill ${unconfirmed ? 'wait' : order.side === 'buy' ? 'b' : 's'}`}
      data-price={line.price}
      data-testid={`chart-order-${order.orderId}`}
    >
      <LineLabel line={line} moves={moves} />
      {unconfirmed ? (
        '?'
      ) : looksOnly ? null : (
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
  );
}

export function Pills(props: {
  readonly view: ChartView | null;
  readonly position: Position | null;
  readonly instrumentId: string;
  readonly moves: MovesOf;
  readonly alerts: AlertsOf;
}): JSX.Element {
  const t = useText();
  const workstation = useWorkstation();
  const box = useRef<HTMLDivElement>(null);
  const { view, position, instrumentId, moves, alerts } = props;
  const places = [...moves.lines.map(({ id, price }) => `${id} ${price}`), moves.move?.to, moves.move?.asked].join();
  // Before it is seen: a label at another height than its line's, if only for a frame, would be taken for another price.
  useLayoutEffect(() => {
    if (view && box.current) place(box.current, view);
  }, [view, places]);
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
  }, [view, places, position, instrumentId, workstation]);
  const quote = workstation.bus.quote(instrumentId);
  const value = position ? valueOf(position, quote) : null;
  return (
    <div className="pills" ref={box}>
      {position && position.quantity !== 0 && (
        <span className="pill avg" data-price={averageCost(position)} data-testid="chart-average">
          {t('chart.average')} <b className="num">{issuePrice(averageCost(position), position.instrumentId)}</b>
          <span className="num">{heldWords(t, position.quantity, position.instrumentId)}</span>
          {value && quote && position.costKrw !== 0 && (
            <b
              className={`num ${direction(value.unrealisedKrw)}`}
              title={issuePrice(markPrice(quote), quote.instrumentId)}
            >
              {changePercent(value.unrealisedKrw, Math.abs(position.costKrw))}
            </b>
          )}
        </span>
      )}
      {moves.lines.map((line) => (
        <LinePill key={line.id} line={line} moves={moves} alerts={alerts} />
      ))}
      {moves.lines
        .filter(({ id }) => id === moves.move?.id)
        .map((line) => (
          <MovePill key={line.id} line={line} moves={moves} />
        ))}
    </div>
  );
}
