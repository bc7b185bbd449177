/** How the facts of the line are judged and written. */
import type { KisHealth } from '#shared/domain/index.ts';

export type Level = 'ok' | 'mid' | 'high';

const MINUTE_MS = 60_000;

/** Shares of a limit from which it draws the eye, percent. */
const NEAR = 80;
const FULL = 100;

export function loadLevel(used: number, limit: number): Level {
  const percent = (used * 100) / limit;
  return percent >= FULL ? 'high' : percent >= NEAR ? 'mid' : 'ok';
}

/** Skews from which the server's clock draws the eye, and beyond which official orders are refused, milliseconds. */
const SKEW_SHOWN_MS = 3_000;
const SKEW_REFUSED_MS = 5 * MINUTE_MS;

export function skewLevel(skewMs: number | null, emulator: boolean): Level {
  const size = Math.abs(skewMs ?? 0);
  if (size <= SKEW_SHOWN_MS || emulator) return 'ok';
  return size > SKEW_REFUSED_MS ? 'high' : 'mid';
}

/** Silences of a live stream from which it is called late and stopped, milliseconds. */
const LATE_MS = 10_000;
const SILENT_MS = 60_000;

/** How fresh a stream is. A quiet issue is quiet: it draws the eye only where the whole socket is silent. */
export function streamLevel(stream: KisHealth['streams'][number], socketMs: number | null): Level {
  if (stream.state === 'refused') return 'high';
  if (stream.alarmKo !== null || stream.state === 'waiting') return 'mid';
  const silentMs = stream.lastMs ?? 0;
  const socketSilent = (socketMs ?? 0) > LATE_MS;
  if (stream.state === 'live' && !socketSilent) return 'ok';
  return silentMs > SILENT_MS ? 'high' : silentMs > LATE_MS ? 'mid' : 'ok';
}

/** What the line as a whole is, for the chip and the light. */
export function lineLevel(health: KisHealth): Level {
  const { token, socket } = health;
  if (socket.state === 'inUse' || token.state === 'none') return 'high';
  if (socket.state === 'waiting') return 'high';
  if (socket.state !== 'open' || token.state !== 'valid') return 'mid';
  if (health.streams.some((stream) => stream.alarmKo !== null)) return 'mid';
  return 'ok';
}

/** Age of a message at this moment: what it said, and the time since it came. */
export function aged(ms: number | null, sinceMs: number): number | null {
  return ms === null ? null : ms + Math.max(0, sinceMs);
}

/** Points of the curve of calls in a box, for an SVG polyline; the newest at the right. */
export function callCurve(
  calls: readonly number[],
  box: { readonly width: number; readonly height: number; readonly limit: number; readonly places: number },
): string {
  const top = Math.max(box.limit, ...calls);
  const step = box.width / Math.max(1, box.places - 1);
  const left = box.width - step * (calls.length - 1);
  return calls
    .map(
      (value, index) => `${(left + index * step).toFixed(1)},${(box.height - (value * box.height) / top).toFixed(1)}`,
    )
    .join(' ');
}
