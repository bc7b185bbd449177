/** What stands in the way of a switch until the user has said yes. */
import { codeOf, type InstrumentId, type Order, type SwitchBlocker } from '#shared/domain/index.ts';
import type { Desk } from '#core/trading/index.ts';
import { epochMs, kstTimeText } from '#shared/time/index.ts';

/** More are not read by anybody. */
const MAX_ORDERS = 1_000;

type NameOf = (id: InstrumentId) => string | undefined;

/** By the market's clock, which the screen shows. */
function words(order: Order, nameOf: NameOf): string {
  const { instrumentId, side, quantity, exchangeTs } = order;
  const at = kstTimeText(epochMs(exchangeTs));
  return `${at}에 낸 ${nameOf(instrumentId) ?? codeOf(instrumentId)} ${side === 'buy' ? '매수' : '매도'} ${quantity}주의 결과를 아직 모릅니다. 바꾸면 이 환경으로 돌아올 때까지 확인하지 않습니다.`;
}

/** Orders whose outcome nobody knows, mandates that nobody would watch, and a record that the disk still refuses. */
export function blockersOf(desk: Desk, nameOf: NameOf): SwitchBlocker[] {
  const unknown = desk
    .accounts()
    .flatMap(({ accountId }) => desk.orders({ accountId, open: true, limit: MAX_ORDERS }))
    .filter(({ state, pending }) => state === 'unconfirmed' || state === 'submitting' || pending !== 'none')
    .map((order): SwitchBlocker => ({ kind: 'unconfirmed', textKo: words(order, nameOf), orderId: order.orderId }));
  const kept = desk.standingMandates().map((mandate): SwitchBlocker => {
    const name = nameOf(mandate.instrumentId) ?? codeOf(mandate.instrumentId);
    const side = mandate.side === 'buy' ? '매수' : '매도';
    const textKo = `${name} ${side} ${mandate.quantity}주 조건 주문은 이 환경으로 돌아올 때까지 멈춥니다.`;
    return { kind: 'mandate', textKo, orderId: null };
  });
  if (desk.isRecording) return [...unknown, ...kept];
  const textKo =
    '디스크가 주문 기록을 받지 않고 있습니다. 지금 바꾸면 마지막 기록을 잃고, 돌아왔을 때 증권사에 다시 묻습니다.';
  return [...unknown, ...kept, { kind: 'unconfirmed', textKo, orderId: null }];
}
