/** `replay`: one real day through the book, at full speed, apart from the running market. */
import type { Command } from '../command.ts';
import { facts } from '../table.ts';

export const replay: Command = {
  name: 'replay',
  summary: '가져온 하루를 호가장으로 재생하고 체결 기록에서 읽은 값을 알려 줍니다.',
  takes: '',
  options: {
    code: { kind: 'text', value: 'CODE', summary: '종목 코드(예: 005930)' },
    date: { kind: 'text', value: 'YYYY-MM-DD', summary: '거래일' },
    seed: { kind: 'text', value: 'N', summary: '난수의 씨앗(0부터)' },
  },
  async run({ flags, core, result }) {
    const asked = { code: flags.text('code'), date: flags.text('date'), seed: flags.optionalInteger('seed') ?? 0 };
    const client = await core();
    const report = await client.simulation.replayDay(asked);
    result(report, () =>
      facts([
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
      ]),
    );
    return undefined;
  },
};
