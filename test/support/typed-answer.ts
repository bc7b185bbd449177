/** Holds answers against the catalogue: every field there, every value of its type. */
import type { ChannelRecord, KisAnswer } from '#core/broker/kis/index.ts';
import type { ChannelApi, ResponseField, RestApi } from '#core/catalogue/index.ts';

/** What is wrong, and how much was looked at. */
export interface Looked {
  readonly faults: readonly string[];
  readonly values: number;
  readonly rows: number;
}

function wrong(field: ResponseField, value: string | undefined, synthetic: boolean): string | null {
  if (value === undefined) return 'is not there';
  // What the market answers may leave a field empty; what is made up never does.
  if (value.trim() === '') return synthetic && field.name.toLowerCase() !== 'index_key' ? 'is empty' : null;
  if (field.numeric === true && !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) return `is no number: ${value}`;
  const codes = Object.keys(field.values ?? {});
  const plain = codes.length > 0 && codes.every((code) => /^[0-9A-Z]{1,4}$/.test(code));
  if (synthetic && plain && field.numeric !== true && /_(cd|code|yn|cls)$/i.test(field.name) && !codes.includes(value))
    return `is none of its codes: ${value}`;
  if (/_(dt|date)$/i.test(field.name) && synthetic && /일자$/.test(field.label) && !/^\d{8}$/.test(value))
    return `is no date: ${value}`;
  return null;
}

/** A field whatever the case of its name: the broker writes some of them in capitals. */
function valueOf(row: Readonly<Record<string, string>>, name: string): string | undefined {
  if (row[name] !== undefined) return row[name];
  const written = Object.keys(row).find((each) => each.toLowerCase() === name.toLowerCase());
  return written === undefined ? undefined : row[written];
}

/** The pages of an answer: every block, every field of every row. */
export function answerFaults(api: RestApi, pages: readonly KisAnswer[]): Looked {
  const faults: string[] = [];
  let values = 0;
  let rows = 0;
  for (const answer of pages) {
    for (const [name, block] of Object.entries(api.response)) {
      const said = answer.blocks[name];
      if (said === undefined) {
        faults.push(`${api.id}: no ${name}`);
        continue;
      }
      if (Array.isArray(said) !== (block.kind === 'array')) faults.push(`${api.id}: ${name} has the wrong shape`);
      for (const row of [said].flat() as readonly Readonly<Record<string, string>>[]) {
        rows += 1;
        for (const field of block.fields) {
          values += 1;
          const fault = wrong(field, valueOf(row, field.name), answer.synthetic === true);
          if (fault !== null) faults.push(`${api.id}.${name}.${field.name} ${fault}`);
        }
      }
    }
  }
  return { faults, values, rows };
}

/** The records of a channel: figures are figures, and no column is missing. */
export function recordFaults(api: ChannelApi, records: readonly ChannelRecord[]): Looked {
  const faults: string[] = [];
  let values = 0;
  for (const record of records) {
    for (const [place, { name, numeric }] of api.columns.entries()) {
      values += 1;
      const value = record[name];
      // The first column is the key, whatever it is called.
      const kind = numeric === true && place > 0 ? 'number' : 'string';
      if (value !== undefined && typeof value !== kind) faults.push(`${api.id}.${name} is a ${typeof value}`);
      if (value === undefined && kind === 'string') faults.push(`${api.id}.${name} is not there`);
    }
  }
  return { faults: [...new Set(faults)], values, rows: records.length };
}
