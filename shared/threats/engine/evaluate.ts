/** Judges detectors by labels: what was to be seen and when, what was seen, how late, and what was seen for nothing. */
import { atLeastAsSevere, type DetectorId, type ThreatSeverity } from '../../domain/index.ts';
import { ALL_DETECTORS } from '../detectors/index.ts';
import { causeOf } from './cause.ts';

/** A span in which a detector is to fire. */
export interface LabelSpan {
  readonly detector: DetectorId;
  readonly fromTs: number;
  readonly toTs: number;
  /** false: it may fire and need not. true if absent. */
  readonly required?: boolean;
}

/** When a detector began to fire. */
export interface Firing {
  readonly detector: DetectorId;
  readonly at: number;
  readonly severity: ThreatSeverity;
  readonly subject: string;
}

/** How one detector did. Milliseconds. */
export interface DetectorVerdict {
  readonly detector: DetectorId;
  readonly labels: number;
  readonly hits: number;
  /** When it fired, and the spans in which it was to. */
  readonly fired: readonly number[];
  readonly expected: readonly (readonly [fromTs: number, toTs: number])[];
  /** From the beginning of a span to the first firing within it; the mean and the longest. null: none was hit. */
  readonly meanLatencyMs: number | null;
  readonly worstLatencyMs: number | null;
  readonly falseAlarms: number;
}

/** Alarms of one cause within this time are one. @source goal: merged by cause within five minutes */
const MERGED_MS = 300_000;

const FAMILIES = new Map(ALL_DETECTORS.map(({ id, family }) => [id, family]));

/** The cause of a firing, by what fired within five minutes before it: how long each held is not known here. */
function causeOfFiring({ detector, subject, at }: Firing, all: readonly Firing[]): string {
  const open = all
    .filter((other) => other.at <= at && at - other.at <= MERGED_MS)
    .map((other) => ({ detector: other.detector, phase: 'confirmed' as const }));
  return causeOf({ detector, subject, family: FAMILIES.get(detector) ?? 'market' }, open);
}

/**
 * Firings of severity M or more outside every span of their detector. Of one cause within five minutes they are one alarm,
 * as they would be one alert; of two causes they are two, however close.
 */
export function falseAlarmsOf<One extends Firing>(spans: readonly LabelSpan[], firings: readonly One[]): One[] {
  const alarms: One[] = [];
  const lastAt = new Map<string, number>();
  for (const firing of [...firings].sort((a, b) => a.at - b.at)) {
    if (!atLeastAsSevere(firing.severity, 'M')) continue;
    const { at, detector } = firing;
    if (spans.some((span) => span.detector === detector && at >= span.fromTs && at <= span.toTs)) continue;
    const cause = causeOfFiring(firing, firings);
    if (at - (lastAt.get(cause) ?? -Infinity) <= MERGED_MS) continue;
    lastAt.set(cause, at);
    alarms.push(firing);
  }
  return alarms;
}

/** A verdict for every detector that is labelled or fired, by id. */
export function evaluate(spans: readonly LabelSpan[], firings: readonly Firing[]): DetectorVerdict[] {
  const ids = [...new Set([...spans, ...firings].map(({ detector }) => detector))].sort();
  return ids.map((detector) => {
    const mine = spans.filter((span) => span.detector === detector && span.required !== false);
    const fired = firings.filter((firing) => firing.detector === detector).sort((a, b) => a.at - b.at);
    const latencies = mine.flatMap(({ fromTs, toTs }) => {
      const first = fired.find(({ at }) => at >= fromTs && at <= toTs);
      return first ? [first.at - fromTs] : [];
    });
    const sum = latencies.reduce((all, each) => all + each, 0);
    return {
      detector,
      labels: mine.length,
      hits: latencies.length,
      fired: fired.map(({ at }) => at),
      expected: mine.map(({ fromTs, toTs }) => [fromTs, toTs] as const),
      meanLatencyMs: latencies.length === 0 ? null : Math.round(sum / latencies.length),
      worstLatencyMs: latencies.length === 0 ? null : Math.max(...latencies),
      falseAlarms: falseAlarmsOf(spans, fired).length,
    };
  });
}

/** Part of the labels that were hit; null where nothing is labelled. */
export function recallOf(verdicts: readonly DetectorVerdict[]): number | null {
  const labels = verdicts.reduce((sum, each) => sum + each.labels, 0);
  return labels === 0 ? null : verdicts.reduce((sum, each) => sum + each.hits, 0) / labels;
}
