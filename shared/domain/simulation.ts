/** The simulated market's clock and what it plays. */
import { z } from 'zod';
import { InstrumentId, IsoDate } from './instrument.ts';
import { PhaseName } from './market-data.ts';

/** synthetic: participants quote the listed issues · replay: one real day of one issue. */
export const SimulationPlan = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('synthetic'), seed: z.int().nonnegative().max(4_294_967_295) }),
  z.strictObject({
    mode: z.literal('replay'),
    instrumentId: InstrumentId,
    date: IsoDate,
    seed: z.int().nonnegative().max(4_294_967_295),
  }),
]);
export type SimulationPlan = z.infer<typeof SimulationPlan>;

export const JumpTarget = z.enum(['open', 'closeAuction', 'close', 'nextDay']);
export type JumpTarget = z.infer<typeof JumpTarget>;

/** Bounds of the speed: 1x real time to 10,000x; the true factor is measured. */
export const MIN_SPEED = 1;
export const MAX_SPEED = 10_000;

export const SimulationStatus = z.strictObject({
  plan: SimulationPlan,
  running: z.boolean(),
  /** Speed asked for. */
  speed: z.number().min(MIN_SPEED).max(MAX_SPEED),
  /** Simulated over wall time during the last second while running; null when paused. */
  trueSpeed: z.number().nonnegative().nullable(),
  simTs: z.int(),
  sessionDate: IsoDate,
  phase: PhaseName,
  nextPhase: PhaseName.nullable(),
  nextPhaseTs: z.int().nullable(),
  /** Start and end of the day's ribbon, and its parts. */
  schedule: z.array(z.strictObject({ phase: PhaseName, startTs: z.int(), endTs: z.int() })),
  instruments: z.int().nonnegative(),
  /** true while a jump or a catch-up is being computed. */
  busy: z.boolean(),
  /** Set where the user's orders moved the replayed day: its high and low may differ from the record. */
  disturbed: z.boolean(),
});
export type SimulationStatus = z.infer<typeof SimulationStatus>;
