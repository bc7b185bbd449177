/** M15 Venue split: KRX and NXT quote the same issue at prices that lie apart. */
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, percent } from '../words.ts';
import { bestOf, firmOf } from './books.ts';
import { figureReader } from './figures.ts';
import { Issues, KRX, NXT, type Seat } from './issues.ts';
import { Trail } from './measures.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'pct', labelKo: '두 거래소의 차이', labelEn: 'Apart by', unit: '%', initial: 1, min: 0.2, max: 10, step: 0.1 },
  { id: 'seconds', labelKo: '지속 시간', labelEn: 'Lasting for', unit: '초', initial: 5, min: 1, max: 120, step: 1 },
];
const BOTH = KRX | NXT;
/** It clears below this part of the line. */
const BACK = 0.7;

class Own {
  /** Best prices of each venue; 0: none. */
  krxBid = 0;
  krxAsk = 0;
  nxtBid = 0;
  nxtAsk = 0;
  /** The books they are of: bids and asks. */
  krx: readonly (readonly number[])[] = [];
  nxt: readonly (readonly number[])[] = [];
  since = 0;
  apart = 0;
  readonly trail = new Trail(1_000);
}

export const VENUE_SPLIT: Detector = {
  id: 'M15',
  nameKo: 'KRX·NXT 괴리',
  nameEn: 'KRX-NXT split',
  family: 'market',
  severity: 'M',
  plays: ['P1', 'P8'],
  inputs: ['issue', 'book'],
  formulaKo:
    '두 거래소가 모두 접속매매일 때 호가 중간값이 1 %보다 멀고 한쪽의 매수호가가 다른 쪽의 매도호가 이상(보이는 잔량의 10 %까지 내려간 가격으로)인 상태가 5초 이어지면 알리고, 0.7 % 안으로 오거나 한쪽이 닫히면 해제합니다.',
  formulaEn:
    'While both venues trade continuously, the middles of their books are more than 1 % apart, and one bids at least what the other asks (at the prices down to which 10 % of a side waits), for 5 s; it clears within 0.7 % or once a venue shuts.',
  warmUpKo: '두 거래소의 양쪽 호가.',
  warmUpEn: 'Both sides of both books.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const line = figure('pct') / 100;
    const lastsMs = figure('seconds') * 1_000;
    const issues = new Issues<Own>(mouth, () => new Own());

    const settle = (seat: Seat<Own>, ts: number): boolean => {
      const { own, name } = seat;
      if (own.since > 0 && seat.stage === 0 && ts - own.since >= lastsMs) {
        const seconds = (ts - own.since) / 1_000;
        const [krx, nxt] = [(own.krxBid + own.krxAsk) / 2, (own.nxtBid + own.nxtAsk) / 2];
        const [ko, en] = own.apart > 0 ? ['높습니다', 'above'] : ['낮습니다', 'below'];
        const size = Math.abs(own.apart);
        issues.raise(seat, 1, 'M', {
          values: { apartPct: own.apart * 100, krx, nxt, seconds },
          sentenceKo: `${name}의 NXT 호가(${decimal(nxt)}원)가 ${decimal(seconds)}초째 KRX(${decimal(krx)}원)보다 ${percent(size)} ${ko}.`,
          sentenceEn: `${name} on NXT (KRW ${decimal(nxt)}) has been ${percent(size)} ${en} KRX (KRW ${decimal(krx)}) for ${decimal(seconds)} s.`,
          picture: own.trail.picture(size * 100, line * 100),
        });
      }
      return own.since > 0;
    };

    /** A wide book, or some shares left before a hole, have another middle and the same price: here one venue buys at what the other asks. */
    const isSplit = ({ krx, nxt }: Own): boolean => {
      const [krxBid = 0, krxAsk = 0] = krx.map(firmOf);
      const [nxtBid = 0, nxtAsk = 0] = nxt.map(firmOf);
      const apart = Math.abs((nxtBid + nxtAsk) / (krxBid + krxAsk) - 1);
      return apart > line && (nxtBid >= krxAsk || krxBid >= nxtAsk);
    };

    const look = (seat: Seat<Own>, ts: number): void => {
      const { own } = seat;
      const krx = (own.krxBid + own.krxAsk) / 2;
      const nxt = (own.nxtBid + own.nxtAsk) / 2;
      const whole = seat.open === BOTH && own.krxBid > 0 && own.krxAsk > 0 && own.nxtBid > 0 && own.nxtAsk > 0;
      own.apart = whole ? nxt / krx - 1 : 0;
      const size = Math.abs(own.apart);
      own.trail.add(ts, size * 100);
      const split = size > line && isSplit(own);
      if (!split) {
        own.since = 0;
        if (seat.stage > 0 && size < BACK * line) issues.lower(seat);
        return;
      }
      if (own.since === 0) own.since = ts;
      issues.list(seat);
      settle(seat, ts);
    };

    return {
      issue: (event) => void issues.learn(event),
      phase: (event) => {
        issues.phase(event);
        for (const seat of event.id === null ? issues.all() : issues.only(event.id)) {
          if (seat.open === BOTH) continue;
          seat.own.since = 0;
          issues.lower(seat);
          // The book of a venue that opens again is another one.
          if ((seat.open & KRX) === 0) seat.own.krxBid = 0;
          if ((seat.open & NXT) === 0) seat.own.nxtBid = 0;
        }
      },
      book: ({ id, ts, venue, bids, asks }) => {
        const seat = issues.get(id);
        if (!seat?.openOn(venue)) return;
        const { own } = seat;
        const [bid, ask] = [bestOf(bids), bestOf(asks)];
        const quiet = own.since === 0 && Math.abs(own.apart) <= line;
        if (venue === 'KRX') {
          own.krx = [bids, asks];
          if (quiet && bid === own.krxBid && ask === own.krxAsk) return;
          own.krxBid = bid;
          own.krxAsk = ask;
        } else {
          own.nxt = [bids, asks];
          if (quiet && bid === own.nxtBid && ask === own.nxtAsk) return;
          own.nxtBid = bid;
          own.nxtAsk = ask;
        }
        if (own.krxBid > 0 && own.nxtBid > 0) look(seat, ts);
        else if (own.since > 0 || seat.stage > 0) look(seat, ts);
      },
      clock: ({ ts }) => issues.onClock((seat) => settle(seat, ts)),
    };
  },
};
