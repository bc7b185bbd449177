/** M07 Crash pace: an index falls within half an hour by a multiple of what half an hour usually spans. */
import type { Detector, DetectorParam } from '../../detector.ts';
import type { IndexEvent } from '../../events.ts';
import { decimal, indexKo, percentOfPpm, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { koreanDay, usable } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'times',
    labelKo: '30분 변동폭 중앙값의 배수',
    labelEn: 'Times the median 30-minute range',
    unit: '배',
    initial: 3,
    min: 1,
    max: 10,
    step: 0.5,
  },
  { id: 'minPct', labelKo: '최소 하락', labelEn: 'Least fall', unit: '%', initial: 1, min: 0.2, max: 5, step: 0.1 },
];
const MINUTE_MS = 60_000;
const WINDOW = 30;
/** It clears when the fall is less than this part of the line. */
const BACK = 0.7;
/** Above the day before it is a pull-back, and told as a note, up to so many times the line. */
const PULL_BACK = 2;
const NOTE = 1;
const CRASH = 2;

class Board {
  readonly market: IndexEvent['market'];
  median = 0;
  /** How it was told, 0: it is not. */
  stage = 0;
  ppm = 0;
  /** Day of the last value, and where the index stood when a crash was last told on it: it is told again only below that. */
  day = 0;
  toldPpm = Infinity;
  /** Highest value of each of the last minutes, and which minute it was. */
  readonly highs = new Float64Array(WINDOW);
  readonly minutes = new Float64Array(WINDOW).fill(-1);
  readonly trail = new Trail(30_000);

  constructor(market: IndexEvent['market']) {
    this.market = market;
  }
}

export const CRASH_PACE: Detector = {
  id: 'M07',
  nameKo: '급락 속도',
  nameEn: 'Crash pace',
  family: 'market',
  severity: 'H',
  plays: ['P2', 'P5'],
  inputs: ['index', 'indexHistory'],
  formulaKo:
    '지수가 지난 30분의 1분봉 고점에서 60일 30분 변동폭 중앙값의 3배(최소 1 %p)보다 많이 내리면 알립니다. 전일보다 위에 있는 동안은 그 2배까지 참고 알림이고, 해제는 70 % 아래로 줄 때, 그날 다시 알리는 것은 더 낮아졌을 때입니다.',
  formulaEn:
    'The index has fallen from the highest minute of the last 30 by more than 3 times the median 30-minute range of 60 days (and 1 percentage point); above the day before, and up to twice that, it is a note. It clears below 70 % of that, and is told again on the day only when the index stands lower.',
  warmUpKo: '과거 변동폭과 그날의 지수 두 번.',
  warmUpEn: 'The ranges of past days, and two values of the index within half an hour.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const times = figure('times');
    const least = figure('minPct') * 10_000;
    const boards: Record<IndexEvent['market'], Board> = { KOSPI: new Board('KOSPI'), KOSDAQ: new Board('KOSDAQ') };

    const look = (board: Board, ts: number): void => {
      const { market, median, highs, minutes, ppm, trail, stage } = board;
      const now = Math.floor(ts / MINUTE_MS);
      let high = ppm;
      for (let i = 0; i < WINDOW; i += 1)
        if ((minutes[i] as number) > now - WINDOW && (highs[i] as number) > high) high = highs[i] as number;
      const fall = high - ppm;
      const line = Math.max(least, times * median);
      const next = ppm >= 0 && fall <= PULL_BACK * line ? NOTE : CRASH;
      if (fall > line && next > stage && (next === NOTE || ppm < board.toldPpm)) {
        board.stage = next;
        if (next === CRASH) board.toldPpm = ppm;
        const size = fall / median;
        mouth.fire({
          subject: market,
          severity: next === CRASH ? 'H' : 'L',
          values: { fallPct: fall / 10_000, medianPct: median / 10_000, times: size, changePct: ppm / 10_000 },
          sentenceKo: `${withParticle(indexKo(market), '이/가')} 30분 안에 ${percentOfPpm(fall, 2)}p 내렸습니다(평소 30분 변동폭의 ${decimal(size, 1)}배, 지금 전일 대비 ${percentOfPpm(ppm, 2)}).`,
          sentenceEn: `${market} fell ${percentOfPpm(fall, 2)} points within 30 minutes (${decimal(size, 1)} times the usual range, now ${percentOfPpm(ppm, 2)} on the day).`,
          picture: trail.picture(ppm / 10_000, (high - line) / 10_000),
        });
      } else if (stage > 0 && fall < BACK * line) {
        board.stage = 0;
        mouth.clear(market);
      }
    };

    return {
      indexHistory: ({ market, medianRange30Ppm }) => {
        if (usable(medianRange30Ppm)) boards[market].median = medianRange30Ppm;
      },
      index: ({ ts, market, ppm }) => {
        const board = boards[market];
        if (!Number.isFinite(ppm)) return;
        const day = koreanDay(ts);
        if (day !== board.day) {
          board.day = day;
          board.toldPpm = Infinity;
        }
        board.ppm = ppm;
        board.trail.add(ts, ppm / 10_000);
        const minute = Math.floor(ts / MINUTE_MS);
        const at = minute % WINDOW;
        if (board.minutes[at] !== minute) {
          board.minutes[at] = minute;
          board.highs[at] = ppm;
        } else if (ppm > (board.highs[at] as number)) board.highs[at] = ppm;
        if (board.median > 0) look(board, ts);
      },
      clock: ({ ts }) => {
        for (const board of [boards.KOSPI, boards.KOSDAQ]) if (board.stage > 0) look(board, ts);
      },
    };
  },
};
