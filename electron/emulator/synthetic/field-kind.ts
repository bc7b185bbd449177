/** What a field holds, told from its name and its Korean label: the catalogue says "number" only where a source does. */
import type { ResponseField } from '../../catalogue/index.ts';

/**
 * code one of its values · flag Y or N · sign 1…5 · date 8 digits · month 6 digits · time 6 digits · moment 14 digits ·
 * issue an issue's code · issueName · englishName · member a broker's name · person · words other Korean text · digits an
 * id of digits · currency · exchange · key the real-time key · places decimal places · count rows of the answer ·
 * last/change/percent/open/high/low/base/upper/lower/ask/bid/price prices · quantity · amount · rate · number any other
 * number · text nothing known
 */
export type FieldKind =
  | 'code'
  | 'flag'
  | 'sign'
  | 'date'
  | 'month'
  | 'time'
  | 'moment'
  | 'issue'
  | 'issueName'
  | 'englishName'
  | 'member'
  | 'person'
  | 'words'
  | 'digits'
  | 'currency'
  | 'exchange'
  | 'key'
  | 'places'
  | 'count'
  | 'last'
  | 'change'
  | 'percent'
  | 'open'
  | 'high'
  | 'low'
  | 'base'
  | 'upper'
  | 'lower'
  | 'ask'
  | 'bid'
  | 'price'
  | 'quantity'
  | 'amount'
  | 'rate'
  | 'number'
  | 'text';

interface Rule {
  readonly kind: FieldKind;
  readonly name?: RegExp;
  readonly label?: RegExp;
}

