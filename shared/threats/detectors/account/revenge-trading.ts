/** A07 Revenge trading: a much larger purchase than usual soon after a loss. */
import type { FillEvent, OrderEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, IssueNames, percent } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { medianOf } from '../market/measures.ts';
import { NewOrders, Subjects, subjectOf } from '../recent.ts';
import { ACCOUNTS_KEPT, Standing } from './standing.ts';

const PARAMS: readonly DetectorParam[] = [
  {
    id: 'times',
    labelKo: '평소의 배수',
    labelEn: 'Times the usual',
    unit: '배',
    initial: 2,
    min: 1.2,
    max: 20,
    step: 0.1,
  },
  { id: 'minutes', labelKo: '손실 뒤', labelEn: 'After a loss', unit: '분', initial: 10, min: 1, max: 240, step: 1 },
  { id: 'lossPct', labelKo: '손실', labelEn: 'Loss', unit: '%', initial: 1, min: 0.1, max: 30, step: 0.1 },
  {
    id: 'trades',
    labelKo: '중앙값의 거래 수',
    labelEn: 'Trades of the median',
    unit: '건',
    initial: 20,
    min: 5,
    max: 100,
    step: 1,
  },
];
/** Trades that the median needs at least. */
const LEAST_TRADES = 5;
const MINUTE_MS = 60_000;
/** Orders whose fills are being added up, and issues whose last price is known. */
const ORDERS_KEPT = 256;
const PRICES_KEPT = 1_000;

/** Sums over the fills of one order. */
interface Sum {
  amount: number;
  realised: number;
}

class Own extends Standing {
  /** Amounts of the last orders that were filled, oldest first. */
  readonly sums: Sum[] = [];
  readonly orders = new Subjects<Sum>(ORDERS_KEPT, () => ({ amount: 0, realised: 0 }));
  lossTs = -Infinity;
  loss = 0;
}

export const REVENGE_TRADING: Detector = {
  id: 'A07',
  nameKo: '만회 매매',
  nameEn: 'Revenge trading',
  family: 'account',
  severity: 'L',
  plays: ['P9'],
  inputs: ['order', 'fill'],
  formulaKo:
    '산 값의 1 % 넘게 손실을 확정한 뒤 10분 안에 최근 거래 20건 중앙값의 2배가 넘는 매수 주문을 내면 알리고, 그 10분이 지나면 해제합니다.',
  formulaEn:
    'Within 10 minutes of realising a loss above 1 % of the cost, a purchase above twice the median amount of the last 20 trades; it clears when those 10 minutes are over.',
  warmUpKo: '체결된 주문 5건부터 봅니다.',
  warmUpEn: '5 filled orders.',
  params: PARAMS,
  watch(figures, mouth) {
    const figure = figureReader(PARAMS, figures);
    const times = figure('times');
    const withinMs = figure('minutes') * MINUTE_MS;
    const lossLine = figure('lossPct') / 100;
    const trades = Math.round(figure('trades'));
    const names = new IssueNames();
    const newOrders = new NewOrders();
    const prices = new Subjects<{ price: number }>(PRICES_KEPT, () => ({ price: 0 }));
    const accounts = new Subjects<Own>(ACCOUNTS_KEPT, () => new Own());

    const took = (event: FillEvent): void => {
      const { ts, accountId, orderId, id, price, quantity, realisedKrw } = event;
      const amount = price * quantity;
      if (!(amount > 0 && amount < Infinity)) return;
      prices.of(id).price = price;
      const account = accounts.of(accountId);
      let sum = account.orders.known(orderId);
      if (sum === undefined || orderId === '') {
        sum = account.orders.of(orderId);
        if (orderId === '') account.orders.drop('');
        account.sums.push(sum);
        if (account.sums.length > trades) account.sums.shift();
      }
      sum.amount += amount;
      if (realisedKrw === null || !Number.isFinite(realisedKrw)) return;
      sum.realised += realisedKrw;
      const cost = sum.amount - sum.realised;
      const loss = cost > 0 ? -sum.realised / cost : 0;
      if (loss > lossLine) {
        account.lossTs = ts;
        account.loss = loss;
      }
    };

    const asked = (event: OrderEvent): void => {
      const { ts, accountId, id, side, quantity } = event;
      if (!newOrders.isNew(event) || side !== 'buy') return;
      const account = accounts.of(accountId);
      const amount = (event.price ?? prices.known(id)?.price ?? 0) * quantity;
      if (!(amount > 0 && amount < Infinity) || account.sums.length < LEAST_TRADES) return;
      account.trail.add(ts, amount);
      const since = ts - account.lossTs;
      if (since < 0 || since > withinMs) return;
      const usual = medianOf(account.sums.map((sum) => sum.amount));
      if (!(usual > 0) || amount <= times * usual) return;
      account.stage = 1;
      const minutes = since / MINUTE_MS;
      const name = names.of(id);
      mouth.fire({
        subject: subjectOf(accountId),
        severity: 'L',
        values: { times: amount / usual, amountKrw: amount, usualKrw: usual, lossPct: account.loss * 100, minutes },
        sentenceKo: `${percent(account.loss)} 손실을 확정한 지 ${decimal(minutes, 1)}분 만에 평소의 ${decimal(amount / usual, 1)}배로 ${name} 매수를 냈습니다.`,
        sentenceEn: `A purchase of ${name}, ${decimal(amount / usual, 1)} times the usual size, ${decimal(minutes, 1)} min after a loss of ${percent(account.loss)}.`,
        picture: account.trail.picture(amount, times * usual),
      });
    };

    return {
      issue: (event) => names.learn(event),
      order: asked,
      fill: took,
      clock: ({ ts }) => {
        for (const [accountId, account] of accounts) {
          if (account.stage === 0 || ts - account.lossTs <= withinMs) continue;
          account.stage = 0;
          mouth.clear(subjectOf(accountId));
        }
      },
    };
  },
};
