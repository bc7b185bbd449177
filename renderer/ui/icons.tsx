/** Line icons on a 16-pixel grid. Decorative: the word beside them, or the label of their button, carries the meaning. */
import type { JSX } from 'react';

const SHAPES = {
  bell: (
    <>
      <path d="M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.5H2.8z" />
      <path d="M6.6 14.2h2.8" />
    </>
  ),
  check: (
    <>
      <path d="m3 8.5 3.4 3.3L13 4.6" />
    </>
  ),
  candle: (
    <>
      <path d="M5 1.6v2.6M5 10.4V14M11 2.6v2.8M11 11.4v2" />
      <rect x="3.2" y="4.2" width="3.6" height="6.2" />
      <rect x="9.2" y="5.4" width="3.6" height="6" fill="currentColor" />
    </>
  ),
  book: (
    <>
      <path d="M3 2.6h6.4a2 2 0 0 1 2 2v8.8H5a2 2 0 0 1-2-2zM3 11.4a2 2 0 0 1 2-2h6.4M5.6 5.4h3.4" />
    </>
  ),
  doc: (
    <>
      <path d="M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9 2v3.2h3.2" />
    </>
  ),
  down: (
    <>
      <path d="m4 6.2 4 4 4-4" />
    </>
  ),
  dl: (
    <>
      <path d="M8 2.4v7.4M4.8 6.8 8 10l3.2-3.2M2.6 13.4h10.8" />
    </>
  ),
  flask: (
    <>
      <path d="M6.4 2v4.2L2.8 12.6a1 1 0 0 0 .9 1.4h8.6a1 1 0 0 0 .9-1.4L9.6 6.2V2M5.2 2h5.6M4.6 9.8h6.8" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.6M8 5v.3" />
    </>
  ),
  list: (
    <>
      <path d="M5.6 4h8M5.6 8h8M5.6 12h8M2.4 4h.4M2.4 8h.4M2.4 12h.4" />
    </>
  ),
  max: (
    <>
      <path d="M9.4 2.6h4v4M6.6 13.4h-4v-4M13.2 2.8 9.6 6.4M2.8 13.2l3.6-3.6" />
    </>
  ),
  more: (
    <>
      <path d="M3.2 8h.6M7.7 8h.6M12.2 8h.6" />
    </>
  ),
  minus: (
    <>
      <path d="M3 8h10" />
    </>
  ),
  pause: (
    <>
      <path d="M4 3h2.8v10H4zM9.2 3H12v10H9.2z" fill="currentColor" stroke="none" />
    </>
  ),
  plug: (
    <>
      <path d="M6 1.8v3.4M10 1.8v3.4M4 5.2h8v2.4a4 4 0 0 1-8 0zM8 11.6v2.8" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" />
    </>
  ),
  refresh: (
    <>
      <path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8M13.4 2v3.2h-3.2" />
    </>
  ),
  rewind: (
    <>
      <path d="M7.8 3.4v9.2L2.7 8zM13.5 3.4v9.2L8.4 8z" fill="currentColor" stroke="none" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5 14 14" />
    </>
  ),
  shield: (
    <>
      <path d="M8 1.8 13.2 4v4c0 3.2-2.2 5.2-5.2 6.4C5 13.2 2.8 11.2 2.8 8V4z" />
    </>
  ),
  skip: (
    <>
      <path d="M2.5 3.4v9.2L7.6 8zM8.2 3.4v9.2L13.3 8z" fill="currentColor" stroke="none" />
    </>
  ),
  stepf: (
    <>
      <path d="M3.5 3v10L9.8 8z" fill="currentColor" stroke="none" />
      <path d="M12 3.2v9.6" />
    </>
  ),
  stop: (
    <>
      <path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3z" />
      <path d="M5.6 5.6h4.8v4.8H5.6z" fill="currentColor" stroke="none" />
    </>
  ),
  lock: (
    <>
      <rect x="3.2" y="7" width="9.6" height="6.8" rx="1.4" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.6V8l2.4 1.6" />
    </>
  ),
  unlock: (
    <>
      <rect x="3.2" y="7" width="9.6" height="6.8" rx="1.4" />
      <path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.4-.9" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.2 14.4 13.4H1.6z" />
      <path d="M8 6.4v3.4M8 11.4v.3" />
    </>
  ),
  wave: (
    <>
      <path d="M1.6 8h2.2L5.6 3.4 8.6 12.6 10.8 8h3.6" />
    </>
  ),
  x: (
    <>
      <path d="m4 4 8 8M12 4l-8 8" />
    </>
  ),
  gear: (
    <>
      <circle cx="8" cy="8" r="2.2" />
      <path d="M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4" />
    </>
  ),
  play: <path d="M4.5 2.8v10.4L13 8z" fill="currentColor" stroke="none" />,
  user: (
    <>
      <circle cx="8" cy="5.2" r="2.8" />
      <path d="M2.6 14c.5-3 2.6-4.4 5.4-4.4s4.9 1.4 5.4 4.4" />
    </>
  ),
  up: <path d="m4 9.8 4-4 4 4" />,
  columns: <path d="M2.4 2.8h11.2v10.4H2.4zM6.2 2.8v10.4M9.8 2.8v10.4" />,
  funnel: <path d="M2.4 3h11.2L9.4 8.2v4.6L6.6 11V8.2z" />,
  undo: <path d="M5.6 3.2 2.6 6.2l3 3M2.8 6.2h6.4a4 4 0 0 1 0 8H6" />,
  redo: <path d="m10.4 3.2 3 3-3 3M13.2 6.2H6.8a4 4 0 0 0 0 8H10" />,
  copy: <path d="M5.6 5.6h7.6v8H5.6zM3 10.4V2.4h7.4" />,
} as const satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof SHAPES;

/** An icon; `size` sm 12, md 16, lg 20 pixels. */
export function Icon({
  name,
  size = 'md',
}: {
  readonly name: IconName;
  readonly size?: 'sm' | 'md' | 'lg';
}): JSX.Element {
  return (
    <svg
      className={size === 'md' ? 'ic' : `ic ${size}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}

/** The mark of Maru: a wooden floor of boards seen from above. */
export function Logo(): JSX.Element {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="1" width="20" height="20" rx="5" fill="var(--ink1)" />
      <g stroke="var(--s1)" strokeWidth="1.5" fill="none">
        <path d="M8 4.2v13.6M14 4.2v13.6" />
        <path d="M4.2 8.6H8M8 13.4h6M14 8.6h3.8" />
      </g>
    </svg>
  );
}

/** State of a link by shape as well as colour: dot fine, triangle degraded, cross down, ring off. */
export function Light({ state }: { readonly state: 'ok' | 'warn' | 'bad' | 'off' }): JSX.Element {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {state === 'ok' && <circle cx="6" cy="6" r="3.2" fill="currentColor" />}
      {state === 'warn' && <path d="M6 1.8 11 10.4H1z" fill="currentColor" />}
      {state === 'bad' && <path d="m2.5 2.5 7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="2.2" />}
      {state === 'off' && <circle cx="6" cy="6" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" />}
    </svg>
  );
}
