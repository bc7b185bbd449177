/** `journal verify`: walks the record of orders and checks its chain. */
import { envelope } from '#shared/errors/index.ts';
import type { Command } from '../command.ts';
import { facts } from '../table.ts';

export const journalVerify: Command = {
  name: 'journal verify',
  summary: '주문 기록의 사슬이 온전한지 확인합니다.',
  takes: '',
  options: {},
  async run({ flags, world, result }) {
    const verdict = await world.verifyJournal(flags.optional('data') ?? undefined);
    result({ ...verdict }, () =>
      facts([
        ['온전함', verdict.ok ? '예' : '아니요'],
        ['기록 수', verdict.entries],
        ['해시', verdict.hash],
        ...(verdict.brokenAt === undefined ? [] : [['끊긴 곳', verdict.brokenAt] as const]),
      ]),
    );
    if (verdict.brokenAt !== undefined) {
      const { messageKo, actionKo } = envelope('JOURNAL_BROKEN', { seq: verdict.brokenAt });
      world.stderr(`${messageKo} ${actionKo}\n`);
    }
    return verdict.ok ? undefined : 1;
  },
};
