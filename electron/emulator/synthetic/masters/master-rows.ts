/** The rows of the master files as values by field: listed issues, and of everything else a few made-up ones. */
import { codeOf, type Instrument } from '#shared/domain/index.ts';
import type { SessionDate } from '#shared/time/index.ts';
import type { MarketMasterFile, MasterLayout } from '../../../catalogue/index.ts';
import { BOND_ISSUES, type BondIssue } from '../../bonds/bond-issues.ts';
import { listedContracts, type ListedContract } from '../../derivatives/contract-listing.ts';
import { listedFutures, type ListedFuture } from '../../futures-abroad/future-listing.ts';
import { AMERICAN_ISSUES, quotedIssue, type AbroadIssue } from '../../overseas/abroad-issues.ts';
import { decimal } from '../row-values.ts';
import { issuesOf, MEMBERS, type NamedIssue } from '../names.ts';

/** Values by field name; fields that are not named are filled by their type. */
export type MasterRow = Readonly<Record<string, string>>;

/** Letters count 10 to 35; every second digit from the right is doubled. @source ISO 6166 */
function isinDigit(body: string): number {
  const digits = Array.from(body, (letter) => String(parseInt(letter, 36))).join('');
  const backwards = Array.from(digits, Number).reverse();
  const sum = backwards.reduce((total, digit, place) => {
    const weighed = place % 2 === 0 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Standard code of a KRX share: KR7, short code, 00, check digit. */
export function standardCode(code: string): string {
  const body = `KR7${code}00`;
  return `${body}${isinDigit(body)}`;
}

/** Fixed fields of a listed issue; widths are those of the layout. */
function listedRow(issue: Instrument): MasterRow {
  return {
    mksc_shrn_iscd: issue.code,
    stnd_iscd: standardCode(issue.code),
    hts_kor_isnm: issue.nameKo,
    scrt_grp_cls_code: issue.product === 'etp' ? 'EF' : 'ST',
    etp_prod_cls_code: issue.product === 'etp' ? '2' : '0',
    krx_issu_yn: 'Y',
    kospi_issu_yn: issue.market === 'KOSPI' ? 'Y' : 'N',
    kospi200_apnt_cls_code: issue.kospi200 === true ? '5' : '0',
    stck_sdpr: String(issue.basePrice),
    frml_mrkt_deal_qty_unit: '1',
    ovtm_mrkt_deal_qty_unit: '1',
    trht_yn: issue.suspended ? 'Y' : 'N',
    marg_rate: '40',
    lstn_stcn: String(Math.floor((issue.listedShares ?? 0) / 1_000)),
    prdy_avls_scal: String(Math.floor((issue.basePrice * (issue.listedShares ?? 0)) / 100_000_000)),
  };
}

function overseasRow(issue: AbroadIssue, file: MarketMasterFile): MasterRow {
  return {
    ncod: 'US',
    exid: file.excd,
    excd: file.excd,
    exnm: file.market,
    symb: issue.symbol,
    rsym: `D${file.excd}${issue.symbol}`,
    knam: issue.nameKo,
    enam: issue.nameEn,
    stis: / ETF\b/.test(issue.nameEn) ? '3' : '2',
    curr: 'USD',
    zdiv: '4',
    ztyp: '0',
    base: decimal(issue.basePrice, 4),
    bnit: '1',
    anit: '1',
    mstm: '0930',
    metm: '1600',
    isdr: 'N',
    icod: '000',
    sjong: '0',
  };
}

/** Of the other exchanges a few made-up prices under real names: code, Korean and English name, currency, places, price. */
const ELSEWHERE: Readonly<Record<string, readonly (readonly [string, string, string, string, string, string])[]>> = {
  HKS: [
    ['00700', '텐센트 홀딩스', 'TENCENT HOLDINGS', 'HKD', '3', '400.000'],
    ['09988', '알리바바 그룹', 'ALIBABA GROUP', 'HKD', '3', '100.000'],
    ['00939', '중국건설은행', 'CHINA CONSTRUCTION BANK', 'HKD', '3', '8.000'],
  ],
  SHS: [['600519', '귀주모태주', 'KWEICHOW MOUTAI', 'CNY', '3', '1500.000']],
  SHI: [['000001', '상해종합지수', 'SHANGHAI COMPOSITE', 'CNY', '2', '3300.00']],
  SZS: [['300750', '닝더스다이', 'CATL', 'CNY', '3', '250.000']],
  SZI: [['399001', '심천성분지수', 'SHENZHEN COMPONENT', 'CNY', '2', '10500.00']],
  TSE: [
    ['7203', '도요타자동차', 'TOYOTA MOTOR', 'JPY', '1', '2700.0'],
    ['6758', '소니그룹', 'SONY GROUP', 'JPY', '1', '3500.0'],
  ],
  HNX: [['SHS', '사이공 하노이 증권', 'SAIGON HANOI SECURITIES', 'VND', '0', '15000']],
  HSX: [['VNM', '비나밀크', 'VINAMILK', 'VND', '0', '62000']],
};
const COUNTRIES: Readonly<Record<string, string>> = { HKD: 'HK', CNY: 'CN', JPY: 'JP', VND: 'VN' };

/** Units of an order as quotes tell them. */
function lotOf(excd: string, symbol: string): string {
  return String(quotedIssue(excd, symbol)?.lot ?? 100);
}

function elsewhereRows({ excd, market }: MarketMasterFile): readonly MasterRow[] {
  return (ELSEWHERE[excd] ?? []).map(([symb, knam, enam, curr, zdiv, base]) => ({
    ncod: COUNTRIES[curr] ?? '',
    exid: excd,
    excd,
    exnm: market,
    symb,
    rsym: `D${excd}${symb}`,
    knam,
    enam,
    stis: /I$/.test(excd) ? '1' : '2',
    curr,
    zdiv,
    ztyp: '0',
    base,
    bnit: lotOf(excd, symb),
    anit: lotOf(excd, symb),
    isdr: 'N',
    icod: '000',
    sjong: '0',
  }));
}

const MARKETS: Readonly<Record<string, string>> = { kospi: 'KOSPI', kosdaq: 'KOSDAQ', konex: 'KONEX' };

/** Names of the sectors that quotes are asked of. */
const SECTORS = [
  { div: '0', code: '0001', name: '종합' },
  { div: '0', code: '2001', name: 'KOSPI200' },
  { div: '1', code: '1001', name: 'KOSDAQ종합' },
] as const;

/** A row of a file that no listing fills: code and name in the fields the layout names for them. */
function namedRow(layout: MasterLayout, { code, nameKo }: NamedIssue): MasterRow {
  const { code: codeField, standard, name } = layout.keys;
  const row: Record<string, string> = {};
  if (standard !== undefined) row[standard] = code;
  if (codeField !== undefined) row[codeField] = code;
  if (name !== undefined) row[name] = nameKo;
  return row;
}

/** @source resources/kis/masters.json info_type */
const KINDS = { future: '1', call: '5', put: '6' } as const;
/** Of options the file has a blank. @source resources/kis/masters.json mmsc_cls_code */
const NEAREST_MONTH = 1;

/** Contracts of a family as their file has them: those that quotes are answered for. */
function contractRows(family: ListedContract['family'], date: SessionDate): readonly MasterRow[] {
  let months = NEAREST_MONTH - 1;
  return listedContracts(date)
    .filter((contract) => contract.family === family)
    .map((contract): MasterRow => {
      const isFuture = contract.kind === 'future';
      if (isFuture) months += 1;
      return {
        info_type: KINDS[contract.kind],
        shrn_iscd: contract.code,
        stnd_iscd: '',
        kor_name: contract.nameKo,
        atm_cls_code: ' ',
        acpr: decimal(contract.strike, 2).padStart(8, '0'),
        mmsc_cls_code: isFuture ? String(months) : ' ',
        unas_shrn_iscd: contract.share === null ? '2001' : codeOf(contract.share),
        unas_kor_name: contract.underlyingKo,
      };
    });
}

/** Nothing of these is traded here: a spread, which is no issue of its own. */
const COMMODITIES: readonly MasterRow[] = [
  {
    com_type: '1',
    info_type: '2',
    shrn_iscd: 'D65612703',
    kor_name: '3년국채 SP 2612-2703',
    acpr: '0',
    mmsc_cls_code: ' ',
    prod_no: 'B03',
    prod_name: '3년국채',
  },
];

/** Of night options and futures the first letter of a code says call or put. @source resources/kis/masters.json info_type */
const NIGHT_KINDS: Readonly<Record<string, string>> = { B: '5', C: '6' };

function derivativeRow(layout: MasterLayout, issue: NamedIssue): MasterRow {
  return { ...namedRow(layout, issue), info_type: NIGHT_KINDS[issue.code.charAt(0)] ?? '1' };
}

/** A future abroad: decimals that quotes leave out, tick and what a tick is worth. */
function futureRow({ code, root, nameKo, product, shift }: ListedFuture): MasterRow {
  return {
    sSrsCd: code,
    sSeriesKrNm: nameKo,
    sExchCd: product.exchange,
    sMrktCd: root,
    sDispDesz: String(product.places),
    sCalcDesz: String(-shift),
    sTickSz: product.tick,
    sTickVal: String(Number(product.tick) * product.perPoint),
    sCtrtSz: String(product.perPoint),
    sDispDigit: '10',
    sMultiplier: String(product.perPoint),
    sSprdYN: 'N',
    sSprdLeg1YN: 'N',
  };
}

function bondRow(issue: BondIssue): MasterRow {
  const [type, cls] = issue.kind;
  const [issued, maturity] = [issue.issued, issue.maturity].map((date) => date.replaceAll('-', ''));
  return {
    type,
    bond_cls_code: cls,
    stnd_iscd: issue.code,
    sname: issue.nameKo,
    // Coupons are paid as they come.
    bond_int_cls_code: type === 'A0' ? '13' : '03',
    lstn_date: issued ?? '',
    pblc_date: issued ?? '',
    rdmp_date: maturity ?? '',
    sale_date: issued ?? '',
  };
}

const PRODUCTS: Readonly<Record<string, string>> = {
  elw: 'elw',
  'fo-night-futures': 'domestic-futureoption',
  'fo-night-options': 'domestic-futureoption',
  'ovs-options': 'overseas-futureoption',
  'ovs-stock-options': 'overseas-futureoption',
};

/** What the files are about: the shares, and the day on which the contracts are listed. */
export interface MasterMarket {
  readonly listing: readonly Instrument[];
  readonly date: SessionDate;
}

/** The rows of a file, in the order in which it holds them. */
export function masterRows(
  layout: MasterLayout,
  file: MarketMasterFile | null,
  { listing, date }: MasterMarket,
): readonly MasterRow[] {
  const market = MARKETS[layout.id];
  if (market !== undefined) return listing.filter((issue) => issue.market === market).map(listedRow);
  if (file !== null) {
    const american = AMERICAN_ISSUES.filter(({ exchange }) => exchange === file.orderExchange);
    return [...american.map((issue) => overseasRow(issue, file)), ...elsewhereRows(file)];
  }
  if (layout.id === 'bond') return BOND_ISSUES.map(bondRow);
  if (layout.id === 'fo-index') return contractRows('index', date);
  if (layout.id === 'fo-stock') return contractRows('stock', date);
  if (layout.id === 'fo-commodity') return COMMODITIES;
  if (layout.id === 'ovs-futures') return listedFutures(date).map(futureRow);
  const product = PRODUCTS[layout.id];
  if (product !== undefined) {
    const row = product === 'domestic-futureoption' ? derivativeRow : namedRow;
    return issuesOf({ product }).map((issue) => row(layout, issue));
  }
  switch (layout.id) {
    case 'sector':
      return SECTORS.map(({ div, code, name }) => ({ idx_div: div, idx_code: code, idx_name: name }));
    case 'theme':
      return listing
        .filter(({ market: on }) => on === 'KOSPI')
        .slice(0, 10)
        .map(({ code }) => ({ theme_code: '001', theme_name: '합성 테마', shrn_iscd: code }));
    case 'member':
      return MEMBERS.map((name, place) => ({
        mbcr_no: String(place + 1).padStart(5, '0'),
        mbcr_name: name,
        glob_yn: '0',
      }));
    default:
      return [
        { cls_code: 'W', symb: '.DJI', hts_eng_isnm: 'DOW JONES', hts_kor_isnm: '다우존스', ntnl_cls_code: '840' },
        { cls_code: 'X', symb: 'FX@KRW', hts_eng_isnm: 'USD/KRW', hts_kor_isnm: '원/달러', ntnl_cls_code: '410' },
      ];
  }
}
