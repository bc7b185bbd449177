/** Parabolic SAR (Wilder): dots that follow a trend ever closer, and turn with it. */
import { type Indicator, type IndicatorBar, runOf } from './indicator.ts';

interface State {
  readonly rising: boolean;
  readonly sar: number;
  /** The best price of the trend. */
  readonly extreme: number;
  readonly speed: number;
  readonly last: IndicatorBar;
  readonly before: IndicatorBar;
}

function begin(before: IndicatorBar, last: IndicatorBar, step: number): State {
  // The first direction is that of the stronger movement of the first two bars.
  const rising = !(before.low - last.low > last.high - before.high && before.low - last.low > 0);
  const sar = rising ? before.low : before.high;
  return { rising, sar, extreme: rising ? last.high : last.low, speed: step, last, before };
}

function next(state: State, bar: IndicatorBar, step: number, most: number): State {
  const { rising, extreme, speed, last, before } = state;
  const ahead = state.sar + speed * (extreme - state.sar);
  // It never lies within the last two bars.
  const sar = rising ? Math.min(ahead, last.low, before.low) : Math.max(ahead, last.high, before.high);
  const turned = rising ? bar.low < sar : bar.high > sar;
  if (turned) {
    const from = rising ? Math.max(extreme, bar.high) : Math.min(extreme, bar.low);
    return { rising: !rising, sar: from, extreme: rising ? bar.low : bar.high, speed: step, last: bar, before: last };
  }
  const best = rising ? Math.max(extreme, bar.high) : Math.min(extreme, bar.low);
  const faster = best === extreme ? speed : Math.min(most, speed + step);
  return { rising, sar, extreme: best, speed: faster, last: bar, before: last };
}

export const PARABOLIC: Indicator = {
  id: 'psar',
  ko: '파라볼릭 SAR',
  en: 'Parabolic SAR',
  short: 'SAR',
  params: [
    { id: 'step', ko: '가속', en: 'Step', first: 0.02, min: 0.005, max: 0.2, step: 0.005 },
    { id: 'most', ko: '한도', en: 'Most', first: 0.2, min: 0.05, max: 1, step: 0.05 },
  ],
  outputs: [{ id: 'sar', label: '', draws: 'dots' }],
  pane: 'price',
  run: ([step = 0.02, most = 0.2]) => {
    let first: IndicatorBar | null = null;
    let state: State | null = null;
    let kept: { first: IndicatorBar | null; state: State | null } = { first, state };
    return runOf([{ undo: () => ({ first, state } = kept) }], (bar) => {
      kept = { first, state };
      if (first === null) {
        first = bar;
        return [null];
      }
      state = state === null ? begin(first, bar, step) : next(state, bar, step, most);
      return [state.sar];
    });
  },
};