/** The first that fits by its name or its label decides. Labels are read without blanks. */
const RULES: readonly Rule[] = [
  { kind: 'flag', name: /yn(_?\d+)?$/, label: /여부\d*$|유무$/ },
  { kind: 'sign', name: /sign\d*$|^prev_diff_flag$|_flag$/, label: /부호\d*$|기호\d*$|대비구분$/ },
  { kind: 'places', name: /^zdiv$|^disp_digit$/, label: /자리수$|시진법$/ },
  { kind: 'count', name: /^nrec$|ret_cnt$|last_n_cnt$/, label: /^record ?count$|레코드수$/i },
  { kind: 'key', name: /^rsym$/, label: /실시간조회(심볼|종목)|조회심볼/ },
  { kind: 'moment', name: /dtime\d*$/, label: /일시\d*$|상세일시/ },
  { kind: 'month', name: /_yymm$|^stac_month$/, label: /년월\d*$|결산월$/ },
  {
    kind: 'time',
    name: /(_hour|_tmd|_time|^data_time|hms|_btwn|dtmd|stim|etim|sktm|ektm)\d*$/,
    label: /(시간|시각)\d*$/,
  },
  {
    kind: 'date',
    name: /(_date|_dt|ymd|^date|^exdt|sbsnsdate|sttldt)_?\d*$|^dt$/,
    label:
      /(일자|영업일|만기일|상장일|등록일|지급일|거래일|정산일|기준일|기준일자|식별일|주총일|발행일|[가-힣]+일)\d*$/,
  },
  { kind: 'englishName', name: /eng_(abrv_)?name|^enam$|_eng_isnm/, label: /영문/ },
  { kind: 'member', name: /mbcr_name\d*$|^mbcr_nm/, label: /회원사명\d*$|증권사명$|회원사$/ },
  { kind: 'person', name: /acnt_name$|csac_name$/, label: /계좌명$|고객명$/ },
  {
    kind: 'issueName',
    name: /isnm\d*$|prdt_(abrv_)?name\d*$|item_(kor_)?n(a)?me?$|^knam$|^name$|bond_item_name$/,
    label: /(종목명|상품명|약어명|한글명|회사명)\d*$/,
  },
  { kind: 'currency', name: /crcy(_cd)?\d*$|^crc_cd$|^curr$/, label: /통화코드\d*$|^통화$|거래통화$/ },
  { kind: 'digits', name: /orgno$/ },
  { kind: 'words', name: /_wday$/, label: /요일$/ },
  { kind: 'exchange', name: /^excd$|excg_cd$|exch_c(o)?d(e)?$/, label: /거래소코드$/ },
  {
    kind: 'issue',
    name: /^(shtn_|ovrs_|std_|rght_stck_std_)?pdno\d*$|iscd\d*$|^symb$|^sht_cd$|^series_?cd$|srs_cd$|^shcode$|^code$/,
    label: /(종목코드|상품번호|종목번호|단축코드|심볼)\d*$/,
  },
  {
    kind: 'digits',
    name: /odno\d*$|^cano$|acnt_no$|^acno|_no\d*$|_brno$|orgno$|_sqno$|srno$|stfno$|seqn$|_seq$|^cust_id$/,
    label: /(주문번호|계좌번호|지점번호|조직번호|일련번호|회원사번호|회원사코드|접수번호|고객ID|번호)\d*$/,
  },
  { kind: 'percent', name: /prdy_ctrt$|^rate$|prev_diff_rate$|^fltt_rt$/, label: /전일대비[율률]$/ },
  {
    kind: 'rate',
    label:
      /(율|률|비율|비중|증감율|괴리도|강도|변동성|이격도|접근도|패리티|기어링|%\)|환율|가중치|배수|레버리지값?|지지점)\d*$/,
  },
  {
    kind: 'rate',
    name: /(_rt|_rate|_ctrt|rlim|vltl|_rat|tnrt|exrt)\d*$|^(rate|tpow|vpow|cttr|delta|gama|theta|vega|rho|per|pbr|perx|pbrx|gear|prit)$/,
  },
  { kind: 'rate', label: /^(델타|감마|세타|베가|로우|PER|PBR|EV.?EBITDA|베이시스|.*베이시스)$|델타값$|이자율|수익율/ },
  { kind: 'words', name: /_name\d*$|_nm$|_text$|cntt$|_rson$/, label: /(명|내용|사유|제목|의견|메모|정보)\d*$/ },
  {
    kind: 'code',
    label: /(코드|구분|구분코드|종류|유형|분류|조건|상태|단계|등급|성격)\d*$/,
    name: /(_cd|_code|_dvsn|_cls|_kind\d*|_tp)\d*$/,
  },
  {
    kind: 'quantity',
    label:
      /(수량|잔량|총잔량|거래량|체결량|보유량|미결제약정|건수|주수|주식수|주식|좌수|일수|횟수|개수|개월수|종목수|종개수|증권수|약정수|순위|인원|계약수|총수|체결건수|호가건수|증감|매도|매수|순매수)\d*$/,
  },
  {
    kind: 'quantity',
    name: /(_qty\d*|_vol|_rsqn|_csnu|_cnqn|_stcn|_cnt|_stqt|_rcnt|rank|_dynu|qntt|^vol|^tvol|^evol|^cvol|vbid|vask|bvol|avol)\d*$/,
  },
  {
    kind: 'amount',
    label:
      /(금액|대금|총액|합계|예수금|증거금|수수료|세금|제세금|제비용|차금|자산|자산총액|손익|자본금|대용|이자|미수|현금|원금|매출|이익|가총액|시가총액|잔고|부채|원화|외화|대출|융자|차입|예탁|평가액|[가-힣]액)\d*$/,
  },
  {
    kind: 'amount',
    name: /(_amt|_pbmn|_chgs|_tax|_fee|_pfls|_smtl|avls|_dpast|_mgna|_tota|_ulst|tamt|eamt|cash|_sbst)\d*$/,
  },
  {
    kind: 'change',
    name: /^(stck_|bstp_nmix_)?prdy_vrss$|^diff$|prev_diff_price$/,
    label: /^(전일)?대비\d*$|전일대비\d*$|대비\d*$|대비가격$/,
  },
  { kind: 'upper', name: /mxpr$|^uplm$/, label: /상한가$/ },
  { kind: 'lower', name: /llam$|^dnlm$/, label: /하한가$/ },
  { kind: 'ask', name: /askp(rice)?\d*$|^pask\d*$/, label: /매도호가\d*$/ },
  { kind: 'bid', name: /bidp(rice)?\d*$|^pbid\d*$/, label: /매수호가\d*$/ },
  { kind: 'base', name: /sdpr$|prdy_clpr$|^base$|^pbase$/, label: /기준가\d*$|전일종가\d*$|기준가격$/ },
  { kind: 'open', name: /oprc\d*$|^open(_price)?$/, label: /시가\d*$/ },
  { kind: 'high', name: /hgpr\d*$|^high(_price)?$/, label: /(최고가|고가)\d*$/ },
  { kind: 'low', name: /lwpr\d*$|^low(_price)?$/, label: /(최저가|저가)\d*$/ },
  {
    kind: 'last',
    name: /prpr\d*$|clpr\d*$|^last(_price)?$|^clos$|cnpr$|_prpr_/,
    label: /(현재가|체결가|종가|체결가격|체결단가|체결지수|업종지수)\d*$/,
  },
  {
    kind: 'price',
    name: /(prc|pric|unpr|thpr|acpr|nav|nmix|papr|fcam|pdvl)\d*$/,
    label:
      /(가격|단가|이론가|행사가|평균가|정산가|액면가|발행가|중간가|선호가|지수|NAV|[가-힣]가|지가격|기초자산|가치값?|EPS|BPS|SPS|틱가치|사이즈|크기|값)\d*$/,
  },
  { kind: 'amount', label: /(총계|잉여금|상각비|관리비|수익|비용|손실|EBITDA|EVA|약정|선물옵션|수수료조정)$/ },
  { kind: 'rate', label: /(PCR|PSR|의존도|심리도|듀레이션|컨벡서티|YTM|금리|연동계수|MONEYNESS|등락)$/ },
  { kind: 'quantity', label: /(호가단위|매매단위|증가량|Volume|자릿수|연번)$/ },
  { kind: 'digits', label: /(KEY|ID|키|사번|SEQ)\d*$/ },
  { kind: 'words', label: /[가-힣]+(명칭|주소|구조|속성)$/ },
];

