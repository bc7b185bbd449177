/** What the candle under the pointer, or the newest one, says. */
import type { JSX } from 'react';
import { isPointUnit, type PriceUnit, type ChartInterval } from '#shared/domain/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { useText } from '../../../text/index.ts';
import { volumeShort } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import type { IndicatorSaid } from './indicator-layer.ts';

export function Legend(props: {
  readonly name: string;
  readonly unit: PriceUnit;
  readonly interval: ChartInterval;
  readonly bar: Bar | null;
  readonly said: readonly IndicatorSaid[];
  readonly topOf: (pane: number) => number;
  readonly volumeTop: number;
}): JSX.Element {
  const t = useText();
  const { bar, unit } = props;
  return (
    <>
      <div className="legend">
        <div className="o">
          <b>{props.name}</b>
          <span className="mut">
            {t(`interval.${props.interval}`)} ·{' '}
            {unit === 'KRW' || unit === 'HUNDREDTH' ? 'KRX' : isPointUnit(unit) ? t('market.FUTURES_ABROAD') : unit}
          </span>
          {bar && (
            <span className="hid-s o num">
              <span>
                <b>{t('chart.o')}</b>
                {money(bar.open, unit)}
              </span>
              <span>
                <b>{t('chart.h')}</b>
                {money(bar.high, unit)}
              </span>
              <span>
                <b>{t('chart.l')}</b>
                {money(bar.low, unit)}
              </span>
              <span>
                <b>{t('chart.c')}</b>
                {money(bar.close, unit)}
              </span>
            </span>
          )}
        </div>
        <div className="o num hid-s">
          {props.said
            .filter((entry) => entry.pane === 0)
            .map((entry) => (
              <Said key={entry.key} entry={entry} write={(value) => money(Math.round(value), unit)} />
            ))}
        </div>
      </div>
      {bar && (
        <div className="legend" style={{ top: props.volumeTop + 3 }}>
          <div className="o num">
            <span className="mut">{t('chart.volume')}</span>
            <span>{volumeShort(bar.volume)}</span>
          </div>
        </div>
      )}
      {props.said
        .filter((entry) => entry.pane > 0)
        .map((entry) => (
          <div key={entry.key} className="legend" style={{ top: props.topOf(entry.pane) + 3 }}>
            <div className="o num">
              <Said entry={entry} write={plain} />
            </div>
          </div>
        ))}
    </>
  );
}

/** An oscillator's figure: as many places as it needs to be told from the next. */
function plain(value: number): string {
  return Math.abs(value) >= 10_000 ? volumeShort(Math.round(value)) : value.toFixed(2);
}

/** What one indicator says, each part in its colour. */
function Said({
  entry,
  write,
}: {
  readonly entry: IndicatorSaid;
  readonly write: (value: number) => string;
}): JSX.Element {
  return (
    <>
      {entry.parts.map((part, at) => (
        <span key={part.label}>
          <i className={`k k${part.colour + 1}`} />
          {at === 0 ? entry.name : ''} {part.label} {part.value === null ? '' : write(part.value)}
        </span>
      ))}
    </>
  );
}
