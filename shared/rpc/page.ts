/** The reference page of the contract, made from its description. */
import type { ContractDescription, MemberDescription } from './describe.ts';

type Schema = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 12;

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

/** Bounds that are not just those of the number format. */
function bounds(schema: Schema): string {
  const parts: string[] = [];
  const add = (word: string, value: unknown): void => {
    if (typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER) parts.push(`${word} ${value}`);
  };
  add('≥', schema['minimum']);
  add('>', schema['exclusiveMinimum']);
  add('≤', schema['maximum']);
  add('<', schema['exclusiveMaximum']);
  add('length ≥', schema['minLength']);
  add('length ≤', schema['maxLength']);
  add('items ≥', schema['minItems']);
  add('items ≤', schema['maxItems']);
  if (typeof schema['pattern'] === 'string') parts.push(`/${schema['pattern']}/`);
  if (schema['default'] !== undefined) parts.push(`default ${JSON.stringify(schema['default'])}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function objectShape(schema: Schema, depth: number): string {
  const properties = Object.entries(asSchema(schema['properties']));
  if (properties.length === 0) {
    const rest = schema['additionalProperties'];
    return typeof rest === 'object' && rest !== null ? `{ [key]: ${shape(rest as Schema, depth + 1)} }` : '{}';
  }
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const indent = '  '.repeat(depth + 1);
  const lines = properties.map(
    ([name, value]) => `${indent}${name}${required.has(name) ? '' : '?'}: ${shape(asSchema(value), depth + 1)}`,
  );
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function shape(schema: Schema, depth: number): string {
  if (depth > MAX_DEPTH) return '…';
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices))
    return choices.map((choice) => shape(asSchema(choice), depth)).join(' | ') + bounds(schema);
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum']))
    return schema['enum'].map((value) => JSON.stringify(value)).join(' | ') + bounds(schema);
  if (schema['type'] === 'object') return objectShape(schema, depth);
  if (schema['type'] === 'array') return `[${shape(asSchema(schema['items']), depth)}]${bounds(schema)}`;
  const type = schema['type'];
  return `${typeof type === 'string' ? type : Array.isArray(type) ? type.join(' | ') : 'any'}${bounds(schema)}`;
}

function block(title: string, schema: Schema): string {
  return `${title}\n\n\`\`\`text\n${shape(schema, 0)}\n\`\`\`\n`;
}

function facts(member: MemberDescription): string {
  if (member.kind === 'method') {
    const words = ['method', member.cancellable ? 'cancellable' : 'runs to its end even when the caller goes away'];
    if (member.bytes) words.push('carries bytes');
    return words.join(' · ');
  }
  const words = ['stream', member.mode === 'latest' ? 'newest value wins' : 'every item, numbered'];
  if (member.keyed) words.push('by key');
  if (member.snapshot) words.push('full state first');
  return words.join(' · ');
}

function memberSection(name: string, member: MemberDescription): string {
  const parts = [`### ${name}\n`, `${member.about}\n`, `_${facts(member)}_\n`, block('Input', member.input)];
  if (member.kind === 'stream') parts.push(block('Item', member.item));
  else if (member.output) parts.push(block('Output', member.output));
  else if (member.columns) {
    parts.push(`Output: columns ${member.columns.names.map((column) => `\`${column}\``).join(', ')}\n`);
    parts.push(block('Header', member.columns.header));
  }
  return parts.join('\n');
}

const PREFACE = `# Contract reference

Made from the declaration in \`shared/contract/\` by \`npx node build/docs/contract-page.ts\`; a test fails when it is out of date. \`maru contract --json\` prints the
same with full JSON Schemas. Unknown fields are refused everywhere. \`?\` marks a field that may be left out.
`;

const FRAMES = `## Frames

A frame is one JSON object and at most one byte payload. Over a socket: JSON text, or \`[u32 header length, little-endian][JSON][bytes]\` when bytes travel along. At most 8 MiB.

From the client:

- \`hello\`: \`protocol\`, \`token?\` (one-time, web), \`session?\` (secret of an earlier welcome), \`focused?\`
- \`call\`: \`id\`, \`method\`, \`input\`; bytes where the method takes them
- \`cancel\`: \`id\` of a call
- \`open\`: \`id\`, \`stream\`, \`input\`
- \`ack\`: \`id\`, \`batch\`: the batch has been rendered
- \`close\`: \`id\` of a stream
- \`focus\`: \`focused\`: whether the user is looking; streams then pause 16 ms between batches, else 250 ms

From the core:

- \`welcome\`: \`protocol\`, \`session?\`
- \`result\`: \`id\`, \`value\`; bytes for columns
- \`error\`: \`id\` of the call or opening it settles, or null when the frame itself was at fault; \`error\`
- \`item\`: \`id\`, \`batch\`, \`seq\` (number of the last item), \`snapshot\`, \`items\`
- \`end\`: \`id\`, \`error\` or null

\`hello\` comes first. Ids rise by one count over calls and streams. One batch per stream is under way until it is acked. An \`every\` stream numbers its items without gaps; a snapshot contains all up to its \`seq\`.
An error is \`{ code, family, messageKo, actionKo, retryAfterMs?, details?, traceId? }\`.
Columns: \`value\` is \`{ names, length, scale: 0, header }\`, the bytes are one Float64Array of whole numbers per name, back to back.
`;

/** The reference page as Markdown. */
export function contractPage(json: ContractDescription): string {
  const areas = Object.entries(json.areas).map(
    ([area, members]) =>
      `## ${area}\n\n${Object.entries(members)
        .map(([name, member]) => memberSection(`${area}.${name}`, member))
        .join('\n')}`,
  );
  return [PREFACE, `Protocol version ${json.protocol}.\n`, FRAMES, ...areas].join('\n');
}
