/** O01 Fat finger: an order far larger, dearer or worse priced than anyone means it. */
import { isContinuous, type Phase } from '../../../time/index.ts';
import type { VenueName } from '../../../domain/index.ts';
import type { BookEvent, IssueEvent, OrderEvent, PhaseEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, IssueNames, percent, wonEn, wonKo, withParticle } from '../words.ts';
import { bestOf } from '../market/books.ts';
import { figureReader } from '../market/figures.ts';
import { koreanDay, usable } from '../market/issues.ts';
import { medianOf } from '../market/measures.ts';
import { NewOrders, Subjects } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'advPct',
    labelKo: '하루 평균 거래량 대비',
    labelEn: 'Of average daily volume',
    unit: '%',
    initial: 5,
    min: 0.1,
    max: 100,
    step: 0.1,
  },
  {
    id: 'capKrw',
    labelKo: '주문 금액 상한',
    labelEn: 'Largest amount',
    unit: '원',
    initial: 5e8,
    min: 1e6,
    max: 1e11,
    step: 1e6,
  },
  {
    id: 'throughPct',
    labelKo: '반대 호가를 넘는 폭',
    labelEn: 'Through the far side',
    unit: '%',
    initial: 3,
    min: 0.2,
    max: 30,
    step: 0.1,
  },
  {
    id: 'ticks',
    labelKo: '반대 호가를 넘는 호가 수',
    labelEn: 'Ticks through the far side',
    unit: '호가',
    initial: 10,
    min: 1,
    max: 200,
    step: 1,
  },
  {
    id: 'usualTimes',
    labelKo: '평소 매수 금액의 배수',
    labelEn: 'Times the usual purchase',
    unit: '배',
    initial: 10,
    min: 3,
    max: 1_000,
    step: 1,
  },
];
/** Orders of an account whose amounts make the usual one, and how many it needs at least. */
const USUAL_ORDERS = 20;
const LEAST_ORDERS = 3;
const ACCOUNTS_KEPT = 64;
const ISSUES_KEPT = 10_000;
/** Levels that a full side of a book shows; a shorter one ends where it ends. */
const FULL_SIDE = 10;
/** It clears so long after the last such order. */
const HOLD_MS = 60_000;

/** What is known of an issue; the books are kept as they came. */
class Market {
  tick = 0;
  volume = 0;
  krx: BookEvent | null = null;
  nxt: BookEvent | null = null;
  /** Phases of its own; null: those of the venue. */
  krxPhase: Phase | null = null;
  nxtPhase: Phase | null = null;
}

interface Reason {
  readonly ko: string;
  readonly en: string;
  readonly points: readonly number[];
  readonly line: number;
}

/** The cap is one of won; how many times the usual amount of its account an order is can be told in any currency. */
function isWon({ inWon = true }: OrderEvent): boolean {
  return inWon;
}

