/** One API as a form: its fields with what they begin with, and what it answers. */
import type { ChannelApi, KisApi, RequestField, ResponseField, RestApi } from '#core/catalogue/index.ts';
import type { ApiColumn, ApiDetail, ApiField } from '#shared/contract/index.ts';
import type { SessionDate } from '#shared/time/index.ts';

/** What the connection knows by itself. */
const FROM_CONNECTION = /^(CANO|ACNT_PRDT_CD|USER_ID)$/i;
/** Names of days that are asked for. */
const DAY = /(^|_)(DT|DATE)(_\d)?$|_DATE_\d$/i;

/** The field that stands for the whole body. */
const WHOLE_BODY = '*';

const isSelector = (key: string): boolean => key === key.toLowerCase();

function codesOf(values: Readonly<Record<string, string>> | undefined): { code: string; name: string }[] {
  return Object.entries(values ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Request fields that paging fills after the first page. */
function pageKeys(api: RestApi): readonly string[] {
  return api.paging === null || api.paging.kind === 'time' ? [] : api.paging.keys;
}

/** What a form begins with: the example of the catalogue, else what can only be sensible. */
function startOf(field: RequestField, today: SessionDate): string {
  if (field.name === WHOLE_BODY) return '{"PDNO":"005930","ORD_QTY":"1"}';
  const known = field.example ?? field.default;
  if (known !== undefined) return known;
  if (field.blank === true || !field.required) return '';
  // A code with a colon stands for a family of codes, and is none itself.
  const code = codesOf(field.values).find((each) => each.code !== '' && !each.code.includes(':'));
  if (code) return code.code;
  return DAY.test(field.name) ? today.replaceAll('-', '') : '';
}

function fieldOf(api: RestApi, field: RequestField, today: SessionDate): ApiField {
  const account = FROM_CONNECTION.test(field.name);
  const page = pageKeys(api).includes(field.name.toUpperCase());
  return {
    name: field.name,
    label: field.label,
    required: field.required,
    blank: field.blank ?? false,
    maxLen: field.maxLen ?? null,
    codes: codesOf(field.values),
    start: account || page ? '' : startOf(field, today),
    note: field.note ?? null,
    fill: account ? 'account' : page ? 'page' : 'user',
    sent: true,
  };
}

/** What the codes of the selectors stand for; the catalogue has no words for them. */
const SELECTORS: Readonly<
  Record<string, { readonly label: string; readonly names: Readonly<Record<string, string>> }>
> = {
  side: { label: '매도·매수', names: { buy: '매수', sell: '매도' } },
  session: { label: '주간·야간', names: { day: '주간', night: '야간' } },
  period: { label: '조회 기간', names: { within3Months: '3개월 이내', before3Months: '3개월 이전' } },
  market: { label: '시장', names: { us: '미국', asia: '아시아' } },
  action: { label: '정정·취소', names: { modify: '정정', cancel: '취소' } },
};
/** First choice where the order of the rules would give a rarer one. */
const USUAL: readonly string[] = ['within3Months', 'us', 'day', 'buy', 'cancel'];

function selectorsOf(api: KisApi): ApiField[] {
  const rules = api.trIdBy ?? [];
  const keys = [...new Set(rules.flatMap(({ when }) => Object.keys(when)))].filter(isSelector);
  return keys.map((name) => {
    const values = [...new Set(rules.flatMap(({ when }) => when[name] ?? []))];
    const words = SELECTORS[name];
    return {
      name,
      label: words?.label ?? name,
      required: true,
      blank: false,
      maxLen: null,
      codes: values.map((code) => ({ code, name: words?.names[code] ?? code })),
      start: USUAL.find((value) => values.includes(value)) ?? values[0] ?? '',
      note: null,
      fill: 'user',
      sent: false,
    };
  });
}

/** Names and labels of what is written in digits and is no figure: codes, numbers of orders, days and times. */
const NO_FIGURE =
  /(iscd|_cd|code|_yn|_no|odno|pdno|_dt|date|hour|time|_tmd|sign|cls|dvsn|symb|key|xymd|xhms|kymd|khms)$/i;
const NO_FIGURE_LABEL = /(일자|날짜|일시|시간|시각|코드|번호|구분|부호|여부|명|ID)\d*$/;

function columnOf({ name, label, numeric, values }: ResponseField): ApiColumn {
  const codes = codesOf(values);
  const text = codes.length > 0 || NO_FIGURE.test(name) || NO_FIGURE_LABEL.test(label);
  return { name, label, kind: numeric === true ? 'figure' : text ? 'text' : 'open', codes };
}

function channelOf(api: ChannelApi): NonNullable<ApiDetail['channel']> {
  return {
    keyLabel: api.key,
    keyStart: api.encrypted ? '' : (api.keyExample ?? /예: ([0-9A-Z]+)/.exec(api.key)?.[1] ?? ''),
    // Sealed channels are order notices, whose key is the user's HTS id.
    ownKey: api.encrypted,
    columns: api.columns.map(columnOf),
  };
}

function pagingOf(api: KisApi): ApiDetail['paging'] {
  if (api.kind === 'ws' || api.paging === null) return { kind: 'none', how: null };
  return { kind: api.paging.kind === 'time' ? 'time' : 'next', how: api.paging.how ?? null };
}

/** `today` fills days that the catalogue gives no example for. */
export function detailOf(api: KisApi, today: SessionDate): ApiDetail {
  const rest = api.kind === 'rest' ? api : null;
  return {
    id: api.id,
    fields: [...selectorsOf(api), ...(rest?.request ?? []).map((field) => fieldOf(rest as RestApi, field, today))],
    blocks: Object.entries(rest?.response ?? {}).map(([name, { kind, fields }]) => ({
      name,
      rows: kind === 'array',
      columns: fields.map(columnOf),
    })),
    channel: api.kind === 'ws' ? channelOf(api) : null,
    paging: pagingOf(api),
    trRules: (api.trIdBy ?? []).map(({ when, real, paper }) => ({
      when: Object.entries(when)
        .map(([key, value]) => `${key}=${typeof value === 'string' ? value : value.join('|')}`)
        .join(', '),
      real,
      paper,
    })),
    rateNote: rest?.rateNote ?? null,
    notes: [...(api.notes ?? [])],
    portalId: api.portalId ?? null,
    hts: api.hts ?? null,
  };
}

/** The form as it begins: every field a person would send, and the selectors. */
export function startParams(detail: ApiDetail): Record<string, string> {
  return Object.fromEntries(
    detail.fields.filter(({ fill }) => fill === 'user').map(({ name, start }) => [name, start]),
  );
}
