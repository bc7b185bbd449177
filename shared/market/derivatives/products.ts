/** Futures and options of KRX: what a short code stands for, what a point of it is worth, and its ticks. */
import facts from '#resources/krx/derivatives.json' with { type: 'json' };
import {
  codeOf,
  derivativeFamilyOf,
  derivativeId,
  type DerivativeFamily,
  type InstrumentId,
} from '../../domain/index.ts';
import type { TickTable } from '../tick-size.ts';

/** What a short code says of itself. */
export interface DerivativeCode {
  readonly kind: 'future' | 'call' | 'put';
  /** The two letters that name what it is on. */
  readonly product: string;
}

export interface DerivativeTerms {
  readonly nameKo: string | null;
  /** Won that one point, or one won, of price stands for. */
  readonly multiplierKrw: number;
  /** In 1/100; null: there is no such future, or no such option. */
  readonly ticks: TickTable | null;
}

const KINDS: Readonly<Record<string, DerivativeCode['kind']>> = {
  '1': 'future',
  A: 'future',
  '2': 'call',
  B: 'call',
  '3': 'put',
  C: 'put',
};

/** Reads a short code: "101W09" and "A01609" are futures, "201W09355" and "C01609355" options; null for a spread or no code. */
export function readDerivativeCode(code: string): DerivativeCode | null {
  const kind = KINDS[code.charAt(0)];
  if (!kind || code.length !== (kind === 'future' ? 6 : 9)) return null;
  return { kind, product: code.slice(1, 3) };
}

function termsIn(family: DerivativeFamily, { kind, product }: DerivativeCode): DerivativeTerms | null {
  if (family === 'commodity') return null;
  const found = family === 'stock' ? facts.stock : facts.products.find(({ codes }) => codes.includes(product));
  if (!found) return null;
  return {
    nameKo: 'nameKo' in found ? found.nameKo : null,
    multiplierKrw: found.multiplierKrw,
    ticks: kind === 'future' ? found.futureTicks : found.optionTicks,
  };
}

/**
 * The terms of a future or option by its id; null where they are not known, or it is none.
 * @source resources/krx/derivatives.json
 */
export function derivativeTerms(id: InstrumentId): DerivativeTerms | null {
  const family = derivativeFamilyOf(id);
  const code = family === null ? null : readDerivativeCode(codeOf(id));
  return family === null || code === null ? null : termsIn(family, code);
}

/**
 * The id of a short code whose family nobody told: by its product; null for a spread or no code.
 * @source resources/krx/derivatives.json families
 */
export function derivativeIdOfCode(code: string): InstrumentId | null {
  const read = readDerivativeCode(code);
  if (read === null) return null;
  const { product } = read;
  const isIndex = facts.families.index.includes(product) || facts.products.some(({ codes }) => codes.includes(product));
  const family = isIndex ? 'index' : facts.families.commodity.includes(product) ? 'commodity' : 'stock';
  return derivativeId(family, code);
}
