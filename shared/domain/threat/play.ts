/** A play (대응): what is done about a threat, who started it, what it did, and how it ends. */
import { z } from 'zod';
import { Environment } from '../account.ts';
import { BasketRow } from '../basket.ts';
import { InstrumentId } from '../instrument.ts';
import { Reason } from '../order.ts';
import { DetectorId, PlayId, ThreatSeverity } from './names.ts';
import { ThreatSignal } from './threat.ts';

/**
 * proposed 제안 · running 진행 · done 마침 · released 해제 · expired 지나감: its threat was over before anybody confirmed it ·
 * failed 실패
 */
export const PlayState = z.enum(['proposed', 'running', 'done', 'released', 'expired', 'failed']);
export type PlayState = z.infer<typeof PlayState>;

/** An order of a response plan, or why there is none for a holding; won. */
export const PlannedReduction = z.strictObject({
  instrumentId: InstrumentId,
  nameKo: z.string(),
  accountId: z.string(),
  heldQty: z.int().nonnegative(),
  valueKrw: z.int().nonnegative(),
  /** null: nothing can be sent now. */
  row: BasketRow.nullable(),
  /** What the guard says of it; null: it would pass. */
  denial: Reason.nullable(),
  /** Why it is priced as it is, or why there is none. */
  whyKo: z.string(),
  whyEn: z.string(),
});
export type PlannedReduction = z.infer<typeof PlannedReduction>;

/** An account before and after, won; `lossAt10Krw`: what a fall of all holdings by 10 % would cost. */
const Standing = z.strictObject({ cashKrw: z.int(), exposureKrw: z.int(), lossAt10Krw: z.int() });

export const ResponsePlan = z.strictObject({
  /** Exchange time at which it was priced. */
  ts: z.int(),
  /** Share of the exposure it gives up, percent. */
  sharePct: z.number(),
  rows: z.array(PlannedReduction).max(200),
  before: Standing,
  /** If every order fills at its price. */
  after: Standing,
  commissionKrw: z.int().nonnegative(),
  taxKrw: z.int().nonnegative(),
});
export type ResponsePlan = z.infer<typeof ResponsePlan>;

/** A play that is proposed, under way or over. */
export const PlayRecord = z.strictObject({
  playId: z.string(),
  play: PlayId,
  /** The same play for the same cause is one. */
  cause: z.string(),
  threatId: z.string(),
  detector: DetectorId,
  subject: z.string(),
  severity: ThreatSeverity,
  state: PlayState,
  /** Exchange times. */
  proposedTs: z.int(),
  startedTs: z.int().nullable(),
  endedTs: z.int().nullable(),
  /** Who started it; null: nobody yet. */
  by: z.enum(['user', 'mandate', 'always']).nullable(),
  mandateId: z.string().nullable(),
  /** Who or what ended it. */
  endedBy: z.enum(['user', 'time', 'cause', 'itself']).nullable(),
  /** When it ends by itself, wall time; null: not by time. */
  untilTs: z.int().nullable(),
  /** What it did, or would do while it is proposed. */
  didKo: z.string(),
  didEn: z.string(),
  /** What was seen. */
  evidence: ThreatSignal,
  plan: ResponsePlan.nullable(),
});
export type PlayRecord = z.infer<typeof PlayRecord>;

/** Plays that the user may let run by themselves; P1 always does. */
export const MANDATED_PLAYS = ['P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const satisfies PlayId[];
export const PLAY_MANDATES_LIMIT = 50;
/** Days for which a mandate may be signed. */
export const PLAY_MANDATE_DAYS = 90;

/** What the user signed: this play runs by itself when one of these detectors speaks at least so severely. */
export const PlayMandate = z.strictObject({
  mandateId: z.string().min(1).max(64),
  environment: Environment,
  play: z.enum(MANDATED_PLAYS),
  /** None: every detector that names the play. */
  detectors: z.array(DetectorId).max(64),
  severity: ThreatSeverity,
  /** null: every account. */
  accountId: z.string().min(1).max(64).nullable(),
  /** Wall time. */
  signedTs: z.int(),
  untilTs: z.int(),
});
export type PlayMandate = z.infer<typeof PlayMandate>;
