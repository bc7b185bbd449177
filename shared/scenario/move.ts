/** Moves and stretches what stands on the timeline of a scenario: the changes of the text that do so, within the bounds of the day. */
import { timeOfDayMs, type ScenarioEvent } from '../domain/index.ts';
import { editScenario, type EditedScenario } from './edit.ts';
import { lengthMs } from './timeline.ts';

/** One change of a text: what is to stand at a path; undefined takes it out. */
export interface ScenarioChange {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

const DAY_FROM = timeOfDayMs('08:00');
const DAY_TO = timeOfDayMs('20:00');
const LONGEST_MS = DAY_TO - DAY_FROM;
/** Minutes are written with so many parts of one. */
const MINUTE_PARTS = 1_000;

const within = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));

/** "HH:MM", or "HH:MM:SS" where the second matters. */
export function timeOfDayText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hoursAndMinutes = `${pad(Math.floor(seconds / 3_600))}:${pad(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? hoursAndMinutes : `${hoursAndMinutes}:${pad(seconds % 60)}`;
}

/** Whether an event can begin at another time: a gap belongs to the open. */
export function canMove(event: ScenarioEvent): boolean {
  return event.kind !== 'gap' && (event.at !== undefined || event.after !== undefined);
}

/** Whether an event lasts. */
export function canStretch(event: ScenarioEvent): boolean {
  return 'minutes' in event || 'seconds' in event;
}

/** Lets the event at this place of the list begin later (earlier if negative). Empty: it cannot be moved. */
export function movedEvent(event: ScenarioEvent, index: number, byMs: number): readonly ScenarioChange[] {
  if (!canMove(event)) return [];
  if (event.at !== undefined) {
    const at = within(timeOfDayMs(event.at) + byMs, DAY_FROM, DAY_TO);
    return [{ path: ['events', index, 'at'], value: timeOfDayText(at) }];
  }
  const seconds = within((event.after?.seconds ?? 0) + Math.round(byMs / 1_000), 0, 86_400);
  return [{ path: ['events', index, 'after', 'seconds'], value: seconds }];
}

/** Lets the event last so much longer (shorter if negative). Empty: it has no length. */
export function stretchedEvent(event: ScenarioEvent, index: number, byMs: number): readonly ScenarioChange[] {
  if (!canStretch(event)) return [];
  // What lasts to the end of the day gets a length from where it would end.
  const openEnded = 'minutes' in event && event.minutes === null;
  const begin = event.at === undefined ? DAY_FROM : timeOfDayMs(event.at);
  const now = openEnded ? DAY_TO - begin : lengthMs(event);
  const ms = within(now + byMs, 0, LONGEST_MS);
  return 'minutes' in event
    ? [{ path: ['events', index, 'minutes'], value: Math.round((ms * MINUTE_PARTS) / 60_000) / MINUTE_PARTS }]
    : [{ path: ['events', index, 'seconds'], value: Math.round(ms / 1_000) }];
}

/** Whether an event can begin earlier or later while its end stays: it moves, it lasts, and it has an end. */
export function canStretchStart(event: ScenarioEvent): boolean {
  return canMove(event) && canStretch(event) && !('minutes' in event && event.minutes === null);
}

/** Lets the event begin later (earlier if negative) while its end stays where it is. Empty: it cannot. */
export function startedEvent(event: ScenarioEvent, index: number, byMs: number): readonly ScenarioChange[] {
  if (!canStretchStart(event)) return [];
  // No later than its end, no earlier than the day or than what it follows.
  const begin = event.at === undefined ? (event.after?.seconds ?? 0) * 1_000 : timeOfDayMs(event.at);
  const least = event.at === undefined ? 0 : DAY_FROM;
  const by = within(byMs, least - begin, Math.max(0, lengthMs(event)));
  return by === 0 ? [] : [...movedEvent(event, index, by), ...stretchedEvent(event, index, -by)];
}

/** A time of day moved within the day. */
export function movedTime(at: string, byMs: number): string {
  return timeOfDayText(within(timeOfDayMs(at) + byMs, DAY_FROM, DAY_TO));
}

/** The text after all the changes, in order; the first that cannot be made refuses them all. */
export function changeScenario(text: string, changes: readonly ScenarioChange[]): EditedScenario {
  let now: EditedScenario = { text };
  for (const { path, value } of changes) {
    if (!('text' in now)) return now;
    now = editScenario(now.text, path, value);
  }
  return now;
}
