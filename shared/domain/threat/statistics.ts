/** How the detectors did: how often each spoke, how long it held, and what the user said of it. */
import { z } from 'zod';
import { DetectorId } from './names.ts';
import type { Threat } from './threat.ts';

/** right 맞음 · false 오경보 */
export const ThreatVerdict = z.enum(['right', 'false']);
export type ThreatVerdict = z.infer<typeof ThreatVerdict>;

/** One detector. */
export const DetectorCount = z.strictObject({
  detector: DetectorId,
  threats: z.int().nonnegative(),
  /** Of severity M or more: what the user was told of. */
  alarms: z.int().nonnegative(),
  right: z.int().nonnegative(),
  false: z.int().nonnegative(),
  /** Median time that it held, milliseconds; null: none is over. */
  heldMs: z.number().nonnegative().nullable(),
});
export type DetectorCount = z.infer<typeof DetectorCount>;

export const ThreatStatistics = z.strictObject({
  /** Exchange time from which threats are counted. */
  fromTs: z.int(),
  /** Days on which the guard looked at the market at all; alarms a day are over these. */
  days: z.int().nonnegative(),
  detectors: z.array(DetectorCount),
});
export type ThreatStatistics = z.infer<typeof ThreatStatistics>;

/** Counts threats by detector; most alarms first. */
export function countThreats(
  judged: readonly { readonly threat: Threat; readonly verdict: ThreatVerdict | null }[],
): DetectorCount[] {
  const groups = new Map<DetectorId, (typeof judged)[number][]>();
  for (const each of judged) {
    const group = groups.get(each.threat.detector);
    if (group) group.push(each);
    else groups.set(each.threat.detector, [each]);
  }
  return [...groups]
    .map(([detector, all]): DetectorCount => {
      const held = all
        .flatMap(({ threat: { firstTs, clearedTs } }) => (clearedTs === null ? [] : [clearedTs - firstTs]))
        .sort((a, b) => a - b);
      return {
        detector,
        threats: all.length,
        alarms: all.filter(({ threat }) => threat.severity !== 'L').length,
        right: all.filter(({ verdict }) => verdict === 'right').length,
        false: all.filter(({ verdict }) => verdict === 'false').length,
        heldMs: held[Math.floor(held.length / 2)] ?? null,
      };
    })
    .sort((a, b) => b.alarms - a.alarms || b.threats - a.threats || a.detector.localeCompare(b.detector));
}
