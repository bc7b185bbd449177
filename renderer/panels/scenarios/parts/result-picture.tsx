/** The way of a run: indices and account in percent, threats and plays as marks above it. */
import type { JSX } from 'react';
import type { ScenarioRun } from '#shared/domain/index.ts';
import { fieldName } from '#shared/scenario/index.ts';
import { useView } from '../../../store/view.ts';
import { useText } from '../../../text/index.ts';
import { percent, UNKNOWN } from '../../../ui/format.ts';

const BOX = { width: 900, height: 150, edge: 12 } as const;

export function ResultPicture({ run }: { readonly run: ScenarioRun }): JSX.Element | null {
  const t = useText();
  const language = useView((state) => state.language);
  const { ts, kospiPct, kosdaqPct, equityKrw } = run.series;
  if (ts.length < 2) return null;
  const [accountId, equity] = Object.entries(equityKrw)[0] ?? ['', []];
  const start = run.accounts.find(({ id }) => id === accountId)?.startKrw ?? equity[0] ?? 0;
  const account = equity.map((value) => (start > 0 ? (100 * (value - start)) / start : 0));
  const lines = [
    { name: fieldName('KOSPI', language), mark: 'p1', values: kospiPct },
    { name: fieldName('KOSDAQ', language), mark: 'p2', values: kosdaqPct },
    { name: t('scen.accountOf', { id: accountId }), mark: 'p3', values: account },
  ];
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const [least, most] = [Math.min(-1, ...all), Math.max(1, ...all)];
  // Places, not instants: nights between the days take no room.
  const x = (place: number): number => (place * BOX.width) / (ts.length - 1);
  const y = (pct: number): number =>
    BOX.edge + ((most - pct) * (BOX.height - 2 * BOX.edge)) / Math.max(0.01, most - least);
  const placeAt = (at: number): number => {
    const found = ts.findIndex((each) => each >= at);
    return found < 0 ? ts.length - 1 : found;
  };
  const points = (values: readonly (number | null)[]): string =>
    values
      .flatMap((value, place) => (value === null ? [] : [`${x(place).toFixed(1)},${y(value).toFixed(1)}`]))
      .join(' ');
  return (
    <figure className="sc-picture">
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('scen.pictureSpoken', { least: percent(least), most: percent(most) })}
      >
        <line x1={0} x2={BOX.width} y1={y(0)} y2={y(0)} className="zero" />
        {lines.map(({ mark, values }) => (
          <polyline key={mark} points={points(values)} className={mark} />
        ))}
        {run.threats.map(({ at, severity }, place) => (
          <line key={`t${place}`} x1={x(placeAt(at))} x2={x(placeAt(at))} y1={0} y2={6} className={`sev ${severity}`} />
        ))}
        {run.plays.map(({ at }, place) => (
          <line key={`p${place}`} x1={x(placeAt(at))} x2={x(placeAt(at))} y1={0} y2={BOX.height} className="play" />
        ))}
      </svg>
      <figcaption className="sc-legend l">
        {lines.map(({ name, mark, values }) => {
          const last = values.findLast((value) => value !== null) ?? null;
          return (
            <span key={mark}>
              <i className={mark} />
              {name} <b className="num">{last === null ? UNKNOWN : percent(last)}</b>
            </span>
          );
        })}
        <span>{t('scen.pictureMarks')}</span>
      </figcaption>
    </figure>
  );
}
