/** Rule sheet (규칙 안내): what applies to one issue at one moment, each line with its source, date and how sure it is. */
import { z } from 'zod';
import { InstrumentId, IsoDate, Market } from './instrument.ts';

/** Sections of a rule sheet, in their order on the screen. */
export const RULE_GROUPS = [
  'issue',
  'tick',
  'limit',
  'session',
  'order',
  'vi',
  'breaker',
  'halt',
  'quantity',
  'margin',
  'cost',
] as const;
export const RuleGroup = z.enum(RULE_GROUPS);
export type RuleGroup = z.infer<typeof RuleGroup>;

/** C 확인됨 · S 출처 하나 · D 자료에서 계산 · U 확인되지 않음 */
export const RuleStatus = z.enum(['C', 'S', 'D', 'U']);
export type RuleStatus = z.infer<typeof RuleStatus>;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** The same for a program: one value, or records. */
export const RuleValue = z.union([Scalar, z.array(z.record(z.string(), Scalar))]);
export type RuleValue = z.infer<typeof RuleValue>;

/** One rule as it applies now. */
export const RuleRow = z.strictObject({
  /** Stable name, "limit.upper". */
  id: z.string(),
  group: RuleGroup,
  labelKo: z.string(),
  /** What applies, in words and figures. */
  valueKo: z.string(),
  value: RuleValue,
  source: z.string(),
  /** First day it is in force, or the day of the fact; null: not known. */
  date: IsoDate.nullable(),
  status: RuleStatus,
  /** What else is to be known: why it is unconfirmed, or where an assumption was made. */
  noteKo: z.string().nullable(),
});
export type RuleRow = z.infer<typeof RuleRow>;

export const RuleSection = z.strictObject({ group: RuleGroup, titleKo: z.string(), rows: z.array(RuleRow) });
export type RuleSection = z.infer<typeof RuleSection>;

/** Everything that applies to an issue at a moment. */
export const RuleSheet = z.strictObject({
  instrumentId: InstrumentId,
  nameKo: z.string(),
  market: Market,
  sessionDate: IsoDate,
  /** The moment the sheet is of. */
  at: z.int(),
  sections: z.array(RuleSection),
});
export type RuleSheet = z.infer<typeof RuleSheet>;
