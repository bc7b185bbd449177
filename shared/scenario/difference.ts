/** What is different between two scenarios, line by line in words. */
import type { ScenarioDocument } from '../domain/index.ts';
import { fieldName } from './field-names.ts';

/** One difference; `path` is the way to it from the root. */
export interface ScenarioDifference {
  readonly path: readonly (string | number)[];
  readonly kind: 'added' | 'removed' | 'changed';
  readonly ko: string;
  readonly en: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isGroup = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const shown = (value: Json | undefined): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

/** Way in words: "이벤트 3 › 시각". */
function words(path: readonly (string | number)[], language: 'ko' | 'en'): string {
  const parts: string[] = [];
  for (const step of path) {
    if (typeof step === 'number') parts[parts.length - 1] = `${parts.at(-1) ?? ''} ${step + 1}`;
    else parts.push(fieldName(step, language));
  }
  return parts.join(' › ');
}

function told(path: readonly (string | number)[], from: Json | undefined, to: Json | undefined): ScenarioDifference {
  const [ko, en] = [words(path, 'ko'), words(path, 'en')];
  if (from === undefined)
    return { path, kind: 'added', ko: `${ko}: 새로 ${shown(to)}`, en: `${en}: added ${shown(to)}` };
  if (to === undefined)
    return { path, kind: 'removed', ko: `${ko}: ${shown(from)} 뺌`, en: `${en}: ${shown(from)} removed` };
  return {
    path,
    kind: 'changed',
    ko: `${ko}: ${shown(from)} → ${shown(to)}`,
    en: `${en}: ${shown(from)} → ${shown(to)}`,
  };
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Entries of two lists beside each other: equal ones are passed over wherever they stand, so that one put in between is one difference. */
function* ofLists(
  path: readonly (string | number)[],
  from: readonly Json[],
  to: readonly Json[],
): Generator<ScenarioDifference> {
  const lengths: number[][] = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let a = from.length - 1; a >= 0; a -= 1)
    for (let b = to.length - 1; b >= 0; b -= 1) {
      const row = lengths[a] as number[];
      row[b] = same(from[a], to[b])
        ? (lengths[a + 1]?.[b + 1] ?? 0) + 1
        : Math.max(lengths[a + 1]?.[b] ?? 0, row[b + 1] ?? 0);
    }
  let [a, b] = [0, 0];
  const gone: number[] = [];
  const come: number[] = [];
  const settle = function* (): Generator<ScenarioDifference> {
    const pairs = Math.min(gone.length, come.length);
    for (let place = 0; place < pairs; place += 1)
      yield* of([...path, come[place] as number], from[gone[place] as number], to[come[place] as number]);
    for (const place of gone.slice(pairs)) yield told([...path, place], from[place], undefined);
    for (const place of come.slice(pairs)) yield told([...path, place], undefined, to[place]);
    gone.length = 0;
    come.length = 0;
  };
  while (a < from.length || b < to.length) {
    if (a < from.length && b < to.length && same(from[a], to[b])) {
      yield* settle();
      a += 1;
      b += 1;
    } else if (b < to.length && (a === from.length || (lengths[a]?.[b + 1] ?? 0) >= (lengths[a + 1]?.[b] ?? 0))) {
      come.push(b);
      b += 1;
    } else {
      gone.push(a);
      a += 1;
    }
  }
  yield* settle();
}

function* of(
  path: readonly (string | number)[],
  from: Json | undefined,
  to: Json | undefined,
): Generator<ScenarioDifference> {
  if (same(from, to)) return;
  if (isList(from) && isList(to)) {
    // A list of plain values is one thing to look at.
    const plain = [...from, ...to].every((each) => each === null || typeof each !== 'object');
    if (plain) yield told(path, from, to);
    else yield* ofLists(path, from, to);
  } else if (isGroup(from) && isGroup(to)) {
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
      yield* of([...path, name], from[name], to[name]);
  } else yield told(path, from, to);
}

/** Every difference, in the order of the document; none where they say the same. */
export function differencesOf(from: ScenarioDocument, to: ScenarioDocument): ScenarioDifference[] {
  return [...of([], from as unknown as Json, to as unknown as Json)];
}
