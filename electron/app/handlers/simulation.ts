/** Simulation area: the market's clock, and whole days replayed apart from it. */
import type { Contract, ReplayReport } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { krxCalendar } from '#shared/market/index.ts';
import type { Clock, Timers } from '#shared/ports.ts';
import type { Handlers } from '#shared/rpc/index.ts';
import { isSessionDate, type SessionDate } from '#shared/time/index.ts';
import { krxId } from '#shared/domain/index.ts';
import { DayReplay } from '#shared/exchange/index.ts';
import type { DailyHistory } from '#core/market/index.ts';
import type { Simulator } from '#core/simulator/index.ts';

export interface SimulationServices {
  readonly simulator: Simulator;
  readonly history: DailyHistory;
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

/** Plays a day without holding up the core; `ms` counts the work alone. */
async function playDay(
  replay: DayReplay,
  { clock, timers }: Pick<SimulationServices, 'clock' | 'timers'>,
  signal: AbortSignal,
): Promise<ReplayReport> {
  let workMs = 0;
  for (let more = true; more;) {
    if (signal.aborted) throw new AppError('CANCELED');
    const startedMs = clock.monotonicMs();
    while (more && clock.monotonicMs() - startedMs < TURN_BUDGET_MS) more = replay.step();
    workMs += clock.monotonicMs() - startedMs;
    await new Promise<void>((done) => timers.yieldTurn(done));
  }
  return { ...replay.report(), ms: Math.round(workMs * 10) / 10 };
}

export function simulationHandlers(services: SimulationServices): Handlers<Contract>['simulation'] {
  const { simulator, history } = services;
  return {
    status: (_input, sink) => {
      sink.push(simulator.status());
      return simulator.watchStatus((status) => sink.push(status));
    },
    start: ({ plan, speed }) => {
      if (plan.mode === 'replay') tradingDay(plan.date);
      return simulator.start(plan, speed);
    },
    pause: () => simulator.pause(),
    resume: () => simulator.resume(),
    step: ({ ms }) => simulator.step(ms),
    setSpeed: ({ speed }) => simulator.setSpeed(speed),
    jump: ({ to }, { signal }) => simulator.jump(to, signal),
    replayDays: ({ instrumentId, limit }) => history.replayDays(instrumentId, limit),
    replayDay: ({ code, date, seed }, { signal }) => {
      const row = history.dailyRow(krxId(code), tradingDay(date));
      if (!row) throw new AppError('REPLAY_NO_DATA', { code, date });
      return playDay(new DayReplay(row, seed), services, signal);
    },
  };
}
