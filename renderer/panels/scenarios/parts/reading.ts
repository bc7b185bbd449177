/** Reads the text of a scenario as it stands: the document, and everything that has to be mended in it. */
import type { ScenarioDocument } from '#shared/domain/index.ts';
import { linesOf, scenarioDays, type ScenarioChange } from '#shared/scenario/index.ts';
import { useInstruments } from '../../../store/instruments.ts';
import { PARTS, type Part, type Reading } from '../slice.ts';
import { understood, type Understood } from './read-text.ts';

/** Characters of a text beyond which it is read beside the page, once typing pauses; and colours and the lit part are left out. */
export const LONG_TEXT = 40_000;

/** Reads a text; while it cannot be read the last document stays, so that the timeline does not go away under one's hands. */
export function readText(text: string, before: Reading): Reading {
  return asReading(text, understood(text, knownIds()), before);
}

/** Instruments of the simulated market; null: not told yet. */
export function knownIds(): ReadonlySet<string> | null {
  const { loaded, byId } = useInstruments.getState();
  return loaded ? new Set(byId.keys()) : null;
}

/** What is known after a text has been understood. */
export function asReading(text: string, { document, problems }: Understood, before: Reading): Reading {
  return { of: text, document: document ?? before.document, whole: document !== null, problems };
}

/** The way to the chosen part from the root. */
export function pathOf({ name, index }: Part): readonly (string | number)[] {
  if (name === 'about') return ['name'];
  return index < 0 ? [name] : [name, index];
}

/** Lines of the text that a part takes, from 1, the last included; null: it is not in the text. */
export function linesOfPart(text: string, part: Part): { readonly from: number; readonly to: number } | null {
  const place = linesOf(text);
  const path = pathOf(part);
  const [root] = path;
  const from = place(path)?.line;
  if (from === undefined || (path.length > 1 && from === place([root ?? ''])?.line && part.index > 0)) return null;
  const lines = text.split('\n');
  const indent = (line: string): number => line.search(/\S/);
  const depth = indent(lines[from - 1] ?? '');
  let to = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indent(line) <= depth) break;
    to = at + 1;
  }
  return { from, to };
}

/** Which part a line of the text belongs to. */
export function partAtLine(text: string, line: number, document: ScenarioDocument): Part | null {
  const place = linesOf(text);
  let best: { readonly part: Part; readonly line: number } | null = null;
  const take = (part: Part): void => {
    const at = place(pathOf(part))?.line;
    if (at !== undefined && at <= line && (best === null || at >= best.line)) best = { part, line: at };
  };
  const has = (name: string): boolean => new RegExp(`^${name}:`, 'm').test(text);
  for (const name of PARTS) {
    if (name === 'about') take({ name, index: -1 });
    else if (has(name)) take({ name, index: -1 });
  }
  for (const name of ['accounts', 'actors', 'events', 'plays', 'criteria', 'labels'] as const)
    if (has(name)) document[name].forEach((_, index) => take({ name, index }));
  const found = best as { readonly part: Part } | null;
  return found?.part ?? null;
}

/** Days of a document; 1 where there is none. */
export function daysOf(document: ScenarioDocument | null): number {
  return document ? scenarioDays(document) : 1;
}

/** Changes that let a document trade an issue; none where it does. */
export function tradesIssue(document: ScenarioDocument, code: string): readonly ScenarioChange[] {
  const { issues } = document.market;
  return issues.includes(code) ? [] : [{ path: ['market', 'issues', issues.length], value: code }];
}
