/** Writes a scenario as YAML: names in the order of the schema, what is as usual left out, so that reading and writing again changes nothing. */
import { stringify } from 'yaml';
import { ScenarioDocument } from '../domain/index.ts';

const WRITING = {
  lineWidth: 110,
  indent: 2,
  singleQuote: true,
  defaultStringType: 'PLAIN',
  aliasDuplicateObjects: false,
} as const;

/** Values that the schema gives by itself. */
const USUAL: Readonly<Record<string, unknown>> = {
  summary: '',
  tags: [],
  sources: [],
  actors: [],
  events: [],
  detectors: 'all',
  plays: [],
  criteria: [],
  labels: [],
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The text of a document. */
export function formatScenario(document: ScenarioDocument): string {
  const order = Object.keys(ScenarioDocument.shape) as (keyof ScenarioDocument)[];
  const shown = order.flatMap((key) =>
    key in USUAL && same(USUAL[key], document[key]) ? [] : [[key, document[key]] as const],
  );
  return stringify(Object.fromEntries(shown), WRITING);
}
