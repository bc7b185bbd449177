/** How the chart is drawn. */
import { create } from 'zustand';

interface ChartSlice {
  readonly averages: boolean;
  /** The same figures as a table. */
  readonly table: boolean;
}

export const useChartSlice = create<ChartSlice>(() => ({ averages: true, table: false }));
