/** The screen that is being written, as long as the window lives. */
import { create } from 'zustand';
import type { ScreenCondition, ScreenFilter } from '#shared/domain/index.ts';
import { figureFrom, figureText, starterFilter } from '#shared/market/index.ts';
import { number } from '../../ui/format.ts';

/** A line of the form as it is typed. */
export interface Line extends Omit<ScreenCondition, 'value'> {
  readonly key: number;
  readonly text: string;
}

export interface ScreenDraft {
  /** Document that was opened; null: a shipped one, or a new one. */
  readonly documentId: string | null;
  readonly name: string;
  readonly markets: ScreenFilter['markets'];
  readonly lines: readonly Line[];
  readonly expression: string;
  readonly sort: ScreenFilter['sort'];
}

let lineKeys = 0;

/** A line for a condition, with a key of its own. */
export function lineOf(condition: Omit<ScreenCondition, 'value'>, text: string): Line {
  lineKeys += 1;
  return { ...condition, key: lineKeys, text };
}

/** A figure of a line as a language writes it: with Korean units, in English in full. */
export function lineText(text: string, language: 'ko' | 'en'): string {
  const value = language === 'en' && /\p{Script=Hangul}/u.test(text) ? figureFrom(text) : null;
  return value === null ? text : number(value);
}

/** A filter as it is typed. */
export function draftOf(filter: ScreenFilter, name: string, documentId: string | null): ScreenDraft {
  const lines = filter.conditions.map(({ field, comparison, value }) =>
    lineOf({ field, comparison }, figureText(value)),
  );
  return { documentId, name, markets: filter.markets, lines, expression: filter.expression, sort: filter.sort };
}

/** What is typed as a filter; null while a figure of it is none. */
export function filterOf(draft: ScreenDraft): ScreenFilter | null {
  const conditions: ScreenCondition[] = [];
  for (const { field, comparison, text } of draft.lines) {
    const value = figureFrom(text);
    if (value === null) return null;
    conditions.push({ field, comparison, value });
  }
  return { markets: draft.markets, conditions, expression: draft.expression, sort: draft.sort };
}

export const useScreen = create<ScreenDraft>(() => draftOf(starterFilter('strong'), '', null));

export function setScreen(change: Partial<ScreenDraft>): void {
  useScreen.setState(change);
}
