/** M09 Correlation spike: the followed issues have lately moved as one, so that spreading over them protects no more. */
import type { InstrumentId } from '../../../domain/index.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from './figures.ts';
import { returnsOf } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'most',
    labelKo: '20일 평균 상관',
    labelEn: 'Mean correlation of 20 days',
    unit: '',
    initial: 0.7,
    min: 0.3,
    max: 0.99,
    step: 0.01,
  },
  {
    id: 'rise',
    labelKo: '120일보다 높은 폭',
    labelEn: 'Above that of 120 days',
    unit: '',
    initial: 0.25,
    min: 0.05,
    max: 0.8,
    step: 0.01,
  },
  {
    id: 'issues',
    labelKo: '필요한 종목 수',
    labelEn: 'Issues needed',
    unit: '건',
    initial: 3,
    min: 2,
    max: 20,
    step: 1,
  },
];
const SHORT = 20;
const LONG = 120;
/** Pairs grow with the square: of more issues the first ones are taken. */
const MOST_ISSUES = 40;
/** After the last news of an issue it waits for the others. */
const CALM_MS = 1_000;
const BACK = 0.05;
const PICTURE_DAYS = 60;

/** Mean correlation of all pairs over `days` days that end `back` days before the last; null: nothing moved. */
function meanCorrelation(rows: readonly Float64Array[], days: number, back: number): number | null {
  const units = rows.map((row) => unitOf(row.subarray(row.length - days - back, row.length - back)));
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < units.length; i += 1) {
    for (let j = i + 1; j < units.length; j += 1) {
      const [a, b] = [units[i], units[j]];
      if (!a || !b) continue;
      for (let k = 0; k < days; k += 1) sum += (a[k] as number) * (b[k] as number);
      pairs += 1;
    }
  }
  return pairs === 0 ? null : sum / pairs;
}

/** Deviations from the mean, of length 1; null where nothing moved. */
function unitOf(values: Float64Array): Float64Array | null {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let square = 0;
  for (const value of values) square += (value - mean) * (value - mean);
  return square > 0 ? values.map((value) => (value - mean) / Math.sqrt(square)) : null;
}

export const CORRELATION_SPIKE: Detector = {
  id: 'M09',
  nameKo: '상관 급등',
  nameEn: 'Correlation spike',
  family: 'portfolio',
  severity: 'M',
  plays: ['P2'],
  inputs: ['issue', 'clock'],
  formulaKo:
    '보유·관심 종목 일간 수익률의 20일 평균 쌍 상관이 0.7을 넘고 120일보다 0.25 이상 높으면 알리고, 두 값 모두에서 0.05 이상 내려오면 해제합니다.',
  formulaEn:
    'The mean pair correlation of daily returns of the followed issues over 20 days is above 0.7 and at least 0.25 above that of 120 days; it clears 0.05 below either.',
  warmUpKo: '종목 셋 이상의 121일 종가.',
  warmUpEn: 'Closes of 121 days of three issues or more.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const most = figure('most');
    const rise = figure('rise');
    const needed = figure('issues');
    const rows = new Map<InstrumentId, Float64Array>();
    let newsTs: number | null = null;
    let fired = false;

    const look = (): void => {
      const list = [...rows.values()].slice(0, MOST_ISSUES);
      const short = list.length >= needed ? meanCorrelation(list, SHORT, 0) : null;
      const long = list.length >= needed ? meanCorrelation(list, LONG, 0) : null;
      if (short !== null && long !== null && short > most && short - long >= rise) {
        if (fired) return;
        fired = true;
        const points: number[] = [];
        for (let back = PICTURE_DAYS - 1; back >= 0; back -= 1)
          points.push(Number((meanCorrelation(list, SHORT, back) ?? 0).toPrecision(6)));
        mouth.fire({
          subject: 'portfolio',
          severity: 'M',
          values: { shortCorrelation: short, longCorrelation: long, issues: list.length },
          sentenceKo: `보유·관심 ${list.length}종목의 20일 평균 상관이 ${decimal(short, 2)}로 120일(${decimal(long, 2)})보다 크게 높아 함께 움직입니다.`,
          sentenceEn: `The ${list.length} followed issues move together: mean correlation ${decimal(short, 2)} over 20 days, ${decimal(long, 2)} over 120.`,
          picture: { points, line: most },
        });
      } else if (fired && (short === null || long === null || short < most - BACK || short - long < rise - BACK)) {
        fired = false;
        mouth.clear('portfolio');
      }
    };

    return {
      issue: ({ id, ts, followed, closes }) => {
        if (followed && closes.length > LONG) rows.set(id, returnsOf(closes.slice(-LONG - PICTURE_DAYS - 1)));
        else if (!rows.delete(id)) return;
        newsTs = ts;
      },
      clock: ({ ts }) => {
        if (newsTs === null || ts - newsTs < CALM_MS) return;
        newsTs = null;
        look();
      },
    };
  },
};
