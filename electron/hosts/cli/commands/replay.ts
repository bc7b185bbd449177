/** `replay`: real days through the book, at full speed, apart from the running market. */
import type { ReplayMarketReport, ReplayReport } from '#shared/contract/index.ts';
import type { Command } from '../command.ts';
import { facts, table } from '../table.ts';

/** What a day was played from, in words. */
const SOURCE_KO = { ticks: '체결', minutes: '분봉', daily: '일봉' } as const;

function describeIssue(report: ReplayReport): string {
  return facts([
    ['종목', report.code],
    ['날짜', report.date],
    ['시가', report.open],
    ['고가', report.high],
    ['저가', report.low],
    ['종가', report.close],
    ['거래량', report.volume],
    ['사건', report.events],
    ['해시', report.hash],
    ['걸린 시간(ms)', Math.round(report.ms)],
  ]);
}

function describeMarket(report: ReplayMarketReport): string {
  const rows = report.issues.map(({ code, source, open, high, low, close, volume, disturbed }) => [
    code,
    SOURCE_KO[source],
    open,
    high,
    low,
    close,
    volume,
    disturbed ? '다름' : '같음',
  ]);
  const issues = table(['종목', '자료', '시가', '고가', '저가', '종가', '거래량', '기록과'], rows);
  const summary = facts([
    ['날짜', report.date],
    ['사건', report.events],
    ['해시', report.hash],
    ['알림', report.rulesNote.join(', ')],
    ['걸린 시간(ms)', Math.round(report.ms)],
  ]);
  return `${issues}\n\n${summary}`;
}

export const replay: Command = {
  name: 'replay',
  summary: '가져온 하루를 호가장으로 재생하고 체결 기록에서 읽은 값을 알려 줍니다.',
  takes: '',
  options: {
    code: { kind: 'text', value: 'CODE', summary: '종목 코드(예: 005930). 쉼표로 여럿을 적으면 한 시계로 함께 재생' },
    date: { kind: 'text', value: 'YYYY-MM-DD', summary: '거래일' },
    seed: { kind: 'text', value: 'N', summary: '난수의 씨앗(0부터)' },
  },
  async run({ flags, core, result }) {
    const codes = flags.text('code').split(',');
    const asked = { date: flags.text('date'), seed: flags.optionalInteger('seed') ?? 0 };
    const client = await core();
    const [code = ''] = codes;
    if (codes.length === 1) {
      const report = await client.simulation.replayDay({ code, ...asked });
      result(report, () => describeIssue(report));
    } else {
      const report = await client.simulation.replayMarket({ codes, ...asked });
      result(report, () => describeMarket(report));
    }
    return undefined;
  },
};
