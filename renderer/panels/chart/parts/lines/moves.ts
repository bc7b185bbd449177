/** Lines that are moved to another price: where a drag ends, and why an order's line cannot be moved. Pure. */
import { amendedType, type Order } from '#shared/domain/index.ts';
import { isOnTick, roundToTick, type TickTable } from '#shared/market/index.ts';

/** A line across the chart that can be moved. */
export interface MovableLine {
  readonly kind: 'order' | 'alert';
  readonly id: string;
  readonly price: number;
}

/** A line on its way to another price; `asked`: it was let go there, and waits for a yes. */
export interface Move extends MovableLine {
  readonly to: number;
  readonly asked: boolean;
}

export interface PriceBounds {
  readonly lowerLimit: number | null;
  readonly upperLimit: number | null;
}

/** The nearest valid price within the day's limits; 0 and less become the lowest tick. */
export function snapped(table: TickTable, price: number, { lowerLimit, upperLimit }: PriceBounds): number {
  const within = Math.min(upperLimit ?? Number.POSITIVE_INFINITY, Math.max(lowerLimit ?? 1, price, 1));
  if (isOnTick(table, within)) return within;
  const down = roundToTick(table, within, 'down');
  const up = roundToTick(table, within, 'up');
  return down > 0 && within - down < up - within ? down : up;
}

/** Why an order cannot be given another price from here. */
export type MoveProblem =
  'looksOnly' | 'noLine' | 'halted' | 'issueHalted' | 'unconfirmed' | 'pending' | 'type' | 'noTick';

export function moveProblem(
  order: Pick<Order, 'state' | 'pending' | 'type'>,
  now: {
    readonly looksOnly: boolean;
    readonly online: boolean;
    readonly halted: boolean;
    readonly issueHalted: boolean;
    readonly ticks: TickTable | null;
  },
): MoveProblem | null {
  if (now.looksOnly) return 'looksOnly';
  if (!now.online) return 'noLine';
  if (now.halted) return 'halted';
  if (order.state === 'unconfirmed') return 'unconfirmed';
  if (order.pending !== 'none') return 'pending';
  if (amendedType(order.type) === null) return 'type';
  if (now.issueHalted) return 'issueHalted';
  if (now.ticks === null) return 'noTick';
  return null;
}

/** The line nearest to a height within `reach` pixels; null where there is none. */
export function lineAt<Line extends MovableLine>(
  lines: readonly Line[],
  yOf: (price: number) => number | null,
  at: { readonly y: number; readonly reach: number },
): Line | null {
  let found: Line | null = null;
  let nearest = at.reach;
  for (const line of lines) {
    const y = yOf(line.price);
    if (y === null || Math.abs(y - at.y) > nearest) continue;
    nearest = Math.abs(y - at.y);
    found = line;
  }
  return found;
}
