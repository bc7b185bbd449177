/** Where a window may stand: on a display that is there, with a title bar that can be grasped. */

/** A rectangle in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of the strip at the top by which a window is moved. */
const STRIP = 32;
/** So much of the strip has to be on a display, in width. */
const GRASP = 200;

/** How far two spans overlap. */
function overlap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.max(0, Math.min(a + aLength, b + bLength) - Math.max(a, b));
}

function shared(a: Area, b: Area): number {
  return overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);
}

/** Whether a window standing there could be moved by hand. */
export function canBeGrasped(bounds: Area, displays: readonly Area[]): boolean {
  const wide = displays
    .filter((display) => overlap(bounds.y, STRIP, display.y, display.height) === STRIP)
    .reduce((sum, display) => sum + overlap(bounds.x, bounds.width, display.x, display.width), 0);
  return wide >= Math.min(GRASP, bounds.width);
}

/**
 * The place of a window that was last seen at `bounds`: there, or moved onto the display it overlaps most (else the
 * first), and no larger than that. `displays`: their work areas, the primary one first.
 */
export function placeOn(bounds: Area, displays: readonly Area[]): Area {
  const [primary] = displays;
  if (primary === undefined || canBeGrasped(bounds, displays)) return bounds;
  const home = displays.reduce((best, each) => (shared(bounds, each) > shared(bounds, best) ? each : best), primary);
  const width = Math.min(bounds.width, home.width);
  const height = Math.min(bounds.height, home.height);
  const within = (at: number, length: number, from: number, room: number): number =>
    Math.min(Math.max(at, from), from + room - length);
  return {
    x: within(bounds.x, width, home.x, home.width),
    y: within(bounds.y, height, home.y, home.height),
    width,
    height,
  };
}
