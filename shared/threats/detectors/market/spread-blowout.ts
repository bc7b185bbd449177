/** M11 Spread blow-out: the best prices lie far wider apart than usual, or one side has gone. */
import type { BookEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { atLimit, bestOf, inRegularHours } from './books.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { LearnedMedian, Trail } from './measures.ts';
import { stepAt } from './price-steps.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'ticks', labelKo: '최소 호가 수', labelEn: 'Least ticks', unit: '호가', initial: 4, min: 2, max: 50, step: 1 },
  {
    id: 'times',
    labelKo: '평소의 배수',
    labelEn: 'Times the usual',
    unit: '배',
    initial: 5,
    min: 2,
    max: 50,
    step: 0.5,
  },
  { id: 'minPct', labelKo: '최소 차이', labelEn: 'Least width', unit: '%', initial: 0.5, min: 0, max: 5, step: 0.1 },
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 10, min: 1, max: 300, step: 1 },
  {
    id: 'settle',
    labelKo: '개장 뒤 기다리는 시간',
    labelEn: 'Wait after the open',
    unit: '초',
    initial: 60,
    min: 0,
    max: 1_800,
    step: 10,
  },
];
const LEARN = 300;
const LEARN_EVERY_MS = 1_000;
/** A spread below this part of the line for so long clears. */
const BACK = 0.7;
const BACK_MS = 5_000;

class Own {
  /** Ticks; since when too wide (0: it is not), and since when narrow again while the alarm holds (0: it is not). */
  spread = 0;
  since = 0;
  narrowSince = 0;
  /** Middle of the book, won. */
  middle = 0;
  /** 1: nobody sells, -1: nobody buys, 0: both are there. */
  missing = 0;
  /** When a narrow book is looked at again. */
  next = 0;
  readonly learned = new LearnedMedian(LEARN);
  readonly trail = new Trail(1_000);
}

