/** Oscillators in a pane of their own: MACD, RSI, stochastic, CCI, Williams %R, ATR, DMI, OBV. */
import { type Indicator, length, LINE, runOf } from './indicator.ts';
import { after, ema, highest, lowest, meanDeviation, previous, rma, sma, total } from './parts.ts';

export const MACD: Indicator = {
  id: 'macd',
  ko: 'MACD',
  en: 'MACD',
  short: 'MACD',
  params: [
    length(12, 'fast', '단기', 'Fast'),
    length(26, 'slow', '장기', 'Slow'),
    length(9, 'signal', '신호', 'Signal'),
  ],
  outputs: [
    { id: 'macd', label: '', draws: 'line' },
    { id: 'signal', label: '신호', draws: 'line' },
    { id: 'histogram', label: '차', draws: 'histogram' },
  ],
  pane: 'own',
  levels: [0],
  run: ([fast = 12, slow = 26, smooth = 9]) => {
    const [short, long, mean] = [ema(fast), ema(slow), after(ema(smooth))];
    return runOf([short, long, mean], ({ close }) => {
      const [a, b] = [short.push(close), long.push(close)];
      const macd = a === null || b === null ? null : a - b;
      const signal = mean.push(macd);
      return [macd, signal, macd === null || signal === null ? null : macd - signal];
    });
  },
};

/** Wilder's relative strength. */
export const RSI: Indicator = {
  id: 'rsi',
  ko: 'RSI',
  en: 'RSI',
  short: 'RSI',
  params: [length(14)],
  outputs: LINE,
  pane: 'own',
  levels: [30, 70],
  run: ([size = 14]) => {
    const [last, ups, downs] = [previous(), after(rma(size)), after(rma(size))];
    return runOf([last, ups, downs], ({ close }) => {
      const from = last.push(close);
      const change = from === null ? null : close - from;
      const up = ups.push(change === null ? null : Math.max(0, change));
      const down = downs.push(change === null ? null : Math.max(0, -change));
      if (up === null || down === null) return [null];
      return [up + down === 0 ? 50 : (100 * up) / (up + down)];
    });
  },
};

/** %K smoothed, and its mean %D. With a smoothing of 1 it is the fast stochastic. */
export const STOCHASTIC: Indicator = {
  id: 'stochastic',
  ko: '스토캐스틱',
  en: 'Stochastic',
  short: 'STOCH',
  params: [length(12, 'length', '기간', 'Length'), length(3, 'smooth', '%K', '%K'), length(5, 'signal', '%D', '%D')],
  outputs: [
    { id: 'k', label: '%K', draws: 'line' },
    { id: 'd', label: '%D', draws: 'line' },
  ],
  pane: 'own',
  levels: [20, 80],
  run: ([size = 12, smooth = 3, signal = 5]) => {
    const [top, bottom, slow, mean] = [highest(size), lowest(size), after(sma(smooth)), after(sma(signal))];
    return runOf([top, bottom, slow, mean], ({ high, low, close }) => {
      const [most, least] = [top.push(high), bottom.push(low)];
      const raw =
        most === null || least === null ? null : most === least ? 50 : (100 * (close - least)) / (most - least);
      const k = slow.push(raw);
      return [k, mean.push(k)];
    });
  },
};

export const CCI: Indicator = {
  id: 'cci',
  ko: 'CCI',
  en: 'CCI',
  short: 'CCI',
  params: [length(14)],
  outputs: LINE,
  pane: 'own',
  levels: [-100, 100],
  run: ([size = 14]) => {
    const [mean, spread] = [sma(size), meanDeviation(size)];
    return runOf([mean, spread], ({ high, low, close }) => {
      const typical = (high + low + close) / 3;
      const [middle, away] = [mean.push(typical), spread.push(typical)];
      // Lambert's constant.
      return [middle === null || away === null ? null : away === 0 ? 0 : (typical - middle) / (0.015 * away)];
    });
  },
};

export const WILLIAMS: Indicator = {
  id: 'williams',
  ko: '윌리엄스 %R',
  en: 'Williams %R',
  short: '%R',
  params: [length(14)],
  outputs: LINE,
  pane: 'own',
  levels: [-80, -20],
  run: ([size = 14]) => {
    const [top, bottom] = [highest(size), lowest(size)];
    return runOf([top, bottom], ({ high, low, close }) => {
      const [most, least] = [top.push(high), bottom.push(low)];
      if (most === null || least === null) return [null];
      return [most === least ? -50 : (-100 * (most - close)) / (most - least)];
    });
  },
};

/** The true range by Wilder's smoothing; the first bar has no range before it. */
export const ATR: Indicator = {
  id: 'atr',
  ko: 'ATR',
  en: 'ATR',
  short: 'ATR',
  params: [length(14)],
  outputs: LINE,
  pane: 'own',
  run: ([size = 14]) => {
    const [last, mean] = [previous(), after(rma(size))];
    return runOf([last, mean], ({ high, low, close }) => {
      const from = last.push(close);
      const range = from === null ? null : Math.max(high, from) - Math.min(low, from);
      return [mean.push(range)];
    });
  },
};

/** Directional movement: +DI, −DI and their ADX (Wilder). */
export const DMI: Indicator = {
  id: 'dmi',
  ko: 'DMI · ADX',
  en: 'DMI · ADX',
  short: 'DMI',
  params: [length(14)],
  outputs: [
    { id: 'plus', label: '+DI', draws: 'line' },
    { id: 'minus', label: '−DI', draws: 'line' },
    { id: 'adx', label: 'ADX', draws: 'line' },
  ],
  pane: 'own',
  levels: [25],
  run: ([size = 14]) => {
    const [close, high, low] = [previous(), previous(), previous()];
    const [range, up, down, adx] = [after(rma(size)), after(rma(size)), after(rma(size)), after(rma(size))];
    return runOf([close, high, low, range, up, down, adx], (bar) => {
      const [from, top, bottom] = [close.push(bar.close), high.push(bar.high), low.push(bar.low)];
      const known = from !== null && top !== null && bottom !== null;
      const rise = known ? bar.high - top : 0;
      const fall = known ? bottom - bar.low : 0;
      const tr = range.push(known ? Math.max(bar.high, from) - Math.min(bar.low, from) : null);
      const plus = up.push(known ? (rise > fall && rise > 0 ? rise : 0) : null);
      const minus = down.push(known ? (fall > rise && fall > 0 ? fall : 0) : null);
      if (tr === null || plus === null || minus === null || tr === 0) return [null, null, adx.push(null)];
      const [a, b] = [(100 * plus) / tr, (100 * minus) / tr];
      return [a, b, adx.push(a + b === 0 ? 0 : (100 * Math.abs(a - b)) / (a + b))];
    });
  },
};

/** Volume added on a rise, taken away on a fall. */
export const OBV: Indicator = {
  id: 'obv',
  ko: 'OBV',
  en: 'OBV',
  short: 'OBV',
  params: [],
  outputs: LINE,
  pane: 'own',
  run: () => {
    const [last, sum] = [previous(), total()];
    return runOf([last, sum], ({ close, volume }) => {
      const from = last.push(close);
      // It begins with the volume of the first bar; only its changes say something.
      const flow = from === null || close > from ? volume : close < from ? -volume : 0;
      return [sum.push(flow)];
    });
  },
};
