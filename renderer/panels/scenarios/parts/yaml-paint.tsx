/** The text of a scenario in colours, behind the field it is written in: only the lines that are in view. */
import { type JSX, useMemo } from 'react';
import { colouredLines } from './yaml-colours.ts';

/** Lines that are drawn beyond those in view. */
const MORE = 4;

export function YamlPaint(props: {
  readonly text: string;
  /** The first line in view, from 0, and how many are. */
  readonly first: number;
  readonly count: number;
  /** Height of a line and room above the first, pixels. */
  readonly linePx: number;
  readonly topPx: number;
  /** How far the field is scrolled, pixels. */
  readonly top: number;
  readonly left: number;
  /** Lines with something to mend, from 1: error, or not so bad. */
  readonly faults: ReadonlyMap<number, 'error' | 'warning'>;
}): JSX.Element {
  const { text, linePx, topPx, top, left, faults } = props;
  const lines = useMemo(() => colouredLines(text), [text]);
  const from = Math.max(0, props.first - MORE);
  const shown = lines.slice(from, props.first + props.count + MORE);
  return (
    <div
      className="paint"
      aria-hidden="true"
      style={{ transform: `translate(${-left}px, ${topPx + from * linePx - top}px)` }}
    >
      {shown.map((pieces, at) => (
        <div key={from + at} className={faults.get(from + at + 1)}>
          {pieces.map(({ text: letters, kind }, place) => (
            <span key={place} className={kind ?? undefined}>
              {letters}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
