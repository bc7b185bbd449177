/** `account …` and `balance`: accounts, what they hold, and how they did. */
import { codeOf, productOf, type Account } from '#shared/domain/index.ts';
import { ADOPT_PHRASE, groupDigits } from '#shared/errors/index.ts';
import type { Command } from '../command.ts';
import { facts, moneyCell, percent, table } from '../table.ts';
import { ACCOUNT_OPTION, chooseAccount } from './choose-account.ts';

/** A figure of an account in its currency. */
function cellOf(account: Account, figure: number): string | number | null {
  return moneyCell(figure, account.currency ?? 'KRW');
}

/** Units held; of a bond thousands of won of face amount. */
function quantityCell(instrumentId: string, quantity: number): string | number {
  return productOf(instrumentId) === 'bond' ? `${groupDigits(quantity)}천원` : quantity;
}

function accountTable(accounts: readonly Account[]): string {
  const rows = accounts.map((account) => [
    account.accountId,
    account.name,
    account.currency ?? 'KRW',
    ...[account.cashD2Krw, account.buyingPowerKrw, account.startingCashKrw].map((figure) => cellOf(account, figure)),
  ]);
  return table(['번호', '이름', '통화', 'D+2 예수금', '주문 가능', '시작 금액'], rows);
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

export const accountAdopt: Command = {
  name: 'account adopt',
  summary: '매매를 멈춘 동안 보유를 증권사 잔고로 맞춥니다.',
  takes: '',
  options: {
    account: ACCOUNT_OPTION,
    phrase: { kind: 'text', value: 'TEXT', summary: `확인 문구: ${ADOPT_PHRASE}` },
  },
  async run({ flags, core, result }) {
    const phrase = flags.text('phrase');
    const client = await core();
    const { accountId } = await chooseAccount(client, flags);
    const { differing } = await client.trading.adoptHoldings({ accountId, phrase });
    result({ differing }, () => facts([['맞춘 종목', differing]]));
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
        ['시작 금액', cellOf(account, report.startingCashKrw)],
        ['순자산', cellOf(account, report.equityKrw)],
        ['실현손익', cellOf(account, report.realisedKrw)],
        ['평가손익', cellOf(account, report.unrealisedKrw)],
        ['수수료', cellOf(account, report.commissionKrw)],
        ['세금', cellOf(account, report.taxKrw)],
        ['수익률', percent(report.returnPpb)],
        ['최대 낙폭', percent(report.maxDrawdownPpb)],
        ['승률', `${percent(report.winRatePpb)} (${report.wins}/${report.closes})`],
        ['체결', report.fills],
      ]);
      const rows = report.issues.map((issue) => [
        codeOf(issue.instrumentId),
        issue.boughtQty,
        issue.soldQty,
        ...[issue.commissionKrw + issue.taxKrw, issue.realisedKrw, issue.unrealisedKrw].map((figure) =>
          cellOf(account, figure),
        ),
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
        ['예수금', cellOf(account, account.cashD0Krw)],
        [`D+1 (${account.d1Date})`, cellOf(account, account.cashD1Krw)],
        [`D+2 (${account.d2Date})`, cellOf(account, account.cashD2Krw)],
        ['주문에 묶인 금액', cellOf(account, account.reservedKrw)],
        ['주문 가능', cellOf(account, account.buyingPowerKrw)],
        ...(account.kind === 'margin40' ? marginFacts(account) : []),
      ]);
      const rows = positions.map((held) => [
        codeOf(held.instrumentId),
        quantityCell(held.instrumentId, held.quantity),
        quantityCell(held.instrumentId, held.sellable),
        cellOf(account, held.costKrw),
        cellOf(account, held.realisedKrw),
      ]);
      return `${cash}\n\n${table(['종목', '보유 수량', '팔 수 있는 수량', '매입금액', '실현손익'], rows)}`;
    });
    return undefined;
  },
};