const MEASURES: ReadonlySet<FieldKind> = new Set([
  'quantity',
  'amount',
  'last',
  'base',
  'price',
  'open',
  'high',
  'low',
]);

function ruleOf(name: string, label: string): Rule | undefined {
  return RULES.find((rule) => rule.name?.test(name) === true || rule.label?.test(label) === true);
}

/** The values of a field that are codes, not "market:code" pairs or sentences. */
export function plainValues(field: Pick<ResponseField, 'values'>): readonly string[] {
  return Object.keys(field.values ?? {}).filter((key) => /^[0-9A-Za-z]{1,10}$/.test(key));
}

function told(field: ResponseField): FieldKind {
  const name = field.name.toLowerCase();
  const label = field.label.replace(/\s|\(.*?\)$/g, '');
  const rule = ruleOf(name, label);
  // Some quantities and prices list special values: they are numbers all the same.
  if (field.values !== undefined && !(rule !== undefined && MEASURES.has(rule.kind)) && plainValues(field).length > 0)
    return 'code';
  if (rule !== undefined) return rule.kind;
  return field.numeric === true ? 'number' : 'text';
}

/** Kinds that are numbers; what a source calls a number is never made a text. */
const NUMBERS: ReadonlySet<FieldKind> = new Set([
  'sign',
  'places',
  'count',
  'last',
  'change',
  'percent',
  'open',
  'high',
  'low',
  'base',
  'upper',
  'lower',
  'ask',
  'bid',
  'price',
  'quantity',
  'amount',
  'rate',
  'number',
  'digits',
  'date',
  'time',
  'moment',
  'month',
]);

/** What is told from a field once and for all. */
export interface FieldFacts {
  readonly kind: FieldKind;
  /** true: a price in points of an index. */
  readonly index: boolean;
  /** true: the number may be below 0. */
  readonly signed: boolean;
  /** Level of the book: "askp3" → 3. */
  readonly depth: number;
  /** true: a place in a ranking. */
  readonly rank: boolean;
  readonly codes: readonly string[];
}

const SIGNED = /증감|순매수|대비|등락|손익|수익|차금|괴리/;

const facts = new WeakMap<ResponseField, FieldFacts>();

/** What a field holds. */
export function fieldFacts(field: ResponseField): FieldFacts {
  const known = facts.get(field);
  if (known !== undefined) return known;
  const found = told(field);
  const label = field.label.replaceAll(' ', '');
  const made = {
    kind: field.numeric === true && found !== 'code' && !NUMBERS.has(found) ? ('number' as const) : found,
    index: /지수|NAV/.test(label),
    signed: SIGNED.test(label),
    depth: Number(/\d+$/.exec(field.name)?.[0] ?? 1),
    rank: /순위/.test(label),
    codes: plainValues(field),
  };
  facts.set(field, made);
  return made;
}

/** The kind alone. */
export function fieldKind(field: ResponseField): FieldKind {
  return fieldFacts(field).kind;
}
