/** Simulation area: the market's clock, and whole days replayed apart from it. */
import type { Contract, ReplayMarketReport, ReplayReport } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { CallContext, Handlers } from '#shared/rpc/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';
import { krxId } from '#shared/domain/index.ts';
import { chooseRecord, daySchedule, DayReplay, MarketReplay, recordHours } from '#shared/exchange/index.ts';
import type { RecordHistory } from '#core/market/index.ts';
import { recordedDayOf, type MarketSources, type Simulator } from '#core/simulator/index.ts';
import { labelOf } from '../environments/choices.ts';
import type { Front } from '../environments/front.ts';

export interface SimulationServices {
  readonly front: Front;
  readonly simulator: Simulator;
  readonly records: RecordHistory;
  /** What days are made of. */
  readonly sources: MarketSources;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** A date that can be replayed, as far as the calendar knows. Throws DATE_INVALID and DATE_NOT_SESSION. */
function tradingDay(date: string): SessionDate {
  if (!isSessionDate(date)) throw new AppError('DATE_INVALID', { date });
  const known = date >= krxCalendar.from && date <= krxCalendar.to;
  if (known && !krxCalendar.isSession(date)) throw new AppError('DATE_NOT_SESSION', { date });
  return date;
}

/** Work between two turns of the event loop, milliseconds: half a frame. */
const TURN_BUDGET_MS = 8;

/** Plays a day without holding up the core; gives the milliseconds of the work alone. */
async function playDay(
  replay: DayReplay | MarketReplay,
  { clock, timers }: Pick<SimulationServices, 'clock' | 'timers'>,
  signal: AbortSignal,
): Promise<number> {
  let workMs = 0;
  for (let more = true; more;) {
    if (signal.aborted) throw new AppError('CANCELED');
    const startedMs = clock.monotonicMs();
    while (more && clock.monotonicMs() - startedMs < TURN_BUDGET_MS) more = replay.step();
    workMs += clock.monotonicMs() - startedMs;
    await new Promise<void>((done) => timers.yieldTurn(done));
  }
  return Math.round(workMs * 10) / 10;
}

/** One issue's day by its best record. Throws REPLAY_NO_DATA. */
async function replayIssueDay(
  services: SimulationServices,
  wish: { readonly code: string; readonly date: SessionDate; readonly seed: number },
  signal: AbortSignal,
): Promise<ReplayReport> {
  const { code, date, seed } = wish;
  const stored = services.records.stored(krxId(code), date);
  if (!stored) throw new AppError('REPLAY_NO_DATA', { code, date });
  const schedule = daySchedule(krxCalendar, date);
  const replay = new DayReplay(chooseRecord(stored, recordHours(schedule)).issue, seed, schedule);
  const ms = await playDay(replay, services, signal);
  return { ...replay.report(), ms };
}

/** Several issues' day on one clock. */
async function replayMarketDay(
  services: SimulationServices,
  wish: { readonly codes: readonly string[]; readonly date: SessionDate; readonly seed: number },
  signal: AbortSignal,
): Promise<ReplayMarketReport> {
  const { codes, date, seed } = wish;
  const { day, schedule } = recordedDayOf(services.sources, { instrumentIds: codes.map(krxId), date });
  const replay = new MarketReplay(day, seed, schedule);
  const ms = await playDay(replay, services, signal);
  const { events, notes } = replay;
  return { date, issues: replay.tapes(), rulesNote: [...notes], events, hash: replay.hash(), ms };
}

export function simulationHandlers(services: SimulationServices): Handlers<Contract>['simulation'] {
  const { simulator, records, front } = services;
  /** What moves the practice market: refused while another environment is in force, whose prices it would seem to move. */
  const only = <Input, Output>(act: (input: Input, context: CallContext) => Output | Promise<Output>) =>
    front.call<Input, Output>(({ environment }, input, context) => {
      if (environment !== 'simulation') throw new AppError('SIMULATION_ONLY', { environment: labelOf(environment) });
      return act(input, context);
    });
  return {
    status: (_input, sink) => {
      sink.push(simulator.status());
      return simulator.watchStatus((status) => sink.push(status));
    },
    start: only(({ plan, speed }) => {
      if (plan.mode === 'replay') tradingDay(plan.date);
      return simulator.start(plan, speed);
    }),
    pause: only(() => simulator.pause()),
    resume: only(() => simulator.resume()),
    step: only(({ ms }) => simulator.step(ms)),
    setSpeed: only(({ speed }) => simulator.setSpeed(speed)),
    jump: only(({ to }, { signal }) => simulator.jump(to, signal)),
    rewind: only(({ toTs }) => simulator.rewind(toTs)),
    addAction: only((wish) => simulator.actions.add(wish)),
    removeAction: only(({ no }) => {
      simulator.actions.remove(no);
      return [...simulator.actions.list()];
    }),
    actions: () => [...simulator.actions.list()],
    replayDays: ({ instrumentId, limit }) => records.replayDays(instrumentId, limit),
    replayDay: ({ code, date, seed }, { signal }) =>
      replayIssueDay(services, { code, date: tradingDay(date), seed }, signal),
    replayMarket: ({ codes, date, seed }, { signal }) =>
      replayMarketDay(services, { codes, date: tradingDay(date), seed }, signal),
  };
}
