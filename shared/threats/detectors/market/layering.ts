/** M14 Layering: again and again large orders come near the best price and are taken away before anybody can trade with them. */
import type { BookEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { LearnedMedian, Trail } from './measures.ts';
import { BUY, SELL, Suspects } from './suspects.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'times',
    labelKo: '호가 잔량 중앙값의 배수',
    labelEn: 'Times the median level',
    unit: '배',
    initial: 10,
    min: 3,
    max: 100,
    step: 1,
  },
  {
    id: 'seconds',
    labelKo: '사라지는 시간',
    labelEn: 'Gone within',
    unit: '초',
    initial: 2,
    min: 0.5,
    max: 10,
    step: 0.5,
  },
  {
    id: 'goneP',
    labelKo: '체결 없이 사라진 비율',
    labelEn: 'Part gone without trades',
    unit: '%',
    initial: 80,
    min: 50,
    max: 100,
    step: 5,
  },
  {
    id: 'count',
    labelKo: '1분 안의 횟수',
    labelEn: 'Times within a minute',
    unit: '건',
    initial: 3,
    min: 2,
    max: 15,
    step: 1,
  },
];
const MINUTE_MS = 60_000;
/** Levels from the best that count. */
const NEAR_LEVELS = 5;
/** Levels whose sizes are learnt from, one a book. */
const WARM_UP = 60;
/** After such a silence nobody knows when what now stands there came. */
const GAP_MS = 5_000;
const TIMES_KEPT = 16;

class Own {
  readonly sizes = new LearnedMedian(WARM_UP);
  readonly suspects = new Suspects();
  /** When large levels vanished, and how far from the best they stood, in levels. */
  readonly vanished = new Float64Array(TIMES_KEPT);
  readonly distances = new Float64Array(TIMES_KEPT);
  count = 0;
  turn = 0;
  lastTs = 0;
  lastSize = 0;
  readonly trail = new Trail(1_000);

  /** How often within the last minute. */
  within(ts: number): number {
    let count = 0;
    for (const at of this.vanished) if (at > 0 && at > ts - MINUTE_MS && at <= ts) count += 1;
    return count;
  }
}

export const LAYERING: Detector = {
  id: 'M14',
  nameKo: '허수 호가 흔적',
  nameEn: 'Layering footprint',
  family: 'market',
  severity: 'M',
  plays: ['P1', 'P3'],
  inputs: ['issue', 'trade', 'book'],
  formulaKo:
    '접속매매의 5호가 안에 잔량 중앙값의 10배보다 큰 잔량이 나타나 2초 안에 80 % 이상이 체결 없이 사라지는 일이 60초 안에 3번이면 알리고, 60초 동안 다시 없으면 해제합니다.',
  formulaEn:
    'In continuous trading a level above 10 times the median size comes up within 5 levels and 80 % of it vanishes without trades within 2 s, 3 times within 60 s; it clears after 60 s without.',
  warmUpKo: '호가 60번.',
  warmUpEn: '60 books.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const times = figure('times');
    const quickMs = figure('seconds') * 1_000;
    const part = figure('goneP') / 100;
    const needed = Math.round(figure('count'));
    const issues = new Issues<Own>(mouth, () => new Own());

    const vanish = (seat: Seat<Own>, ts: number, level: number, size: number): void => {
      const { own, name } = seat;
      own.vanished[own.count % TIMES_KEPT] = ts;
      own.distances[own.count % TIMES_KEPT] = level;
      own.count += 1;
      own.lastSize = size;
      const count = own.within(ts);
      issues.list(seat);
      if (count < needed || seat.stage > 0) return;
      const ratio = size / own.sizes.value;
      let far = 0;
      for (let i = 0; i < TIMES_KEPT; i += 1)
        if ((own.vanished[i] as number) > ts - MINUTE_MS) far += (own.distances[i] as number) / count;
      issues.raise(seat, 1, 'M', {
        values: { count, size, median: own.sizes.value, times: ratio, meanLevel: far },
        sentenceKo: `${name}의 호가에서 평소의 ${decimal(ratio)}배인 잔량(${decimal(size)}주)이 60초 안에 ${count}번 체결 없이 나타났다 사라졌습니다(평균 ${decimal(far, 1)}호가째).`,
        sentenceEn: `Large levels (${decimal(size)} shares, ${decimal(ratio)} times the usual) of ${name} came and vanished without trades ${count} times within 60 s (mean level ${decimal(far, 1)}).`,
        picture: own.trail.picture(size, times * own.sizes.value),
      });
    };

    /** Large levels that are not known yet. */
    const meet = (own: Own, side: number, levels: readonly number[], ts: number, line: number, old: boolean): void => {
      for (let i = 0; i + 1 < levels.length; i += 2) {
        const [price, size] = [levels[i] as number, levels[i + 1] as number];
        if (!(size > line) || !usable(size) || !usable(price) || own.suspects.knows(side, price)) continue;
        const level = i / 2 + 1;
        own.trail.add(ts, size);
        own.suspects.add({ side, price, size, ts, level, counts: !old && level <= NEAR_LEVELS });
      }
    };

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      const { own } = seat;
      own.suspects.judge(ts, quickMs, part, (level, size) => vanish(seat, ts, level, size));
      const count = own.within(ts);
      if (count === 0) issues.lower(seat);
      return count > 0 || own.suspects.pending;
    };

    const look = (seat: Seat<Own>, { ts, bids, asks }: BookEvent, old: boolean): void => {
      const { own } = seat;
      const line = times * own.sizes.value;
      own.suspects.compare(BUY, bids, ts, part);
      own.suspects.compare(SELL, asks, ts, part);
      meet(own, BUY, bids, ts, line, old);
      meet(own, SELL, asks, ts, line, old);
      if (own.suspects.pending) {
        issues.list(seat);
        settle(seat, ts);
      }
    };

    return {
      ...issues.ears(),
      trade: ({ id, price, quantity }) => {
        const seat = issues.get(id);
        if (seat && seat.own.suspects.count > 0 && usable(quantity)) seat.own.suspects.trade(price, quantity);
      },
      book: (event) => {
        const { ts, venue, bids, asks } = event;
        const seat = issues.get(event.id);
        if (!seat?.leads(venue)) return;
        const { own } = seat;
        // One level of each book in turn, so that a large one does not weigh more for standing long.
        own.turn = (own.turn + 1) % (2 * NEAR_LEVELS);
        const sample = own.turn < NEAR_LEVELS ? bids[2 * own.turn + 1] : asks[2 * (own.turn - NEAR_LEVELS) + 1];
        if (sample !== undefined && sample > 0) own.sizes.add(sample);
        const line = times * own.sizes.value;
        if (line === 0) return;
        const old = ts - own.lastTs > GAP_MS || own.lastTs < seat.openedOf(venue);
        if (old) own.suspects.forget();
        own.lastTs = ts;
        if (own.suspects.count > 0 || largest(bids) > line || largest(asks) > line) look(seat, event, old);
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};

function largest(levels: readonly number[]): number {
  let most = 0;
  for (let i = 1; i < levels.length; i += 2) {
    const size = levels[i] as number;
    if (size > most) most = size;
  }
  return most;
}
