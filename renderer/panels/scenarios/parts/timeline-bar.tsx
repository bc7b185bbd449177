/** A bar of the timeline: dragged and stretched by the mouse, moved and stretched by keys. */
import { type JSX, type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useText } from '../../../text/index.ts';
import { LEAST_PX, spanWords, type Bar, type Span } from './timeline-model.ts';

interface Drag {
  readonly how: 'move' | 'stretch';
  readonly startX: number;
  readonly byMs: number;
}

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
  readonly onChange: (how: 'move' | 'stretch', byMs: number) => void;
  readonly onWalk: (steps: number) => void;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}): JSX.Element {
  const t = useText();
  const [drag, setDrag] = useState<Drag | null>(null);
  const { bar, span, pxPerMs, stepMs, locked, onChange } = props;
  const may = (how: Drag['how']): boolean => !locked && (how === 'move' ? bar.canMove : bar.canStretch);
  const byMs = drag?.byMs ?? 0;
  const from = bar.fromMs + (drag?.how === 'move' ? byMs : 0);
  const to = Math.max(from, bar.toMs + byMs);
  // What began before the hours that are shown still shows its words.
  const shownFrom = Math.max(from, span.fromMs);
  const left = (shownFrom - span.fromMs) * pxPerMs;
  const width = Math.max(LEAST_PX, (to - shownFrom) * pxPerMs);
  const down = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    props.onChoose();
    const how = (event.target as HTMLElement).closest('[data-grip]') ? 'stretch' : 'move';
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
    if (drag && drag.byMs !== 0) onChange(drag.how, drag.byMs);
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
        const how = event.shiftKey ? 'stretch' : 'move';
        const steps = (event.key === 'ArrowRight' ? 1 : -1) * (event.ctrlKey || event.metaKey ? BIG : 1);
        taken(() => {
          if (may(how)) onChange(how, steps * stepMs);
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
        {bar.canStretch && !locked && <i data-grip data-testid={`scen-grip-${bar.key}`} />}
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
