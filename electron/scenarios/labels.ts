/** Labels of a scenario as spans of its days. */
import { timeOfDayMs, type RunThreat, type ScenarioLabel } from '#shared/domain/index.ts';
import { falseAlarmsOf, type LabelSpan } from '#shared/threats/index.ts';
import { kstInstant, type SessionDate } from '#shared/time/index.ts';

/** When a label holds; `days` are the dates of the run in order. Never, where its day was not played. */
export function spanOf({ detector, day, from, to, required }: ScenarioLabel, days: readonly SessionDate[]): LabelSpan {
  const date = days[day - 1];
  if (date === undefined) return { detector, fromTs: Infinity, toTs: -Infinity, required };
  return { detector, fromTs: kstInstant(date, timeOfDayMs(from)), toTs: kstInstant(date, timeOfDayMs(to)), required };
}

/** Threats of severity M or more that no label accounts for. */
export function falseAlarms(
  labels: readonly ScenarioLabel[],
  threats: readonly RunThreat[],
  days: readonly SessionDate[],
): readonly RunThreat[] {
  return falseAlarmsOf(
    labels.map((label) => spanOf(label, days)),
    threats,
  );
}
