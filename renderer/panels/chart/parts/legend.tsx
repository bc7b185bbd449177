/** What the candle under the pointer, or the newest one, says. */
import type { JSX } from 'react';
import type { AccountCurrency, Interval } from '#shared/domain/index.ts';
import type { Bar } from '../../../client/candle-feed.ts';
import { useText } from '../../../text/index.ts';
import { volumeShort } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';
import { PERIODS } from './chart-view.ts';
import { lastAverage } from './moving-average.ts';

export function Legend(props: {
  readonly name: string;
  readonly currency: AccountCurrency;
  readonly interval: Interval;
  readonly bar: Bar | null;
  /** Closes up to that candle. */
  readonly closes: readonly number[];
  readonly averages: boolean;
  readonly volumeTop: number;
}): JSX.Element {
  const t = useText();
  const { bar, currency } = props;
  return (
    <>
      <div className="legend">
        <div className="o">
          <b>{props.name}</b>
          <span className="mut">
            {t(`interval.${props.interval}`)} · {currency === 'USD' ? 'USD' : 'KRX'}
          </span>
          {bar && (
            <span className="hid-s o num">
              <span>
                <b>{t('chart.o')}</b>
                {money(bar.open, currency)}
              </span>
              <span>
                <b>{t('chart.h')}</b>
                {money(bar.high, currency)}
              </span>
              <span>
                <b>{t('chart.l')}</b>
                {money(bar.low, currency)}
              </span>
              <span>
                <b>{t('chart.c')}</b>
                {money(bar.close, currency)}
              </span>
            </span>
          )}
        </div>
        {props.averages && bar && (
          <div className="o num hid-s">
            {PERIODS.map((period, at) => {
              const value = lastAverage(props.closes, period);
              return (
                value !== null && (
                  <span key={period}>
                    <i className={`k k${at + 1}`} />
                    MA{period} {money(Math.round(value), currency)}
                  </span>
                )
              );
            })}
          </div>
        )}
      </div>
      {bar && (
        <div className="legend" style={{ top: props.volumeTop + 3 }}>
          <div className="o num">
            <span className="mut">{t('chart.volume')}</span>
            <span>{volumeShort(bar.volume)}</span>
          </div>
        </div>
      )}
    </>
  );
}
