/** `order …`: the order verbs, the same as on the screen. */
import type { Contract, OrderAck } from '#shared/contract/index.ts';
import {
  codeOf,
  currencyWords,
  isPointUnit,
  OrderType,
  foreignExchangeOf,
  priceFrom,
  priceUnitOf,
  productOf,
  type Order,
  type OrderCredit,
  type OrderState,
  type PriceUnit,
} from '#shared/domain/index.ts';
import { AppError, NAME_KO } from '#shared/errors/index.ts';
import { orderCodeRow, orderKindOf, type OrderKind } from '#shared/market/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import { isSessionDate } from '#shared/time/index.ts';
import type { Command, CommandContext } from '../command.ts';
import type { Flags } from '../flags.ts';
import { facts, moneyCell, table } from '../table.ts';
import { ACCOUNT_OPTION, bringAccount, chooseAccount } from './choose-account.ts';
import { resolveId } from './price.ts';

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
const BAD_INPUT: readonly string[] = ['INSTRUMENT_UNKNOWN', 'INSTRUMENT_NOT_HERE'];

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

/** Options that the two digits of a code say in one. */
const KIND_OPTIONS = ['type', 'tif', 'session'] as const;

/** The kind of order: by its code (ORD_DVSN), or word by word. */
function kindOf(flags: Flags): OrderKind {
  const code = flags.optional('ord-dvsn');
  if (code === null) {
    return {
      type: flags.oneOf('type', ['limit', ...OrderType.options.filter((type) => type !== 'limit')]),
      timeInForce: flags.oneOf('tif', ['day', 'ioc', 'fok', 'gtp']),
      session: flags.oneOf('session', ['regular', 'after', 'night']),
    };
  }
  const doubled = KIND_OPTIONS.find((name) => flags.optional(name) !== null);
  if (doubled !== undefined)
    throw new AppError('INPUT_INVALID', { where: `--${doubled}`, why: '--ord-dvsn과 함께 적지 않습니다.' });
  const row = orderKindOf(code);
  if (row === null)
    throw new AppError('INPUT_INVALID', { where: '--ord-dvsn', why: `없는 주문 구분 코드입니다: ${code}` });
  const { type, timeInForce, session } = row;
  return { type, timeInForce, session };
}

/** The terms of an order on credit; nothing for one in cash. */
function creditOf(flags: Flags): { readonly credit?: OrderCredit } {
  const loanDate = flags.optional('loan-date');
  if (flags.optional('credit') === null) {
    if (loanDate === null) return {};
    throw new AppError('INPUT_INVALID', { where: '--loan-date', why: '--credit과 함께 적습니다.' });
  }
  const money = flags.oneOf('credit', ['house', 'market']);
  if (flags.text('side') === 'buy') return { credit: { act: 'loanOpen', money, loanDate } };
  if (loanDate === null || !isSessionDate(loanDate))
    throw new AppError('INPUT_INVALID', { where: '--loan-date', why: '갚을 대출일을 2026-11-24처럼 적으세요.' });
  return { credit: { act: 'loanClose', money, loanDate } };
}

/** Whether a code as typed can only be Korean. */
function isKoreanCode(code: string): boolean {
  return /^(?:KRX:)?(?=.*\d)[0-9A-Z]{6}$/i.test(code);
}

/** What is wrong with a price, in the words of its unit. */
function priceHint(unit: PriceUnit): string {
  if (unit === 'KRW') return '0보다 큰 정수로 적으세요.';
  if (isPointUnit(unit)) return '6025.25처럼 소수 여덟째 자리까지 적으세요.';
  if (unit === 'HUNDREDTH') return '10265나 355.05처럼 소수 둘째 자리까지 적으세요.';
  return `190.25처럼 적으세요. 단위는 ${currencyWords(unit).unitKo}입니다.`;
}

/** A price as typed: in won, in another currency with up to four places, in hundredths with up to two. */
function priceOf(typed: string, unit: PriceUnit): number {
  const price = priceFrom(typed, unit);
  if (price === null || price <= 0) throw new AppError('INPUT_INVALID', { where: '--price', why: priceHint(unit) });
  return price;
}

/** What the price of an order is counted in, looked up over all accounts. */
async function unitOfOrder(client: Client<Contract>, orderId: string): Promise<PriceUnit> {
  for (const { accountId } of await client.trading.accounts({})) {
    const orders = await client.trading.orders({ accountId, open: true });
    const found = orders.find((each) => each.orderId === orderId);
    if (found) return priceUnitOf(found.instrumentId);
  }
  return 'KRW';
}

