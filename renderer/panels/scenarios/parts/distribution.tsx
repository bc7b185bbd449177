/** How the results of many seeds are spread: returns in steps, with median and the worst twentieth. */
import type { JSX } from 'react';
import type { RunRow } from '#shared/domain/index.ts';
import { useText } from '../../../text/index.ts';
import { number, percent } from '../../../ui/format.ts';

const BOX = { width: 480, height: 72 } as const;
const STEPS = 24;

/** The value below which a share of the sorted ones lies. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function Distribution({ rows }: { readonly rows: readonly RunRow[] }): JSX.Element | null {
  const t = useText();
  const sorted = rows.flatMap(({ accounts }) => accounts[0]?.returnPct ?? []).sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const wide = Math.max(0.01, most - least);
  const counts = new Array<number>(STEPS).fill(0);
  for (const value of sorted) {
    const at = Math.min(STEPS - 1, Math.floor(((value - least) / wide) * STEPS));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const highest = Math.max(...counts);
  const passed = rows.filter((row) => row.passed).length;
  const median = percent(quantile(sorted, 0.5));
  const worst = percent(quantile(sorted, 0.05));
  return (
    <figure className="sc-spread" data-testid="scen-spread">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        role="img"
        aria-label={t('scen.spreadSpoken', { count: sorted.length, median, worst })}
      >
        {counts.map((count, at) => {
          const height = (count * (BOX.height - 4)) / highest;
          const width = BOX.width / STEPS;
          return <rect key={at} x={at * width + 1} y={BOX.height - height} width={width - 2} height={height} />;
        })}
      </svg>
      <figcaption className="sc-facts num">
        <div>
          <span className="l">{t('scen.median')}</span> <b>{median}</b>
        </div>
        <div>
          <span className="l">{t('scen.worst5')}</span> <b>{worst}</b>
        </div>
        <div>
          <span className="l">{t('scen.range2')}</span>{' '}
          <b>
            {percent(least)} ~ {percent(most)}
          </b>
        </div>
        <div>
          <span className="l">{t('scen.seedsPassed')}</span>{' '}
          <b>
            {number(passed)}/{number(rows.length)}
          </b>
        </div>
      </figcaption>
    </figure>
  );
}
