/** Labels of a scenario as instants, and the alarms that none of them accounts for. */
import { atLeastAsSevere, timeOfDayMs, type RunThreat, type ScenarioLabel } from '#shared/domain/index.ts';
import { kstInstant, type SessionDate } from '#shared/time/index.ts';

/** Alarms of one cause within this time are one. @source goal: merged by cause within five minutes */
const MERGED_MS = 300_000;

/** When a label holds; `days` are the dates of the run in order. */
export function labelledAt(
  { day, from, to }: ScenarioLabel,
  days: readonly SessionDate[],
): { readonly fromTs: number; readonly toTs: number } {
  const date = days[day - 1];
  if (date === undefined) return { fromTs: Infinity, toTs: -Infinity };
  return { fromTs: kstInstant(date, timeOfDayMs(from)), toTs: kstInstant(date, timeOfDayMs(to)) };
}

/** Threats of severity M or more outside the labels of their detector; those within five minutes of another are the same alarm. */
export function falseAlarms(
  labels: readonly ScenarioLabel[],
  threats: readonly RunThreat[],
  days: readonly SessionDate[],
): readonly RunThreat[] {
  const spans = labels.map((label) => ({ detector: label.detector, ...labelledAt(label, days) }));
  const alarms: RunThreat[] = [];
  for (const threat of [...threats].sort((a, b) => a.at - b.at)) {
    if (!atLeastAsSevere(threat.severity, 'M')) continue;
    const meant = spans.some(
      (span) => span.detector === threat.detector && threat.at >= span.fromTs && threat.at <= span.toTs,
    );
    const before = alarms.at(-1);
    if (!meant && (before === undefined || threat.at - before.at > MERGED_MS)) alarms.push(threat);
  }
  return alarms;
}
