/** The published schema of scenario files (JSON Schema 2020-12), made from the schema that reads them. */
import { z } from 'zod';
import { ScenarioDocument, SCENARIO_VERSION } from '../domain/index.ts';
import { fieldName } from './field-names.ts';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Says of every field what people call it; editors show it while one types. */
function describe(node: unknown): void {
  if (Array.isArray(node)) {
    node.forEach(describe);
    return;
  }
  if (!isNode(node)) return;
  const { properties } = node;
  if (isNode(properties))
    for (const [name, field] of Object.entries(properties)) {
      const [ko, en] = [fieldName(name, 'ko'), fieldName(name, 'en')];
      if (isNode(field) && ko !== name) field['description'] = `${ko} · ${en}`;
    }
  Object.values(node).forEach(describe);
}

/** What a file may hold; `$id` names the version. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(ScenarioDocument, { io: 'input' }) as Node;
  describe(schema);
  const { $schema, ...rest } = schema;
  return { $schema, $id: `maru-scenario-v${SCENARIO_VERSION}`, title: 'Maru scenario', ...rest };
}
