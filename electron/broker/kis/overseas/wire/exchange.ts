/** The names of an American exchange: NASD in orders, NAS in quotes, DNASAAPL as the key of a channel. */
import { codeOf, usExchangeOf, usId, US_EXCHANGES, type InstrumentId, type UsExchange } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** EXCD by OVRS_EXCG_CD. */
const QUOTE_CODES: Readonly<Record<UsExchange, string>> = { NASD: 'NAS', NYSE: 'NYS', AMEX: 'AMS' };

export interface UsSymbol {
  /** OVRS_EXCG_CD. */
  readonly exchange: UsExchange;
  /** EXCD. */
  readonly quoteCode: string;
  /** PDNO, SYMB: "AAPL", "BRK/B". */
  readonly symbol: string;
  /** tr_key of the real-time channels. */
  readonly channelKey: string;
}

/** The broker's names of an issue; null for one that is not American. */
export function usSymbolOf(id: InstrumentId): UsSymbol | null {
  const exchange = usExchangeOf(id);
  if (exchange === null) return null;
  const [symbol, quoteCode] = [codeOf(id), QUOTE_CODES[exchange]];
  return { exchange, quoteCode, symbol, channelKey: `D${quoteCode}${symbol}` };
}

/** The same; throws INSTRUMENT_UNKNOWN. */
export function knownSymbol(id: InstrumentId): UsSymbol {
  const symbol = usSymbolOf(id);
  if (!symbol) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(id) });
  return symbol;
}

/** The exchange by the name that a row gives it, in orders or in quotes; null for one outside America. */
export function exchangeOf(told: string): UsExchange | null {
  return US_EXCHANGES.find((exchange) => exchange === told || QUOTE_CODES[exchange] === told) ?? null;
}

/** The id of a row's issue; null for one outside America. */
export function idOfRow(told: { readonly exchange: string; readonly symbol: string }): InstrumentId | null {
  const exchange = exchangeOf(told.exchange);
  return exchange === null || told.symbol === '' ? null : usId(exchange, told.symbol);
}
