/** Writes the published schema of scenarios and the tables of docs/scenario.md from the schema itself. */
import { readFileSync, writeFileSync } from 'node:fs';
import { SCENARIO_EVENT_KINDS, trackOf, CRITERION_MEASURES } from '#shared/domain/index.ts';
import { kindName, scenarioJsonSchema } from '#shared/scenario/index.ts';

type Node = Readonly<Record<string, unknown>>;

const SCHEMA = new URL('../../resources/scenarios/scenario.schema.json', import.meta.url);
const PAGE = new URL('../../docs/scenario.md', import.meta.url);
/** Between these two lines the page is made; the rest of it is written by hand. */
const FROM = '<!-- made by build/docs/scenario-page.ts -->';
const TO = '<!-- end of what is made -->';
/** Fields that every event has. */
const WHEN = new Set(['kind', 'id', 'day', 'at', 'after', 'note']);

const node = (value: unknown): Node => (value ?? {}) as Node;
const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as readonly Node[]) : []);

/** What may stand in a field, in a few words. */
function allowed(field: Node): string {
  const choices = [...list(field['anyOf']), ...list(field['oneOf'])];
  if (choices.length > 0) return [...new Set(choices.map(allowed))].join(' or ');
  if (field['const'] !== undefined) return `\`${JSON.stringify(field['const']).replaceAll('"', '')}\``;
  if (Array.isArray(field['enum'])) return (field['enum'] as unknown[]).map((each) => `\`${String(each)}\``).join(' ');
  switch (field['type']) {
    case 'object':
      return `{ ${Object.entries(node(field['properties']))
        .map(([name, each]) => `${name}: ${allowed(node(each))}`)
        .join(', ')} }`;
    case 'null':
      return '`null`';
    case 'boolean':
      return 'true, false';
    case 'string':
      return field['pattern'] === '^[0-9A-Z]{6}$' ? 'issue' : 'text';
    default: {
      const [min, max] = [field['minimum'], field['maximum']];
      const kind = field['type'] === 'integer' ? 'whole ' : '';
      return `${kind}${String(min)} … ${String(max)}`;
    }
  }
}

function eventTable(schema: Node): string {
  const kinds = list(node(node(node(schema['properties'])['events'])['items'])['oneOf']);
  const byKind = new Map(
    kinds.map(
      (each) => [JSON.stringify(node(node(each['properties'])['kind'])['const']).replaceAll('"', ''), each] as const,
    ),
  );
  const rows = SCENARIO_EVENT_KINDS.map((kind) => {
    const shape = byKind.get(kind) ?? {};
    const required = new Set(Array.isArray(shape['required']) ? (shape['required'] as string[]) : []);
    const fields = Object.entries(node(shape['properties']))
      .filter(([name]) => !WHEN.has(name))
      .map(([name, field]) => `\`${name}\`${required.has(name) ? '' : '?'} ${allowed(node(field))}`);
    return `| \`${kind}\` | ${kindName(kind, 'ko')} | ${trackOf(kind)} | ${fields.join('; ').replaceAll('|', '\\|')} |`;
  });
  return ['| kind | | track | fields (? may be left out) |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The schema as it is published. */
export function schemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}

/** The page with its tables as the schema says now. */
export function pageText(page: string): string {
  const [from, to] = [page.indexOf(FROM), page.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`docs/scenario.md needs the lines ${FROM} and ${TO}`);
  const measures = CRITERION_MEASURES.map((each) => `\`${each}\``).join(', ');
  const made = `${eventTable(scenarioJsonSchema())}\n\nMeasures of criteria: ${measures}.\n`;
  return `${page.slice(0, from)}${FROM}\n\n${made}\n${page.slice(to)}`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(SCHEMA, schemaText());
  writeFileSync(PAGE, pageText(readFileSync(PAGE, 'utf8')));
}
