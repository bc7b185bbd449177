/** O02 Duplicate order: the same order once more, and no gesture of the user behind it. */
import type { OrderEvent } from '../../events.ts';
import type { Detector, DetectorParam } from '../../detector.ts';
import { decimal, IssueNames } from '../words.ts';
import { figureReader } from '../market/figures.ts';
import { NewOrders, Subjects } from '../recent.ts';

const PARAMS: readonly DetectorParam[] = [
  { id: 'seconds', labelKo: '시간 창', labelEn: 'Window', unit: '초', initial: 3, min: 0.5, max: 60, step: 0.5 },
];
/** Orders that are compared at most, all told and of one kind. */
const KINDS_KEPT = 2_048;
const ORDERS_OF_A_KIND = 8;
/** One gesture is good for one order, however late the second comes. */
const GESTURE_MS = 600_000;
const HOLD_MS = 60_000;

interface Sent {
  readonly ts: number;
  readonly orderId: string;
  readonly gesture: string | null;
  /** The how manieth of its like it is. */
  readonly times: number;
}

interface Kind {
  sent: Sent[];
}

function keyOf({ accountId, id, side, quantity, price }: OrderEvent): string {
  return `${accountId}|${id}|${side}|${quantity}|${price ?? 'market'}`;
}

export const DUPLICATE_ORDER: Detector = {
  id: 'O02',
  nameKo: '중복 주문',
  nameEn: 'Duplicate order',
  family: 'operation',
  severity: 'C',
  plays: ['P6'],
  inputs: ['order'],
  formulaKo:
    '같은 계좌에서 종목·방향·수량·가격이 같은 주문이 3초 안에 사용자의 새 조작 없이 다시 나오거나 같은 조작에서 한 번 더 나오면(막히거나 거부된 주문은 빼고) 알리고, 60초 뒤 해제합니다.',
  formulaEn:
    'An order of the same account, issue, side, quantity and price follows within 3 s without a new gesture of the user, or comes again from the same gesture (refused ones do not count); it clears after 60 s.',
  warmUpKo: '없음.',
  warmUpEn: 'None.',
  params: PARAMS,
  watch(figures, mouth) {
    const withinMs = figureReader(PARAMS, figures)('seconds') * 1_000;
    const names = new IssueNames();
    const newOrders = new NewOrders();
    const kinds = new Subjects<Kind>(KINDS_KEPT, () => ({ sent: [] }));
    const alarms = new Map<string, number>();

    const say = (event: OrderEvent, twin: Sent): void => {
      const times = twin.times + 1;
      const { ts, id, side, quantity, price } = event;
      alarms.set(id, ts);
      const seconds = Math.max(0, ts - twin.ts) / 1_000;
      const same = event.gesture !== null && event.gesture === twin.gesture;
      const at = price === null ? '시장가' : `${decimal(price)}원`;
      mouth.fire({
        subject: id,
        severity: 'C',
        values: {
          seconds,
          lineSeconds: withinMs / 1_000,
          quantity,
          times,
          sameGesture: same ? 1 : 0,
          ...(price === null ? {} : { price }),
        },
        sentenceKo: `${names.of(id)} ${decimal(quantity)}주 ${side === 'buy' ? '매수' : '매도'}(${at})가 ${decimal(seconds, 1)}초 만에 ${same ? '같은 조작에서' : '새 조작 없이'} 다시 나왔습니다(${decimal(times)}번째).`,
        sentenceEn: `The order to ${side} ${decimal(quantity)} of ${names.of(id)} (${price === null ? 'market' : decimal(price)}) came again after ${decimal(seconds, 1)} s ${same ? 'from the same gesture' : 'without a new gesture'} (${decimal(times)} times).`,
        picture: { points: [seconds], line: withinMs / 1_000 },
      });
    };

    return {
      issue: (event) => names.learn(event),
      order: (event) => {
        const { ts, orderId, step, gesture, quantity, price } = event;
        if (step === 'denied' || step === 'rejected') {
          // What never reached the market may be sent again.
          const kind = kinds.known(keyOf(event));
          if (kind !== undefined) kind.sent = kind.sent.filter((each) => each.orderId !== orderId);
          newOrders.isNew(event);
          return;
        }
        if (!newOrders.isNew(event)) return;
        if (!(quantity > 0 && quantity < Infinity) || (price !== null && !(price > 0 && price < Infinity))) return;
        const kind = kinds.of(keyOf(event));
        const twin = kind.sent.findLast((each) => {
          const ago = ts - each.ts;
          if (gesture !== null) return gesture === each.gesture && ago <= Math.max(withinMs, GESTURE_MS);
          return ago <= withinMs;
        });
        kind.sent.push({ ts, orderId, gesture, times: (twin?.times ?? 0) + 1 });
        if (kind.sent.length > ORDERS_OF_A_KIND) kind.sent.shift();
        if (twin !== undefined) say(event, twin);
      },
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
