/** How the library draws a chart: what never changes, and what follows the theme. */
import { type ChartOptions, CrosshairMode, type DeepPartial, LineStyle } from 'lightweight-charts';
import type { ChartTheme } from '../../../theme/chart-theme.ts';

export const FIRST_OPTIONS = {
  autoSize: true,
  layout: { attributionLogo: false, fontSize: 11, panes: { enableResize: false } },
  crosshair: { mode: CrosshairMode.Normal },
  rightPriceScale: { scaleMargins: { top: 0.12, bottom: 0.08 }, minimumWidth: 58 },
  handleScale: { axisPressedMouseMove: true },
} as const satisfies DeepPartial<ChartOptions>;

export const FIRST_TIME_SCALE = {
  rightOffset: 6,
  timeVisible: true,
  secondsVisible: false,
  minBarSpacing: 1.5,
  barSpacing: 8,
} as const;

export function themeOptions(theme: ChartTheme): DeepPartial<ChartOptions> {
  const line = { color: theme.ink3, labelBackgroundColor: theme.label, style: LineStyle.Dashed };
  return {
    layout: {
      background: { color: theme.ground },
      textColor: theme.ink3,
      fontFamily: theme.font,
      panes: { separatorColor: theme.line, separatorHoverColor: theme.line },
    },
    grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
    crosshair: { vertLine: line, horzLine: line },
    rightPriceScale: { borderColor: theme.line },
    timeScale: { borderColor: theme.line },
  };
}
