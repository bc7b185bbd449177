/** A bar of the timeline: dragged and stretched at either end by the mouse, and by keys. */
import { type JSX, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useText } from '../../../text/index.ts';
import { changedSpan, LEAST_PX, mayChange, spanWords, type Bar, type BarChange, type Span } from './timeline-model.ts';

interface Drag {
  readonly how: BarChange;
  readonly startX: number;
  readonly byMs: number;
}

/** Keys of each change, as they are told to who cannot see the line below the timeline. */
const KEYS: readonly (readonly [BarChange, readonly string[]])[] = [
  ['move', ['ArrowLeft', 'ArrowRight']],
  ['stretch', ['Shift+ArrowLeft', 'Shift+ArrowRight']],
  ['start', ['Alt+ArrowLeft', 'Alt+ArrowRight']],
];

/** Steps of one key with Ctrl. */
const BIG = 10;

export function TimelineBar(props: {
  readonly bar: Bar;
  readonly span: Span;
  readonly pxPerMs: number;
  readonly row: number;
  /** The grid, milliseconds. */
  readonly stepMs: number;
  readonly chosen: boolean;
  /** The one bar that Tab reaches. */
  readonly reached: boolean;
  readonly locked: boolean;
  readonly faulty: boolean;
  readonly onChoose: () => void;
  /** `dragged`: by one stroke of the mouse, which is one step to undo. */
  readonly onChange: (how: BarChange, byMs: number, dragged: boolean) => void;
  readonly onWalk: (steps: number) => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const t = useText();
  const [drag, setDrag] = useState<Drag | null>(null);
  const { bar, span, pxPerMs, stepMs, locked, onChange } = props;
  const may = (how: BarChange): boolean => !locked && mayChange(bar, how);
  const { fromMs: from, toMs: to } = drag ? changedSpan(bar, drag.how, drag.byMs) : bar;
  // What began before the hours that are shown still shows its words.
  const shownFrom = Math.max(from, span.fromMs);
  const left = (shownFrom - span.fromMs) * pxPerMs;
  const width = Math.max(LEAST_PX, (to - shownFrom) * pxPerMs);
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    props.onChoose();
    const grip = (event.target as HTMLElement).closest<HTMLElement>('[data-grip]')?.dataset['grip'];
    const how = grip === 'start' || grip === 'stretch' ? grip : 'move';
    if (!may(how)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ how, startX: event.clientX, byMs: 0 });
  };
  const moved = (event: PointerEvent<HTMLElement>): void => {
    if (!drag) return;
    const by = Math.round((event.clientX - drag.startX) / pxPerMs / stepMs) * stepMs;
    if (by !== drag.byMs) setDrag({ ...drag, byMs: by });
  };
  const up = (): void => {
    if (drag && drag.byMs !== 0) onChange(drag.how, drag.byMs, true);
    setDrag(null);
  };
  const keyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const taken = (act: () => void): void => {
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const how = event.altKey ? 'start' : event.shiftKey ? 'stretch' : 'move';
        const steps = (event.key === 'ArrowRight' ? 1 : -1) * (event.ctrlKey || event.metaKey ? BIG : 1);
        taken(() => {
          if (may(how)) onChange(how, steps * stepMs, false);
        });
        break;
      }
      case 'ArrowUp':
      case 'ArrowDown':
        taken(() => props.onWalk(event.key === 'ArrowDown' ? 1 : -1));
        break;
      case 'Enter':
        taken(props.onOpen);
        break;
      case 'Delete':
        if (!locked) taken(props.onRemove);
        break;
      case 'Escape':
        if (drag) taken(() => setDrag(null));
        break;
      default:
    }
  };
  const keys = KEYS.filter(([how]) => may(how))
    .flatMap(([, each]) => each)
    .join(' ');
  const when = spanWords({ fromMs: from, toMs: to });
  const classes = [
    'sc-bar',
    props.chosen ? 'on' : '',
    props.faulty ? 'bad' : '',
    drag ? 'drag' : '',
    may('move') ? '' : 'still',
  ];
  return (
    <button
      type="button"
      className={classes.filter((each) => each !== '').join(' ')}
      style={{ left, top: props.row * 24 + 2, ['--w' as string]: `${width}px` }}
      tabIndex={props.reached ? 0 : -1}
      aria-label={t(props.faulty ? 'scen.barFaulty' : 'scen.bar', { name: bar.words, time: when })}
      aria-pressed={props.chosen}
      aria-keyshortcuts={keys === '' ? undefined : keys}
      title={`${bar.words} ${when}`}
      data-testid={`scen-bar-${bar.key}`}
      data-bar={bar.key}
      onPointerDown={down}
      onPointerMove={moved}
      onPointerUp={up}
      onPointerCancel={() => setDrag(null)}
      onFocus={props.onChoose}
      onKeyDown={keyDown}
      onDoubleClick={props.onOpen}
    >
      <span className="body" aria-hidden="true">
        {may('start') && <i data-grip="start" data-testid={`scen-grip-start-${bar.key}`} />}
        {may('stretch') && <i data-grip="stretch" data-testid={`scen-grip-${bar.key}`} />}
      </span>
      <span className="w" aria-hidden="true">
        {bar.words}
      </span>
      {drag && (
        <span className="tip num" aria-hidden="true">
          {when}
        </span>
      )}
    </button>
  );
}