export const orderPlace: Command = {
  name: 'order place',
  summary: '주문을 냅니다.',
  takes: '',
  options: {
    account: ACCOUNT_OPTION,
    code: {
      kind: 'text',
      value: 'CODE',
      summary: '종목 코드. 해외 종목은 AAPL, NASD:AAPL, SEHK:00700, 채권은 표준코드, 선물옵션은 KRXF:A01612',
    },
    side: { kind: 'text', value: 'buy|sell', summary: '매수나 매도' },
    type: {
      kind: 'text',
      value: 'TYPE',
      summary: `주문 유형. ${OrderType.options.map((type) => `${type} ${NAME_KO[type]}`).join(', ')}. 기본은 limit`,
    },
    'ord-dvsn': { kind: 'text', value: 'NN', summary: '주문 구분 코드. --type, --tif, --session을 한 번에 적습니다.' },
    price: {
      kind: 'text',
      value: 'PRICE',
      summary: '가격(원, 해외 종목은 그 통화, 채권은 액면 1만원당, 선물옵션은 포인트). 가격을 적는 유형에만',
    },
    'stop-price': { kind: 'text', value: 'WON', summary: '스톱지정가의 조건 가격' },
    route: { kind: 'text', value: 'KRX|NXT|SOR', summary: '보낼 곳. KRX(기본), NXT, SOR(자동 선택)' },
    session: { kind: 'text', value: 'regular|after|night', summary: '정규장(기본), KRX 애프터마켓, 선물옵션 야간장' },
    quantity: { kind: 'text', value: 'N', summary: '수량. 채권은 액면 천원 단위' },
    tif: { kind: 'text', value: 'day|ioc|fok|gtp', summary: '당일(기본), IOC, FOK, NXT 프리마켓까지' },
    credit: {
      kind: 'text',
      value: 'house|market',
      summary: '신용융자로 냅니다: house 자기융자, market 유통융자. 적지 않으면 현금입니다. 실전투자의 국내 주식에서만',
    },
    'loan-date': { kind: 'text', value: 'DATE', summary: '신용 매도로 갚을 대출일(loans가 보여 줍니다)' },
    'allow-duplicate': { kind: 'flag', summary: '방금 낸 것과 같은 주문을 한 번 더 냅니다.' },
    'request-id': { kind: 'text', value: 'ID', summary: '요청 번호. 같은 번호는 처음의 답을 받습니다.' },
  },
  async run(context) {
    const { flags, world } = context;
    flags.text('side');
    const code = flags.text('code');
    const draft = {
      requestId: flags.optional('request-id') ?? world.newId(),
      side: flags.oneOf('side', ['buy', 'sell']),
      ...kindOf(flags),
      route: flags.oneOf('route', ['KRX', 'NXT', 'SOR']),
      stopPrice: flags.optionalInteger('stop-price'),
      quantity: flags.integer('quantity'),
      allowDuplicate: flags.has('allow-duplicate'),
      ...creditOf(flags),
    };
    // Bad figures are told before a core is opened, as far as the currency is known without one.
    const typed = isKoreanCode(code) ? flags.optionalInteger('price') : flags.optional('price');
    const client = await context.core();
    const instrumentId = await resolveId(client, code);
    const price = typeof typed === 'string' ? priceOf(typed, priceUnitOf(instrumentId)) : typed;
    await bringAccount(client, instrumentId, world);
    const { accountId } = await chooseAccount(client, flags, instrumentId);
    return answer(context, await client.trading.submit({ ...draft, instrumentId, price, accountId }));
  },
};

const ORDER_OPTION = { kind: 'text', value: 'ID', summary: '주문 번호' } as const;

export const orderReplace: Command = {
  name: 'order replace',
  summary: '남은 수량 전부의 가격을 바꿉니다.',
  takes: '',
  options: {
    order: ORDER_OPTION,
    price: { kind: 'text', value: 'PRICE', summary: '새 가격(원, 해외 종목은 그 통화)' },
  },
  async run(context) {
    const { flags, world } = context;
    const orderId = flags.text('order');
    const typed = flags.text('price');
    const client = await context.core();
    const unit = /^\d+$/.test(typed) || typed.includes('.') ? await unitOfOrder(client, orderId) : 'KRW';
    const price = unit === 'KRW' ? flags.integer('price') : priceOf(typed, unit);
    return answer(context, await client.trading.replace({ requestId: world.newId(), orderId, price }));
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

/** Where what is no share is traded. */
const PLACE_KO: Readonly<Partial<Record<ReturnType<typeof productOf>, string>>> = { bond: '장내채권' };

function orderRow(order: Order): readonly (string | number | null)[] {
  return [
    order.orderId,
    codeOf(order.instrumentId),
    NAME_KO[order.side],
    `${order.credit ? '신용 ' : ''}${order.session === 'night' ? '야간 ' : ''}${orderCodeRow(order)?.nameKo ?? NAME_KO[order.type]}`,
    foreignExchangeOf(order.instrumentId) ?? PLACE_KO[productOf(order.instrumentId)] ?? order.venue ?? order.route,
    moneyCell(order.price, priceUnitOf(order.instrumentId)),
    moneyCell(order.stopPrice, priceUnitOf(order.instrumentId)),
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
      table(
        ['번호', '종목', '구분', '유형', '거래소', '가격', '조건 가격', '수량', '체결', '상태'],
        orders.map(orderRow),
      ),
    );
    return undefined;
  },
};
