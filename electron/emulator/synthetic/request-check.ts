/** What KIS refuses in the fields of a call before it looks at anything: missing ones, too long ones, unknown markets. */
import type { RequestField, RestApi } from '../../catalogue/index.ts';
import { missing, query } from '../refusals.ts';
import { plainValues } from './field-kind.ts';

/** Fields that cannot be left empty anywhere. */
const NEVER_EMPTY = /^(CANO|ACNT_PRDT_CD|FID_COND_MRKT_DIV_CODE|EXCD|SYMB|SRS_CD)$/i;

/** Longest value of a field: its stated length, unless its own example or values are longer. */
function longest({ maxLen, example, values }: RequestField): number | null {
  if (maxLen === undefined) return null;
  return Math.max(maxLen, example?.length ?? 0, ...Object.keys(values ?? {}).map((key) => key.length));
}

/** Throws Refused where KIS would not take the fields. `value` gives null for a field that was not sent. */
export function checkRequest(api: RestApi, value: (name: string) => string | null): void {
  for (const field of api.request) {
    if (field.name === '*') continue;
    const sent = value(field.name);
    if (sent === null) {
      if (field.required) throw missing(field.name);
      continue;
    }
    if (sent === '' && field.required && field.blank !== true && NEVER_EMPTY.test(field.name))
      throw missing(field.name);
    const most = longest(field);
    if (most !== null && sent.trimEnd().length > most) throw query('OPSQ2002', field.name);
    if (/^FID_COND_MRKT_DIV_CODE/i.test(field.name) && sent !== '') {
      const known = plainValues(field);
      if (known.length > 0 && !known.includes(sent)) throw query('OPSQ2001');
    }
  }
}
