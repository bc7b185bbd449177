/** What fields a part of a scenario has, with their bounds and choices, read from the schema itself: forms follow it. */
import { scenarioJsonSchema } from './schema.ts';

/** A field of a part. */
export interface ScenarioField {
  readonly name: string;
  readonly kind: 'whole' | 'number' | 'text' | 'time' | 'issue' | 'name' | 'choice' | 'flag' | 'group';
  /** Bounds, in the field's own unit; null: none. */
  readonly min: number | null;
  readonly max: number | null;
  /** Most characters of a text; null: no bound. */
  readonly longest: number | null;
  readonly choices: readonly (string | number)[];
  /** May be left out. */
  readonly optional: boolean;
  /** May be null, which means without an end. */
  readonly nullable: boolean;
  /** What holds where it is left out; undefined: nothing. */
  readonly usual: unknown;
}

/** Parts whose fields can be asked for; those of several kinds by their kind. */
export type ScenarioPartName =
  'market' | 'accounts' | 'holdings' | 'actors' | 'orders' | 'events' | 'plays' | 'criteria' | 'labels';

type Node = Readonly<Record<string, unknown>>;

const node = (value: unknown): Node => (value ?? {}) as Node;
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as readonly Node[]) : []);
const propertiesOf = (of: Node): Node => node(of['properties']);
const itemsOf = (of: unknown): Node => node(node(of)['items']);

/** One of several shapes, by its kind; the shape itself where there is but one. */
function ofKind(shape: Node, kind: string | undefined): Node {
  const variants = [...nodes(shape['oneOf']), ...nodes(shape['anyOf'])];
  if (variants.length === 0) return shape;
  return variants.find((each) => node(propertiesOf(each)['kind'])['const'] === kind) ?? {};
}

/** Patterns of texts that are more than texts. */
const FORMS: readonly (readonly [starts: string, kind: ScenarioField['kind']])[] = [
  ['^[0-9A-Z]{6}$', 'issue'],
  ['^(?:[01]', 'time'],
  ['^[A-Za-z0-9]', 'name'],
];

function readField(name: string, given: Node, optional: boolean): ScenarioField {
  const all = [...nodes(given['anyOf']), ...nodes(given['oneOf'])];
  const plain = all.filter((each) => each['type'] !== 'null');
  const nullable = plain.length < all.length;
  const [only] = plain;
  const field = nullable && plain.length === 1 && only ? only : given;
  const options = [...nodes(field['anyOf']), ...nodes(field['oneOf'])];
  const constants = options.map((each) => each['const']).filter((each) => each !== undefined);
  const choices = (
    options.length > 0 && constants.length === options.length
      ? constants
      : options.length > 0
        ? options.flatMap((each) => (Array.isArray(each['enum']) ? (each['enum'] as unknown[]) : []))
        : ((field['enum'] as unknown[] | undefined) ?? [])
  ) as (string | number)[];
  const whole = choices.length > 0 && (options.length === 0 || options.every((each) => each['type'] !== 'object'));
  const base = {
    name,
    min: typeof field['minimum'] === 'number' ? field['minimum'] : numberOr(field['exclusiveMinimum']),
    max: numberOr(field['maximum']),
    longest: numberOr(field['maxLength']),
    choices,
    optional,
    nullable,
    usual: given['default'],
  };
  if (whole) return { ...base, kind: 'choice' };
  switch (field['type']) {
    case 'integer':
      return { ...base, kind: 'whole' };
    case 'number':
      return { ...base, kind: 'number' };
    case 'boolean':
      return { ...base, kind: 'flag' };
    case 'string': {
      const pattern = typeof field['pattern'] === 'string' ? field['pattern'] : '';
      return { ...base, kind: FORMS.find(([starts]) => pattern.startsWith(starts))?.[1] ?? 'text' };
    }
    default:
      return { ...base, kind: 'group' };
  }
}

const numberOr = (value: unknown): number | null => (typeof value === 'number' ? value : null);

let read: Node | null = null;

function shapeOf(part: ScenarioPartName, kind: string | undefined): Node {
  read ??= propertiesOf(scenarioJsonSchema());
  const root = read;
  switch (part) {
    case 'market':
      return ofKind(node(root['market']), kind);
    case 'holdings':
      return itemsOf(propertiesOf(itemsOf(root['accounts']))['holdings']);
    case 'orders':
      return itemsOf(propertiesOf(ofKind(itemsOf(root['actors']), 'orders'))['orders']);
    case 'accounts':
    case 'actors':
    case 'events':
    case 'plays':
    case 'criteria':
    case 'labels':
      return ofKind(itemsOf(root[part]), kind);
  }
}

/** Fields of a part in the order of the schema, `kind` left out. Empty: there is no such kind. */
export function scenarioFields(part: ScenarioPartName, kind?: string): readonly ScenarioField[] {
  const shape = shapeOf(part, kind);
  const required = new Set((shape['required'] as readonly string[] | undefined) ?? []);
  return Object.entries(propertiesOf(shape))
    .filter(([name]) => name !== 'kind')
    .map(([name, field]) => readField(name, node(field), !required.has(name)));
}
