/** The worker's side of the risk of what is held: losses, what it hangs on, and every scenario's effect; 0.1 to 3 seconds of computing. */
import type { MessagePort } from 'node:worker_threads';
import {
  RISK_PAIRS_LIMIT,
  type InstrumentId,
  type PortfolioReport,
  type ScenarioEffect,
} from '#shared/domain/index.ts';
import { movesNothing, parseScenario, shockOf, type ScenarioShock } from '#shared/scenario/index.ts';
import {
  portfolioRisk,
  whatIf,
  type Holding,
  type Known,
  type PortfolioRisk,
  type WhatIf,
} from '#shared/threats/risk/index.ts';
import { closesOf, type CloseSource } from './closes.ts';

/** A scenario as it is kept. */
export interface AskedScenario {
  readonly scenarioId: string;
  readonly own: boolean;
  readonly text: string;
}

/** What the worker is started with. */
export interface PortfolioOrder {
  readonly kind: 'portfolio';
  readonly holdings: readonly Holding[];
  readonly closes: CloseSource;
  readonly seed: number;
  readonly scenarios: readonly AskedScenario[];
  /** Which index an issue follows. */
  readonly markets: ReadonlyMap<string, 'KOSPI' | 'KOSDAQ'>;
}

/** What it says. */
export type PortfolioAnswer = Pick<
  PortfolioReport,
  'days' | 'losses' | 'beta' | 'concentration' | 'pairs' | 'meanCorrelation' | 'scenarios' | 'priceless'
> & {
  readonly betas: readonly (readonly [InstrumentId, Known<{ beta: number; correlation: number; days: number }>])[];
};

/** Part of what is held (by value) that must have a past; the rest is taken to move as that part does. */
const LEAST_COVERED = 0.9;
const HOLDINGS_TOLD = 5;

export function servePortfolio(port: MessagePort, order: PortfolioOrder): void {
  port.postMessage(answerOf(order));
  port.close();
}

/** The whole answer; pure. */
export function answerOf({ holdings, closes: source, seed, scenarios, markets }: PortfolioOrder): PortfolioAnswer {
  const { closes, indices } = closesOf(source);
  const risk = portfolioRisk({ holdings, closes, indices, seed, leastCovered: LEAST_COVERED });
  const betaOf = (id: InstrumentId): number | null => {
    const beta = risk.issueBetas.get(id);
    return beta?.known === true ? beta.value.beta : null;
  };
  const effects: ScenarioEffect[] = [];
  let priceless = 0;
  for (const { scenarioId, own, text } of scenarios) {
    const parsed = parseScenario(text);
    const shock = 'document' in parsed ? shockOf(parsed.document, (code) => markets.get(code) ?? null) : null;
    if (!('document' in parsed) || !shock || movesNothing(shock)) {
      priceless += 1;
      continue;
    }
    const { kospiPct, kosdaqPct } = shock;
    const effect = told(effectOf(scenarioId, { holdings, shock, betaOf }));
    effects.push({ scenarioId, own, name: parsed.document.name, kospiPct, kosdaqPct, effect });
  }
  const worth = ({ effect }: ScenarioEffect): number => (effect.known ? effect.value.changeKrw : Infinity);
  return {
    days: closes.days,
    losses: risk.losses.map((each) => ({ ...each, figure: plain(each.figure) })),
    beta: { KOSPI: plain(risk.beta.KOSPI), KOSDAQ: plain(risk.beta.KOSDAQ) },
    betas: [...risk.issueBetas],
    concentration: plain(risk.concentration, (value) => ({ ...value, sectors: [...value.sectors] })),
    pairs: plain(risk.pairs, closestOf),
    meanCorrelation: plain(risk.meanCorrelation),
    scenarios: effects.sort((a, b) => worth(a) - worth(b)),
    priceless,
  };
}

/** What follows an index of which the scenario says nothing changes by nobody knows how much. */
function effectOf(
  id: string,
  given: {
    readonly holdings: readonly Holding[];
    readonly shock: ScenarioShock;
    readonly betaOf: (id: InstrumentId) => number | null;
  },
): Known<WhatIf> {
  const { holdings, shock, betaOf } = given;
  const { kospiPct, kosdaqPct, issues } = shock;
  const told_ = { KOSPI: kospiPct !== null, KOSDAQ: kosdaqPct !== null };
  const following = holdings.map((each) => (each.market && !told_[each.market] ? { ...each, market: null } : each));
  return whatIf(following, { id, kospiPct: kospiPct ?? 0, kosdaqPct: kosdaqPct ?? 0, issues }, betaOf);
}

function told(effect: Known<WhatIf>): ScenarioEffect['effect'] {
  return plain(effect, ({ changeKrw, changePct, unknownKrw, holdings }) => ({
    changeKrw,
    changePct,
    unknownKrw,
    holdings: holdings.slice(0, HOLDINGS_TOLD).map(({ id, pct, changeKrw: own }) => ({ id, pct, changeKrw: own })),
  }));
}

function closestOf(pairs: Extract<PortfolioRisk['pairs'], { known: true }>['value']) {
  const size = ({ correlation }: (typeof pairs)[number]): number => (correlation.known ? correlation.value : -2);
  return [...pairs]
    .sort((a, b) => size(b) - size(a))
    .slice(0, RISK_PAIRS_LIMIT)
    .map(({ a, b, correlation }) => ({ a, b, correlation: plain(correlation) }));
}

type Plain<Value> = { known: true; value: Value } | Extract<PortfolioReport['meanCorrelation'], { known: false }>;

/** The same as the contract has it: arrays of its own. */
function plain<Value>(figure: Known<Value>): Plain<Value>;
function plain<Value, Other>(figure: Known<Value>, of: (value: Value) => Other): Plain<Other>;
function plain<Value, Other>(figure: Known<Value>, of?: (value: Value) => Other): Plain<Value | Other> {
  if (!figure.known) return { ...figure, about: [...figure.about] };
  return { known: true, value: of ? of(figure.value) : figure.value };
}
