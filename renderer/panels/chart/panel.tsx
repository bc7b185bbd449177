/** The chart of the issue in view: what is drawn, and how the user wants it. */
import { type JSX, useState } from 'react';
import { useIssue } from '../../client/panel-context.tsx';
import { useText } from '../../text/index.ts';
import { Empty, Skeleton } from '../../ui/panel.tsx';
import type { ChartView } from './parts/chart-view.ts';
import { Drawing } from './parts/drawing.tsx';
import { ChartTools } from './parts/tools.tsx';
import { useChartChoice } from './settings.ts';

export function ChartPanel(): JSX.Element {
  const t = useText();
  const instrumentId = useIssue();
  const choice = useChartChoice();
  const [view, setView] = useState<ChartView | null>(null);
  const [table, setTable] = useState(false);
  if (instrumentId === null) return <Empty icon="candle" title={t('book.none')} body={t('book.noneBody')} />;
  if (!choice) return <Skeleton />;
  return (
    <>
      <ChartTools
        choice={choice}
        instrumentId={instrumentId}
        table={table}
        onTable={() => setTable(!table)}
        picture={() => view?.picture() ?? null}
      />
      <Drawing
        instrumentId={instrumentId}
        interval={choice.interval}
        settings={choice.settings}
        table={table}
        onView={setView}
      />
    </>
  );
}
