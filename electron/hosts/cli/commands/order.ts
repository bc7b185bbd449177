/** `order …`: the order verbs, the same as on the screen. */
import type { OrderAck } from '#shared/contract/index.ts';
import { codeOf, type Order, type OrderState } from '#shared/domain/index.ts';
import { NAME_KO } from '#shared/errors/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { facts, table } from '../table.ts';
import { ACCOUNT_OPTION, chooseAccount } from './choose-account.ts';
import { idOf } from './price.ts';

const STATE_KO: Readonly<Record<OrderState, string>> = {
  created: '작성',
  denied: '사전 차단',
  submitting: '전송 중',
  unconfirmed: '확인 중',
  accepted: '접수',
  partiallyFilled: '일부 체결',
  filled: '체결',
  canceled: '취소',
  expired: '만료',
  rejected: '거부',
};

/** An issue that is not there is bad input; every other refusal is a failed command. */
const BAD_INPUT: readonly string[] = ['INSTRUMENT_UNKNOWN'];

/** Tells the answer to an order verb and gives its exit code. */
function answer({ result, world }: CommandContext, ack: OrderAck): number | undefined {
  result(ack, () =>
    facts([
      ['주문 번호', ack.orderId],
      ['상태', STATE_KO[ack.state]],
      ['증권사 번호', ack.brokerOrderNo],
    ]),
  );
  if (ack.reason === null) return undefined;
  world.stderr(`${ack.reason.messageKo} ${ack.reason.actionKo}\n`);
  return BAD_INPUT.includes(ack.reason.code) ? 2 : 1;
}

export const orderPlace: Command = {
  name: 'order place',
  summary: '주문을 냅니다.',
  takes: '',
  options: {
    account: ACCOUNT_OPTION,
    code: { kind: 'text', value: 'CODE', summary: '종목 코드' },
    side: { kind: 'text', value: 'buy|sell', summary: '매수나 매도' },
    type: { kind: 'text', value: 'limit|market', summary: '지정가(기본)나 시장가' },
    price: { kind: 'text', value: 'WON', summary: '지정가의 가격' },
    quantity: { kind: 'text', value: 'N', summary: '수량' },
    tif: { kind: 'text', value: 'day|ioc|fok', summary: '당일(기본), IOC, FOK' },
    'allow-duplicate': { kind: 'flag', summary: '방금 낸 것과 같은 주문을 한 번 더 냅니다.' },
    'request-id': { kind: 'text', value: 'ID', summary: '요청 번호. 같은 번호는 처음의 답을 받습니다.' },
  },
  async run(context) {
    const { flags, world } = context;
    flags.text('side');
    const draft = {
      requestId: flags.optional('request-id') ?? world.newId(),
      instrumentId: idOf(flags.text('code')),
      side: flags.oneOf('side', ['buy', 'sell']),
      type: flags.oneOf('type', ['limit', 'market']),
      timeInForce: flags.oneOf('tif', ['day', 'ioc', 'fok']),
      price: flags.optionalInteger('price'),
      quantity: flags.integer('quantity'),
      allowDuplicate: flags.has('allow-duplicate'),
    };
    const client = await context.core();
    const { accountId } = await chooseAccount(client, flags);
    return answer(context, await client.trading.submit({ ...draft, accountId }));
  },
};

const ORDER_OPTION = { kind: 'text', value: 'ID', summary: '주문 번호' } as const;

export const orderReplace: Command = {
  name: 'order replace',
  summary: '남은 수량 전부의 가격을 바꿉니다.',
  takes: '',
  options: { order: ORDER_OPTION, price: { kind: 'text', value: 'WON', summary: '새 가격' } },
  async run(context) {
    const { flags, world } = context;
    const change = { requestId: world.newId(), orderId: flags.text('order'), price: flags.integer('price') };
    const client = await context.core();
    return answer(context, await client.trading.replace(change));
  },
};

export const orderCancel: Command = {
  name: 'order cancel',
  summary: '남은 수량 전부를 취소합니다.',
  takes: '',
  options: { order: ORDER_OPTION },
  async run(context) {
    const { flags, world } = context;
    const wish = { requestId: world.newId(), orderId: flags.text('order') };
    const client = await context.core();
    return answer(context, await client.trading.cancel(wish));
  },
};

function orderRow(order: Order): readonly (string | number | null)[] {
  return [
    order.orderId,
    codeOf(order.instrumentId),
    NAME_KO[order.side],
    NAME_KO[order.type],
    order.price,
    order.quantity,
    order.filledQty,
    STATE_KO[order.state],
  ];
}

export const orderList: Command = {
  name: 'order list',
  summary: '주문을 새것부터 보여 줍니다.',
  takes: '',
  options: {
    account: ACCOUNT_OPTION,
    open: { kind: 'flag', summary: '끝나지 않은 주문만' },
    limit: { kind: 'text', value: 'N', summary: '건수. 적지 않으면 500' },
  },
  async run({ flags, core, result }) {
    const limit = flags.optionalInteger('limit');
    const client = await core();
    const { accountId } = await chooseAccount(client, flags);
    const orders = await client.trading.orders({
      accountId,
      open: flags.has('open'),
      ...(limit === null ? {} : { limit }),
    });
    result({ orders }, () =>
      table(['번호', '종목', '구분', '유형', '가격', '수량', '체결', '상태'], orders.map(orderRow)),
    );
    return undefined;
  },
};
