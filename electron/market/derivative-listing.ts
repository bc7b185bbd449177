/** Futures and options by their code alone, and what the broker has said of them since. */
import {
  codeOf,
  derivativeFamilyOf,
  InstrumentId,
  type DerivativeInstrument,
  type Instrument,
} from '#shared/domain/index.ts';
import { derivativeTerms, readDerivativeCode } from '#shared/market/index.ts';

const KIND_KO = { future: '선물', call: '콜', put: '풋' } as const;
/** Before anything is known of when the facts are from. */
const NEVER = '1970-01-01';

/** What the broker says of a contract; empty, 0 or null: nothing. */
export interface ContractFacts {
  readonly nameKo: string;
  readonly lastDay: string | null;
  readonly strike: number;
  readonly base: number;
}

/** A contract of which nothing but its code is known, so that what is held of it can be looked at and closed; undefined for anything else. */
export function findDerivative(id: InstrumentId): DerivativeInstrument | undefined {
  const family = derivativeFamilyOf(id);
  const code = codeOf(id);
  const read = readDerivativeCode(code);
  if (family === null || read === null || !InstrumentId.safeParse(id).success) return undefined;
  const underlyingKo = derivativeTerms(id)?.nameKo ?? '';
  return {
    id,
    code,
    nameKo: [underlyingKo, KIND_KO[read.kind], code].filter((word) => word !== '').join(' '),
    nameEn: null,
    market: 'KRX_DERIVATIVES',
    priceScale: 2,
    lotSize: 1,
    basePrice: 0,
    listedShares: null,
    suspended: false,
    kospi200: null,
    family,
    kind: read.kind,
    strike: null,
    lastDay: null,
    underlyingKo,
    asOf: NEVER,
  };
}

/** Contracts with what the broker of a connection has said of them. */
export class Contracts {
  readonly #told = new Map<InstrumentId, ContractFacts>();
  readonly #known: (id: InstrumentId) => Instrument | undefined;

  /** `known`: what the symbol masters say. */
  constructor(known: (id: InstrumentId) => Instrument | undefined) {
    this.#known = known;
  }

  learn(id: InstrumentId, facts: ContractFacts): void {
    this.#told.set(id, facts);
  }

  /** undefined for anything that is no future or option. */
  find(id: InstrumentId): DerivativeInstrument | undefined {
    const known = this.#known(id);
    const named = known?.market === 'KRX_DERIVATIVES' ? known : undefined;
    const contract = named ?? findDerivative(id);
    const told = this.#told.get(id);
    if (!contract || !told) return contract;
    const { nameKo, lastDay, strike, base } = told;
    return {
      ...contract,
      nameKo: named || nameKo === '' ? contract.nameKo : nameOf(contract, nameKo),
      lastDay: lastDay ?? contract.lastDay,
      strike: contract.strike ?? (strike > 0 && contract.kind !== 'future' ? strike : null),
      basePrice: base,
    };
  }
}

/** "F 202612" says nothing of what it is on. */
function nameOf({ underlyingKo }: DerivativeInstrument, told: string): string {
  const plain = told.replace(/\s+/g, ' ').trim();
  return underlyingKo === '' || plain.includes(underlyingKo) ? plain : `${underlyingKo} ${plain}`;
}
