/** What the usual days of an issue are like, for detectors that compare today with them: of the practice market's own making, else from stored candles. */
import type { DailyHistory } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';
import type { UsualDays } from '#core/threats/index.ts';
import { codeOf, type InstrumentId } from '#shared/domain/index.ts';
import { usualDays, type ListedIssue, type UsualDay } from '#shared/exchange/index.ts';
import { kstDate, type SessionDate } from '#shared/time/index.ts';
import { epochMs } from '#shared/time/index.ts';

/** Days of closes, and of the mean volume. */
const CLOSES = 750;
const VOLUME_DAYS = 20;

/** From daily candles before `date`; null where there are fewer than the mean needs. */
export function usualFromHistory(history: DailyHistory, id: InstrumentId, date: SessionDate): UsualDays {
  const { openTs, close, volume } = history.dailyCandles(id, CLOSES + 1).columns;
  let count = openTs.length;
  while (count > 0 && kstDate(epochMs(openTs[count - 1] as number)) >= date) count -= 1;
  const volumes = [...volume.subarray(Math.max(0, count - VOLUME_DAYS), count)];
  return {
    averageVolume:
      volumes.length < VOLUME_DAYS ? null : Math.round(volumes.reduce((sum, each) => sum + each, 0) / VOLUME_DAYS),
    minuteVolumes: null,
    usualDepth: null,
    usualSpreadTicks: null,
    closes: [...close.subarray(Math.max(0, count - CLOSES), count)],
  };
}

/** Of the practice market: a synthetic one knows how its participants usually behave, a replayed one what was recorded before. */
export function usualOfPractice(parts: {
  readonly simulator: Simulator;
  readonly history: DailyHistory;
  readonly followed: () => readonly InstrumentId[];
}): (id: InstrumentId) => UsualDays {
  const { simulator, history, followed } = parts;
  let key = '';
  let made: ReadonlyMap<string, UsualDay> = new Map();
  const replayed = new Map<InstrumentId, UsualDays>();
  return (id) => {
    const { plan } = simulator.status();
    const { sessionDate } = simulator.session();
    const issues = followed().flatMap((each): ListedIssue[] => {
      const listed = simulator.listed(each);
      return listed ? [listed] : [];
    });
    const now = `${JSON.stringify(plan)} ${sessionDate} ${issues.map(({ code }) => code).join()}`;
    if (now !== key) {
      key = now;
      replayed.clear();
      made = plan.mode === 'synthetic' ? usualDays(issues, plan.seed, sessionDate) : new Map();
    }
    const usual = made.get(codeOf(id));
    if (usual) return usual;
    const known = replayed.get(id) ?? usualFromHistory(history, id, sessionDate);
    replayed.set(id, known);
    return known;
  };
}
