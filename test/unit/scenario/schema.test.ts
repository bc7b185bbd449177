/** The published schema of scenarios and its page: up to date, and of one mind with the reader. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import library from '#resources/scenarios/library.json' with { type: 'json' };
import { formatScenario, parseScenario, scenarioJsonSchema, validateScenario } from '#shared/scenario/index.ts';
import { pageText, schemaText } from '../../../build/docs/scenario-page.ts';

const file = (name: string): string => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const fits = new Ajv2020({ strict: false }).compile(scenarioJsonSchema());

describe('the published schema', () => {
  it('is what the reader says now (else run: npx node build/docs/scenario-page.ts)', () => {
    expect(file('resources/scenarios/scenario.schema.json')).toBe(schemaText());
    const page = file('docs/scenario.md');
    expect(page).toBe(pageText(page));
  });

  it('takes what the reader takes, and refuses what it refuses', () => {
    for (const { id, text } of library.scenarios) expect(fits(parse(text)), id).toBe(true);
    for (const change of [{ name: 3 }, { events: [{ kind: 'crash' }] }, { strange: 1 }]) {
      const value = { ...(parse(library.scenarios[0]?.text ?? '') as object), ...change };
      expect(fits(value), JSON.stringify(change)).toBe(false);
      expect(parseScenario(JSON.stringify(value))).toHaveProperty('problems');
    }
  });
});

describe('docs/scenario.md', () => {
  it('shows a scenario that makes sense', () => {
    const text = /```yaml\n([^]*?)```/.exec(file('docs/scenario.md'))?.[1] ?? '';
    const parsed = parseScenario(text);
    if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problems));
    expect(validateScenario(parsed.document, { text })).toEqual([]);
    expect(formatScenario(parsed.document)).toContain(
      '- { kind: freezeFeed, after: { event: fall, seconds: 600 }, seconds: 90 }',
    );
  });
});