export const FAT_FINGER: Detector = {
  id: 'O01',
  nameKo: '주문 실수',
  nameEn: 'Fat finger',
  family: 'operation',
  severity: 'C',
  plays: ['P6'],
  inputs: ['order'],
  formulaKo:
    '새 주문이 하루 평균 거래량의 5 %, 5억 원, 반대편 최우선 호가를 3 % 또는 10호가 넘는 값(시장가는 호가창에서 닿는 값), 평소 매수 금액의 10배 가운데 하나라도 넘으면 알리고, 마지막 주문 60초 뒤 해제합니다.',
  formulaEn:
    'A new order is above 5 % of average daily volume, above KRW 500 million, priced more than 3 % or 10 ticks through the far side (a market order: what it reaches in the book), or 10 times the usual purchase; it clears 60 s after the last one.',
  warmUpKo: '금액은 바로, 거래량은 종목 정보, 값은 접속매매의 호가, 평소 금액은 주문 3건을 본 뒤부터 봅니다.',
  warmUpEn:
    'Amounts at once; volume needs facts of the issue, prices a book of continuous trading, the usual amount 3 orders.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const [advPart, cap] = [figure('advPct') / 100, figure('capKrw')];
    const [through, ticks, usualTimes] = [figure('throughPct') / 100, figure('ticks'), figure('usualTimes')];
    const names = new IssueNames();
    const newOrders = new NewOrders();
    const markets = new Map<string, Market>();
    const accounts = new Subjects<{ amounts: number[] }>(ACCOUNTS_KEPT, () => ({ amounts: [] }));
    const phases: Record<VenueName, Phase | null> = { KRX: null, NXT: null };
    const alarms = new Map<string, number>();

    const marketOf = (id: string): Market | undefined => {
      const found = markets.get(id);
      if (found !== undefined || markets.size >= ISSUES_KEPT) return found;
      const made = new Market();
      markets.set(id, made);
      return made;
    };

    /** The book that an order meets: of KRX, else of NXT, where it trades continuously and on the same day. */
    const bookFor = (market: Market, ts: number): BookEvent | null => {
      const trades = (own: Phase | null, venue: VenueName): boolean => {
        const phase = own ?? phases[venue];
        return phase === null || isContinuous(phase);
      };
      const { krx, nxt } = market;
      if (krx !== null && trades(market.krxPhase, 'KRX') && koreanDay(krx.ts) === koreanDay(ts)) return krx;
      if (nxt !== null && trades(market.nxtPhase, 'NXT') && koreanDay(nxt.ts) === koreanDay(ts)) return nxt;
      return null;
    };

    /** The worst price a market order meets in the book; 0: it runs beyond its end. */
    const reached = (levels: readonly number[], quantity: number): number => {
      let [rest, worst, count] = [quantity, 0, 0];
      for (let i = 0; i + 1 < levels.length && rest > 0; i += 2) {
        const [price, shares] = [levels[i] as number, levels[i + 1] as number];
        if (!usable(price) || !usable(shares)) continue;
        worst = price;
        rest -= shares;
        count += 1;
      }
      return rest > 0 && count < FULL_SIDE ? 0 : worst;
    };

    const priceReason = (event: OrderEvent, market: Market, book: BookEvent): Reason | null => {
      const { side, quantity, price } = event;
      const far = side === 'buy' ? book.asks : book.bids;
      const best = bestOf(far);
      const [farKo, farEn] = side === 'buy' ? ['매도', 'ask'] : ['매수', 'bid'];
      const meets = price ?? reached(far, quantity);
      if (price === null && meets === 0)
        return {
          ko: `시장가인데 ${farKo} 호가가 ${best === 0 ? '없습니다' : '모자랍니다'}`,
          en: `a market order, and the ${farEn} side ${best === 0 ? 'is empty' : 'is too thin for it'}`,
          points: far.filter((_, i) => i % 2 === 1 && Number.isFinite(far[i])).slice(0, FULL_SIDE),
          line: quantity,
        };
      if (best === 0 || !usable(meets)) return null;
      const sign = side === 'buy' ? 1 : -1;
      const part = sign * (meets / best - 1);
      const steps = market.tick > 0 ? Math.round((sign * (meets - best)) / market.tick) : 0;
      if (part <= through && steps <= ticks) return null;
      const stepsKo = steps > 0 ? `, ${decimal(steps)}호가` : '';
      const stepsEn = steps > 0 ? `, ${decimal(steps)} ticks` : '';
      return {
        ko: `${price === null ? '시장가가 닿는' : '주문'} 값 ${decimal(meets)}원이 ${farKo} 1호가 ${decimal(best)}원을 ${percent(part)}${stepsKo} 넘습니다`,
        en: `${price === null ? 'it reaches' : 'its price is'} ${decimal(meets)}, ${percent(part)}${stepsEn} through the best ${farEn} of ${decimal(best)}`,
        points: [best, meets],
        line: best * (1 + sign * through),
      };
    };

    const judge = (event: OrderEvent): void => {
      if (!newOrders.isNew(event)) return;
      const { ts, accountId, id, side, quantity, price } = event;
      if (!usable(quantity) || (price !== null && !usable(price))) return;
      const market = markets.get(id);
      const book = market === undefined ? null : bookFor(market, ts);
      const farBest = book === null ? 0 : bestOf(side === 'buy' ? book.asks : book.bids);
      const product = quantity * (price ?? farBest);
      const amount = usable(product) ? product : 0;
      const { amounts } = accounts.of(accountId);
      const usual = amounts.length >= LEAST_ORDERS ? medianOf(amounts) : 0;
      const reasons: Reason[] = [];
      const volume = market?.volume ?? 0;
      if (volume > 0 && quantity > advPart * volume)
        reasons.push({
          ko: `하루 평균 거래량의 ${percent(quantity / volume)}입니다(선 ${percent(advPart)})`,
          en: `${percent(quantity / volume)} of the average daily volume (line ${percent(advPart)})`,
          points: [quantity],
          line: advPart * volume,
        });
      if (isWon(event) && amount > cap)
        reasons.push({
          ko: `금액이 ${wonKo(amount)}입니다(상한 ${wonKo(cap)})`,
          en: `${wonEn(amount)} (cap ${wonEn(cap)})`,
          points: [...amounts, amount],
          line: cap,
        });
      const priced = market !== undefined && book !== null ? priceReason(event, market, book) : null;
      if (priced !== null) reasons.push(priced);
      if (side === 'buy' && usual > 0 && amount >= usualTimes * usual)
        reasons.push({
          ko: `평소 주문 금액의 ${decimal(amount / usual, 1)}배입니다`,
          en: `${decimal(amount / usual, 1)} times the usual amount`,
          points: [...amounts, amount],
          line: usualTimes * usual,
        });
      const [first] = reasons;
      if (first !== undefined) say(event, amount, reasons, first);
      else if (usable(amount)) {
        // An order that was a slip makes no habit.
        amounts.push(amount);
        if (amounts.length > USUAL_ORDERS) amounts.shift();
      }
    };

    const say = (event: OrderEvent, amount: number, reasons: readonly Reason[], first: Reason): void => {
      const { ts, id, side, quantity, price } = event;
      alarms.set(id, ts);
      const what = `${names.of(id)} ${decimal(quantity)}주 ${side === 'buy' ? '매수' : '매도'}`;
      mouth.fire({
        subject: id,
        severity: 'C',
        values: {
          quantity,
          ...(price === null ? {} : { price }),
          ...(usable(amount) && isWon(event) ? { amountKrw: amount } : {}),
          reasons: reasons.length,
        },
        sentenceKo: `${withParticle(what, '이/가')} 실수로 보입니다: ${reasons.map(({ ko }) => ko).join(', ')}.`,
        sentenceEn: `The order to ${side} ${decimal(quantity)} of ${names.of(id)} looks like a slip: ${reasons.map(({ en }) => en).join('; ')}.`,
        picture: { points: [...first.points], line: first.line },
      });
    };

    const learn = (event: IssueEvent): void => {
      names.learn(event);
      const market = marketOf(event.id);
      if (market === undefined) return;
      market.tick = usable(event.tick) ? event.tick : 0;
      market.volume = event.averageVolume !== null && usable(event.averageVolume) ? event.averageVolume : 0;
    };

    const turn = ({ venue, phase, id }: PhaseEvent): void => {
      if (id === null) {
        phases[venue] = phase;
        return;
      }
      const market = marketOf(id);
      if (market === undefined) return;
      const own = phase === (phases[venue] ?? 'continuous') ? null : phase;
      if (venue === 'KRX') market.krxPhase = own;
      else market.nxtPhase = own;
    };

    return {
      issue: learn,
      phase: turn,
      book: (event) => {
        const market = markets.get(event.id) ?? marketOf(event.id);
        if (market === undefined) return;
        if (event.venue === 'KRX') market.krx = event;
        else market.nxt = event;
      },
      order: judge,
      clock: ({ ts }) => {
        for (const [id, last] of alarms) {
          if (ts - last < HOLD_MS) continue;
          alarms.delete(id);
          mouth.clear(id);
        }
      },
    };
  },
};
