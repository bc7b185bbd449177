/** What holdings would gain or lose if indices and issues moved so: the effect of a list of shocks. */
import type { InstrumentId } from '../../domain/index.ts';
import { known, notKnown, type Known } from './known.ts';
import { heldOf, type Holding } from './returns.ts';

/** Changes in percent: −12.5 is a fall by an eighth. What is said of an issue goes before what is said of its market. */
export interface Shock {
  readonly id: string;
  readonly kospiPct: number;
  readonly kosdaqPct: number;
  readonly issues: Readonly<Record<InstrumentId, number>>;
}

/**
 * issue: by its own shock · beta: by its market's, times its beta · market: as its market does, for its beta is not known ·
 * none: it follows neither index and nothing is said of it, so its change is not known.
 */
export type ShockedBy = 'issue' | 'beta' | 'market' | 'none';

export interface HoldingEffect {
  readonly id: InstrumentId;
  readonly valueKrw: number;
  readonly by: ShockedBy;
  /** null: not known. */
  readonly pct: number | null;
  readonly changeKrw: number | null;
}

export interface WhatIf {
  readonly id: string;
  readonly valueKrw: number;
  /** Of the holdings whose change is known, won. */
  readonly changeKrw: number;
  /** Of those holdings' value, percent. */
  readonly changePct: number;
  /** Value of holdings whose change is not known, won. */
  readonly unknownKrw: number;
  readonly holdings: readonly HoldingEffect[];
}

/** An issue can lose all it is worth and no more. */
const LEAST_PCT = -100;

/** Effect of one shock. `beta` gives an issue's slope on the index of its market; null: not known. */
export function whatIf(
  holdings: readonly Holding[],
  shock: Shock,
  beta: (id: InstrumentId) => number | null,
): Known<WhatIf> {
  const bad = badFiguresOf(shock);
  if (bad.length > 0) return notKnown('badFigure', bad);
  const held = heldOf(holdings);
  if (!held.known) return held;
  const effects = held.value.map((holding) => effectOf(holding, shock, beta));
  const sure = effects.filter(({ changeKrw }) => changeKrw !== null);
  const sum = (all: readonly HoldingEffect[], of: 'valueKrw' | 'changeKrw'): number =>
    all.reduce((total, each) => total + (each[of] ?? 0), 0);
  const sureKrw = sum(sure, 'valueKrw');
  if (sureKrw === 0)
    return notKnown(
      'noMarket',
      effects.map(({ id }) => id),
    );
  const [valueKrw, changeKrw] = [sum(effects, 'valueKrw'), sum(sure, 'changeKrw')];
  return known({
    id: shock.id,
    valueKrw,
    changeKrw,
    changePct: (changeKrw / sureKrw) * 100,
    unknownKrw: valueKrw - sureKrw,
    holdings: effects.sort((a, b) => (a.changeKrw ?? 0) - (b.changeKrw ?? 0)),
  });
}

/** The same holdings through many shocks, the worst first; those that are not known last. */
export function whatIfAll(
  holdings: readonly Holding[],
  shocks: readonly Shock[],
  beta: (id: InstrumentId) => number | null,
): readonly { readonly id: string; readonly effect: Known<WhatIf> }[] {
  const worth = ({ effect }: { readonly effect: Known<WhatIf> }): number =>
    effect.known ? effect.value.changeKrw : Number.MAX_VALUE;
  return shocks
    .map((shock) => ({ id: shock.id, effect: whatIf(holdings, shock, beta) }))
    .sort((a, b) => worth(a) - worth(b));
}

function effectOf(
  { id, market, valueKrw }: Holding,
  { issues, kospiPct, kosdaqPct }: Shock,
  betaOf: (id: InstrumentId) => number | null,
): HoldingEffect {
  const as = (by: ShockedBy, wanted: number): HoldingEffect => {
    const pct = Math.max(LEAST_PCT, wanted);
    return { id, valueKrw, by, pct, changeKrw: Math.round((valueKrw * pct) / 100) };
  };
  const own = issues[id];
  if (own !== undefined) return as('issue', own);
  if (market === null) return { id, valueKrw, by: 'none', pct: null, changeKrw: null };
  const marketPct = market === 'KOSPI' ? kospiPct : kosdaqPct;
  const beta = betaOf(id);
  return beta !== null && Number.isFinite(beta) ? as('beta', marketPct * beta) : as('market', marketPct);
}

function badFiguresOf({ kospiPct, kosdaqPct, issues }: Shock): string[] {
  const isPct = (pct: number): boolean => pct >= LEAST_PCT && pct < Infinity;
  const named: readonly (readonly [string, number])[] = [
    ['KOSPI', kospiPct],
    ['KOSDAQ', kosdaqPct],
    ...Object.entries(issues),
  ];
  return named.filter(([, pct]) => !isPct(pct)).map(([name]) => name);
}
