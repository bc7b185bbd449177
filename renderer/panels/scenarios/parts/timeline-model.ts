/** What stands on the timeline of a day: bars by track, packed into rows so that none hides another. */
import { timeOfDayMs, type EventTrack, type ScenarioDocument } from '#shared/domain/index.ts';
import {
  canMove,
  canStretch,
  canStretchStart,
  lengthMs,
  movedEvent,
  movedTime,
  startedEvent,
  stretchedEvent,
  timelineOf,
  timeOfDayText,
  valueName,
  type ScenarioChange,
} from '#shared/scenario/index.ts';
import type { Language } from '../../../text/index.ts';
import type { Part } from '../slice.ts';
import { eventWords, issueName } from './words.ts';

export type TrackName = EventTrack | 'actors';
export const TRACKS: readonly TrackName[] = ['market', 'fault', 'security', 'actors'];

export interface Bar {
  readonly key: string;
  readonly track: TrackName;
  readonly part: Part;
  /** Milliseconds since midnight. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly words: string;
  readonly canMove: boolean;
  readonly canStretch: boolean;
  readonly canStart: boolean;
  readonly move: (byMs: number) => readonly ScenarioChange[];
  readonly stretch: (byMs: number) => readonly ScenarioChange[];
  /** Begins later (earlier if negative) and ends as before. */
  readonly start: (byMs: number) => readonly ScenarioChange[];
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export const WHOLE_DAY: Span = { fromMs: timeOfDayMs('08:00'), toMs: timeOfDayMs('20:00') };
export const REGULAR: Span = { fromMs: timeOfDayMs('08:50'), toMs: timeOfDayMs('15:40') };

const none = (): readonly ScenarioChange[] => [];

/** How a bar is changed: as a whole, at its end (stretch), or at its beginning (start). */
export type BarChange = 'move' | 'stretch' | 'start';

/** Whether a bar can be changed so. */
export function mayChange(bar: Bar, how: BarChange): boolean {
  return { move: bar.canMove, stretch: bar.canStretch, start: bar.canStart }[how];
}

/** Where a bar stands while it is changed by so much, milliseconds: no shorter than nothing, within the day. */
export function changedSpan({ fromMs, toMs }: Span, how: BarChange, byMs: number): Span {
  if (how === 'start') return { fromMs: Math.min(toMs, Math.max(WHOLE_DAY.fromMs, fromMs + byMs)), toMs };
  const from = how === 'move' ? fromMs + byMs : fromMs;
  return { fromMs: from, toMs: Math.max(from, toMs + byMs) };
}

/** Every bar of a day, in order of time. */
export function barsOf(document: ScenarioDocument, day: number, language: Language): readonly Bar[] {
  const events = timelineOf(document)
    .filter((each) => each.day === day)
    .map(({ event, index, track, atMs, endMs }): Bar => {
      const toMs = lengthMs(event) === 0 ? atMs : Math.min(endMs, WHOLE_DAY.toMs);
      return {
        key: `e${index}`,
        track,
        part: { name: 'events', index },
        fromMs: atMs,
        toMs: Math.max(atMs, toMs),
        words: eventWords(event, language),
        canMove: canMove(event),
        canStretch: canStretch(event),
        canStart: canStretchStart(event),
        move: (byMs) => movedEvent(event, index, byMs),
        stretch: (byMs) => stretchedEvent(event, index, byMs),
        start: (byMs) => startedEvent(event, index, byMs),
      };
    });
  const actors = document.actors.flatMap((actor, index): Bar[] => {
    const part: Part = { name: 'actors', index };
    if (actor.kind === 'rule') {
      const words = `${actor.name} · ${valueName(actor.then.side, language)} ${issueName(actor.then.issue)}`;
      const still = { canMove: false, canStretch: false, canStart: false, move: none, stretch: none, start: none };
      return [{ key: `r${index}`, track: 'actors', part, ...WHOLE_DAY, words, ...still }];
    }
    return actor.orders.flatMap((order, at): Bar[] => {
      if ((order.day ?? 1) !== day) return [];
      const ms = timeOfDayMs(order.at);
      return [
        {
          key: `o${index}-${at}`,
          track: 'actors',
          part,
          fromMs: ms,
          toMs: ms,
          words: `${actor.name} · ${issueName(order.issue)} ${valueName(order.side, language)} ${order.quantity}`,
          canMove: true,
          canStretch: false,
          canStart: false,
          move: (byMs) => [{ path: ['actors', index, 'orders', at, 'at'], value: movedTime(order.at, byMs) }],
          stretch: none,
          start: none,
        },
      ];
    });
  });
  return [...events, ...actors].sort((a, b) => a.fromMs - b.fromMs);
}

/** Hours that show everything of a day: those of regular trading where that is enough. */
export function spanFor(bars: readonly Bar[]): Span {
  const outside = bars.some(
    ({ key, fromMs, toMs }) => !key.startsWith('r') && (fromMs < REGULAR.fromMs || toMs > REGULAR.toMs),
  );
  return outside ? WHOLE_DAY : REGULAR;
}

/** "10:00–10:20", or the one time of what has no length. */
export function spanWords({ fromMs, toMs }: Span): string {
  return fromMs === toMs ? timeOfDayText(fromMs) : `${timeOfDayText(fromMs)}–${timeOfDayText(toMs)}`;
}

/** Pixels that words take, about: Hangul is wider than the rest. */
function widthOf(words: string): number {
  let width = 14;
  for (const letter of words) width += letter > 'ᄀ' ? 11 : 6.6;
  return width;
}

/** Least width of a bar, pixels: wide enough to be taken hold of. */
export const LEAST_PX = 10;

/** The row of each bar of a track, such that bars and their words do not overlap; and how many rows. */
export function packed(
  bars: readonly Bar[],
  pxPerMs: number,
): { readonly rows: ReadonlyMap<string, number>; readonly count: number } {
  const ends: number[] = [];
  const rows = new Map<string, number>();
  for (const bar of bars) {
    const from = bar.fromMs * pxPerMs;
    const width = Math.max((bar.toMs - bar.fromMs) * pxPerMs, LEAST_PX + widthOf(bar.words));
    const free = ends.findIndex((end) => end <= from);
    const row = free < 0 ? ends.length : free;
    ends[row] = from + width + 4;
    rows.set(bar.key, row);
  }
  return { rows, count: Math.max(1, ends.length) };
}

/** Half the width of a mark: nearer to an edge it would be cut. */
const EDGE_PX = 18;

/** Full hours, or halves and less where there is room: about one mark in 90 pixels. */
export function marksOf({ fromMs, toMs }: Span, pxPerMs: number): readonly number[] {
  const steps = [60_000, 300_000, 600_000, 1_800_000, 3_600_000, 7_200_000];
  const step = steps.find((each) => each * pxPerMs >= 70) ?? 7_200_000;
  const first = Math.ceil(fromMs / step) * step;
  const edge = EDGE_PX / pxPerMs;
  return Array.from({ length: Math.floor((toMs - first) / step) + 1 }, (_, at) => first + at * step).filter(
    (ms) => ms - fromMs >= edge && toMs - ms >= edge,
  );
}
