/** Which threats are about the same thing: alerts are told once for each cause. */
import type { DetectorId, Threat } from '../../domain/index.ts';

/** Detectors of the market as a whole. */
const WHOLE: ReadonlySet<DetectorId> = new Set(['M05', 'M06', 'M07', 'M08', 'M09', 'M16', 'M17']);
/** Detectors of one issue that a move of the whole market sets off as well. */
const FOLLOWING: ReadonlySet<DetectorId> = new Set(['M01', 'M02', 'M03', 'M10', 'M11', 'M12', 'M13', 'M15']);
/** Losses of an account and its portfolio. */
const LOSSES: ReadonlySet<DetectorId> = new Set(['A01', 'A02', 'A05']);
/** The line to the broker and what stands still with it. */
const LINE: ReadonlySet<DetectorId> = new Set(['O04', 'O06', 'O07', 'O09']);

/**
 * The cause of a threat. While the whole market moves, what its issues show is the market's; losses of an account are one
 * cause, and so is a line that fails. Anything else is a cause by its subject.
 */
export function causeOf(threat: Threat, open: readonly Threat[]): string {
  const { detector, subject, family } = threat;
  if (WHOLE.has(detector)) return 'market';
  if (FOLLOWING.has(detector) && open.some((other) => WHOLE.has(other.detector) && other.phase !== 'fading'))
    return 'market';
  if (LOSSES.has(detector)) return `loss ${subject}`;
  if (LINE.has(detector)) return 'line';
  return `${family} ${subject}`;
}
