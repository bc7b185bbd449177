/** The risk of what an account holds, as it is told to a screen: each figure with its value, or why there is none. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from '../instrument.ts';

const RiskReason = z.enum([
  'noHoldings',
  'badHolding',
  'noHistory',
  'tooFewDays',
  'onlyOne',
  'noMarket',
  'flat',
  'badFigure',
]);

const NotKnownFigure = z.strictObject({
  known: z.literal(false),
  reason: RiskReason,
  about: z.array(z.string()),
  need: z.number().nullable(),
  have: z.number().nullable(),
});

const knownOr = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion('known', [z.strictObject({ known: z.literal(true), value }), NotKnownFigure]);

const Beta = knownOr(z.strictObject({ beta: z.number(), correlation: z.number(), days: z.int() }));

/** Pairs that are told, the closest first; the mean is of all. */
export const RISK_PAIRS_LIMIT = 30;

/** What the account would lose in one scenario. Won, percent. */
export const ScenarioEffect = z.strictObject({
  scenarioId: z.string(),
  name: z.string(),
  own: z.boolean(),
  /** Changes of the indices at the scenario's worst; null: it has none of this index. */
  kospiPct: z.number().nullable(),
  kosdaqPct: z.number().nullable(),
  effect: knownOr(
    z.strictObject({
      changeKrw: z.int(),
      changePct: z.number(),
      /** Value of what follows nothing the scenario speaks of. */
      unknownKrw: z.int(),
      /** The largest losses, worst first. */
      holdings: z
        .array(z.strictObject({ id: InstrumentId, pct: z.number().nullable(), changeKrw: z.int().nullable() }))
        .max(5),
    }),
  ),
});
export type ScenarioEffect = z.infer<typeof ScenarioEffect>;

export const PortfolioReport = z.strictObject({
  accountId: z.string(),
  /** Session of the prices. */
  asOf: IsoDate,
  /** stored: imported daily closes · practice: closes that the practice market has made up for itself */
  closes: z.enum(['stored', 'practice']),
  /** Trading days side by side at most; what each figure rests on is told with it. */
  days: z.int().nonnegative(),
  holdings: z.array(
    z.strictObject({
      id: InstrumentId,
      quantity: z.int(),
      /** At the last price, won; null: no price is known. */
      valueKrw: z.int().nullable(),
      market: z.enum(['KOSPI', 'KOSDAQ']).nullable(),
      /** On the index of its market; null: it follows neither. */
      beta: Beta.nullable(),
    }),
  ),
  losses: z.array(
    z.strictObject({
      method: z.enum(['historical', 'ewma', 'monteCarlo']),
      level: z.union([z.literal(0.95), z.literal(0.99)]),
      horizon: z.union([z.literal(1), z.literal(10)]),
      figure: knownOr(z.strictObject({ varKrw: z.number(), esKrw: z.number(), spans: z.int() })),
    }),
  ),
  beta: z.strictObject({ KOSPI: Beta, KOSDAQ: Beta }),
  concentration: knownOr(
    z.strictObject({
      hhi: z.number(),
      effectiveNames: z.number(),
      largest: z.strictObject({ id: InstrumentId, share: z.number() }),
      sectors: z.array(z.strictObject({ sector: z.string().nullable(), share: z.number() })),
    }),
  ),
  pairs: knownOr(
    z
      .array(z.strictObject({ a: InstrumentId, b: InstrumentId, correlation: knownOr(z.number()) }))
      .max(RISK_PAIRS_LIMIT),
  ),
  meanCorrelation: knownOr(z.number()),
  /** Worst first, those that are not known last. */
  scenarios: z.array(ScenarioEffect),
  /** Scenarios that move no price, and replays, whose way is in their record. */
  priceless: z.int().nonnegative(),
});
export type PortfolioReport = z.infer<typeof PortfolioReport>;
