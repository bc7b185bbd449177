/** Every indicator by id. A new one is one file and one line here; charts and strategies need no change. */
import { BOLLINGER, EMA, ENVELOPE, SMA, VWAP, WMA } from './averages.ts';
import type { Indicator, IndicatorBar, IndicatorValues } from './indicator.ts';
import { ATR, CCI, DMI, MACD, OBV, RSI, STOCHASTIC, WILLIAMS } from './oscillators.ts';
import { PARABOLIC } from './parabolic.ts';

export * from './indicator.ts';

export const INDICATORS: readonly Indicator[] = [
  SMA,
  EMA,
  WMA,
  BOLLINGER,
  ENVELOPE,
  VWAP,
  PARABOLIC,
  MACD,
  RSI,
  STOCHASTIC,
  CCI,
  WILLIAMS,
  ATR,
  DMI,
  OBV,
];

const BY_ID = new Map(INDICATORS.map((indicator) => [indicator.id, indicator]));

/** The indicator of an id; undefined: this version does not have it. */
export function indicatorOf(id: string): Indicator | undefined {
  return BY_ID.get(id);
}

/** The values of all bars, oldest first. */
export function valuesOf(
  indicator: Indicator,
  params: readonly number[],
  bars: readonly IndicatorBar[],
): readonly IndicatorValues[] {
  const run = indicator.run(params);
  return bars.map((bar) => run.push(bar));
}

/** Parameters within their ranges; what is missing or out of them is the first value. */
export function paramsOf(indicator: Indicator, given: readonly number[]): readonly number[] {
  return indicator.params.map(({ first, min, max }, at) => {
    const value = given[at];
    return value !== undefined && value >= min && value <= max ? value : first;
  });
}

/** Heikin-Ashi: bars of averages, in which a trend is easier to see. */
export function heikinAshi(bars: readonly IndicatorBar[]): IndicatorBar[] {
  const out: IndicatorBar[] = [];
  for (const bar of bars) {
    const before = out.at(-1);
    const close = (bar.open + bar.high + bar.low + bar.close) / 4;
    const open = before ? (before.open + before.close) / 2 : (bar.open + bar.close) / 2;
    out.push({ ...bar, open, close, high: Math.max(bar.high, open, close), low: Math.min(bar.low, open, close) });
  }
  return out;
}
