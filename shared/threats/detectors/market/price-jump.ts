/** M01 Price jump: an issue moves within a second by far more than its seconds usually do. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent, withParticle } from '../words.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'sd',
    labelKo: '평소 변동의 배수',
    labelEn: 'Times the usual move',
    unit: 'sd',
    initial: 6,
    min: 3,
    max: 20,
    step: 0.5,
  },
  {
    id: 'ticks',
    labelKo: '최소 호가 단위 수',
    labelEn: 'Least price steps',
    unit: '호가',
    initial: 3,
    min: 1,
    max: 20,
    step: 1,
  },
  { id: 'minPct', labelKo: '최소 변동', labelEn: 'Least move', unit: '%', initial: 0.8, min: 0.1, max: 10, step: 0.1 },
  {
    id: 'mediumPct',
    labelKo: '주의로 높이는 변동',
    labelEn: 'Move that makes it medium',
    unit: '%',
    initial: 1.5,
    min: 0.1,
    max: 15,
    step: 0.1,
  },
  {
    id: 'warmUp',
    labelKo: '배우는 초 수',
    labelEn: 'Seconds learnt from',
    unit: '초',
    initial: 30,
    min: 10,
    max: 600,
    step: 10,
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
const WINDOW_MS = 1_000;
/** A price older than this says nothing about a second: begin anew. */
const GAP_MS = 120_000;
/** Weight of the newest second in the running mean and variance. */
const WEIGHT = 0.03;
/** A price that stands still still moves by parts of a step. */
const LEAST_SD_TICKS = 0.25;
const CHANGES = 16;
const SMALL = 1;
const LARGE = 2;

/** Prices of one issue on one venue. */
class Pace {
  last = 0;
  lastTs = 0;
  /** The second of the last trade, and the price when the second before it ended. */
  second = 0;
  closeBefore = 0;
  samples = 0;
  mean = 0;
  variance = 0;
  /** The last changes of the price: when, and what it was from then on. */
  readonly #times = new Float64Array(CHANGES);
  readonly #prices = new Float64Array(CHANGES);
  #count = 0;

  begin(ts: number, price: number): void {
    this.last = price;
    this.lastTs = ts;
    this.second = Math.floor(ts / 1_000);
    this.closeBefore = price;
    this.samples = 0;
    this.mean = 0;
    this.variance = 0;
    this.#count = 0;
    this.#change(ts, price);
  }

  /** A new second: the one before it is a sample. */
  turn(second: number): void {
    const move = this.last / this.closeBefore - 1;
    const apart = move - this.mean;
    const weight = Math.max(WEIGHT, 1 / (this.samples + 1));
    this.mean += weight * apart;
    this.variance = (1 - weight) * (this.variance + weight * apart * apart);
    this.samples += 1;
    this.closeBefore = this.last;
    this.second = second;
  }

  /** The price that stood a second before `ts`, after a change to `price`. */
  before(ts: number, price: number): number {
    let at = this.#count - 1;
    const oldest = Math.max(0, this.#count - CHANGES);
    while (at > oldest && (this.#times[at % CHANGES] as number) > ts - WINDOW_MS) at -= 1;
    const stood = this.#prices[at % CHANGES] as number;
    this.#change(ts, price);
    return stood;
  }

  #change(ts: number, price: number): void {
    this.#times[this.#count % CHANGES] = ts;
    this.#prices[this.#count % CHANGES] = price;
    this.#count += 1;
    if (this.#count >= 4 * CHANGES) this.#count -= 2 * CHANGES;
  }
}

class Own {
  readonly krx = new Pace();
  readonly nxt = new Pace();
  readonly trail = new Trail(1_000);
  /** When it last jumped. */
  at = 0;
}

export const PRICE_JUMP: Detector = {
  id: 'M01',
  nameKo: '가격 급변',
  nameEn: 'Price jump',
  family: 'market',
  severity: 'M',
  plays: ['P1', 'P3'],
  inputs: ['issue', 'trade'],
  formulaKo:
    '접속매매 중 1초 수익률이 초 단위 수익률의 EWMA 평균에서 표준편차의 6배보다 멀고 3호가와 0.8 % 이상이면 알림, 1.5 % 이상이면 주의이고, 60초 동안 다시 없으면 해제합니다.',
  formulaEn:
    'In continuous trading the return over 1 s lies more than 6 standard deviations from the EWMA mean of one-second returns and is at least 3 ticks and 0.8 %: a note, from 1.5 % on medium; it clears after 60 s without another.',
  warmUpKo: '거래소별로 접속매매가 시작된 뒤 체결이 있는 30초.',
  warmUpEn: '30 seconds with trades on the venue after its continuous trading began.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const most = figure('sd');
    const ticks = figure('ticks');
    const minMove = figure('minPct') / 100;
    const medium = figure('mediumPct') / 100;
    const warmUp = figure('warmUp');
    const coolMs = figure('coolDown') * 1_000;
    const issues = new Issues<Own>(mouth, () => new Own());

    const jumped = (seat: Seat<Own>, pace: Pace, ts: number, price: number): void => {
      const before = pace.before(ts, price);
      const move = price / before - 1;
      const size = Math.abs(move);
      if (size < minMove || pace.samples < warmUp || Math.abs(price - before) < ticks * seat.tick) return;
      const sd = Math.max(Math.sqrt(pace.variance), (LEAST_SD_TICKS * seat.tick) / before);
      const times = sd > 0 ? Math.abs(move - pace.mean) / sd : most + 1;
      if (times <= most) return;
      seat.own.at = ts;
      const stage = size >= medium ? LARGE : SMALL;
      if (stage <= seat.stage) return;
      const steps = seat.tick > 0 ? Math.round(Math.abs(price - before) / seat.tick) : 0;
      const [ko, en] = move > 0 ? ['뛰었습니다', 'jumped'] : ['떨어졌습니다', 'fell'];
      issues.raise(seat, stage, stage === LARGE ? 'M' : 'L', {
        values: { movePct: move * 100, sd: times, ticks: steps, price, before },
        sentenceKo: `${withParticle(seat.name, '이/가')} 1초 안에 ${percent(size)} ${ko}(평소의 ${decimal(times, 1)}배).`,
        sentenceEn: `${seat.name} ${en} by ${percent(size)} within 1 s (${decimal(times, 1)} times its usual move).`,
        picture: seat.own.trail.picture(size * 100, most * sd * 100),
      });
    };

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      if (seat.stage > 0 && ts - seat.own.at >= coolMs) issues.lower(seat);
      return seat.stage > 0;
    };

    return {
      ...issues.ears(),
      trade: ({ id, ts, price, venue }) => {
        const seat = issues.get(id);
        if (!seat || !usable(price) || !seat.openOn(venue)) return;
        const pace = venue === 'KRX' ? seat.own.krx : seat.own.nxt;
        if (pace.last === 0 || pace.lastTs < seat.openedOf(venue) || ts - pace.lastTs > GAP_MS) {
          pace.begin(ts, price);
          return;
        }
        pace.lastTs = ts;
        const second = Math.floor(ts / 1_000);
        if (second !== pace.second) {
          seat.own.trail.add(ts, Math.abs(pace.last / pace.closeBefore - 1) * 100);
          pace.turn(second);
        }
        if (price !== pace.last) {
          jumped(seat, pace, ts, price);
          pace.last = price;
        }
        if (seat.stage > 0) settle(seat, ts);
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
