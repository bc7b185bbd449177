/** `account …` and `balance`: accounts, what they hold, and how they did. */
import { codeOf, type Account } from '#shared/domain/index.ts';
import type { Command } from '../command.ts';
import { facts, percent, table } from '../table.ts';
import { ACCOUNT_OPTION, chooseAccount } from './choose-account.ts';

function accountTable(accounts: readonly Account[]): string {
  const rows = accounts.map((account) => [
    account.accountId,
    account.name,
    account.cashD2Krw,
    account.buyingPowerKrw,
    account.startingCashKrw,
  ]);
  return table(['번호', '이름', 'D+2 예수금', '주문 가능', '시작 금액'], rows);
}

/** What only an account that may leave purchases unpaid has. */
function marginFacts(account: Account): [string, string | number][] {
  const frozen = account.frozenUntil === null ? '없음' : `${account.frozenUntil}까지 증거금 100%`;
  return [
    ['증거금으로 쓸 수 있는 금액', account.marginPowerKrw],
    ['미수금', account.unpaidKrw],
    ['미수동결', frozen],
  ];
}

export const accountCreate: Command = {
  name: 'account create',
  summary: '모의 계좌를 만듭니다.',
  takes: '',
  options: {
    name: { kind: 'text', value: 'NAME', summary: '이름' },
    kind: { kind: 'text', value: 'cash|margin40', summary: 'cash 현금 계좌(적지 않으면) · margin40 미수 가능 계좌' },
    cash: { kind: 'text', value: 'WON', summary: '시작 금액. 적지 않으면 100,000,000원' },
  },
  async run({ flags, core, result }) {
    const name = flags.text('name');
    const kind = flags.oneOf('kind', ['cash', 'margin40']);
    const cash = flags.optionalInteger('cash');
    const client = await core();
    const account = await client.trading.createAccount({
      name,
      kind,
      ...(cash === null ? {} : { startingCashKrw: cash }),
    });
    result(account, () => accountTable([account]));
    return undefined;
  },
};

export const accountList: Command = {
  name: 'account list',
  summary: '계좌를 모두 보여 줍니다.',
  takes: '',
  options: {},
  async run({ core, result }) {
    const client = await core();
    const accounts = await client.trading.accounts({});
    result({ accounts }, () => accountTable(accounts));
    return undefined;
  },
};

export const accountReport: Command = {
  name: 'account report',
  summary: '계좌의 성과: 손익, 비용, 수익률, 낙폭, 승률',
  takes: '',
  options: { account: ACCOUNT_OPTION },
  async run({ flags, core, result }) {
    const client = await core();
    const account = await chooseAccount(client, flags);
    const report = await client.trading.performance({ accountId: account.accountId });
    result(report, () => {
      const summary = facts([
        ['계좌', account.name],
        ['시작 금액', report.startingCashKrw],
        ['순자산', report.equityKrw],
        ['실현손익', report.realisedKrw],
        ['평가손익', report.unrealisedKrw],
        ['수수료', report.commissionKrw],
        ['세금', report.taxKrw],
        ['수익률', percent(report.returnPpb)],
        ['최대 낙폭', percent(report.maxDrawdownPpb)],
        ['승률', `${percent(report.winRatePpb)} (${report.wins}/${report.closes})`],
        ['체결', report.fills],
      ]);
      const rows = report.issues.map((issue) => [
        codeOf(issue.instrumentId),
        issue.boughtQty,
        issue.soldQty,
        issue.commissionKrw + issue.taxKrw,
        issue.realisedKrw,
        issue.unrealisedKrw,
      ]);
      return rows.length === 0
        ? summary
        : `${summary}\n\n${table(['종목', '산 수량', '판 수량', '비용', '실현손익', '평가손익'], rows)}`;
    });
    return undefined;
  },
};

export const balance: Command = {
  name: 'balance',
  summary: '계좌의 현금과 보유 종목',
  takes: '',
  options: { account: ACCOUNT_OPTION },
  async run({ flags, core, result }) {
    const client = await core();
    const account = await chooseAccount(client, flags);
    const positions = await client.trading.positions({ accountId: account.accountId });
    result({ account, positions }, () => {
      const cash = facts([
        ['계좌', account.name],
        ['예수금', account.cashD0Krw],
        [`D+1 (${account.d1Date})`, account.cashD1Krw],
        [`D+2 (${account.d2Date})`, account.cashD2Krw],
        ['주문에 묶인 금액', account.reservedKrw],
        ['주문 가능', account.buyingPowerKrw],
        ...(account.kind === 'margin40' ? marginFacts(account) : []),
      ]);
      const rows = positions.map((held) => [
        codeOf(held.instrumentId),
        held.quantity,
        held.sellable,
        held.costKrw,
        held.realisedKrw,
      ]);
      return `${cash}\n\n${table(['종목', '보유 수량', '팔 수 있는 수량', '매입금액', '실현손익'], rows)}`;
    });
    return undefined;
  },
};
