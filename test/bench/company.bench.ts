/** The company page on the emulator: what opening it costs in calls, and how long its first figures take. */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeApp } from '#core/app/index.ts';
import { silentLogger, systemTimers } from '#core/platform/index.ts';
import { KOREAN, OPENING_CALLS, OPEN_FIRST, readAtOnce } from '../../renderer/panels/company/parts/sections.ts';
import { contract, PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { connect, memoryPipes } from '#shared/rpc/index.ts';

const FIRST_TARGET_MS = 300;
/** Issues whose page is opened, one after the other. */
const ISSUES = ['005930', '000660', '035420', '005380', '068270', '000270', '105560', '055550', '012330', '028260'];

interface Row {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly target: string;
  readonly pass: boolean;
}

function at(times: readonly number[], part: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
}

export const bench = {
  name: 'company',
  async run(): Promise<{ measured: string; rows: readonly Row[] }> {
    const dataDir = mkdtempSync(join(tmpdir(), 'maru-bench-'));
    const app = await composeApp({ host: 'test', logger: silentLogger, dataDir, practiceIssues: 3 });
    try {
      const [near, far] = memoryPipes();
      app.serve(far, 'memory');
      const line = connect(contract, near, {
        protocol: PROTOCOL_VERSION,
        timers: systemTimers,
        report: () => undefined,
      });
      const { sheets } = line.client;
      const began = performance.now();
      const { sheets: list } = await sheets.list({});
      // The offline KIS is opened by the first reading of a run.
      await sheets.read({ sheet: 'holidays' });
      const coldMs = performance.now() - began;
      const costs = new Map(list.map((info) => [info.id, info.calls]));
      const opened = readAtOnce(
        KOREAN,
        (id) => OPEN_FIRST.includes(id),
        ({ sheets: [first = ''] }) => costs.get(first) ?? 0,
      );
      const wanted = KOREAN.filter(({ id }) => opened.has(id)).map(({ sheets: [first = ''] }) => first);
      const firsts: number[] = [];
      const wholes: number[] = [];
      let most = 0;
      for (const code of ISSUES) {
        const params = { issue: `KRX:${code}` };
        const start = performance.now();
        const answers = wanted.map((sheet) => sheets.read({ sheet, params }));
        await Promise.race(answers);
        firsts.push(performance.now() - start);
        const calls = (await Promise.all(answers)).reduce((sum, answer) => sum + answer.calls, 0);
        wholes.push(performance.now() - start);
        most = Math.max(most, calls);
      }
      const everything = KOREAN.length;
      const all = readAtOnce(
        KOREAN,
        () => true,
        () => 1,
      ).size;
      line.close();
      const sorted = (times: readonly number[]): readonly number[] => times.toSorted((a, b) => a - b);
      const ms = (metric: string, value: number, limit: number | null): Row => ({
        metric,
        value,
        unit: 'ms',
        target: limit === null ? '' : `≤ ${limit}`,
        pass: limit === null || value <= limit,
      });
      const calls = (metric: string, value: number): Row => ({
        metric,
        value,
        unit: '',
        target: `≤ ${OPENING_CALLS}`,
        pass: value <= OPENING_CALLS,
      });
      return {
        measured: `${ISSUES.length} pages one after the other, ${wanted.length} sections open at first`,
        rows: [
          calls('calls that opening a page costs, the most', most),
          calls(`the same with all ${everything} sections open`, all),
          ms('first figures, p50', at(sorted(firsts), 0.5), FIRST_TARGET_MS),
          ms('first figures, the slowest', at(sorted(firsts), 1), FIRST_TARGET_MS),
          ms('all sections that open at first, p50', at(sorted(wholes), 0.5), null),
          ms('list of sheets and the offline KIS itself, once a run', coldMs, null),
        ],
      };
    } finally {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
