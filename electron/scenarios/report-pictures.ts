/** Pictures of a report as SVG text: lines over time, and the small picture of what a detector saw. */
import type { ThreatPicture } from '#shared/domain/index.ts';
import { epochMs, kstTimeText } from '#shared/time/index.ts';

/** A line of a picture; null where nothing is known. */
export interface PictureLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

const WIDTH = 1_000;
const HEIGHT = 220;
const LEFT = 90;
const FOOT = 22;
const HEAD = 18;
const COLOURS = 4;

const shown = (value: number): string =>
  Math.abs(value) >= 10_000 ? Math.round(value).toLocaleString('en-US') : String(Math.round(value * 100) / 100);
const place = (value: number): string => value.toFixed(1);

/** Lines over exchange time, with the span of values at the side. Empty where there is nothing to draw. */
export function linePicture(ts: readonly number[], lines: readonly PictureLine[]): string {
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const [from = 0, to = 0] = [ts[0], ts.at(-1)];
  if (known.length === 0 || to <= from) return '';
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || 1;
  const x = (at: number): number => LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - 10);
  const y = (value: number): number => HEAD + (1 - (value - low) / span) * (HEIGHT - HEAD - FOOT);
  const paths = lines.map(({ name, values }, number) => {
    let open = false;
    const steps = values.map((value, at) => {
      if (value === null) {
        open = false;
        return '';
      }
      const step = `${open ? 'L' : 'M'}${place(x(ts[at] ?? from))} ${place(y(value))}`;
      open = true;
      return step;
    });
    const key = `<text class="k${number % COLOURS}" x="${LEFT + number * 140}" y="12">${name.replaceAll(/[<>&]/g, '')}</text>`;
    return `<path class="l${number % COLOURS}" fill="none" stroke-width="1.5" d="${steps.join('')}"/>${key}`;
  });
  const marks = [low, (low + high) / 2, high].map(
    (value) =>
      `<line class="axis" x1="${LEFT}" x2="${WIDTH - 10}" y1="${place(y(value))}" y2="${place(y(value))}"/><text x="${LEFT - 6}" y="${place(y(value) + 4)}" text-anchor="end">${shown(value)}</text>`,
  );
  const hours = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = from + share * (to - from);
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    return `<text x="${place(x(at))}" y="${HEIGHT - 6}" text-anchor="${anchor}">${kstTimeText(epochMs(Math.round(at))).slice(0, 5)}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">${marks.join('')}${paths.join('')}${hours.join('')}</svg>`;
}

const SPARK = { width: 120, height: 28 } as const;

/** What a detector saw, with the line that was crossed. */
export function sparkPicture({ points, line }: ThreatPicture): string {
  if (points.length < 2) return '';
  const all = line === null ? points : [...points, line];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const y = (value: number): string => place(2 + (1 - (value - low) / span) * (SPARK.height - 4));
  const d = points.map(
    (value, at) => `${at === 0 ? 'M' : 'L'}${place((at / (points.length - 1)) * SPARK.width)} ${y(value)}`,
  );
  const limit = line === null ? '' : `<line class="axis" x1="0" x2="${SPARK.width}" y1="${y(line)}" y2="${y(line)}"/>`;
  return `<svg viewBox="0 0 ${SPARK.width} ${SPARK.height}" class="spark" role="img">${limit}<path class="l0" fill="none" d="${d.join('')}"/></svg>`;
}
