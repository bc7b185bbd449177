/** The way of the indices as the scenario tells it, over the hours of the timeline. */
import { type JSX, useMemo } from 'react';
import type { ScenarioDocument } from '#shared/domain/index.ts';
import { fieldName, previewOf } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { percent } from '../../../ui/format.ts';
import type { Bar, Span } from './timeline-model.ts';

const EDGE = 12;
/** Room for the names of the lines, pixels. */
const LEGEND = 20;
const INDICES = ['KOSPI', 'KOSDAQ'] as const;

/** Round percents between two bounds, three or four of them. */
function levels(least: number, most: number): readonly number[] {
  const step = [0.5, 1, 2, 3, 5, 10, 20, 50, 100].find((each) => (most - least) / each <= 4) ?? 200;
  const first = Math.ceil(least / step) * step;
  return Array.from({ length: Math.floor((most - first) / step) + 1 }, (_, at) => first + at * step);
}

export function PathPreview(props: {
  readonly document: ScenarioDocument;
  readonly day: number;
  readonly span: Span;
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
}): JSX.Element {
  const t = useText();
  const language = useView((state) => state.language);
  const { document, day, span, width, bars } = props;
  const height = Math.max(60, props.height - LEGEND);
  const preview = useMemo(() => previewOf(document, day), [document, day]);
  if (!preview)
    return (
      <p className="sc-nopath note" data-testid="scen-no-path">
        {t('scen.replayPath')}
      </p>
    );
  const inside = preview.atMs.map((ms) => ms >= span.fromMs && ms <= span.toMs);
  const seen = INDICES.flatMap((name) => preview[name].filter((_, at) => inside[at]));
  const [least, most] = [Math.min(-1, ...seen), Math.max(1, ...seen)];
  const x = (ms: number): number => ((ms - span.fromMs) * width) / (span.toMs - span.fromMs);
  const y = (pct: number): number => EDGE + ((most - pct) * (height - 2 * EDGE)) / (most - least);
  const line = (values: readonly number[]): string =>
    values
      .flatMap((value, at) => (inside[at] ? [`${x(preview.atMs[at] ?? 0).toFixed(1)},${y(value).toFixed(1)}`] : []))
      .join(' ');
  const still = seen.every((value) => value === 0);
  const lowest = (name: (typeof INDICES)[number]): string =>
    percent(Math.min(...preview[name].filter((_, at) => inside[at])));
  const last = (name: (typeof INDICES)[number]): string => percent(preview[name].at(-1) ?? 0);
  return (
    <div className="sc-path-view">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={t('scen.pathSpoken', {
          kospi: last('KOSPI'),
          kosdaq: last('KOSDAQ'),
          least: lowest('KOSPI'),
        })}
        data-testid="scen-preview"
      >
        {bars
          .filter(({ track, toMs, fromMs }) => track === 'market' && toMs > fromMs)
          .map(({ key, fromMs, toMs }) => (
            <rect key={key} x={x(fromMs)} y={0} width={x(toMs) - x(fromMs)} height={height} className="band" />
          ))}
        {levels(least, most).map((level) => (
          <g key={level}>
            <line x1={0} x2={width} y1={y(level)} y2={y(level)} className={level === 0 ? 'zero' : 'lvl'} />
            <text x={width - 4} y={y(level) - 3} textAnchor="end">
              {percent(level, Number.isInteger(level) ? 0 : 1)}
            </text>
          </g>
        ))}
        {INDICES.map((name) => (
          <polyline key={name} points={line(preview[name])} className={name === 'KOSPI' ? 'p1' : 'p2'} />
        ))}
      </svg>
      <span className="sc-legend l" aria-hidden="true">
        {still ? (
          t('scen.stillPath')
        ) : (
          <>
            {INDICES.map((name) => (
              <span key={name}>
                <i className={name === 'KOSPI' ? 'p1' : 'p2'} />
                {fieldName(name, language)} <b className="num">{last(name)}</b>
              </span>
            ))}
            {document.market.kind === 'indexPath' && document.market.reconstructed && t('scen.madeUp')}
          </>
        )}
      </span>
    </div>
  );
}
