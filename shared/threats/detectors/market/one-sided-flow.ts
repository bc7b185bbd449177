/** M13 One-sided flow: over many buckets of equal volume nearly all takers stand on the same side (kin to VPIN). */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'part',
    labelKo: '한쪽으로 쏠린 비율',
    labelEn: 'Net part of the volume',
    unit: '%',
    initial: 60,
    min: 20,
    max: 95,
    step: 1,
  },
  { id: 'buckets', labelKo: '버킷 수', labelEn: 'Buckets', unit: '건', initial: 50, min: 10, max: 100, step: 1 },
  {
    id: 'perDay',
    labelKo: '하루 평균 거래량을 나누는 수',
    labelEn: 'Buckets in a mean day',
    unit: '건',
    initial: 500,
    min: 50,
    max: 5_000,
    step: 50,
  },
  {
    id: 'trades',
    labelKo: '최소 체결 건수',
    labelEn: 'Least trades',
    unit: '건',
    initial: 200,
    min: 10,
    max: 5_000,
    step: 10,
  },
  {
    id: 'movePct',
    labelKo: '주의로 높이는 가격 변동',
    labelEn: 'Price move that makes it medium',
    unit: '%',
    initial: 3,
    min: 0,
    max: 10,
    step: 0.1,
  },
  {
    id: 'hold',
    labelKo: '이어져야 하는 버킷 수',
    labelEn: 'Buckets in a row',
    unit: '건',
    initial: 10,
    min: 1,
    max: 50,
    step: 1,
  },
];
/** Where the usual volume is not known a bucket is so many mean trades, of the first ones. */
const FIRST_TRADES = 100;
const TRADES_A_BUCKET = 10;
const LEANING = 1;
const TOXIC = 2;
/** It clears below this part of the line. */
const BACK = 0.75;

class Own {
  /** Shares a bucket holds; 0: being learnt. */
  size = 0;
  learnShares = 0;
  learnTrades = 0;
  /** The open bucket: bought minus sold, all, and trades. */
  net = 0;
  all = 0;
  count = 0;
  /** Net shares and trades of the full ones, and their sums. */
  readonly nets: Float64Array;
  readonly counts: Float64Array;
  /** The price at the end of each. */
  readonly prices: Float64Array;
  full = 0;
  netSum = 0;
  countSum = 0;
  /** Buckets in a row that closed above the line. */
  above = 0;
  readonly trail = new Trail(10_000);

  constructor(buckets: number, size: number) {
    this.nets = new Float64Array(buckets);
    this.counts = new Float64Array(buckets);
    this.prices = new Float64Array(buckets);
    this.size = size;
  }

  /** Puts the open bucket to the full ones. Of a trade larger than a bucket the rest counts as so many more. */
  close(side: number, price: number): void {
    const buckets = this.nets.length;
    const over = this.all - this.size;
    this.#put(this.net - side * over, this.count, price);
    const more = Math.min(buckets, Math.floor(over / this.size));
    for (let i = 0; i < more; i += 1) this.#put(side * this.size, 0, price);
    const rest = over % this.size;
    this.net = side * rest;
    this.all = rest;
    this.count = 0;
  }

  /** Price now over that at the end of the oldest bucket, in the direction of the flow, as a fraction. */
  moveWith(price: number): number {
    const oldest = this.prices[this.full % this.prices.length] as number;
    return oldest > 0 ? Math.sign(this.netSum) * (price / oldest - 1) : 0;
  }

  #put(net: number, count: number, price: number): void {
    const at = this.full % this.nets.length;
    this.netSum += net - (this.nets[at] as number);
    this.countSum += count - (this.counts[at] as number);
    this.nets[at] = net;
    this.counts[at] = count;
    this.prices[at] = price;
    this.full += 1;
  }
}

