/** How a chart looks: kind, interval, indicators and comparisons; of one panel, or kept as a template by name. */
import { z } from 'zod';
import { InstrumentId } from '../instrument.ts';

export const CHART_KINDS = ['candles', 'bars', 'line', 'area', 'heikinAshi'] as const;
export const ChartKind = z.enum(CHART_KINDS);
export type ChartKind = z.infer<typeof ChartKind>;

export const CHART_INTERVALS = ['10s', '1m', '3m', '5m', '15m', '60m', '1d', '1w', '1M', '1y'] as const;
export const ChartInterval = z.enum(CHART_INTERVALS);
export type ChartInterval = z.infer<typeof ChartInterval>;

/** Indicators of one chart, and issues compared with its own. */
export const CHART_INDICATORS_LIMIT = 12;
export const COMPARED_LIMIT = 5;

export const ChartIndicator = z.strictObject({
  /** Of shared/strategy/indicators; one that this version does not have is kept and not drawn. */
  id: z.string().min(1).max(40),
  params: z.array(z.number()).max(8),
});
export type ChartIndicator = z.infer<typeof ChartIndicator>;

/** What a chart shares with the others of its link group; each wish is the panel's own. */
export const ChartSync = z.strictObject({
  crosshair: z.boolean(),
  interval: z.boolean(),
  range: z.boolean(),
});
export type ChartSync = z.infer<typeof ChartSync>;

export const ChartSettings = z.strictObject({
  /** "" for the settings of a panel. */
  name: z.string().max(40),
  kind: ChartKind,
  /** null: the interval that the user has chosen last. */
  interval: ChartInterval.nullable(),
  indicators: z.array(ChartIndicator).max(CHART_INDICATORS_LIMIT),
  compare: z.array(InstrumentId).max(COMPARED_LIMIT),
  /** Whether the hours before and after the regular session are shaded. */
  sessions: z.boolean().default(true),
  sync: ChartSync.default({ crosshair: true, interval: false, range: false }),
});
export type ChartSettings = z.infer<typeof ChartSettings>;
