/** The chart of the issue in view: what is drawn, and how the user wants it. */
import { type JSX, useState } from 'react';
import type { Bar } from '../../client/candle-feed.ts';
import { useSessionDate } from '../../client/hooks.ts';
import { useIssue } from '../../client/panel-context.tsx';
import { stepPrice, tableOf } from '../../client/price-steps.ts';
import { useInstruments } from '../../store/instruments.ts';
import { useText } from '../../text/index.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import { ChartBody } from './parts/chart-body.tsx';
import { useDrawings } from './parts/drawing/use-drawings.ts';
import { ChartTools } from './parts/tools.tsx';
import { useChartView } from './parts/use-chart-view.ts';
import { useSync } from './parts/use-sync.ts';
import { type ChartChoice, useChartChoice } from './settings.ts';

export function ChartPanel(): JSX.Element {
  const t = useText();
  const instrumentId = useIssue();
  const choice = useChartChoice();
  if (instrumentId === null) return <Empty icon="candle" title={t('book.none')} body={t('book.noneBody')} />;
  if (!choice) return <Skeleton />;
  return <Chart instrumentId={instrumentId} choice={choice} />;
}

function Chart({ instrumentId, choice }: { readonly instrumentId: string; readonly choice: ChartChoice }): JSX.Element {
  const chart = useChartView();
  const [table, setTable] = useState(false);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [crossed, setCrossed] = useState<Bar | null>(null);
  const instrument = useInstruments((state) => state.byId.get(instrumentId));
  const ticks = tableOf(instrument, useSessionDate(instrumentId));
  const drawings = useDrawings(chart.view, instrumentId, (price, steps) =>
    ticks ? stepPrice(ticks, price, steps) : price + steps,
  );
  const sync = useSync(chart.view, choice, setCrossed);
  return (
    <>
      <ChartTools
        choice={choice}
        instrumentId={instrumentId}
        table={table}
        drawings={drawings}
        onTable={() => setTable(!table)}
        onInterval={sync.sayInterval}
        onDraw={() => element?.focus({ preventScroll: true })}
        picture={() => chart.view?.picture() ?? null}
      />
      <ChartBody
        chart={chart}
        instrumentId={instrumentId}
        interval={choice.interval}
        settings={choice.settings}
        drawings={drawings}
        ticks={ticks}
        table={table}
        crossed={crossed}
        element={element}
        onElement={setElement}
        onTouch={sync.lead}
      />
    </>
  );
}
