/** `profit`, `funds` and `loans`: what an account earned in a period, its money by currency and its loans, as the broker tells them. */
import type { Contract } from '#shared/contract/index.ts';
import { codeOf, type Account, type PeriodProfit, type ProfitFigures } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { FOREIGN_DIGITS, decimalText } from '#shared/num/index.ts';
import type { Client } from '#shared/rpc/index.ts';
import { addDays, kstDate } from '#shared/time/index.ts';
import type { Command } from '../command.ts';
import { facts, moneyCell, percent, table, type Cell } from '../table.ts';
import { ACCOUNT_OPTION, chooseAccount } from './choose-account.ts';

/** Days before today with which a period begins that nobody named. */
const USUAL_DAYS = 30;

/** Follows the stream to its end; pages are told as they come. */
function wholeProfit(
  client: Client<Contract>,
  wish: { readonly accountId: string; readonly from: string; readonly to: string },
  paged: (calls: number, rows: number) => void,
): Promise<PeriodProfit> {
  return new Promise((resolve, reject) => {
    const stop = client.trading.periodProfit(wish, {
      batch(steps) {
        for (const step of steps) {
          if (step.kind === 'page') paged(step.calls, step.rows);
          else {
            resolve(step.profit);
            stop();
          }
        }
      },
      end: (error) => reject(new AppError(error?.code ?? 'PIPE_CLOSED', error?.details ?? {})),
    });
  });
}

function figureCells(row: ProfitFigures, money: (figure: number | null) => Cell): Cell[] {
  return [
    money(row.boughtKrw),
    money(row.soldKrw),
    money(row.realisedKrw),
    money(row.commissionKrw),
    money(row.taxKrw),
    money(row.interestKrw),
    percent(row.returnPpb),
  ];
}

const FIGURES = ['매수금액', '매도금액', '실현손익', '수수료', '세금', '이자', '손익률'] as const;

function profitText(account: Account, profit: PeriodProfit): string {
  const money = (figure: number | null): Cell => moneyCell(figure, profit.currency);
  const { total, settlement, calls, source } = profit;
  const sums = facts([
    ['계좌', account.name],
    ['기간', `${profit.from} – ${profit.to}`],
    ['출처', source === 'maru' ? 'Maru 기록' : `증권사 조회 ${calls}번`],
    ['실현손익', money(total.realisedKrw)],
    ['수수료', money(total.commissionKrw)],
    ['세금', money(total.taxKrw)],
    ['이자', money(total.interestKrw)],
    ...(profit.todayKrw === null ? [] : [['오늘 실현손익', money(profit.todayKrw)] as const]),
    ...(settlement === null
      ? []
      : ([
          [`당일차금 (${settlement.date})`, settlement.dayKrw],
          ['갱신차금', settlement.renewalKrw],
        ] as const)),
  ]);
  const days = table(
    ['날짜', ...FIGURES],
    profit.days.map((day) => [day.date, ...figureCells(day, money)]),
  );
  const issues = table(
    ['날짜', '종목', '이름', ...FIGURES],
    profit.issues.map((row) => [row.date, row.code, row.name, ...figureCells(row, money)]),
  );
  return `${sums}\n\n[일별]\n${days}\n\n[종목별]\n${issues}`;
}

export const profit: Command = {
  name: 'profit',
  summary: '기간 손익: 날마다, 종목마다, 수수료와 세금까지. 증권사에 쪽마다 한 번씩 묻습니다.',
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
    const account = await chooseAccount(client, flags);
    const wish = { accountId: account.accountId, from, to };
    const told = await wholeProfit(client, wish, (calls, rows) => world.stderr(`조회 ${calls}번, ${rows}줄\n`));
    result(told, () => profitText(account, told));
    return undefined;
  },
};

/** 1/10,000 of a currency as it is written. */
const amountCell = (figure: number | null): Cell => (figure === null ? null : decimalText(figure, FOREIGN_DIGITS, 2));

export const funds: Command = {
  name: 'funds',
  summary: '통화별 예수금과 증거금. 통화끼리 더하지 않습니다.',
  takes: '',
  options: { account: ACCOUNT_OPTION },
  async run({ flags, core, result }) {
    const client = await core();
    const account = await chooseAccount(client, flags);
    const told = await client.trading.funds({ accountId: account.accountId });
    result(told, () => {
      const abroad = table(
        ['통화', '예수금', '미결제 매수', '미결제 매도', '미수', '증거금', '주문 가능', '통합 주문 가능', '환율'],
        told.currencies.map((row) => [
          row.currency,
          ...[row.deposit, row.unsettledBuy, row.unsettledSell, row.unpaid, row.margin].map(amountCell),
          amountCell(row.orderable),
          amountCell(row.combinedOrderable),
          row.rate,
        ]),
      );
      const { combined } = told;
      if (combined === null) return abroad;
      const won = facts([
        ['계좌증거금율', combined.marginRate === '' ? null : `${combined.marginRate}%`],
        ['해외 통합증거금', combined.mode],
        ['현금 주문 가능', combined.cashKrw],
        ['미수금', combined.unpaidKrw],
        ...combined.byMargin.map(
          ({ percent: rate, combinedKrw }) => [`증거금 ${rate}% 주문 가능`, combinedKrw] as const,
        ),
      ]);
      return `${abroad}\n\n${won}`;
    });
    return undefined;
  },
};

export const loans: Command = {
  name: 'loans',
  summary: '신용융자 잔고: 종목과 대출일마다. 증권사에 묻습니다.',
  takes: '',
  options: { account: ACCOUNT_OPTION },
  async run({ flags, core, result }) {
    const client = await core();
    const account = await chooseAccount(client, flags);
    const lots = await client.trading.loans({ accountId: account.accountId });
    result({ loans: lots }, () =>
      table(
        ['종목', '이름', '구분', '대출일', '만기', '수량', '팔 수 있는 수량', '대출금액'],
        lots.map((lot) => [
          codeOf(lot.instrumentId),
          lot.name,
          lot.kind,
          lot.loanDate,
          lot.expires,
          lot.quantity,
          lot.sellable,
          lot.loanKrw,
        ]),
      ),
    );
    return undefined;
  },
};
