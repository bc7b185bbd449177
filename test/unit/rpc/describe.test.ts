/** The contract as data and as a page. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contract, PROTOCOL_VERSION } from '#shared/contract/index.ts';
import { ContractDescription, contractJson, contractPage } from '#shared/rpc/index.ts';
import { sampleContract } from '../../support/sample-contract.ts';

const json = contractJson(contract, PROTOCOL_VERSION);

/** Every object schema within, with its place. */
function objects(
  schema: unknown,
  place: string,
): { readonly place: string; readonly schema: Record<string, unknown> }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Record<string, unknown>;
  const inside = Object.entries(own).flatMap(([key, value]) => objects(value, `${place}.${key}`));
  return own['type'] === 'object' ? [{ place, schema: own }, ...inside] : inside;
}

describe('the description of the contract', () => {
  it('names every method and stream and is plain JSON', () => {
    const named = Object.entries(json.areas).map(([area, members]) => [area, Object.keys(members)]);
    expect(Object.fromEntries(named)).toEqual(
      Object.fromEntries(Object.entries(contract).map(([area, members]) => [area, Object.keys(members)])),
    );
    expect(ContractDescription.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
  });

  it('shows that every input refuses unknown keys', () => {
    const inputs = Object.entries(json.areas).flatMap(([area, members]) =>
      Object.entries(members).flatMap(([name, member]) => objects(member.input, `${area}.${name}`)),
    );
    expect(inputs.length).toBeGreaterThan(20);
    // A map with keys of its own has a schema for its values instead.
    expect(
      inputs.filter(
        ({ schema }) => schema['additionalProperties'] === undefined || schema['additionalProperties'] === true,
      ),
    ).toEqual([]);
  });

  it('tells columns, bytes, modes and what may not be canceled', () => {
    const { desk } = contractJson(sampleContract, 7).areas;
    expect(desk?.['table']).toMatchObject({ output: null, columns: { names: ['ts', 'close'] } });
    expect(desk?.['upload']).toMatchObject({ bytes: true, cancellable: true });
    expect(desk?.['submit']).toMatchObject({ cancellable: false });
    expect(desk?.['prices']).toMatchObject({ mode: 'latest', keyed: true, snapshot: false });
    expect(desk?.['state']).toMatchObject({ mode: 'every', keyed: false, snapshot: true });
  });
});

describe('docs/contract.md', () => {
  it('is what the contract says now (else run: npx node build/docs/contract-page.ts)', () => {
    const committed = readFileSync(new URL('../../../docs/contract.md', import.meta.url), 'utf8');
    expect(committed).toBe(contractPage(json));
  });
});
