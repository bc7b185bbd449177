/** Makes the drawing of a chart once its place is on the page, and repaints it with the theme. */
import { useCallback, useEffect, useState } from 'react';
import { useView } from '../../../store/view.ts';
import { chartTheme } from '../../../theme/chart-theme.ts';
import { ChartView } from './chart-view.ts';

export interface ChartViewOf {
  readonly view: ChartView | null;
  readonly host: (element: HTMLElement | null) => (() => void) | undefined;
}

export function useChartView(): ChartViewOf {
  const [view, setView] = useState<ChartView | null>(null);
  const theme = useView((state) => state.theme);
  const upDown = useView((state) => state.upDown);
  const host = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const made = new ChartView(element, chartTheme());
    setView(made);
    return () => {
      setView(null);
      made.destroy();
    };
  }, []);
  useEffect(() => {
    view?.setTheme(chartTheme());
  }, [view, theme, upDown]);
  return { view, host };
}
