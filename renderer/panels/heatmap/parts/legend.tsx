/** The scale of the heat map. */
import type { JSX } from 'react';
import { useText } from '../../../text/index.ts';
import { percent } from '../../../ui/format.ts';

const STEPS = ['d4', 'd3', 'd2', 'd1', 'h0', 'u1', 'u2', 'u3', 'u4'] as const;

export function Legend({ full }: { readonly full: number }): JSX.Element {
  const t = useText();
  return (
    <span className="hscale" role="img" aria-label={t('heat.scale', { from: percent(-full, 0), to: percent(full, 0) })}>
      <span className="num">{percent(-full, 0)}</span>
      <span className="steps" aria-hidden="true">
        {STEPS.map((step) => (
          <i key={step} className={step} />
        ))}
      </span>
      <span className="num">{percent(full, 0)}</span>
    </span>
  );
}
