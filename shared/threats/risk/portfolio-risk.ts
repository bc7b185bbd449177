/** Everything about the risk of a portfolio at once, each figure with its value or why there is none. */
import type { InstrumentId } from '../../domain/index.ts';
import { betaOf, concentrationOf, meanCorrelation, pairCorrelations, portfolioBeta } from './exposure.ts';
import type { Beta, Concentration, PairCorrelation } from './exposure.ts';
import type { Known } from './known.ts';
import { heldOf, type AlignedCloses, type Holding } from './returns.ts';
import {
  ewmaRisk,
  historicalRisk,
  HORIZONS,
  LEVELS,
  METHODS,
  monteCarloRisk,
  type Horizon,
  type Level,
  type Method,
  type RiskFigure,
  type RiskQuestion,
} from './value-at-risk.ts';

export interface PortfolioQuestion {
  readonly holdings: readonly Holding[];
  readonly closes: AlignedCloses;
  /** Closes of the indices beside the others; empty: not known. */
  readonly indices: Readonly<Record<'KOSPI' | 'KOSDAQ', readonly (number | null)[]>>;
  /** Of the simulation. */
  readonly seed: number;
  readonly leastCovered?: number;
}

export interface PortfolioRisk {
  readonly losses: readonly {
    readonly method: Method;
    readonly level: Level;
    readonly horizon: Horizon;
    readonly figure: Known<RiskFigure>;
  }[];
  readonly beta: Readonly<Record<'KOSPI' | 'KOSDAQ', Known<Beta>>>;
  /** Of each issue on the index of its market; an issue of neither is absent. */
  readonly issueBetas: ReadonlyMap<InstrumentId, Known<Beta>>;
  readonly concentration: Known<Concentration>;
  readonly pairs: Known<readonly PairCorrelation[]>;
  readonly meanCorrelation: Known<number>;
}

export function portfolioRisk({ holdings, closes, indices, seed, leastCovered }: PortfolioQuestion): PortfolioRisk {
  const covered = leastCovered === undefined ? {} : { leastCovered };
  const pairs = pairCorrelations(holdings, closes);
  const held = heldOf(holdings);
  const betas = (held.known ? held.value : []).flatMap(({ id, market }) =>
    market === null ? [] : [[id, betaOf(closes.issues.get(id) ?? [], indices[market])] as const],
  );
  return {
    losses: METHODS.flatMap((method) =>
      LEVELS.flatMap((level) =>
        HORIZONS.map((horizon) => ({
          method,
          level,
          horizon,
          figure: figureOf(method, { holdings, closes, level, horizon, ...covered }, seed),
        })),
      ),
    ),
    beta: {
      KOSPI: portfolioBeta(holdings, closes, { name: 'KOSPI', path: indices.KOSPI }, covered),
      KOSDAQ: portfolioBeta(holdings, closes, { name: 'KOSDAQ', path: indices.KOSDAQ }, covered),
    },
    issueBetas: new Map(betas),
    concentration: concentrationOf(holdings),
    pairs,
    meanCorrelation: pairs.known ? meanCorrelation(pairs.value) : pairs,
  };
}

function figureOf(method: Method, question: RiskQuestion, seed: number): Known<RiskFigure> {
  if (method === 'historical') return historicalRisk(question);
  return method === 'ewma' ? ewmaRisk(question) : monteCarloRisk(question, seed);
}
