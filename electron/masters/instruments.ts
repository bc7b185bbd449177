/** Instruments out of the rows of the master files: what chart, book and ticket have to know of an issue that no listing names. */
import type { KeptMasterFile, KeptMasterSymbol, MasterStore } from '#core/storage/index.ts';
import {
  codeOf,
  derivativeFamilyOf,
  foreignCurrencyOf,
  foreignExchangeOf,
  foreignMarketOf,
  futuresProductOf,
  isFutureAbroad,
  type BondInstrument,
  type DerivativeFamily,
  type DerivativeInstrument,
  type ForeignExchange,
  type ForeignInstrument,
  type FutureAbroadInstrument,
  type Instrument,
  type InstrumentId,
} from '#shared/domain/index.ts';
import { overseasLot, readDerivativeCode } from '#shared/market/index.ts';
import { scaledFrom } from '#shared/num/index.ts';
import { epochMs, kstDate } from '#shared/time/index.ts';
import { isoDay } from './details.ts';
import { DERIVATIVE_FILES } from './derivative-rows.ts';
import { wholeOf } from './field-kinds.ts';
import { masterSpecs } from './files.ts';
import { BOND_FILE, FUTURES_ABROAD_FILE, type FieldOf } from './symbol.ts';

/** Where a bond is in several markets of bonds: the one that individuals trade in first. @source resources/kis/masters.json bond: type */
const BOND_MARKETS = ['A0', 'F9', 'C0'];
/** @source resources/kis/masters.json stis */
const OVERSEAS: Readonly<Record<string, 'stock' | 'etp'>> = { '2': 'stock', '3': 'etp' };
/** A chain of the nearest contracts, which nobody can trade. @source resources/kis/masters.json mmsc_cls_code */
const CHAIN = '0';
const PRODUCT_DIGITS = 2;
/** Percent with as many places is in millionths. */
const PERCENT_DIGITS = 4;

/** A row with what its file tells of all of them. */
interface Row {
  readonly file: KeptMasterFile;
  readonly symbol: KeptMasterSymbol;
  readonly field: FieldOf;
}

function rowOf(file: KeptMasterFile | undefined, symbol: KeptMasterSymbol | undefined): Row | undefined {
  if (!file || !symbol) return undefined;
  return { file, symbol, field: (name) => symbol.fields[file.columns.indexOf(name)] ?? '' };
}

/** What all kinds have in common; prices are the broker's to tell, since those of the file are of its day. */
function common({ file, symbol }: Row, id: InstrumentId) {
  return {
    id,
    code: symbol.code,
    nameKo: symbol.nameKo,
    nameEn: symbol.nameEn,
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    asOf: isoDay(file.fileDate) ?? kstDate(epochMs(file.importedTs)),
  };
}

/** The lot of the file, or the one that the market has for every issue; 0: the issue's own, which only the broker knows. */
function lotOf(exchange: ForeignExchange, told: string): number {
  const lot = wholeOf(told);
  if (lot !== null && lot > 0) return lot;
  return exchange === 'SEHK' ? 0 : overseasLot({ exchange }).buyUnit;
}

/** undefined for an index or a warrant. */
function foreignOf(row: Row, id: InstrumentId, exchange: ForeignExchange): ForeignInstrument | undefined {
  const { field } = row;
  const product = OVERSEAS[field('stis')];
  if (product === undefined) return undefined;
  return {
    ...common(row, id),
    market: foreignMarketOf(exchange),
    priceScale: 4,
    currency: foreignCurrencyOf(exchange),
    lotSize: lotOf(exchange, field('bnit')),
    ...(product === 'etp' ? { product } : {}),
  };
}

function bondOf(row: Row, id: InstrumentId): BondInstrument {
  const { field } = row;
  const coupon = field('srfc_intrt');
  const day = wholeOf(field('rdmp_date'));
  return {
    ...common(row, id),
    market: 'BOND',
    priceScale: 2,
    lotSize: 1,
    maturity: isoDay(day),
    // The layout calls the field unused: only what can be nothing but a percentage is taken.
    couponPpm: coupon.includes('.') ? scaledFrom(coupon, PERCENT_DIGITS) : null,
  };
}

/** undefined for a spread, a chain of contracts, or a code that does not say what it is. */
function derivativeOf(row: Row, id: InstrumentId, family: DerivativeFamily): DerivativeInstrument | undefined {
  const { field } = row;
  const read = readDerivativeCode(row.symbol.code);
  if (read === null || (read.kind === 'future' && field('mmsc_cls_code') === CHAIN)) return undefined;
  const strike = read.kind === 'future' ? null : scaledFrom(field('acpr'), PRODUCT_DIGITS);
  return {
    ...common(row, id),
    market: 'KRX_DERIVATIVES',
    priceScale: 2,
    lotSize: 1,
    family,
    kind: read.kind,
    strike: strike !== null && strike > 0 ? strike : null,
    lastDay: null,
    underlyingKo: field(family === 'commodity' ? 'prod_name' : 'unas_kor_name'),
  };
}

/** Places by which quotes of a contract are shifted: "-2" in the file; null where the file says something else. */
function shiftOf(told: string): number | null {
  const places = /^[+-]?0*([0-8])$/.exec(told.trim())?.[1];
  return places === undefined ? null : Number(places);
}

/** undefined for a spread, and for a product that nobody here knows the worth of. */
function futureAbroadOf(row: Row, id: InstrumentId): FutureAbroadInstrument | undefined {
  const { field } = row;
  const product = futuresProductOf(id);
  if (product === null || field('sSprdYN') === 'Y') return undefined;
  return {
    ...common(row, id),
    market: 'FUTURES_ABROAD',
    priceScale: 8,
    currency: product.currency,
    lotSize: 1,
    exchange: field('sExchCd') || product.exchange,
    quoteShift: shiftOf(field('sCalcDesz')),
    lastDay: null,
  };
}

/** The issue of an id as the master files tell it; undefined where they do not, and for a Korean share, which is laid over its listing. */
export function masterInstrument(store: MasterStore, id: InstrumentId): Instrument | undefined {
  const code = codeOf(id);
  const read = (file: string): Row | undefined => rowOf(store.file(file), store.symbol({ file, code, variant: '' }));
  const exchange = foreignExchangeOf(id);
  if (exchange !== null) {
    const spec = masterSpecs().find((each) => each.exchange?.orderExchange === exchange);
    const row = spec && read(spec.id);
    return row && foreignOf(row, id, exchange);
  }
  const family = derivativeFamilyOf(id);
  if (family !== null) {
    const row = read(DERIVATIVE_FILES[family]);
    return row && derivativeOf(row, id, family);
  }
  if (isFutureAbroad(id)) {
    const row = read(FUTURES_ABROAD_FILE);
    return row && futureAbroadOf(row, id);
  }
  if (!id.startsWith('BOND:')) return undefined;
  const place = ({ variant }: KeptMasterSymbol): number => BOND_MARKETS.indexOf(variant) + 1 || BOND_MARKETS.length + 1;
  const [symbol] = store.symbols(BOND_FILE, code).toSorted((a, b) => place(a) - place(b));
  const row = rowOf(store.file(BOND_FILE), symbol);
  return row && bondOf(row, id);
}
