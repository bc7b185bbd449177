/** A process of its own that writes a journal until it is killed, printing each number only after it is on the disk. */
import { writeSync } from 'node:fs';
import { Journal } from '#core/storage/index.ts';
import { epochMs } from '#shared/time/index.ts';

const [path = '', mode = 'write'] = process.argv.slice(2);
try {
  const journal = Journal.open({ path, role: 'journal' });
  writeSync(1, `open ${journal.lastSeq}\n`);
  // From here on nothing refers to the journal: the lock must not fall with the garbage.
  if (mode === 'hold') setInterval(() => undefined, 1_000);
  for (let round = 0; mode === 'write'; round += 1) {
    const size = 1 + (round % 5);
    const entries = Array.from({ length: size }, (_, i) => ({
      kind: 'test.written',
      v: 1,
      ts: epochMs(round),
      data: { round, i, size, filler: 'ㄱ'.repeat((round * 37) % 900) },
    }));
    const last = journal.append(entries).at(-1);
    writeSync(1, `ack ${last?.seq}\n`);
  }
} catch (error) {
  writeSync(1, `refused ${(error as { code?: string }).code}\n`);
}
