/** Reads the YAML of a scenario: no tags, few aliases, each name once, and codes of issues as they stand there. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, YAMLParseError, type Document } from 'yaml';
import { ScenarioIssue } from '../domain/index.ts';

/** Most aliases of a file: more are a bomb. */
export const ALIASES = 50;
/** Brackets within brackets: more were never closed, and the parser would lose seconds in them. */
const DEEPEST = 1_000;
/** Names are looked at below: the parser compares each with every other, which takes seconds where they are many. */
const PARSING = { uniqueKeys: false, merge: false, version: '1.2', logLevel: 'error' } as const;

/** 005930 without quotes is a number to YAML; what stands there is the code of an issue. */
function asCode(node: unknown): void {
  if (!isScalar(node) || node.type !== 'PLAIN' || typeof node.value !== 'number') return;
  const { source } = node;
  if (ScenarioIssue.safeParse(source).success) {
    node.value = source;
    delete node.format;
  }
}

/** Codes where codes are meant: `issue`, the list `issues`, and the names under `betas`. */
function readCodes(document: Document): void {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key)) return;
      if (key.value === 'issue') asCode(value);
      if (key.value === 'issues' && isSeq(value)) value.items.forEach(asCode);
      if (key.value === 'betas' && isMap(value)) for (const pair of value.items) asCode(pair.key);
    },
  });
}

/** A name that stands twice in its group is a fault, as it is to YAML. */
function tellTwice(document: Document): void {
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [from, to] = key.range ?? [0, 0];
        if (seen.has(key.value))
          document.errors.push(new YAMLParseError([from, to], 'DUPLICATE_KEY', 'Map keys must be unique'));
        seen.add(key.value);
      }
    },
  });
}

/** true: more brackets stand open than any scenario has. Those within quotes count too, which does no harm. */
function tooDeep(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length && open <= DEEPEST; at += 1) {
    const letter = text[at];
    if (letter === '[' || letter === '{') open += 1;
    else if ((letter === ']' || letter === '}') && open > 0) open -= 1;
  }
  return open > DEEPEST;
}

/** The YAML document of a text with its faults, and the lines of it. `yaml` null: it goes too deep to be read. */
export function readYaml(text: string): { readonly yaml: Document | null; readonly lines: LineCounter } {
  const lines = new LineCounter();
  if (tooDeep(text)) return { yaml: null, lines };
  try {
    const yaml: Document = parseDocument(text.replace(/^\ufeff/, ''), { ...PARSING, lineCounter: lines });
    if (yaml.errors.length === 0) tellTwice(yaml);
    if (yaml.errors.length === 0) readCodes(yaml);
    return { yaml, lines };
  } catch (error) {
    // Brackets within brackets without an end.
    if (error instanceof RangeError) return { yaml: null, lines };
    throw error;
  }
}
