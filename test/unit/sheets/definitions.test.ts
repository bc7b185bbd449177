/** Every sheet against the catalogue of the broker: its API, the fields of its question, the fields of its answer. */
import { describe, expect, it } from 'vitest';
import { kisCatalogue } from '#core/catalogue/index.ts';
import { SHEET_GROUPS } from '#shared/domain/index.ts';
import { columnsOf, inputsOf, questionOf, SHEETS, usualOf, type Block, type Sheet } from '#shared/sheets/index.ts';
import { sessionDate } from '#shared/time/index.ts';

const TODAY = sessionDate('2026-11-26');

/** Names of fields that a column of a block reads. */
function fieldsOf(block: Block, field: string): readonly string[] {
  const { unroll } = block;
  if (unroll === undefined) return [field];
  const items =
    typeof unroll === 'number' ? Array.from({ length: unroll }, (_, n) => String(n + 1)) : unroll.map(([item]) => item);
  return items.map((item) => field.replaceAll('#', item));
}

function valuesOf(sheet: Sheet): Record<string, string> {
  const issue = sheet.inputs.find((input) => input.kind === 'issue');
  return issue?.kind === 'issue' ? { issue: issue.market === 'krx' ? 'KRX:005930' : 'NASD:AAPL' } : {};
}

describe('sheets', () => {
  it('are many, each with a name of its own, in every group', () => {
    expect(SHEETS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(SHEETS.map(({ id }) => id)).size).toBe(SHEETS.length);
    expect(new Set(SHEETS.map(({ title }) => title[0])).size).toBe(SHEETS.length);
    expect(new Set(SHEETS.map(({ group }) => group))).toEqual(new Set(SHEET_GROUPS));
  });

  it.each(SHEETS.map((sheet) => [sheet.id, sheet] as const))('%s asks what the catalogue knows', (_, sheet) => {
    const api = kisCatalogue().rest(sheet.api);
    expect(api.method).toBe('GET');
    const names = api.request.map(({ name }) => name);
    for (const name of Object.keys(sheet.params)) expect(names).toContain(name);
    const pageKeys = api.paging?.kind === 'time' ? [] : (api.paging?.keys ?? []);
    for (const field of api.request) {
      if (sheet.params[field.name] !== undefined || pageKeys.includes(field.name.toUpperCase())) continue;
      expect(usualOf(field), `${sheet.id} leaves out ${field.name}`).toBeDefined();
    }
    const values = inputsOf(sheet, valuesOf(sheet), TODAY);
    const question = questionOf(sheet, { fields: api.request, pageKeys, htsId: 'user01', values });
    expect(Object.keys(question)).toEqual(names);
    for (const field of api.request) {
      const given = question[field.name] ?? '';
      const source = sheet.params[field.name];
      const codes = Object.keys(field.values ?? {}).map((code) => code.split(':').at(-1));
      const free = source === undefined || typeof source !== 'string' || given === '';
      if (field.maxLen !== undefined) expect(given.length, `${field.name}=${given}`).toBeLessThanOrEqual(field.maxLen);
      if (!free && codes.length > 1 && !/TRGT/i.test(field.name)) expect(codes, field.name).toContain(given);
    }
  });

  it.each(SHEETS.map((sheet) => [sheet.id, sheet] as const))('%s offers codes that the catalogue knows', (_, sheet) => {
    const api = kisCatalogue().rest(sheet.api);
    for (const field of api.request) {
      const source = sheet.params[field.name];
      if (typeof source !== 'object' || !('of' in source)) continue;
      const input = sheet.inputs.find(({ id }) => id === source.of);
      expect(input, `${sheet.id} has no input ${source.of}`).toBeDefined();
      const codes = Object.keys(field.values ?? {}).map((code) => code.split(':').at(-1));
      if (input?.kind !== 'choice' || codes.length === 0) continue;
      for (const [value] of input.choices) {
        const part = source.part === undefined ? value : value.split(':')[source.part];
        if (part !== '') expect(codes, `${field.name} ${part}`).toContain(part);
      }
    }
    for (const { id } of sheet.inputs) {
      const used = Object.values(sheet.params).some(
        (source) => typeof source === 'object' && 'of' in source && source.of === id,
      );
      expect(used, `${sheet.id} asks for ${id} and does not send it`).toBe(true);
    }
  });

  it.each(SHEETS.map((sheet) => [sheet.id, sheet] as const))('%s shows fields that the catalogue knows', (_, sheet) => {
    const api = kisCatalogue().rest(sheet.api);
    for (const block of sheet.blocks) {
      const known = api.response[block.block];
      expect(known, `${sheet.id} reads ${block.block}`).toBeDefined();
      const fields = known?.fields.map(({ name }) => name.toLowerCase()) ?? [];
      for (const [field, kind, ko, en, more] of block.columns) {
        for (const name of fieldsOf(block, field)) expect(fields).toContain(name.toLowerCase());
        for (const other of [more?.sign, more?.exchange]) if (other !== undefined) expect(fields).toContain(other);
        expect(ko.length).toBeGreaterThan(0);
        expect(en.length).toBeGreaterThan(0);
        if (more?.unit !== undefined) expect(kind).toBe('won');
      }
      const ids = block.columns.map(([field]) => field);
      expect(new Set(ids).size, `${sheet.id} shows a field twice`).toBe(ids.length);
      if (block.chart) {
        const drawn = columnsOf(block).map(([field]) => field);
        for (const field of [block.chart.x, ...block.chart.ys]) expect(drawn).toContain(field);
      }
      if (block.heads) expect(api.response[block.heads.block]).toBeDefined();
    }
  });

  it('open sheets that there are, with inputs that they have', () => {
    for (const { opens, blocks } of SHEETS) {
      if (!opens) continue;
      const other = SHEETS.find(({ id }) => id === opens.sheet);
      expect(other, opens.sheet).toBeDefined();
      for (const [input, field] of Object.entries(opens.from)) {
        expect(other?.inputs.map(({ id }) => id)).toContain(input);
        expect(blocks.flatMap(({ columns }) => columns.map(([name]) => name))).toContain(field);
      }
    }
  });
});
