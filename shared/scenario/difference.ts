/** What is different between two scenarios, line by line in words. */
import type { ScenarioDocument } from '../domain/index.ts';
import { fieldName, kindName, pathWords, unitName, valueName, type Language } from './field-names.ts';

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

type Way = readonly (string | number)[];

const LONGEST = 80;

/** A value in words: figures with their units, groups as their fields. */
function shown(value: Json | undefined, field: string, language: Language): string {
  if (value === undefined || value === null) return language === 'ko' ? '없음' : 'none';
  if (typeof value === 'number')
    return `${value.toLocaleString(language === 'ko' ? 'ko-KR' : 'en-US', { maximumFractionDigits: 6 })}${unitName(field, language)}`;
  if (typeof value === 'boolean') return language === 'ko' ? (value ? '예' : '아니오') : value ? 'yes' : 'no';
  if (typeof value === 'string')
    return field === 'kind' ? kindName(value, language) : FREE.has(field) ? value : valueName(value, language);
  // What is empty says nothing.
  const says = (each: Json): boolean => each !== '' && !(isList(each) && each.length === 0);
  const parts = isList(value)
    ? value.map((each) => shown(each, field, language))
    : Object.entries(value)
        .filter(([, each]) => says(each))
        .map(([name, each]) => `${fieldName(name, language)} ${shown(each, name, language)}`);
  return parts.join(', ');
}

/** Fields of free text: their words are the user's own. */
const FREE: ReadonlySet<string> = new Set([
  'name',
  'summary',
  'tags',
  'title',
  'note',
  'reason',
  'text',
  'id',
  'what',
  'from',
]);

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

interface Roots {
  readonly from: Json;
  readonly to: Json;
}

function told(path: Way, from: Json | undefined, to: Json | undefined, roots: Roots): ScenarioDifference {
  // An entry that is gone is named by the document that has it.
  const root = to === undefined ? roots.from : roots.to;
  const field = path.findLast((step) => typeof step === 'string') ?? '';
  const say = (language: Language, added: string, removed: string): string => {
    const place = pathWords(path, language, root);
    const [before, after] = [cut(shown(from, field, language)), cut(shown(to, field, language))];
    if (from === undefined) return `${place}: ${after} ${added}`;
    return to === undefined ? `${place}: ${before} ${removed}` : `${place}: ${before} → ${after}`;
  };
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  return { path, kind, ko: say('ko', '더함', '뺌'), en: say('en', 'added', 'removed') };
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** false: one thing was put in the place of another. */
function sameKind(a: Json | undefined, b: Json | undefined): boolean {
  return !isGroup(a) || !isGroup(b) || a['kind'] === b['kind'];
}

/** Entries of two lists beside each other: equal ones are passed over wherever they stand, so that one put in between is one difference. */
function* ofLists(path: Way, from: readonly Json[], to: readonly Json[], roots: Roots): Generator<ScenarioDifference> {
  // Written out once: every entry is compared with every other.
  const [fromTexts, toTexts] = [from, to].map((list) => list.map((each) => JSON.stringify(each))) as [
    string[],
    string[],
  ];
  const lengths: number[][] = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  for (let a = from.length - 1; a >= 0; a -= 1)
    for (let b = to.length - 1; b >= 0; b -= 1) {
      const row = lengths[a] as number[];
      row[b] =
        fromTexts[a] === toTexts[b]
          ? (lengths[a + 1]?.[b + 1] ?? 0) + 1
          : Math.max(lengths[a + 1]?.[b] ?? 0, row[b + 1] ?? 0);
    }
  let [a, b] = [0, 0];
  const gone: number[] = [];
  const come: number[] = [];
  const settle = function* (): Generator<ScenarioDifference> {
    const pairs = Math.min(gone.length, come.length);
    for (let place = 0; place < pairs; place += 1) {
      const [before, after] = [gone[place] as number, come[place] as number];
      if (sameKind(from[before], to[after])) {
        yield* of([...path, after], from[before], to[after], roots);
        continue;
      }
      yield told([...path, before], from[before], undefined, roots);
      yield told([...path, after], undefined, to[after], roots);
    }
    for (const place of gone.slice(pairs)) yield told([...path, place], from[place], undefined, roots);
    for (const place of come.slice(pairs)) yield told([...path, place], undefined, to[place], roots);
    gone.length = 0;
    come.length = 0;
  };
  while (a < from.length || b < to.length) {
    if (a < from.length && b < to.length && fromTexts[a] === toTexts[b]) {
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

function* of(path: Way, from: Json | undefined, to: Json | undefined, roots: Roots): Generator<ScenarioDifference> {
  if (same(from, to)) return;
  if (isList(from) && isList(to)) {
    // A list of plain values is one thing to look at.
    const plain = [...from, ...to].every((each) => each === null || typeof each !== 'object');
    if (plain) yield told(path, from, to, roots);
    else yield* ofLists(path, from, to, roots);
  } else if (isGroup(from) && isGroup(to)) {
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)]))
      yield* of([...path, name], from[name], to[name], roots);
  } else yield told(path, from, to, roots);
}

/** Every difference, in the order of the document; none where they say the same. */
export function differencesOf(from: ScenarioDocument, to: ScenarioDocument): ScenarioDifference[] {
  const roots: Roots = { from: from as unknown as Json, to: to as unknown as Json };
  return [...of([], roots.from, roots.to, roots)];
}
