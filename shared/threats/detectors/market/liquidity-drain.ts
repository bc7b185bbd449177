/** M10 Liquidity drain: what stands in the book near the middle is a small part of what usually stands there. */
import type { BookEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent } from '../words.ts';
import { atLimit, bestOf, inRegularHours } from './books.ts';
import { figureReader } from './figures.ts';
import { Issues, usable, type Seat } from './issues.ts';
import { LearnedMedian, Trail } from './measures.ts';
import { stepAt } from './price-steps.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'part',
    labelKo: '평소 잔량에 대한 비율',
    labelEn: 'Part of the usual depth',
    unit: '%',
    initial: 20,
    min: 2,
    max: 80,
    step: 1,
  },
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 30, min: 1, max: 600, step: 1 },
  {
    id: 'leastKrw',
    labelKo: '보는 종목의 평소 잔량',
    labelEn: 'Usual depth of issues looked at',
    unit: '원',
    initial: 20_000_000,
    min: 0,
    max: 10_000_000_000,
    step: 1_000_000,
  },
  {
    id: 'settle',
    labelKo: '개장 뒤 기다리는 시간',
    labelEn: 'Wait after the open',
    unit: '초',
    initial: 120,
    min: 0,
    max: 1_800,
    step: 10,
  },
];
/** Books are looked at so often. */
const EVERY_MS = 500;
const NEAR = 0.01;
/** Levels of a side that are told. */
const LEVELS = 10;
/** Seconds from which the usual depth is learnt where it is not known. */
const LEARN = 300;
const LEARN_EVERY_MS = 1_000;
/** It clears when this multiple of the line stands there again. */
const BACK = 1.5;

class Own {
  next = 0;
  learnNext = 0;
  /** Shares within 1 %; since when they have been too few (0: they are not). */
  depth = 0;
  since = 0;
  /** Part of the usual depth that ten levels can show at the present price. */
  shown = 1;
  readonly learned = new LearnedMedian(LEARN);
  readonly trail = new Trail(2_000);
}

/** Shares of a side no further than `far` from the middle. */
function within(levels: readonly number[], middle: number, far: number): number {
  let shares = 0;
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const quantity = levels[i + 1] as number;
    if (Math.abs((levels[i] as number) - middle) > far) break;
    if (usable(quantity)) shares += quantity;
  }
  return shares;
}

/** The middle; of one side alone, its best. */
function middleOf({ bids, asks }: BookEvent): number {
  const bid = bestOf(bids);
  const ask = bestOf(asks);
  return bid > 0 && ask > 0 ? (bid + ask) / 2 : Math.max(bid, ask);
}

/** Shares within 1 % of the middle. */
function depthOf({ bids, asks }: BookEvent, middle: number): number {
  return within(bids, middle, middle * NEAR) + within(asks, middle, middle * NEAR);
}

/** How far from the middle a side of ten levels reaches, at most 1 %; one of fewer shows all there is. */
function reachOf(levels: readonly number[], middle: number): number {
  if (levels.length < 2 * LEVELS) return NEAR;
  return Math.min(NEAR, Math.abs((levels[2 * LEVELS - 2] as number) / middle - 1));
}

/**
 * Part of the usual depth that is to be expected where the price step has changed since: below such a price ten levels
 * reach less far, above it fewer levels lie within 1 %.
 */
function shownOf({ bids, asks }: BookEvent, middle: number, seat: Seat<Own>): number {
  if (seat.base === 0 || seat.tick === 0 || middle === 0) return 1;
  const [usualStep, step] = [stepAt(seat.base, middle, seat), stepAt(middle, middle, seat)];
  if (usualStep === step) return 1;
  const levels = (price: number, of: number): number => Math.min(LEVELS, (NEAR * price) / of);
  const usualReach = Math.min(NEAR, (LEVELS * usualStep) / seat.base);
  const reach = (reachOf(bids, middle) + reachOf(asks, middle)) / 2;
  return Math.min(1, reach / usualReach, levels(middle, step) / levels(seat.base, usualStep));
}

