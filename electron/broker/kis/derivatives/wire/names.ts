/** The broker's names of a future or option: market division of quotes, channels, and the id of a row's short code. */
import { codeOf, derivativeFamilyOf, derivativeId, DerivativeFamily, type InstrumentId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { derivativeIdOfCode, readDerivativeCode } from '#shared/market/index.ts';
import { unreadable } from '../../domestic/wire/fields.ts';

/** FID_COND_MRKT_DIV_CODE by what it is on, of a future and of an option. @source catalogue, inquire-price */
const DIVISIONS = {
  index: ['F', 'O'],
  stock: ['JF', 'JO'],
  commodity: ['CF', 'CF'],
} as const satisfies Record<DerivativeFamily, readonly [string, string]>;

/** Channels of trades and of books; a commodity option has none. */
const CHANNELS = {
  index: {
    future: ['index-futures-realtime-conclusion', 'index-futures-realtime-quote'],
    option: ['index-option-realtime-conclusion', 'index-option-realtime-quote'],
  },
  stock: {
    future: ['stock-futures-realtime-conclusion', 'stock-futures-realtime-quote'],
    option: ['stock-option-ccnl', 'stock-option-asking-price'],
  },
  commodity: {
    future: ['commodity-futures-realtime-conclusion', 'commodity-futures-realtime-quote'],
    option: null,
  },
} as const;

/** The same of the night, real only: its division and its channels, whatever it is on. */
const NIGHT = {
  future: ['CM', 'krx-ngt-futures-ccnl', 'krx-ngt-futures-asking-price'],
  option: ['EU', 'krx-ngt-option-ccnl', 'krx-ngt-option-asking-price'],
} as const;

/** A contract in the broker's words. */
export interface Contract {
  readonly id: InstrumentId;
  /** SHTN_PDNO, FID_INPUT_ISCD, key of the channels. */
  readonly code: string;
  readonly division: string;
  readonly isOption: boolean;
  /** Ids of the catalogue; null: no channel carries it. */
  readonly channels: { readonly trades: string; readonly book: string } | null;
}

/** The broker's names of a contract; null for anything that is none. */
export function contractOf(id: InstrumentId): Contract | null {
  const family = derivativeFamilyOf(id);
  const code = codeOf(id);
  const read = readDerivativeCode(code);
  if (family === null || read === null) return null;
  const isOption = read.kind !== 'future';
  const names = CHANNELS[family][isOption ? 'option' : 'future'];
  const channels = names && {
    trades: `domestic-futureoption.${names[0]}`,
    book: `domestic-futureoption.${names[1]}`,
  };
  return { id, code, division: DIVISIONS[family][isOption ? 1 : 0], isOption, channels };
}

/** The same contract as the night names it. */
export function nightContract(contract: Contract): Contract {
  const [division, trades, book] = NIGHT[contract.isOption ? 'option' : 'future'];
  const channels = { trades: `domestic-futureoption.${trades}`, book: `domestic-futureoption.${book}` };
  return { ...contract, division, channels };
}

/** The same; throws INSTRUMENT_UNKNOWN. */
export function knownContract(id: InstrumentId): Contract {
  const contract = contractOf(id);
  if (!contract) throw new AppError('INSTRUMENT_UNKNOWN', { code: codeOf(id) });
  return contract;
}

/** Whether a contract is known under an id. */
export type IsKnown = (id: InstrumentId) => boolean;

/**
 * The id of a row's contract. Throws KIS_ANSWER_BAD where the code is none: an order or a holding that could not be named
 * must not be passed over as if it were not there.
 */
export function idOfCode(told: string, isKnown: IsKnown): InstrumentId {
  const code = told.trim().toUpperCase();
  const known = DerivativeFamily.options.map((family) => derivativeId(family, code)).find(isKnown);
  const id = known ?? derivativeIdOfCode(code);
  if (id === null) throw unreadable(`shtn_pdno: ${code.slice(0, 20)}`);
  return id;
}

/** Every channel that carries trades, and every one that carries books. */
export const TRADE_CHANNELS: ReadonlySet<string> = channelsAt(0);
export const BOOK_CHANNELS: ReadonlySet<string> = channelsAt(1);

function channelsAt(place: 0 | 1): ReadonlySet<string> {
  const all: readonly (readonly [string, string] | null)[] = [
    CHANNELS.index,
    CHANNELS.stock,
    CHANNELS.commodity,
  ].flatMap(({ future, option }) => [future, option]);
  return new Set(all.flatMap((names) => (names === null ? [] : [`domestic-futureoption.${names[place]}`])));
}
