/** O03 Order burst: orders, refused ones among them, come faster than a hand sends them; or changes far outnumber orders. */
import type { OrderEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { Trail } from '../market/measures.ts';
import { NewOrders, RecentTimes, Subjects, subjectOf } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'perSecond', labelKo: '1초 주문', labelEn: 'Orders in 1 s', unit: '건', initial: 5, min: 1, max: 100, step: 1 },
  {
    id: 'perMinute',
    labelKo: '1분 주문',
    labelEn: 'Orders in 1 min',
    unit: '건',
    initial: 60,
    min: 5,
    max: 1_000,
    step: 5,
  },
  {
    id: 'changes',
    labelKo: '주문 하나에 정정·취소(10분)',
    labelEn: 'Changes for each order in 10 min',
    unit: '배',
    initial: 20,
    min: 2,
    max: 500,
    step: 1,
  },
];
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 600_000;
const ACCOUNTS_KEPT = 64;
/** More are not told apart. */
const TIMES_KEPT = 1_100;
const CHANGES_KEPT = 10_100;
/** It clears after so long without a line crossed. */
const HOLD_MS = 60_000;

type Cause = 'second' | 'minute' | 'changes';

class Own {
  readonly orders = new RecentTimes(TIMES_KEPT);
  readonly changes = new RecentTimes(CHANGES_KEPT);
  readonly trail = new Trail(SECOND_MS);
  /** When a line was last crossed; 0: quiet. How far the alarm has gone: 1 changes, 2 orders. */
  overTs = 0;
  stage = 0;
  /** Orders at the last word, so that a flood speaks again only as it doubles. */
  said = 0;
}

export const ORDER_BURST: Detector = {
  id: 'O03',
  nameKo: '주문 폭주',
  nameEn: 'Order burst',
  family: 'operation',
  severity: 'C',
  plays: ['P6', 'P7'],
  inputs: ['order'],
  formulaKo:
    '한 계좌의 새 주문이 거부된 것을 포함해 1초에 5건 또는 1분에 60건을 넘으면 심각, 10분 동안의 정정·취소가 새 주문의 20배를 넘으면 위험이고, 60초 동안 선을 넘지 않으면 해제합니다.',
  formulaEn:
    'New orders of an account, refused ones included, number more than 5 in 1 s or 60 in 1 min: critical; changes in 10 minutes are more than 20 times the new orders: high; it clears after 60 s below every line.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const perSecond = Math.round(figure('perSecond'));
    const perMinute = Math.round(figure('perMinute'));
    const changeTimes = figure('changes');
    const newOrders = new NewOrders();
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const say = (accountId: string, account: Own, cause: Cause, count: number, news: number): void => {
      const line = cause === 'second' ? perSecond : cause === 'minute' ? perMinute : changeTimes;
      const times = count / Math.max(1, news);
      const ko =
        cause === 'changes'
          ? `10분 동안 새 주문 ${decimal(news)}건에 정정·취소가 ${decimal(count)}건입니다(선 ${decimal(line)}배).`
          : `주문이 ${cause === 'second' ? '1초' : '1분'}에 ${decimal(count)}건 나왔습니다(선 ${decimal(line)}건).`;
      const en =
        cause === 'changes'
          ? `${decimal(count)} changes for ${decimal(news)} new orders within 10 minutes (line ${decimal(line)} times).`
          : `${decimal(count)} orders within 1 ${cause === 'second' ? 's' : 'min'} (line ${decimal(line)}).`;
      mouth.fire({
        subject: subjectOf(accountId),
        severity: cause === 'changes' ? 'H' : 'C',
        values: { count, line, ...(cause === 'changes' ? { orders: news, times } : {}) },
        sentenceKo: ko,
        sentenceEn: en,
        picture: account.trail.picture(count, cause === 'changes' ? changeTimes * Math.max(1, news) : line),
      });
    };

    const raise = (event: OrderEvent, account: Own, cause: Cause, count: number, news: number): void => {
      account.overTs = event.ts;
      const stage = cause === 'changes' ? 1 : 2;
      if (stage < account.stage || (stage === account.stage && count < 2 * account.said)) return;
      account.stage = stage;
      account.said = count;
      say(event.accountId, account, cause, count, news);
    };

    return {
      order: (event) => {
        const { ts, accountId, step } = event;
        if (step === 'cancelAsked' || step === 'replaceAsked') {
          newOrders.isNew(event);
          const account = accounts.of(accountId);
          account.changes.add(ts);
          const count = account.changes.after(ts - TEN_MINUTES_MS);
          const news = account.orders.after(ts - TEN_MINUTES_MS);
          if (count > changeTimes * Math.max(1, news)) raise(event, account, 'changes', count, news);
          return;
        }
        if (!newOrders.isNew(event, true)) return;
        const account = accounts.of(accountId);
        account.orders.add(ts);
        const inSecond = account.orders.after(ts - SECOND_MS);
        const inMinute = account.orders.after(ts - MINUTE_MS);
        account.trail.add(ts, inSecond);
        if (inSecond > perSecond) raise(event, account, 'second', inSecond, inSecond);
        else if (inMinute > perMinute) raise(event, account, 'minute', inMinute, inMinute);
      },
      clock: ({ ts }) => {
        for (const [accountId, account] of accounts) {
          if (account.stage === 0 || ts - account.overTs < HOLD_MS) continue;
          account.stage = 0;
          account.said = 0;
          mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
