/** Simulation area: the market clock, what it plays, and whole-day replays. */
import { z } from 'zod';
import {
  InstrumentId,
  IsoDate,
  JumpTarget,
  MAX_SPEED,
  MIN_SPEED,
  SimulationPlan,
  SimulationStatus,
} from '../domain/index.ts';
import { area, method, stream } from '../rpc/define.ts';

const Status = SimulationStatus;

/** One real day played through the book; all figures are read from the tape. */
export const ReplayReport = z.strictObject({
  code: z.string(),
  date: IsoDate,
  open: z.int().positive(),
  high: z.int().positive(),
  low: z.int().positive(),
  close: z.int().positive(),
  volume: z.int().positive(),
  /** Events of the exchange during the day, and the hash over all of them. */
  events: z.int().positive(),
  hash: z.string(),
  ms: z.number().nonnegative(),
});
export type ReplayReport = z.infer<typeof ReplayReport>;

export const simulation = area({
  status: stream({ about: 'Clock, phase, speed.', input: z.strictObject({}), item: Status, mode: 'latest' }),
  start: method({
    about: 'Starts another market; open orders of the old one expire.',
    input: z.strictObject({ plan: SimulationPlan, speed: z.number().min(MIN_SPEED).max(MAX_SPEED).optional() }),
    output: Status,
    cancellable: false,
  }),
  pause: method({ about: 'Stops the market clock.', input: z.strictObject({}), output: Status, cancellable: false }),
  resume: method({
    about: 'Lets the market clock run.',
    input: z.strictObject({}),
    output: Status,
    cancellable: false,
  }),
  step: method({
    about: 'Advances the paused clock by simulated milliseconds.',
    input: z.strictObject({ ms: z.int().min(1).max(3_600_000).default(1_000) }),
    output: Status,
    cancellable: false,
  }),
  setSpeed: method({
    about: 'Sets the speed, 1x to 10,000x.',
    input: z.strictObject({ speed: z.number().min(MIN_SPEED).max(MAX_SPEED) }),
    output: Status,
    cancellable: false,
  }),
  jump: method({
    about: 'Runs as fast as it can to a phase: the open, the closing auction, the close, or the next day.',
    input: z.strictObject({ to: JumpTarget }),
    output: Status,
  }),
  replayDays: method({
    about: 'Days that can be replayed for an instrument, newest first.',
    input: z.strictObject({ instrumentId: InstrumentId, limit: z.int().min(1).max(2_000).default(500) }),
    output: z.array(
      z.strictObject({
        date: IsoDate,
        open: z.int(),
        high: z.int(),
        low: z.int(),
        close: z.int(),
        volume: z.int(),
        suspended: z.boolean(),
      }),
    ),
  }),
  replayDay: method({
    about: 'Plays one whole real day at full speed, apart from the running market, and reports its tape.',
    input: z.strictObject({
      code: z.string().length(6),
      date: IsoDate,
      seed: z.int().nonnegative().max(4_294_967_295),
    }),
    output: ReplayReport,
  }),
});
