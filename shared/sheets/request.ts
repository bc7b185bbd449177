/** The question behind a sheet: its inputs checked, and every field of the API filled. */
import { AppError } from '../errors/index.ts';
import { addDays, isSessionDate, type SessionDate } from '../time/index.ts';
import type { Input, Sheet, Source } from './define.ts';
import { quoteExchange } from './exchanges.ts';

/** What is known of a field of the question. */
export interface AskedField {
  readonly name: string;
  readonly required: boolean;
  readonly blank?: boolean;
  readonly default?: string;
  readonly example?: string;
  readonly values?: Readonly<Record<string, string>>;
}

export interface Asking {
  readonly fields: readonly AskedField[];
  /** Fields that paging fills after the first page. */
  readonly pageKeys: readonly string[];
  /** The user's id at the broker; null: the connection has none. */
  readonly htsId: string | null;
  /** What the inputs hold. */
  readonly values: Readonly<Record<string, string>>;
}

const bad = (where: string, why: string): AppError => new AppError('INPUT_INVALID', { where, why });

/** Bounds that bound nothing while they are blank, and what the broker fills by itself. @source KIS samples of rankings */
const MAY_BE_BLANK =
  /^(?:FID_(?:INPUT_PRICE|INPUT_VOL|INPUT_RMNN_DYNU|APLY_RANG_PRC)_\d|FID_(?:VOL_CNT|INPUT_OPTION_\d)|PRC\d|AUTH|CTS)$/i;
/** Signs that occur in codes of products and in words to look for. */
const TYPED_CODE = /^[0-9A-Za-z. /#@-]{1,20}$/;

/** What an input holds before anybody has said anything. */
export function startOf(input: Input, today: SessionDate): string {
  switch (input.kind) {
    case 'issue':
      return '';
    case 'choice':
      return input.choices[0]?.[0] ?? '';
    case 'day':
      return addDays(today, -input.back);
    case 'code':
    case 'text':
      return input.start;
  }
}

/** "KRX:005930", "A005930" or "005930" → "KRX:005930"; "NASD:AAPL" → "NAS:AAPL". Throws INPUT_INVALID. */
function issueText(text: string, market: 'krx' | 'overseas'): string {
  const typed = text.trim().toUpperCase();
  if (typed === '') throw bad('종목', '종목을 고르거나 종목코드를 적으세요.');
  const [before = '', after] = typed.split(':');
  if (market === 'krx') {
    const code = (after ?? before).replace(/^A(?=[0-9A-Z]{6}$)/, '');
    if ((after === undefined || before === 'KRX') && /^(?:[0-9A-Z]{6}|Q[0-9A-Z]{6})$/.test(code)) return `KRX:${code}`;
    throw bad('종목', `${typed}: 국내 종목이 아닙니다. 여섯 자리 종목코드를 적으세요.`);
  }
  const exchange = quoteExchange(before);
  if (after !== undefined && exchange !== null && /^[A-Z0-9./]{1,12}$/.test(after)) return `${exchange}:${after}`;
  throw bad('종목', `${typed}: 해외 종목이 아닙니다. "NAS:AAPL"이나 "HKS:00700"처럼 거래소와 종목을 적으세요.`);
}

/** The checked value of an input. Throws INPUT_INVALID. */
function checked(input: Input, text: string): string {
  switch (input.kind) {
    case 'issue':
      return issueText(text, input.market);
    case 'choice':
      if (input.choices.some(([value]) => value === text)) return text;
      throw bad(input.name[0], '목록에 있는 것을 고르세요.');
    case 'day':
      if (isSessionDate(text)) return text.replaceAll('-', '');
      throw bad(input.name[0], '"2026-11-26"처럼 날짜를 적으세요.');
    case 'code':
      if (TYPED_CODE.test(text.trim())) return text.trim().toUpperCase();
      throw bad(input.name[0], '영문과 숫자로 된 코드를 적으세요.');
    case 'text':
      if (text.length <= input.max) return text.trim();
      throw bad(input.name[0], `${input.max}자까지 적을 수 있습니다.`);
  }
}

/** The inputs of a sheet as they go into the question, those left out as they begin. Throws INPUT_INVALID. */
export function inputsOf(
  sheet: Sheet,
  values: Readonly<Record<string, string>>,
  today: SessionDate,
): Record<string, string> {
  const stray = Object.keys(values).find((id) => !sheet.inputs.some((input) => input.id === id));
  if (stray !== undefined) throw bad(stray, `"${sheet.title[0]}"에 그런 입력이 없습니다.`);
  const found = Object.fromEntries(
    sheet.inputs.map((input) => [input.id, checked(input, values[input.id] ?? startOf(input, today))]),
  );
  const { from, to } = found;
  if (from !== undefined && to !== undefined && from > to) throw bad('시작일', '종료일보다 앞선 날을 고르세요.');
  return found;
}

function sourced(source: Source, { values, htsId }: Asking): string {
  if (typeof source === 'string') return source;
  if ('own' in source) {
    if (htsId !== null) return htsId;
    throw bad('HTS ID', '이 연결에 HTS ID가 없습니다. 연결 설정에서 넣으세요.');
  }
  const value = values[source.of] ?? '';
  const [first = '', second = ''] = value.split(':');
  if (source.take === 'exchange') return first;
  if (source.part !== undefined) return source.part === 0 ? first : second;
  // The code of an issue goes without its exchange.
  return source.of === 'issue' ? second : value;
}

/** What a field holds that the sheet says nothing of; undefined: nothing is known, and it must not be left out. */
export function usualOf({ name, required, blank, default: usual, example, values }: AskedField): string | undefined {
  if (usual !== undefined) return usual;
  const codes = Object.keys(values ?? {});
  if (codes.length === 1) return codes[0];
  // The number of a screen is always the same.
  if (/SCR_DIV_CODE$/i.test(name) && example !== undefined) return example;
  return required && blank !== true && !MAY_BE_BLANK.test(name) ? undefined : '';
}

/** Every field of the question, by name. Throws INPUT_INVALID. */
export function questionOf(sheet: Sheet, asking: Asking): Record<string, string> {
  const keys = new Set(asking.pageKeys.map((key) => key.toUpperCase()));
  return Object.fromEntries(
    asking.fields.map((field) => {
      const source = sheet.params[field.name];
      const value = source === undefined ? undefined : sourced(source, asking);
      return [field.name, value ?? (keys.has(field.name.toUpperCase()) ? '' : (usualOf(field) ?? ''))];
    }),
  );
}
