/** The contract as data, for `maru contract --json`, and as the reference page made from it. */
import { z } from 'zod';
import type { ContractDef, MethodDef, StreamDef } from './define.ts';

const JsonSchema = z.record(z.string(), z.unknown());

/** One method or stream. */
export const MemberDescription = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('method'),
    about: z.string(),
    /** false: runs to its end even when the caller goes away. */
    cancellable: z.boolean(),
    /** true: carries one byte payload besides its input. */
    bytes: z.boolean(),
    input: JsonSchema,
    /** Exactly one of the two is set: plain JSON, or a table of Float64Array columns with a header. */
    output: JsonSchema.nullable(),
    columns: z.strictObject({ names: z.array(z.string()), header: JsonSchema }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('stream'),
    about: z.string(),
    mode: z.enum(['latest', 'every']),
    keyed: z.boolean(),
    snapshot: z.boolean(),
    input: JsonSchema,
    item: JsonSchema,
  }),
]);
export type MemberDescription = z.infer<typeof MemberDescription>;

/** The whole contract. */
export const ContractDescription = z.strictObject({
  protocol: z.int().nonnegative(),
  areas: z.record(z.string(), z.record(z.string(), MemberDescription)),
});
export type ContractDescription = z.infer<typeof ContractDescription>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function describeMethod(def: MethodDef): MemberDescription {
  const { output } = def;
  const table = 'kind' in output ? output : null;
  return {
    kind: 'method',
    about: def.about,
    cancellable: def.cancellable,
    bytes: def.bytes,
    input: schemaOf(def.input, 'input'),
    output: table ? null : schemaOf(output as z.ZodType, 'output'),
    columns: table ? { names: [...table.names], header: schemaOf(table.header, 'output') } : null,
  };
}

function describeStream(def: StreamDef): MemberDescription {
  return {
    kind: 'stream',
    about: def.about,
    mode: def.mode,
    keyed: def.key !== undefined,
    snapshot: def.snapshot,
    input: schemaOf(def.input, 'input'),
    item: schemaOf(def.item, 'output'),
  };
}

/** The contract as JSON, each input and output as JSON Schema. */
export function contractJson(contract: ContractDef, protocol: number): ContractDescription {
  const areas = Object.fromEntries(
    Object.entries(contract).map(([name, members]) => [
      name,
      Object.fromEntries(
        Object.entries(members).map(([member, def]) => [
          member,
          def.kind === 'method' ? describeMethod(def) : describeStream(def),
        ]),
      ),
    ]),
  );
  return { protocol, areas };
}
