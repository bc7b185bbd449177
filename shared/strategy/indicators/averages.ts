/** Moving averages and the bands around them: SMA, EMA, WMA, Bollinger bands, envelope, VWAP. */
import { kstDate, epochMs } from '../../time/index.ts';
import { type Indicator, length, LINE, runOf } from './indicator.ts';
import { deviation, ema, type Running, sma, wma } from './parts.ts';

function average(
  id: string,
  facts: { readonly ko: string; readonly en: string; readonly short: string },
  make: (size: number) => Running,
): Indicator {
  return {
    id,
    ...facts,
    params: [length(20)],
    outputs: LINE,
    pane: 'price',
    run: ([size = 20]) => {
      const running = make(size);
      return runOf([running], (bar) => [running.push(bar.close)]);
    },
  };
}

export const SMA = average('sma', { ko: '이동평균', en: 'Moving average', short: 'MA' }, sma);
export const EMA = average('ema', { ko: '지수이동평균', en: 'Exponential average', short: 'EMA' }, ema);
export const WMA = average('wma', { ko: '가중이동평균', en: 'Weighted average', short: 'WMA' }, wma);

const BAND = [
  { id: 'middle', label: '', draws: 'line' },
  { id: 'upper', label: '+', draws: 'line' },
  { id: 'lower', label: '−', draws: 'line' },
] as const;

/** The mean and so many deviations of all values around it (J. Bollinger). */
export const BOLLINGER: Indicator = {
  id: 'bollinger',
  ko: '볼린저 밴드',
  en: 'Bollinger bands',
  short: 'BB',
  params: [length(20), { id: 'width', ko: '폭', en: 'Width', first: 2, min: 0.5, max: 5, step: 0.1 }],
  outputs: BAND,
  pane: 'price',
  run: ([size = 20, width = 2]) => {
    const [mean, spread] = [sma(size), deviation(size)];
    return runOf([mean, spread], ({ close }) => {
      const [middle, away] = [mean.push(close), spread.push(close)];
      return middle === null || away === null
        ? [null, null, null]
        : [middle, middle + width * away, middle - width * away];
    });
  },
};

export const ENVELOPE: Indicator = {
  id: 'envelope',
  ko: '엔벨로프',
  en: 'Envelope',
  short: 'ENV',
  params: [length(20), { id: 'percent', ko: '%', en: '%', first: 5, min: 0.1, max: 50, step: 0.1 }],
  outputs: BAND,
  pane: 'price',
  run: ([size = 20, percent = 5]) => {
    const mean = sma(size);
    return runOf([mean], ({ close }) => {
      const middle = mean.push(close);
      const away = middle === null ? 0 : (middle * percent) / 100;
      return middle === null ? [null, null, null] : [middle, middle + away, middle - away];
    });
  },
};

/** Average price paid since the day in Korea began, by typical price and volume. */
export const VWAP: Indicator = {
  id: 'vwap',
  ko: '거래량가중평균 (당일)',
  en: 'VWAP of the day',
  short: 'VWAP',
  params: [],
  outputs: LINE,
  pane: 'price',
  run: () => {
    let now = { day: '', value: 0, volume: 0 };
    let before = now;
    return runOf([{ undo: () => (now = before) }], ({ openTs, high, low, close, volume }) => {
      before = now;
      const day = kstDate(epochMs(openTs));
      const from = day === now.day ? now : { day, value: 0, volume: 0 };
      now = { day, value: from.value + ((high + low + close) / 3) * volume, volume: from.volume + volume };
      return [now.volume === 0 ? null : now.value / now.volume];
    });
  },
};
