/** Cuts one record of a master file into its fields, by bytes or by its delimiter, and judges each. */
import iconv from 'iconv-lite';
import type { MasterLayout } from '#core/catalogue/index.ts';
import type { ErrorCode, ErrorParams } from '#shared/errors/index.ts';
import { fits, kindOf, type FieldKind } from './field-kinds.ts';

/** Why a record is left out; `field` is the label of the one that does not fit, for the sentence about drifted columns. */
export interface RecordFault {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly field: string;
}

/** Trimmed values in the order of the layout's fields; '' where the record has none. */
export type RecordValues = readonly string[];

export type ReadRecord = (record: Buffer) => RecordValues | RecordFault;

export function isFault(read: RecordValues | RecordFault): read is RecordFault {
  return 'code' in read;
}

/** A letter that a cut through its two bytes leaves behind. */
const BROKEN = '\uFFFD';
/** Codes by which a symbol is named: no blanks inside, except in the wide fields of overseas options ("OESZ6 C5500"). */
const CODE = /^[!-~]+$/;
const WIDE_CODE = /^[!-~]+(?: +[!-~]+)*$/;
const WIDE_BYTES = 32;
const SHOWN_LETTERS = 40;
const WHOLE_LINE = '줄 전체';

function isAscii(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false;
  return true;
}

/** The text of a field. Nearly all are plain digits and letters, which need no table. */
function textOf(bytes: Buffer): string {
  return (isAscii(bytes) ? bytes.toString('latin1') : iconv.decode(bytes, 'cp949')).trim();
}

interface Judged {
  readonly label: string;
  readonly kind: FieldKind;
  /** What the value must be where it names the symbol; null: it does not. */
  readonly code: RegExp | null;
  /** The symbol has no name without it; a standard code may be missing. */
  readonly needed: boolean;
}

function judgedFields({ fields, keys }: MasterLayout): readonly Judged[] {
  const named = new Set([keys['code'], keys['standard'], keys['member']]);
  return fields.map(({ name, label, width = 0, values }) => ({
    label,
    kind: kindOf({ name, label, ...(values ? { values } : {}) }),
    code: named.has(name) ? (width >= WIDE_BYTES ? WIDE_CODE : CODE) : null,
    needed: name === keys['code'] || name === keys['member'],
  }));
}

function judge({ label, kind, code, needed }: Judged, value: string): RecordFault | null {
  if (value.includes(BROKEN)) return { code: 'MASTER_ROW_LETTERS', params: { field: label }, field: label };
  const fine = value === '' ? !needed : code === null ? fits(kind, value) : code.test(value);
  if (fine) return null;
  return { code: 'MASTER_ROW_VALUE', params: { field: label, value: value.slice(0, SHOWN_LETTERS) }, field: label };
}

function judgeAll(fields: readonly Judged[], values: string[]): RecordValues | RecordFault {
  for (const [at, field] of fields.entries()) {
    const fault = judge(field, values[at] ?? '');
    if (fault) return fault;
  }
  return values;
}

/** Lengths at which a record may end: the whole one, and those after a field that may be the last. */
function endings({ fields, endsAfter = [] }: MasterLayout): readonly number[] {
  let sum = 0;
  const ends: number[] = [];
  for (const { name, width = 0 } of fields) {
    sum += width;
    if (endsAfter.includes(name)) ends.push(sum);
  }
  return [sum, ...ends];
}

function fixedReader(layout: MasterLayout): ReadRecord {
  const { fields, elastic } = layout;
  const judged = judgedFields(layout);
  const widths = fields.map(({ width = 0 }) => width);
  const ends = endings(layout);
  const [whole = 0] = ends;
  const stretched = elastic === undefined ? -1 : fields.findIndex(({ name }) => name === elastic);
  const least = whole - (widths[stretched] ?? 0);
  return (record) => {
    const { length } = record;
    const fitting = stretched < 0 ? ends.includes(length) : length > least;
    if (!fitting) return { code: 'MASTER_ROW_LENGTH', params: { found: length, wanted: whole }, field: WHOLE_LINE };
    const values: string[] = [];
    let at = 0;
    for (const [place, width] of widths.entries()) {
      const wide = place === stretched ? width + length - whole : width;
      values.push(textOf(record.subarray(at, at + wide)));
      at += wide;
    }
    return judgeAll(judged, values);
  };
}

function delimitedReader(layout: MasterLayout): ReadRecord {
  const judged = judgedFields(layout);
  const { delimiter = '|', fields } = layout;
  return (record) => {
    const texts = (isAscii(record) ? record.toString('latin1') : iconv.decode(record, 'cp949')).split(delimiter);
    if (texts.length === fields.length + 1 && texts.at(-1)?.trim() === '') texts.pop();
    if (texts.length !== fields.length)
      return {
        code: 'MASTER_ROW_FIELDS',
        params: { found: texts.length, wanted: fields.length },
        field: WHOLE_LINE,
      };
    return judgeAll(
      judged,
      texts.map((text) => text.trim()),
    );
  };
}

/** The reader of a layout's records; a record comes without its line end. */
export function recordReader(layout: MasterLayout): ReadRecord {
  return layout.format === 'fixed' ? fixedReader(layout) : delimitedReader(layout);
}
