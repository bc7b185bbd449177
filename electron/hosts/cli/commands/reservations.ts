/** `reservations`: the reservation orders that the broker holds for an account, as its list shows them. */
import { codeOf, type ReservationState } from '#shared/domain/index.ts';
import { addDays, kstDate } from '#shared/time/index.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';
import { ACCOUNT_OPTION, chooseAccount } from './choose-account.ts';

/** Days before today with which the list begins that nobody named: as long as a period reservation lives. */
const USUAL_DAYS = 30;

const STATES: Readonly<Record<ReservationState, string>> = {
  waiting: '대기',
  sent: '주문 나감',
  canceled: '취소',
  refused: '거부',
};

export const reservations: Command = {
  name: 'reservations',
  summary: '예약주문 목록: 증권사가 맡아 두었다가 다음 개장에 내는 지시입니다. 오늘 주문이 아닙니다.',
  takes: '',
  options: {
    account: ACCOUNT_OPTION,
    from: { kind: 'text', value: 'DATE', summary: '시작일 (2026-11-01). 적지 않으면 30일 전' },
    to: { kind: 'text', value: 'DATE', summary: '종료일. 적지 않으면 오늘' },
  },
  async run({ flags, core, result, world }) {
    const today = kstDate(world.now());
    const from = flags.optional('from') ?? addDays(today, -USUAL_DAYS);
    const to = flags.optional('to') ?? today;
    const client = await core();
    const { accountId } = await chooseAccount(client, flags);
    const held = await client.trading.reservations({ accountId, from, to });
    result({ reservations: held }, () => {
      if (held.length === 0) return `${from} – ${to} 사이에 예약주문이 없습니다.`;
      return table(
        ['예약일', '번호', '종목', '구분', '가격', '수량', '종료일', '상태', '주문번호', '체결', '사유'],
        held.map((row) => [
          row.date,
          row.no,
          codeOf(row.instrumentId),
          row.side === 'buy' ? '매수' : '매도',
          row.price,
          row.quantity,
          row.endDate,
          STATES[row.state],
          row.brokerOrderNo,
          row.filledQty,
          row.reason,
        ]),
      );
    });
    return undefined;
  },
};
