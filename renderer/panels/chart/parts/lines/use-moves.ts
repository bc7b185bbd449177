/** Moves the lines of open orders and alerts: an order is replaced only after a yes, an alert is kept where it is let go. */
import { useRef, useState } from 'react';
import type { Order, Quote } from '#shared/domain/index.ts';
import type { TickTable } from '#shared/market/index.ts';
import { useWorkstation } from '../../../../client/context.tsx';
import { usePanel } from '../../../../client/panel-context.tsx';
import { stepPrice } from '../../../../client/price-steps.ts';
import { useConnection } from '../../../../store/connection.ts';
import { useDesk } from '../../../../store/desk.ts';
import { useText } from '../../../../text/index.ts';
import { type MovableLine, type Move, type MoveProblem, moveProblem, snapped } from './moves.ts';
import type { AlertLine, AlertsOf } from './use-alerts.ts';

export interface OrderLine extends MovableLine {
  readonly kind: 'order';
  readonly order: Order;
}

export type Line = OrderLine | AlertLine;

export interface MovesOf {
  readonly lines: readonly Line[];
  readonly move: Move | null;
  /** Takes a line into the hand; false: it cannot be moved, and the user was told why. */
  readonly grab: (line: Line) => boolean;
  /** Carries the line in the hand to a price, which need not be valid. */
  readonly carry: (line: Line, price: number) => void;
  /** Lets it go: an alert stays there, an order asks. */
  readonly drop: (line: Line) => void;
  /** Moves a line by ticks, by the keyboard. */
  readonly nudge: (line: Line, ticks: number) => void;
  /** Yes. Sends at most once. */
  readonly accept: (line: Line) => void;
  readonly cancel: () => void;
}

export function useMoves(of: {
  readonly orders: readonly Order[];
  readonly alerts: AlertsOf;
  readonly ticks: TickTable | null;
  readonly quote: Quote | undefined;
}): MovesOf {
  const t = useText();
  const workstation = useWorkstation();
  const { looksOnly } = usePanel();
  const online = useConnection((state) => state.link.phase === 'open');
  const halted = useDesk((state) => state.tradingState?.state === 'halted');
  const [held, setHeld] = useState<Move | null>(null);
  // What is in the hand at this instant: a second press must not find what the first has sent.
  const hand = useRef<Move | null>(null);
  const hold = (next: Move | null): void => {
    hand.current = next;
    setHeld(next);
  };
  const { orders, alerts, ticks, quote } = of;
  const lines: readonly Line[] = [
    ...orders.map((order): OrderLine => ({ kind: 'order', id: order.orderId, price: order.price ?? 0, order })),
    ...alerts.lines,
  ];
  // An order that was filled, cancelled or replaced meanwhile is not the one that was taken into the hand.
  const move = held && lines.some(({ id, price }) => id === held.id && price === held.price) ? held : null;
  const problemOf = (line: Line): MoveProblem | null => {
    if (line.kind === 'alert') return looksOnly ? 'looksOnly' : ticks === null ? 'noTick' : null;
    const issueHalted = (line.order.route === 'NXT' ? quote?.nxt?.phase : quote?.phase) === 'halted';
    return moveProblem(line.order, { looksOnly, online, halted, issueHalted, ticks });
  };
  const refused = (line: Line): boolean => {
    const problem = problemOf(line);
    if (problem)
      workstation.notify({
        level: 'caution',
        title: t(`chart.moveWhy.${problem}`),
        body: t(`chart.moveDo.${problem}`),
      });
    return problem !== null;
  };
  const bounds = { lowerLimit: quote?.lowerLimit ?? null, upperLimit: quote?.upperLimit ?? null };
  const put = ({ kind, id, price }: Line, to: number, asked: boolean): void =>
    hold(to === price && asked ? null : { kind, id, price, to, asked });
  const inHand = ({ id, price }: Line): Move | null =>
    hand.current?.id === id && hand.current.price === price ? hand.current : null;
  return {
    lines,
    move,
    grab: (line) => !refused(line),
    carry(line, price) {
      if (ticks) put(line, snapped(ticks, price, bounds), false);
    },
    drop(line) {
      const now = inHand(line);
      if (!now) return;
      // What was taken away meanwhile is not set anew.
      const there = lines.find(({ id, price }) => id === line.id && price === line.price);
      if (there?.kind === 'order') put(there, now.to, true);
      else {
        hold(null);
        if (there && now.to !== there.price) alerts.move(there, now.to);
      }
    },
    nudge(line, steps) {
      if (!ticks || refused(line)) return;
      const from = inHand(line)?.to ?? line.price;
      put(line, snapped(ticks, stepPrice(ticks, from, steps), bounds), true);
    },
    accept(line) {
      const now = inHand(line);
      if (!now?.asked) return;
      hold(null);
      if (now.to === line.price || refused(line)) return;
      if (line.kind === 'alert') alerts.move(line, now.to);
      else workstation.replaceOrder(line.id, now.to);
    },
    cancel: () => hold(null),
  };
}
