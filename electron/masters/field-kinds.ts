/** What kind of value a field of a master file holds, told by its name as KIS gives it. */
import type { MasterField } from '#core/catalogue/index.ts';

/** code 코드 · text 글자 · choice 뜻이 정해진 코드 · flag Y/N · number 수 · date 날짜 · filler 빈칸 */
export type FieldKind = 'code' | 'text' | 'choice' | 'flag' | 'number' | 'date' | 'filler';

/** @source resources/kis/masters.json: the names of its fields */
const NUMBERS = new Set(
  `stck_sdpr frml_mrkt_deal_qty_unit ovtm_mrkt_deal_qty_unit marg_rate crdt_days prdy_vol stck_fcam lstn_stcn cpfn
   stac_month po_prc sale_account bsop_prfi op_prfi thtr_ntin roe prdy_avls_scal elw_ko_barrier acpr rmnn_dynu prdy_avls
   srfc_intrt rdmt_rate sDispDesz sCalcDesz sTickSz sTickVal sCtrtSz sDispDigit sMultiplier sStkPrc sIncTickPrc sIncTickSz
   zdiv base bnit anit`.split(/\s+/),
);
const DATES = /(?:_date|^stck_last_tr_month)$/;
const FLAGS = /(?:_yn\d*|YN|_able)$/;
const TEXTS = /isnm|name|knam|enam|exnm|SeriesKrNm/;
const FILLERS = /filler/i;

export function kindOf({ name, values }: MasterField): FieldKind {
  if (values !== undefined) return 'choice';
  if (FILLERS.test(name)) return 'filler';
  if (NUMBERS.has(name)) return 'number';
  if (DATES.test(name)) return 'date';
  if (FLAGS.test(name)) return 'flag';
  return TEXTS.test(name) ? 'text' : 'code';
}

const NUMBER = /^[+-]?\s*\d*(?:\.\d*)?$/;
/** A day, a month, or nothing but zeros. */
const DATE = /^(?:\d{8}|\d{6})$/;

/**
 * Whether a trimmed value can stand in a field of its kind; a blank always can. Choices and flags are not judged: the
 * exchange adds codes, and a new one is no broken row.
 */
export function fits(kind: FieldKind, value: string): boolean {
  if (value === '') return true;
  if (kind === 'number') return NUMBER.test(value);
  return kind === 'date' ? DATE.test(value) : true;
}

/** A field's number; null where the row has none. Digits behind a point are kept as they are written. */
export function numberOf(value: string | undefined): number | null {
  const text = (value ?? '').replace(/\s/g, '');
  if (!/\d/.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** The same where only a whole number is a value. */
export function wholeOf(value: string | undefined): number | null {
  const number = numberOf(value);
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

/** Y or N as such, 1 or 0 as well; null: the row says neither. */
export function flagOf(value: string | undefined): boolean | null {
  if (value === 'Y' || value === '1') return true;
  return value === 'N' || value === '0' ? false : null;
}

/** What a code of a field means; null where the layout does not say. `type` goes before codes that depend on it ("A0:GA"). */
export function meaningOf(field: MasterField, value: string, type?: string): string | null {
  const { values } = field;
  if (values === undefined || value === '') return null;
  return values[`${type ?? ''}:${value}`] ?? values[value] ?? values[value.replace(/^0+(?=.)/, '')] ?? null;
}
