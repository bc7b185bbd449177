/** `journal verify`: walks the record of orders and checks its chain. */
import type { Command } from '../command.ts';
import { facts } from '../table.ts';

export const journalVerify: Command = {
  name: 'journal verify',
  summary: '주문 기록의 사슬이 온전한지 확인합니다.',
  takes: '',
  options: {},
  async run({ core, result }) {
    const client = await core();
    const verdict = await client.system.journalVerify({});
    result(verdict, () =>
      facts([
        ['온전함', verdict.ok ? '예' : '아니요'],
        ['기록 수', verdict.entries],
        ['해시', verdict.hash],
      ]),
    );
    return verdict.ok ? undefined : 1;
  },
};
