/** Puts the events of a scenario on one line of time: chains after other events resolved, instants and ends as milliseconds of their day. */
import { timeOfDayMs, trackOf, type EventTrack, type ScenarioDocument, type ScenarioEvent } from '../domain/index.ts';

/** An event at its place. The document itself was validated: unknown names and cycles are told there, and left out here. */
export interface TimedEvent {
  readonly event: ScenarioEvent;
  /** Place in the document. */
  readonly index: number;
  readonly track: EventTrack;
  /** Day of the scenario, from 1. */
  readonly day: number;
  /** Milliseconds since midnight in Korea. */
  readonly atMs: number;
  /** When it is over; `atMs` for what has no length. */
  readonly endMs: number;
}

/** A gap belongs to the open. */
const OPEN_MS = 32_400_000;
const DAY_MS = 86_400_000;

/** Milliseconds that an event lasts; the rest of the day where it says null. */
export function lengthMs(event: ScenarioEvent): number {
  if ('minutes' in event) return event.minutes === null ? DAY_MS : event.minutes * 60_000;
  return 'seconds' in event ? event.seconds * 1_000 : 0;
}

/** All events in order of time; what cannot be placed is left out. */
export function timelineOf({ events }: Pick<ScenarioDocument, 'events'>): TimedEvent[] {
  const byId = new Map(events.flatMap((event) => (event.id === undefined ? [] : [[event.id, event] as const])));
  const place = (event: ScenarioEvent, seen: readonly ScenarioEvent[]): { day: number; atMs: number } | null => {
    if (event.kind === 'gap')
      return { day: event.day ?? 1, atMs: event.at === undefined ? OPEN_MS : timeOfDayMs(event.at) };
    if (event.at !== undefined) return { day: event.day ?? 1, atMs: timeOfDayMs(event.at) };
    const before = event.after && byId.get(event.after.event);
    if (!event.after || !before || seen.includes(before)) return null;
    const start = place(before, [...seen, event]);
    return start && { day: start.day, atMs: start.atMs + Math.round(event.after.seconds * 1_000) };
  };
  return events
    .flatMap((event, index): TimedEvent[] => {
      const at = place(event, [event]);
      if (at === null) return [];
      const endMs = Math.min(DAY_MS, at.atMs + lengthMs(event));
      return [{ event, index, track: trackOf(event.kind), ...at, endMs }];
    })
    .sort((a, b) => a.day - b.day || a.atMs - b.atMs || a.index - b.index);
}
