/** O04 In-flight limbo: an order has left, and nobody knows what became of it. */
import type { OrderEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { koreanDay } from '../market/issues.ts';
import { Trail } from '../market/measures.ts';
import { Subjects, subjectOf } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'ackSeconds',
    labelKo: '접수 답',
    labelEn: 'Acknowledgement',
    unit: '초',
    initial: 3,
    min: 0.5,
    max: 60,
    step: 0.5,
  },
  { id: 'finalSeconds', labelKo: '결과 확인', labelEn: 'Outcome', unit: '초', initial: 30, min: 5, max: 600, step: 5 },
];
const ACCOUNTS_KEPT = 64;
const ORDERS_KEPT = 4_096;

/** An order under way; 0: no such time. */
class Flight {
  /** Since when it waits for an answer, since when its outcome is unknown, since when a change of it waits. */
  sentTs = 0;
  unconfirmedTs = 0;
  changeTs = 0;

  get settled(): boolean {
    return this.sentTs === 0 && this.unconfirmedTs === 0 && this.changeTs === 0;
  }
}

class Own {
  readonly flights = new Subjects<Flight>(ORDERS_KEPT, () => new Flight());
  readonly trail = new Trail(1_000);
  /** 1: no answer, 2: no outcome. How many it was said of. */
  stage = 0;
  said = 0;
  day = 0;
}

/** What time has made of the orders of an account. */
interface Waiting {
  count: number;
  longestMs: number;
}

export const IN_FLIGHT_LIMBO: Detector = {
  id: 'O04',
  nameKo: '행방을 모르는 주문',
  nameEn: 'In-flight limbo',
  family: 'operation',
  severity: 'H',
  plays: ['P8'],
  inputs: ['order', 'clock'],
  formulaKo:
    '보낸 주문에 3초 동안 접수 답이 없거나, 확인 중인 주문이나 정정·취소의 결과를 30초 동안 모르면 알리고, 모두 밝혀지면 해제합니다.',
  formulaEn:
    'An order that was sent has no acknowledgement for 3 s, or the outcome of an unconfirmed order or of a change is unknown for 30 s; it clears once all are known.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const ackMs = figure('ackSeconds') * 1_000;
    const finalMs = figure('finalSeconds') * 1_000;
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const step = (event: OrderEvent): void => {
      const { ts, accountId, orderId } = event;
      if (orderId === '') return;
      const account = accounts.of(accountId);
      account.day = koreanDay(ts);
      const { flights } = account;
      switch (event.step) {
        case 'asked':
        case 'created':
        case 'submitting': {
          const flight = flights.of(orderId);
          if (flight.sentTs === 0) flight.sentTs = ts;
          return;
        }
        case 'unconfirmed': {
          const flight = flights.of(orderId);
          if (flight.unconfirmedTs === 0) flight.unconfirmedTs = ts;
          return;
        }
        case 'cancelAsked':
        case 'replaceAsked': {
          const flight = flights.of(orderId);
          if (flight.changeTs === 0) flight.changeTs = ts;
          return;
        }
        case 'partiallyFilled': {
          // It answers for the order, and not for a change that was asked.
          const flight = flights.known(orderId);
          if (flight === undefined) return;
          flight.sentTs = 0;
          flight.unconfirmedTs = 0;
          if (flight.settled) flights.drop(orderId);
          return;
        }
        default:
          flights.drop(orderId);
      }
    };

    const say = (accountId: string, account: Own, early: Waiting, late: Waiting): void => {
      const lost = late.count > 0;
      const { count, longestMs } = lost ? late : early;
      const line = (lost ? finalMs : ackMs) / 1_000;
      const seconds = longestMs / 1_000;
      mouth.fire({
        subject: subjectOf(accountId),
        severity: 'H',
        values: { orders: count, seconds, lineSeconds: line, unknown: late.count, unanswered: early.count },
        sentenceKo: lost
          ? `주문 ${decimal(count)}건의 결과를 ${decimal(seconds)}초째 모릅니다(선 ${decimal(line)}초).`
          : `주문 ${decimal(count)}건의 접수 답이 ${decimal(seconds, 1)}초째 없습니다(선 ${decimal(line, 1)}초).`,
        sentenceEn: lost
          ? `The outcome of ${decimal(count)} order(s) has been unknown for ${decimal(seconds)} s (line ${decimal(line)} s).`
          : `${decimal(count)} order(s) have had no acknowledgement for ${decimal(seconds, 1)} s (line ${decimal(line, 1)} s).`,
        picture: account.trail.picture(seconds, line),
      });
    };

    const look = (accountId: string, account: Own, ts: number): void => {
      const early: Waiting = { count: 0, longestMs: 0 };
      const late: Waiting = { count: 0, longestMs: 0 };
      const wait = (on: Waiting, since: number, lineMs: number): void => {
        if (since === 0 || ts - since < lineMs) return;
        on.count += 1;
        on.longestMs = Math.max(on.longestMs, ts - since);
      };
      for (const [, { sentTs, unconfirmedTs, changeTs }] of account.flights) {
        if (unconfirmedTs > 0 || sentTs > 0) {
          const since = unconfirmedTs > 0 && ts - unconfirmedTs >= finalMs ? unconfirmedTs : 0;
          if (since > 0) wait(late, since, finalMs);
          else if (sentTs > 0) wait(early, sentTs, ackMs);
        } else wait(late, changeTs, finalMs);
      }
      const stage = late.count > 0 ? 2 : early.count > 0 ? 1 : 0;
      const count = stage === 2 ? late.count : early.count;
      account.trail.add(ts, Math.max(early.longestMs, late.longestMs) / 1_000);
      if (stage === 0) {
        if (account.stage > 0) mouth.clear(subjectOf(accountId));
        account.stage = 0;
        account.said = 0;
      } else if (stage > account.stage || (stage === account.stage && count >= 2 * account.said)) {
        account.stage = stage;
        account.said = count;
        say(accountId, account, early, late);
      }
    };

    return {
      order: step,
      fill: ({ accountId, orderId }) => {
        const flights = accounts.known(accountId)?.flights;
        const flight = flights?.known(orderId);
        if (flights === undefined || flight === undefined) return;
        flight.sentTs = 0;
        flight.unconfirmedTs = 0;
        if (flight.settled) flights.drop(orderId);
      },
      clock: ({ ts }) => {
        for (const [accountId, account] of accounts) {
          if (account.flights.size === 0 && account.stage === 0) continue;
          if (koreanDay(ts) !== account.day) {
            // Orders end with their day; what became of them is settled by the books.
            for (const [orderId] of account.flights) account.flights.drop(orderId);
            account.day = koreanDay(ts);
          }
          look(accountId, account, ts);
        }
      },
    };
  },
};
