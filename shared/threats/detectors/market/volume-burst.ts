/** M12 Volume burst: a minute trades many times what that minute of the day usually does. */
import type { Detector, DetectorParam } from '../../detector.ts';
import type { IssueEvent } from '../../events.ts';
import { decimal } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, KST_MS, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'times',
    labelKo: '같은 분 중앙값의 배수',
    labelEn: 'Times the median of the minute',
    unit: '배',
    initial: 8,
    min: 2,
    max: 50,
    step: 0.5,
  },
  {
    id: 'trades',
    labelKo: '최소 체결 건수',
    labelEn: 'Least trades',
    unit: '건',
    initial: 5,
    min: 1,
    max: 100,
    step: 1,
  },
];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OPEN_MINUTE = 9 * 60;
const MINUTES = 391;
/** A minute that usually trades next to nothing counts as this part of the mean minute. */
const LEAST_PART = 0.25;
/** It clears after a minute below this part of the line. */
const BACK = 0.5;

class Own {
  /** The minute ends here; its shares and trades so far, and its usual shares (0: not known). */
  ends = 0;
  shares = 0;
  trades = 0;
  usual = 0;
  /** Shares of the minute before over its line. */
  before = 0;
  readonly trail = new Trail(MINUTE_MS);
}

/** Usual shares of the minute of an instant; 0: not known, or outside the regular session. */
function usualAt({ minuteVolumes, averageVolume }: IssueEvent, ts: number): number {
  const minute = Math.floor(((ts + KST_MS) % DAY_MS) / MINUTE_MS) - OPEN_MINUTE;
  if (!(minute >= 0 && minute < MINUTES)) return 0;
  const mean = averageVolume !== null && usable(averageVolume) ? averageVolume / MINUTES : 0;
  const median = minuteVolumes?.[minute] ?? mean;
  return Math.max(usable(median) ? median : 0, mean * LEAST_PART);
}

export const VOLUME_BURST: Detector = {
  id: 'M12',
  nameKo: '거래량 급증',
  nameEn: 'Volume burst',
  family: 'market',
  severity: 'L',
  plays: ['P1'],
  inputs: ['issue', 'trade'],
  formulaKo:
    '정규장 접속매매의 1분 거래량이 같은 분 20일 중앙값(적어도 평균 분의 1/4)의 8배를 5건 이상으로 넘으면 알리고, 그 절반 아래인 분이 지나면 해제합니다.',
  formulaEn:
    'A minute of continuous trading has, in 5 trades or more, above 8 times its 20-day median (at least a quarter of the mean minute); it clears after a minute below half of that.',
  warmUpKo: '분별 또는 하루 평균 거래량을 알아야 합니다.',
  warmUpEn: 'The volumes by minute, or of a mean day, are known.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const times = figure('times');
    const leastTrades = figure('trades');
    const issues = new Issues<Own>(mouth, () => new Own());

    const turn = (seat: Seat<Own>, ts: number): void => {
      const { own } = seat;
      const next = Math.floor(ts / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
      // A minute without a trade in between was a quiet one.
      const line = next - own.ends === MINUTE_MS ? times * own.usual : 0;
      own.before = line > 0 ? own.shares / line : 0;
      if (own.ends > 0) own.trail.add(ts, own.shares);
      own.ends = next;
      own.shares = 0;
      own.trades = 0;
      own.usual = usualAt(seat.issue, ts);
      if (own.before < BACK) issues.lower(seat);
    };

    const say = (seat: Seat<Own>): void => {
      const { own, name } = seat;
      const ratio = own.shares / own.usual;
      issues.raise(seat, 1, 'L', {
        values: { shares: own.shares, usual: own.usual, times: ratio, trades: own.trades },
        sentenceKo: `${name}의 1분 거래량이 ${decimal(own.shares)}주로 같은 시각 평소(${decimal(own.usual)}주)의 ${decimal(ratio, 1)}배입니다.`,
        sentenceEn: `${name} traded ${decimal(own.shares)} shares this minute, ${decimal(ratio, 1)} times what it usually does then (${decimal(own.usual)}).`,
        picture: own.trail.picture(own.shares, times * own.usual),
      });
    };

    return {
      ...issues.ears(),
      trade: ({ id, ts, price, quantity, venue }) => {
        const seat = issues.get(id);
        if (!seat || !usable(quantity) || !usable(price) || !seat.openOn(venue)) return;
        // The price of the auction that opens the venue is no burst.
        if (ts <= seat.openedOf(venue)) return;
        const { own } = seat;
        if (ts >= own.ends) turn(seat, ts);
        own.shares += quantity;
        own.trades += 1;
        if (seat.stage === 0 && own.usual > 0 && own.shares > times * own.usual && own.trades >= leastTrades) say(seat);
      },
      clock: ({ ts }) =>
        issues.onClock((seat) => {
          if (seat.stage > 0 && ts >= seat.own.ends) turn(seat, ts);
          return false;
        }),
    };
  },
};
