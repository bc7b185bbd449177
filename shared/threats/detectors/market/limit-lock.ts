/** M04 Limit lock: an issue stands at its daily limit and nobody is on the other side. */
import type { BookEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 10, min: 1, max: 120, step: 1 },
];
/** The other side has to stand for so long before the lock counts as open. */
const OPEN_MS = 5_000;

class Own {
  /** 1 at the upper limit, -1 at the lower, 0 not locked; since when. */
  side = 0;
  since = 0;
  /** Shares that wait at the limit. */
  waiting = 0;
  readonly trail = new Trail(1_000);
}

/** Shares of a side that can be reckoned with. */
function sharesOf(levels: readonly number[]): number {
  let shares = 0;
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const quantity = levels[i + 1] as number;
    if (usable(levels[i] as number) && usable(quantity)) shares += quantity;
  }
  return shares;
}

/** 1 locked at the upper limit, -1 at the lower, 0 not. */
function lockOf({ bids, asks }: BookEvent, upper: number, lower: number): number {
  const [bid = 0, ask = 0] = [bids[0], asks[0]];
  if (upper > 0 && bid >= upper && bid < Infinity) return sharesOf(asks) === 0 && sharesOf(bids) > 0 ? 1 : 0;
  if (lower > 0 && ask > 0 && ask <= lower) return sharesOf(bids) === 0 && sharesOf(asks) > 0 ? -1 : 0;
  return 0;
}

export const LIMIT_LOCK: Detector = {
  id: 'M04',
  nameKo: '상·하한가 잠김',
  nameEn: 'Limit lock',
  family: 'market',
  severity: 'H',
  plays: ['P4', 'P6'],
  inputs: ['issue', 'book'],
  formulaKo:
    '접속매매 호가에서 최우선 호가가 상한가(하한가)이고 반대편 잔량이 0인 상태가 10초 이어지면 알리고, 5초 동안 풀려 있으면 해제합니다.',
  formulaEn:
    'In continuous trading the best quote is the daily limit and the other side is empty for 10 s; it clears once that has not been so for 5 s.',
  warmUpKo: '상·하한가를 알아야 합니다.',
  warmUpEn: 'The limits of the day are known.',
  params: PARAMS,
  watch(figures, mouth) {
    const lastsMs = figureReader(PARAMS, figures)('seconds') * 1_000;
    const issues = new Issues<Own>(mouth, () => new Own());

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      const { own } = seat;
      if (own.side !== 0) {
        if (seat.stage === 0 && ts - own.since >= lastsMs) say(seat, ts);
      } else if (seat.stage > 0 && ts - own.since >= OPEN_MS) issues.lower(seat);
      return own.side !== 0;
    };

    const say = (seat: Seat<Own>, ts: number): void => {
      const { own } = seat;
      const up = own.side > 0;
      const seconds = (ts - own.since) / 1_000;
      const price = up ? seat.upper : seat.lower;
      const [ko, en] = up ? ['상한가', 'upper'] : ['하한가', 'lower'];
      const [otherKo, otherEn] = up ? ['매도', 'sellers'] : ['매수', 'buyers'];
      issues.raise(seat, 1, 'H', {
        values: { seconds, price, side: own.side, waiting: own.waiting },
        sentenceKo: `${withParticle(seat.name, '이/가')} ${ko} ${decimal(price)}원에 ${decimal(seconds)}초째 잠겨 ${otherKo} 잔량이 없습니다(대기 ${decimal(own.waiting)}주).`,
        sentenceEn: `${seat.name} is locked at its ${en} limit of KRW ${decimal(price)} for ${decimal(seconds)} s without ${otherEn} (${decimal(own.waiting)} shares wait).`,
        picture: own.trail.picture(own.waiting, NaN),
      });
    };

    return {
      ...issues.ears(),
      book: (event) => {
        const seat = issues.get(event.id);
        if (!seat?.leads(event.venue)) return;
        const { own } = seat;
        const side = lockOf(event, seat.upper, seat.lower);
        if (side !== 0) {
          own.waiting = sharesOf(side > 0 ? event.bids : event.asks);
          own.trail.add(event.ts, own.waiting);
        }
        if (side !== own.side) {
          own.side = side;
          own.since = event.ts;
          if (side !== 0) issues.list(seat);
        }
        if (side !== 0 || seat.stage > 0) settle(seat, event.ts);
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
