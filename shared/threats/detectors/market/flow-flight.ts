/** M17 Flow flight: foreigners or institutions have sold for days as they hardly ever do. */
import type { Detector, DetectorParam } from '../../detector.ts';
import type { FlowEvent } from '../../events.ts';
import { indexKo, percent, withParticle, wonEn, wonKo } from '../words.ts';
import { figureReader } from './figures.ts';
import { usable } from './issues.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'percentile',
    labelKo: '3년 백분위',
    labelEn: 'Percentile of three years',
    unit: '%',
    initial: 1,
    min: 0.1,
    max: 10,
    step: 0.1,
  },
  {
    id: 'turnoverPct',
    labelKo: '20일 거래대금에 대한 비율',
    labelEn: 'Part of 20-day turnover',
    unit: '%',
    initial: 3,
    min: 0.5,
    max: 20,
    step: 0.5,
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
const DAYS = 5;
const TURNOVER_DAYS = 20;
const MOST_DAYS = 750;
/** It clears when both measures are back by so much. */
const BACK_PERCENTILE = 3;
const BACK = 0.7;
const PICTURE = 119;
const GROUPS = {
  foreign: ['외국인', 'Foreigners'],
  institution: ['기관', 'Institutions'],
  retail: ['개인', 'Retail'],
} as const;

/** Sums of five days in a row, oldest first; of fewer days one sum of all. */
function sumsOf(days: readonly number[]): number[] {
  const sums: number[] = [];
  let sum = 0;
  for (const [i, day] of days.entries()) {
    sum += day - (i >= DAYS ? (days[i - DAYS] ?? 0) : 0);
    if (i >= DAYS - 1) sums.push(sum);
  }
  return sums;
}

/** The sums of a group's past days, made anew only when another list of days comes. */
interface Past {
  readonly days: readonly number[];
  /** Five-day sums, and the same ascending. */
  readonly sums: readonly number[];
  readonly sorted: Float64Array;
  /** Net purchases of the last four days. */
  readonly lastFour: number;
}

function pastOf(given: readonly number[]): Past {
  const days = given.slice(-MOST_DAYS).map((day) => (Number.isFinite(day) ? day : 0));
  const sums = sumsOf(days);
  const lastFour = days.slice(1 - DAYS).reduce((sum, day) => sum + day, 0);
  return { days: given, sums, sorted: Float64Array.from(sums).sort(), lastFour };
}

/** Which of `sorted` (ascending) are below `value`, as percent. */
function rankOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return (low / sorted.length) * 100;
}

export const FLOW_FLIGHT: Detector = {
  id: 'M17',
  nameKo: '외국인·기관 이탈',
  nameEn: 'Foreign or institutional flight',
  family: 'market',
  severity: 'M',
  plays: ['P1'],
  inputs: ['flow'],
  formulaKo:
    '외국인이나 기관의 5일(오늘 포함) 순매도가 3년 중 아래 1백분위에 들거나 20일 거래대금의 3 %를 넘으면 알리고, 3백분위 위와 2.1 % 아래로 돌아오면 해제합니다.',
  formulaEn:
    'Net sales of foreigners or institutions over 5 days (today among them) are below the 1st percentile of three years, or above 3 % of the turnover of 20 days; it clears above the 3rd percentile and below 2.1 %.',
  warmUpKo: '백분위는 지난 250일, 비율은 하루 평균 거래대금.',
  warmUpEn: '250 past days for the percentile, the mean daily turnover for the part.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const lowest = figure('percentile');
    const most = figure('turnoverPct') / 100;
    const needed = figure('days');
    const fired = new Set<string>();
    const pasts = new Map<string, Past>();

    const say = (
      event: FlowEvent,
      past: Past,
      seen: { net: number; rank: number; part: number; subject: string },
    ): void => {
      const { market, group, netKrw } = event;
      const { net, rank, part, subject } = seen;
      const [ko, en] = GROUPS[group];
      const ranked = rank < lowest;
      const why = [
        ...(ranked
          ? [[`3년 중 아래 ${percent(lowest / 100)}`, `the lowest ${percent(lowest / 100)} of three years`]]
          : []),
        ...(part > most ? [[`20일 거래대금의 ${percent(part)}`, `${percent(part)} of 20-day turnover`]] : []),
      ];
      mouth.fire({
        subject,
        severity: 'M',
        values: { net5DaysKrw: net, todayKrw: netKrw, turnoverPct: part * 100, percentile: Math.min(100, rank) },
        sentenceKo: `${withParticle(ko, '이/가')} ${indexKo(market)}에서 5일 동안 ${wonKo(-net)}을 순매도했습니다(${why.map((each) => each[0]).join(', ')}).`,
        sentenceEn: `${en} sold net ${wonEn(-net)} in ${market} over 5 days (${why.map((each) => each[1]).join(', ')}).`,
        picture: {
          points: [...past.sums.slice(-PICTURE), net].map((each) => each / 1e8),
          line: ranked ? (past.sorted[Math.floor((past.sorted.length * lowest) / 100)] ?? 0) / 1e8 : null,
        },
      });
    };

    return {
      flow: (event) => {
        const { market, group, netKrw, averageTurnoverKrw, pastDays } = event;
        if (group === 'retail' || !Number.isFinite(netKrw)) return;
        const subject = `${market}:${group}`;
        let past = pasts.get(subject);
        if (past?.days !== pastDays) pasts.set(subject, (past = pastOf(pastDays)));
        const net = past.lastFour + netKrw;
        const rank = pastDays.length >= needed && past.sorted.length > 0 ? rankOf(past.sorted, net) : 100;
        const known = averageTurnoverKrw !== null && usable(averageTurnoverKrw);
        const part = known ? Math.max(0, -net) / (averageTurnoverKrw * TURNOVER_DAYS) : 0;
        if (net < 0 && (rank < lowest || part > most)) {
          if (fired.has(subject)) return;
          fired.add(subject);
          say(event, past, { net, rank, part, subject });
        } else if (fired.has(subject) && rank >= Math.max(lowest, BACK_PERCENTILE) && part < BACK * most) {
          fired.delete(subject);
          mouth.clear(subject);
        }
      },
    };
  },
};
