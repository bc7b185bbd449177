/** Reads the YAML of a scenario: no tags, few aliases, each name once, and codes of issues as they stand there. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { ScenarioIssue } from '../domain/index.ts';

/** Most aliases of a file: more are a bomb. */
export const ALIASES = 50;
const PARSING = { uniqueKeys: true, merge: false, version: '1.2', logLevel: 'error' } as const;

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

/** The YAML document of a text with its faults, and the lines of it. `yaml` null: it goes too deep to be read. */
export function readYaml(text: string): { readonly yaml: Document | null; readonly lines: LineCounter } {
  const lines = new LineCounter();
  try {
    const yaml: Document = parseDocument(text.replace(/^\ufeff/, ''), { ...PARSING, lineCounter: lines });
    if (yaml.errors.length === 0) readCodes(yaml);
    return { yaml, lines };
  } catch (error) {
    // Brackets within brackets without an end.
    if (error instanceof RangeError) return { yaml: null, lines };
    throw error;
  }
}
