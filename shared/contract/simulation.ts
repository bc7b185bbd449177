/** Simulation area: the market clock, what it plays, and whole-day replays. */
import { z } from 'zod';
import {
  CorporateAction,
  InstrumentId,
  IsoDate,
  JumpTarget,
  MAX_REPLAY_ISSUES,
  MAX_SPEED,
  MIN_SPEED,
  RecordSource,
  RulesNote,
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

/** Several issues of one real day played on one clock; all figures are read from the tape. */
export const ReplayMarketReport = z.strictObject({
  date: IsoDate,
  issues: z.array(
    z.strictObject({
      code: z.string(),
      source: RecordSource,
      open: z.int().nonnegative(),
      high: z.int().nonnegative(),
      low: z.int().nonnegative(),
      close: z.int().nonnegative(),
      volume: z.int().nonnegative(),
      /** true: the tape differs from the record. */
      disturbed: z.boolean(),
    }),
  ),
  rulesNote: z.array(RulesNote),
  events: z.int().nonnegative(),
  hash: z.string(),
  ms: z.number().nonnegative(),
});
export type ReplayMarketReport = z.infer<typeof ReplayMarketReport>;

/** A corporate action entered for the practice market. */
export const RegisteredAction = z.strictObject({
  /** From 1, in order of registration. */
  no: z.int().positive(),
  instrumentId: InstrumentId,
  /** First day without the right. */
  exDate: IsoDate,
  action: CorporateAction,
  /** The day on which it took effect; null: it has not yet. */
  appliedOn: IsoDate.nullable(),
});
export type RegisteredAction = z.infer<typeof RegisteredAction>;

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
    about:
      'Runs as fast as it can to a phase: the open, the closing auction, the regular close, the after-market, the end of the day, or the next day.',
    input: z.strictObject({ to: JumpTarget }),
    output: Status,
  }),
  rewind: method({
    about:
      'Pauses and takes the market back to an exact earlier instant of the running day. Open orders expire; fills stay booked.',
    input: z.strictObject({ toTs: z.int().nonnegative() }),
    output: Status,
    cancellable: false,
  }),
  addAction: method({
    about:
      'Enters a corporate action for the practice market: from the start of that day the base price, the limits and what is held are changed by it.',
    input: z.strictObject({ instrumentId: InstrumentId, date: IsoDate, action: CorporateAction }),
    output: RegisteredAction,
    cancellable: false,
  }),
  removeAction: method({
    about: 'Takes back a corporate action that has not taken effect; answers with what is left.',
    input: z.strictObject({ no: z.int().positive() }),
    output: z.array(RegisteredAction),
    cancellable: false,
  }),
  actions: method({
    about: 'Corporate actions entered for the practice market, in order of registration.',
    input: z.strictObject({}),
    output: z.array(RegisteredAction),
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
  replayMarket: method({
    about: 'Plays several issues of one real day on one clock at full speed, apart from the running market.',
    input: z.strictObject({
      codes: z.array(z.string().length(6)).min(1).max(MAX_REPLAY_ISSUES),
      date: IsoDate,
      seed: z.int().nonnegative().max(4_294_967_295),
    }),
    output: ReplayMarketReport,
  }),
});
