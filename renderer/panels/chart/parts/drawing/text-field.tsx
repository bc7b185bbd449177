/** The field in which a text on the chart is written, over the place where it will stand. */
import { type JSX, useState } from 'react';
import { DRAWING_TEXT_LIMIT } from '#shared/domain/index.ts';
import { useText } from '../../../../text/index.ts';
import type { ChartView } from '../chart-view.ts';
import type { DrawingsOf } from './use-drawings.ts';

export function TextWriting({
  drawings,
  view,
}: {
  readonly drawings: DrawingsOf;
  readonly view: ChartView;
}): JSX.Element | null {
  const t = useText();
  const { writing } = drawings.state;
  const plane = view.axes.plane();
  const before = drawings.kept.drawings.find(({ id }) => id === writing?.id)?.text ?? '';
  const [text, setText] = useState(before);
  if (!writing || !plane) return null;
  return (
    <input
      className="field draw-text"
      style={{ left: plane.xOf(writing.anchor.ts), top: plane.yOf(writing.anchor.price) }}
      aria-label={t('draw.write')}
      placeholder={t('draw.write')}
      maxLength={DRAWING_TEXT_LIMIT}
      autoFocus
      value={text}
      data-testid="draw-text"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => drawings.hand.write(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        const chart = event.currentTarget.closest<HTMLElement>('.chart');
        drawings.hand.write(event.key === 'Enter' ? text : null);
        chart?.focus({ preventScroll: true });
      }}
    />
  );
}
