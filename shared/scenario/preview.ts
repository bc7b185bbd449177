/** The way of the indices as a scenario tells it, for a small picture: what chance adds to it is not in it. */
import type { ScenarioDocument } from '../domain/index.ts';
import { storyIndex } from '../exchange/index.ts';
import { storyOf } from './story.ts';
import { timelineOf } from './timeline.ts';

/** Index changes of one day from the previous close, percent, at instants a minute apart. */
export interface ScenarioPreview {
  /** Milliseconds since midnight in Korea. */
  readonly atMs: readonly number[];
  readonly KOSPI: readonly number[];
  readonly KOSDAQ: readonly number[];
}

const FROM_MS = 28_800_000;
const TO_MS = 72_000_000;
const STEP_MS = 60_000;

/** The way of a day, from 1; null for a replay, whose record is its way, and for a day that is not played. */
export function previewOf(document: ScenarioDocument, day: number): ScenarioPreview | null {
  // Which issues a cascade takes is up to the seed, and moves no index.
  const story = storyOf(document, timelineOf(document), 1);
  const told = story?.days[day - 1];
  if (!told) return null;
  const atMs = Array.from({ length: (TO_MS - FROM_MS) / STEP_MS + 1 }, (_, place) => FROM_MS + place * STEP_MS);
  const way = (market: 'KOSPI' | 'KOSDAQ'): number[] => atMs.map((ms) => 100 * storyIndex(told, market, ms));
  return { atMs, KOSPI: way('KOSPI'), KOSDAQ: way('KOSDAQ') };
}
