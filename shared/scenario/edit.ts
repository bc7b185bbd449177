/** Changes one place of a scenario's text and leaves the rest of it, comments too, as it stands. */
import { isCollection, isMap, isScalar, isSeq, Scalar, stringify, visit, type Document, type Node } from 'yaml';
import { pathWords } from './field-names.ts';
import { FOR_OTHERS, tidyLines, WRITING } from './format.ts';
import { readYaml } from './yaml-text.ts';

/** The text after a change, or why it cannot be made. */
export type EditedScenario =
  { readonly text: string } | { readonly problem: { readonly ko: string; readonly en: string } };

/** What is to be put there; undefined takes the place out. */
export type EditedValue = unknown;

type Path = readonly (string | number)[];

const refused = (ko: string, en: string): EditedScenario => ({ problem: { ko, en } });

/** The nearest place above that is there. */
function parentOf(yaml: Document, path: Path): unknown {
  return path.length === 1 ? yaml.contents : yaml.getIn(path.slice(0, -1), true);
}

/** Quotes what other programs would not read as the text that it is: 09:00 and on by the rules of YAML 1.1. */
function quote(node: Node): void {
  visit(node, {
    Scalar: (_, scalar) => {
      const { value, type } = scalar;
      if (typeof value !== 'string' || (type !== undefined && type !== Scalar.PLAIN)) return;
      if (/^['"]/.test(stringify(value, { ...FOR_OTHERS, ...WRITING }))) scalar.type = Scalar.QUOTE_SINGLE;
    },
  });
}

/** Puts a value at a path; a place of a list one beyond its end is added to it. */
function put(yaml: Document, path: Path, value: unknown): void {
  const old = yaml.getIn(path, true);
  if (isScalar(old) && (value === null || typeof value !== 'object')) {
    // The way it was written (quotes, a comment behind it) stays.
    old.value = value;
    if (typeof value === 'number') delete old.minFractionDigits;
    quote(old);
    return;
  }
  const node = yaml.createNode(value);
  if (isCollection(old) && isCollection(node)) node.flow = old.flow ?? false;
  else tidyLines(node);
  quote(node);
  yaml.setIn(path, node);
}

/**
 * Applies a change at a path (from the root: names and places in lists) to a text that is YAML. An entry of a list is put in
 * by the path one beyond its end, and taken out, as a field is, by `undefined`.
 */
export function editScenario(text: string, path: Path, value: EditedValue): EditedScenario {
  const { yaml } = readYaml(text);
  if (yaml === null || yaml.errors.length > 0)
    return refused(
      'YAML을 먼저 고쳐야 양식으로 바꿀 수 있습니다.',
      'Mend the YAML first: then the form can change it.',
    );
  const last = path.at(-1);
  if (last === undefined) return refused('바꿀 자리가 없습니다.', 'No place to change.');
  if (value === undefined) {
    const parent = parentOf(yaml, path);
    if (isCollection(parent)) {
      parent.delete(last);
      // A list without entries is a list that is left out.
      if (isSeq(parent) && parent.items.length === 0 && path.length === 2) yaml.deleteIn(path.slice(0, -1));
    }
    return { text: yaml.toString(WRITING) };
  }
  const parent = parentOf(yaml, path);
  const fits =
    parent === undefined ||
    (isMap(parent) && typeof last === 'string') ||
    (isSeq(parent) && typeof last === 'number' && last <= parent.items.length);
  if (!fits) {
    const [ko, en] = [pathWords(path, 'ko'), pathWords(path, 'en')];
    return refused(`'${ko}' 자리가 없습니다. YAML을 보세요.`, `There is no place '${en}': look at the YAML.`);
  }
  put(yaml, path, value);
  return { text: yaml.toString(WRITING) };
}

/** Moves an entry of a list to another place of it. */
export function moveScenarioEntry(text: string, list: Path, from: number, to: number): EditedScenario {
  const { yaml } = readYaml(text);
  const node = yaml === null || yaml.errors.length > 0 ? undefined : yaml.getIn(list, true);
  if (!yaml || !isSeq(node) || !(from in node.items) || !(to in node.items))
    return refused('옮길 수 없는 자리입니다.', 'That place cannot be moved to.');
  const [item] = node.items.splice(from, 1);
  node.items.splice(to, 0, item);
  return { text: yaml.toString(WRITING) };
}
