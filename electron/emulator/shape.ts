/** Gives answers and records the form of the catalogue: every field, in order, as text. */
import type { ChannelApi, ResponseField, RestApi } from '../catalogue/index.ts';

/** A record of an answer; numbers are written as text. */
export type Row = Readonly<Record<string, string | number>>;

const COUNTED =
  /(qty|amt|prc|pric|prpr|unpr|rate|_rt|vol|pbmn|vrss|ctrt|rsqn|icdc|chgs|prvs|smtl|smtn|askp|bidp|csnu|cnqn|cnpr|hgpr|lwpr|oprc|clpr|mxpr|llam|sdpr|nmix|_cnt|cpfn|cpta|papr|fcam|sspr|_fee|_tax|sbst|mgna|wcrc|per|pbr|eps|bps|tnrt|avls|stcn|val)/i;
const OF_TIME = /(_date|_dt|_hour|_tmd|_time|_name|_isnm|_cnnm|_code|_cd)\d*$/i;

/** What stands in a field that nobody filled: 0 for a number, N for a yes or no, nothing for a text. */
export function blankOf({ name, numeric }: ResponseField): string {
  if (/_yn$/i.test(name)) return 'N';
  if (/_hour$/i.test(name) && numeric !== true) return '000000';
  if (numeric === true) return '0';
  if (OF_TIME.test(name)) return '';
  return COUNTED.test(name) ? '0' : '';
}

/**
 * A row in the form of a block: its fields and no others. A row that shares no name with the block, as where the samples
 * write capitals and the catalogue does not, goes as it is.
 */
export function shaped(fields: readonly ResponseField[], row: Row): Record<string, string> {
  const names = Object.keys(row);
  const known = names.length === 0 || fields.some(({ name }) => name in row);
  if (!known) return Object.fromEntries(names.map((name) => [name, String(row[name])]));
  return Object.fromEntries(
    fields.map((field) => {
      const value = row[field.name];
      return [field.name, value === undefined ? blankOf(field) : String(value)];
    }),
  );
}

/** All blocks of an answer in the form of its API. */
export function shapedBlocks(
  api: RestApi,
  blocks: Readonly<Record<string, Row | readonly Row[]>>,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, block] of Object.entries(blocks)) {
    const fields = api.response[name]?.fields ?? [];
    const rows = block;
    out[name] = Array.isArray(rows) ? rows.map((row: Row) => shaped(fields, row)) : shaped(fields, rows as Row);
  }
  return out;
}

/** A record of a channel as it travels: all columns in order, joined. */
export function recordOf(channel: ChannelApi, row: Row): string {
  return channel.columns
    .map((column) => {
      const value = row[column.name];
      return value === undefined ? blankOf(column) : String(value);
    })
    .join('^');
}
