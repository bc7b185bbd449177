/** What the master files of Korean futures and options say of a row: its kind, and the name a Korean reader knows it by. */
import { codeOf, derivativeId, type DerivativeFamily, type InstrumentId } from '#shared/domain/index.ts';
import { derivativeTerms, readDerivativeCode } from '#shared/market/index.ts';

/** The files, by what their rows are on. */
export const DERIVATIVE_FILES = {
  index: 'fo_idx_code_mts.mst',
  stock: 'fo_stk_code_mts.mst',
  commodity: 'fo_com_code.mst',
} as const satisfies Readonly<Record<DerivativeFamily, string>>;

const KIND_WORDS = { future: '선물', call: '콜', put: '풋' } as const;
const KIND_LETTERS = { F: 'future', C: 'call', P: 'put' } as const;
/** What stands before the kind, the kind, what stands behind it. @source sample "미니F 202610", "C 202610   745.0" */
const NAME = /^(.*?)([FCP]) (\d.*)$/;

/** The id of a row of these files; null for a spread, a chain of contracts, or another file. */
export function derivativeIdOf(file: string, code: string): InstrumentId | null {
  const family = (Object.keys(DERIVATIVE_FILES) as DerivativeFamily[]).find((each) => DERIVATIVE_FILES[each] === file);
  return family === undefined || readDerivativeCode(code) === null ? null : derivativeId(family, code);
}

/**
 * "C 202610   745.0" on the KOSPI 200 is "코스피200 콜 202610 745.0", so that what it is on can be typed; a name of another
 * shape stays as the file has it.
 */
export function derivativeName(id: InstrumentId, { name, on }: { readonly name: string; readonly on: string }): string {
  const plain = name.replace(/\s+/g, ' ').replace(/\( +/g, '(').trim();
  const kind = readDerivativeCode(codeOf(id))?.kind;
  const [, before = '', letter = '', behind = ''] = NAME.exec(plain) ?? [];
  if (kind === undefined || KIND_LETTERS[letter as keyof typeof KIND_LETTERS] !== kind) return plain;
  const what = derivativeTerms(id)?.nameKo ?? (before.trim() || on.trim());
  return what === '' ? plain : `${what} ${KIND_WORDS[kind]} ${behind}`;
}
