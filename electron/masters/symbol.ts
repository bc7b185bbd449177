/** What every symbol has, whatever file it comes from: code, names, product, market, worth. */
import type { MasterLayout } from '#core/catalogue/index.ts';
import type { MasterProduct } from '#shared/domain/index.ts';
import { derivativeIdOf, derivativeName } from './derivative-rows.ts';
import { meaningOf, wholeOf } from './field-kinds.ts';
import type { MasterFileSpec } from './files.ts';
import type { RecordValues } from './record-reader.ts';

/** The file of the bonds. */
export const BOND_FILE = 'bond_code.mst';
/** The file of the futures of foreign exchanges. */
export const FUTURES_ABROAD_FILE = 'ffcode.mst';

export interface MasterSymbolRow {
  readonly code: string;
  /** Standard code (ISIN); null: the file has none. */
  readonly standard: string | null;
  readonly nameKo: string;
  readonly nameEn: string | null;
  readonly product: MasterProduct;
  /** The market as a user calls it: "KOSPI", "나스닥", "CME". */
  readonly market: string;
  /** Market value in 100,000,000 won; puts the larger first. null: not known. */
  readonly worth: number | null;
  /** Of a line that pairs a theme with an issue: the issue. */
  readonly member: string | null;
}

/** Products of the groups of securities in the Korean stock files. @source resources/kis/masters.json scrt_grp_cls_code */
const GROUPS: Readonly<Record<string, MasterProduct>> = {
  EF: 'etf',
  FE: 'etf',
  EN: 'etn',
  EW: 'elw',
  SW: 'right',
  SR: 'right',
  BC: 'fund',
};
/** @source resources/kis/masters.json etp_prod_cls_code: 3 ETN, 4 ETN with a limited loss */
const ETN = /^[34]$/;
const KOREAN: Readonly<Record<string, string>> = { kospi: 'KOSPI', kosdaq: 'KOSDAQ', konex: 'KONEX' };
/** Kinds of index futures and options, and of those on stocks. @source resources/kis/masters.json info_type */
const INDEX_OPTIONS = /^[56DEJKLM]$/;
const PAIR_OPTIONS = /^[56]$/;
const OVERSEAS_ETP = '3';
const OVERSEAS_INDEX = '1';
/** @source resources/kis/masters.json sectors: idx_div */
const SECTOR_MARKETS: Readonly<Record<string, string>> = { '0': 'KOSPI', '1': 'KOSDAQ' };

/** Reads a field of a row by its name; '' where the layout has no such field. */
export type FieldOf = (name: string) => string;

/** Access by name to rows of a layout. */
export function fieldsBy({ fields }: MasterLayout): (values: RecordValues) => FieldOf {
  const places = new Map(fields.map(({ name }, place) => [name, place]));
  return (values) => (name) => values[places.get(name) ?? -1] ?? '';
}

function koreanProduct(field: FieldOf): MasterProduct {
  if (ETN.test(field('etp_prod_cls_code'))) return 'etn';
  return GROUPS[field('scrt_grp_cls_code')] ?? 'stock';
}

function productOf({ layout }: MasterFileSpec, field: FieldOf): MasterProduct {
  switch (layout.id) {
    case 'kospi':
    case 'kosdaq':
    case 'konex':
      return koreanProduct(field);
    case 'fo-index':
      return INDEX_OPTIONS.test(field('info_type')) ? 'options' : 'futures';
    case 'fo-stock':
    case 'fo-commodity':
      return PAIR_OPTIONS.test(field('info_type')) ? 'options' : 'futures';
    case 'fo-night-futures':
      return 'futures';
    case 'fo-night-options':
      return 'options';
    case 'ovs-futures':
      return 'overseasFutures';
    case 'ovs-options':
    case 'ovs-stock-options':
      return 'overseasOptions';
    case 'overseas-stock':
      if (field('stis') === OVERSEAS_INDEX) return 'overseasIndex';
      return field('stis') === OVERSEAS_ETP ? 'overseasEtp' : 'overseasStock';
    case 'overseas-index':
      return 'overseasIndex';
    case 'elw':
    case 'bond':
    case 'sector':
    case 'theme':
    case 'member':
      return layout.id;
    default:
      return 'stock';
  }
}

function marketOf({ layout, exchange }: MasterFileSpec, field: FieldOf): string {
  if (exchange) return exchange.market;
  const korean = KOREAN[layout.id];
  if (korean !== undefined) return korean;
  const named = (name: string): string => {
    const of = layout.fields.find((each) => each.name === name);
    return (of && meaningOf(of, field(name))) ?? '';
  };
  switch (layout.id) {
    case 'elw':
      return 'ELW';
    case 'bond':
      return named('type') || '채권';
    case 'fo-index':
    case 'fo-stock':
      return named('info_type') || 'KRX';
    case 'fo-commodity':
      return [named('com_type'), named('info_type')].filter(Boolean).join(' ') || 'KRX';
    case 'fo-night-futures':
    case 'fo-night-options':
      return 'KRX 야간';
    case 'overseas-index':
      return named('cls_code') || '해외';
    case 'sector':
      return SECTOR_MARKETS[field('idx_div')] ?? 'KRX';
    case 'ovs-futures':
    case 'ovs-options':
    case 'ovs-stock-options':
      return field('sExchCd') || '해외';
    default:
      return 'KRX';
  }
}

/** What tells rows of one code apart where a file has several: the exchange or the kind in the file. */
export function variantOf({ layout }: MasterFileSpec, field: FieldOf): string {
  switch (layout.id) {
    case 'theme':
      return field('shrn_iscd');
    case 'overseas-index':
      return field('cls_code');
    // A bond may be traded in several markets of bonds.
    case 'bond':
      return field('type');
    default:
      return '';
  }
}

/** The names of a row; of a future or option the readable one, and the file's own beside it. */
function namesOf(
  { id: file }: MasterFileSpec,
  code: string,
  { name, nameEn, field }: { readonly name: string; readonly nameEn: string; readonly field: FieldOf },
): Pick<MasterSymbolRow, 'nameKo' | 'nameEn'> {
  const id = derivativeIdOf(file, code);
  if (id === null) return { nameKo: name || nameEn || code, nameEn: nameEn === '' ? null : nameEn };
  const plain = name.replace(/\s+/g, ' ');
  const nameKo = derivativeName(id, { name, on: field('unas_kor_name') || field('prod_name') }) || code;
  // A name in Latin letters, as the broker's own programs write it, is still found.
  return { nameKo, nameEn: nameKo !== plain && /^[ -~]+$/.test(plain) ? plain : null };
}

/** Makes the common facts of a file's rows. */
export function symbolMaker(spec: MasterFileSpec): (values: RecordValues) => MasterSymbolRow {
  const { keys } = spec.layout;
  const access = fieldsBy(spec.layout);
  const english = spec.layout.fields.find(({ name }) => name === 'enam' || name === 'hts_eng_isnm')?.name;
  return (values) => {
    const field = access(values);
    const code = field(keys['code'] ?? '');
    const nameEn = english === undefined ? '' : field(english);
    const standard = keys['standard'] === undefined ? '' : field(keys['standard']);
    return {
      code,
      standard: standard === '' || standard === code ? null : standard,
      ...namesOf(spec, code, { name: field(keys['name'] ?? ''), nameEn, field }),
      product: productOf(spec, field),
      market: marketOf(spec, field),
      worth: wholeOf(field('prdy_avls_scal')),
      member: keys['member'] === undefined ? null : field(keys['member']),
    };
  };
}