export const LIQUIDITY_DRAIN: Detector = {
  id: 'M10',
  nameKo: '유동성 고갈',
  nameEn: 'Liquidity drain',
  family: 'market',
  severity: 'M',
  plays: ['P3'],
  inputs: ['issue', 'book'],
  formulaKo:
    '정규장 접속매매에서 중간값 1 % 안의 호가 잔량이 20일 중앙값(모르면 그날 배운 중앙값)의 20 %보다 적은 상태가 30초 이어지면 알리고, 30 %로 돌아오면 해제하며, 평소 잔량이 2천만 원이 안 되는 종목과 상·하한가에서는 보지 않습니다.',
  formulaEn:
    'In the continuous trading of the regular session fewer shares than 20 % of the 20-day median (unknown: of the median learnt today) stand within 1 % of the middle for 30 s; it clears at 30 % and does not look at issues whose usual depth is below 20 million won, nor at their limits.',
  warmUpKo: '접속매매 시작 뒤 120초, 중앙값을 배워야 하면 호가가 바뀐 300초.',
  warmUpEn: '120 s of continuous trading; 300 seconds with changes of the book where the median has to be learnt.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const part = figure('part') / 100;
    const lastsMs = figure('seconds') * 1_000;
    const settleMs = figure('settle') * 1_000;
    const leastKrw = figure('leastKrw');
    const issues = new Issues<Own>(mouth, () => new Own());
    const usualOf = ({ issue, own }: Seat<Own>): number =>
      issue.usualDepth !== null && usable(issue.usualDepth)
        ? Math.round(issue.usualDepth * own.shown)
        : own.learned.value;

    const say = (seat: Seat<Own>, ts: number): void => {
      const { own, name } = seat;
      const usual = usualOf(seat);
      // It may have been taken back since.
      if (usual === 0) return;
      const seconds = (ts - own.since) / 1_000;
      const share = percent(own.depth / usual);
      issues.raise(seat, 1, 'M', {
        values: { depth: own.depth, usual, partPct: (own.depth / usual) * 100, seconds },
        sentenceKo: `${name}의 1 % 안 호가 잔량이 ${decimal(seconds)}초째 ${decimal(own.depth)}주로 평소(${decimal(usual)}주)의 ${share}뿐입니다.`,
        sentenceEn: `Only ${decimal(own.depth)} shares of ${name} have stood within 1 % for ${decimal(seconds)} s: ${share} of the usual ${decimal(usual)}.`,
        picture: own.trail.picture(own.depth, part * usual),
      });
    };

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      const { own } = seat;
      if (own.since > 0 && seat.stage === 0 && ts - own.since >= lastsMs && seat.open !== 0) say(seat, ts);
      return own.since > 0;
    };

    const look = (seat: Seat<Own>, event: BookEvent): void => {
      const { own } = seat;
      const { ts } = event;
      const middle = middleOf(event);
      own.shown = shownOf(event, middle, seat);
      const usual = usualOf(seat);
      own.depth = depthOf(event, middle);
      own.trail.add(ts, own.depth);
      const line = part * usual;
      // Where hardly anything stands as a matter of course, a few orders are a drain.
      if (usual > 0 && usual * middle >= leastKrw && own.depth < line && !atLimit(event, seat)) {
        if (own.since === 0) own.since = ts;
        issues.list(seat);
        settle(seat, ts);
        return;
      }
      own.since = 0;
      if (seat.stage > 0 && own.depth >= BACK * line) issues.lower(seat);
      if (seat.issue.usualDepth === null && seat.stage === 0 && ts >= own.learnNext) {
        own.learnNext = ts + LEARN_EVERY_MS;
        own.learned.add(own.depth);
      }
    };

    return {
      issue: (event) => void issues.learn(event),
      phase: (event) => {
        issues.phase(event);
        // What an auction shows is another book.
        for (const seat of event.id === null ? issues.all() : issues.only(event.id)) seat.own.since = 0;
      },
      book: (event) => {
        const seat = issues.get(event.id);
        if (!seat || event.ts < seat.own.next || !seat.leads(event.venue) || !inRegularHours(event.ts)) return;
        seat.own.next = event.ts + EVERY_MS;
        if (event.ts - seat.openedOf(event.venue) >= settleMs) look(seat, event);
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