export const SPREAD_BLOWOUT: Detector = {
  id: 'M11',
  nameKo: '호가 공백',
  nameEn: 'Spread blow-out',
  family: 'market',
  severity: 'M',
  plays: ['P3'],
  inputs: ['issue', 'book'],
  formulaKo:
    '정규장 접속매매에서 호가 차이가 4호가와 중앙값(모르면 그날 배운 중앙값)의 5배 중 큰 쪽을 넘고 가격의 0.5 % 이상인 상태나 한쪽 호가가 없는 상태가 10초 이어지면 알리고, 5초 동안 그 70 % 안이면 해제하며, 상·하한가에서는 보지 않습니다.',
  formulaEn:
    'In the continuous trading of the regular session the spread is above 4 ticks, 5 times the median (unknown: the one learnt today) and 0.5 % of the price, or one side is empty, for 10 s; it clears after 5 s within 70 % of that, and does not look at issues at their limits.',
  warmUpKo: '접속매매 시작 뒤 60초, 중앙값을 배워야 하면 호가가 바뀐 300초.',
  warmUpEn: '60 s of continuous trading; 300 seconds with changes of the book where the median has to be learnt.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const ticks = figure('ticks');
    const times = figure('times');
    const least = figure('minPct') / 100;
    const lastsMs = figure('seconds') * 1_000;
    const settleMs = figure('settle') * 1_000;
    const issues = new Issues<Own>(mouth, () => new Own());
    // Where the step has become smaller, as many won are more steps.
    const usualOf = (seat: Seat<Own>): number => {
      const { issue, own, base } = seat;
      if (issue.usualSpreadTicks === null || !usable(issue.usualSpreadTicks)) return own.learned.value;
      if (base === 0 || own.middle === 0) return issue.usualSpreadTicks;
      const [usualStep, step] = [stepAt(base, own.middle, seat), stepAt(own.middle, own.middle, seat)];
      // Prices of nonsense have steps of nonsense.
      const ratio = usualStep / step;
      return issue.usualSpreadTicks * (ratio > 1 && ratio < Infinity ? ratio : 1);
    };

    const say = (seat: Seat<Own>, ts: number, line: number): void => {
      const { own, name } = seat;
      const seconds = (ts - own.since) / 1_000;
      const usual = usualOf(seat);
      const [sideKo, sideEn] = own.missing > 0 ? ['매도', 'sell'] : ['매수', 'buy'];
      const wide = `${decimal(own.spread)}호가`;
      issues.raise(seat, 1, 'M', {
        values: { spreadTicks: own.spread, usualTicks: usual, lineTicks: line, seconds, missing: own.missing },
        sentenceKo:
          own.missing === 0
            ? `${name}의 호가 차이가 ${decimal(seconds)}초째 ${wide}로 벌어졌습니다(평소 ${decimal(usual, 1)}호가).`
            : `${name}의 ${sideKo} 호가가 ${decimal(seconds)}초째 없습니다(가격제한폭까지 ${wide}).`,
        sentenceEn:
          own.missing === 0
            ? `The spread of ${name} has been ${decimal(own.spread)} ticks wide for ${decimal(seconds)} s (usually ${decimal(usual, 1)}).`
            : `${name} has had no ${sideEn} quote for ${decimal(seconds)} s (${decimal(own.spread)} ticks to the limit).`,
        picture: own.trail.picture(own.spread, line),
      });
    };

    const lineOf = (seat: Seat<Own>): number => Math.max(ticks, times * usualOf(seat));

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      const { own } = seat;
      if (own.since > 0 && seat.stage === 0 && ts - own.since >= lastsMs) say(seat, ts, lineOf(seat));
      else if (seat.stage > 0 && own.narrowSince > 0 && ts - own.narrowSince >= BACK_MS) issues.lower(seat);
      return own.since > 0;
    };

    const look = (seat: Seat<Own>, event: BookEvent, bid: number, ask: number): void => {
      const { own } = seat;
      const { ts } = event;
      own.missing = bid === 0 ? -1 : ask === 0 ? 1 : 0;
      const [low, high] = [bid > 0 ? bid : seat.lower, ask > 0 ? ask : seat.upper];
      // Across a price at which the step grows, the larger one counts: no quote stands nearer on the other side.
      own.spread = Math.max(0, Math.round((high - low) / stepAt(high, low, seat)));
      own.middle = bid > 0 && ask > 0 ? (bid + ask) / 2 : Math.max(bid, ask);
      own.trail.add(ts, own.spread);
      const line = lineOf(seat);
      // A median that has not been learnt yet says nothing of a spread.
      const wide = own.missing !== 0 || (usualOf(seat) > 0 && own.spread > line && high - low >= least * low);
      if (wide && !(bid === 0 && ask === 0) && !atLimit(event, seat)) {
        if (own.since === 0) own.since = ts;
        issues.list(seat);
      } else own.since = 0;
      if (own.since > 0 || own.missing !== 0 || own.spread > BACK * line) own.narrowSince = 0;
      else if (own.narrowSince === 0) own.narrowSince = ts;
      if (own.since > 0 || seat.stage > 0) settle(seat, ts);
      else if (ts >= own.next) {
        own.next = ts + LEARN_EVERY_MS;
        if (own.missing === 0 && seat.issue.usualSpreadTicks === null) own.learned.add(own.spread);
      }
    };

    return {
      issue: (event) => void issues.learn(event),
      phase: (event) => {
        issues.phase(event);
        for (const seat of event.id === null ? issues.all() : issues.only(event.id)) seat.own.since = 0;
      },
      book: (event) => {
        const { ts, venue, bids, asks } = event;
        const seat = issues.get(event.id);
        if (
          !seat ||
          seat.tick === 0 ||
          !seat.leads(venue) ||
          ts - seat.openedOf(venue) < settleMs ||
          !inRegularHours(ts)
        )
          return;
        const { own } = seat;
        // Nothing can come of a narrow book while all is quiet.
        const apart = (asks[0] ?? NaN) - (bids[0] ?? NaN);
        const full = (bids[1] ?? 0) > 0 && (asks[1] ?? 0) > 0;
        if (full && apart <= ticks * seat.tick && own.since === 0 && seat.stage === 0 && ts < own.next) return;
        look(seat, event, bestOf(bids), bestOf(asks));
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
