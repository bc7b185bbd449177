/** Columns on the wire: a small JSON value and one payload holding the Float64Arrays back to back. */
import { z } from 'zod';
import { AppError, assert } from '../errors/index.ts';
import type { Columns, ColumnsDef } from './define.ts';

/** Decimal places dropped from every value; 0: whole units. Travels so that a later change cannot be misread. */
const SCALE = 0;
const DOUBLE_BYTES = 8;

const WireColumns = z.strictObject({
  names: z.array(z.string()),
  length: z.int().nonnegative(),
  scale: z.literal(SCALE),
  header: z.unknown(),
});

/** A table ready for a frame. The payload is in the machine's byte order, little-endian on every machine supported. */
export interface PackedColumns {
  readonly value: z.infer<typeof WireColumns>;
  readonly bytes: Uint8Array;
}

function checkExact(column: Float64Array, name: string): void {
  for (let row = 0; row < column.length; row += 1) {
    if (!Number.isSafeInteger(column[row])) {
      throw new AppError('INTERNAL_BUG', { what: `column ${name} row ${row}: ${column[row]}` });
    }
  }
}

/** Checks a table against its declaration and packs it; a table that does not fit is a bug of the handler. */
export function packColumns(def: ColumnsDef, table: Columns): PackedColumns {
  const header = def.header.safeParse(table.header);
  assert(header.success, 'column header');
  const payload = new Float64Array(def.names.length * table.length);
  for (const [place, name] of def.names.entries()) {
    const column = table.columns[name];
    assert(column instanceof Float64Array && column.length === table.length, `column ${name}`);
    checkExact(column, name);
    payload.set(column, place * table.length);
  }
  return {
    value: { names: [...def.names], length: table.length, scale: SCALE, header: header.data },
    bytes: new Uint8Array(payload.buffer),
  };
}

/** Reads a table; throws FRAME_MALFORMED when names, lengths, scale or header are not as declared. */
export function readColumns<Names extends readonly string[], Header extends z.ZodType>(
  def: ColumnsDef<Names, Header>,
  value: unknown,
  bytes: Uint8Array | null,
): Columns<Names[number], z.output<Header>> {
  const wire = WireColumns.safeParse(value);
  if (!wire.success) throw new AppError('FRAME_MALFORMED', { why: '열의 머리글이 맞지 않습니다.' });
  const { names, length } = wire.data;
  const header = def.header.safeParse(wire.data.header);
  const payload = bytes ?? new Uint8Array(0);
  const asDeclared =
    header.success &&
    names.length === def.names.length &&
    def.names.every((name, place) => name === names[place]) &&
    payload.byteLength === names.length * length * DOUBLE_BYTES;
  if (!asDeclared) throw new AppError('FRAME_MALFORMED', { why: '열의 이름이나 길이가 맞지 않습니다.' });
  // Doubles can be read in place only from an aligned position.
  const aligned = payload.byteOffset % DOUBLE_BYTES === 0 ? payload : payload.slice();
  const columns = Object.fromEntries(
    def.names.map((name, place) => [
      name,
      new Float64Array(aligned.buffer, aligned.byteOffset + place * length * DOUBLE_BYTES, length),
    ]),
  ) as Record<Names[number], Float64Array>;
  return { header: header.data, length, columns };
}
