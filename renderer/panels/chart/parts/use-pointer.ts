/** Presses and keys in a chart: the drawing hand takes them first, then the lines of orders and alerts, and the library has the rest. */
import { useEffect, useRef } from 'react';
import { LABEL_HALF, type Point } from './drawing/geometry.ts';
import { type Hand, REACH } from './drawing/hand.ts';
import type { ChartView } from './chart-view.ts';
import { lineAt } from './lines/moves.ts';
import type { Line, MovesOf } from './lines/use-moves.ts';

export interface PointerParts {
  readonly view: ChartView;
  readonly hand: Hand;
  readonly moves: MovesOf;
  /** The menu of a place in the chart: of the window's pixels, and of the pane's. */
  readonly onMenu: (at: { readonly left: number; readonly top: number }, point: Point) => void;
  /** An alert is wanted at the price of the cross. */
  readonly onAlert: (price: number) => void;
  /** The user's hand is on this chart, and not on another of its group. */
  readonly onTouch: () => void;
}

/** What the pointer shows over a thing that can be taken. */
const CURSORS = ['draws', 'grabs', 'moves'] as const;

/** A line is taken along only once the pointer has gone farther than this, pixels: a press that trembles moves nothing. */
const CARRY_FROM = 3;

/** The line whose label is under the pointer: it may stand apart from its line, or at the edge. */
function lineOfLabel(target: EventTarget | null, lines: readonly Line[]): Line | null {
  const label = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
  return (label && lines.find(({ id }) => id === label.dataset['line'])) ?? null;
}

/** Fields and buttons over the chart have their own keys. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, button, textarea, [role=menu]') !== null;
}

/** Wires an element that holds the library's host; nothing is wired while there is no view. */
export function useChartPointer(element: HTMLElement | null, parts: PointerParts | null): void {
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  const ready = parts !== null;
  useEffect(() => {
    if (!element || !ready) return;
    const host = element;
    /** The line in the hand: where it was taken, how far off its own height, and whether it has been taken along. */
    let carried: { readonly line: Line; readonly from: number; readonly off: number; far: boolean } | null = null;
    let held = false;

    const pointOf = (event: MouseEvent): Point => {
      const box = host.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const inPane = ({ x, y }: Point, { view }: PointerParts): boolean => {
      const plane = view.axes.plane();
      return plane !== null && x >= 0 && y >= 0 && x < plane.width && y < plane.height;
    };
    const lineUnder = ({ y }: Point, { view, moves }: PointerParts): Line | null =>
      lineAt(moves.lines, (price) => view.yOf(price), { y, reach: REACH });
    const look = (name: (typeof CURSORS)[number] | null): void => {
      for (const each of CURSORS) host.classList.toggle(each, each === name);
    };

    const down = (event: PointerEvent): void => {
      const now = latest.current;
      if (!now || event.button !== 0) return;
      const labelled = now.hand.busy ? null : lineOfLabel(event.target, now.moves.lines);
      if (!labelled && isControl(event.target)) return;
      now.onTouch();
      const point = pointOf(event);
      if (!labelled && !inPane(point, now)) return;
      // A label keeps the focus, and with it the keys that move its line.
      if (!labelled) host.focus({ preventScroll: true });
      const line = labelled ?? (now.hand.busy || now.hand.over(point) ? null : lineUnder(point, now));
      if (line) {
        if (!now.moves.grab(line)) return;
        const y = now.view.yOf(line.price);
        carried = { line, from: point.y, off: y === null ? 0 : point.y - y, far: false };
        if (labelled && event.target instanceof Element) event.target.closest('button')?.focus({ preventScroll: true });
      } else if (!now.hand.press(point)) return;
      held = true;
      // Without the mouse events that would follow the library does not scroll.
      event.preventDefault();
      event.stopPropagation();
      host.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent): void => {
      const now = latest.current;
      if (!now) return;
      const point = pointOf(event);
      if (carried) {
        const plane = now.view.axes.plane();
        carried.far ||= Math.abs(point.y - carried.from) > CARRY_FROM;
        if (plane && carried.far)
          now.moves.carry(carried.line, plane.priceOf(Math.max(0, Math.min(plane.height, point.y - carried.off))));
        return;
      }
      now.onTouch();
      if (held || inPane(point, now)) now.hand.move(point);
      if (held || event.buttons !== 0) return;
      if (!inPane(point, now) || isControl(event.target)) look(null);
      else if (now.hand.busy) look('draws');
      else if (now.hand.over(point)) look('grabs');
      else look(lineUnder(point, now) ? 'moves' : null);
    };
    const up = (event: PointerEvent): void => {
      const now = latest.current;
      if (!held || !now) return;
      held = false;
      if (carried) now.moves.drop(carried.line);
      else now.hand.release(pointOf(event));
      carried = null;
    };
    const lost = (): void => {
      if (!held) return;
      held = false;
      if (carried) latest.current?.moves.cancel();
      else latest.current?.hand.cancel();
      carried = null;
    };
    const leave = (): void => {
      if (!held) latest.current?.hand.leave();
    };
    /** A finger scrolls by touch events, which a pointer event does not hold back. */
    const touch = (event: TouchEvent): void => {
      if (held) event.stopPropagation();
    };
    const twice = (event: MouseEvent): void => {
      const now = latest.current;
      const hit = now?.hand.over(pointOf(event));
      if (now && hit && now.hand.edit(hit.drawing)) event.stopPropagation();
    };
    const key = (event: KeyboardEvent): void => {
      const now = latest.current;
      if (!now || isControl(event.target) || event.isComposing) return;
      now.onTouch();
      const { move: asked } = now.moves;
      if (event.key === 'Escape' && (carried || asked)) {
        lost();
        now.moves.cancel();
      } else if (event.key === 'Enter' && asked?.asked) {
        const line = now.moves.lines.find(({ id }) => id === asked.id);
        // A key that is held down says yes once.
        if (line && !event.repeat) now.moves.accept(line);
      } else if (event.code === 'KeyA' && !event.ctrlKey && !event.metaKey && !event.altKey && now.hand.at)
        now.onAlert(now.hand.at.price);
      else if (!now.hand.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const menu = (event: MouseEvent): void => {
      const now = latest.current;
      const plane = now?.view.axes.plane();
      if (!now || !plane || isControl(event.target)) return;
      event.preventDefault();
      const box = host.getBoundingClientRect();
      const { at } = now.hand;
      // The menu key has no place of its own: the cross has one.
      const byKey = event.target === host;
      const point = byKey
        ? at
          ? { x: plane.xOf(at.ts), y: plane.yOf(at.price) }
          : { x: plane.width / 2, y: plane.height / 2 }
        : pointOf(event);
      if (inPane(point, now)) now.onMenu({ left: box.left + point.x, top: box.top + point.y + LABEL_HALF }, point);
    };
    const wheel = (): void => latest.current?.onTouch();

    const ends = new AbortController();
    const plain = { signal: ends.signal };
    const capture = { signal: ends.signal, capture: true };
    host.addEventListener('pointerdown', down, capture);
    host.addEventListener('pointermove', move, capture);
    host.addEventListener('pointerup', up, capture);
    host.addEventListener('pointercancel', lost, capture);
    host.addEventListener('pointerleave', leave, plain);
    host.addEventListener('touchstart', touch, capture);
    host.addEventListener('touchmove', touch, capture);
    host.addEventListener('dblclick', twice, capture);
    host.addEventListener('keydown', key, plain);
    host.addEventListener('contextmenu', menu, plain);
    host.addEventListener('wheel', wheel, { ...capture, passive: true });
    return () => ends.abort();
  }, [element, ready]);
}
