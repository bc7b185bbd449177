/** The candles as a table, newest first, for readers who cannot see the drawing. */
import type { JSX } from 'react';
import type { PriceUnit } from '#shared/domain/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import type { BarList } from '../../../client/candle-feed.ts';
import { useText } from '../../../text/index.ts';
import { changePercent, direction, number, time } from '../../../ui/format.ts';
import { money } from '../../../ui/money.ts';

/** Rows shown at most. */
const ROWS = 300;

export function BarTable(props: {
  readonly bars: BarList;
  readonly daily: boolean;
  readonly unit: PriceUnit;
}): JSX.Element {
  const { bars, daily, unit } = props;
  const t = useText();
  const newest = bars.slice(-ROWS - 1);
  return (
    <div className="ctable" tabIndex={0} data-testid="chart-table">
      <table>
        <thead>
          <tr>
            <th>{t('col.time')}</th>
            <th>{t('chart.o')}</th>
            <th>{t('chart.h')}</th>
            <th>{t('chart.l')}</th>
            <th>{t('chart.c')}</th>
            <th>{t('col.change')}</th>
            <th>{t('chart.volume')}</th>
          </tr>
        </thead>
        <tbody>
          {newest
            .map((bar, at) => ({ bar, before: newest[at - 1] }))
            .slice(-ROWS)
            .reverse()
            .map(({ bar, before }) => {
              const change = before ? bar.close - before.close : 0;
              return (
                <tr key={bar.openTs}>
                  <td className="num mut">{daily ? kstDate(epochMs(bar.openTs)) : time(bar.openTs)}</td>
                  <td className="num">{money(bar.open, unit)}</td>
                  <td className="num">{money(bar.high, unit)}</td>
                  <td className="num">{money(bar.low, unit)}</td>
                  <td className="num">{money(bar.close, unit)}</td>
                  <td className={`num ${direction(change)}`}>{before ? changePercent(change, before.close) : ''}</td>
                  <td className="num">{number(bar.volume)}</td>
                </tr>
              );
            })}
        </tbody>
      </table>
    </div>
  );
}
