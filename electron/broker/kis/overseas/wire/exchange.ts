/** The names of a foreign exchange: NASD in orders, NAS in quotes, DNASAAPL as the key of a channel. */
import {
  codeOf,
  foreignExchangeOf,
  foreignId,
  FOREIGN_EXCHANGES,
  type InstrumentId,
  type ForeignExchange,
} from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** EXCD by OVRS_EXCG_CD. */
const QUOTE_CODES: Readonly<Record<ForeignExchange, string>> = {
  NASD: 'NAS',
  NYSE: 'NYS',
  AMEX: 'AMS',
  SEHK: 'HKS',
  TKSE: 'TSE',
  SHAA: 'SHS',
  SZAA: 'SZS',
  HASE: 'HNX',
  VNSE: 'HSX',
};

export interface ForeignSymbol {
  /** OVRS_EXCG_CD. */
  readonly exchange: ForeignExchange;
  /** EXCD. */
  readonly quoteCode: string;
  /** PDNO, SYMB: "AAPL", "BRK/B". */
  readonly symbol: string;
  /** tr_key of the real-time channels. */
  readonly channelKey: string;
}

/** The broker's names of an issue; null for a Korean one. */
export function foreignSymbolOf(id: InstrumentId): ForeignSymbol | null {
  const exchange = foreignExchangeOf(id);
  if (exchange === null) return null;
  const [symbol, quoteCode] = [codeOf(id), QUOTE_CODES[exchange]];
  return { exchange, quoteCode, symbol, channelKey: `D${quoteCode}${symbol}` };
}

/** The same; throws INSTRUMENT_UNKNOWN. */
export function knownSymbol(id: InstrumentId): ForeignSymbol {
  const symbol = foreignSymbolOf(id);
  if (!symbol) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(id) });
  return symbol;
}

/** The exchange by the name that a row gives it, in orders or in quotes; null for one that KIS does not reach. */
export function exchangeOf(told: string): ForeignExchange | null {
  return FOREIGN_EXCHANGES.find((exchange) => exchange === told || QUOTE_CODES[exchange] === told) ?? null;
}

/** The id of a row's issue; null for one that KIS does not reach. */
export function idOfRow(told: { readonly exchange: string; readonly symbol: string }): InstrumentId | null {
  const exchange = exchangeOf(told.exchange);
  return exchange === null || told.symbol === '' ? null : foreignId(exchange, told.symbol);
}
