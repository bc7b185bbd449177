/** `journal verify`: walks the record of every environment, and that of switches and locks, and checks their chains. */
import { envelope } from '#shared/errors/index.ts';
import type { Command } from '../command.ts';
import { facts, table } from '../table.ts';

export const journalVerify: Command = {
  name: 'journal verify',
  summary: '주문 기록의 사슬이 온전한지 확인합니다.',
  takes: '',
  options: {},
  async run({ flags, world, result }) {
    const verdict = await world.verifyJournal(flags.optional('data') ?? undefined);
    const broken = verdict.files.find(({ ok }) => !ok);
    const [first] = verdict.files;
    const brokenAt = first?.brokenAt;
    result({ ...verdict, ...(brokenAt === undefined ? {} : { brokenAt }) }, () => {
      const rows = verdict.files.map((each) => [each.file, each.ok ? '예' : '아니요', each.entries, each.hash]);
      return `${facts([['온전함', verdict.ok ? '예' : '아니요']])}\n\n${table(['파일', '온전함', '기록 수', '해시'], rows)}`;
    });
    if (broken) {
      const { messageKo, actionKo } = envelope('JOURNAL_BROKEN', { seq: broken.brokenAt ?? broken.entries + 1 });
      world.stderr(`${broken.file}: ${messageKo} ${actionKo}\n`);
    }
    return verdict.ok ? undefined : 1;
  },
};
