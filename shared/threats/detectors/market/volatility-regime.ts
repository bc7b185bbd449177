/** M08 Volatility regime: daily moves of an index or a followed issue are among the largest of years, or have doubled. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, indexKo, percent, shortName } from '../words.ts';
import { figureReader } from './figures.ts';
import { returnsOf, sizeOfLast } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'percentile',
    labelKo: '3년 백분위',
    labelEn: 'Percentile of three years',
    unit: '%',
    initial: 95,
    min: 80,
    max: 99.9,
    step: 0.1,
  },
  {
    id: 'ratio',
    labelKo: '5일/60일 변동성',
    labelEn: '5-day over 60-day volatility',
    unit: '배',
    initial: 2,
    min: 1.2,
    max: 5,
    step: 0.1,
  },
  {
    id: 'days',
    labelKo: '백분위에 필요한 일수',
    labelEn: 'Days needed for the percentile',
    unit: '건',
    initial: 250,
    min: 60,
    max: 750,
    step: 10,
  },
];
/** Volatility a year that is no more than usual: one that doubled from next to nothing is no news. Our choice. */
const LOW = 0.18;
/** @source RiskMetrics: weight of the past in the running variance of daily returns */
const LAMBDA = 0.94;
const MOST_DAYS = 750;
const SHORT = 5;
const LONG = 60;
/** The running variance starts from the mean of so many days, which are not ranked. */
const START = 20;
const BACK = 0.85;
/** The percentile has to come back by so many points, too. */
const BACK_POINTS = 5;
const YEAR = Math.sqrt(252);
const PICTURE = 120;

interface Regime {
  /** EWMA volatility of each day from the start on, as a fraction a day. */
  readonly path: Float64Array;
  readonly now: number;
  /** 0 … 100; null: too few days. */
  readonly percentile: number | null;
  readonly ratio: number;
}

/** null: too few days for anything. */
function regimeOf(closes: readonly number[], days: number): Regime | null {
  const returns = returnsOf(closes.slice(-MOST_DAYS - 1));
  if (returns.length < LONG) return null;
  const path = new Float64Array(returns.length - START + 1);
  const start = sizeOfLast(returns.subarray(0, START), START);
  let variance = start * start;
  path[0] = start;
  for (let i = START; i < returns.length; i += 1) {
    const move = returns[i] as number;
    variance = LAMBDA * variance + (1 - LAMBDA) * move * move;
    path[i - START + 1] = Math.sqrt(variance);
  }
  const now = path.at(-1) ?? 0;
  let below = 0;
  for (const each of path) if (each < now) below += 1;
  const long = sizeOfLast(returns, LONG);
  return {
    path,
    now,
    percentile: returns.length >= days ? (below / path.length) * 100 : null,
    ratio: long > 0 ? sizeOfLast(returns, SHORT) / long : 0,
  };
}

export const VOLATILITY_REGIME: Detector = {
  id: 'M08',
  nameKo: '변동성 국면',
  nameEn: 'Volatility regime',
  family: 'portfolio',
  severity: 'M',
  plays: ['P2'],
  inputs: ['indexHistory'],
  formulaKo:
    '일간 수익률의 EWMA(0.94) 변동성이 3년 중 95백분위를 넘거나 5일 변동성이 60일의 2배를 넘으면(연 18 % 미만이면 낮은 변동성이라 제외) 알리고(지수는 주의, 보유·관심 종목은 알림), 둘 다 충분히 내려오면 해제합니다.',
  formulaEn:
    'EWMA(0.94) volatility of daily returns is above the 95th percentile of three years, or 5-day volatility above twice the 60-day one and 18 % a year (index: medium, followed issues: a note); it clears once both have come back.',
  warmUpKo: '비율은 60일, 백분위는 250일의 종가.',
  warmUpEn: 'Closes of 60 days for the ratio, of 250 days for the percentile.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const most = figure('percentile');
    const mostRatio = figure('ratio');
    const days = figure('days');
    const fired = new Set<string>();

    const look = (
      subject: string,
      nameKo: string,
      nameEn: string,
      severity: 'M' | 'L',
      closes: readonly number[],
    ): void => {
      const regime = regimeOf(closes, days);
      if (!regime) return;
      const { now, percentile, ratio, path } = regime;
      const rank = percentile ?? 0;
      if (rank > most || (ratio > mostRatio && now * YEAR >= LOW)) {
        if (fired.has(subject)) return;
        fired.add(subject);
        const why = rank > most ? ['3년 중 상위', 'top'] : null;
        const top = percent((100 - rank) / 100);
        mouth.fire({
          subject,
          severity,
          values: { volatilityPct: now * YEAR * 100, percentile: rank, ratio },
          sentenceKo: `${nameKo}의 변동성이 연 ${percent(now * YEAR)}로 ${why ? `${why[0]} ${top}이고 ` : ''}최근 5일이 60일의 ${decimal(ratio, 1)}배입니다.`,
          sentenceEn: `Volatility of ${nameEn} is ${percent(now * YEAR)} a year${why ? `, in the ${why[1]} ${top} of three years` : ''}; the last 5 days are ${decimal(ratio, 1)} times the last 60.`,
          picture: {
            points: [...path.subarray(-PICTURE)].map((each) => Number((each * YEAR * 100).toPrecision(6))),
            line: percentile === null ? null : lineOf(path, most) * YEAR * 100,
          },
        });
      } else if (fired.has(subject) && rank < most - BACK_POINTS && ratio < mostRatio * BACK) {
        fired.delete(subject);
        mouth.clear(subject);
      }
    };

    return {
      indexHistory: ({ market, closes }) => look(market, indexKo(market), market, 'M', closes),
      issue: ({ id, nameKo, followed, closes }) => {
        if (followed) look(id, shortName(nameKo || id), shortName(nameKo || id), 'L', closes);
      },
    };
  },
};

/** The value at a percentile. */
function lineOf(path: Float64Array, percentile: number): number {
  const sorted = path.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percentile) / 100))] ?? 0;
}
