/** M02 Dynamic VI: one trade lies nearly as far from the one before as sets off a dynamic volatility interruption. */
import { viExemptTicks } from '../../../market/index.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { percent, percentOfPpm, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'part',
    labelKo: '발동 폭에 대한 비율',
    labelEn: 'Part of the threshold',
    unit: '%',
    initial: 80,
    min: 50,
    max: 100,
    step: 5,
  },
  {
    id: 'coolDown',
    labelKo: '잠잠해야 하는 시간',
    labelEn: 'Quiet until cleared',
    unit: '초',
    initial: 60,
    min: 5,
    max: 600,
    step: 5,
  },
];
/** After such a gap the price before is no reference for what is seen now. */
const GAP_MS = 3_600_000;
/** An interruption lasts two minutes and a little: after so long its end was not told. */
const LOST_END_MS = 300_000;
const NEAR = 1;
const ON = 2;

class Own {
  krx = 0;
  krxTs = 0;
  nxt = 0;
  nxtTs = 0;
  at = 0;
  /** An interruption goes on; since when. */
  on = false;
  onTs = 0;
  readonly trail = new Trail(1_000);
}

/** Steps from `last` that set off no VI, whatever part of the price they are; at least one. */
function leastSteps(seat: Seat<Own>, last: number): number {
  const { belowKrw, ticks } = viExemptTicks(seat.issue.market);
  return last < belowKrw ? Math.max(1, ticks) : 1;
}

export const DYNAMIC_VI_APPROACH: Detector = {
  id: 'M02',
  nameKo: '동적 VI 근접',
  nameEn: 'Dynamic VI approach',
  family: 'market',
  severity: 'M',
  plays: ['P3', 'P4'],
  inputs: ['issue', 'trade'],
  formulaKo:
    '접속매매에서 체결가가 직전 체결가에서 동적 VI 발동 폭의 80 % 이상(2호가 이상, 저가 종목은 VI 면제 호가를 넘게) 벗어나거나 동적 VI가 발동되면 알리고(KRX 정규장 밖의 발동은 알림), 60초 동안 다시 없으면 해제합니다.',
  formulaEn:
    'In continuous trading a trade lies at least 80 % of the dynamic VI threshold (and 2 ticks, for low prices more than those exempt from VI) from the trade before, or a dynamic VI is set off (outside the regular session of KRX: a note); it clears after 60 s without another.',
  warmUpKo: '거래소별로 접속매매의 첫 체결.',
  warmUpEn: 'The first trade of continuous trading on the venue.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const part = figure('part') / 100;
    const coolMs = figure('coolDown') * 1_000;
    const issues = new Issues<Own>(mouth, () => new Own());

    const judge = (seat: Seat<Own>, ts: number, last: number, price: number): void => {
      const threshold = seat.issue.dynamicViPpm;
      const step = Math.abs(price - last);
      const ppm = (step / last) * 1e6;
      seat.own.trail.add(ts, ppm / 10_000);
      if (!(threshold > 0) || ppm < part * threshold || step <= leastSteps(seat, last) * seat.tick) return;
      seat.own.at = ts;
      if (seat.stage >= NEAR) return;
      const way = price > last ? ['높게', 'above'] : ['낮게', 'below'];
      issues.raise(seat, NEAR, 'M', {
        values: { movePct: ppm / 10_000, thresholdPct: threshold / 10_000, price, last },
        sentenceKo: `${withParticle(seat.name, '이/가')} 직전 체결보다 ${percentOfPpm(ppm)} ${way[0]} 체결되어 동적 VI 발동 폭(${percentOfPpm(threshold)})의 ${percent(ppm / threshold, 0)}입니다.`,
        sentenceEn: `${seat.name} traded ${percentOfPpm(ppm)} ${way[1]} the trade before: ${percent(ppm / threshold, 0)} of the dynamic VI threshold (${percentOfPpm(threshold)}).`,
        picture: seat.own.trail.picture(ppm / 10_000, (part * threshold) / 10_000),
      });
    };

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      if (seat.own.on && ts - seat.own.onTs > LOST_END_MS) seat.own.on = false;
      if (seat.stage > 0 && !seat.own.on && ts - seat.own.at >= coolMs) issues.lower(seat);
      return seat.stage > 0;
    };

    return {
      ...issues.ears(),
      trade: ({ id, ts, price, venue }) => {
        const seat = issues.get(id);
        if (!seat || !usable(price) || !seat.openOn(venue)) return;
        const { own } = seat;
        const krx = venue === 'KRX';
        const last = krx ? own.krx : own.nxt;
        const lastTs = krx ? own.krxTs : own.nxtTs;
        if (krx) {
          own.krx = price;
          own.krxTs = ts;
        } else {
          own.nxt = price;
          own.nxtTs = ts;
        }
        if (seat.stage > 0) settle(seat, ts);
        if (price === last || last === 0 || lastTs < seat.openedOf(venue) || ts - lastTs > GAP_MS) return;
        judge(seat, ts, last, price);
      },
      vi: ({ id, ts, on, cause }) => {
        const seat = issues.get(id);
        if (!seat) return;
        const { own } = seat;
        if (!on) {
          own.on = false;
          own.at = Math.max(own.at, ts);
        } else if (cause === 'dynamic' || cause === 'both') {
          own.on = true;
          own.onTs = ts;
          const threshold = Math.max(0, seat.issue.dynamicViPpm) || 0;
          // The first prices of NXT's morning set many off that mean little.
          issues.raise(seat, ON, (issues.phaseOf('KRX') ?? 'continuous') === 'continuous' ? 'M' : 'L', {
            values: { on: 1, thresholdPct: threshold / 10_000 },
            sentenceKo: `${seat.name}에 동적 VI가 발동되어 2분 단일가 매매로 바뀝니다(발동 폭 ${percentOfPpm(threshold)}).`,
            sentenceEn: `A dynamic VI was set off in ${seat.name} (threshold ${percentOfPpm(threshold)}): it trades by auction for two minutes.`,
            picture: own.trail.picture(threshold / 10_000, threshold / 10_000),
          });
        }
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