export const ONE_SIDED_FLOW: Detector = {
  id: 'M13',
  nameKo: '한쪽 쏠림 체결',
  nameEn: 'One-sided flow',
  family: 'market',
  severity: 'M',
  plays: ['P3'],
  inputs: ['issue', 'trade'],
  formulaKo:
    '접속매매의 같은 거래량 버킷 50개(하루 평균의 1/500씩)에서 매수 체결과 매도 체결의 차이가 200건 이상, 버킷 10개째 이어서 전체의 60 %를 넘으면 알림, 가격도 그쪽으로 3 % 이상 갔으면 주의이고, 45 % 아래로 줄면 해제합니다.',
  formulaEn:
    'Over 50 buckets of equal volume (each 1/500 of a mean day) of continuous trading, bought minus sold is above 60 % of all, in 200 trades or more and for 10 buckets in a row: a note, and medium where the price went 3 % that way; it clears below 45 %.',
  warmUpKo: '버킷 50개와 체결 200건, 하루 평균을 모르면 체결 100건이 더 필요합니다.',
  warmUpEn: '50 buckets and 200 trades; 100 trades more where the mean day is not known.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const line = figure('part') / 100;
    const buckets = Math.round(figure('buckets'));
    const perDay = figure('perDay');
    const leastTrades = figure('trades');
    const leastMove = figure('movePct') / 100;
    const hold = Math.round(figure('hold'));
    const issues = new Issues<Own>(mouth, ({ averageVolume }) => {
      const known = averageVolume !== null && usable(averageVolume);
      return new Own(buckets, known ? Math.max(1, averageVolume / perDay) : 0);
    });

    const look = (seat: Seat<Own>, ts: number, price: number): void => {
      const { own, name } = seat;
      if (own.full < buckets) return;
      const total = own.size * buckets;
      const part = Math.abs(own.netSum) / total;
      own.trail.add(ts, part * 100);
      own.above = part > line && own.countSum >= leastTrades ? own.above + 1 : 0;
      if (own.above > 0) {
        if (own.above < hold) return;
        const move = own.moveWith(price);
        const stage = move >= leastMove ? TOXIC : LEANING;
        if (stage <= seat.stage) return;
        const buying = own.netSum > 0;
        const [ko, en] = buying ? ['매수', 'buying'] : ['매도', 'selling'];
        issues.raise(seat, stage, stage === TOXIC ? 'M' : 'L', {
          values: {
            netPct: part * 100,
            side: buying ? 1 : -1,
            shares: total,
            trades: own.countSum,
            moveWithPct: move * 100,
          },
          sentenceKo: `${name}의 최근 ${decimal(total)}주 체결(${decimal(own.countSum)}건)이 ${ko} 쪽으로 ${percent(part, 0)} 쏠렸고 가격은 그쪽으로 ${percent(move)} 움직였습니다.`,
          sentenceEn: `The last ${decimal(total)} shares of ${name} (${decimal(own.countSum)} trades) are net ${percent(part, 0)} ${en}, and the price went ${percent(move)} that way.`,
          picture: own.trail.picture(part * 100, line * 100),
        });
      } else if (seat.stage > 0 && part < BACK * line) issues.lower(seat);
    };

    return {
      ...issues.ears(),
      trade: ({ id, ts, price, quantity, side, venue }) => {
        const seat = issues.get(id);
        if (!seat || side === null || !usable(quantity) || !usable(price) || !seat.openOn(venue)) return;
        const { own } = seat;
        if (own.size === 0) {
          own.learnShares += quantity;
          own.learnTrades += 1;
          if (own.learnTrades >= FIRST_TRADES)
            own.size = Math.max(1, (own.learnShares / FIRST_TRADES) * TRADES_A_BUCKET);
          return;
        }
        const sign = side === 'buy' ? 1 : -1;
        own.net += sign * quantity;
        own.all += quantity;
        own.count += 1;
        if (own.all < own.size) return;
        own.close(sign, price);
        look(seat, ts, price);
      },
    };
  },
};
